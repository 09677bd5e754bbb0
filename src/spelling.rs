//! The word that was probably meant.

/// The word nearest to an unknown one, if it is near at all; the first of equals.
pub fn nearest<'a>(unknown: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = unknown.chars().take(64).collect();
    let allowed = (letters.len() / 2).clamp(1, 3);
    words
        .into_iter()
        .map(|word| (edits(&letters, word), word))
        .filter(|(edits, _)| *edits <= allowed)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out or changed (Levenshtein 1966).
fn edits(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (above, letter) in (1..).zip(to.chars()) {
        let mut diagonal = std::mem::replace(&mut row[0], above);
        for (column, known) in (1..).zip(from) {
            let changed = diagonal + usize::from(*known != letter);
            diagonal = row[column];
            row[column] = changed.min(diagonal + 1).min(row[column - 1] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_differ_are_counted() {
        let letters: Vec<char> = "kitten".chars().collect();
        assert_eq!(edits(&letters, "sitting"), 3);
        assert_eq!(edits(&[], "abc"), 3);
        assert_eq!(nearest("limt", ["limit", "target"]), Some("limit"));
        assert_eq!(nearest("crematorium", ["limit", "target"]), None);
    }
}
