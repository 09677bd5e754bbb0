//! The frames to which China's public maps are shifted: GCJ-02 and BD-09.
//!
//! Neither is published by those who use it. The formulas are those that became known in
//! 2010 and that all open implementations share; the constants here are those of the
//! first of them (its ellipsoid is Krasovsky's of 1940). See `docs/decisions/frames.md`.

use std::f64::consts::PI;

/// Krasovsky 1940.
const SEMI_MAJOR: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// How many rounds an inverse takes: every round is nearer by a factor of more than a
/// hundred, so eight leave nothing that a float could hold.
const ROUNDS: usize = 8;

/// Whether a WGS84 place is shifted at all: a box around China, as every implementation
/// has it. It holds parts of other countries; no border that anybody publishes is finer.
pub(super) fn in_box([lon, lat]: [f64; 2]) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// Waves of several lengths: what is added to a distance, in metres times 3/2.
fn waves(terms: [(f64, f64); 2]) -> f64 {
    terms.iter().map(|(height, at)| height * at.sin()).sum()
}

/// How far GCJ-02 moves a WGS84 place, in degrees.
fn offset([lon, lat]: [f64; 2]) -> [f64; 2] {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let root = x.abs().sqrt();
    let short = waves([(20.0, 6.0 * PI * x), (20.0, 2.0 * PI * x)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + 2.0 / 3.0
            * (short
                + waves([(20.0, PI * x), (40.0, PI / 3.0 * x)])
                + waves([(150.0, PI / 12.0 * x), (300.0, PI / 30.0 * x)]));
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + 2.0 / 3.0
            * (short
                + waves([(20.0, PI * y), (40.0, PI / 3.0 * y)])
                + waves([(160.0, PI / 12.0 * y), (320.0, PI / 30.0 * y)]));
    // Metres to degrees by the radii of curvature, as in `plane`.
    let (sin, cos) = lat.to_radians().sin_cos();
    let w = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let prime_vertical = SEMI_MAJOR / w.sqrt();
    let meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_SQUARED) / (w * w.sqrt());
    [
        (east / (prime_vertical * cos)).to_degrees(),
        (north / meridian).to_degrees(),
    ]
}

fn moved(place: [f64; 2]) -> [f64; 2] {
    let offset = offset(place);
    [place[0] + offset[0], place[1] + offset[1]]
}

/// GCJ-02 of a WGS84 place.
pub(super) fn gcj02(place: [f64; 2]) -> [f64; 2] {
    if in_box(place) { moved(place) } else { place }
}

/// BD-09 of GCJ-02.
pub(super) fn bd09([x, y]: [f64; 2]) -> [f64; 2] {
    const TIMES: f64 = PI * 3000.0 / 180.0;
    let radius = x.hypot(y) + 0.000_02 * (y * TIMES).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * TIMES).cos();
    [radius * angle.cos() + 0.006_5, radius * angle.sin() + 0.006]
}

/// What a map that moves everything by nearly the same moves to `wanted`.
fn inverse(map: fn([f64; 2]) -> [f64; 2], wanted: [f64; 2]) -> [f64; 2] {
    (0..ROUNDS).fold(wanted, |at, _| {
        let found = map(at);
        [at[0] + wanted[0] - found[0], at[1] + wanted[1] - found[1]]
    })
}

/// The WGS84 place of GCJ-02. Within a kilometre of the box's edge two places may have
/// the same coordinates: that inside is meant.
pub(super) fn of_gcj02(coordinates: [f64; 2]) -> [f64; 2] {
    let place = inverse(moved, coordinates);
    if in_box(place) { place } else { coordinates }
}

/// GCJ-02 of BD-09.
pub(super) fn of_bd09(coordinates: [f64; 2]) -> [f64; 2] {
    inverse(bd09, coordinates)
}
