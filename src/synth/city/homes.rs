//! Homes: residential buildings with levels and flats, and the people in them.

use super::super::chance::Chance;
use super::draft::{Draft, pairs};
use super::ground::PART;

/// Tenths of a person in a flat.
const PEOPLE_OF_FLAT: u64 = 27;

/// What is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Slabs of flats, two slots long, and towers among them.
    Slabs,
    /// Houses.
    Houses,
}

/// Builds homes in a rectangle of slots, row by row, as densely as the city is there, and
/// one at least.
pub(super) fn build(
    draft: &mut Draft,
    chance: &mut Chance,
    style: Style,
    [[west, south], [east, north]]: [[i32; 2]; 2],
) {
    let density = draft.plan.density(draft.tile);
    let long = match style {
        Style::Slabs => 2,
        Style::Houses => 1,
    };
    let share = match style {
        Style::Slabs => 280 + density * 3 / 2,
        Style::Houses => 200 + density * 2,
    };
    let mut empty = true;
    for y in south..north {
        let mut x = west;
        while x + long <= east {
            if chance.happens(share) {
                building(draft, chance, style, density, [x * PART, y * PART]);
                empty = false;
            }
            x += long;
        }
    }
    if empty && west + long <= east {
        building(draft, chance, style, density, [west * PART, south * PART]);
    }
}

fn building(draft: &mut Draft, chance: &mut Chance, style: Style, density: i64, [x, y]: [i32; 2]) {
    let mut room = |from: i32, to: i32| chance.between(i64::from(from), i64::from(to)) as i32;
    let ([wide, deep], flats_of_level) = match style {
        Style::Slabs if density > 110 && room(0, 5) == 0 => ([190, 130], 6),
        Style::Slabs => ([room(340, 400), room(85, 105)], 4),
        Style::Houses => ([room(90, 150), room(80, 120)], 1),
    };
    let [west, south] = [x + room(64, 76), y + room(66, 84)];
    let tower = wide < 200 && style == Style::Slabs;
    let levels = match style {
        Style::Slabs if tower => *chance.one_of(&[18_u64, 24, 26, 33]),
        Style::Slabs if density > 90 => *chance.one_of(&[6_u64, 6, 6, 7, 11]),
        Style::Slabs => *chance.one_of(&[4_u64, 5, 6]),
        Style::Houses => *chance.one_of(&[1_u64, 2, 2, 3]),
    };
    let flats = levels * flats_of_level;
    let flats = if style == Style::Houses { 1 } else { flats };
    draft.people += (flats * PEOPLE_OF_FLAT).div_ceil(10);
    let kind = match style {
        Style::Slabs => "apartments",
        Style::Houses => "house",
    };
    let mut tags = pairs(&[("building", kind)]);
    tags.push(("building:levels", levels.to_string().into()));
    if style == Style::Slabs {
        tags.push(("building:flats", flats.to_string().into()));
    }
    draft.rectangle(tags, [west, south], [west + wide, south + deep]);
}
