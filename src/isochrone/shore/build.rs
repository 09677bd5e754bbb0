//! The shore of a city: which cells are cut, and their faces.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rstar::{AABB, RTree};

use super::cut::{Cut, Strip, cut};
use super::{CutCell, Line, Passage, Shore, ShoreTile};
use crate::isochrone::lattice::{Cell, Lattice, TILE, TileAt, in_tile, tile_of};
use crate::isochrone::shapes::Shapes;
use crate::isochrone::stroke::{NEAR, Stroke};
use crate::network::{WalkId, WalkNetwork, Water};
use crate::plane::{Area, LonLat};

/// Tiles by row, each row ascending.
type TileRows = BTreeMap<i32, BTreeSet<i32>>;

/// The tiles of a shore while more are found.
type Found = BTreeMap<TileAt, ShoreTile>;

/// Whether a corner lies in water.
fn is_corner_wet(tiles: &Found, corner: Cell) -> bool {
    let [column, row] = in_tile(corner);
    tiles
        .get(&tile_of(corner))
        .is_some_and(|tile| tile.wet[row] >> column & 1 == 1)
}

impl Shore {
    /// The shore near the walks of a network.
    pub fn of(network: &WalkNetwork, shapes: &Shapes, water: &Water, lattice: &Lattice) -> Self {
        if water.is_empty() {
            return Self {
                near: vec![false; network.walks().len()],
                ..Self::default()
            };
        }
        let walked = walked_tiles(network, shapes, lattice);
        let is_walked = |tile: TileAt| {
            walked
                .get(&tile[1])
                .is_some_and(|row| row.contains(&tile[0]))
        };
        let (surfaces, lines) = lines_of(water);
        let all = surfaces.par_iter().chain(&lines);
        let touching = all.flat_map_iter(|line| {
            let mut cells = Vec::new();
            lattice.each_touched(line.ends, |cell| {
                if is_walked(tile_of(cell)) {
                    cells.push((cell, line.ends));
                }
            });
            cells
        });
        let mut touched = by_cell(touching.collect());
        let mut shore = Self::default();
        let mut tiles = wet_tiles(&surfaces, &walked, lattice);
        shore.lines = RTree::bulk_load(blocking(&surfaces, lines, water));
        let strips = strips(&tiles, network, shapes, lattice, &mut touched);
        let surfaces = RTree::bulk_load(surfaces);
        let none = Vec::new();
        let cut_at = |(&cell, lines): (&Cell, &Vec<[LonLat; 2]>)| {
            let own = strips.get(&cell).unwrap_or(&none);
            cut(cell, lattice, lines, own, |at| is_wet(&surfaces, at))
        };
        let mut order: Vec<(&Cell, &Vec<[LonLat; 2]>)> = touched.iter().collect();
        order.sort_by_key(|(cell, _)| (tile_of(**cell), cell[1], cell[0]));
        let cuts: Vec<Cut> = order.par_iter().copied().map(cut_at).collect();
        for ((&cell, _), cut) in order.into_iter().zip(cuts) {
            shore.add_cell(cell, &cut, lattice, &mut tiles);
        }
        shore.tiles = ranked(tiles).into();
        shore.finish(network, shapes, lattice);
        shore
    }

    fn add_cell(&mut self, at: Cell, cut: &Cut, lattice: &Lattice, tiles: &mut Found) {
        let [column, row] = in_tile(at);
        let number = self.cells.len() as u32;
        let tile = tiles.entry(tile_of(at)).or_default();
        if tile.cells.is_empty() {
            tile.cells = number..number;
        }
        tile.cells.end = number + 1;
        tile.cut[row] |= 1 << column;
        let first = self.faces.len() as u32;
        let starts = (self.inner.len() as u32, self.border.len() as u32);
        let inner = cut.inner.iter();
        self.inner
            .extend(inner.map(|&(ends, sides)| (ends, sides.map(|face| face + first))));
        let border = cut.border.iter();
        self.border
            .extend(border.map(|&(range, side, face)| (range, side, face + first)));
        self.faces.extend(&cut.faces);
        self.passages.extend(cut.strips.iter().map(|(face, strip)| {
            let [from, to] = strip.along_in(at, lattice);
            Passage {
                walk: strip.walk,
                from,
                to,
                face: face + first,
            }
        }));
        self.cells.push(CutCell {
            at,
            inner: starts.0..self.inner.len() as u32,
            border: starts.1..self.border.len() as u32,
            faces: first..self.faces.len() as u32,
        });
    }

