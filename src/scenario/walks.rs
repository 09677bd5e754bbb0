//! Walks that are closed and added.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{AddWalk, CloseWalk, KindOfWalk};
use super::joined::{AT_END, Drawn, ON_WALK};
use super::work::Work;
use super::{Bad, Change};
use crate::network::{Extension, Nearby, NewWalk, Obstacles, Stretch};
use crate::places::{Facility, Shape, entrances};
use crate::plane::{LonLat, distance_metres};
use crate::profile::{WalkClass, WalkKind, WheelAccess};
use crate::study::{City, Grown, entered};

/// An end of a new walk joins what lies within this, where nothing else is said.
///
/// # Units
/// Metres.
const JOIN: f64 = 15.0;

/// Nobody draws a line farther from what it joins.
///
/// # Units
/// Metres.
const FARTHEST_JOIN: f64 = 200.0;

/// A line along a walk lies at most so far beside it.
///
/// # Units
/// Metres.
const BESIDE: f64 = 5.0;

/// An added walk leads into an area where it goes on inside at least so far from the
/// outline, and by no entrance that is this near.
///
/// # Units
/// Metres.
const INSIDE: f64 = 0.05;
const SAME_ENTRANCE: f64 = 0.5;

impl Work<'_> {
    /// Closes walks, then adds others, one after the other.
    pub fn walks(&mut self) {
        self.close_walks();
        let added = self.changes(|change| match change {
            Change::AddWalk(added) => Some(added),
            _ => None,
        });
        if added.is_empty() {
            return;
        }
        let network = &self.survey.city.network;
        let other = !Arc::ptr_eq(network, &self.base.survey.city.network);
        let other = other.then(|| Nearby::of_public(network));
        let known = other.as_ref().unwrap_or_else(|| self.base.public());
        let mut extension = Extension::of(network.clone());
        for (number, (planned, added)) in (1..).zip(added) {
            let new = self.new_walk(added, -number, known, &extension);
            if let Some(new) = self.tried(planned, new) {
                extension.add(&new);
            }
        }
        if !self.problems.is_empty() {
            return;
        }
        grow(&mut self.survey.city, extension);
    }

    fn close_walks(&mut self) {
        let closed = self.changes(|change| match change {
            Change::CloseWalk(closed) => Some(closed),
            _ => None,
        });
        if closed.is_empty() {
            return;
        }
        let network = self.survey.city.network.clone();
        let known = Nearby::of(&network, network.walk_ids());
        let mut stretches = Vec::new();
        for (planned, closed) in closed {
            let found = self.stretches(closed, &known);
            stretches.extend(self.tried(planned, found).into_iter().flatten());
        }
        for stretch in &mut stretches {
            let end = network.walk(stretch.walk).millimetres;
            let [from, to] = stretch.along;
            stretch.along = [
                if from <= AT_END { 0 } else { from },
                if to + AT_END >= end { end } else { to.min(end) },
            ];
        }
        let city = &mut self.survey.city;
        city.network = Arc::new(network.without(&stretches));
        city.entries = Arc::new(city.entries.on(&city.network));
        // Where a closed walk led in nobody enters any more.
        let assumed = |facility: &Facility| {
            let (entrances, entrances_assumed) = entrances(&facility.shape);
            Facility {
                entrances,
                entrances_assumed,
                ..facility.clone()
            }
        };
        let facilities = city.facilities.iter().map(assumed).collect();
        city.facilities = Arc::new(entered(facilities, &city.entries));
    }

    /// The parts of walks that a change closes.
    fn stretches(&self, closed: &CloseWalk, known: &Nearby) -> Result<Vec<Stretch>, Bad> {
        let (lines, metres) = match (closed.way, &closed.line) {
            (Some(way), None) => (self.lines_of(way), ON_WALK),
            (None, Some(line)) => (vec![self.line(line)?], BESIDE),
            _ => return Err(Bad::OneOf(&["way", "line"])),
        };
        let pairs = lines.iter().flat_map(|line| line.windows(2));
        let along = pairs.flat_map(|pair| known.along([pair[0], pair[1]], metres));
        let stretches: Vec<Stretch> = along.map(|(walk, along)| Stretch { walk, along }).collect();
        if stretches.is_empty() {
            return Err(Bad::NoWalk);
        }
        Ok(stretches)
    }

    /// The lines of an OSM way; none where it was not read.
    fn lines_of(&self, way: i64) -> Vec<Vec<LonLat>> {
        let materials = self.base.materials.as_ref();
        let drawn = materials.and_then(|it| Some((it, it.extract.way(way)?)));
        let lines = drawn.map(|(materials, way)| {
            let places = |run: &[_]| run.iter().map(|&node| materials.extract.at(node)).collect();
            way.runs().map(places).collect()
        });
        lines.unwrap_or_default()
    }

    /// A walk as it is planned, where it joins others.
    fn new_walk(
        &self,
        added: &AddWalk,
        way: i64,
        known: &Nearby,
        extension: &Extension,
    ) -> Result<NewWalk, Bad> {
        let line = self.line(&added.line)?;
        new_walk(
            added,
            way,
            &line,
            known,
            extension,
            &self.survey.city.obstacles,
        )
    }
}

