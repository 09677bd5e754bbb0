//! Places that meet no walk.

use rayon::prelude::*;

use super::chart::Chart;
use super::wall::is_garden;
use super::{Finding, Kind, MapObject, Patient};
use crate::link::{Going, Linker, Unlinked};
use crate::places::{Origin, Samples};
use crate::plane::LonLat;

/// Blocks none of whose samples is linked are looked at in cells of this width.
///
/// # Units
/// Metres.
const SPACING: f64 = 50.0;

/// A place, by where it is entered.
struct Place<'a> {
    origin: &'a Origin,
    at: LonLat,
    entrances: Vec<LonLat>,
    going: Going,
}

/// Blocks and facilities but gardens without a link, save those at the border of the data.
pub(super) fn find(patient: &Patient, chart: &Chart) -> Vec<Finding> {
    let linker = Linker::new(
        patient.network,
        patient.graph,
        patient.obstacles,
        patient.link_limit,
    );
    let samples = Samples::of(patient.blocks, SPACING);
    let blocks = patient.blocks.iter().enumerate().map(|(number, block)| {
        let own = samples.of_block(number);
        Place {
            origin: &block.origin,
            at: block.shape.inner_place(),
            entrances: samples.all()[own].iter().map(|sample| sample.at).collect(),
            going: Going::Out,
        }
    });
    let entered = patient.facilities.iter().filter(|facility| {
        let object = MapObject::of(&facility.origin);
        !object.is_some_and(|object| is_garden(patient, object))
    });
    let facilities = entered.map(|facility| Place {
        origin: &facility.origin,
        at: facility.shape.inner_place(),
        entrances: facility.entrances.clone(),
        going: Going::In,
    });
    let places: Vec<Place> = blocks.chain(facilities).collect();
    places
        .par_iter()
        .filter(|place| !chart.is_border(place.at, patient.link_limit))
        .filter_map(|place| {
            let mut reason = None;
            for &entrance in &place.entrances {
                match linker.links(entrance, place.going) {
                    Ok(_) => return None,
                    Err(unlinked) => reason = reason.max(Some(unlinked)),
                }
            }
            let kind = match reason? {
                Unlinked::TooFar => Kind::FarPlace,
                Unlinked::Barred | Unlinked::Enclosed => Kind::BarredPlace,
            };
            let nearest = |&at: &LonLat| chart.nearest(at);
            Some(Finding {
                kind,
                objects: MapObject::of(place.origin).into_iter().collect(),
                at: place.at,
                lines: Vec::new(),
                millimetres: place.entrances.iter().filter_map(nearest).min(),
            })
        })
        .collect()
}
