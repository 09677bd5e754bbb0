//! Random towns: a grid of streets, a river across it with a few bridges, another
//! that is a line only, lakes, and whoever starts somewhere.

use living_circle::isochrone::{Canvas, Isochrones};
use living_circle::link::{Going, Linker};
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork, Water};
use living_circle::osm::{Extract, Header, NodeIndex, Tags, Way};
use living_circle::plane::{LonLat, Plane, PolygonRings, distance_metres};
use living_circle::profile::{AccessRules, Walkers};
use living_circle::reach::{Part, Stops, Territory};
use living_circle::units::CostKind;
use rayon::prelude::*;

use super::exact::{check_nested, check_valid, holds, holds_line, pieces};
use super::random::Random;

type Metres = [f64; 2];
type Line = [LonLat; 2];

/// Draws ways of places in metres; equal places are one node.
pub struct Draft {
    plane: Plane,
    known: Vec<LonLat>,
    ways: Vec<Way>,
}

impl Draft {
    fn new(lat: f64) -> Self {
        Self {
            plane: Plane::at(LonLat::from_degrees(115.98, lat).unwrap()),
            known: Vec::new(),
            ways: Vec::new(),
        }
    }

    fn way(&mut self, line: &[Metres], tags: &[(&str, &str)]) {
        let nodes = line.iter().map(|&at| {
            let at = self.plane.place(at);
            let found = self.known.iter().position(|&known| known == at);
            let number = found.unwrap_or(self.known.len());
            if found.is_none() {
                self.known.push(at);
            }
            NodeIndex(number as u32)
        });
        let nodes: Box<[NodeIndex]> = nodes.collect();
        self.ways.push(Way {
            id: 1 + self.ways.len() as i64,
            tags: Tags::new(tags.iter().copied()),
            nodes,
        });
    }

    fn extract(self) -> Extract {
        Extract {
            header: Header::default(),
            node_ids: (1..).take(self.known.len()).collect(),
            node_at: self.known,
            ways: self.ways,
            ..Extract::default()
        }
    }
}

/// The river: north of its southern bank and south of its northern one.
pub struct River {
    south: f64,
    wide: f64,
    wave: f64,
    columns: u64,
    spacing: f64,
}

impl River {
    fn bank(&self, east: f64, north: bool) -> f64 {
        let wave = (east / self.spacing * 1.7).sin() * self.wave;
        self.south + wave + if north { self.wide } else { 0.0 }
    }

    fn ring(&self) -> Vec<Metres> {
        let from = -self.spacing;
        let steps = (self.columns as usize + 2) * 3;
        let east = |step: usize| from + step as f64 * self.spacing / 3.0;
        let mut ring: Vec<Metres> = (0..=steps)
            .map(|s| [east(s), self.bank(east(s), false)])
            .collect();
        ring.extend(
            (0..=steps)
                .rev()
                .map(|s| [east(s), self.bank(east(s), true)]),
        );
        ring.push(ring[0]);
        ring
    }
}

/// A town, and its river.
fn town(random: &mut Random) -> (Extract, River, Plane) {
    let mut draft = Draft::new([0.0, 28.1, 39.9, -59.0][random.within(0..4) as usize]);
    let (columns, rows) = (random.within(4..9), random.within(4..9));
    let spacing = random.within(30..120) as f64;
    let tall = spacing * rows as f64;
    let river = River {
        south: tall * 0.4 + random.within(0..100) as f64 / 7.0,
        wide: random.within(3..60) as f64,
        wave: random.within(0..15) as f64,
        columns,
        spacing,
    };
    let mut jitter = |at: f64| at + random.within(0..1000) as f64 / 150.0;
    let grid: Vec<Vec<Metres>> = (0..rows)
        .map(|row| {
            (0..columns)
                .map(|c| [jitter(c as f64 * spacing), jitter(row as f64 * spacing)])
                .collect()
        })
        .collect();
    let wet = |at: Metres| {
        at[1] > river.bank(at[0], false) - 0.3 && at[1] < river.bank(at[0], true) + 0.3
    };
    let crosses = |a: Metres, b: Metres| {
        let side = |at: Metres| at[1] > river.bank(at[0], false) + river.wide / 2.0;
        let along = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
        side(a) != side(b) || (0..=50).any(|step| wet(along(f64::from(step) / 50.0)))
    };
    let street = |draft: &mut Draft, random: &mut Random, a: Metres, b: Metres| {
        if crosses(a, b) {
            // A bridge now and then, a pier seldom.
            if random.once_in(4) && !wet(a) {
                draft.way(&[a, b], &[("highway", "footway"), ("bridge", "yes")]);
            }
        } else if !random.once_in(6) {
            draft.way(&[a, b], &[("highway", "residential")]);
        }
    };
    for row in 0..rows as usize {
        for column in 0..columns as usize {
            if column + 1 < columns as usize {
                street(&mut draft, random, grid[row][column], grid[row][column + 1]);
            }
            if row + 1 < rows as usize {
                street(&mut draft, random, grid[row][column], grid[row + 1][column]);
            }
        }
    }
    draft.way(&river.ring(), &[("natural", "water")]);
    for _ in 0..random.within(0..4) {
        let [x, y] = [
            random.within(0..columns) as f64,
            random.within(0..rows) as f64,
        ];
        let [x, y] = [(x + 0.25) * spacing, (y + 0.3) * spacing];
        let size = random.within(2..1 + spacing as u64 / 3) as f64;
        let lake = [
            [x, y],
            [x + size, y + 1.0],
            [x + size * 0.7, y + size],
            [x, y],
        ];
        draft.way(&lake, &[("natural", "water")]);
    }
    let plane = draft.plane;
    (draft.extract(), river, plane)
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    isochrones: u64,
    walks: u64,
    wet: u64,
    inside: u64,
    bridges: u64,
}