/// A walk along a line as it is planned, where it joins others.
///
/// # Errors
/// Where it joins none.
pub(super) fn new_walk(
    added: &AddWalk,
    way: i64,
    line: &[LonLat],
    known: &Nearby,
    extension: &Extension,
    obstacles: &Obstacles,
) -> Result<NewWalk, Bad> {
    let metres = added.join_m.unwrap_or(JOIN);
    if !(0.0..=FARTHEST_JOIN).contains(&metres) {
        return Err(Bad::Number("join_m"));
    }
    let drawn = Drawn {
        known,
        added: Nearby::of(extension.network(), extension.added()),
        extension,
        metres,
        cross: |from, to| obstacles.cross(from, to),
    };
    let (shape, joins) = drawn.joined(line, added.kind != KindOfWalk::Footbridge);
    if joins.is_empty() {
        return Err(Bad::Apart { metres });
    }
    Ok(NewWalk {
        shape,
        class: class(added),
        signals: added.signals,
        way,
        joins,
    })
}

/// A city with walks added to its network.
pub(super) fn grow(city: &mut City, extension: Extension) {
    let network = extension.network();
    let pieces = extension
        .added()
        .flat_map(|walk| network.shape(walk).windows(2));
    let pieces: Vec<[LonLat; 2]> = pieces.map(|pair| [pair[0], pair[1]]).collect();
    let new = lead_in(&pieces, &city.facilities);
    if !new.is_empty() {
        let facilities = Arc::make_mut(&mut city.facilities);
        for (&facility, entrances) in &new {
            facilities[facility as usize].entrances.extend(entrances);
        }
    }
    city.network = extension.network().clone();
    city.grown = Some(Arc::new(Grown {
        entered: new
            .iter()
            .map(|(facility, new)| (*facility, new.len()))
            .collect(),
        extension,
    }));
}

fn class(added: &AddWalk) -> WalkClass {
    let kind = match added.kind {
        KindOfWalk::Street => WalkKind::Street,
        KindOfWalk::Footway | KindOfWalk::Footbridge | KindOfWalk::Crossing => WalkKind::Footway,
        KindOfWalk::Steps => WalkKind::Steps,
    };
    let ramp = added.ramp && kind == WalkKind::Steps;
    WalkClass {
        wheelchair: if ramp {
            WheelAccess::Ramp
        } else {
            WheelAccess::Unsaid
        },
        stroller_ramp: ramp,
        ..WalkClass::plain(kind)
    }
}

/// Where straight pieces of added walks lead into areas, by facility, but where these are
/// entered already.
pub(super) fn lead_in(
    pieces: &[[LonLat; 2]],
    facilities: &[Facility],
) -> BTreeMap<u32, Vec<LonLat>> {
    let mut entered = BTreeMap::new();
    for (number, facility) in (0..).zip(facilities) {
        let Shape::Area(area) = &facility.shape else {
            continue;
        };
        let (low, high) = area.bounds();
        let near = |piece: &&[LonLat; 2]| {
            let [one, other] = **piece;
            one.lon.min(other.lon) <= high.lon
                && one.lon.max(other.lon) >= low.lon
                && one.lat.min(other.lat) <= high.lat
                && one.lat.max(other.lat) >= low.lat
        };
        let crossed = pieces.iter().filter(near);
        let mut new: Vec<LonLat> = crossed
            .flat_map(|&piece| area.entered_by(piece, INSIDE))
            .filter(|&at| {
                let mut known = facility.entrances.iter();
                !known.any(|&known| distance_metres(known, at) <= SAME_ENTRANCE)
            })
            .collect();
        new.sort_unstable();
        new.dedup();
        if !new.is_empty() {
            entered.insert(number, new);
        }
    }
    entered
}
