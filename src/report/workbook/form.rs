//! How the cells of a column are shown.

use rust_xlsxwriter::{Format, FormatAlign};
use unicode_width::UnicodeWidthStr as _;

use super::leaf::beginning;
use crate::report::cell::Cell;

/// How the cells of a column are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    /// A text that is broken into lines ...
    Long,
    /// ... even where the column is as wide as a page.
    Prose,
    Count,
    /// 0 to 1, as a percentage.
    Share,
    /// Square metres.
    Area,
    Metres,
    /// Percentage points, with their sign.
    Signed,
    /// People, minutes, items, and what is for 1,000 people.
    Tenths,
    Degrees,
    /// Coordinates of a grid, and ratios.
    Grid,
    /// Costs, in whatever money.
    Money,
}

use Form::{Area, Count, Long, Metres, Prose, Share, Signed, Tenths, Text};

impl Form {
    fn pattern(self) -> Option<&'static str> {
        match self {
            Text | Long | Prose => None,
            Count | Area | Metres => Some("#,##0"),
            Share => Some("0.0%"),
            Tenths => Some("#,##0.0"),
            Signed => Some("+#,##0.0;-#,##0.0;0.0"),
            Self::Degrees => Some("0.0000000"),
            Self::Grid => Some("0.000"),
            Self::Money => Some("#,##0.00"),
        }
    }

    pub(super) fn format(self) -> Format {
        let format = Format::new();
        let format = format.set_align(FormatAlign::Top).set_align(self.side());
        match self.pattern() {
            Some(pattern) => format.set_num_format(pattern),
            // Numbers end where the next column begins.
            None if self.wraps() => format.set_indent(1).set_text_wrap(),
            None => format.set_indent(1),
        }
    }

    /// On which side of a cell they stand.
    pub(super) fn side(self) -> FormatAlign {
        match self.pattern() {
            Some(_) => FormatAlign::Right,
            None => FormatAlign::Left,
        }
    }

    /// Whether its texts are broken into lines.
    pub(super) fn wraps(self) -> bool {
        matches!(self, Long | Prose)
    }

    /// The widest column of it, in digits.
    pub(super) fn widest(self, usual: usize) -> usize {
        match self {
            Prose => 2 * usual,
            Long => usual / 2,
            _ => usual,
        }
    }

    /// How wide a cell is shown, in digits.
    pub(super) fn width(self, cell: &Cell) -> usize {
        let Some(number) = cell.number() else {
            return match cell {
                // What is longer than every column need not be measured whole.
                Cell::Text(text) => beginning(text, 1_000).width(),
                _ => 0,
            };
        };
        let decimals = match self {
            Share => return format!("{:.1}%", number * 100.0).len(),
            Self::Degrees => 7,
            Self::Grid => 3,
            Self::Money => 2,
            Tenths | Signed => 1,
            _ => 0,
        };
        let digits = format!("{number:.decimals$}").len();
        let before = digits - decimals;
        digits + before.saturating_sub(1) / 3
    }
}
