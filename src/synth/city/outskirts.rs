//! Where the city ends: factories, and villages among fields.

use super::super::chance::Chance;
use super::draft::{Draft, pairs};
use super::ground::{PART, SIDE, SLOTS};
use super::homes::{self, Style};

/// Halls along one or two service roads.
pub(super) fn works(draft: &mut Draft, chance: &mut Chance) {
    let land = 70;
    draft.rectangle(
        pairs(&[("landuse", "industrial")]),
        [land; 2],
        [SIDE - land; 2],
    );
    let road = *chance.one_of(&[4, 6, 8]);
    draft.street(
        pairs(&[("highway", "service")]),
        &[[0, road], [SLOTS, road]],
    );
    for x in (2..SLOTS).step_by(4) {
        let to = if chance.happens(500) {
            road + 2
        } else {
            road - 2
        };
        draft.street(pairs(&[("highway", "service")]), &[[x, road], [x, to]]);
    }
    for [x, y] in [
        [0, 1],
        [4, 1],
        [8, 1],
        [0, road + 2],
        [4, road + 2],
        [8, road + 2],
    ] {
        if y + 2 < SLOTS && (y >= road || y + 2 < road) && chance.happens(700) {
            let low = [x * PART + 140, y * PART + 60];
            let size = [chance.between(300, 420), chance.between(250, 400)];
            let high = [low[0] + size[0] as i32, low[1] + size[1] as i32];
            draft.rectangle(pairs(&[("building", "industrial")]), low, high);
        }
    }
}

/// A street through a village, tracks between fields, a few houses.
pub(super) fn village(draft: &mut Draft, chance: &mut Chance) {
    let [from, to] = [(); 2].map(|()| chance.between(3, 9) as i32);
    let middle = chance.between(4, 8) as i32;
    let street = || pairs(&[("highway", "unclassified")]);
    if from == to {
        draft.street(street(), &[[from, 0], [from, SLOTS]]);
    } else {
        draft.street(
            street(),
            &[[from, 0], [from, middle], [to, middle], [to, SLOTS]],
        );
    }
    let [west, east] = [from.min(to), from.max(to)];
    let lane = || pairs(&[("highway", "residential")]);
    draft.street(lane(), &[[from, middle - 2], [from + 2, middle - 2]]);
    draft.street(lane(), &[[to, middle + 2], [to - 2, middle + 2]]);
    if chance.happens(600) {
        let fields = pairs(&[("highway", "track"), ("surface", "gravel")]);
        draft.street(fields, &[[from, middle - 3], [1, middle - 3], [1, 1]]);
    }
    let low = [(west - 2).max(0), middle - 2];
    let high = [(east + 2).min(SLOTS), middle + 2];
    let land = [low.map(|at| at * PART + 40), high.map(|at| at * PART - 40)];
    draft.rectangle(pairs(&[("landuse", "residential")]), land[0], land[1]);
    homes::build(draft, chance, Style::Houses, [low, high]);
    let field = || pairs(&[("landuse", "farmland")]);
    draft.rectangle(field(), [80, (middle + 3) * PART], [SIDE - 80, SIDE - 80]);
    draft.rectangle(field(), [80; 2], [SIDE - 80, (middle - 3) * PART]);
}
