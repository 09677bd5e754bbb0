//! Isochrones of what is reached from some blocks, on the lattice, and beside it by what
//! is done elsewhere: the walks are widened and united.

use geo::algorithm::buffer::{Buffer, BufferStyle, LineCap, LineJoin};
use geo::{Coord, LineString, MultiLineString, MultiPolygon};
use living_circle::link::Going;
use living_circle::network::WalkId;
use living_circle::plane::{LonLat, Plane, distance_millimetres};
use living_circle::reach::{Part, Territory};
use living_circle::study::stages::LIMITS;

use super::cities::City;

/// How many places are drawn.
const PLACES: usize = 20;

/// What is within 15 minutes of some of the samples of a city, place by place.
pub fn reached(city: &City) -> Vec<Vec<Part>> {
    let finished = &city.finished;
    let territory = Territory::of(&finished.graph);
    let mut surveyor = territory.surveyor();
    let samples = finished.study.samples.all().len();
    let some = (0..samples).step_by((samples / PLACES).max(1));
    some.map(|sample| {
        let stops = finished.samples.at(sample);
        territory.parts(stops, Going::Out, &LIMITS[2..], &mut surveyor)
    })
    .collect()
}

/// What lies within 40 m of a part of a walk, water or not: arcs in steps of 18 degrees.
pub fn united(city: &City, parts: &[Part]) -> MultiPolygon {
    let Some(first) = parts.first() else {
        return MultiPolygon::new(Vec::new());
    };
    let plane = Plane::at(city.finished.study.network.shape(first.walk)[0]);
    let lines = parts.iter().map(|part| line(city, &plane, part));
    let step = 18_f64.to_radians();
    let style = BufferStyle::new(40.0)
        .line_cap(LineCap::Round(step))
        .line_join(LineJoin::Round(step));
    MultiLineString::new(lines.collect()).buffer_with_style(style)
}

/// A part of a walk in a plane.
fn line(city: &City, plane: &Plane, part: &Part) -> LineString {
    let shape = city.finished.study.network.shape(part.walk);
    let mut along = 0;
    let mut spots: Vec<Coord> = vec![spot(plane, place(city, part.walk, part.from))];
    for pair in shape.windows(2) {
        if part.from < along && along < part.to {
            spots.push(spot(plane, pair[0]));
        }
        along += distance_millimetres(pair[0], pair[1]);
    }
    spots.push(spot(plane, place(city, part.walk, part.to)));
    LineString::new(spots)
}

fn spot(plane: &Plane, at: LonLat) -> Coord {
    plane.metres(at).into()
}

/// The place at a position of a walk.
fn place(city: &City, walk: WalkId, position: u64) -> LonLat {
    let shape = city.finished.study.network.shape(walk);
    let mut along = 0;
    for pair in shape.windows(2) {
        let length = distance_millimetres(pair[0], pair[1]);
        if length > 0 && position <= along + length {
            let share = position.saturating_sub(along) as f64 / length as f64;
            let part = |a: i32, b: i32| a + (f64::from(b - a) * share).round() as i32;
            return LonLat {
                lon: part(pair[0].lon, pair[1].lon),
                lat: part(pair[0].lat, pair[1].lat),
            };
        }
        along += length;
    }
    shape[shape.len() - 1]
}
