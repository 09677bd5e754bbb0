//! Lakeside (湖畔), the sample city: a lake with a ring road, a canal with four
//! bridges, a river, an expressway, walled compounds, an old town, and a few
//! answers that are known by arithmetic. `fixtures/README.md` tells what is where.

mod estates;
mod old_town;
mod places;
mod plan;
mod streets;
mod zones;

use super::layout::{DEFAULT_ORIGIN, placed};
use super::sketch::{Metres, Sketch};
use crate::osm::DrawError;
use plan::{CITY, Rect};

/// The files of a sample city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixtures {
    /// The extract, `.osm.pbf`.
    pub pbf: Vec<u8>,
    /// Residential blocks, GeoJSON.
    pub blocks: String,
    /// Facilities, CSV.
    pub facilities: String,
    /// Subdistricts and communities, GeoJSON.
    pub zones: String,
}

/// 2026-01-01, midnight UTC.
const TIMESTAMP: i64 = 1_767_225_600;

/// A residential block of the table.
#[derive(Clone, Debug)]
struct Block {
    name: String,
    /// A closed ring, or one place.
    shape: Vec<Metres>,
}

/// The city while it is drawn.
#[derive(Clone, Debug, Default)]
struct City {
    sketch: Sketch,
    blocks: Vec<Block>,
    compounds: usize,
}

impl City {
    fn block(&mut self, name: &str, shape: Vec<Metres>) {
        let name = name.to_owned();
        self.blocks.push(Block { name, shape });
    }
}

/// The sample city, always the same.
///
/// # Errors
/// Never for this city: where the format cannot hold a drawing.
pub fn lakeside() -> Result<Fixtures, DrawError> {
    let mut city = City::default();
    streets::draw(&mut city);
    estates::draw(&mut city);
    old_town::draw(&mut city);
    parks(&mut city);
    places::draw(&mut city);
    let (blocks, facilities) = (zones::blocks(&city.blocks), places::table());
    let mut drawing = city.sketch.drawing(DEFAULT_ORIGIN);
    drawing.timestamp = Some(TIMESTAMP);
    let corner = |x, y| placed(DEFAULT_ORIGIN, CITY.at(x, y));
    drawing.bounds = Some((corner(0.0, 0.0), corner(1.0, 1.0)));
    Ok(Fixtures {
        pbf: drawing.to_pbf()?,
        blocks,
        facilities,
        zones: zones::table(),
    })
}

/// The parks that stand alone: the country park on the north bank and the strip
/// along the canal, a park of one theme.
fn parks(city: &mut City) {
    let country = Rect::new(-2400.0, 1580.0, -1000.0, 1960.0);
    estates::park(city, country, "北岸郊野公园", 35.0);
    let paths = [("highway", "path"), ("surface", "fine_gravel")];
    for share in [0.15, 0.3, 0.85] {
        let path = [country.at(share, 0.2), country.at(share - 0.05, 0.9)];
        city.sketch.street(&path, &paths);
    }
    for share in [0.25, 0.85] {
        city.sketch
            .street(&[country.at(0.05, share), country.at(0.95, share)], &paths);
    }
    let strip = Rect::new(184.0, 425.0, 238.0, 825.0);
    let tags = [("leisure", "park"), ("name", "运河文化园")];
    city.sketch.line(
        &strip.ring(),
        super::sketch::Joins::Border(Vec::new()),
        vec![super::sketch::pairs(&tags)],
    );
    let walk = [("highway", "footway"), ("name", "运河步道")];
    city.sketch.street(&[[212.0, 400.0], [212.0, 850.0]], &walk);
    for y in [500.0, 625.0, 750.0] {
        city.sketch.street(&[[170.0, y], [212.0, y]], &walk);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_the_same_each_time() {
        assert_eq!(lakeside().unwrap(), lakeside().unwrap());
    }

    #[test]
    fn compounds_have_names_of_their_own() {
        let names: std::collections::BTreeSet<String> =
            (0..128).map(estates::compound_name).collect();
        assert_eq!(names.len(), 128);
    }
}
