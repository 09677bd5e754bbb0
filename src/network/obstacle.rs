//! Lines that a straight leg off the network does not cross.

use std::sync::Arc;

use rayon::slice::ParallelSliceMut;

use super::compound::{Compounds, Regated, corner};
use super::gates::KnownGates;
use crate::osm::{Extract, Relation, TagSet, tagged_on_ways};
use crate::plane::{LonLat, PlaceIndex, Plane};
use crate::profile::AccessRules;

/// A straight piece of an obstacle, the lower end first.
type Piece = [LonLat; 2];

/// Water, rivers, canals, railways, motorways, walls and fences, as lines: the
/// outline of an area is crossed before the area is. And compounds, whose outlines
/// are such lines.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    pieces: Arc<PlaceIndex<Piece>>,
    compounds: Arc<Compounds>,
    gates: Arc<KnownGates>,
}

/// What lies within this distance of either end of a leg does not stop it:
/// mapped walks and gates are often glued to a wall or a bank.
///
/// # Units
/// Metres.
pub(super) const GLUED: f64 = 0.05;

/// Whether a way or an area is an obstacle. What is bridged, roofed or underground is not.
pub fn keeps_obstacle(tags: &dyn TagSet) -> bool {
    parts_land(tags) || is_water_area(tags) || is_on_the_ground(tags) && is_wall(tags)
}

/// Whether it is water that is drawn as an area, under the open sky.
pub(super) fn is_water_area(tags: &dyn TagSet) -> bool {
    is_on_the_ground(tags)
        && (tags.has("natural", "water")
            || any(tags, "waterway", &["riverbank", "dock"])
            || any(tags, "landuse", &["reservoir", "basin"]))
}

/// Whether it is a river or a canal, drawn as a line.
pub(super) fn is_river(tags: &dyn TagSet) -> bool {
    is_on_the_ground(tags) && any(tags, "waterway", &["river", "canal"])
}

/// Whether it is a coast: the land lies on its left, the sea on its right.
pub(super) fn is_coast(tags: &dyn TagSet) -> bool {
    is_on_the_ground(tags) && tags.has("natural", "coastline")
}

/// Whether an obstacle is a line that parts the land on its two sides: a coast, a
/// river, a canal, a railway or a motorway.
pub(super) fn parts_land(tags: &dyn TagSet) -> bool {
    let railways = ["rail", "light_rail", "narrow_gauge", "subway"];
    is_coast(tags)
        || is_river(tags)
        || is_on_the_ground(tags)
            && (any(tags, "railway", &railways)
                || any(tags, "highway", &["motorway", "motorway_link"])
                || tags.has("motorroad", "yes"))
}

fn is_on_the_ground(tags: &dyn TagSet) -> bool {
    let lifted = ["bridge", "tunnel", "covered"]
        .iter()
        .any(|key| tags.value(key).is_some_and(|value| value != "no"));
    !lifted && !any(tags, "location", &["underground", "overhead", "underwater"])
}

pub(super) fn any(tags: &dyn TagSet, key: &str, values: &[&str]) -> bool {
    tags.value(key).is_some_and(|value| values.contains(&value))
}

/// Whether it is a wall or a fence.
pub fn is_wall(tags: &dyn TagSet) -> bool {
    let barrier = tags.value("barrier");
    barrier.is_some_and(|kind| ["wall", "city_wall", "fence"].contains(&kind))
}

impl Obstacles {
    /// The obstacles of an extract. Of a relation all ways count, those around
    /// islands too, and those of rings that do not close. The outlines of compounds
    /// are obstacles, whether a wall is drawn there or not: they are entered by their
    /// gates.
    pub fn of(extract: &Extract, rules: &AccessRules) -> Self {
        Self::knowing(extract, rules, KnownGates::default())
    }

    /// The same with what is known of gates besides.
    pub fn knowing(extract: &Extract, rules: &AccessRules, gates: KnownGates) -> Self {
        let (compounds, mut pieces) = rayon::join(
            || Compounds::of(extract, rules, &gates),
            || Self::pieces(extract, &gates.opened_walls()),
        );
        pieces.extend(compounds.sides());
        pieces.par_sort_unstable();
        pieces.dedup();
        Self {
            pieces: Arc::new(PlaceIndex::of(&pieces)),
            compounds: Arc::new(compounds),
            gates: Arc::new(gates),
        }
    }

    /// Obstacles of these straight lines alone.
    pub fn of_lines(lines: impl IntoIterator<Item = [LonLat; 2]>) -> Self {
        let mut pieces: Vec<Piece> = lines
            .into_iter()
            .filter(|[from, to]| from != to)
            .map(|[from, to]| [from.min(to), from.max(to)])
            .collect();
        pieces.par_sort_unstable();
        pieces.dedup();
        Self {
            pieces: Arc::new(PlaceIndex::of(&pieces)),
            ..Self::default()
        }
    }

    /// What is known of gates beside what the extract says.
    pub fn gates(&self) -> &KnownGates {
        &self.gates
    }

    /// The compounds, which are entered by their gates only.
    pub fn compounds(&self) -> &Compounds {
        &self.compounds
    }

    /// The same with other gates, through which no walk leads.
    pub fn with_gates(&self, gates: &[Regated]) -> Self {
        Self {
            compounds: Arc::new(self.compounds.gated(gates)),
            ..self.clone()
        }
    }

