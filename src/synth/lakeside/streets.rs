//! Water, main streets, the railway and the expressway.

use super::City;
use super::plan::{
    BRIDGES, COLUMNS, LAKE_CENTRE, OLD_TOWN, RING_ROAD, RIVER_HALF, ROWS, canal, lake_ring,
    ring_reach, river,
};
use crate::synth::sketch::{Joins, Metres, pairs};

type Tags<'a> = &'a [(&'a str, &'a str)];

const BRIDGE: Joins = Joins::Street { level: 1 };
const TUNNEL: Joins = Joins::Street { level: -1 };
/// The old town's market street goes on as this row.
const MARKET_ROW: usize = 3;
/// Streets whose sidewalks are mapped on both sides.
const SIDEWALK_COLUMNS: [f64; 2] = [COLUMNS[4].0, COLUMNS[10].0];
const RAIL: f64 = -1600.0;
const EXPRESSWAY: f64 = 1600.0;
/// Bridges over the canal begin and end here.
const BANKS: [f64; 2] = [220.0, 290.0];
/// Where two streets cross the river.
const RIVER_BRIDGES: [f64; 2] = [-650.0, 780.0];
pub(super) const NORTH_ROAD: f64 = 1545.0;

/// Main streets by place: west–east ones by their latitude, then the others.
fn row_tags(row: f64) -> Vec<(&'static str, &'static str)> {
    let (kind, name, english) = match row as i32 {
        1300 => ("tertiary", "滨河路", "Riverside Road"),
        850 => ("secondary", "柳林路", "Willow Road"),
        400 => ("primary", "湖心大道", "Lake Avenue"),
        -50 => ("secondary", "望湖路", "Lakeview Road"),
        -500 => ("primary", "建设路", "Construction Road"),
        -950 => ("secondary", "南关路", "South Gate Road"),
        _ => ("tertiary", "铁路北街", "North Railway Street"),
    };
    vec![("highway", kind), ("name", name), ("name:en", english)]
}

fn column_tags(column: f64) -> Vec<(&'static str, &'static str)> {
    let (kind, name) = match column as i32 {
        -2450 => ("tertiary", "西环路"),
        -2000 => ("secondary", "湖西路"),
        -1550 => ("tertiary", "书院路"),
        -1100 => ("tertiary", "文化路"),
        -650 => ("primary", "湖东路"),
        -200 => ("tertiary", "柳园路"),
        170 => ("tertiary", "运河西街"),
        340 => ("secondary", "运河东街"),
        705 => ("tertiary", "鼓楼南北街"),
        1067 => ("tertiary", "府学街"),
        1430 => ("secondary", "东环路"),
        1770 => ("secondary", "东湾路"),
        2200 => ("primary", "新城大道"),
        _ => ("tertiary", "东外环路"),
    };
    let mut tags = vec![("highway", kind), ("name", name)];
    if SIDEWALK_COLUMNS.contains(&column) {
        tags.push(("sidewalk", "separate"));
    }
    tags
}

pub(super) fn draw(city: &mut City) {
    water(city);
    rows(city);
    columns(city);
    sidewalks(city);
    railway(city);
    expressway(city);
    south(city);
}

fn water(city: &mut City) {
    let sketch = &mut city.sketch;
    let lake: Tags = &[("natural", "water"), ("water", "lake"), ("name", "明湖")];
    sketch.line(&lake_ring(0.0), Joins::Alone, vec![pairs(lake)]);
    let canal_tags: Tags = &[
        ("waterway", "canal"),
        ("name", "古运河"),
        ("name:en", "Old Canal"),
    ];
    sketch.line(&canal(), Joins::Alone, vec![pairs(canal_tags)]);
    let river_tags: Tags = &[("waterway", "river"), ("name", "徒河")];
    sketch.line(&river(), Joins::Alone, vec![pairs(river_tags)]);
    let shift = |by: f64| river().into_iter().map(move |[x, y]| [x, y + by]);
    let mut banks: Vec<Metres> = shift(-RIVER_HALF).collect();
    banks.extend(shift(RIVER_HALF).rev());
    banks.extend(banks.first().copied());
    let area: Tags = &[("natural", "water"), ("water", "river"), ("name", "徒河")];
    sketch.line(&banks, Joins::Alone, vec![pairs(area)]);
    let ring_road: Tags = &[
        ("highway", "tertiary"),
        ("name", "环湖路"),
        ("name:en", "Lake Ring Road"),
    ];
    sketch.street(&lake_ring(RING_ROAD), ring_road);
    let shore: Tags = &[("highway", "footway"), ("name", "湖滨步道")];
    sketch.street(&lake_ring(12.0), shore);
    for corner in [3, 11, 19, 27, 35, 43, 51, 57] {
        sketch.street(
            &[lake_ring(12.0)[corner], lake_ring(RING_ROAD)[corner]],
            shore,
        );
    }
}

