//! Superblocks: walled compounds with gates, open streets, parks.

use super::City;
use super::plan::{Rect, superblocks};
use crate::synth::chance::Chance;
use crate::synth::sketch::{Joins, Metres, pairs};

/// From the middle of a main street to the wall, and of a side street.
const SETBACK: f64 = 25.0;
const SIDE_SETBACK: f64 = 10.0;
/// From the wall to the inner loop.
const LOOP: f64 = 15.0;
/// Between inner ways.
const ALLEY: f64 = 90.0;

const FIRST: [&str; 16] = [
    "翠湖", "兰亭", "书香", "锦绣", "阳光", "东方", "紫荆", "金桂", "柳岸", "御景", "文苑", "和谐",
    "安居", "新华", "向阳", "星河",
];
const LAST: [&str; 8] = ["苑", "花园", "小区", "家园", "雅居", "新村", "华庭", "里"];

/// The name of the compound so drawn: different for the first 128.
pub(super) fn compound_name(index: usize) -> String {
    let first = FIRST[index % FIRST.len()];
    let last = LAST[(index / FIRST.len() + index) % LAST.len()];
    format!("{first}{last}")
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    West,
    South,
    East,
    North,
}

/// Who passes a compound's gates.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// Everybody.
    Open,
    /// Everybody by the first gate; the others are locked.
    FirstOnly,
    /// Residents only; the inner ways are theirs too.
    Residents,
}

pub(super) fn draw(city: &mut City) {
    let mut chance = Chance(7);
    let mut open = 0;
    for (kind, cell) in superblocks() {
        match kind {
            'Q' => quarters(city, cell, &mut chance),
            'W' => {
                let gates = [(Side::South, 0.4), (Side::East, 0.55), (Side::North, 0.6)];
                compound(city, cell, [SETBACK; 4], &gates, Rule::Open, &mut chance);
            }
            'X' => {
                let gate = [(Side::North, 0.5)];
                compound(
                    city,
                    cell,
                    [SETBACK; 4],
                    &gate,
                    Rule::Residents,
                    &mut chance,
                );
            }
            'O' => {
                open_streets(city, cell, open);
                open += 1;
            }
            'P' => park(city, cell.inset(SETBACK), cell, "柳林公园"),
            _ => {}
        }
    }
    lake_corners(city, &mut chance);
}

/// Between the ring road and the streets around the lake: two parks of one
/// theme in the north, two compounds with one gate in the south.
fn lake_corners(city: &mut City, chance: &mut Chance) {
    for (west, east, name) in [
        (-2000.0, -1690.0, "明湖植物园"),
        (-970.0, -650.0, "明湖体育公园"),
    ] {
        let outer = Rect::new(west, 680.0, east, 850.0);
        park_in_corner(city, outer, name);
    }
    for (west, east) in [(-2000.0, -1700.0), (-960.0, -650.0)] {
        let outer = Rect::new(west, -50.0, east, 105.0);
        compound(
            city,
            outer,
            [SETBACK; 4],
            &[(Side::South, 0.45)],
            Rule::Open,
            chance,
        );
    }
}

/// A park south of a street, with a path through its length.
fn park_in_corner(city: &mut City, outer: Rect, name: &str) {
    let ground = outer.inset(20.0);
    let tags = [("leisure", "park"), ("name", name)];
    let border = Joins::Border(Vec::new());
    city.sketch.line(&ground.ring(), border, vec![pairs(&tags)]);
    let round = [
        [ground.at(0.3, 0.0)[0], outer.north],
        ground.at(0.3, 0.3),
        ground.at(0.7, 0.3),
        [ground.at(0.7, 0.0)[0], outer.north],
    ];
    city.sketch.street(&round, &[("highway", "path")]);
}

/// Two side streets, and a compound in each quarter.
fn quarters(city: &mut City, cell: Rect, chance: &mut Chance) {
    let side_street = &[("highway", "residential")];
    city.sketch
        .street(&[cell.at(0.5, 0.0), cell.at(0.5, 1.0)], side_street);
    city.sketch
        .street(&[cell.at(0.0, 0.5), cell.at(1.0, 0.5)], side_street);
    for (column, row) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let setback = |outer: bool| if outer { SETBACK } else { SIDE_SETBACK };
        let setbacks = [column == 0, row == 0, column == 1, row == 1].map(setback);
        let inner = if column == 0 { Side::East } else { Side::West };
        let outer = if row == 0 { Side::South } else { Side::North };
        let mut place = || 0.35 + 0.3 * chance.share();
        let gates = [(inner, place()), (outer, place())];
        let rule = match city.compounds % 5 {
            0 => Rule::Residents,
            2 | 4 => Rule::FirstOnly,
            _ => Rule::Open,
        };
        compound(
            city,
            cell.part(2, column, row),
            setbacks,
            &gates,
            rule,
            chance,
        );
    }
}

