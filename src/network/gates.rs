//! Gates that a table gives for blocks, and gates that are all open.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::compound::{Compound, Compounds, Gate, corner};
use crate::osm::Extract;
use crate::plane::{Area, LonLat, Plane};
use crate::profile::{AccessRules, Admits, NodeRole};

/// What lies at most this far inside the outline of a block is not deep inside: outlines
/// and streets are drawn apart, and a street along the block is not the block's.
///
/// # Units
/// Metres.
const DEEP: f64 = 10.0;

/// A walk leads in through an open gate of the table that is this near: gates are noted
/// down beside the way, not on it.
///
/// # Units
/// Metres.
const PASSED: f64 = 20.0;

/// A gate of the extract this near to the outline of a block is one of the block's.
///
/// # Units
/// Metres.
const ON_OUTLINE: f64 = 5.0;

/// Blocks are looked for this far around: more than [`ON_OUTLINE`] to both sides as far
/// north as 77°; what is found is measured.
///
/// # Units
/// 10⁻⁷ degrees.
const AROUND: f64 = 2_000.0;

/// What is known of gates beside what the extract says.
#[derive(Clone, Debug, Default)]
pub struct KnownGates {
    /// Blocks that are entered by the gates of a table only.
    blocks: Vec<Compound>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// The compounds that are open, where all are.
    opened: Option<Compounds>,
}

impl KnownGates {
    /// Gates of blocks, each moved to the nearest place of the block's outline.
    pub fn of(blocks: impl IntoIterator<Item = (Area, Vec<(LonLat, Admits)>)>) -> Self {
        let blocks: Vec<Compound> = blocks
            .into_iter()
            .map(|(area, gates)| gated(area, &gates))
            .collect();
        let boxes = blocks.iter().enumerate().map(|(own, block)| {
            let (low, high) = block.area.bounds();
            GeomWithData::new(Rectangle::from_corners(corner(low), corner(high)), own)
        });
        Self {
            boxes: RTree::bulk_load(boxes.collect()),
            blocks,
            opened: None,
        }
    }

    /// The same city with all gates and walls of its compounds open to everybody.
    pub fn all_open(&self, extract: &Extract, rules: &AccessRules) -> Self {
        Self {
            opened: Some(Compounds::of(extract, rules, self)),
            ..Self::default()
        }
    }

    /// The compounds of an extract with what is known: a block of the table is one, and
    /// a compound that is the same place has its gates.
    pub(super) fn over(&self, mut found: Vec<Compound>) -> Vec<Compound> {
        if self.opened.is_some() {
            return Vec::new();
        }
        found.retain_mut(|compound| {
            let inner = compound.area.inner_place();
            let mut near = self.near([inner, inner]);
            let same = near.find(|block| {
                block.area.holds(inner) && compound.area.holds(block.area.inner_place())
            });
            let Some(block) = same else { return true };
            let gates: Vec<_> = block
                .gates
                .iter()
                .map(|gate| (gate.at, gate.admits))
                .collect();
            *compound = gated(compound.area.clone(), &gates);
            compound.area.polygons() != block.area.polygons()
        });
        found.extend(self.blocks.iter().cloned());
        found
    }

    /// What a node is, where the extract says `role`.
    pub fn role(&self, at: LonLat, role: NodeRole) -> NodeRole {
        let opened = self.opened.is_some() && role.gate;
        let replaced = || {
            let mut near = self.near([at, at]);
            near.any(|block| block.area.outline_metres(at) <= ON_OUTLINE)
        };
        if opened || role.is_entry() && replaced() {
            return NodeRole {
                stop: false,
                shut: false,
                admits: Admits::Everybody,
                ..role
            };
        }
        role
    }

    /// Whether a straight piece of a walk leads deep into a block of the table where no
    /// open gate stands: nobody walks there.
    pub fn bar(&self, piece: [LonLat; 2]) -> bool {
        // Mostly there is no table.
        !self.blocks.is_empty()
            && self.near(piece).any(|block| {
                let [from, to] = piece.map(|end| is_deep(&block.area, end));
                let through = || !from && !block.area.entered_by(piece, DEEP).is_empty();
                (from != to || through()) && !block.gates.iter().any(|gate| gate.leads_in(piece))
            })
    }

