//! Straight distances from samples to the nearest facility of every set.

use rayon::prelude::*;
use rstar::{AABB, RTree, RTreeObject};

use crate::places::{Facility, FacilitySet, Samples, Shape};
use crate::plane::{LonLat, Plane};
use crate::units::Length;

/// How many samples are looked around from at once.
const AT_ONCE: usize = 1 << 16;

/// A facility in the index.
struct Boxed {
    facility: u32,
    low: LonLat,
    high: LonLat,
}

fn corner(place: LonLat) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(corner(self.low), corner(self.high))
    }
}

/// For every sample the straight distance to the nearest facility of a set, in four bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beelines(Vec<u32>);

/// What lies beyond the limit.
const BEYOND: u32 = u32::MAX;

impl Beelines {
    /// The distance from a sample, 0 inside an area; `None` beyond the limit within which
    /// was looked.
    pub fn at(&self, sample: usize) -> Option<Length> {
        let decimetres = self.0[sample];
        (decimetres != BEYOND).then(|| Length::from_decimetres(decimetres))
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn set(&mut self, sample: usize, length: Option<Length>) {
        self.0[sample] = held(length);
    }
}

fn held(length: Option<Length>) -> u32 {
    length.map_or(BEYOND, Length::decimetres)
}

impl FromIterator<Option<Length>> for Beelines {
    fn from_iter<I: IntoIterator<Item = Option<Length>>>(lengths: I) -> Self {
        Self(lengths.into_iter().map(held).collect())
    }
}

/// For every set and sample the straight distance to the set's nearest facility, within
/// the set's own limit.
pub fn straight_within(
    samples: &Samples,
    facilities: &[Facility],
    sets: &[FacilitySet],
    limits: &[Length],
) -> Vec<Beelines> {
    let nearby = Nearby::of(facilities, sets, limits);
    let all: Vec<u32> = (0..samples.all().len() as u32).collect();
    let mut found = vec![Vec::with_capacity(all.len()); sets.len()];
    for some in all.chunks(AT_ONCE) {
        let rows = nearby.rows(samples, some);
        found.par_iter_mut().enumerate().for_each(|(set, column)| {
            column.extend(rows.iter().map(|row| held(row[set])));
        });
    }
    found.into_iter().map(Beelines).collect()
}

/// The straight distances to a set of which some facilities are no more and others are new,
/// where those of before are known; and the samples for which they are others, ascending.
///
/// `gone` are the shapes of what is no more, `new` are facilities of now.
pub fn straight_mended(
    before: &Beelines,
    samples: &Samples,
    facilities: &[Facility],
    set: &FacilitySet,
    limit: Length,
    (gone, new): (&[&Shape], &[u32]),
) -> (Beelines, Vec<u32>) {
    let mut now = before.clone();
    let lost = near(samples, gone.iter().copied(), limit);
    let sets = std::slice::from_ref(set);
    let found = Nearby::of(facilities, sets, &[limit]).rows(samples, &lost);
    for (&sample, row) in lost.iter().zip(found) {
        now.set(sample as usize, row[0]);
    }
    let shapes = new.iter().map(|&at| &facilities[at as usize].shape);
    let won = near(samples, shapes.clone(), limit);
    for &sample in &won {
        let at = samples.all()[sample as usize].at;
        let lengths = shapes.clone().map(|shape| length(shape, at));
        let nearest = lengths.filter(|length| *length <= limit).min();
        let known = now.at(sample as usize);
        let nearest = [known, nearest].into_iter().flatten().min();
        now.set(sample as usize, nearest);
    }
    let mut touched: Vec<u32> = lost.into_iter().chain(won).collect();
    touched.sort_unstable();
    touched.dedup();
    touched.retain(|&sample| before.at(sample as usize) != now.at(sample as usize));
    (now, touched)
}

/// The samples in boxes around shapes, as wide as a limit: all that are within it are among
/// them.
fn near<'a>(samples: &Samples, shapes: impl Iterator<Item = &'a Shape>, limit: Length) -> Vec<u32> {
    let reach = limit.metres() * 1.001 + 1.0;
    let boxes: Vec<(LonLat, LonLat)> = shapes
        .map(|shape| {
            let (low, high) = shape.bounds();
            let low = Plane::at(low).place([-reach, -reach]);
            (low, Plane::at(high).place([reach, reach]))
        })
        .collect();
    let is_near = |at: LonLat| {
        boxes.iter().any(|(low, high)| {
            (low.lon..=high.lon).contains(&at.lon) && (low.lat..=high.lat).contains(&at.lat)
        })
    };
    let all = samples.all().iter().zip(0..);
    all.filter(|(sample, _)| is_near(sample.at))
        .map(|(_, number)| number)
        .collect()
}

