//! A city as it was typed.

use std::path::Path;

use super::Failure;
use super::args::CityArgs;
use super::source::typed;
use crate::study::{Files, Settings};
use crate::table::Source;

/// The files that were typed; the extract is empty where none was.
pub(super) fn files(args: &CityArgs, extract: Option<&Path>) -> Result<Files, Failure> {
    let zones = args.zones.iter();
    let zones = zones.map(|path| Source::typed(path.as_os_str()));
    Ok(Files {
        extract: extract.map(Path::to_owned).unwrap_or_default(),
        blocks: typed(args.blocks.as_deref())?,
        facilities: typed(args.facilities.as_deref())?,
        zones: zones.collect::<Result<_, _>>()?,
        gates: typed(args.gates.as_deref())?,
        parcels: None,
        population: typed(args.population.as_deref())?,
        boundary: typed(args.boundary.as_deref())?,
        columns: typed(args.columns.as_deref())?,
    })
}

/// What was asked of it.
pub(super) fn settings(args: &CityArgs) -> Settings {
    Settings {
        standards: args.standard.clone(),
        strict_sizes: args.strict_sizes,
        walker: args.walker.clone(),
        within: args.within.clone(),
        link_limit: args.link_limit,
        sample_spacing: args.sample_spacing,
        facilities_from: args.facilities_from.unwrap_or_default(),
        trunk: !args.no_trunk,
        block_size: (!args.no_cut).then_some(args.block_size),
        people: args.people,
        ..Settings::default()
    }
}