fn rows(city: &mut City) {
    let sketch = &mut city.sketch;
    let (west, canal_west, canal_east) = (COLUMNS[0].0, COLUMNS[5].1, COLUMNS[6].0);
    let (ring_west, expressway_east, east) = (COLUMNS[8].1, COLUMNS[9].0, COLUMNS[10].1);
    for (index, row) in ROWS.into_iter().enumerate() {
        let tags = row_tags(row);
        let mut across = |from: f64, to: f64| sketch.street(&[[from, row], [to, row]], &tags);
        let on_lake = (row - LAKE_CENTRE[1]).abs() < 100.0;
        let start = if on_lake {
            let reach = ring_reach(1, row - LAKE_CENTRE[1]);
            across(west, LAKE_CENTRE[0] - reach);
            LAKE_CENTRE[0] + reach
        } else {
            west
        };
        across(expressway_east, east);
        // In the old town the market street takes the place of this one.
        let end = if index == MARKET_ROW {
            canal_east
        } else {
            ring_west
        };
        if BRIDGES.contains(&row) {
            across(start, BANKS[0]);
            across(BANKS[1], end);
            let mut bridge = tags.clone();
            bridge.extend([("bridge", "yes"), ("layer", "1")]);
            sketch.line(&BANKS.map(|x| [x, row]), BRIDGE, vec![pairs(&bridge)]);
        } else {
            across(start, canal_west);
            across(canal_east, end);
        }
    }
}

fn columns(city: &mut City) {
    let (south, north) = (ROWS[6], ROWS[0]);
    for (column, _) in COLUMNS.into_iter().chain([
        (COLUMNS[5].1, 0.0),
        (COLUMNS[8].1, 0.0),
        (COLUMNS[10].1, 0.0),
    ]) {
        let tags = column_tags(column);
        let mut along =
            |from: f64, to: f64| city.sketch.street(&[[column, from], [column, to]], &tags);
        if [COLUMNS[7].0, COLUMNS[8].0].contains(&column) {
            along(south, OLD_TOWN.south);
            along(OLD_TOWN.north, north);
        } else if (column - LAKE_CENTRE[0]).abs() < 300.0 {
            let reach = ring_reach(0, column - LAKE_CENTRE[0]);
            along(south, LAKE_CENTRE[1] - reach);
            along(LAKE_CENTRE[1] + reach, north);
        } else {
            along(south, north);
        }
    }
    for column in RIVER_BRIDGES {
        let (near, far) = (north + 80.0, NORTH_ROAD - 35.0);
        let tags: Tags = &[("highway", "secondary"), ("name", "北桥路")];
        let bridge: Tags = &[
            ("highway", "secondary"),
            ("name", "北桥路"),
            ("bridge", "yes"),
            ("layer", "1"),
        ];
        city.sketch.street(&[[column, north], [column, near]], tags);
        city.sketch.line(
            &[[column, near], [column, far]],
            BRIDGE,
            vec![pairs(bridge)],
        );
        city.sketch
            .street(&[[column, far], [column, NORTH_ROAD]], tags);
    }
    let tags: Tags = &[
        ("highway", "tertiary"),
        ("name", "北岸路"),
        ("name:en", "North Bank Road"),
    ];
    city.sketch
        .street(&[[-2500.0, NORTH_ROAD], [1050.0, NORTH_ROAD]], tags);
}

/// Sidewalks are mapped along some wide streets only, as in most cities.
fn sidewalks(city: &mut City) {
    let tags: Tags = &[("highway", "footway"), ("footway", "sidewalk")];
    let (south, north) = (ROWS[6], ROWS[0]);
    for offset in [-14.0, 14.0] {
        for column in SIDEWALK_COLUMNS {
            let x = column + offset;
            city.sketch.street(&[[x, south], [x, north]], tags);
        }
    }
    let row = ROWS[4] + 14.0;
    city.sketch
        .street(&[[COLUMNS[0].0, row], [COLUMNS[5].1, row]], tags);
}

