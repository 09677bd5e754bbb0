//! Main streets: the sides of the tiles, and bridges.

use super::draft::{Draft, Pairs, pairs, side_spot};
use super::ground::{SLOTS, Spot, Tile};
use super::names::name;
use super::plan::{Plan, Upright};
use crate::osm::{DrawnNode, Tags};

/// Slots where a bridge has nodes: it has no crossings.
const PIERS: [i32; 2] = [4, 8];

/// How many main streets meet at the south-western corner of a tile.
pub(super) fn meeting(plan: &Plan, Tile { column, row }: Tile) -> u32 {
    let upright = |row: i64| plan.western(column, row) != Upright::None;
    let level = |column: i64| plan.southern(column, row);
    [
        upright(row),
        upright(row - 1),
        level(column),
        level(column - 1),
    ]
    .map(u32::from)
    .iter()
    .sum()
}

/// The nodes on the southern and the western side of a tile; where there is no main
/// street in the west, those slots that streets lead to.
pub(super) fn nodes(plan: &Plan, tile: Tile, led_to: u16) -> Vec<DrawnNode> {
    let mut nodes = Vec::new();
    let first = 1 + plan.number(tile) * super::draft::IDS;
    let mut put = |local: i32, spot: Spot, tags: Tags| {
        nodes.push(DrawnNode {
            id: first + i64::from(local),
            at: plan.ground.place(tile, spot),
            tags,
        });
    };
    let meeting = meeting(plan, tile);
    if meeting > 0 {
        let busy = meeting == 4 && plan.rank(tile.column) + plan.rank(tile.row) > 2;
        let signals = [("highway", "crossing"), ("crossing", "traffic_signals")];
        let tags = if busy {
            Tags::new(signals)
        } else {
            Tags::default()
        };
        put(0, side_spot(false, 0), tags);
    }
    if plan.southern(tile.column, tile.row) {
        for slot in 1..SLOTS {
            put(slot, side_spot(false, slot), Tags::default());
        }
    }
    let upright = plan.western(tile.column, tile.row);
    for slot in 1..SLOTS {
        let there = match upright {
            Upright::Street => true,
            Upright::Bridge { .. } => PIERS.contains(&slot),
            Upright::None => led_to >> slot & 1 == 1,
        };
        if there {
            put(SLOTS - 1 + slot, side_spot(true, slot), Tags::default());
        }
    }
    nodes
}

/// Draws the main streets along the southern and the western side.
pub(super) fn draw(draft: &mut Draft) {
    let (plan, Tile { column, row }) = (draft.plan, draft.tile);
    if plan.southern(column, row) {
        let nodes = draft.along(&[[0, 0], [SLOTS, 0]]);
        draft.line(tags(plan, row, ("路", "Road")), nodes);
    }
    let mut tags = tags(plan, column, ("大街", "Avenue"));
    match plan.western(column, row) {
        Upright::None => {}
        Upright::Street => {
            let nodes = draft.along(&[[0, 0], [0, SLOTS]]);
            draft.line(tags, nodes);
        }
        Upright::Bridge { on_foot } => {
            if on_foot {
                tags[0].1 = "footway".into();
            }
            tags.extend(pairs(&[("bridge", "yes"), ("layer", "1")]));
            let stands = [0, PIERS[0], PIERS[1], SLOTS];
            let nodes = stands.map(|slot| draft.crossing([0, slot])).to_vec();
            draft.line(tags, nodes);
        }
    }
}

fn tags(plan: &Plan, line: i64, kind: super::names::Kind) -> Pairs {
    let highway = ["tertiary", "secondary", "primary"][plan.rank(line)];
    let mut tags = pairs(&[("highway", highway)]);
    // Neighbouring streets have different names.
    name(&mut tags, line * 7 + plan.seed.cast_signed() % 36, kind);
    tags
}