    fn finish(&mut self, network: &WalkNetwork, shapes: &Shapes, lattice: &Lattice) {
        self.passages.sort_unstable();
        let is_near = |walk: WalkId| {
            let passes = self
                .passages
                .binary_search_by_key(&walk, |passage| passage.walk);
            passes.is_ok()
                || shapes.pieces(network, walk).any(|(ends, _)| {
                    let [low, high] = Stroke::new(ends, lattice).bounds(NEAR);
                    let around = AABB::from_corners(corner(low), corner(high));
                    self.lines
                        .locate_in_envelope_intersecting(&around)
                        .next()
                        .is_some()
                })
        };
        let walks: Vec<WalkId> = network.walk_ids().collect();
        self.near = walks.into_par_iter().map(is_near).collect();
    }
}

/// The corners that lie in water, in tiles near walks.
fn wet_tiles(surfaces: &[Line], walked: &TileRows, lattice: &Lattice) -> Found {
    let mut tiles = Found::new();
    // For every row of corners and area where its outline passes.
    let mut passes: Vec<(i32, u32, i64)> = Vec::new();
    for line in surfaces {
        let [a, b] = line.ends;
        let [south, north] = if a.lat <= b.lat { [a, b] } else { [b, a] };
        // At or above the southern end and below the northern.
        let first = south.lat.div_euclid(lattice.step[1])
            + i32::from(south.lat.rem_euclid(lattice.step[1]) != 0);
        let mut row = first;
        while row.saturating_mul(lattice.step[1]) < north.lat {
            if walked.contains_key(&row.div_euclid(TILE)) {
                let up = i128::from(row * lattice.step[1] - south.lat);
                let across = i128::from(north.lon) - i128::from(south.lon);
                let height = i128::from(north.lat) - i128::from(south.lat);
                let lon = i64::from(south.lon) + (up * across).div_euclid(height) as i64;
                passes.push((row, line.area.unwrap_or_default(), lon));
            }
            row += 1;
        }
    }
    passes.sort_unstable();
    for of_area in passes.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        for pair in of_area.chunks_exact(2) {
            let row = pair[0].0;
            // The corners after the one passage up to the other.
            let column = |lon: i64| lon.div_euclid(i64::from(lattice.step[0])) as i32;
            let (from, to) = (column(pair[0].2) + 1, column(pair[1].2));
            add_wet_run(row, [from, to], walked, &mut tiles);
        }
    }
    tiles
}

fn add_wet_run(row: i32, [from, to]: [i32; 2], walked: &TileRows, found: &mut Found) {
    if from > to {
        return;
    }
    let tile_row = row.div_euclid(TILE);
    let tiles = walked.get(&tile_row).into_iter();
    for &tile in tiles.flat_map(|row| row.range(from.div_euclid(TILE)..=to.div_euclid(TILE))) {
        let own = found.entry([tile, tile_row]).or_default();
        let low = from.max(tile * TILE) - tile * TILE;
        let high = to.min(tile * TILE + TILE - 1) - tile * TILE;
        let run = (u64::from(u32::MAX) >> (TILE - 1 - high)) & (u64::from(u32::MAX) << low);
        own.wet[row.rem_euclid(TILE) as usize] |= run as u32;
    }
}

/// The strips of every cell that is cut; cells of water that a walk leads over are
/// added to them.
fn strips(
    tiles: &Found,
    network: &WalkNetwork,
    shapes: &Shapes,
    lattice: &Lattice,
    touched: &mut BTreeMap<Cell, Vec<[LonLat; 2]>>,
) -> BTreeMap<Cell, Vec<Strip>> {
    let near: BTreeSet<TileAt> = touched.keys().map(|&cell| tile_of(cell)).collect();
    let walks: Vec<WalkId> = network.walk_ids().collect();
    let pieces = |&walk: &WalkId| {
        let pieces = shapes.pieces(network, walk);
        pieces.map(move |(ends, along)| (walk, ends, along))
    };
    let all = walks.par_iter().flat_map_iter(pieces);
    let wet = all.flat_map_iter(|(_, ends, _)| {
        let mut wet = Vec::new();
        lattice.each_touched(ends, |cell| {
            if is_corner_wet(tiles, cell) && !touched.contains_key(&cell) {
                wet.push(cell);
            }
        });
        wet
    });
    for cell in wet.collect::<Vec<Cell>>() {
        touched.entry(cell).or_default();
    }
    let all = walks.par_iter().flat_map_iter(pieces);
    let strips = all.flat_map_iter(|(walk, ends, along)| {
        let strip = Strip::new(walk, along, ends, lattice);
        let mut cells = BTreeSet::new();
        for side in strip.sides() {
            lattice.each_touched(side, |cell| {
                let near = near.contains(&tile_of(cell)) || is_corner_wet(tiles, cell);
                if near && touched.contains_key(&cell) {
                    cells.insert(cell);
                }
            });
        }
        cells.into_iter().map(move |cell| (cell, strip))
    });
    by_cell(strips.collect())
}

