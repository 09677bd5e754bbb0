//! Tables whose places lie clearly nearer to the streets in another frame than in that in
//! which they were read: points of a Chinese web map without their `@gcj02`, most of all.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::Files;
use crate::frame::Frame;
use crate::network::WalkNetwork;
use crate::notice::{Notice, Notices};
use crate::places::{Block, Facility, Origin, Shape};
use crate::plane::{LonLat, Plane};
use crate::table::Source;

/// Frames that look alike: in degrees, some hundred metres apart in China and the same
/// elsewhere.
const ALIKE: [Frame; 3] = [Frame::Wgs84, Frame::Gcj02, Frame::Bd09];

/// With fewer places a street is near in any frame by chance.
const FEWEST: usize = 20;

/// More places would change no answer.
const MOST: usize = 500;

/// Beyond this, in metres, a place is as good as far from any street.
const FAR: f64 = 300.0;

/// Another frame fits clearly better where the median distance in it is at most this part
/// of that in the own one …
const CLEARLY: f64 = 0.6;

/// … and at least this part of the places is nearer in it.
const MOSTLY: f64 = 0.6;

/// Notes tables of blocks and facilities that fit another frame clearly better.
pub(super) fn note(
    files: &Files,
    blocks: &[Block],
    facilities: &[Facility],
    network: &WalkNetwork,
    notices: &mut Notices,
) {
    let of_table = |origin: &Origin| matches!(origin, Origin::Table(_));
    let blocks = blocks.iter().filter(|block| of_table(&block.origin));
    let blocks = blocks.map(|block| &block.shape);
    judge(files.blocks.as_ref(), blocks, network, notices);
    let facilities = facilities.iter().filter(|site| of_table(&site.origin));
    let facilities = facilities.map(|site| &site.shape);
    judge(files.facilities.as_ref(), facilities, network, notices);
}

fn judge<'a>(
    source: Option<&Source>,
    shapes: impl Iterator<Item = &'a Shape>,
    network: &WalkNetwork,
    notices: &mut Notices,
) {
    let Some(source) = source else { return };
    let own = source.frame.unwrap_or_default();
    // A grid says in its name where it lies; a wrong one would lie outside the data.
    if own.in_metres() {
        return;
    }
    let all: Vec<&Shape> = shapes.collect();
    if all.len() < FEWEST {
        return;
    }
    let every = all.len().div_ceil(MOST);
    let places: Vec<LonLat> = all
        .iter()
        .step_by(every)
        .map(|shape| shape.inner_place())
        .collect();
    let read = distances(&places, network);
    let others = ALIKE.into_iter().filter(|frame| !same(*frame, own));
    let fitting = others
        .filter_map(|frame| {
            let moved: Option<Vec<LonLat>> = places
                .iter()
                .map(|place| read_as(*place, own, frame))
                .collect();
            let moved = moved.filter(|moved| *moved != places)?;
            let there = distances(&moved, network);
            let nearer = there.iter().zip(&read).filter(|(there, read)| there < read);
            let mostly = nearer.count() as f64 >= MOSTLY * places.len() as f64;
            let clearly = median(&there) <= CLEARLY * median(&read);
            (mostly && clearly).then(|| (median(&there), frame))
        })
        .min_by(|(one, _), (other, _)| one.total_cmp(other));
    if let Some((metres, frame)) = fitting {
        let notice = Notice::OtherFrame {
            read: own.to_string(),
            fits: frame.to_string(),
            metres: [median(&read), metres].map(|metres| metres.round() as u64),
        };
        notices.add(notice, all.len() as u64, source.name());
    }
}

fn same(one: Frame, other: Frame) -> bool {
    let plain = |frame| matches!(frame, Frame::Wgs84 | Frame::Cgcs2000);
    one == other || (plain(one) && plain(other))
}

/// Where a place that was read in one frame would lie in another.
fn read_as(place: LonLat, own: Frame, other: Frame) -> Option<LonLat> {
    let written = own.forward([place.lon_degrees(), place.lat_degrees()]);
    let [lon, lat] = other.inverse(written)?;
    LonLat::from_degrees(lon, lat)
}

/// The distance of every place to the nearest street, in metres; at most [`FAR`].
fn distances(places: &[LonLat], network: &WalkNetwork) -> Vec<f64> {
    let Some(&origin) = places.first() else {
        return Vec::new();
    };
    let plane = Plane::at(origin);
    let known = places.iter().enumerate();
    let known = known.map(|(number, place)| GeomWithData::new(plane.metres(*place), number));
    let tree = RTree::bulk_load(known.collect());
    let mut nearest = vec![FAR; places.len()];
    for &ends in network
        .walk_ids()
        .flat_map(|walk| network.shape(walk).array_windows())
    {
        let [a, b] = ends.map(|end| plane.metres(end));
        let low = [0, 1].map(|axis| a[axis].min(b[axis]) - FAR);
        let high = [0, 1].map(|axis| a[axis].max(b[axis]) + FAR);
        for near in tree.locate_in_envelope(&AABB::from_corners(low, high)) {
            let (_, [east, north]) = Plane::at(places[near.data]).nearest_on(ends);
            nearest[near.data] = nearest[near.data].min(east.hypot(north));
        }
    }
    nearest
}

fn median(metres: &[f64]) -> f64 {
    let mut sorted = metres.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(FAR)
}
