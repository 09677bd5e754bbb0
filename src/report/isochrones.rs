//! Isochrones as GeoJSON (RFC 7946), written feature by feature as they are drawn.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::figure::spot;
use super::map::head;
use crate::frame::Frame;
use crate::isochrone::square_metres;
use crate::lang::Lang;
use crate::link::{Going, Unlinked};
use crate::plane::{LonLat, PolygonRings};
use crate::units::Limit;

/// What stands beside a polygon.
#[derive(Clone, Copy, Debug)]
pub struct IsochroneOf<'a> {
    /// The place; `all` where several are drawn as one.
    pub place: &'a str,
    /// Its name.
    pub name: Option<&'a str>,
    /// Keys of its categories, joined by `;`.
    pub categories: Option<&'a str>,
    /// How many places are drawn as one.
    pub places: usize,
    /// The limit.
    pub limit: Limit,
    /// Key of the walker.
    pub walker: &'a str,
    /// From the places or towards them.
    pub going: Going,
    /// Why there is no polygon.
    pub unlinked: Option<Unlinked>,
}

impl IsochroneOf<'_> {
    /// The text of a feature, in the coordinates of a frame; one without polygons has no
    /// geometry.
    pub fn feature(&self, polygons: &[PolygonRings], lang: Lang, frame: Frame) -> Vec<u8> {
        let mut text = b"{\"type\":\"Feature\",\"geometry\":".to_vec();
        add_geometry(polygons, frame, &mut text);
        let properties = Value::Object(self.properties(polygons, lang));
        // Writing to memory does not fail.
        let _ = write!(text, ",\"properties\":{properties}}}");
        text
    }

    fn properties(&self, polygons: &[PolygonRings], lang: Lang) -> Map<String, Value> {
        let (minutes, metres) = match self.limit {
            Limit::Time(time) => (Some(time.minutes()), None),
            Limit::Length(length) => (None, Some(length.metres())),
        };
        let area = (square_metres(polygons) * 100.0).round() / 100.0;
        let reason = self.unlinked.map(|reason| reason.text(lang));
        let direction = match self.going {
            Going::Out => "from",
            Going::In => "towards",
        };
        let pairs: [(&str, Value); 11] = [
            ("place", self.place.into()),
            ("name", self.name.into()),
            ("categories", self.categories.into()),
            ("places", self.places.into()),
            ("limit", self.limit.to_string().into()),
            ("limit_min", minutes.into()),
            ("limit_m", metres.into()),
            ("walker", self.walker.into()),
            ("direction", direction.into()),
            ("area_m2", (!polygons.is_empty()).then_some(area).into()),
            ("unlinked_reason", reason.into()),
        ];
        let pairs = pairs.into_iter();
        pairs.map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

/// Writes a feature collection, one feature a line.
pub struct IsochroneWriter<W> {
    to: W,
    written: u64,
}

impl<W: Write> IsochroneWriter<W> {
    /// Begins the collection, in the coordinates of a frame.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(mut to: W, frame: Frame) -> io::Result<Self> {
        to.write_all(head(frame).as_bytes())?;
        Ok(Self { to, written: 0 })
    }

    /// Writes an [`IsochroneOf::feature`].
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, feature: &[u8]) -> io::Result<()> {
        let before: &[u8] = if self.written == 0 { b"\n" } else { b",\n" };
        self.written += 1;
        self.to.write_all(before)?;
        self.to.write_all(feature)
    }

    /// Ends the collection and gives back what it was written to.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<W> {
        self.to.write_all(b"\n]}\n")?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// The digits of every number below a hundred, two each.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

/// Whole 10⁻⁷ degrees as degrees, to the last digit and without needless zeros.
fn add_degrees(units: i32, text: &mut Vec<u8>) {
    // A sign, three digits, the point, seven digits; a whole register is copied faster
    // than what is needed of it.
    let mut digits = [b'-'; 16];
    let mut end = usize::from(units < 0);
    let size = units.unsigned_abs();
    let (whole, part) = (size / 10_000_000, size % 10_000_000);
    if whole >= 100 {
        digits[end] = b'0' + (whole / 100) as u8;
        end += 1;
    }
    if whole >= 10 {
        digits[end] = b'0' + (whole / 10 % 10) as u8;
        end += 1;
    }
    digits[end] = b'0' + (whole % 10) as u8;
    digits[end + 1] = b'.';
    digits[end + 2] = b'0' + (part / 1_000_000) as u8;
    for (pair, below) in [10_000, 100, 1].into_iter().enumerate() {
        let pair_at = end + 3 + 2 * pair;
        digits[pair_at..pair_at + 2].copy_from_slice(&PAIRS[(part / below % 100) as usize]);
    }
    // One digit stays behind the point.
    let least = end + 3;
    end += 9;
    while end > least && digits[end - 1] == b'0' {
        end -= 1;
    }
    let before = text.len();
    text.extend_from_slice(&digits);
    text.truncate(before + end);
}

/// The outer ring of a polygon, then its holes.
fn rings(polygon: &PolygonRings) -> Vec<&Vec<LonLat>> {
    let outer = std::iter::once(&polygon.outer);
    outer.chain(&polygon.holes).collect()
}

fn add_list<T>(items: &[T], text: &mut Vec<u8>, mut add: impl FnMut(&T, &mut Vec<u8>)) {
    text.push(b'[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push(b',');
        }
        add(item, text);
    }
    text.push(b']');
}

/// What a place in the text takes, and a little more.
const PLACE: usize = 28;

fn add_geometry(polygons: &[PolygonRings], frame: Frame, text: &mut Vec<u8>) {
    if polygons.is_empty() {
        text.extend_from_slice(b"null");
        return;
    }
    let add_ring = |ring: &Vec<LonLat>, text: &mut Vec<u8>| {
        add_list(ring, text, |at, text| {
            if frame == Frame::Wgs84 {
                text.push(b'[');
                add_degrees(at.lon, text);
                text.push(b',');
                add_degrees(at.lat, text);
                text.push(b']');
            } else {
                let [east, north] = spot(frame, *at);
                // Writing to memory does not fail.
                let _ = write!(text, "[{east:?},{north:?}]");
            }
        });
    };
    text.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
    let places = polygons.iter().flat_map(rings).map(Vec::len);
    text.reserve(places.sum::<usize>() * PLACE);
    add_list(polygons, text, |polygon, text| {
        add_list(&rings(polygon), text, |ring, text| add_ring(ring, text));
    });
    text.push(b'}');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_to_the_last_digit() {
        for (units, expected) in [
            (0, "0.0"),
            (1, "0.0000001"),
            (-1, "-0.0000001"),
            (-154_294_287, "-15.4294287"),
            (1_163_084_000, "116.3084"),
            (280_000_000, "28.0"),
            (-2_147_483_648, "-214.7483648"),
        ] {
            let mut text = Vec::new();
            add_degrees(units, &mut text);
            let text = String::from_utf8_lossy(&text);
            assert_eq!(text, expected);
            assert_eq!(text.parse::<f64>(), Ok(f64::from(units) / 1e7));
        }
    }
}