    /// The compounds that are entered by more gates than they were, or by those that were
    /// closed, ascending; `None` where anything else may be other.
    pub fn opened_since(&self, before: &Self) -> Option<Vec<usize>> {
        let lines = Arc::ptr_eq(&self.pieces, &before.pieces);
        if !lines || !Arc::ptr_eq(&self.gates, &before.gates) {
            return None;
        }
        self.compounds.opened_since(&before.compounds)
    }

    /// The compounds alone, once nothing else is looked for.
    pub fn into_compounds(self) -> Arc<Compounds> {
        self.compounds
    }

    /// All lines but the walls that are open.
    fn pieces(extract: &Extract, open: &[[LonLat; 2]]) -> Vec<Piece> {
        let stops = |relation: &&Relation| {
            if tagged_on_ways(&relation.tags) {
                let (area, _) = extract.area_of(relation);
                area.is_some_and(|area| keeps_obstacle(&*area.tags))
            } else {
                keeps_obstacle(&relation.tags)
            }
        };
        let shores = extract
            .relations
            .iter()
            .filter(stops)
            .flat_map(|relation| extract.ways_of(relation));
        let mut pieces: Vec<Piece> = extract
            .ways
            .iter()
            .filter(|way| keeps_obstacle(&way.tags))
            .chain(shores)
            .flat_map(|way| {
                let wall = is_wall(&way.tags) && !open.is_empty();
                way.runs()
                    .flat_map(|run| run.windows(2))
                    .map(|pair| [extract.at(pair[0]), extract.at(pair[1])])
                    .map(|[one, other]| [one.min(other), one.max(other)])
                    .filter(move |piece| !wall || open.binary_search(piece).is_err())
            })
            .filter(|piece| piece[0] != piece[1])
            .collect();
        pieces.par_sort_unstable();
        pieces.dedup();
        pieces
    }

    /// How many straight pieces there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the straight leg between two places crosses or touches an
    /// obstacle further than 5 cm from both its ends.
    pub fn cross(&self, from: LonLat, to: LonLat) -> bool {
        let plane = Plane::at(from);
        let end = plane.metres(to);
        let length = end[0].hypot(end[1]);
        if length <= 2.0 * GLUED {
            return false;
        }
        self.pieces.meeting([from, to].map(corner)).any(|piece| {
            let [a, b] = piece.map(|place| plane.metres(place));
            met(end, a, b).is_some_and(|share| (GLUED..=length - GLUED).contains(&(share * length)))
        })
    }
}

/// A hair of slack, so that a leg through the corner of a wall is stopped by one
/// of its two pieces.
const SLACK: f64 = 1e-9;

/// Where along the leg from (0, 0) to `end` it meets the piece `a`–`b`, as a share
/// of the leg. Parallel lines do not meet.
fn met(end: [f64; 2], a: [f64; 2], b: [f64; 2]) -> Option<f64> {
    let along = [b[0] - a[0], b[1] - a[1]];
    let cross = end[0] * along[1] - end[1] * along[0];
    if cross == 0.0 {
        return None;
    }
    let on_leg = (a[0] * along[1] - a[1] * along[0]) / cross;
    let on_piece = (a[0] * end[1] - a[1] * end[0]) / cross;
    ((-SLACK..=1.0 + SLACK).contains(&on_piece) && (0.0..=1.0).contains(&on_leg)).then_some(on_leg)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::osm::Tags;

    fn place(east: f64, north: f64) -> LonLat {
        Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap()).place([east, north])
    }

    fn wall() -> Obstacles {
        let corners = [place(0.0, -50.0), place(0.0, 0.0), place(0.0, 50.0)];
        Obstacles {
            pieces: Arc::new(PlaceIndex::of(&[
                [corners[0], corners[1]],
                [corners[1], corners[2]],
            ])),
            ..Obstacles::default()
        }
    }

    #[test]
    fn a_leg_is_stopped_by_what_it_crosses() {
        let wall = wall();
        assert!(wall.cross(place(-10.0, 20.0), place(10.0, 20.0)));
        assert!(
            wall.cross(place(-10.0, 0.0), place(10.0, 0.0)),
            "through a corner"
        );
        assert!(
            wall.cross(place(-10.0, -10.0), place(10.0, 10.0)),
            "through a corner, aslant"
        );
        assert!(
            !wall.cross(place(-10.0, 60.0), place(10.0, 60.0)),
            "past its end"
        );
        assert!(
            !wall.cross(place(-10.0, 20.0), place(-1.0, 20.0)),
            "before it"
        );
    }

    #[test]
    fn what_is_glued_to_a_wall_is_not_stopped_by_it() {
        let wall = wall();
        assert!(!wall.cross(place(0.0, 20.0), place(10.0, 20.0)));
        assert!(!wall.cross(place(10.0, 20.0), place(0.0, 20.0)));
        assert!(!wall.cross(place(0.0, 10.0), place(0.0, 40.0)), "along it");
    }

    #[test]
    fn bridged_and_underground_lines_stop_nobody() {
        for (tags, stops) in [
            (vec![("railway", "rail")], true),
            (vec![("railway", "rail"), ("bridge", "viaduct")], false),
            (vec![("railway", "subway"), ("tunnel", "yes")], false),
            (vec![("waterway", "canal"), ("tunnel", "culvert")], false),
            (vec![("waterway", "stream")], false),
            (vec![("barrier", "wall"), ("tunnel", "no")], true),
            (vec![("highway", "trunk"), ("motorroad", "yes")], true),
        ] {
            assert_eq!(keeps_obstacle(&Tags::new(tags.clone())), stops, "{tags:?}");
        }
    }
}
