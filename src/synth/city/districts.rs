//! Subdistricts: areas of whole tiles, as relations.

use super::draft::IDS;
use super::ground::Tile;
use super::names::name;
use super::plan::Plan;
use crate::osm::{DrawnRelation, DrawnWay, Member, MemberKind, Tags};

/// Tiles along the side of a subdistrict.
const TILES: i64 = 8;

/// How many subdistricts there are, row by row from the south-west.
pub(super) fn count(plan: &Plan) -> i64 {
    columns(plan) * rounded_up(plan.built_rows())
}

/// So many tiles in subdistricts.
fn rounded_up(tiles: i64) -> i64 {
    (tiles + TILES - 1) / TILES
}

fn columns(plan: &Plan) -> i64 {
    rounded_up(plan.columns)
}

/// The first id of an outline: behind those of all tiles.
fn id(plan: &Plan, number: i64) -> i64 {
    plan.places() * IDS + 1 + number
}

/// The outline of a subdistrict from corner to corner of its tiles; `None` where none of
/// them is built.
pub(super) fn outline(plan: &Plan, number: i64) -> Option<DrawnWay> {
    let corners = corners(plan, number)?;
    let mut nodes: Vec<i64> = Vec::new();
    for leg in corners.windows(2) {
        let [from, to] = [leg[0], leg[1]];
        let steps = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
        for step in i64::from(!nodes.is_empty())..=steps {
            let [column, row] =
                [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]).signum() * step);
            nodes.push(1 + plan.number(Tile { column, row }) * IDS);
        }
    }
    Some(DrawnWay {
        id: id(plan, number),
        tags: Tags::new([("boundary", "administrative")]),
        nodes,
    })
}

/// The corners of a subdistrict as columns and rows, against the clock and closed: in
/// the last row of tiles the city may end before the subdistrict does.
fn corners(plan: &Plan, number: i64) -> Option<Vec<[i64; 2]>> {
    let west = number % columns(plan) * TILES;
    let south = number / columns(plan) * TILES;
    if !plan.has(west, south) {
        return None;
    }
    let east = (west + TILES).min(plan.columns);
    let north = (south + TILES).min(plan.built_rows());
    let last = (west..east)
        .take_while(|&column| plan.has(column, north - 1))
        .count() as i64;
    let mut corners = vec![[west, south]];
    if last == east - west {
        corners.extend([[east, south], [east, north], [west, north]]);
    } else if north - 1 == south {
        corners.extend([[west + last, south], [west + last, north], [west, north]]);
    } else {
        corners.extend([[east, south], [east, north - 1]]);
        if last > 0 {
            corners.extend([[west + last, north - 1], [west + last, north]]);
        }
        corners.push([west, north - i64::from(last == 0)]);
    }
    corners.push([west, south]);
    Some(corners)
}

/// The subdistrict as a relation.
pub(super) fn relation(plan: &Plan, number: i64) -> Option<DrawnRelation> {
    let outline = outline(plan, number)?;
    let mut tags = super::draft::pairs(&[
        ("type", "boundary"),
        ("boundary", "administrative"),
        ("admin_level", "8"),
    ]);
    name(&mut tags, number * 5, ("街道", "Subdistrict"));
    let outer = Member {
        kind: MemberKind::Way,
        id: outline.id,
        role: "outer".to_owned(),
    };
    Some(DrawnRelation {
        id: number + 1,
        tags: Tags::new(tags),
        members: vec![outer],
    })
}
