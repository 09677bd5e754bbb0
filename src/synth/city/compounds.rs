//! Compounds behind walls: homes, schools, hospitals; entered by their gates.

use super::super::chance::Chance;
use super::draft::{Draft, Pairs, SIDES, Side, pairs};
use super::ground::{PART, SLOTS, Spot, Tile};
use super::homes::{self, Style};
use super::names::{Kind, name};
use super::plan::Upright;

/// From the middle of a street to the wall, in parts of a slot.
const SETBACK: i32 = 80;

/// Who passes the gates of a compound.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// Everybody; some gates are locked.
    Open,
    /// Residents; the ways inside are theirs too.
    Residents,
}

/// What a compound is for.
#[derive(Clone, Copy, PartialEq)]
enum Purpose {
    Homes(Rule),
    /// Tags and what it is called.
    Ground(&'static [(&'static str, &'static str)], Kind, &'static str),
}

const SCHOOLS: [Purpose; 4] = [
    Purpose::Ground(
        &[("amenity", "school"), ("isced:level", "1")],
        ("小学", "Primary School"),
        "school",
    ),
    Purpose::Ground(
        &[("amenity", "school"), ("isced:level", "1")],
        ("实验小学", "Experimental Primary School"),
        "school",
    ),
    Purpose::Ground(
        &[("amenity", "school"), ("isced:level", "2")],
        ("初级中学", "Middle School"),
        "school",
    ),
    Purpose::Ground(
        &[("amenity", "university")],
        ("学院", "College"),
        "university",
    ),
];
const HOSPITAL: Purpose =
    Purpose::Ground(&[("amenity", "hospital")], ("医院", "Hospital"), "hospital");
const NURSING_HOME: Purpose = Purpose::Ground(
    &[
        ("amenity", "social_facility"),
        ("social_facility", "nursing_home"),
        ("social_facility:for", "senior"),
    ],
    ("敬老院", "Nursing Home"),
    "public",
);
const SPORTS: Purpose = Purpose::Ground(
    &[("leisure", "sports_centre")],
    ("体育中心", "Sports Centre"),
    "sports_hall",
);

/// Parts the tile by streets into so many compounds, west to east and south to north.
pub(super) fn draw(draft: &mut Draft, chance: &mut Chance, [wide, deep]: [i32; 2]) {
    let street = || pairs(&[("highway", "residential")]);
    let [half, whole] = [SLOTS / 2, SLOTS];
    if wide == 2 {
        draft.street(street(), &[[half, 0], [half, whole]]);
    }
    if deep == 2 {
        draft.street(street(), &[[0, half], [whole, half]]);
    }
    let size = [SLOTS / wide, SLOTS / deep];
    for row in 0..deep {
        for column in 0..wide {
            let low = [column * size[0], row * size[1]];
            let high = [low[0] + size[0], low[1] + size[1]];
            let purpose = if wide * deep > 1 {
                purpose(draft, chance)
            } else {
                Purpose::Homes(Rule::Open)
            };
            compound(draft, chance, [low, high], purpose);
        }
    }
}

fn purpose(draft: &Draft, chance: &mut Chance) -> Purpose {
    let dense = draft.plan.density(draft.tile) > 90;
    match chance.between(0, 999) {
        0..85 => *chance.one_of(&SCHOOLS),
        85..110 if dense => HOSPITAL,
        110..125 => NURSING_HOME,
        125..145 => SPORTS,
        145..270 => Purpose::Homes(Rule::Residents),
        _ => Purpose::Homes(Rule::Open),
    }
}

/// A wall with gates, a way around inside it, and what stands there.
fn compound(draft: &mut Draft, chance: &mut Chance, [low, high]: [[i32; 2]; 2], purpose: Purpose) {
    let private = purpose == Purpose::Homes(Rule::Residents);
    let gates = gates(draft, chance, [low, high], private);
    let outline = outline(draft, [low, high], &gates);
    let number = chance.between(0, 35);
    let mut land = match purpose {
        Purpose::Homes(_) => pairs(&[("landuse", "residential")]),
        Purpose::Ground(tags, ..) => pairs(tags),
    };
    let kind = match purpose {
        Purpose::Homes(_) => {
            *chance.one_of(&[("小区", "Residence"), ("花园", "Garden"), ("苑", "Court")])
        }
        Purpose::Ground(_, kind, _) => kind,
    };
    name(&mut land, number, kind);
    draft.line(land, outline.clone());
    let wall = if matches!(purpose, Purpose::Homes(_)) {
        "wall"
    } else {
        "fence"
    };
    draft.line(pairs(&[("barrier", wall)]), outline);
    let way = |highway: &'static str| {
        let mut tags = pairs(&[("highway", highway)]);
        if private {
            tags.extend(pairs(&[("access", "private")]));
        }
        tags
    };
    for gate in gates {
        draft.walk(way("service"), gate.way.to_vec());
    }
    let [west, south] = low.map(|at| at + 1);
    let [east, north] = high.map(|at| at - 1);
    let around = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ];
    draft.street(way("service"), &around);
    match purpose {
        Purpose::Homes(_) => {
            for y in (south + 2..north - 1).step_by(2) {
                // Some lead from one side to the other, some end between the homes.
                let to = if chance.happens(650) {
                    east
                } else {
                    east - 1 - (east - west) / 3
                };
                draft.street(way("footway"), &[[west, y], [to, y]]);
            }
            homes::build(draft, chance, Style::Slabs, [[west, south], [east, north]]);
        }
        Purpose::Ground(.., building) => {
            let middle = i32::midpoint(west, east);
            draft.street(way("footway"), &[[middle, south], [middle, north]]);
            let tags = || pairs(&[("building", building)]);
            for [x, y] in [
                [west, south],
                [west, north - 1],
                [middle, south],
                [middle, north - 1],
            ] {
                let at = [x, y].map(|slot| slot * PART + 60);
                draft.rectangle(tags(), at, [at[0] + 180, at[1] + 130]);
            }
        }
    }
}

