//! Words of tables, compared without regard to how they are typed.

/// A word without blanks, in small letters, with half-width letters for full-width ones
/// (`ＩＤ`, `（`), with one kind of dash (`0～3岁` is `0-3岁`), and without a unit in brackets at its end that changes no number.
pub fn folded(word: &str) -> String {
    let word: String = word
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{feff}')
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
            _ => letter,
        })
        .map(|letter| match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '\u{301c}' => '-',
            _ => letter,
        })
        .flat_map(char::to_lowercase)
        .collect();
    for unit in UNITS {
        let before = word
            .strip_suffix(')')
            .and_then(|word| word.strip_suffix(unit))
            .and_then(|word| word.strip_suffix('('));
        if let Some(before) = before {
            return before.to_owned();
        }
    }
    word
}

/// Units in which our columns are. A column in hectares or in ten thousands keeps its
/// unit, so that nobody takes it for metres.
const UNITS: [&str; 14] = [
    "m2",
    "m²",
    "㎡",
    "平方米",
    "平米",
    "人",
    "张",
    "床",
    "个",
    "座",
    "度",
    "°",
    "m",
    "米",
];
