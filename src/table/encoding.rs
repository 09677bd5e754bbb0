//! In which letters a text is written: UTF-8, else what Excel and dBase write in China.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

/// A text that is neither UTF-8 nor GB18030: the line of its first strange byte.
pub(super) struct Unreadable {
    pub line: u64,
}

/// The text, and whether it is GB18030.
pub(super) fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, bool), Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (_, body) = bytes.split_at(mark);
        if encoding == UTF_8 {
            return match std::str::from_utf8(body) {
                Ok(text) => Ok((Cow::Borrowed(text), false)),
                Err(error) => Err(unreadable(body, error.valid_up_to())),
            };
        }
        // UTF-16, as Excel writes its "Unicode text".
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(body);
        return decoded
            .map(|text| (text, false))
            .ok_or(Unreadable { line: 1 });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), false)),
        Err(error) => error,
    };
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if is_chinese(bytes) => Ok((text, true)),
        _ => Err(unreadable(bytes, error.valid_up_to())),
    }
}

fn unreadable(bytes: &[u8], valid: usize) -> Unreadable {
    let (before, _) = bytes.split_at(valid.min(bytes.len()));
    Unreadable {
        line: 1 + line_ends(before),
    }
}

/// Whether most letters beyond ASCII are pairs of high bytes, as the common Chinese ones
/// are. Spanish or German letters in Latin-1 stand alone among plain ones, and would make
/// rare Chinese letters together with the next.
fn is_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut others, mut at) = (0_u64, 0_u64, 0);
    while let Some(&lead) = bytes.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        let trail = bytes.get(at + 1).copied().unwrap_or_default();
        if (0xa1..=0xf7).contains(&lead) && trail >= 0xa1 {
            pairs += 1;
        } else {
            others += 1;
        }
        at += 2;
    }
    pairs > others
}

/// How many lines end in these bytes: at `\n`, `\r\n` or a lone `\r`.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let mut ends = 0;
    let mut before = None;
    for &byte in bytes {
        let second_half = byte == b'\n' && before == Some(b'\r');
        if matches!(byte, b'\n' | b'\r') && !second_half {
            ends += 1;
        }
        before = Some(byte);
    }
    ends
}