    /// Whether a private way is walked by everybody here, as its compound is open.
    pub(super) fn opens(&self, [from, to]: [LonLat; 2]) -> bool {
        let middle = LonLat {
            lon: i32::midpoint(from.lon, to.lon),
            lat: i32::midpoint(from.lat, to.lat),
        };
        let opened = self.opened.as_ref();
        opened.is_some_and(|compounds| !compounds.around(middle).is_empty())
    }

    /// The walls of compounds that are open, as pieces of their outlines.
    pub(super) fn opened_walls(&self) -> Vec<[LonLat; 2]> {
        let mut walls: Vec<[LonLat; 2]> = self.opened.iter().flat_map(Compounds::sides).collect();
        walls.sort_unstable();
        walls.dedup();
        walls
    }

    /// The blocks whose box meets that of a piece.
    fn near(&self, [one, other]: [LonLat; 2]) -> impl Iterator<Item = &Compound> {
        let wide = |side: f64, other: f64| [side.min(other) - AROUND, side.max(other) + AROUND];
        let (one, other) = (corner(one), corner(other));
        let [west, east] = wide(one[0], other[0]);
        let [south, north] = wide(one[1], other[1]);
        let envelope = AABB::from_corners([west, south], [east, north]);
        let found = self.boxes.locate_in_envelope_intersecting(&envelope);
        let mut near: Vec<usize> = found.map(|found| found.data).collect();
        near.sort_unstable();
        near.into_iter().filter_map(|own| self.blocks.get(own))
    }
}

/// Whether a place lies deep inside an area.
pub(super) fn is_deep(area: &Area, place: LonLat) -> bool {
    area.holds(place) && area.outline_metres(place) > DEEP
}

/// A block with gates on its outline.
fn gated(area: Area, gates: &[(LonLat, Admits)]) -> Compound {
    let gates = gates.iter();
    let gates = gates.map(|&(at, admits)| Gate::on(&area, at, admits));
    let mut gates: Vec<Gate> = gates.collect();
    gates.sort_unstable();
    gates.dedup();
    Compound {
        area,
        gates,
        of_table: true,
    }
}

impl Gate {
    /// A gate of a table in the outline of a block: at the place of it that is nearest.
    pub fn on(area: &Area, at: LonLat, admits: Admits) -> Self {
        Self {
            osm_id: 0,
            at: on_outline(area, at),
            admits,
            on_way: false,
        }
    }

    /// Whether a straight piece of a walk leads in through it, as one of a table.
    pub fn leads_in(&self, piece: [LonLat; 2]) -> bool {
        let [east, north] = Plane::at(self.at).nearest_on(piece).1;
        self.lets_in() && east.hypot(north) <= PASSED
    }
}

/// The place of an outline that is nearest to `at`.
fn on_outline(area: &Area, at: LonLat) -> LonLat {
    let plane = Plane::at(at);
    let nearest = super::compound::sides(area)
        .map(|side| plane.nearest_on(side).1)
        .min_by(|one, other| one[0].hypot(one[1]).total_cmp(&other[0].hypot(other[1])));
    nearest.map_or(at, |foot| plane.place(foot))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const ORIGIN: LonLat = LonLat {
        lon: 1_159_800_000,
        lat: 364_500_000,
    };

    /// Metres east and north.
    fn placed(at: [f64; 2]) -> LonLat {
        Plane::at(ORIGIN).place(at)
    }

    /// A block of 100 m by 100 m with a gate for everybody in its south-west corner.
    fn block() -> KnownGates {
        let ring = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        let area = Area::from_ring(ring.map(placed).into()).unwrap();
        KnownGates::of([(area, vec![(ORIGIN, Admits::Everybody)])])
    }

    /// Gates are drawn beside the outline, outside its box too.
    #[test]
    fn gates_of_the_extract_near_the_outline_give_way() {
        let known = block();
        let locked = NodeRole {
            gate: true,
            stop: true,
            shut: true,
            admits: Admits::Nobody,
            ..NodeRole::default()
        };
        for (at, replaced) in [
            ([-4.5, 50.0], true),
            ([50.0, 104.5], true),
            ([3.0, 50.0], true),
            ([-5.5, 50.0], false),
            ([50.0, 50.0], false),
        ] {
            let role = known.role(placed(at), locked);
            assert_eq!(role.admits == Admits::Everybody, replaced, "{at:?}");
        }
    }
}