/// What is found in cells, cell by cell, in the order in which it was found.
fn by_cell<T: Copy + Send>(mut found: Vec<(Cell, T)>) -> BTreeMap<Cell, Vec<T>> {
    found.par_sort_by_key(|&(cell, _)| cell);
    let cells = found.chunk_by(|one, other| one.0 == other.0);
    let own = cells.map(|of_cell| (of_cell[0].0, of_cell.iter().map(|&(_, it)| it).collect()));
    own.collect()
}

/// Tiles with the number of cells that are cut before each row.
fn ranked(mut tiles: Found) -> Found {
    for tile in tiles.values_mut() {
        let mut before = 0;
        for (rank, cut) in tile.rank.iter_mut().zip(tile.cut) {
            *rank = before;
            before += cut.count_ones() as u16;
        }
    }
    tiles
}

fn corner(at: LonLat) -> [f64; 2] {
    [f64::from(at.lon), f64::from(at.lat)]
}

/// The tiles that are within reach of a walk.
fn walked_tiles(network: &WalkNetwork, shapes: &Shapes, lattice: &Lattice) -> TileRows {
    let walks: Vec<WalkId> = network.walk_ids().collect();
    let ranges = walks.par_iter().flat_map_iter(|&walk| {
        shapes.pieces(network, walk).map(|(ends, _)| {
            let bounds = Stroke::new(ends, lattice).bounds(NEAR);
            bounds.map(|at| tile_of(lattice.cell(at)))
        })
    });
    let mut ranges: Vec<[TileAt; 2]> = ranges.collect();
    ranges.par_sort_unstable();
    ranges.dedup();
    let mut walked = TileRows::new();
    for [low, high] in ranges {
        for row in low[1]..=high[1] {
            walked.entry(row).or_default().extend(low[0]..=high[0]);
        }
    }
    walked
}

/// The outlines of what has a surface, and lines that have none.
fn lines_of(water: &Water) -> (Vec<Line>, Vec<Line>) {
    let areas = (0..).zip(water.areas().iter().chain(water.sea()));
    let outlines = areas.flat_map(|(number, area)| {
        let pairs = rings(area).flat_map(|ring| ring.windows(2));
        pairs.map(move |pair| Line {
            ends: [pair[0], pair[1]],
            area: Some(number),
        })
    });
    let open = [water.rivers(), water.coasts(), water.banks()];
    let open = open.into_iter().flatten().flat_map(|line| line.windows(2));
    let lines = open.map(|pair| Line {
        ends: [pair[0], pair[1]],
        area: None,
    });
    (outlines.collect(), lines.collect())
}

fn rings(area: &Area) -> impl Iterator<Item = &Vec<LonLat>> {
    let polygons = area.polygons().iter();
    polygons.flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes))
}

/// What no leg crosses: all but where the sea ends at the border of the data.
fn blocking(surfaces: &[Line], lines: Vec<Line>, water: &Water) -> Vec<Line> {
    let inland = water.areas().len() as u32;
    let outlines = surfaces
        .iter()
        .filter(|line| line.area.is_some_and(|area| area < inland));
    let mut blocking: Vec<Line> = outlines.copied().chain(lines).collect();
    blocking.sort_unstable();
    blocking.dedup();
    blocking
}

/// Whether a point lies in one of the areas.
fn is_wet(surfaces: &RTree<Line>, [lon, lat]: [f64; 2]) -> bool {
    let west = AABB::from_corners([f64::from(i32::MIN), lat], [lon, lat]);
    let mut areas: Vec<u32> = surfaces
        .locate_in_envelope_intersecting(&west)
        .filter(|line| {
            let [a, b] = line.ends.map(corner);
            (a[1] <= lat) != (b[1] <= lat)
                && a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) < lon
        })
        .filter_map(|line| line.area)
        .collect();
    areas.sort_unstable();
    areas
        .chunk_by(PartialEq::eq)
        .any(|passes| passes.len() % 2 == 1)
}
