//! The network as other programs load it, and our answers beside it: plain CSV in every
//! language, for programs alone.

use std::iter::once;

use super::{Folder, WriteError};
use crate::reach::{Nearest, Tallies};
use crate::study::stages::{Finished, LIMITS};
use crate::units::Cost;

const NODES: &str = "nodes.csv";
const EDGES: &str = "edges.csv";
const FACILITIES: &str = "facilities.csv";
const ORIGINS: &str = "origins.csv";
const NEAREST: &str = "nearest.csv";
const COUNTS: &str = "counts.csv";

/// The names of all files that [`stage_export`] writes.
pub const EXPORT_FILES: [&str; 4] = [NODES, EDGES, FACILITIES, ORIGINS];

/// The names of all files that [`stage_answers`] writes.
pub const ANSWER_FILES: [&str; 2] = [NEAREST, COUNTS];

/// Writes the network of a finished city as a plain graph, its facilities and its samples
/// into a folder, where they appear together.
///
/// # Errors
/// As of [`Folder::stage`].
pub fn stage_export(finished: &Finished, folder: &mut Folder) -> Result<(), WriteError> {
    let (plain, places) = finished.plain();
    let nodes = places.iter().enumerate().map(|(node, at)| {
        let [lon, lat] =
            [at.lon_degrees(), at.lat_degrees()].map(|degrees| format!("{degrees:.7}"));
        [node.to_string(), lon, lat]
    });
    folder.stage(NODES, &csv(["node", "lon", "lat"], nodes))?;
    let edges = plain.edges().iter();
    let edges = edges.map(|(from, to, cost)| [from, to, cost].map(u32::to_string));
    folder.stage(EDGES, &csv(["from", "to", "cost"], edges))?;
    let facilities = finished.study.sets.iter().flat_map(|set| {
        let nodes = set.facilities.0.iter();
        let nodes = nodes.filter_map(|&facility| plain.facility(facility));
        nodes.map(|node| [node.to_string(), set.key.clone()])
    });
    folder.stage(FACILITIES, &csv(["node", "set"], facilities))?;
    let samples = 0..finished.samples.len();
    let origins = samples.map(|sample| [sample.to_string(), plain.source(sample).to_string()]);
    folder.stage(ORIGINS, &csv(["sample", "node"], origins))?;
    Ok(())
}

/// What was found of every set from some places.
pub struct Found {
    /// The nearest, by set and place.
    pub nearest: Vec<Vec<Option<Nearest>>>,
    /// How many are within each limit.
    pub counts: Tallies,
}

/// Writes the answers of a finished city, from its vertices and from its samples, beside
/// their places in a folder. Nodes are those of [`stage_export`].
///
/// # Errors
/// As of [`Folder::stage`].
pub fn stage_answers(
    finished: &Finished,
    vertices: &Found,
    samples: &Found,
    folder: &mut Folder,
) -> Result<(), WriteError> {
    let (plain, _) = finished.plain();
    let vertex = (0..finished.vertices.len()).map(|place| (place as u32, vertices, place));
    let sample = (0..finished.samples.len()).map(|place| (plain.source(place), samples, place));
    let all = || vertex.clone().chain(sample.clone());
    let keys = || finished.study.sets.iter().map(|set| &set.key);
    let columns = keys().map(|key| format!("{key}_cost"));
    let rows = all().map(|(node, found, place)| {
        let nearest = found.nearest.iter().map(move |of_set| of_set[place]);
        once(node.to_string()).chain(nearest.map(cost))
    });
    let columns = once("node".to_owned()).chain(columns);
    folder.stage(NEAREST, &csv(columns, rows))?;
    let minutes = LIMITS.map(|limit| limit / 600);
    let columns = keys().flat_map(|key| minutes.map(|minutes| format!("{key}_{minutes}min")));
    let columns = once("node".to_owned()).chain(columns);
    let rows = all().map(|(node, found, place)| {
        let sets = 0..finished.sets.len();
        let counts = sets.flat_map(move |set| {
            LIMITS.map(|limit| {
                let count = found.counts.count(place, set, limit);
                count.map_or_else(String::new, |count| count.to_string())
            })
        });
        once(node.to_string()).chain(counts)
    });
    folder.stage(COUNTS, &csv(columns, rows))?;
    Ok(())
}

fn cost(nearest: Option<Nearest>) -> String {
    let cost = nearest.map(|nearest| nearest.cost);
    cost.as_ref().map_or_else(String::new, Cost::to_string)
}

fn csv<C: AsRef<[u8]>, R: IntoIterator<Item = String>>(
    columns: impl IntoIterator<Item = C>,
    rows: impl Iterator<Item = R>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    {
        let mut writer = csv::Writer::from_writer(&mut bytes);
        // Writing to memory does not fail, and all rows are of one length.
        let _ = writer.write_record(columns);
        for row in rows {
            let _ = writer.write_record(row);
        }
        let _ = writer.flush();
    }
    bytes
}