/// A gate: its side, its slot, and the way from the street to the way around.
struct Gate {
    side: Side,
    slot: i32,
    way: [i64; 3],
}

/// One to three gates, never two on one side; the first is never locked.
fn gates(
    draft: &mut Draft,
    chance: &mut Chance,
    [low, high]: [[i32; 2]; 2],
    private: bool,
) -> Vec<Gate> {
    let mut gates: Vec<Gate> = Vec::new();
    let first = chance.between(0, 3) as usize;
    let wanted = chance.between(1, 3) as usize;
    for turn in 0..SIDES.len() {
        let side = SIDES[(first + turn) % SIDES.len()];
        if gates.len() == wanted || !on_street(draft, side, [low, high]) {
            continue;
        }
        let axis = usize::from(matches!(side, Side::West | Side::East));
        let slot = chance.between(i64::from(low[axis]) + 1, i64::from(high[axis]) - 1) as i32;
        let place = |across: i32| {
            if axis == 0 {
                [slot, across]
            } else {
                [across, slot]
            }
        };
        let (street, inwards) = match side {
            Side::South | Side::West => (low[1 - axis], 1),
            Side::North | Side::East => (high[1 - axis], -1),
        };
        let [x, y] = place(street).map(|slot| slot * PART);
        let spot = if axis == 0 {
            Spot {
                x,
                y: y + SETBACK * inwards,
            }
        } else {
            Spot {
                x: x + SETBACK * inwards,
                y,
            }
        };
        let locked = !gates.is_empty() && chance.happens(250);
        let gate = draft.point(spot, gate_tags(locked, private));
        // A dead end on either side takes the place of the gate.
        draft.parted += 2 * u64::from(locked);
        let way = [
            draft.crossing(place(street)),
            gate,
            draft.crossing(place(street + inwards)),
        ];
        gates.push(Gate { side, slot, way });
    }
    gates
}

fn gate_tags(locked: bool, private: bool) -> Pairs {
    let mut tags = pairs(&[("barrier", "gate")]);
    if locked {
        tags.extend(pairs(&[("locked", "yes")]));
    }
    if private {
        tags.extend(pairs(&[("access", "private")]));
    }
    tags
}

/// Whether a street runs along this side: one inside the tile always does, a main street
/// in the west or the east may be missing.
fn on_street(draft: &Draft, side: Side, [low, high]: [[i32; 2]; 2]) -> bool {
    let Tile { column, row } = draft.tile;
    let western = |column| draft.plan.western(column, row) == Upright::Street;
    match side {
        Side::West => low[0] > 0 || western(column),
        Side::East => high[0] < SLOTS || western(column + 1),
        Side::South | Side::North => true,
    }
}

/// The closed outline, with a node at every second slot and at every gate.
fn outline(draft: &mut Draft, [low, high]: [[i32; 2]; 2], gates: &[Gate]) -> Vec<i64> {
    let [west, south] = low.map(|slot| slot * PART + SETBACK);
    let [east, north] = high.map(|slot| slot * PART - SETBACK);
    let mut nodes = Vec::new();
    let sides = [
        (Side::South, [west, south]),
        (Side::East, [east, south]),
        (Side::North, [east, north]),
        (Side::West, [west, north]),
    ];
    for (side, [x, y]) in sides {
        nodes.push(draft.node(Spot { x, y }));
        let axis = usize::from(matches!(side, Side::West | Side::East));
        let slots: Vec<i32> = (low[axis] + 1..high[axis]).collect();
        let backwards = matches!(side, Side::North | Side::West);
        let turned: Vec<i32> = if backwards {
            slots.into_iter().rev().collect()
        } else {
            slots
        };
        for slot in turned {
            let gate = gates
                .iter()
                .find(|gate| gate.side == side && gate.slot == slot);
            if let Some(gate) = gate {
                nodes.push(gate.way[1]);
            } else if slot % 2 == 0 {
                let along = slot * PART;
                let spot = if axis == 0 {
                    Spot { x: along, y }
                } else {
                    Spot { x, y: along }
                };
                nodes.push(draft.node(spot));
            }
        }
    }
    nodes.extend(nodes.first().copied());
    nodes
}
