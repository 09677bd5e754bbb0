//! Cells as Excel names them.

/// Where something stands in a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    /// From 1.
    pub row: u32,
    /// From 0.
    pub column: u32,
}

impl CellPlace {
    /// As Excel names the cell: `C5`.
    pub(super) fn name(self) -> String {
        let mut letters = Vec::new();
        let mut left = self.column + 1;
        while left > 0 {
            letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
            left = (left - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        format!("{letters}{}", self.row)
    }
}