fn railway(city: &mut City) {
    let crossing = pairs(&[("railway", "level_crossing")]);
    let rail: Tags = &[("railway", "rail"), ("name", "湖畔铁路")];
    let track = [[-2750.0, RAIL], [2750.0, RAIL]];
    city.sketch
        .line(&track, Joins::Border(crossing), vec![pairs(rail)]);
    let station: Tags = &[
        ("railway", "station"),
        ("name", "湖畔站"),
        ("name:en", "Lakeside"),
    ];
    city.sketch.point([-420.0, -1585.0], station);
    let approach: Tags = &[("highway", "service"), ("name", "站前路")];
    city.sketch
        .street(&[[-420.0, ROWS[6]], [-420.0, -1560.0]], approach);
}

fn expressway(city: &mut City) {
    let sketch = &mut city.sketch;
    let motorway: Tags = &[
        ("highway", "motorway"),
        ("oneway", "yes"),
        ("ref", "G99"),
        ("name", "湖东高速"),
    ];
    for (x, from, to) in [(-9.0, 2050.0, -2050.0), (9.0, -2050.0, 2050.0)] {
        let lane = [[EXPRESSWAY + x, from], [EXPRESSWAY + x, to]];
        sketch.line(&lane, Joins::Alone, vec![pairs(motorway)]);
    }
    // The footbridge: a path, steps, the bridge, steps, a path.
    let row = ROWS[MARKET_ROW];
    let east = |from: f64, to: f64| [[EXPRESSWAY + from, row], [EXPRESSWAY + to, row]];
    let footway: Tags = &[("highway", "footway")];
    let steps: Tags = &[("highway", "steps"), ("step_count", "32")];
    let bridge: Tags = &[
        ("highway", "footway"),
        ("bridge", "yes"),
        ("layer", "1"),
        ("name", "东湾天桥"),
    ];
    sketch.street(&east(-170.0, -44.0), footway);
    sketch.street(&east(-44.0, -30.0), steps);
    sketch.line(&east(-30.0, 30.0), BRIDGE, vec![pairs(bridge)]);
    sketch.street(&east(30.0, 44.0), steps);
    sketch.street(&east(44.0, 170.0), footway);
    // The underpass.
    let row = ROWS[5];
    let ends = |from: f64, to: f64| [[EXPRESSWAY + from, row], [EXPRESSWAY + to, row]];
    let street = row_tags(row);
    sketch.street(&ends(-170.0, -40.0), &street);
    sketch.street(&ends(40.0, 170.0), &street);
    let mut tunnel = street;
    tunnel.extend([("tunnel", "yes"), ("layer", "-1")]);
    sketch.line(&ends(-40.0, 40.0), TUNNEL, vec![pairs(&tunnel)]);
}

/// South of the railway: works, a hamlet that no street reaches, and the
/// measured mile of `fixtures/README.md`.
fn south(city: &mut City) {
    let sketch = &mut city.sketch;
    let street: Tags = &[("highway", "unclassified"), ("name", "铁南路")];
    let tunnel: Tags = &[
        ("highway", "unclassified"),
        ("name", "铁南路"),
        ("tunnel", "yes"),
        ("layer", "-1"),
    ];
    let x = COLUMNS[7].0;
    sketch.street(&[[x, ROWS[6]], [x, RAIL + 20.0]], street);
    sketch.line(
        &[[x, RAIL + 20.0], [x, RAIL - 20.0]],
        TUNNEL,
        vec![pairs(tunnel)],
    );
    sketch.street(&[[x, RAIL - 20.0], [x, -1900.0]], street);
    let works: Tags = &[("highway", "service"), ("name", "工业街")];
    sketch.street(&[[400.0, -1750.0], [1430.0, -1750.0]], works);
    sketch.street(&[[1067.0, -1750.0], [1067.0, -1930.0]], works);
    // The measured mile, with a node every 100 m.
    let measured: Vec<Metres> = (0..=12)
        .map(|step| [-2400.0 + 100.0 * f64::from(step), -1900.0])
        .collect();
    let tags: Tags = &[
        ("highway", "unclassified"),
        ("name", "量尺路"),
        ("name:en", "Measure Road"),
    ];
    sketch.street(&measured, tags);
    let crossing: Tags = &[("highway", "track"), ("name", "道口路")];
    sketch.street(&[[-1200.0, -1900.0], [-1200.0, ROWS[6]]], crossing);
    let hamlet: Tags = &[("highway", "residential"), ("name", "外庄路")];
    sketch.street(&[[2280.0, -1850.0], [2520.0, -1850.0]], hamlet);
    sketch.street(&[[2400.0, -1940.0], [2400.0, -1760.0]], hamlet);
}
