//! Where an area is entered: its gates and entrances, and the walks that lead into it.

use std::sync::Arc;

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::gates::KnownGates;
use super::model::{WalkId, WalkNetwork};
use crate::osm::Extract;
use crate::plane::{Area, LonLat, PlaceIndex};
use crate::profile::{AccessRules, Admits};

/// A gate or an entrance belongs to an outline that is this near.
///
/// # Units
/// Metres.
const ON_OUTLINE: f64 = 0.5;

/// Gates are looked for this far around an area: a little more than [`ON_OUTLINE`].
///
/// # Units
/// 10⁻⁷ degrees.
const AROUND: f64 = 100.0;

/// A walk leads into an area where it goes on inside at least this far from the
/// outline: one that runs along it does not.
///
/// # Units
/// Metres.
const INSIDE: f64 = 0.05;

/// All gates, entrances and walks of a map, to be looked up by area.
#[derive(Clone, Debug)]
pub struct Entries {
    doors: RTree<Door>,
    pieces: Arc<PlaceIndex<[LonLat; 2]>>,
}

/// A gate or an entrance, and whom it lets in.
type Door = GeomWithData<[f64; 2], (LonLat, Admits)>;

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// The straight pieces of all walks, the lower end first.
fn pieces(network: &WalkNetwork) -> Arc<PlaceIndex<[LonLat; 2]>> {
    let pairs = network
        .walk_ids()
        .flat_map(|walk: WalkId| network.shape(walk).windows(2));
    let pieces = pairs.map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])]);
    let pieces: Vec<[LonLat; 2]> = pieces.collect();
    Arc::new(PlaceIndex::of(&pieces))
}

fn door(at: LonLat, admits: Admits) -> Door {
    Door::new(corner(at), (at, admits))
}

/// Whether a gate or an entrance at a place is one of an area: it stands on the outline.
pub fn is_door_of(at: LonLat, area: &Area) -> bool {
    let (low, high) = area.bounds();
    let [west, south] = corner(low).map(|side| side - AROUND);
    let [east, north] = corner(high).map(|side| side + AROUND);
    let [lon, lat] = corner(at);
    (west..=east).contains(&lon)
        && (south..=north).contains(&lat)
        && area.outline_metres(at) <= ON_OUTLINE
}

impl Entries {
    /// The entries of an extract and its network.
    pub fn of(extract: &Extract, rules: &AccessRules, network: &WalkNetwork) -> Self {
        Self::knowing(extract, rules, network, &KnownGates::default())
    }

    /// The same with what is known of gates besides.
    pub fn knowing(
        extract: &Extract,
        rules: &AccessRules,
        network: &WalkNetwork,
        known: &KnownGates,
    ) -> Self {
        let doors = extract.nodes.iter().filter_map(|node| {
            let at = extract.at(node.index);
            let role = known.role(at, rules.node(&node.tags));
            role.is_entry().then(|| door(at, role.admits))
        });
        Self {
            doors: RTree::bulk_load(doors.collect()),
            pieces: pieces(network),
        }
    }

    /// The same gates and entrances on another network.
    pub fn on(&self, network: &WalkNetwork) -> Self {
        Self {
            doors: self.doors.clone(),
            pieces: pieces(network),
        }
    }

    /// The same with other gates: where each stands, whom it let in where it is known, and
    /// whom it lets in now.
    pub fn with_doors(&self, doors: &[(LonLat, Option<Admits>, Admits)]) -> Self {
        let mut with = self.clone();
        for &(at, was, is) in doors {
            if let Some(was) = was {
                with.doors.remove(&door(at, was));
            }
            with.doors.insert(door(at, is));
        }
        with
    }

    /// Where an area is entered, in order: at the gates and entrances on its outline
    /// that are not locked, and where walks cross the outline, save at locked gates.
    /// Empty where nothing of that is mapped.
    pub fn of_area(&self, area: &Area) -> Vec<LonLat> {
        let (low, high) = area.bounds();
        let [west, south] = corner(low).map(|side| side - AROUND);
        let [east, north] = corner(high).map(|side| side + AROUND);
        let envelope = AABB::from_corners([west, south], [east, north]);
        let doors: Vec<(LonLat, Admits)> = self
            .doors
            .locate_in_envelope(&envelope)
            .map(|door| door.data)
            .filter(|(at, _)| is_door_of(*at, area))
            .collect();
        let is_door = |at: LonLat| {
            let mut near = doors.iter();
            near.any(|&(door, _)| crate::plane::distance_metres(at, door) <= ON_OUTLINE)
        };
        let mut entries: Vec<LonLat> = doors
            .iter()
            .filter(|(_, admits)| *admits != Admits::Nobody)
            .map(|&(at, _)| at)
            .collect();
        let crossing = self
            .pieces
            .meeting([[west, south], [east, north]])
            .flat_map(|&piece| area.entered_by(piece, INSIDE))
            .filter(|&at| !is_door(at));
        entries.extend(crossing);
        entries.sort_unstable();
        entries.dedup();
        entries
    }
}
