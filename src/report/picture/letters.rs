//! Which face writes which letters of a picture.
//!
//! A renderer takes what a face lacks from another one form by form, so that a mark may
//! come from elsewhere than its letter and land beside it. Here every text is given to one
//! face that has all of it, else every letter with its marks to one.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use resvg::usvg::fontdb::ID;
use resvg::usvg::roxmltree::{Document, Node};
use unicode_width::UnicodeWidthChar as _;

use super::canvas::escaped;
use super::fonts::{Fonts, MissingLetters};

/// A picture with the face of every letter named in it.
///
/// # Errors
/// [`MissingLetters`]: all that no face has.
pub(super) fn with_faces(
    svg: &str,
    document: &Document,
    fonts: &Fonts,
) -> Result<String, MissingLetters> {
    let texts: Vec<Node> = document
        .descendants()
        .filter(|node| {
            node.is_text()
                && node
                    .parent()
                    .is_some_and(|above| above.has_tag_name("text"))
        })
        .collect();
    let is_bold = |node: &Node| {
        let above = node.parent();
        above.is_some_and(|text| text.has_attribute("font-weight"))
    };
    let all = || texts.iter().filter_map(Node::text);
    let mut writers = [false, true].map(|bold| Writer::new(fonts, bold, all()));
    let (mut out, mut end) = (String::with_capacity(svg.len() * 2), 0);
    let mut missing = BTreeSet::new();
    for node in &texts {
        let writer = &mut writers[usize::from(is_bold(node))];
        match writer.runs(node.text().unwrap_or_default()) {
            Err(MissingLetters(letters)) => missing.extend(letters),
            Ok(runs) => {
                out.push_str(&svg[end..node.range().start]);
                end = node.range().end;
                for (face, run) in runs {
                    let family = fonts.family(face);
                    let run = escaped(run);
                    // Writing to a String never fails.
                    let _ = write!(out, "<tspan font-family=\"{family}\">{run}</tspan>");
                }
            }
        }
    }
    if !missing.is_empty() {
        return Err(MissingLetters(missing));
    }
    out.push_str(&svg[end..]);
    Ok(out)
}

/// Gives texts to faces, the first that fits. A face is read when it is needed.
pub(super) struct Writer<'a> {
    fonts: &'a Fonts,
    order: &'a [ID],
    /// All letters of the texts.
    letters: BTreeSet<char>,
    /// What the faces that were read lack of them.
    lacking: Vec<BTreeSet<char>>,
}

impl<'a> Writer<'a> {
    /// For these texts.
    pub fn new<'t>(fonts: &'a Fonts, bold: bool, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let letters = texts.into_iter().flat_map(str::chars);
        Self {
            fonts,
            order: fonts.order(bold),
            letters: letters.filter(|&letter| is_seen(letter)).collect(),
            lacking: Vec::new(),
        }
    }

    /// A text in runs, each with its face.
    ///
    /// # Errors
    /// [`MissingLetters`]: all that no face has together with their marks.
    pub fn runs<'t>(&mut self, text: &'t str) -> Result<Vec<(ID, &'t str)>, MissingLetters> {
        if let Some(face) = self.first_with(text) {
            return Ok(vec![(face, text)]);
        }
        let mut missing = BTreeSet::new();
        let mut runs: Vec<(ID, usize, usize)> = Vec::new();
        let mut start = 0;
        for part in clusters(text) {
            let end = start + part.len();
            let spaces = !part.chars().any(is_seen);
            match (self.first_with(part), runs.last_mut()) {
                (None, _) => missing.extend(part.chars().filter(|&letter| is_seen(letter))),
                (Some(face), Some(last)) if spaces || last.0 == face => last.2 = end,
                (Some(face), _) => runs.push((face, start, end)),
            }
            start = end;
        }
        if missing.is_empty() {
            Ok(runs
                .into_iter()
                .map(|(face, start, end)| (face, &text[start..end]))
                .collect())
        } else {
            Err(MissingLetters(missing))
        }
    }

    /// The first face that has every letter of a text.
    fn first_with(&mut self, text: &str) -> Option<ID> {
        let at = (0..self.order.len()).find(|&at| {
            if at == self.lacking.len() {
                let lacking = self.fonts.lacking(self.order[at], &self.letters);
                self.lacking.push(lacking);
            }
            text.chars()
                .all(|letter| !self.lacking[at].contains(&letter))
        });
        at.map(|at| self.order[at])
    }
}

/// Letters with what stands on them: marks, and what a joiner joins.
fn clusters(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut joined) = (0, false);
    for (at, letter) in text.char_indices() {
        if letter.width() != Some(0) && !joined && at > start {
            found.push(&text[start..at]);
            start = at;
        }
        joined = letter == '\u{200d}';
    }
    found.push(&text[start..]);
    found
}

/// Whether a letter leaves ink: spaces, joiners and marks of variants do not.
fn is_seen(letter: char) -> bool {
    !letter.is_whitespace()
        && !letter.is_control()
        && !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::clusters;

    #[test]
    fn marks_stay_with_their_letters() {
        assert_eq!(clusters("z\u{307}a汉"), ["z\u{307}", "a", "汉"]);
        let family = "\u{1f468}\u{200d}\u{1f469}";
        assert_eq!(clusters(&format!("a{family}b")), ["a", family, "b"]);
    }
}
