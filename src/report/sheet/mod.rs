//! A city drawn on paper: what lies behind a map, and what its figures are painted on.

mod ink;
mod paper;
mod patch;

pub(crate) use ink::Ink;
pub(crate) use paper::{Paper, Spot};
pub(crate) use patch::{Patch, PatchOf};

use crate::places::Shape;
use crate::plane::{LonLat, chains};
use crate::profile::WalkKind;
use crate::study::Study;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detail {
    /// How far a line may lie beside what it stands for, in metres.
    pub tolerance: f64,
    /// Which walks are drawn.
    pub walks: WalkDetail,
    /// The side of a square in metres, where figures are painted on squares instead
    /// of blocks.
    pub squares: Option<f64>,
    /// What is told zone by zone.
    pub zones: ZoneDetail,
    /// Whether all facilities are told of, or those alone that are nearest to a patch.
    pub facilities: bool,
}

/// Which walks are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalkDetail {
    /// Streets, footways, paths and steps.
    All,
    /// Streets.
    Streets,
    /// None beside main roads.
    Nothing,
}

/// How much is told zone by zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneDetail {
    /// Tables, and a sheet for every zone.
    Sheets,
    /// Tables alone.
    Tables,
    /// Nothing.
    Nothing,
}

impl Detail {
    /// From everything to what fits a file of any city, and then of a province.
    pub const STEPS: [Self; 10] = [
        Self::step(1.0, WalkDetail::All, None, ZoneDetail::Sheets),
        Self::step(5.0, WalkDetail::All, None, ZoneDetail::Sheets),
        Self::step(10.0, WalkDetail::Streets, None, ZoneDetail::Sheets),
        Self::step(10.0, WalkDetail::Streets, None, ZoneDetail::Tables),
        Self::step(15.0, WalkDetail::Streets, Some(250.0), ZoneDetail::Tables),
        Self::step(30.0, WalkDetail::Streets, Some(500.0), ZoneDetail::Tables),
        Self::step(10.0, WalkDetail::Streets, None, ZoneDetail::Nothing),
        Self::step(
            30.0,
            WalkDetail::Streets,
            Some(1_000.0),
            ZoneDetail::Nothing,
        ),
        Self::province(100.0, 2_000.0),
        Self::province(300.0, 5_000.0),
    ];

    const fn step(
        tolerance: f64,
        walks: WalkDetail,
        squares: Option<f64>,
        zones: ZoneDetail,
    ) -> Self {
        Self {
            tolerance,
            walks,
            squares,
            zones,
            facilities: true,
        }
    }

    const fn province(tolerance: f64, squares: f64) -> Self {
        Self {
            tolerance,
            walks: WalkDetail::Nothing,
            squares: Some(squares),
            zones: ZoneDetail::Nothing,
            facilities: false,
        }
    }
}

/// What is drawn behind the figures, from the back to the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// Lakes, rivers as areas, the sea.
    Water,
    /// Parks and forests.
    Park,
    /// Rivers and canals as lines.
    River,
    /// Footways, paths and steps.
    Footway,
    /// Streets that are walked.
    Street,
    /// Main roads.
    Road,
    /// Railways.
    Railway,
}

impl Behind {
    /// Its name in a drawing, as a class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Park => "park",
            Self::River => "river",
            Self::Footway => "footway",
            Self::Street => "street",
            Self::Road => "road",
            Self::Railway => "railway",
        }
    }
}

/// A zone as it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct ZoneOutline {
    /// The zone, as an index into the study's.
    pub zone: usize,
    /// The `d` of its path.
    pub d: String,
    /// A spot in it, where its name stands.
    pub at: Spot,
    /// Its box: least and most.
    pub bounds: [Spot; 2],
}

/// A study drawn on paper.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Where a place lies.
    pub paper: Paper,
    /// How much is drawn.
    pub detail: Detail,
    /// What lies behind the figures: the `d` of one path each.
    pub behind: Vec<(Behind, String)>,
    /// Outlines of zones.
    pub zones: Vec<ZoneOutline>,
    /// What figures are painted on.
    pub patches: Vec<Patch>,
    /// Where each facility lies.
    pub facilities: Vec<Spot>,
}

