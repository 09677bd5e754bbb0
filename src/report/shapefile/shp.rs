//! Figures as a Shapefile holds them: `.shp` and its index `.shx` (ESRI, *Shapefile
//! Technical Description*, 1998).

use crate::report::figure::{Bounds, Figure, Spot};
use crate::report::layer::Geometry;

const POINT: i32 = 1;
const LINE: i32 = 3;
const POLYGON: i32 = 5;

/// The header of both files, in 16-bit words.
const HEADER_WORDS: usize = 50;

/// `.shp` and `.shx`; `None` where a file would be larger than its index can say (4 GB).
pub(super) fn files(geometry: Geometry, figures: &[Figure]) -> Option<[Vec<u8>; 2]> {
    let kind = match geometry {
        Geometry::Points => POINT,
        Geometry::Lines => LINE,
        Geometry::Areas => POLYGON,
    };
    let (mut shapes, mut index) = (Vec::new(), Vec::new());
    for (number, figure) in figures.iter().enumerate() {
        let content = content(kind, figure);
        let words = words(content.len())?;
        index.extend(words_of(HEADER_WORDS * 2 + shapes.len())?);
        index.extend(words.to_be_bytes());
        shapes.extend((number as i32 + 1).to_be_bytes());
        shapes.extend(words.to_be_bytes());
        shapes.extend(content);
    }
    let bounds = Bounds::of_all(figures);
    let whole = |body: Vec<u8>| {
        let mut file = header(kind, bounds, words(HEADER_WORDS * 2 + body.len())?);
        file.extend(body);
        Some(file)
    };
    Some([whole(shapes)?, whole(index)?])
}

fn words(bytes: usize) -> Option<i32> {
    i32::try_from(bytes / 2).ok()
}

fn words_of(bytes: usize) -> Option<[u8; 4]> {
    words(bytes).map(i32::to_be_bytes)
}

fn header(kind: i32, bounds: Option<Bounds>, words: i32) -> Vec<u8> {
    let mut bytes = 9994_i32.to_be_bytes().to_vec();
    bytes.extend([0; 20]);
    bytes.extend(words.to_be_bytes());
    bytes.extend(1000_i32.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    corners(&mut bytes, bounds);
    // Neither heights nor measures.
    bytes.extend([0; 32]);
    bytes
}

fn corners(bytes: &mut Vec<u8>, bounds: Option<Bounds>) {
    let [low, high] = bounds.map_or([[0.0; 2]; 2], |bounds| [bounds.low, bounds.high]);
    spots(bytes, &[low, high]);
}

fn spots(bytes: &mut Vec<u8>, spots: &[Spot]) {
    for part in spots.iter().flatten() {
        bytes.extend(part.to_le_bytes());
    }
}

fn content(kind: i32, figure: &Figure) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    // Rings turn the other way here: outer ones clockwise.
    let parts: Vec<Vec<Spot>> = match figure {
        Figure::Point(at) => {
            spots(&mut bytes, &[*at]);
            return bytes;
        }
        Figure::Line(line) => vec![line.clone()],
        Figure::Area(polygons) => {
            let rings = polygons.iter().flatten();
            rings
                .map(|ring| ring.iter().rev().copied().collect())
                .collect()
        }
    };
    corners(&mut bytes, Some(figure.bounds()));
    let count: usize = parts.iter().map(Vec::len).sum();
    bytes.extend((parts.len() as i32).to_le_bytes());
    bytes.extend((count as i32).to_le_bytes());
    let mut first = 0_i32;
    for part in &parts {
        bytes.extend(first.to_le_bytes());
        first += part.len() as i32;
    }
    for part in &parts {
        spots(&mut bytes, part);
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn square(low: f64, high: f64) -> Vec<Spot> {
        vec![
            [low, low],
            [high, low],
            [high, high],
            [low, high],
            [low, low],
        ]
    }

    fn whole(bytes: &[u8], at: usize) -> i32 {
        i32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
    }

    /// A square with a hole, and another beside it: each ring the other way round, a hole
    /// after the ring that it is in.
    #[test]
    fn rings_are_turned_and_counted() {
        let mut hole = square(1.0, 2.0);
        hole.reverse();
        let area = Figure::Area(vec![vec![square(0.0, 3.0), hole], vec![square(5.0, 6.0)]]);
        let point = Figure::Area(vec![vec![square(8.0, 9.0)]]);
        let [shapes, index] = files(Geometry::Areas, &[area, point]).unwrap();
        // Type, box, two counts, three beginnings, fifteen spots.
        let first = 4 + 32 + 8 + 3 * 4 + 15 * 16;
        let second = 4 + 32 + 8 + 4 + 5 * 16;
        assert_eq!(shapes.len(), 100 + 8 + first + 8 + second);
        assert_eq!(shapes[24..28], (shapes.len() as i32 / 2).to_be_bytes());
        assert_eq!([28, 32].map(|at| whole(&shapes, at)), [1000, POLYGON]);
        assert_eq!(shapes[36..52], [0; 16]);
        assert_eq!(shapes[52..60], 9_f64.to_le_bytes());
        let body = &shapes[108..];
        let counts = [36, 40, 44, 48, 52].map(|at| whole(body, at));
        assert_eq!(counts, [3, 15, 0, 5, 10]);
        // The outer ring goes north before it goes east.
        assert_eq!(body[56 + 16..56 + 24], 0_f64.to_le_bytes());
        assert_eq!(body[56 + 24..56 + 32], 3_f64.to_le_bytes());
        // The index tells beginning and length in 16-bit words.
        assert_eq!(index.len(), 100 + 16);
        let words: Vec<i32> = index[100..]
            .chunks(4)
            .map(|word| i32::from_be_bytes(word.try_into().unwrap()))
            .collect();
        let expected = [100, first, 100 + 8 + first, second].map(|bytes| bytes as i32 / 2);
        assert_eq!(words, expected);
    }
}
