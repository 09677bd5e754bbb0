//! The cells of a Shapefile: a table of dBase III.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use crate::notice::{Notice, Notices};

/// Names and cells as text.
pub(super) struct Sheet {
    pub fields: Vec<String>,
    /// None where a row is marked as deleted.
    pub rows: Vec<Option<Vec<String>>>,
    /// Whether nothing says in which letters it is, and they are not UTF-8.
    guessed: bool,
}

/// A field as the header describes it.
struct Field<'a> {
    name: &'a [u8],
    kind: u8,
    from: usize,
    to: usize,
}

/// Tells that the letters were guessed.
pub(super) fn note_letters(sheet: &Sheet, file: &str, notices: &mut Notices) {
    if sheet.guessed {
        notices.note(Notice::Gb18030, file);
    }
}

impl Sheet {
    /// The table; `letters` is the text of the `.cpg`. `None` where it is broken.
    pub(super) fn read(bytes: &[u8], letters: Option<&str>) -> Option<Self> {
        let short = |at: usize| {
            let two = bytes.get(at..at + 2)?;
            Some(usize::from(u16::from_le_bytes(two.try_into().ok()?)))
        };
        let count = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
        let (head, width) = (short(8)?, short(10)?);
        let fields = fields(bytes.get(32..head)?, width)?;
        let end = head.checked_add(count.checked_mul(width)?)?;
        let rows = bytes.get(head..end)?;
        if width == 0 {
            return None;
        }
        let texts = rows.chunks_exact(width).flat_map(|row| {
            let texts = fields.iter().filter(|field| field.kind == b'C');
            texts.filter_map(|field| row.get(field.from..field.to))
        });
        let mut texts = texts.chain(fields.iter().map(|field| field.name));
        let said = letters.and_then(encoding).or_else(|| match bytes.get(29) {
            Some(0x4d | 0x7a) => Some(GBK),
            _ => None,
        });
        let guessed = said.is_none() && !texts.all(is_utf8);
        let encoding = said.unwrap_or(if guessed { GB18030 } else { UTF_8 });
        let cells = |row: &[u8]| {
            let cell = |field: &Field| cell(row.get(field.from..field.to)?, field.kind, encoding);
            fields
                .iter()
                .map(|field| cell(field).unwrap_or_default())
                .collect()
        };
        Some(Self {
            rows: rows
                .chunks_exact(width)
                .map(|row| (row.first() != Some(&b'*')).then(|| cells(row)))
                .collect(),
            fields: fields
                .iter()
                .map(|field| decoded(field.name, encoding))
                .collect(),
            guessed,
        })
    }
}

fn fields(mut head: &[u8], width: usize) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    let mut from = 1;
    while let Some((field, rest)) = head.split_at_checked(32) {
        if field.first() == Some(&0x0d) {
            break;
        }
        let name = field.get(..11)?;
        let name = name.split(|byte| *byte == 0).next()?;
        let to = from + usize::from(*field.get(16)?);
        if to > width {
            return None;
        }
        let kind = *field.get(11)?;
        fields.push(Field {
            name,
            kind,
            from,
            to,
        });
        from = to;
        head = rest;
    }
    Some(fields)
}

/// The encoding that a `.cpg` names: a label, or a number of a code page.
fn encoding(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_start_matches('\u{feff}').to_uppercase();
    let starts = ["ANSI", "OEM", "CP"];
    let number = starts.iter().find_map(|start| label.strip_prefix(start));
    let number = number.unwrap_or(&label);
    match number.trim() {
        "936" => Some(GBK),
        "54936" => Some(GB18030),
        "65001" | "UTF8" => Some(UTF_8),
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Encoding::for_label(format!("windows-{number}").as_bytes())
        }
        _ => Encoding::for_label(label.as_bytes()),
    }
}

/// Whether a text is UTF-8; its last letter may be cut by the width of the field.
fn is_utf8(text: &[u8]) -> bool {
    match std::str::from_utf8(text) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn decoded(text: &[u8], encoding: &'static Encoding) -> String {
    let (text, _) = encoding.decode_without_bom_handling(text);
    let ends = |letter: char| letter == '\0' || letter == '\u{fffd}' || letter.is_whitespace();
    text.trim_end_matches(ends).trim().to_owned()
}

/// A cell as text; a number that was too wide for its field (`***`) is not known.
fn cell(bytes: &[u8], kind: u8, encoding: &'static Encoding) -> Option<String> {
    let text = decoded(bytes, encoding);
    let known = kind == b'C' || !text.starts_with('*');
    known.then_some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn table(encoding: &'static Encoding, mark: u8) -> Vec<u8> {
        let (name, _, _) = encoding.encode("名称");
        let (text, _, _) = encoding.encode("湖滨一里幼");
        let mut bytes = vec![0; 32];
        bytes[0] = 3;
        bytes[4] = 3;
        bytes[8] = 97;
        bytes[10] = 14;
        bytes[29] = mark;
        for (name, kind, width) in [(&*name, b'C', 9), (&b"n"[..], b'N', 4)] {
            let mut field = vec![0; 32];
            field[..name.len()].copy_from_slice(name);
            (field[11], field[16]) = (kind, width);
            bytes.extend(field);
        }
        bytes.push(0x0d);
        // The fifth letter does not fit and is cut in its middle.
        for (flag, number) in [(b' ', b" 1.5"), (b'*', b"   2"), (b' ', b"****")] {
            bytes.push(flag);
            bytes.extend(&text[..9]);
            bytes.extend(number);
        }
        bytes
    }

    #[test]
    fn letters_are_those_of_the_cpg_or_found_out() {
        let row = |text: &str, number: &str| Some(vec![text.to_owned(), number.to_owned()]);
        for (encoding, mark, cpg, text, guessed) in [
            (GBK, 0, Some("GBK"), "湖滨一里", false),
            (GBK, 0, Some("936\n"), "湖滨一里", false),
            (GBK, 0, Some("ANSI 936"), "湖滨一里", false),
            (GBK, 0x4d, None, "湖滨一里", false),
            (GBK, 0, None, "湖滨一里", true),
            (UTF_8, 0, None, "湖滨一", false),
            (UTF_8, 0, Some("UTF-8"), "湖滨一", false),
        ] {
            let sheet = Sheet::read(&table(encoding, mark), cpg).unwrap();
            assert_eq!(sheet.fields, ["名称", "n"], "{cpg:?}");
            assert_eq!(
                sheet.rows,
                [row(text, "1.5"), None, row(text, "")],
                "{cpg:?}"
            );
            assert_eq!(sheet.guessed, guessed, "{cpg:?}");
        }
        let whole = table(GBK, 0);
        for end in 0..whole.len() {
            assert!(Sheet::read(&whole[..end], None).is_none(), "{end}");
        }
    }
}