/// The straight pieces of the parts up to a limit.
fn reached(network: &WalkNetwork, canvas: &Canvas, parts: &[Part], limit: u32) -> Vec<[LonLat; 2]> {
    let mut lines = Vec::new();
    for part in parts.iter().filter(|part| part.limit <= limit) {
        let (mut line, mut along) = (vec![canvas.place(part.walk, part.from)], 0);
        for pair in network.shape(part.walk).windows(2) {
            along += living_circle::plane::distance_millimetres(pair[0], pair[1]);
            if part.from < along && along < part.to {
                line.push(pair[1]);
            }
        }
        line.push(canvas.place(part.walk, part.to));
        lines.extend(line.windows(2).map(|pair| [pair[0], pair[1]]));
    }
    lines
}

fn distance(at: LonLat, lines: &[[LonLat; 2]]) -> f64 {
    let plane = Plane::at(at);
    let of = |&line: &[LonLat; 2]| {
        let (_, [x, y]) = plane.nearest_on(line);
        x.hypot(y)
    };
    lines.iter().map(of).fold(f64::INFINITY, f64::min)
}

fn check_town(seed: u64) -> Tally {
    let random = &mut Random(seed);
    let (extract, river, plane) = town(random);
    let rules = AccessRules::builtin();
    let obstacles = Obstacles::of(&extract, &rules);
    let (network, ..) = WalkNetwork::build(&extract, &rules, &obstacles);
    if network.walks().is_empty() {
        return Tally::default();
    }
    let (water, _) = Water::of(&extract);
    let table = Walkers::builtin();
    let walker = table.find("adult").unwrap();
    let kind = CostKind::Length;
    let graph = WalkGraph::new(&network, walker, kind);
    let canvas = Canvas::of(&network, &water);
    let linker = Linker::new(&network, &graph, &obstacles, 200.0);
    let width = river.spacing * river.columns as f64;
    let places: Vec<LonLat> = (0..3)
        .map(|_| {
            plane.place([
                random.within(0..width as u64) as f64,
                random.within(0..width as u64) as f64,
            ])
        })
        .filter(|&at| !water.areas().iter().any(|area| area.holds(at)))
        .collect();
    let entrances: Vec<&[LonLat]> = places.iter().map(std::slice::from_ref).collect();
    let going = if random.once_in(2) {
        Going::Out
    } else {
        Going::In
    };
    let links = linker.link_all(&entrances, going);
    let isochrones = Isochrones::of(&canvas, &graph, walker, &entrances, &links, going);
    let territory = Territory::of(&graph);
    let stops = Stops::of(&links, &graph, walker, going);
    let mut worker = isochrones.worker();
    let mut surveyor = territory.surveyor();
    let shapes = network
        .walk_ids()
        .flat_map(|walk| network.shape(walk).windows(2));
    let all: Vec<Line> = shapes.map(|pair| [pair[0], pair[1]]).collect();
    let limits = [800, 2_000, 5_000];
    let mut tally = Tally::default();
    for (place, &at) in places.iter().enumerate() {
        let drawn = isochrones.around(&[place as u32], &limits, &mut worker);
        let name = format!("seed {seed}, place {place}");
        if links.unlinked(place).is_some() {
            assert!(drawn.iter().all(Vec::is_empty), "{name}");
            continue;
        }
        let parts = territory.parts(stops.at(place), going, &limits, &mut surveyor);
        for (limit, polygons) in (0..).zip(&drawn) {
            let lines = reached(&network, &canvas, &parts, limit);
            let name = format!("{name}, limit {limit}");
            check_valid(polygons, &name);
            if limit > 0 {
                check_nested(&drawn[limit as usize - 1], polygons, &name);
            }
            let border = pieces(polygons);
            assert!(holds(&border, at), "{name}: the place lies outside");
            for &line in &lines {
                assert!(holds_line(&border, line), "{name}: {line:?} lies outside");
                tally.walks += 1;
            }
            check_points(
                random,
                (&river, &plane, &water),
                (&border, &lines, &all, at),
                &name,
                &mut tally,
            );
            tally.isochrones += 1;
        }
    }
    tally
}

