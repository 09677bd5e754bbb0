//! Things to be found by the box around them.

use std::ops::Range;

use rayon::prelude::*;

use super::{LonLat, hilbert_index};

/// What has a place: a straight piece of a line, or a box.
pub trait Placed {
    /// Two opposite corners of the box around it.
    fn corners(&self) -> [LonLat; 2];
}

impl Placed for [LonLat; 2] {
    fn corners(&self) -> [LonLat; 2] {
        *self
    }
}

/// How many things share a box, and how many boxes the next larger one.
const TOGETHER: usize = 16;

/// Things in the order of the Hilbert curve, boxes around every few of them, around every
/// few of those, and so on: a packed Hilbert R-tree (Kamel and Faloutsos, *On Packing
/// R-trees*, 1993). It takes a byte a thing beside the things themselves.
#[derive(Clone, Debug)]
pub struct PlaceIndex<T> {
    things: Vec<T>,
    /// From the smallest boxes to the largest.
    levels: Vec<Vec<Bounds>>,
}

impl<T> Default for PlaceIndex<T> {
    fn default() -> Self {
        Self {
            things: Vec::new(),
            levels: Vec::new(),
        }
    }
}

/// West, south, east and north of a box, which are in it.
#[derive(Clone, Copy, Debug)]
struct Bounds([i32; 4]);

impl Bounds {
    fn of([one, other]: [LonLat; 2]) -> Self {
        Self([
            one.lon.min(other.lon),
            one.lat.min(other.lat),
            one.lon.max(other.lon),
            one.lat.max(other.lat),
        ])
    }

    fn around(boxes: impl Iterator<Item = Self>) -> Self {
        let none = Self([i32::MAX, i32::MAX, i32::MIN, i32::MIN]);
        boxes.fold(none, |Self(all), Self(one)| {
            Self([
                all[0].min(one[0]),
                all[1].min(one[1]),
                all[2].max(one[2]),
                all[3].max(one[3]),
            ])
        })
    }

    fn meets(self, Self([west, south, east, north]): Self) -> bool {
        let Self(own) = self;
        own[0] <= east && own[2] >= west && own[1] <= north && own[3] >= south
    }
}

impl<T: Placed + Copy + Send + Sync> PlaceIndex<T> {
    /// An index of these things.
    pub fn of(things: &[T]) -> Self {
        let key = |(number, thing): (usize, &T)| {
            let [one, other] = thing.corners();
            let middle = LonLat {
                lon: i32::midpoint(one.lon, other.lon),
                lat: i32::midpoint(one.lat, other.lat),
            };
            (hilbert_index(middle), number as u32)
        };
        let mut keys: Vec<(u64, u32)> = things.par_iter().enumerate().map(key).collect();
        keys.par_sort_unstable();
        let along = keys.par_iter().map(|&(_, number)| things[number as usize]);
        let things: Vec<T> = along.collect();
        drop(keys);
        let around = |few: &[T]| Bounds::around(few.iter().map(|it| Bounds::of(it.corners())));
        let mut level: Vec<Bounds> = things.par_chunks(TOGETHER).map(around).collect();
        let mut levels = Vec::new();
        while level.len() > 1 {
            let few = level.chunks(TOGETHER);
            let next = few.map(|few| Bounds::around(few.iter().copied())).collect();
            levels.push(std::mem::replace(&mut level, next));
        }
        levels.push(level);
        Self { things, levels }
    }
}

impl<T> PlaceIndex<T> {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

impl<T: Placed> PlaceIndex<T> {
    /// The things whose boxes meet another, given by two opposite corners; in an order of
    /// their own.
    ///
    /// # Units
    /// Longitude and latitude in 10⁻⁷ degrees.
    pub fn meeting(&self, [one, other]: [[f64; 2]; 2]) -> Meeting<'_, T> {
        // What is whole lies within the bounds where it lies within these.
        let low = |axis: usize| one[axis].min(other[axis]).ceil() as i32;
        let high = |axis: usize| one[axis].max(other[axis]).floor() as i32;
        let mut open = Vec::with_capacity(2 * TOGETHER);
        let top = self.levels.len().checked_sub(1);
        open.extend(top.filter(|_| !self.is_empty()).map(|top| (top, 0)));
        Meeting {
            index: self,
            bounds: Bounds([low(0), low(1), high(0), high(1)]),
            open,
            things: 0..0,
        }
    }
}

/// See [`PlaceIndex::meeting`].
pub struct Meeting<'a, T> {
    index: &'a PlaceIndex<T>,
    bounds: Bounds,
    /// Boxes that meet it, by level and number, and were not looked into.
    open: Vec<(usize, usize)>,
    /// Things of a box that was.
    things: Range<usize>,
}

impl<'a, T: Placed> Iterator for Meeting<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let index = self.index;
        loop {
            for number in self.things.by_ref() {
                let thing = &index.things[number];
                if Bounds::of(thing.corners()).meets(self.bounds) {
                    return Some(thing);
                }
            }
            let (level, number) = self.open.pop()?;
            let from = number * TOGETHER;
            match level.checked_sub(1) {
                None => self.things = from..index.len().min(from + TOGETHER),
                Some(below) => {
                    let boxes = &index.levels[below];
                    let all = from..boxes.len().min(from + TOGETHER);
                    let met = all.filter(|&number| boxes[number].meets(self.bounds));
                    self.open.extend(met.map(|number| (below, number)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(many: usize) -> Vec<[LonLat; 2]> {
        let mut random = 11_u64;
        let mut next = |below: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            ((random >> 33) % below) as i32
        };
        let mut place = |wide| LonLat {
            lon: next(wide) - 500,
            lat: next(wide) - 300,
        };
        let mut piece = |_| {
            let (one, by) = (place(1_000), place(1_000));
            let (lon, lat) = (one.lon + by.lon / 20, one.lat + by.lat / 20);
            [one, LonLat { lon, lat }]
        };
        (0..many).map(&mut piece).collect()
    }

    #[test]
    fn what_is_found_is_what_meets_the_box() {
        for many in [0, 1, 15, 16, 17, 256, 257, 5_000] {
            let all = things(many);
            let index = PlaceIndex::of(&all);
            assert_eq!(index.len(), many);
            for asked in [
                [[0.0, 0.0], [0.0, 0.0]],
                [[-20.5, 30.5], [10.4, -12.2]],
                [[-500.0, -300.0], [-400.0, -280.0]],
                [[-9e9, -9e9], [9e9, 9e9]],
                [[7_000.0, 0.0], [8_000.0, 1.0]],
            ] {
                let [one, other]: [[f64; 2]; 2] = asked;
                let between = |value: i32, axis: usize, value_to: i32| {
                    f64::from(value.min(value_to)) <= one[axis].max(other[axis])
                        && f64::from(value.max(value_to)) >= one[axis].min(other[axis])
                };
                let meets = |[from, to]: &[LonLat; 2]| {
                    between(from.lon, 0, to.lon) && between(from.lat, 1, to.lat)
                };
                let mut expected: Vec<_> = all.iter().copied().filter(meets).collect();
                let mut found: Vec<_> = index.meeting(asked).copied().collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "{many} {asked:?}");
            }
        }
    }
}