impl Sheet {
    /// Draws a study on paper around its blocks; `None` where it has none.
    pub fn of(study: &Study, detail: Detail) -> Option<Self> {
        Some(Self::on(Self::paper(study)?, study, detail))
    }

    /// The bytes of its paths: a page that shows it has no less.
    pub fn drawing(&self) -> usize {
        let behind = self.behind.iter().map(|(_, d)| d.len());
        let patches = self.patches.iter().map(|patch| patch.d.len());
        behind.chain(patches).sum()
    }

    /// Paper around the blocks of a study; `None` where it has none.
    pub fn paper(study: &Study) -> Option<Paper> {
        Paper::around(study.blocks.iter().flat_map(|block| {
            let (low, high) = block.shape.bounds();
            [low, high]
        }))
    }

    /// Draws a study on a piece of paper.
    pub fn on(paper: Paper, study: &Study, detail: Detail) -> Self {
        // Points are drawn wide enough to be seen where the whole city is.
        let dot = (paper.size[0].max(paper.size[1]) / 400).max(1);
        let patches = match detail.squares {
            Some(side) => patch::squares(study, &paper, side),
            None => patch::blocks(study, &paper, detail.tolerance.min(5.0), dot),
        };
        Self {
            behind: behind(study, &paper, detail),
            zones: zones(study, &paper, detail),
            patches,
            facilities: study
                .facilities
                .iter()
                .map(|facility| paper.spot(facility.shape.inner_place()))
                .collect(),
            detail,
            paper,
        }
    }
}

/// What lies behind the figures of a study on a piece of paper: the `d` of one path each.
pub(crate) fn behind(study: &Study, paper: &Paper, detail: Detail) -> Vec<(Behind, String)> {
    let ink = || Ink::new(paper, detail.tolerance);
    let mut park = ink();
    let green: Vec<_> = ["park", "forest"]
        .iter()
        .filter_map(|key| study.catalog.id(key))
        .collect();
    for &place in &study.catalog.facility_set(&green, &study.facilities).0 {
        if let Shape::Area(area) = &study.facilities[place as usize].shape {
            park.area(area);
        }
    }
    let mut water = ink();
    for area in study.water.sea().iter().chain(study.water.areas()) {
        water.area(area);
    }
    let lines = |lines: &[Vec<LonLat>]| {
        let mut ink = ink();
        for line in lines {
            ink.line(line);
        }
        ink.dried()
    };
    let walks = |wanted: fn(WalkKind) -> bool| {
        let mut ink = ink();
        let network = &study.network;
        for walk in network.walk_ids() {
            if wanted(network.walk(walk).class.kind) {
                ink.line(network.shape(walk));
            }
        }
        ink.dried()
    };
    let is_street = |kind| kind == WalkKind::Street;
    let mut layers = vec![
        (Behind::Water, water.dried()),
        (Behind::Park, park.dried()),
        (
            Behind::River,
            lines(&chains(study.water.rivers().iter().map(Vec::as_slice))),
        ),
    ];
    if detail.walks == WalkDetail::All {
        layers.push((Behind::Footway, walks(|kind| kind != WalkKind::Street)));
    }
    if detail.walks != WalkDetail::Nothing {
        layers.push((Behind::Street, walks(is_street)));
    }
    layers.push((Behind::Road, lines(&study.scenery.roads)));
    layers.push((Behind::Railway, lines(&study.scenery.railways)));
    layers
}

fn zones(study: &Study, paper: &Paper, detail: Detail) -> Vec<ZoneOutline> {
    let zones = study.zones.iter().enumerate();
    zones
        .map(|(number, zone)| {
            let mut ink = Ink::new(paper, detail.tolerance.max(2.0));
            ink.area(&zone.area);
            let (low, high) = zone.area.bounds();
            let [low, high] = [low, high].map(|place| paper.spot(place));
            ZoneOutline {
                zone: number,
                d: ink.dried(),
                at: paper.spot(zone.area.inner_place()),
                bounds: [
                    [low[0].min(high[0]), low[1].min(high[1])],
                    [low[0].max(high[0]), low[1].max(high[1])],
                ],
            }
        })
        .collect()
}
