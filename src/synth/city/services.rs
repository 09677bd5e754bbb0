//! Facilities: shops, clinics, schools, stops and the like, along main streets, fewer
//! where the city is less dense.

use super::super::chance::Chance;
use super::draft::{Draft, pairs};
use super::ground::{SIDE, Spot};
use super::names::{Kind, name};
use super::plan::{Upright, Use};

/// A kind of facility.
struct Service {
    /// How many of them a thousand tiles have where the city is as dense as at a centre.
    of_thousand: i64,
    /// What of it is left where there is nobody, in hundredths.
    everywhere: i64,
    tags: &'static [(&'static str, &'static str)],
    kind: Kind,
}

const fn service(
    of_thousand: i64,
    everywhere: i64,
    tags: &'static [(&'static str, &'static str)],
    kind: Kind,
) -> Service {
    Service {
        of_thousand,
        everywhere,
        tags,
        kind,
    }
}

const SENIOR: (&str, &str) = ("social_facility:for", "senior");

/// What there is, in the measure of what a Chinese city plans for its communities.
const SERVICES: [Service; 24] = [
    service(
        2_600,
        6,
        &[("shop", "convenience")],
        ("便利店", "Convenience Store"),
    ),
    service(620, 5, &[("shop", "supermarket")], ("超市", "Supermarket")),
    service(300, 4, &[("amenity", "marketplace")], ("菜市场", "Market")),
    service(70, 0, &[("shop", "mall")], ("购物中心", "Mall")),
    service(820, 5, &[("amenity", "pharmacy")], ("药房", "Pharmacy")),
    service(
        700,
        8,
        &[("amenity", "kindergarten")],
        ("幼儿园", "Kindergarten"),
    ),
    service(110, 0, &[("amenity", "childcare")], ("托儿所", "Nursery")),
    service(
        120,
        10,
        &[("amenity", "clinic")],
        ("社区卫生服务中心", "Health Centre"),
    ),
    service(
        320,
        10,
        &[("amenity", "clinic")],
        ("社区卫生服务站", "Health Station"),
    ),
    service(160, 3, &[("amenity", "doctors")], ("诊所", "Clinic")),
    service(
        260,
        4,
        &[
            ("amenity", "social_facility"),
            ("social_facility", "day_care"),
            SENIOR,
        ],
        ("日间照料中心", "Day Care"),
    ),
    service(140, 3, &[("amenity", "canteen")], ("社区食堂", "Canteen")),
    service(60, 2, &[("amenity", "library")], ("图书馆", "Library")),
    service(
        170,
        5,
        &[("amenity", "community_centre")],
        ("文化站", "Cultural Station"),
    ),
    service(
        220,
        8,
        &[("amenity", "townhall")],
        ("居委会", "Community Office"),
    ),
    service(
        60,
        5,
        &[("amenity", "police")],
        ("派出所", "Police Station"),
    ),
    service(
        280,
        5,
        &[("leisure", "fitness_station")],
        ("健身点", "Fitness Site"),
    ),
    service(
        130,
        4,
        &[("leisure", "pitch"), ("sport", "basketball")],
        ("球场", "Court"),
    ),
    service(
        60,
        3,
        &[("leisure", "pitch"), ("sport", "soccer")],
        ("足球场", "Football Pitch"),
    ),
    service(
        260,
        3,
        &[("leisure", "playground")],
        ("游乐场", "Playground"),
    ),
    service(70, 1, &[("place", "square")], ("广场", "Square")),
    service(
        90,
        0,
        &[("railway", "subway_entrance")],
        ("地铁站", "Metro Station"),
    ),
    service(900, 4, &[("amenity", "restaurant")], ("饭店", "Restaurant")),
    service(1_500, 35, &[("highway", "bus_stop")], ("站", "Stop")),
];

/// From the middle of a main street to what stands beside it, in parts of a slot.
const BESIDE: i32 = 38;

/// Places the facilities of a tile.
pub(super) fn place(draft: &mut Draft, chance: &mut Chance, used: Use) {
    let (column, row) = (draft.tile.column, draft.tile.row);
    let street = |column| draft.plan.western(column, row) == Upright::Street;
    let sides: Vec<u8> = [
        (0, true),
        (1, street(column)),
        (2, true),
        (3, street(column + 1)),
    ]
    .into_iter()
    .filter_map(|(side, open)| open.then_some(side))
    .collect();
    let density = draft.plan.density(draft.tile);
    let share = match used {
        Use::River | Use::Woods => return,
        Use::Park | Use::Works => 30,
        Use::Village => 100,
        Use::Streets(_) | Use::OldTown | Use::Compounds(_) => 130,
    };
    for service in &SERVICES {
        let part = service.everywhere + (100 - service.everywhere) * density / 255;
        let expected = service.of_thousand * part * share / 10_000;
        for _ in 0..expected / 1_000 + i64::from(chance.happens(expected % 1_000)) {
            let along = chance.between(60, i64::from(SIDE) - 60) as i32;
            let (x, y) = match chance.one_of(&sides) {
                0 => (along, BESIDE),
                1 => (BESIDE, along),
                2 => (along, SIDE - BESIDE),
                _ => (SIDE - BESIDE, along),
            };
            let mut tags = pairs(service.tags);
            name(&mut tags, chance.between(0, 35), service.kind);
            draft.point(Spot { x, y }, tags);
        }
    }
}
