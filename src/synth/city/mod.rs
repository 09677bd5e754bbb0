//! Generated cities of any size: the same function of seed and place, tile by tile.
//!
//! A city is a lattice of main streets. Between four of them lies a tile: a grid of
//! streets, walled compounds, an old town, a park, factories, a village ([`plan`] says
//! which; a module each draws it). Neighbours share the nodes on their sides, which both
//! know by number. Nothing but the plan is kept: each pass over the tiles draws them
//! again, once to find where the city ends, once for the nodes, once for the ways.

mod compounds;
mod districts;
mod draft;
mod error;
mod green;
mod ground;
mod homes;
mod mains;
mod names;
mod outskirts;
mod plan;
mod services;
mod streets;
mod tally;

use std::io::Write;

use rayon::prelude::*;

use crate::osm::{DrawError, DrawnNode, DrawnWay, PbfWriter};
use crate::progress::{Progress, Stage};
use draft::Draft;
pub use error::GenerateError;
use plan::{Plan, Upright, Use};
use tally::{Sum, Tally};

/// 2026-01-01, midnight UTC.
const TIMESTAMP: i64 = 1_767_225_600;

/// Tiles that are drawn at a time, whatever the number of threads.
const AT_A_TIME: i64 = 256;

/// A city that is not there yet, and can be written as an `.osm.pbf` of any size.
///
/// It has several centres, grids of different spacing and angle, old towns, walled
/// compounds with few gates, rivers with few bridges, dead ends, parks, facilities and
/// homes that get fewer outwards, and subdistricts. Streets curve and have nodes every 30
/// to 40 metres. It lies around 115.98° E, 36.45° N, and is nowhere.
///
/// ```
/// use living_circle::progress::Silent;
/// use living_circle::synth::GeneratedCity;
/// let city = GeneratedCity::plan(2_000, 7, &Silent)?;
/// let (file, summary) = city.write(Vec::new(), &Silent)?;
/// assert_eq!(summary.bytes, file.len() as u64);
/// assert!(summary.junctions.abs_diff(2_000) < 100);
/// // Once more: the same bytes.
/// assert!(file == city.write(Vec::new(), &Silent)?.0);
/// # Ok::<(), living_circle::synth::GenerateError>(())
/// ```
#[derive(Clone, Debug)]
pub struct GeneratedCity {
    plan: Plan,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generated {
    /// Junctions of the walk network, those of private grounds too: nodes where walks
    /// meet or end.
    pub junctions: u64,
    /// Nodes of the file.
    pub nodes: u64,
    /// Its ways.
    pub ways: u64,
    /// Its relations.
    pub relations: u64,
    /// People who live in its buildings: 2.7 in a flat or a house, rounded up building by
    /// building. What `--people` of a report spreads by floor area.
    pub people: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

impl GeneratedCity {
    /// As few and as many junctions as a city can be asked for.
    pub const JUNCTIONS: std::ops::RangeInclusive<u64> = 1_000..=20_000_000;

    /// Plans a city whose walk network ([`WalkNetwork::junctions`]) has this number of
    /// junctions, to within 5 %: tiles are added row by row until it is reached. The same
    /// seed gives the same city on every machine.
    ///
    /// [`WalkNetwork::junctions`]: crate::network::WalkNetwork::junctions
    ///
    /// # Errors
    /// [`GenerateError::Junctions`] where the number is not among [`GeneratedCity::JUNCTIONS`].
    pub fn plan(junctions: u64, seed: u64, progress: &dyn Progress) -> Result<Self, GenerateError> {
        if !Self::JUNCTIONS.contains(&junctions) {
            return Err(GenerateError::Junctions(junctions));
        }
        let mut plan = Plan::new(junctions, seed);
        progress.begin(Stage::Plan, junctions);
        plan.tiles = tally::tiles_for(&plan, junctions, progress);
        progress.end();
        Ok(Self { plan })
    }

    /// Writes the city, uncompressed: nodes, ways and relations, each by id. Memory does
    /// not grow with the city but for its main streets.
    ///
    /// # Errors
    /// [`GenerateError::Pbf`] where `out` takes no more.
    pub fn write<W: Write>(
        &self,
        out: W,
        progress: &dyn Progress,
    ) -> Result<(W, Generated), GenerateError> {
        let plan = &self.plan;
        let mut summary = Generated::default();
        let bounds = plan.ground.bounds(plan.built_rows());
        let mut writer = PbfWriter::new(out, Some(bounds), Some(TIMESTAMP))?;
        progress.begin(Stage::Write, 2 * plan.places().cast_unsigned());
        let mut sum = Sum::new(plan);
        in_order(plan, progress, nodes, |(drawn, tally)| {
            sum.add(&tally);
            summary.nodes += drawn.len() as u64;
            writer.nodes(drawn)
        })?;
        (summary.junctions, summary.people) = (sum.junctions(), sum.people());
        in_order(plan, progress, ways, |drawn| {
            summary.ways += drawn.len() as u64;
            writer.ways(drawn)
        })?;
        let all = 0..districts::count(plan);
        for outline in all
            .clone()
            .filter_map(|number| districts::outline(plan, number))
        {
            summary.ways += 1;
            writer.ways([outline])?;
        }
        for relation in all.filter_map(|number| districts::relation(plan, number)) {
            summary.relations += 1;
            writer.relations([relation])?;
        }
        progress.end();
        let (out, bytes) = writer.finish()?;
        summary.bytes = bytes;
        Ok((out, summary))
    }
}

/// Draws places in parallel and takes them in their order.
fn in_order<T: Send>(
    plan: &Plan,
    progress: &dyn Progress,
    draw: fn(&Plan, i64) -> T,
    mut take: impl FnMut(T) -> Result<(), DrawError>,
) -> Result<(), DrawError> {
    let places = plan.places();
    for from in (0..places).step_by(AT_A_TIME as usize) {
        let to = (from + AT_A_TIME).min(places);
        let drawn: Vec<T> = (from..to)
            .into_par_iter()
            .map(|number| draw(plan, number))
            .collect();
        drawn.into_iter().try_for_each(&mut take)?;
        progress.advance((to - from).cast_unsigned());
    }
    Ok(())
}

/// A tile with all that is inside; a place beyond the last one is empty.
fn drawn(plan: &Plan, tile: ground::Tile) -> Draft<'_> {
    let mut draft = Draft::new(plan, tile);
    if !plan.has(tile.column, tile.row) {
        return draft;
    }
    let used = plan.used(tile);
    let chance = &mut plan.chance(tile, 0);
    match used {
        Use::Streets(apart) => streets::grid(&mut draft, chance, apart),
        Use::OldTown => streets::old_town(&mut draft, chance),
        Use::Compounds(parts) => compounds::draw(&mut draft, chance, parts),
        Use::Park => green::park(&mut draft, chance),
        Use::Woods => green::woods(&mut draft, chance),
        Use::River => green::river(&mut draft),
        Use::Works => outskirts::works(&mut draft, chance),
        Use::Village => outskirts::village(&mut draft, chance),
    }
    services::place(&mut draft, &mut plan.chance(tile, 1), used);
    draft
}

/// The nodes of a place: those of its main streets, then those inside.
fn nodes(plan: &Plan, number: i64) -> (Vec<DrawnNode>, Tally) {
    let tile = plan.place(number);
    let draft = drawn(plan, tile);
    let tally = draft.tally();
    // Where there is no main street in the west, streets of both neighbours may lead there.
    let mut led_to = tally.side(draft::Side::West);
    if plan.western(tile.column, tile.row) == Upright::None && tile.column > 0 {
        let column = tile.column - 1;
        let west = drawn(plan, ground::Tile { column, ..tile }).tally();
        led_to |= west.side(draft::Side::East);
    }
    let mut nodes = mains::nodes(plan, tile, led_to);
    nodes.extend(draft.nodes());
    (nodes, tally)
}

/// The ways of a place.
fn ways(plan: &Plan, number: i64) -> Vec<DrawnWay> {
    let mut draft = drawn(plan, plan.place(number));
    mains::draw(&mut draft);
    draft.ways().collect()
}
