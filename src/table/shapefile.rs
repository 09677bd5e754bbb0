//! Shapefiles: shapes in `.shp`, cells in `.dbf`, the frame in `.prj`, the letters in
//! `.cpg` (ESRI, *Shapefile Technical Description*, 1998).

use super::dbf::{self, Sheet};
use super::drawn::{self, Rings, Spot};
use super::model::{At, Figure, Table};
use super::{Address, BadRow, TableError, settled};
use crate::frame::Frame;
use crate::notice::Notices;

/// The files of a Shapefile, as far as they are there.
pub(super) struct Parts {
    pub shapes: Vec<u8>,
    pub cells: Option<Vec<u8>>,
    pub frame: Option<String>,
    pub letters: Option<String>,
}

/// What a record draws.
enum Shape {
    Nothing,
    Point(Spot),
    Rings(Rings),
    /// A kind that is not read.
    Other(i32),
}

pub(super) fn parse(
    mut table: Table,
    asked: Option<Frame>,
    parts: &Parts,
) -> Result<(Table, Notices), TableError> {
    let broken = |table: &Table, detail: &str| TableError::Workbook {
        file: table.file().to_owned(),
        detail: detail.to_owned(),
    };
    let named = match &parts.frame {
        Some(text) => Some(Frame::of_wkt(text).ok_or_else(|| TableError::Crs {
            file: table.file().to_owned(),
            name: text.trim().to_owned(),
        })?),
        None => None,
    };
    table.set_frame(settled(table.file(), asked, named)?);
    let Some(cells) = &parts.cells else {
        return Err(broken(&table, "the .dbf is missing / 缺少同名 .dbf 文件"));
    };
    let mut notices = Notices::default();
    let sheet =
        Sheet::read(cells, parts.letters.as_deref()).ok_or_else(|| broken(&table, ".dbf"))?;
    dbf::note_letters(&sheet, table.file(), &mut notices);
    let shapes = shapes(&parts.shapes).ok_or_else(|| broken(&table, ".shp"))?;
    if shapes.len() != sheet.rows.len() {
        let counts = format!(".shp: {}, .dbf: {}", shapes.len(), sheet.rows.len());
        return Err(broken(&table, &counts));
    }
    let mut columns = Vec::with_capacity(sheet.fields.len());
    for field in &sheet.fields {
        columns.push(table.new_column(field, None)?);
    }
    for (number, (shape, row)) in (1..).zip(shapes.into_iter().zip(&sheet.rows)) {
        // A row marked as deleted is none.
        let Some(row) = row else { continue };
        let at = At::Feature(number);
        let figure = figure(&table.place_of(at), table.frame(), shape)?;
        let cells = columns.iter().copied().zip(row.iter().map(String::as_str));
        table.push(at, None, cells, None, figure);
    }
    Ok((table, notices))
}

fn figure(at: &Address, frame: Frame, shape: Shape) -> Result<Option<Figure>, TableError> {
    match shape {
        Shape::Nothing => Ok(None),
        Shape::Point(spot) => drawn::point(at, frame, spot).map(Some),
        Shape::Rings(rings) => drawn::area(at, frame, polygons_of(rings)).map(Some),
        Shape::Other(kind) => {
            let kind = format!("shape type {kind}");
            Err(drawn::refused(at, BadRow::Geometry(kind)))
        }
    }
}

/// Rings as polygons: those that run clockwise are outer ones, the others holes of the
/// smallest outer one around them. A hole that lies in none is an outer ring that was
/// written the wrong way round.
fn polygons_of(rings: Rings) -> Vec<Rings> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings
        .into_iter()
        .partition(|ring| doubled_area(ring) <= 0.0);
    let mut polygons: Vec<Rings> = outer.into_iter().map(|ring| vec![ring]).collect();
    let mut loose = Vec::new();
    for hole in holes {
        let first = hole.first().copied().unwrap_or_default();
        let around = polygons
            .iter_mut()
            .filter(|rings| holds(outermost(rings), first));
        let size = |rings: &Rings| doubled_area(outermost(rings)).abs();
        match around.min_by(|one, other| size(one).total_cmp(&size(other))) {
            Some(rings) => rings.push(hole),
            None => loose.push(vec![hole]),
        }
    }
    polygons.extend(loose);
    polygons
}

