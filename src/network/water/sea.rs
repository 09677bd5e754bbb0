//! The sea: the faces between the coasts and the box of the data that have a coast's
//! right side.

use crate::network::Obstacles;
use crate::notice::{Notice, Notices};
use crate::osm::{Extract, TagSet as _, Way};
use crate::plane::rings::{Parted, Piece, noded, parted_by};
use crate::plane::{Area, LonLat, distance_metres};

/// The way a coast is drawn, as the number of its pieces: from their lower end on.
const UPWARD: u32 = 0;
/// From their higher end on.
const DOWNWARD: u32 = 1;

/// A corner at each end.
type Box = [LonLat; 2];

/// The box of the header, else that of the kept nodes.
fn data_box(extract: &Extract) -> Option<Box> {
    let nodes = &extract.node_at;
    let lons = || nodes.iter().map(|at| at.lon);
    let lats = || nodes.iter().map(|at| at.lat);
    let of_nodes = || {
        let (west, east) = (lons().min()?, lons().max()?);
        let (south, north) = (lats().min()?, lats().max()?);
        Some((place(west, south), place(east, north)))
    };
    let (low, high) = extract.header.bounds.or_else(of_nodes)?;
    Some([low, high])
}

fn place(lon: i32, lat: i32) -> LonLat {
    LonLat { lon, lat }
}

/// The sea by the coasts of an extract.
pub(super) fn of(coasts: &[Vec<LonLat>], extract: &Extract) -> (Vec<Area>, Notices) {
    let mut notices = Notices::default();
    let Some(frame) = data_box(extract).filter(|_| !coasts.is_empty()) else {
        return (Vec::new(), notices);
    };
    let Some(inside) = closed(coasts, frame, extract, &mut notices) else {
        notices.note(Notice::OpenCoast, "coastline");
        return (Vec::new(), notices);
    };
    let faces = parted_by(inside.clone());
    let open = open_faces(&faces, &inside);
    for end in loose_ends(&inside) {
        notices.note(Notice::OpenCoast, format!("coastline to {end}"));
    }
    let mut sea = Vec::new();
    for (number, side) in (0..).zip(sides(&faces)) {
        if side < 0.0 && !open.contains(&number) {
            sea.extend(Area::new(vec![faces.faces()[number].rings.clone()]));
        }
    }
    sea.sort_by(|one: &Area, other| one.polygons().cmp(other.polygons()));
    (sea, notices)
}

/// The box and the coasts in it, cut where they meet. A coast that ends inside, as
/// where the data is cut along a border, is led straight on to the nearest side of the
/// box to which the line crosses no road and no building. Led over water so, it can
/// flood no land: on its other side lies what no coast speaks of.
fn closed(
    coasts: &[Vec<LonLat>],
    frame: Box,
    extract: &Extract,
    notices: &mut Notices,
) -> Option<Vec<Piece>> {
    let mut pieces = outline(frame);
    let pairs = coasts.iter().flat_map(|coast| coast.windows(2));
    pieces.extend(pairs.filter_map(|pair| {
        let drawn = if pair[0] < pair[1] { UPWARD } else { DOWNWARD };
        Piece::outline(pair[0], pair[1], drawn)
    }));
    let inside = |pieces: Vec<Piece>| {
        let mut pieces = noded(pieces)?.pieces;
        pieces.retain(|piece| piece.ends().iter().all(|&end| holds(frame, end)));
        Some(pieces)
    };
    let mut drawn = inside(pieces)?;
    let ends = loose_ends(&drawn);
    if ends.is_empty() {
        return Some(drawn);
    }
    let built = |way: &&Way| {
        ["highway", "building"]
            .iter()
            .any(|key| way.tags.value(key).is_some())
    };
    let ways = extract.ways.iter().filter(built).flat_map(Way::runs);
    let lines = ways.flat_map(|run| run.windows(2));
    let land =
        Obstacles::of_lines(lines.map(|pair| [pair[0], pair[1]].map(|node| extract.at(node))));
    for end in ends {
        let mut to = sides_from(end, frame);
        to.sort_by(|&one, &other| {
            distance_metres(end, one).total_cmp(&distance_metres(end, other))
        });
        if let Some(&side) = to.iter().find(|&&side| !land.cross(end, side)) {
            notices.note(Notice::LedCoast, format!("coastline to {end}"));
            drawn.extend(Piece::line(end, side));
        }
    }
    inside(drawn)
}

/// The places where a single piece ends, ascending.
fn loose_ends(pieces: &[Piece]) -> Vec<LonLat> {
    let mut ends: Vec<LonLat> = pieces.iter().flat_map(Piece::ends).collect();
    ends.sort_unstable();
    let met = ends.chunk_by(PartialEq::eq);
    met.filter(|met| met.len() == 1).map(|met| met[0]).collect()
}

/// The places of the four sides that are straight west, east, south and north.
fn sides_from(at: LonLat, [low, high]: Box) -> [LonLat; 4] {
    [
        place(low.lon, at.lat),
        place(high.lon, at.lat),
        place(at.lon, low.lat),
        place(at.lon, high.lat),
    ]
}

fn outline([low, high]: Box) -> Vec<Piece> {
    let corners = [
        low,
        place(high.lon, low.lat),
        high,
        place(low.lon, high.lat),
    ];
    let sides = (0..4).filter_map(|side| Piece::line(corners[side], corners[(side + 1) % 4]));
    sides.collect()
}

fn holds([low, high]: Box, at: LonLat) -> bool {
    (low.lon..=high.lon).contains(&at.lon) && (low.lat..=high.lat).contains(&at.lat)
}

/// For every face the length of the coasts that have it on their left less that of
/// those that have it on their right; 0 for the rest of the plane.
fn sides(faces: &Parted) -> Vec<f64> {
    let mut sides = vec![0.0; faces.faces().len()];
    for (piece, [left, right]) in faces.borders() {
        let [low, high] = piece.ends();
        let length = match piece.way {
            Some(UPWARD) => distance_metres(low, high),
            Some(_) => -distance_metres(low, high),
            None => continue,
        };
        sides[left] += length;
        sides[right] -= length;
    }
    if let Some(rest) = sides.first_mut() {
        *rest = 0.0;
    }
    sides
}

/// The faces in which a coast ends. Ascending.
fn open_faces(faces: &Parted, drawn: &[Piece]) -> Vec<usize> {
    let mut parting: Vec<Piece> = faces.borders().map(|(piece, _)| *piece).collect();
    parting.sort_unstable();
    let mut open = Vec::new();
    for piece in drawn.iter().filter(|piece| piece.way.is_some()) {
        if parting.binary_search(piece).is_err() {
            let [low, high] = piece.ends();
            let lon = i32::midpoint(low.lon, high.lon);
            let lat = i32::midpoint(low.lat, high.lat);
            open.extend(faces.face_at(place(lon, lat)));
        }
    }
    open.sort_unstable();
    open.dedup();
    open
}
