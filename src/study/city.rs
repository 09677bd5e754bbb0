//! The city as a study meets it: what was read, made into a network, the blocks on
//! it and the facilities.

use super::materials::rules;
use super::{Materials, Settings};
use crate::measure::Border;
use crate::network::{Census, Obstacles, WalkNetwork};
use crate::notice::Notices;
use crate::places::{Block, Facility};

/// Everything that is made of the extract before anybody walks. The extract
/// itself is not needed any more.
pub(super) struct City {
    pub network: WalkNetwork,
    pub census: Census,
    pub obstacles: Obstacles,
    pub border: Option<Border>,
    pub osm_timestamp: Option<i64>,
    pub blocks: Vec<Block>,
    pub facilities: Vec<Facility>,
}

impl City {
    /// Builds it from what was read; takes the extract, the blocks and the
    /// facilities out of the materials.
    pub(super) fn of(
        materials: &mut Materials,
        settings: &Settings,
        notices: &mut Notices,
    ) -> Self {
        let extract = std::mem::take(&mut materials.extract);
        let (network, census, noted) = WalkNetwork::build(&extract, &rules(settings));
        notices.absorb(noted);
        Self {
            network,
            census,
            obstacles: Obstacles::of(&extract),
            border: Border::of(extract.header.bounds, &extract.node_at),
            osm_timestamp: extract.header.timestamp,
            blocks: std::mem::take(&mut materials.blocks),
            facilities: std::mem::take(&mut materials.facilities),
        }
    }
}
