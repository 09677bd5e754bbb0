//! Walks that are closed and added.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{AddWalk, CloseWalk, KindOfWalk};
use super::work::Work;
use super::{Bad, Change};
use crate::network::{Extension, Foot, Nearby, NewWalk, Obstacles, Position, Stretch};
use crate::places::{Facility, Shape, entrances};
use crate::plane::{LonLat, Plane, distance_metres};
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

/// A point of a line that is this near to a walk lies on it.
///
/// # Units
/// Metres.
const ON_WALK: f64 = 0.05;

/// Who joins a walk this near to its end joins the junction there.
///
/// # Units
/// Millimetres.
const AT_END: u64 = 500;

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

/// A line on the network as it is so far.
struct Drawn<'a, F> {
    /// The public walks of before.
    known: &'a Nearby,
    /// The walks that were added so far.
    added: Nearby,
    extension: &'a Extension,
    /// How far its ends look for a walk.
    metres: f64,
    /// Whether something lies between two places.
    cross: F,
}

impl<F: Fn(LonLat, LonLat) -> bool> Drawn<'_, F> {
    /// The shape of the walk and where it joins others: with its ends, and, where it meets
    /// walks, with what lies between.
    fn joined(&self, line: &[LonLat], meets: bool) -> (Vec<LonLat>, Vec<(usize, Position)>) {
        let mut points: Vec<(LonLat, Option<Position>)> = Vec::new();
        for pair in line.windows(2) {
            points.push((pair[0], meets.then(|| self.on_walk(pair[0])).flatten()));
            if meets {
                points.extend(self.crossed([pair[0], pair[1]]));
            }
        }
        let last = line[line.len() - 1];
        points.push((last, meets.then(|| self.on_walk(last)).flatten()));
        self.end(&mut points);
        points.reverse();
        self.end(&mut points);
        points.reverse();
        let joins = points.iter().enumerate();
        let joins = joins.filter_map(|(point, (_, join))| Some((point, (*join)?)));
        let joins = joins.collect();
        (points.into_iter().map(|(at, _)| at).collect(), joins)
    }

    /// Joins the last point to the nearest walk that it can be joined to. A line that
    /// leads a little beyond a walk that it crosses ends there.
    fn end(&self, points: &mut Vec<(LonLat, Option<Position>)>) {
        let Some(&(end, None)) = points.last() else {
            return;
        };
        let mut beyond = 0.0;
        for number in (1..points.len()).rev() {
            beyond += distance_metres(points[number].0, points[number - 1].0);
            if beyond > self.metres {
                break;
            }
            if number > 1 && points[number - 1].1.is_some() {
                points.truncate(number);
                return;
            }
        }
        let near = self.feet(end, self.metres);
        let mut near = near.into_iter();
        let Some((foot, position)) = near.find(|(foot, _)| !(self.cross)(end, foot.at)) else {
            return;
        };
        let count = points.len();
        if foot.at == end {
            points[count - 1].1 = Some(position);
        } else {
            points.push((foot.at, Some(position)));
        }
    }

    /// The walk on which a place lies.
    fn on_walk(&self, at: LonLat) -> Option<Position> {
        let found = self.feet(at, ON_WALK).into_iter().next();
        found.map(|(_, position)| position)
    }

    /// The nearest points of walks, nearest first, and where they are on the network now.
    fn feet(&self, at: LonLat, metres: f64) -> Vec<(Foot, Position)> {
        let known = self.known.feet(at, metres).into_iter();
        let known = known.map(|foot| (foot, self.now(&foot)));
        let added = self.added.feet(at, metres).into_iter();
        let added = added.map(|foot| (foot, self.snapped(foot.position())));
        let mut feet: Vec<(Foot, Position)> = known.chain(added).collect();
        feet.sort_unstable();
        feet
    }

    /// Where a straight piece of the line crosses walks, between its ends.
    fn crossed(&self, piece: [LonLat; 2]) -> Vec<(LonLat, Option<Position>)> {
        let plane = Plane::at(piece[0]);
        let length = |at: LonLat| {
            let [east, north] = plane.metres(at);
            east.hypot(north)
        };
        let whole = length(piece[1]);
        let known = self.known.crossings(piece).into_iter();
        let known = known.map(|(share, foot)| (share, foot.at, self.now(&foot)));
        let added = self.added.crossings(piece).into_iter();
        let added = added.map(|(share, foot)| (share, foot.at, self.snapped(foot.position())));
        let mut crossed: Vec<(f64, LonLat, Position)> = known.chain(added).collect();
        crossed.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        let inside = crossed.into_iter().filter(|(share, ..)| {
            let metres = share * whole;
            metres > ON_WALK && whole - metres > ON_WALK
        });
        let mut points: Vec<(LonLat, Option<Position>)> = inside
            .map(|(_, at, position)| (at, Some(position)))
            .collect();
        // Walks that meet where they are crossed are joined once.
        points.dedup_by_key(|point| point.0);
        points
    }

    fn now(&self, foot: &Foot) -> Position {
        self.snapped(self.extension.carried(foot.position()))
    }

    /// The same position, or the end of the walk where that is at hand.
    fn snapped(&self, position: Position) -> Position {
        let length = self.extension.network().walk(position.walk).millimetres;
        let along = if position.along <= AT_END.min(length / 2) {
            0
        } else if position.along + AT_END >= length {
            length
        } else {
            position.along
        };
        Position { along, ..position }
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
