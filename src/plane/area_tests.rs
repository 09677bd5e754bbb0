//! Areas of drawn shapes, by arithmetic.
#![allow(clippy::unwrap_used)]

use super::*;

fn plane() -> Plane {
    Plane::at(LonLat::from_degrees(115.98, 36.45).unwrap())
}

fn ring(corners: &[[f64; 2]]) -> Vec<LonLat> {
    corners
        .iter()
        .map(|&corner| plane().place(corner))
        .collect()
}

fn square(from: f64, to: f64) -> Vec<LonLat> {
    ring(&[[from, from], [to, from], [to, to], [from, to]])
}

fn holed() -> Area {
    Area::new(vec![PolygonRings {
        outer: square(0.0, 300.0),
        holes: vec![square(100.0, 200.0)],
    }])
    .unwrap()
}

#[test]
fn surface_is_arithmetic() {
    assert!((holed().square_metres() - 80_000.0).abs() < 10.0);
    assert!(Area::from_ring(square(5.0, 5.0)).is_none());
}

#[test]
fn holes_are_outside() {
    let area = holed();
    assert!(area.holds(plane().place([50.0, 50.0])));
    assert!(!area.holds(plane().place([150.0, 150.0])));
    assert!((area.distance_metres(plane().place([150.0, 150.0])) - 50.0).abs() < 0.05);
    assert!((area.distance_metres(plane().place([400.0, 150.0])) - 100.0).abs() < 0.05);
    assert!(area.distance_metres(plane().place([50.0, 50.0])) == 0.0);
}

#[test]
fn the_grid_stays_inside_and_is_never_empty() {
    let area = holed();
    let grid = area.grids(50.0).concat();
    assert_eq!(grid.len(), 32);
    assert!(grid.iter().all(|&place| area.holds(place)));
    assert_eq!(
        Area::from_ring(square(0.0, 3.0))
            .unwrap()
            .grids(50.0)
            .concat()
            .len(),
        1
    );
}

#[test]
fn middles_of_cells_keep_off_the_edge() {
    for side in [99.97, 100.0, 100.03, 120.0, 380.0, 400.01] {
        let area = Area::from_ring(square(0.0, side)).unwrap();
        let grid = area.grids(50.0).concat();
        let expected = (side / 50.0).round() as usize;
        assert_eq!(grid.len(), expected * expected, "{side}");
        for place in grid {
            assert!(area.outline_metres(place) > 12.4, "{side}");
        }
    }
}

#[test]
fn nothing_depends_on_how_a_ring_is_drawn() {
    let corners = [[0.0, 0.0], [90.0, 10.0], [80.0, 70.0], [20.0, 60.0]];
    let area = Area::from_ring(ring(&corners)).unwrap();
    for turn in 0..4 {
        let mut turned = corners;
        turned.rotate_left(turn);
        assert_eq!(Area::from_ring(ring(&turned)).unwrap(), area);
        turned.reverse();
        assert_eq!(Area::from_ring(ring(&turned)).unwrap(), area);
    }
}

#[test]
fn the_grid_of_a_huge_area_is_widened() {
    let degree = |lon: f64, lat: f64| LonLat::from_degrees(lon, lat).unwrap();
    let corners = |from: f64, to: f64| {
        vec![
            degree(from, 30.0),
            degree(to, 30.0),
            degree(to, 35.0),
            degree(from, 35.0),
        ]
    };
    let huge = Area::from_ring(corners(110.0, 115.0)).unwrap();
    assert!((200_000..260_000).contains(&huge.grids(50.0).concat().len()));
    assert!(Area::from_ring(corners(-170.0, 170.0)).is_none());
    // Two small parts far apart are sampled as such.
    let near = |from: f64| PolygonRings {
        outer: square(from, from + 200.0),
        holes: Vec::new(),
    };
    let apart = Area::new(vec![near(0.0), near(100_000.0)]).unwrap();
    assert!((24..=40).contains(&apart.grids(50.0).concat().len()));
}

#[test]
fn an_area_that_crosses_itself_is_not_simple() {
    assert!(holed().is_simple());
    let bow = Area::from_ring(ring(&[[0.0, 0.0], [90.0, 90.0], [90.0, 0.0], [0.0, 60.0]]));
    assert!(!bow.unwrap().is_simple());
}

#[test]
fn ring_places_are_on_the_ring_and_evenly_apart() {
    let area = Area::from_ring(square(0.0, 110.0)).unwrap();
    let places = area.along_rings(50.0);
    assert_eq!(places.len(), 9);
    assert!(
        places
            .iter()
            .all(|&place| area.outline_metres(place) < 0.03)
    );
}
