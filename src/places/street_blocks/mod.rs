//! Blocks of an extract by street block (街坊): large residential areas are cut
//! along streets, and residential buildings outside areas are grouped by the
//! street block in which they stand.
//!
//! Both are faces of the plane ([`crate::plane::rings`]): those that streets part,
//! and those that streets and the outline of one area part.

mod cut;
mod group;

use rayon::prelude::*;

use super::{Block, BlockKind, Origin};
use crate::notice::{Notice, Notices};
use crate::plane::LonLat;
use crate::plane::rings::{Boxes, Piece, boxes, noded, parted_by};
use crate::units::Land;

/// What bounds street blocks, cut where it meets.
struct Lines {
    pieces: Vec<Piece>,
    boxes: Boxes,
}

impl Lines {
    /// `None` where the lines cross so often that no end is seen.
    fn of(lines: &[[LonLat; 2]]) -> Option<Self> {
        // Over the date line: no line of a city.
        let near = |[one, other]: [LonLat; 2]| one.lon.abs_diff(other.lon) < 1_800_000_000;
        let lines = lines.iter().filter(|&&line| near(line));
        let pieces = lines.filter_map(|&[one, other]| Piece::line(one, other));
        let pieces = noded(pieces.collect())?.pieces;
        Some(Self {
            boxes: boxes(&pieces),
            pieces,
        })
    }
}

/// The blocks of an extract by street block, by id.
///
/// - A residential area of more than `hectares` is cut along `lines` into pieces
///   `id#1`, `id#2`, …, numbered from west to east by their westernmost places.
///   Its land is shared among them by surface, to the last dm². Where no line
///   parts it, it stays.
/// - Residential buildings outside residential areas that stand in one street
///   block, by their inner places, are one block. It has the id of the one with the
///   lowest id and the number of the others (`way/7+12`), the shapes of all and
///   the sum of their land. A building that stands alone in its street block stays,
///   and so does one beyond all street blocks: where lines do not close around it,
///   or only around open country (more than 100 ha).
///
/// Blocks of tables stay. What was done is counted.
pub fn by_street_blocks(
    blocks: Vec<Block>,
    lines: &[[LonLat; 2]],
    hectares: f64,
) -> (Vec<Block>, Notices) {
    let mut notices = Notices::default();
    let is_large = |block: &Block| {
        block.kind == BlockKind::Area
            && !matches!(block.origin, Origin::Table(_))
            && block.land.is_some_and(|land| above(land, hectares))
    };
    let (large, blocks): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(is_large);
    let is_home = |block: &Block| block.kind == BlockKind::Building;
    let (homes, mut all): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(is_home);
    if large.is_empty() && homes.is_empty() {
        return (all, notices);
    }
    if let Some(lines) = Lines::of(lines) {
        let cut: Vec<_> = large
            .into_par_iter()
            .map(|area| cut::cut(area, &lines))
            .collect();
        for (pieces, noted) in cut {
            all.extend(pieces);
            notices.absorb(noted);
        }
        let street_blocks = parted_by(lines.pieces);
        all.extend(group::grouped(homes, &street_blocks, &mut notices));
    } else {
        let first = lines.iter().flatten().min();
        notices.note(
            Notice::TangledStreets,
            first.map_or_else(String::new, LonLat::to_string),
        );
        all.extend(large.into_iter().chain(homes));
    }
    all.sort_by(|one, other| one.id.cmp(&other.id));
    (all, notices)
}

fn above(land: Land, hectares: f64) -> bool {
    land.square_metres() > hectares * 10_000.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
