//! The old town: fine, irregular lanes; and the village across the river.

use super::City;
use super::plan::{OLD_TOWN, Rect};
use super::streets::NORTH_ROAD;
use crate::synth::chance::Chance;
use crate::synth::sketch::{Joins, Metres, pairs};

const COLUMNS: usize = 14;
const ROWS: usize = 24;
/// Rows and the column that are straight streets: South Construction Road, the
/// market street, Lake Avenue; the lane of the drum tower.
const STRAIGHT_ROWS: [usize; 3] = [6, 12, 18];
const DRUM_LANE: usize = 6;
/// Lane cells that hold a garden instead of houses, by column and row.
const GARDENS: [(usize, usize, &str); 4] = [
    (2, 2, "南关游园"),
    (10, 8, "府学口袋公园"),
    (4, 14, "鼓楼游园"),
    (8, 20, "城隍庙口袋公园"),
];

const LANES: [&str; 12] = [
    "米市街",
    "竹竿巷",
    "铁匠胡同",
    "楼北里",
    "东关巷",
    "道署街",
    "越河圈",
    "馆驿街",
    "小礼拜寺巷",
    "状元街",
    "灯市里",
    "羊使君街",
];

pub(super) fn draw(city: &mut City) {
    let corners = corners();
    market_street(city, &corners);
    lanes(city, &corners);
    houses(city, &corners);
    village(city);
}

/// Where lanes cross, by column and row; the outermost lie on the outer streets.
fn corners() -> Vec<Vec<Metres>> {
    let mut chance = Chance(11);
    (0..=COLUMNS)
        .map(|column| {
            (0..=ROWS)
                .map(|row| {
                    let [x, y] =
                        OLD_TOWN.at(column as f64 / COLUMNS as f64, row as f64 / ROWS as f64);
                    let (east, north) = (chance.about(13.0), chance.about(12.0));
                    let outer_column = column == 0 || column == COLUMNS;
                    let outer_row = row == 0 || row == ROWS;
                    let straight = outer_row || STRAIGHT_ROWS.contains(&row);
                    [
                        x + if outer_column { 0.0 } else { east },
                        y + if straight { 0.0 } else { north },
                    ]
                })
                .collect()
        })
        .collect()
}

/// The pedestrian street between the canal and the eastern ring.
fn market_street(city: &mut City, corners: &[Vec<Metres>]) {
    let path: Vec<Metres> = corners
        .iter()
        .map(|column| column[STRAIGHT_ROWS[1]])
        .collect();
    city.sketch.street(
        &path,
        &[
            ("highway", "pedestrian"),
            ("name", "古城中街"),
            ("name:en", "Market Street"),
        ],
    );
}

/// Lanes from corner to corner; about one edge in six is missing, so that
/// lanes end and turn.
fn lanes(city: &mut City, corners: &[Vec<Metres>]) {
    let mut chance = Chance(13);
    for column in 1..COLUMNS {
        let tags = if column == DRUM_LANE {
            vec![("highway", "living_street"), ("name", "鼓楼大街")]
        } else {
            vec![
                ("highway", "residential"),
                ("name", LANES[column % LANES.len()]),
            ]
        };
        let keep = |chance: &mut Chance| column == DRUM_LANE || chance.share() > 0.17;
        lane(city, &corners[column], &tags, |_| keep(&mut chance));
    }
    for row in (1..ROWS).filter(|row| !STRAIGHT_ROWS.contains(row)) {
        let path: Vec<Metres> = corners.iter().map(|column| column[row]).collect();
        let tags = [
            ("highway", "footway"),
            ("name", LANES[(row * 5 + 2) % LANES.len()]),
        ];
        lane(city, &path, &tags, |_| chance.share() > 0.17);
    }
    // The drum tower stands on a mound: two stairs go up to it.
    let [x, y] = corners[DRUM_LANE][15];
    let top = [x + 30.0, y + 12.0];
    city.sketch
        .street(&[corners[DRUM_LANE][15], top], &[("highway", "steps")]);
    city.sketch
        .street(&[top, corners[DRUM_LANE + 1][15]], &[("highway", "steps")]);
    city.sketch
        .point(top, &[("tourism", "attraction"), ("name", "鼓楼")]);
}

/// Draws the kept edges of a path, those in a row as one way.
fn lane(
    city: &mut City,
    path: &[Metres],
    tags: &[(&str, &str)],
    mut keep: impl FnMut(usize) -> bool,
) {
    let kept: Vec<bool> = (1..path.len()).map(&mut keep).collect();
    let mut first = 0;
    for run in kept.chunk_by(|a, b| a == b) {
        if run.first() == Some(&true) {
            city.sketch.street(&path[first..=first + run.len()], tags);
        }
        first += run.len();
    }
}

/// Four lane cells to a block of houses.
fn houses(city: &mut City, corners: &[Vec<Metres>]) {
    for row in (0..ROWS).step_by(2) {
        for column in (0..COLUMNS).step_by(2) {
            let garden = GARDENS.iter().find(|(x, y, _)| (*x, *y) == (column, row));
            if let Some((_, _, name)) = garden {
                garden_in_lane(
                    city,
                    corners[column][row],
                    corners[column + 1][row + 1],
                    name,
                );
                continue;
            }
            let ring = [
                (0, 0),
                (1, 0),
                (2, 0),
                (2, 1),
                (2, 2),
                (1, 2),
                (0, 2),
                (0, 1),
                (0, 0),
            ]
            .map(|(x, y)| corners[column + x][row + y]);
            let middle = corners[column + 1][row + 1];
            let shrunk = ring.map(|at| {
                // An eighth nearer to the middle leaves room for the outer streets.
                [0, 1].map(|axis| at[axis] + (middle[axis] - at[axis]) / 8.0)
            });
            let name = LANES[(row * 3 + column) % LANES.len()];
            city.block(
                &format!("{name}{}号院", row * 10 + column + 1),
                shrunk.to_vec(),
            );
        }
    }
}

/// A garden in one lane cell, with a path from corner to corner.
fn garden_in_lane(city: &mut City, south_west: Metres, north_east: Metres, name: &str) {
    let ground = Rect::new(south_west[0], south_west[1], north_east[0], north_east[1]).inset(17.0);
    let tags = [("leisure", "park"), ("name", name)];
    let border = Joins::Border(Vec::new());
    city.sketch.line(&ground.ring(), border, vec![pairs(&tags)]);
    city.sketch
        .street(&[south_west, north_east], &[("highway", "footway")]);
}

/// A village on the north bank: lanes that end in the fields.
fn village(city: &mut City) {
    let lane = &[("highway", "residential")];
    let mut chance = Chance(17);
    for column in 0..6_u32 {
        let x = 480.0 + 90.0 * f64::from(column);
        let end = 1800.0 + 40.0 * chance.share();
        let bend = [x + chance.about(12.0), 1670.0];
        city.sketch
            .street(&[[x, NORTH_ROAD], bend, [x + 8.0, end]], lane);
    }
    for y in [1625.0, 1720.0] {
        city.sketch.street(&[[455.0, y], [960.0, y + 15.0]], lane);
    }
    for column in 0..5_u32 {
        let west = 496.0 + 90.0 * f64::from(column);
        let block = Rect::new(west, 1650.0, west + 62.0, 1712.0);
        city.block(&format!("河北村{}组", column + 1), block.ring());
    }
}
