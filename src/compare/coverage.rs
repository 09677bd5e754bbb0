//! The rows of a coverage table.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lang::{Explain, Lang};
use crate::record::Record;

/// What a row is about: the same words in two reports mean the same row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The standard.
    pub standard: String,
    /// The requirement, without the standard in front of it.
    pub requirement: String,
    /// The level of the zone; `whole` for the study area.
    pub level: String,
    /// The zone's id; empty for the study area and for what lies outside every zone.
    pub zone: String,
    /// `network` or `radius`.
    pub basis: String,
    /// Land, people or a group.
    pub denominator: String,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The requirement's name.
    pub name: String,
    /// Its limit.
    pub limit: String,
    /// The zone's name.
    pub zone_name: String,
    /// Whether the standard prescribes this basis.
    pub prescribed: bool,
    /// What is covered, in square metres or people; `None` without data.
    pub covered: Option<f64>,
    /// Of how much.
    pub total: Option<f64>,
    /// The share in millionths, as it is printed; `None` without data or without a total.
    pub share: Option<i64>,
}

/// A row as the file has it.
#[derive(Deserialize)]
struct Line {
    standard: String,
    requirement: String,
    name: String,
    limit: String,
    level: String,
    zone: String,
    zone_name: String,
    basis: String,
    prescribed: u8,
    denominator: String,
    covered: Option<f64>,
    total: Option<f64>,
    share: Option<f64>,
}

/// A coverage table, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Coverage {
    /// Keys in the order of the file.
    pub order: Vec<RowKey>,
    pub rows: BTreeMap<RowKey, Figures>,
}

/// A coverage table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub struct CoverageError {
    /// The record beside which it lies.
    pub record: std::path::PathBuf,
    /// What is wrong, and where.
    pub detail: String,
}

impl Explain for CoverageError {
    fn explain(&self, lang: Lang) -> String {
        let (record, source) = (self.record.display(), &self.detail);
        lang.pick(
            format!("{record} 旁边的 coverage.csv 无法读取（{source}）；请用本版本重新生成报告"),
            format!(
                "coverage.csv beside {record} cannot be read ({source}); make the report anew \
                 with this version"
            ),
        )
    }
}

/// The key of a requirement without its standard, which stands in front of it where
/// several standards are asked at once.
pub(super) fn bare<'a>(standard: &str, requirement: &'a str) -> &'a str {
    requirement
        .strip_prefix(standard)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(requirement)
}

impl Coverage {
    /// Reads the table of a run.
    pub fn parse(bytes: &[u8], record: &Record) -> Result<Self, CoverageError> {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut coverage = Self::default();
        let wrong = |detail: String| CoverageError {
            record: record.path.clone(),
            detail,
        };
        for (number, line) in (2_u64..).zip(csv::Reader::from_reader(text).deserialize()) {
            let line: Line = line.map_err(|error| wrong(error.to_string()))?;
            let amounts = [line.covered, line.total].into_iter().flatten();
            let fine = amounts
                .into_iter()
                .all(|amount| amount.is_finite() && amount >= 0.0)
                && line.share.is_none_or(|share| (0.0..=1.0).contains(&share));
            if !fine {
                return Err(wrong(format!("row {number}: covered, total, share")));
            }
            let key = RowKey {
                requirement: bare(&line.standard, &line.requirement).to_owned(),
                standard: line.standard,
                level: line.level,
                zone: line.zone,
                basis: line.basis,
                denominator: line.denominator,
            };
            let figures = Figures {
                name: line.name,
                limit: line.limit,
                zone_name: line.zone_name,
                prescribed: line.prescribed == 1,
                covered: line.covered,
                total: line.total,
                share: line.share.map(|share| (share * 1e6).round() as i64),
            };
            coverage.order.push(key.clone());
            if coverage.rows.insert(key, figures).is_some() {
                return Err(wrong(format!("row {number}: once more the same row")));
            }
        }
        Ok(coverage)
    }
}
