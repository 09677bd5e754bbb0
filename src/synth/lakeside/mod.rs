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
use super::sketch::{Joins, Metres, Sketch, pairs};
use crate::osm::Drawing;
use plan::{CITY, Rect};

/// A sample city: its extract and the tables that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixtures {
    /// The extract.
    pub drawing: Drawing,
    /// Residential blocks, `GeoJSON`.
    pub blocks: String,
    /// Facilities, CSV.
    pub facilities: String,
    /// Subdistricts and communities, `GeoJSON`.
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
pub fn lakeside() -> Fixtures {
    let city = drawn();
    let mut drawing = city.sketch.drawing(DEFAULT_ORIGIN);
    drawing.timestamp = Some(TIMESTAMP);
    let corner = |share| placed(DEFAULT_ORIGIN, CITY.at(share, share));
    drawing.bounds = Some((corner(0.0), corner(1.0)));
    Fixtures {
        drawing,
        blocks: zones::blocks(&city.blocks),
        facilities: places::table(),
        zones: zones::table(),
    }
}

fn drawn() -> City {
    let mut city = City::default();
    streets::draw(&mut city);
    estates::draw(&mut city);
    old_town::draw(&mut city);
    parks(&mut city);
    places::draw(&mut city);
    city
}

/// The parks that stand alone: the country park on the north bank and the strip
/// along the canal, a park of one theme.
fn parks(city: &mut City) {
    let country = Rect::new(-2400.0, 1580.0, -1000.0, 1960.0);
    // Its paths end at the park's border, save in the south, on the road.
    let outer = Rect {
        south: streets::NORTH_ROAD,
        ..country
    };
    estates::park(city, country, outer, "北岸郊野公园");
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
    city.sketch
        .line(&strip.ring(), Joins::Border(Vec::new()), vec![pairs(&tags)]);
    let walk = [("highway", "footway"), ("name", "运河步道")];
    city.sketch.street(&[[212.0, 400.0], [212.0, 850.0]], &walk);
    for y in [500.0, 625.0, 750.0] {
        city.sketch.street(&[[170.0, y], [212.0, y]], &walk);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use geo::{Area as _, Intersects, LineString, Polygon};

    use super::*;
    use crate::osm::{DrawnWay, TagSet};

    #[test]
    fn compounds_have_names_of_their_own() {
        let names: BTreeSet<String> = (0..128).map(estates::compound_name).collect();
        assert_eq!(names.len(), 128);
        assert!(drawn().compounds <= 128);
    }

    fn polygon(ring: &[Metres]) -> Polygon<f64> {
        Polygon::new(LineString::from(ring.to_vec()), Vec::new())
    }

    #[test]
    fn blocks_overlap_neither_each_other_nor_water() {
        let city = drawn();
        let areas: Vec<(&str, Polygon<f64>)> = city
            .blocks
            .iter()
            .filter(|block| block.shape.len() > 1)
            .map(|block| (&*block.name, polygon(&block.shape)))
            .collect();
        assert!((150..=260).contains(&areas.len()), "{}", areas.len());
        let lake = polygon(&plan::lake_ring(0.0));
        let [canal, river] = [plan::canal(), plan::river()].map(LineString::from);
        for (index, (name, area)) in areas.iter().enumerate() {
            assert!(area.unsigned_area() > 1_000.0, "{name}");
            assert!(!area.intersects(&lake), "{name} in the lake");
            assert!(
                !area.intersects(&canal) && !area.intersects(&river),
                "{name}"
            );
            for (other, neighbour) in &areas[..index] {
                assert!(!area.intersects(neighbour), "{name} on {other}");
            }
        }
    }

    fn walkable(way: &DrawnWay) -> bool {
        let kind = way.tags.value("highway");
        kind.is_some_and(|kind| kind != "motorway")
    }

    #[test]
    fn all_streets_hang_together_save_those_of_the_hamlet() {
        let drawing = lakeside().drawing;
        let mut neighbours: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for way in drawing.ways.iter().filter(|way| walkable(way)) {
            for edge in way.nodes.windows(2) {
                neighbours.entry(edge[0]).or_default().insert(edge[1]);
                neighbours.entry(edge[1]).or_default().insert(edge[0]);
            }
        }
        let junctions = neighbours.values().filter(|near| near.len() != 2).count();
        assert!((1_800..2_500).contains(&junctions), "{junctions}");
        let mut parts = Vec::new();
        let mut left: BTreeSet<i64> = neighbours.keys().copied().collect();
        while let Some(first) = left.pop_first() {
            let (mut open, mut size) = (vec![first], 1);
            while let Some(node) = open.pop() {
                for near in &neighbours[&node] {
                    if left.remove(near) {
                        open.push(*near);
                        size += 1;
                    }
                }
            }
            parts.push(size);
        }
        parts.sort_unstable();
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert_eq!(parts[0], 5, "four ends and a crossing");
    }

    #[test]
    fn no_street_crosses_water_or_the_expressway_on_the_ground() {
        let drawing = lakeside().drawing;
        let line = |way: &DrawnWay| -> LineString<f64> {
            let place = |id: &i64| {
                let at = drawing.nodes[*id as usize - 1].at;
                (at.lon_degrees(), at.lat_degrees())
            };
            way.nodes.iter().map(place).collect()
        };
        let barriers: Vec<LineString<f64>> = drawing
            .ways
            .iter()
            .filter(|way| {
                way.tags.value("waterway").is_some()
                    || way.tags.has("natural", "water")
                    || way.tags.has("highway", "motorway")
            })
            .map(line)
            .collect();
        assert_eq!(
            barriers.len(),
            6,
            "lake, canal, river, its banks, two lanes"
        );
        let crosses = |way: &&DrawnWay| {
            let street = line(way);
            barriers.iter().any(|barrier| street.intersects(barrier))
        };
        let crossing: Vec<&DrawnWay> = drawing
            .ways
            .iter()
            .filter(|way| walkable(way))
            .filter(crosses)
            .collect();
        let with = |key| {
            crossing
                .iter()
                .filter(|way| way.tags.has(key, "yes"))
                .count()
        };
        assert_eq!(crossing.len(), 8);
        assert_eq!(with("bridge"), 4 + 2 + 1, "canal, river, footbridge");
        assert_eq!(with("tunnel"), 1, "the underpass");
    }
}
