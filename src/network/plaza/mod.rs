//! Pedestrian areas: people walk along their rings, and straight between the
//! places where other walks enter, as far as the line stays inside.

mod drawn;
mod entry;
mod known;

use std::collections::BTreeSet;

use petgraph::unionfind::UnionFind;

use super::census::Census;
use super::obstacle::Obstacles;
use super::segment::{Point, Segments};
use crate::notice::{Notice, Notices};
use crate::plane::{distance_millimetres, stays_inside};
use crate::profile::AccessRules;
use drawn::{Plaza, plazas};
use entry::Users;
use known::Known;

/// An area with more entries is walked along its rings only: straight lines grow
/// with the square of the entries. The most that any area of seven real extracts
/// has is 38 (a relation in Las Palmas), all others 33 and fewer.
const MOST_ENTRIES: usize = 100;

/// Adds the rings that are no ways of their own, and the straight lines.
pub(super) fn cross(
    segments: &mut Segments,
    rules: &AccessRules,
    obstacles: &Obstacles,
    census: &mut Census,
    notices: &mut Notices,
) {
    let plazas = plazas(segments.extract, rules, notices);
    if plazas.is_empty() {
        return;
    }
    census.areas += plazas.len() as u64;
    let users = Users::of(segments, &plazas);
    let entries: Vec<Vec<Point>> = (0..plazas.len())
        .map(|number| users.entries(number, &plazas[number]))
        .collect();
    let mut known = Known::of(segments, &plazas);
    for (plaza, entries) in plazas.iter().zip(&entries) {
        walk_rings(segments, plaza, entries, &mut known);
    }
    for (plaza, entries) in plazas.iter().zip(&entries) {
        if entries.len() > MOST_ENTRIES {
            notices.note(Notice::ManyEntries, plaza.name.clone());
        } else {
            walk_across(segments, plaza, entries, obstacles, &mut known, census);
        }
    }
}

/// Adds the rings of an area that is no walk itself. A ring that nothing enters
/// leads nowhere: it would be an island, and is left out.
fn walk_rings(segments: &mut Segments, plaza: &Plaza, entries: &[Point], known: &mut Known) {
    if plaza.walked {
        return;
    }
    let points: Vec<Point> = plaza.points().into_iter().collect();
    let number = |point: Point| points.binary_search(&point).unwrap_or_else(|number| number);
    let mut rings = UnionFind::new(points.len());
    for &([a, b], _) in &plaza.pieces {
        rings.union(number(a.0), number(b.0));
    }
    let entered: BTreeSet<usize> = entries
        .iter()
        .map(|&entry| rings.find(number(entry)))
        .collect();
    for &([a, b], _) in &plaza.pieces {
        if entered.contains(&rings.find(number(a.0))) && known.is_new(a.0, b.0, plaza.passage.class)
        {
            segments.push([a.0, b.0], plaza.passage, plaza.way, false);
        }
    }
}

/// Adds the straight lines between the entries of an area.
fn walk_across(
    segments: &mut Segments,
    plaza: &Plaza,
    entries: &[Point],
    obstacles: &Obstacles,
    known: &mut Known,
    census: &mut Census,
) {
    let class = plaza.passage.class;
    let before = census.straight_walks;
    for (at, &a) in entries.iter().enumerate() {
        for &b in &entries[at + 1..] {
            let [from, to] = [a, b].map(|point| segments.at(point));
            if !known.has(a, b, class)
                && stays_inside(&plaza.rings, from, to)
                && !obstacles.cross(from, to)
                && known.is_new(a, b, class)
            {
                segments.push([a, b], plaza.passage, plaza.way, false);
                census.straight_walks += 1;
                census.straight_millimetres += distance_millimetres(from, to);
            }
        }
    }
    census.areas_crossed += u64::from(census.straight_walks > before);
}
