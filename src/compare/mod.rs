//! Two reports side by side: years, or versions of a plan.
//!
//! A figure moves because the data did or because its definition did. Where only one of
//! them differs between two runs the whole movement is its own. Where both do, a third
//! run parts them: the data of the second under the definition of the first.
//!
//! ```text
//! by data       = share(definition of A, data of B) − share(A)
//! by definition = share(B) − share(definition of A, data of B)
//! ```
//!
//! The definition is what `report` was asked (standards, walkers, limits, switches), the
//! study area and the program with its rules; the data are all other files, and a total
//! of people.

mod calibre;
mod coverage;
mod moved;
mod third;
mod told;

pub use calibre::{Difference, Named};
pub use coverage::{CoverageError, Figures, RowKey};
pub use moved::{Cause, Moved};
pub use third::NotApart;
pub use told::{table, told};

use std::collections::BTreeMap;

use crate::lang::{Explain, Lang};
use crate::progress::Progress;
use crate::record::{Record, RecordError};
use coverage::Coverage;

/// The file of a report whose figures are compared.
const COVERAGE: &str = "coverage.csv";

/// Two reports side by side.
#[derive(Debug)]
pub struct Comparison {
    /// The first.
    pub a: Record,
    /// The second.
    pub b: Record,
    /// In what their calibres differ.
    pub calibre: Vec<Difference>,
    /// Every row of their coverage: in the order of the second, then what only the first
    /// has.
    pub rows: Vec<Moved>,
    /// Why data and definition could not be told apart, where that was needed.
    pub not_apart: Option<NotApart>,
}

/// Reports that cannot be compared.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum CompareError {
    /// A record, or a file beside it.
    Record(#[from] RecordError),
    /// A coverage table that cannot be read.
    Coverage(#[from] CoverageError),
}

impl Explain for CompareError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Record(error) => error.explain(lang),
            Self::Coverage(error) => error.explain(lang),
        }
    }
}

impl Comparison {
    /// Compares two reports by what stands beside their records. Where definition and
    /// data both differ and the inputs are at hand, a third run parts the movement.
    ///
    /// # Errors
    /// Where a report is not whole.
    pub fn of(a: Record, b: Record, progress: &dyn Progress) -> Result<Self, CompareError> {
        let rows = |record: &Record| -> Result<Coverage, CompareError> {
            Ok(Coverage::parse(&record.output(COVERAGE)?, record)?)
        };
        let (first, second) = (rows(&a)?, rows(&b)?);
        let causes = moved::Causes::of(&a, &b);
        let third = causes
            .need_third(&first, &second)
            .then(|| third::run(&a, &b, progress));
        let (third, not_apart) = match third {
            None => (None, None),
            Some(Ok(coverage)) => (Some(coverage), None),
            Some(Err(why)) => (None, Some(why)),
        };
        Ok(Self {
            calibre: calibre::differences(&a, &b),
            rows: moved::rows(&first, &second, third.as_ref(), &causes),
            not_apart,
            a,
            b,
        })
    }

    /// The name of every requirement and the denominator that its standard names, as in
    /// the second report where it asks for it.
    fn asked(&self) -> BTreeMap<(String, String), (Named, &str)> {
        let of = |record| {
            let requirements = moved::requirements(record).into_iter();
            requirements.filter_map(|(asked, own)| {
                let denominator = own.get("denominator")?.as_str()?;
                Some((asked, (Named::of(own), denominator)))
            })
        };
        of(&self.a).chain(of(&self.b)).collect()
    }
}