fn length(shape: &Shape, at: LonLat) -> Length {
    let metres = shape.distance_metres(at);
    Length::from_millimetres((metres * 1_000.0).round() as u64)
}

/// Facilities, to be looked for around samples.
struct Nearby<'a> {
    facilities: &'a [Facility],
    limits: &'a [Length],
    /// For every facility its sets.
    sets: Vec<Vec<usize>>,
    index: RTree<Boxed>,
}

impl<'a> Nearby<'a> {
    fn of(facilities: &'a [Facility], sets: &[FacilitySet], limits: &'a [Length]) -> Self {
        let mut of_facility = vec![Vec::new(); facilities.len()];
        for (number, set) in sets.iter().enumerate() {
            for &facility in &set.0 {
                of_facility[facility as usize].push(number);
            }
        }
        Self {
            facilities,
            limits,
            index: index(facilities, &of_facility),
            sets: of_facility,
        }
    }

    /// For some samples the distance to the nearest facility of every set.
    fn rows(&self, samples: &Samples, asked: &[u32]) -> Vec<Vec<Option<Length>>> {
        let limits = self.limits.iter().map(|limit| limit.metres());
        let widest = limits.fold(0.0, f64::max);
        let asked = asked.par_iter();
        asked
            .map(|&sample| self.row(samples.all()[sample as usize].at, widest))
            .collect()
    }

    fn row(&self, at: LonLat, widest: f64) -> Vec<Option<Length>> {
        let limits = self.limits;
        let mut nearest = vec![None; limits.len()];
        let plane = Plane::at(at);
        // A little wider than the circle, against rounding.
        let reach = widest * 1.001 + 1.0;
        let envelope = AABB::from_corners(
            corner(plane.place([-reach, -reach])),
            corner(plane.place([reach, reach])),
        );
        for boxed in self.index.locate_in_envelope_intersecting(&envelope) {
            let facility = boxed.facility as usize;
            let sets = &self.sets[facility];
            let at_least = at_least(&plane, boxed);
            let may_be_nearer =
                |&set: &usize| at_least <= nearest[set].unwrap_or(limits[set]).metres();
            if !sets.iter().any(may_be_nearer) {
                continue;
            }
            let length = length(&self.facilities[facility].shape, at);
            for &set in sets {
                let better = nearest[set].is_none_or(|known| length < known);
                if length <= limits[set] && better {
                    nearest[set] = Some(length);
                }
            }
        }
        nearest
    }
}

/// The boxes of the facilities that belong to a set.
fn index(facilities: &[Facility], of_facility: &[Vec<usize>]) -> RTree<Boxed> {
    let asked = facilities.iter().zip(of_facility).enumerate();
    let boxes = asked
        .filter(|(_, (_, sets))| !sets.is_empty())
        .map(|(number, (facility, _))| {
            let (low, high) = match &facility.shape {
                Shape::Point(at) => (*at, *at),
                Shape::Area(area) => area.bounds(),
            };
            Boxed {
                facility: number as u32,
                low,
                high,
            }
        });
    RTree::bulk_load(boxes.collect())
}

/// Metres from the plane's origin that no place of the box is nearer than. The
/// box's nearest corner or side is found in degrees, whose metres change with the
/// latitude by less than the slack.
fn at_least(plane: &Plane, boxed: &Boxed) -> f64 {
    let origin = plane.origin();
    let [east, north] = plane.metres(LonLat {
        lon: origin.lon.clamp(boxed.low.lon, boxed.high.lon),
        lat: origin.lat.clamp(boxed.low.lat, boxed.high.lat),
    });
    (east * east + north * north).sqrt() * 0.999 - 1.0
}
