//! Why a city is not generated.

use super::GeneratedCity;
use crate::lang::{Explain, Lang};
use crate::osm::DrawError;

/// Why a city is not generated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum GenerateError {
    /// Fewer or more junctions than a city can have.
    Junctions(u64),
    /// Its file cannot be written.
    Pbf(#[from] DrawError),
}

impl Explain for GenerateError {
    fn explain(&self, lang: Lang) -> String {
        let (least, most) = GeneratedCity::JUNCTIONS.into_inner();
        match self {
            Self::Junctions(asked) => lang.pick(
                format!("不能生成有 {asked} 个路口的城市；请给出 {least} 至 {most} 之间的数"),
                format!(
                    "no city of {asked} junctions can be generated; write a number from {least} \
                     to {most}"
                ),
            ),
            Self::Pbf(error) => error.explain(lang),
        }
    }
}