/// Points here and there: none in water but on a walk, none across the river where
/// nothing is reached, all that are near and have no water near by.
fn check_points(
    random: &mut Random,
    (river, plane, water): (&River, &Plane, &Water),
    (border, lines, all, from): (&[Line], &[Line], &[Line], LonLat),
    name: &str,
    tally: &mut Tally,
) {
    let width = river.spacing * river.columns as f64;
    // Whoever stands on a bank is not in the water.
    let is_wet = |at: LonLat| {
        let areas = &mut water.areas().iter();
        areas.any(|area| area.holds(at) && area.outline_metres(at) > 0.05)
    };
    for _ in 0..200 {
        let [x, y] = [0, 1].map(|_| random.within(0..width as u64 * 10) as f64 / 10.0 - 20.0);
        let at = plane.place([x, y]);
        let near = distance(at, lines);
        if holds(border, at) {
            tally.inside += 1;
            // A leg from the place may be nearer.
            let beyond = near.min(distance_metres(from, at));
            assert!(
                beyond < 56.0 || distance_metres(from, at) < 260.0,
                "{name}: {at} is far off"
            );
            if is_wet(at) {
                tally.wet += 1;
                let beside = distance(at, all);
                assert!(
                    beside < 1.8,
                    "{name}: {at} lies in water, {beside} m beside a walk"
                );
                // A strip ends with its cell.
                assert!(near < 20.0, "{name}: {at} lies in water, {near} m off");
            }
            if !is_wet(at) {
                let bank = |at: LonLat| {
                    let [x, y] = plane.metres(at);
                    y > river.bank(x, false) + river.wide / 2.0
                };
                let same: Vec<[LonLat; 2]> = lines
                    .iter()
                    .filter(|line| line.iter().any(|&end| bank(end) == bank(at)))
                    .copied()
                    .collect();
                let leg = bank(from) == bank(at) && distance_metres(from, at) < 260.0;
                assert!(
                    leg || distance(at, &same) < 56.0,
                    "{name}: {at} lies across the river"
                );
                tally.bridges += u64::from(bank(from) != bank(at));
            }
        } else if near < 25.0 && !is_wet(at) {
            let shore = water.areas().iter().map(|area| area.outline_metres(at));
            let shore = shore.fold(f64::INFINITY, f64::min);
            assert!(
                shore < 41.0,
                "{name}: {at} lies outside, {near} m off a reached walk"
            );
        }
    }
}

#[test]
fn isochrones_of_random_towns_keep_what_they_promise() {
    let tally = (0..300_u64)
        .into_par_iter()
        .map(check_town)
        .reduce(Tally::default, |a, b| Tally {
            isochrones: a.isochrones + b.isochrones,
            walks: a.walks + b.walks,
            wet: a.wet + b.wet,
            inside: a.inside + b.inside,
            bridges: a.bridges + b.bridges,
        });
    eprintln!("{tally:?}");
    assert!(
        tally.isochrones > 1_000 && tally.walks > 20_000,
        "{tally:?}"
    );
    assert!(
        tally.inside > 20_000 && tally.wet > 10 && tally.bridges > 500,
        "{tally:?}"
    );
}

/// Used by the tests of real cities too.
pub fn check_polygons(drawn: &[Vec<PolygonRings>], name: &str) {
    for (limit, polygons) in drawn.iter().enumerate() {
        check_valid(polygons, &format!("{name}, limit {limit}"));
        if limit > 0 {
            check_nested(
                &drawn[limit - 1],
                polygons,
                &format!("{name}, limit {limit}"),
            );
        }
    }
}
