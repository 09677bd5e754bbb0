//! Walls that part people from a walk near by, and gates that do not let in everybody.

use std::collections::BTreeSet;

use super::{Candidate, Reason};
use crate::network::{Compound, Foot};
use crate::places::GateState;
use crate::plane::{LonLat, Plane, distance_metres};
use crate::profile::Admits;
use crate::scenario::Base;
use crate::study::rules;

/// A gate is tried at every so many metres of a wall.
///
/// # Units
/// Metres.
const SPACING: f64 = 50.0;

/// A gate is not tried so near to a corner of a wall, or to a node of it.
///
/// # Units
/// Metres.
const CORNER: f64 = 0.5;

/// A walk this near to an outline runs along it.
///
/// # Units
/// Millimetres.
const ON_OUTLINE: u64 = 50;

impl Base {
    /// Gates in the walls of compounds in which somebody lives or something is asked for: at
    /// every 50 m or less of an outline, where from outside a public walk lies within `gap`
    /// metres with nothing between.
    pub fn walls_without_gates(&self, gap: f64) -> Vec<Candidate> {
        let city = &self.survey.city;
        let samples = self.survey.samples.all().iter().map(|sample| sample.at);
        let entrances = city.facilities.iter().flat_map(|it| &it.entrances).copied();
        let mut inside: Vec<LonLat> = samples.chain(entrances).collect();
        inside.sort_unstable();
        let compounds = city.obstacles.compounds().iter();
        let used = compounds.filter(|compound| holds_any(compound, &inside));
        let mut candidates = Vec::new();
        for compound in used {
            let rings = compound.area.polygons().iter().map(|rings| &rings.outer);
            for at in rings.flat_map(|ring| along(ring)) {
                let open = compound.gates.iter().filter(|gate| gate.lets_in());
                let near = |gate: LonLat| distance_metres(gate, at) < SPACING / 2.0;
                if open.into_iter().any(|gate| near(gate.at)) {
                    continue;
                }
                let feet = self.public().feet(at, gap);
                // Who lives where a street runs along the outline walks on it.
                if !compound.of_table && feet.first().is_some_and(|foot| foot.gap <= ON_OUTLINE) {
                    continue;
                }
                let outside = |foot: &Foot| {
                    let middle = LonLat {
                        lon: i32::midpoint(at.lon, foot.at.lon),
                        lat: i32::midpoint(at.lat, foot.at.lat),
                    };
                    !compound.area.holds(middle) && !city.obstacles.cross(at, foot.at)
                };
                if feet.iter().any(outside) {
                    candidates.push(Candidate {
                        reason: Reason::Wall,
                        origin: 0,
                        name: None,
                        line: vec![at],
                    });
                }
            }
        }
        candidates.sort_by(|one, other| one.line.cmp(&other.line));
        candidates.dedup();
        candidates
    }

    /// Gates of the extract and of a table that do not let in everybody, where a walk leads
    /// to them or they are those of a compound.
    pub fn closed_gates(&self) -> Vec<Candidate> {
        let Some(materials) = &self.materials else {
            return Vec::new();
        };
        let rules = rules(&self.inquiry.settings);
        let (walls, extract) = (self.walls(materials, &rules), &materials.extract);
        let obstacles = &self.survey.city.obstacles;
        let drawn = extract.nodes.iter().filter_map(|node| {
            let (id, at) = (extract.id(node.index), extract.at(node.index));
            let role = obstacles.gates().role(at, rules.node(&node.tags));
            let used = || {
                walls.is_walked(node.index) || !obstacles.compounds().with_gate(id, at).is_empty()
            };
            (role.gate && role.admits != Admits::Everybody && used()).then_some((id, at))
        });
        let listed = materials.gates.iter();
        let listed = listed.filter(|gate| gate.state != GateState::Open);
        let listed = listed.map(|gate| (0, gate.at));
        let places = drawn.chain(listed).collect::<BTreeSet<(i64, LonLat)>>();
        let candidate = |(origin, at)| Candidate {
            reason: Reason::ClosedGate,
            origin,
            name: None,
            line: vec![at],
        };
        places.into_iter().map(candidate).collect()
    }
}

/// Whether one of some places, ascending, lies in a compound.
fn holds_any(compound: &Compound, places: &[LonLat]) -> bool {
    let (low, high) = compound.area.bounds();
    let first = places.partition_point(|at| at.lon < low.lon);
    let mut near = places[first..].iter().take_while(|at| at.lon <= high.lon);
    near.any(|at| (low.lat..=high.lat).contains(&at.lat) && compound.area.holds(*at))
}

/// Places along an outline, evenly at most [`SPACING`] apart, and none at a corner.
fn along(ring: &[LonLat]) -> Vec<LonLat> {
    let sides = || ring.windows(2).map(|pair| [pair[0], pair[1]]);
    let length = |[from, to]: [LonLat; 2]| distance_metres(from, to);
    let whole: f64 = sides().map(length).sum();
    let step = whole / (whole / SPACING).ceil().max(1.0);
    let (mut places, mut walked, mut next) = (Vec::new(), 0.0, step / 2.0);
    for side in sides() {
        let own = length(side);
        while next <= walked + own && next < whole {
            if own > 2.0 * CORNER {
                let metres = (next - walked).clamp(CORNER, own - CORNER);
                let plane = Plane::at(side[0]);
                let end = plane.metres(side[1]);
                places.push(plane.place(end.map(|axis| axis * metres / own)));
            }
            next += step;
        }
        walked += own;
    }
    places
}
