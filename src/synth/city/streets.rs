//! Open streets: grids of all spacings, with dead ends, and old towns of lanes.

use super::super::chance::Chance;
use super::draft::{Draft, pairs};
use super::ground::{PART, SLOTS};
use super::homes::{self, Style};

/// From the middle of a street to the land beside it, in parts of a slot.
const VERGE: i32 = 56;

/// What becomes of a piece of street between two others.
#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Whole,
    DeadEnd,
    None,
}

/// Streets so many slots apart, west to east and south to north, and what is between.
pub(super) fn grid(draft: &mut Draft, chance: &mut Chance, [wide, deep]: [i32; 2]) {
    for y in lines(deep) {
        draft.street(pairs(&[("highway", "residential")]), &[[0, y], [SLOTS, y]]);
    }
    uprights(draft, chance, [wide, deep], "residential", [860, 620]);
    for [low, high] in cells([wide, deep]) {
        block(draft, chance, [low, high]);
    }
}

/// Lanes between courts; many end blindly.
pub(super) fn old_town(draft: &mut Draft, chance: &mut Chance) {
    let deep = *chance.one_of(&[2, 3]);
    let lanes = ["living_street", "pedestrian", "footway"];
    for y in lines(deep) {
        let lane = *chance.one_of(&lanes);
        draft.street(pairs(&[("highway", lane)]), &[[0, y], [SLOTS, y]]);
    }
    uprights(draft, chance, [2, deep], "living_street", [700, 750]);
    for [low, high] in cells([2, deep]) {
        let land = pairs(&[("landuse", "residential")]);
        let [low_parts, high_parts] = inset([low, high]);
        draft.rectangle(land, low_parts, high_parts);
        homes::build(draft, chance, Style::Houses, [low, high]);
    }
}

fn lines(apart: i32) -> impl Iterator<Item = i32> + Clone {
    (1..)
        .map(move |line| line * apart)
        .take_while(|&at| at < SLOTS)
}

/// The rectangles between streets, from the south-west.
fn cells([wide, deep]: [i32; 2]) -> impl Iterator<Item = [[i32; 2]; 2]> {
    let from = |apart: i32| (0..SLOTS).step_by(apart as usize);
    from(deep).flat_map(move |y| {
        from(wide).map(move |x| [[x, y], [(x + wide).min(SLOTS), (y + deep).min(SLOTS)]])
    })
}

/// A rectangle of slots without the verges, in parts.
fn inset([low, high]: [[i32; 2]; 2]) -> [[i32; 2]; 2] {
    [
        low.map(|slot| slot * PART + VERGE),
        high.map(|slot| slot * PART - VERGE),
    ]
}

/// Streets from south to north, piece by piece between the others. What is no whole
/// piece may be a dead end: shares in a thousand.
fn uprights(
    draft: &mut Draft,
    chance: &mut Chance,
    [wide, deep]: [i32; 2],
    highway: &'static str,
    [whole, dead_end]: [i64; 2],
) {
    for x in lines(wide) {
        let mut begun: Option<i32> = None;
        let stops = std::iter::once(0).chain(lines(deep));
        for y in stops {
            let end = (y + deep).min(SLOTS);
            let piece = if chance.happens(whole) {
                Piece::Whole
            } else if end - y >= 2 && chance.happens(dead_end) {
                Piece::DeadEnd
            } else {
                Piece::None
            };
            let from = *begun.get_or_insert(y);
            let to = match piece {
                Piece::Whole if end < SLOTS => continue,
                Piece::Whole => end,
                Piece::DeadEnd => y + (end - y) / 2,
                Piece::None => y,
            };
            if to > from {
                draft.street(pairs(&[("highway", highway)]), &[[x, from], [x, to]]);
            }
            begun = None;
        }
    }
}

/// What stands between streets: homes mostly, near centres also offices and shops, here
/// and there a garden.
fn block(draft: &mut Draft, chance: &mut Chance, slots: [[i32; 2]; 2]) {
    let [low, high] = inset(slots);
    let dense = draft.plan.density(draft.tile) > 140;
    let drawn = chance.between(0, 99);
    if drawn < 5 {
        draft.rectangle(pairs(&[("leisure", "garden")]), low, high);
        return;
    }
    if drawn < if dense { 22 } else { 9 } {
        let use_ = if drawn % 2 == 0 {
            "retail"
        } else {
            "commercial"
        };
        draft.rectangle(pairs(&[("landuse", use_)]), low, high);
        let mut tags = pairs(&[("building", use_)]);
        let levels = chance.between(2, if dense { 30 } else { 6 });
        tags.push(("building:levels", levels.to_string().into()));
        let margin = 50;
        draft.rectangle(tags, low.map(|at| at + margin), high.map(|at| at - margin));
        return;
    }
    draft.rectangle(pairs(&[("landuse", "residential")]), low, high);
    homes::build(draft, chance, Style::Slabs, slots);
}
