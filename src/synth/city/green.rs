//! Parks, woods and rivers.

use super::super::chance::Chance;
use super::draft::{Draft, pairs};
use super::ground::{PART, SIDE, SLOTS, Spot};
use super::names::name;
use super::plan::Upright;

/// From the middle of a street to the border of a park, in parts of a slot.
const SETBACK: i32 = 60;

/// A park between four streets: a way around, two across, and a pond.
pub(super) fn park(draft: &mut Draft, chance: &mut Chance) {
    let entries = entries(draft, chance);
    let mut border = Vec::new();
    let (near, far) = (SETBACK, SIDE - SETBACK);
    let corners = [[near, near], [far, near], [far, far], [near, far]];
    for (turn, [x, y]) in corners.into_iter().enumerate() {
        border.push(draft.node(Spot { x, y }));
        let own = entries.iter().filter(|entry| entry.turn == turn);
        border.extend(own.map(|entry| entry.way[1]));
    }
    border.push(border[0]);
    let mut tags = pairs(&[("leisure", "park")]);
    name(&mut tags, chance.between(0, 35), ("公园", "Park"));
    draft.line(tags, border);
    for entry in &entries {
        draft.walk(pairs(&[("highway", "footway")]), entry.way.to_vec());
    }
    let [low, high, middle] = [1, SLOTS - 1, SLOTS / 2];
    let around = [
        [low, low],
        [high, low],
        [high, high],
        [low, high],
        [low, low],
    ];
    draft.street(pairs(&[("highway", "footway")]), &around);
    for across in [
        [[low, middle], [high, middle]],
        [[middle, low], [middle, high]],
    ] {
        draft.street(pairs(&[("highway", "footway")]), &across);
    }
    let quarter = [2, 7].map(|slot| slot * PART);
    let [x, y] = [*chance.one_of(&quarter), *chance.one_of(&quarter)];
    // An octagon of three slots.
    let [short, long] = [PART * 7 / 8, PART * 17 / 8];
    let whole = 3 * PART;
    let pond = [
        [short, 0],
        [long, 0],
        [whole, short],
        [whole, long],
        [long, whole],
        [short, whole],
        [0, long],
        [0, short],
    ]
    .map(|[east, north]| Spot {
        x: x + east,
        y: y + north,
    });
    draft.ring(pairs(&[("natural", "water"), ("water", "pond")]), &pond);
    if chance.happens(500) {
        let at = Spot {
            x: SIDE - x - PART,
            y: y + PART,
        };
        draft.point(at, pairs(&[("leisure", "playground")]));
    }
}

/// Where a path enters: on which side, counted from the south against the clock, and the
/// path from the street through the border to the way around.
struct Entry {
    turn: usize,
    way: [i64; 3],
}

/// An entry on every side that has a street, in the middle or at a corner of it.
fn entries(draft: &mut Draft, chance: &mut Chance) -> Vec<Entry> {
    let (column, row) = (draft.tile.column, draft.tile.row);
    let street = |column| draft.plan.western(column, row) == Upright::Street;
    let open = [true, street(column + 1), true, street(column)];
    let mut entries = Vec::new();
    for turn in (0..4).filter(|&turn| open[turn]) {
        let slot = *chance.one_of(&[2, 4, 6, 8, 10]);
        let (near, far) = (SETBACK, SIDE - SETBACK);
        let along = slot * PART;
        let (steps, spot) = match turn {
            0 => ([[slot, 0], [slot, 1]], [along, near]),
            1 => ([[SLOTS, slot], [SLOTS - 1, slot]], [far, along]),
            2 => ([[slot, SLOTS], [slot, SLOTS - 1]], [along, far]),
            _ => ([[0, slot], [1, slot]], [near, along]),
        };
        let border = draft.node(Spot {
            x: spot[0],
            y: spot[1],
        });
        let way = [draft.crossing(steps[0]), border, draft.crossing(steps[1])];
        entries.push(Entry { turn, way });
    }
    entries
}

/// Woods with one path through.
pub(super) fn woods(draft: &mut Draft, chance: &mut Chance) {
    let inner = 90;
    draft.rectangle(pairs(&[("natural", "wood")]), [inner; 2], [SIDE - inner; 2]);
    let [from, turn, to] = [(); 3].map(|()| chance.between(3, 9) as i32);
    let through = [[from, 0], [from, turn], [to, turn], [to, SLOTS]];
    draft.street(pairs(&[("highway", "path")]), &through);
}

/// Water from bank to bank, and the line of the river; streets run along both banks.
pub(super) fn river(draft: &mut Draft) {
    let bank = SIDE / 6;
    let step = 2 * PART;
    let along = |y: i32| (0..=SLOTS / 2).map(move |at| Spot { x: at * step, y });
    let mut outline: Vec<Spot> = along(bank).collect();
    outline.extend(along(SIDE - bank).rev());
    draft.ring(pairs(&[("natural", "water"), ("water", "river")]), &outline);
    let middle: Vec<i64> = along(SIDE / 2).map(|spot| draft.node(spot)).collect();
    let mut tags = pairs(&[("waterway", "river")]);
    name(&mut tags, draft.tile.row, ("河", "River"));
    draft.line(tags, middle);
}
