//! Counts in two bytes each: hardly any place reaches 65,536 facilities of a set within a
//! walk, and cities have many places.

use std::collections::BTreeMap;

/// How many rows a page has.
pub(super) const ROWS: usize = 256;

/// A table of numbers, page after page of [`ROWS`] rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    width: usize,
    pages: Vec<Page>,
}

impl Numbers {
    pub fn of(width: usize, pages: Vec<Page>) -> Self {
        Self { width, pages }
    }

    /// The number in a row and column.
    #[inline]
    pub fn at(&self, row: usize, column: usize) -> u32 {
        self.pages[row / ROWS].at(row % ROWS * self.width + column)
    }
}

/// Numbers of any size; those of more than two bytes cost more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    low: Vec<u16>,
    /// What is above two bytes, where anything is.
    high: BTreeMap<usize, u32>,
}

impl Page {
    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        Self {
            low: vec![0; count],
            high: BTreeMap::new(),
        }
    }

    /// Adds to a number, at most 65,535 at once.
    #[inline]
    pub fn add(&mut self, cell: usize, many: u16) {
        let (sum, carried) = self.low[cell].overflowing_add(many);
        self.low[cell] = sum;
        if carried {
            *self.high.entry(cell).or_default() += 1;
        }
    }

    /// Adds to some numbers of a row of so many, which begins at a cell; each at most 65,535.
    #[inline]
    pub fn add_row(&mut self, (first, width): (usize, usize), columns: &[usize], many: &[u32]) {
        let row = &mut self.low[first..][..width];
        let mut any_carried = false;
        for (&column, &many) in columns.iter().zip(many) {
            let (sum, carried) = row[column].overflowing_add(many as u16);
            row[column] = sum;
            any_carried |= carried;
        }
        if any_carried {
            for (&column, &many) in columns.iter().zip(many) {
                // Less than what was added to it: that is where it began anew.
                if u32::from(self.low[first + column]) < many {
                    *self.high.entry(first + column).or_default() += 1;
                }
            }
        }
    }

    #[inline]
    fn at(&self, cell: usize) -> u32 {
        let low = u32::from(self.low[cell]);
        if self.high.is_empty() {
            return low;
        }
        low | self.high.get(&cell).unwrap_or(&0) << 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_have_any_size() {
        let mut pages = vec![Page::zeros(ROWS * 3), Page::zeros(3)];
        for number in 0..200_000_u32 {
            pages[0].add(4, 1);
            pages[1].add(2, (number % 33) as u16);
        }
        pages[1].add(0, u16::MAX);
        for _ in 0..3_000 {
            pages[0].add_row((3 * 7, 3), &[0, 2], &[32, 31]);
        }
        let numbers = Numbers::of(3, pages);
        assert_eq!([0, 1, 2].map(|at| numbers.at(7, at)), [96_000, 0, 93_000]);
        assert_eq!(numbers.at(1, 1), 200_000);
        assert_eq!(numbers.at(1, 0), 0);
        assert_eq!(numbers.at(ROWS, 0), 65_535);
        assert_eq!(
            numbers.at(ROWS, 2),
            (0..200_000).map(|it| it % 33).sum::<u32>()
        );
    }
}