fn outermost(rings: &Rings) -> &[Spot] {
    rings.first().map_or(&[], Vec::as_slice)
}

fn pairs(ring: &[Spot]) -> impl Iterator<Item = (Spot, Spot)> {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().copied().zip(next.copied())
}

/// Twice the surface; below zero where the ring runs clockwise.
fn doubled_area(ring: &[Spot]) -> f64 {
    // From a corner, so that metres of a grid keep their digits.
    let [x, y] = ring.first().copied().unwrap_or_default();
    let sides = pairs(ring).map(|(a, b)| (a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y));
    sides.sum()
}

fn holds(ring: &[Spot], [x, y]: Spot) -> bool {
    let crossed = pairs(ring).filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossed.count() % 2 == 1
}

/// The shapes of a `.shp`; `None` where it is broken.
fn shapes(bytes: &[u8]) -> Option<Vec<Shape>> {
    if whole(bytes, 0, i32::from_be_bytes)? != 9994 {
        return None;
    }
    let mut rest = bytes.get(100..)?;
    let mut shapes = Vec::new();
    while rest.len() >= 8 {
        let words = whole(rest, 4, i32::from_be_bytes)?;
        let end = 8 + 2 * usize::try_from(words).ok()?;
        shapes.push(shape(rest.get(8..end)?)?);
        rest = rest.get(end..)?;
    }
    Some(shapes)
}

fn shape(record: &[u8]) -> Option<Shape> {
    let count = |at| usize::try_from(whole(record, at, i32::from_le_bytes)?).ok();
    let spot = |at| Some([number(record, at)?, number(record, at + 8)?]);
    match whole(record, 0, i32::from_le_bytes)? {
        0 => Some(Shape::Nothing),
        1 | 11 | 21 => Some(Shape::Point(spot(4)?)),
        5 | 15 | 25 => {
            let (parts, points) = (count(36)?, count(40)?);
            let first = 44_usize.checked_add(parts.checked_mul(4)?)?;
            // All points are there, before memory is taken for them.
            record.get(..first.checked_add(points.checked_mul(16)?)?)?;
            let mut starts = (0..parts)
                .map(|part| count(44 + 4 * part))
                .collect::<Option<Vec<_>>>()?;
            starts.push(points);
            let rings = starts.windows(2).map(|ends| {
                let (from, to) = (*ends.first()?, *ends.last()?);
                (from <= to && to <= points)
                    .then(|| (from..to).map(|point| spot(first + 16 * point)).collect())?
            });
            Some(Shape::Rings(rings.collect::<Option<_>>()?))
        }
        other => Some(Shape::Other(other)),
    }
}

fn whole(bytes: &[u8], at: usize, order: fn([u8; 4]) -> i32) -> Option<i32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(order(four.try_into().ok()?))
}

fn number(bytes: &[u8], at: usize) -> Option<f64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(eight.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, side: f64, clockwise: bool) -> Vec<Spot> {
        let mut ring = vec![
            [x, x],
            [x, x + side],
            [x + side, x + side],
            [x + side, x],
            [x, x],
        ];
        if !clockwise {
            ring.reverse();
        }
        ring
    }

    #[test]
    fn rings_are_grouped_by_the_way_they_run() {
        let island = square(4.0, 2.0, true);
        let rings = vec![
            square(3.0, 4.0, false),
            square(0.0, 10.0, true),
            island.clone(),
            square(4.5, 1.0, false),
            square(20.0, 1.0, false),
        ];
        let polygons = polygons_of(rings);
        assert_eq!(polygons.len(), 3);
        assert_eq!(
            polygons[0],
            [square(0.0, 10.0, true), square(3.0, 4.0, false)]
        );
        assert_eq!(polygons[1], [island, square(4.5, 1.0, false)]);
        assert_eq!(polygons[2], [square(20.0, 1.0, false)]);
    }
}
