//! Names of sheets that Excel takes: short, of few signs, unlike each other.

use std::collections::BTreeSet;

/// The most UTF-16 units of a name.
const LONGEST: usize = 31;

/// The names that are taken.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name that is valid and nobody has; the same where it can be.
    pub(super) fn valid(&mut self, wanted: &str) -> String {
        let clean: String = wanted
            .chars()
            .map(|sign| match sign {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
                sign if sign.is_control() || is_no_character(sign) => '_',
                sign => sign,
            })
            .collect();
        let mut name = cut(&clean, LONGEST).to_owned();
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            let end = format!(" {number}");
            name = format!("{}{end}", cut(&clean, LONGEST - end.len()));
            number += 1;
        }
        name
    }
}

/// What XML knows no way to write.
pub(super) fn is_no_character(sign: char) -> bool {
    matches!(sign, '\u{fffe}' | '\u{ffff}')
}

/// The beginning of a text of so many UTF-16 units, without apostrophes and blanks
/// around it, which Excel refuses at the ends of a name.
fn cut(text: &str, longest: usize) -> &str {
    let around = |sign: char| sign == '\'' || sign.is_whitespace();
    super::leaf::beginning(text.trim_matches(around), longest).trim_matches(around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_one_that_excel_takes() {
        let mut names = Names::default();
        for (wanted, name) in [
            ("覆盖率 general", "覆盖率 general"),
            ("覆盖率 General", "覆盖率 General 2"),
            ("a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g"),
            ("'quoted'", "quoted"),
            ("line\nbreak\u{ffff}", "line_break_"),
            // An ideograph beyond the first plane is two units, and is not halved.
            (
                "0123456789012345678901234567𠮷𠮷",
                "0123456789012345678901234567𠮷",
            ),
            (
                "0123456789012345678901234567𠮷𠮷!",
                "0123456789012345678901234567 2",
            ),
        ] {
            assert_eq!(names.valid(wanted), name);
        }
    }
}
