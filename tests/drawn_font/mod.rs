//! A font whose letters are squares, so that tests know which letters it has.
//! Tables of OpenType 1.9: what a reader needs, and nothing else.

const EM: u16 = 1_000;

/// A TrueType font with a form for each of these letters and for no other.
pub fn font(family: &str, letters: &str) -> Vec<u8> {
    font_of(family, letters, &[])
}

/// The same, where the forms of some are empty.
pub fn font_of(family: &str, letters: &str, empty: &[char]) -> Vec<u8> {
    let mut letters: Vec<u32> = letters.chars().map(u32::from).collect();
    letters.sort_unstable();
    letters.dedup();
    let glyphs = letters.len() as u16 + 1;
    let square = square();
    let forms: Vec<bool> = letters
        .iter()
        .map(|&letter| !empty.iter().any(|&none| u32::from(none) == letter))
        .collect();
    let drawn = forms.iter().filter(|&&form| form).count();
    let mut tables = [
        (b"OS/2", os2()),
        (b"cmap", cmap(&letters)),
        // The first glyph, of what is missing, is empty.
        (b"glyf", square.repeat(drawn)),
        (b"head", head()),
        (b"hhea", hhea(glyphs)),
        (b"hmtx", (0..glyphs).flat_map(|_| words(&[EM, 0])).collect()),
        (b"loca", loca(&forms, square.len() as u32)),
        (b"maxp", maxp(glyphs)),
        (b"name", name(family)),
        (b"post", post()),
    ];
    let mut file = words(&[0, 1, 0, 0, 0, 0]);
    file[..4].copy_from_slice(&[0, 1, 0, 0]);
    file[4..6].copy_from_slice(&(tables.len() as u16).to_be_bytes());
    let mut at = 12 + 16 * tables.len();
    for (tag, table) in &mut tables {
        table.resize(table.len().next_multiple_of(4), 0);
        file.extend_from_slice(*tag);
        for number in [0, at as u32, table.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        at += table.len();
    }
    file.extend(tables.into_iter().flat_map(|(_, table)| table));
    file
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// One contour of four corners on the base line, 800 units high.
fn square() -> Vec<u8> {
    let mut glyph = words(&[1, 100, 0, 900, 800, 3, 0]);
    glyph.extend([1; 4]);
    // Steps right and up: from (100, 0) up, right and down.
    glyph.extend(words(&[100, 0, 800, 0]));
    glyph.extend(words(&[0, 800, 0, 800_u16.wrapping_neg()]));
    glyph.resize(glyph.len().next_multiple_of(4), 0);
    glyph
}

/// Where each glyph begins, and the last ends. The first has nothing.
fn loca(forms: &[bool], length: u32) -> Vec<u8> {
    let mut offsets = vec![0, 0];
    let mut end = 0;
    for &form in forms {
        end += if form { length } else { 0 };
        offsets.push(end);
    }
    offsets.into_iter().flat_map(u32::to_be_bytes).collect()
}

fn cmap(letters: &[u32]) -> Vec<u8> {
    // Format 12 of the whole of Unicode: one group a letter.
    let groups = letters.len() as u32;
    let mut table = words(&[0, 1, 3, 10, 0, 12, 12, 0]);
    for number in [16 + 12 * groups, 0, groups] {
        table.extend(number.to_be_bytes());
    }
    for (glyph, letter) in (1_u32..).zip(letters) {
        for number in [*letter, *letter, glyph] {
            table.extend(number.to_be_bytes());
        }
    }
    table
}

fn head() -> Vec<u8> {
    let mut table = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, EM]);
    table.extend([0; 16]);
    table.extend(words(&[0, 0, EM, EM, 0, 8, 2, 1, 0]));
    table
}

fn hhea(glyphs: u16) -> Vec<u8> {
    let mut table = words(&[1, 0, 800, 200_u16.wrapping_neg(), 0, EM]);
    table.extend([0; 22]);
    table.extend(words(&[glyphs]));
    table
}

fn maxp(glyphs: u16) -> Vec<u8> {
    let mut table = words(&[1, 0, glyphs, 4, 1]);
    table.extend([0; 22]);
    table
}

fn os2() -> Vec<u8> {
    // Version 0, of medium width and weight 400.
    let mut table = words(&[0, EM, 400, 5]);
    table.resize(78, 0);
    table
}

fn post() -> Vec<u8> {
    let mut table = words(&[3, 0]);
    table.resize(32, 0);
    table
}

fn name(family: &str) -> Vec<u8> {
    let text: Vec<u8> = words(&family.encode_utf16().collect::<Vec<u16>>());
    let length = text.len() as u16;
    // Family, style and PostScript name, for Windows in American English.
    let mut table = words(&[0, 3, 6 + 3 * 12]);
    for id in [1, 2, 6] {
        table.extend(words(&[3, 1, 0x409, id, length, 0]));
    }
    table.extend(text);
    table
}
