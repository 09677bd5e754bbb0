//! Figures as a GeoPackage holds them: a header with the box, then well-known binary, all
//! of it little-endian (OGC 12-128r18, 2.1.3).

use crate::report::figure::{Figure, Spot};

const POINT: u32 = 1;
const LINE: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_LINE: u32 = 5;
const MULTI_POLYGON: u32 = 6;

/// A figure; lines and polygons are always of many parts.
pub(super) fn blob(figure: &Figure, srs: i32) -> Vec<u8> {
    let point = matches!(figure, Figure::Point(_));
    // Version 0; little-endian; a box of four numbers, which a point needs none of.
    let mut bytes = vec![b'G', b'P', 0, if point { 0b01 } else { 0b11 }];
    bytes.extend(srs.to_le_bytes());
    if !point {
        let bounds = figure.bounds();
        for part in [0, 1] {
            number(&mut bytes, bounds.low[part]);
            number(&mut bytes, bounds.high[part]);
        }
    }
    match figure {
        Figure::Point(at) => {
            kind(&mut bytes, POINT);
            spots(&mut bytes, &[*at]);
        }
        Figure::Line(line) => {
            kind(&mut bytes, MULTI_LINE);
            count(&mut bytes, 1);
            kind(&mut bytes, LINE);
            count(&mut bytes, line.len());
            spots(&mut bytes, line);
        }
        Figure::Area(polygons) => {
            kind(&mut bytes, MULTI_POLYGON);
            count(&mut bytes, polygons.len());
            for rings in polygons {
                kind(&mut bytes, POLYGON);
                count(&mut bytes, rings.len());
                for ring in rings {
                    count(&mut bytes, ring.len());
                    spots(&mut bytes, ring);
                }
            }
        }
    }
    bytes
}

fn kind(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend((count as u32).to_le_bytes());
}

fn number(bytes: &mut Vec<u8>, number: f64) {
    bytes.extend(number.to_le_bytes());
}

fn spots(bytes: &mut Vec<u8>, spots: &[Spot]) {
    for part in spots.iter().flatten() {
        number(bytes, *part);
    }
}