/// A walled compound in `outer`, a rectangle between the middles of streets:
/// setbacks and gates by side, from the west against the clock.
fn compound(
    city: &mut City,
    outer: Rect,
    [west, south, east, north]: [f64; 4],
    gates: &[(Side, f64)],
    rule: Rule,
    chance: &mut Chance,
) {
    let name = compound_name(city.compounds);
    city.compounds += 1;
    let wall = Rect::new(
        outer.west + west,
        outer.south + south,
        outer.east - east,
        outer.north - north,
    );
    let ground = [("landuse", "residential"), ("name", &name)];
    city.sketch.line(
        &wall.ring(),
        Joins::Border(pairs(&[("barrier", "gate")])),
        vec![pairs(&ground), pairs(&[("barrier", "wall")])],
    );
    city.block(&name, wall.ring());
    let mut service = vec![("highway", "service")];
    let mut footway = vec![("highway", "footway")];
    if rule == Rule::Residents {
        service.push(("access", "private"));
        footway.push(("access", "private"));
    }
    let round = wall.inset(LOOP);
    city.sketch.street(&round.ring(), &service);
    alleys(city, round, &footway, chance);
    for (index, &(side, share)) in gates.iter().enumerate() {
        let at = |frame: Rect| -> Metres {
            // All three places of a gate's way lie on one straight line.
            let [x, y] = wall.at(share, share);
            match side {
                Side::West => [frame.west, y],
                Side::South => [x, frame.south],
                Side::East => [frame.east, y],
                Side::North => [x, frame.north],
            }
        };
        city.sketch
            .street(&[at(outer), at(wall)], &[("highway", "service")]);
        city.sketch.street(&[at(wall), at(round)], &service);
        match rule {
            Rule::Residents => city.sketch.point(at(wall), &[("access", "private")]),
            Rule::FirstOnly if index > 0 => city.sketch.point(at(wall), &[("locked", "yes")]),
            _ => {}
        }
    }
}

/// Ways across the inside of a loop, and some that end at a door.
fn alleys(city: &mut City, round: Rect, tags: &[(&str, &str)], chance: &mut Chance) {
    let count = |length: f64| ((length / ALLEY).round() as u32).max(2);
    let columns = count(round.east - round.west);
    let rows = count(round.north - round.south);
    for column in 1..columns {
        let x = f64::from(column) / f64::from(columns);
        city.sketch
            .street(&[round.at(x, 0.0), round.at(x, 1.0)], tags);
    }
    for row in 1..rows {
        let y = f64::from(row) / f64::from(rows);
        if row % 2 == 1 {
            city.sketch
                .street(&[round.at(0.0, y), round.at(1.0, y)], tags);
        } else {
            let end = 0.25 + 0.5 * chance.share();
            city.sketch
                .street(&[round.at(0.0, y), round.at(end, y)], tags);
        }
    }
    let door = round.at(0.5, 0.0)[0] + 12.0;
    let depth = 20.0 + 10.0 * chance.share();
    city.sketch
        .street(&[[door, round.north], [door, round.north - depth]], tags);
}

/// Streets without walls, five blocks and a green one.
fn open_streets(city: &mut City, cell: Rect, index: usize) {
    let street = &[("highway", "residential"), ("sidewalk", "both")];
    let thirds = [1.0 / 3.0, 2.0 / 3.0];
    for share in thirds {
        city.sketch
            .street(&[cell.at(share, 0.0), cell.at(share, 1.0)], street);
    }
    city.sketch
        .street(&[cell.at(0.0, 0.5), cell.at(1.0, 0.5)], street);
    let columns = [0.0, thirds[0], thirds[1], 1.0];
    for (row, column) in (0..2).flat_map(|row| (0..3).map(move |column| (row, column))) {
        let [west, south] = cell.at(columns[column], if row == 0 { 0.0 } else { 0.5 });
        let [east, north] = cell.at(columns[column + 1], if row == 0 { 0.5 } else { 1.0 });
        let part = Rect::new(west, south, east, north);
        if (row, column) == (index % 2, 1) {
            green(city, part, index);
            continue;
        }
        let setback = |outer: bool| if outer { 22.0 } else { 9.0 };
        let block = Rect::new(
            west + setback(column == 0),
            south + setback(row == 0),
            east - setback(column == 2),
            north - setback(row == 1),
        );
        let name = OPEN_NAMES[index % OPEN_NAMES.len()];
        city.block(
            &format!("{name}街坊{}号", row * 3 + column + 1),
            block.ring(),
        );
        let [x, y] = block.at(0.5, 0.6);
        city.sketch
            .street(&[[x, south], [x, y]], &[("highway", "service")]);
    }
}

const OPEN_NAMES: [&str; 13] = [
    "和平", "友谊", "光明", "胜利", "解放", "团结", "幸福", "工农", "建国", "红星", "长征", "五一",
    "青年",
];

/// A community park, a garden or a pocket park by turns.
fn green(city: &mut City, part: Rect, index: usize) {
    let (half, kind) = match index % 3 {
        0 => (56.0, "社区公园"),
        1 => (31.0, "游园"),
        _ => (13.0, "口袋公园"),
    };
    let [x, y] = part.at(0.5, 0.5);
    let ground = Rect::new(x - half, y - half, x + half, y + half);
    let name = OPEN_NAMES[index % OPEN_NAMES.len()];
    park(city, ground, part, &format!("{name}{kind}"));
}

/// A park with paths across it, from border to border of `outer`, where the
/// streets around it run.
pub(super) fn park(city: &mut City, ground: Rect, outer: Rect, name: &str) {
    let tags = [("leisure", "park"), ("name", name)];
    let border = Joins::Border(Vec::new());
    city.sketch.line(&ground.ring(), border, vec![pairs(&tags)]);
    let path = [("highway", "footway"), ("surface", "paving_stones")];
    for (x, y) in [(0.4, 0.45), (0.7, 0.6)] {
        let [east, north] = ground.at(x, y);
        city.sketch
            .street(&[[east, outer.south], [east, outer.north]], &path);
        if ground.east - ground.west > 100.0 {
            city.sketch
                .street(&[[outer.west, north], [outer.east, north]], &path);
        }
    }
}
