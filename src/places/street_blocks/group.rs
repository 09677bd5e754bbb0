//! Residential buildings grouped by the street block in which they stand.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::{Block, BlockKind, Shape};
use crate::notice::{Notice, Notices};
use crate::plane::rings::{Face, Parted};
use crate::plane::{Area, PolygonRings};
use crate::units::Land;

/// What lines bound is open country above this, and no street block: the largest
/// superblocks of cities have about 1 km².
///
/// # Units
/// Square metres.
const COUNTRY: f64 = 1e6;

/// The buildings, one block for those of each street block.
pub(super) fn grouped(
    mut homes: Vec<Block>,
    street_blocks: &Parted,
    notices: &mut Notices,
) -> Vec<Block> {
    homes.sort_by(|one, other| one.origin.cmp(&other.origin));
    let faces = homes.par_iter();
    let faces: Vec<Option<usize>> = faces
        .map(|home| street_blocks.face_at(home.shape.inner_place()))
        .collect();
    let mut standing_in: BTreeMap<Option<usize>, Vec<Block>> = BTreeMap::new();
    for (face, home) in faces.into_iter().zip(homes) {
        standing_in.entry(face).or_default().push(home);
    }
    let mut note = |notice: Notice, homes: &[Block]| {
        for home in homes {
            notices.note(notice.clone(), home.id.replace('/', " "));
        }
    };
    let mut blocks = Vec::new();
    for (face, members) in standing_in {
        let face = face.and_then(|face| street_blocks.faces().get(face));
        if !face.is_some_and(is_street_block) {
            note(Notice::BeyondStreetBlocks, &members);
            blocks.extend(members);
        } else if let Some(group) = group(&members) {
            note(Notice::GroupedHomes, &members);
            blocks.push(group);
        } else {
            blocks.extend(members);
        }
    }
    blocks
}

fn is_street_block(face: &Face) -> bool {
    let area = Area::new(vec![face.rings.clone()]);
    area.is_some_and(|area| area.square_metres() <= COUNTRY)
}

/// Several buildings as one block.
fn group(members: &[Block]) -> Option<Block> {
    let (first, others) = members.split_first()?;
    if others.is_empty() {
        return None;
    }
    let land: Option<Vec<u64>> = members
        .iter()
        .map(|home| Some(home.land?.square_decimetres()))
        .collect();
    Some(Block {
        id: format!("{}+{}", first.id, others.len()),
        name: None,
        shape: Shape::Area(Area::new(members.iter().flat_map(polygons).collect())?),
        land: land.map(|land| Land::from_square_decimetres(land.iter().sum())),
        kind: BlockKind::Group,
        ..first.clone()
    })
}

fn polygons(home: &Block) -> Vec<PolygonRings> {
    match &home.shape {
        Shape::Area(area) => area.polygons().to_vec(),
        Shape::Point(_) => Vec::new(),
    }
}
