//! What lies behind the map, in tiles: the sheet of a zone shows the tiles around it, not
//! the whole city, which a printer would have to draw once a sheet.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::report::sheet::{Behind, Sheet, Spot};

/// Tiles along each side of the paper.
const TILES: i32 = 40;

/// The layers of a drawing, from the back to the front, cut into tiles.
pub(in crate::report) struct Backdrop {
    size: Spot,
    layers: Vec<(Behind, Vec<Tile>)>,
}

/// The lines or areas whose middle lies in one tile, and the box that they fill.
struct Tile {
    d: String,
    bounds: [Spot; 2],
}

impl Backdrop {
    /// What lies behind a sheet; one tile where there are no zones to be shown alone.
    pub fn of(sheet: &Sheet) -> Self {
        let size = sheet.paper.size;
        let tiles = if sheet.zones.is_empty() { 1 } else { TILES };
        let layers = sheet.behind.iter();
        let layers = layers.map(|(behind, d)| (*behind, tiled(d, size, tiles)));
        Self {
            size,
            layers: layers.collect(),
        }
    }

    /// Everything, once: what else shows a part of it refers to this.
    pub fn drawing(&self) -> Markup {
        let [width, height] = self.size;
        html! {
            g #behind {
                rect .paper width=(width) height=(height) {}
                @for (number, (behind, tiles)) in self.layers.iter().enumerate() {
                    @for (at, tile) in tiles.iter().enumerate() {
                        path id=(id(number, at)) class=(behind.class()) d=(tile.d) {}
                    }
                }
                // Off the paper nothing is known to be whole, the sea least of all.
                path #beyond d=(format!(
                    "M{0} {1}h{2}v{3}h-{2}zM0 0v{height}h{width}v-{height}z",
                    -20 * width, -20 * height, 41 * width, 41 * height
                )) {}
            }
        }
    }

    /// The tiles of which a part may be seen in a window. Footways are too fine for one.
    pub fn seen(&self, [least, most]: [Spot; 2]) -> Markup {
        let meets = |tile: &Tile| {
            let [low, high] = tile.bounds;
            (0..2).all(|axis| low[axis] <= most[axis] && high[axis] >= least[axis])
        };
        html! {
            @for (number, (behind, tiles)) in self.layers.iter().enumerate() {
                @if *behind != Behind::Footway {
                    @for (at, _) in tiles.iter().enumerate().filter(|(_, tile)| meets(tile)) {
                        use href=(format!("#{}", id(number, at))) {}
                    }
                }
            }
            use href="#beyond" {}
        }
    }
}

fn id(layer: usize, tile: usize) -> String {
    format!("b{layer}-{tile}")
}

fn tiled(d: &str, size: Spot, tiles: i32) -> Vec<Tile> {
    let mut by_place: BTreeMap<Spot, Tile> = BTreeMap::new();
    let mut place = [0, 0];
    for part in parts(d) {
        let corners = corners(part);
        let Some(bounds) = bounds(&corners) else {
            continue;
        };
        // A hole stays with the area before it.
        if !(part.ends_with('z') && is_hole(&corners)) {
            place = [0, 1].map(|axis| {
                let middle = i64::from(i32::midpoint(bounds[0][axis], bounds[1][axis]));
                let at = middle * i64::from(tiles) / i64::from(size[axis].max(1));
                at.clamp(0, i64::from(tiles - 1)) as i32
            });
        }
        let tile = by_place.entry(place).or_insert_with(|| Tile {
            d: String::new(),
            bounds,
        });
        tile.d.push_str(part);
        let [low, high] = tile.bounds;
        tile.bounds = [
            [low[0].min(bounds[0][0]), low[1].min(bounds[0][1])],
            [high[0].max(bounds[1][0]), high[1].max(bounds[1][1])],
        ];
    }
    by_place.into_values().collect()
}

/// The lines and rings of a path, each with its first corner.
fn parts(d: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = d.match_indices('M').map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([d.len()]).collect();
    starts.into_iter().zip(ends).map(|(from, to)| &d[from..to])
}

/// The corners of a line or ring as [`Ink`](crate::report::sheet::Ink) writes it: one
/// absolute, then each relative to the one before.
fn corners(part: &str) -> Vec<Spot> {
    let mut numbers: Vec<i32> = Vec::new();
    let mut start = None;
    for (at, letter) in part.char_indices().chain([(part.len(), ' ')]) {
        if letter.is_ascii_digit() {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start {
            numbers.extend(part[from..at].parse::<i32>());
        }
        start = (letter == '-').then_some(at);
    }
    let mut corner = [0, 0];
    let pairs = numbers.chunks_exact(2);
    pairs
        .map(|step| {
            corner = [corner[0] + step[0], corner[1] + step[1]];
            corner
        })
        .collect()
}

fn bounds(corners: &[Spot]) -> Option<[Spot; 2]> {
    let along = |axis: usize| corners.iter().map(move |corner| corner[axis]);
    let least = [along(0).min()?, along(1).min()?];
    Some([least, [along(0).max()?, along(1).max()?]])
}

/// Whether a ring runs as holes are drawn, anticlockwise where south is down.
fn is_hole(ring: &[Spot]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let doubled = ring.iter().zip(next).map(|(from, to)| {
        i64::from(from[0]) * i64::from(to[1]) - i64::from(to[0]) * i64::from(from[1])
    });
    doubled.sum::<i64>() < 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_read_as_they_are_written() {
        assert_eq!(
            corners("M-5 20l3-4 7 0-1-1z"),
            [[-5, 20], [-2, 16], [5, 16], [4, 15]]
        );
    }

    /// A pond with an island in the north-west, a pond in the south-east.
    #[test]
    fn parts_lie_in_the_tile_of_their_middle_and_holes_with_their_area() {
        let (pond, island) = ("M0 0l40 0 0 40-40 0z", "M10 10l0 60 10 0 0-60z");
        let other = "M900 900l50 0 0 50z";
        let tiles = tiled(&format!("{pond}{island}{other}"), [1000, 1000], 10);
        let found: Vec<_> = tiles.iter().map(|tile| (&*tile.d, tile.bounds)).collect();
        assert_eq!(
            found,
            [
                (&*format!("{pond}{island}"), [[0, 0], [40, 70]]),
                (other, [[900, 900], [950, 950]]),
            ]
        );
        assert_eq!(tiled(&format!("{pond}{other}"), [1000, 1000], 1).len(), 1);
    }
}
