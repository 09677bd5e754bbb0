//! Isochrones as GeoJSON (RFC 7946), written feature by feature as they are drawn.

use std::fmt::Write as _;
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

/// Writes a feature collection, one feature a line.
pub struct IsochroneWriter<W> {
    to: W,
    written: u64,
    lang: Lang,
    frame: Frame,
}

impl<W: Write> IsochroneWriter<W> {
    /// Begins the collection, in the coordinates of a frame.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(mut to: W, lang: Lang, frame: Frame) -> io::Result<Self> {
        to.write_all(head(frame).as_bytes())?;
        Ok(Self {
            to,
            written: 0,
            lang,
            frame,
        })
    }

    /// Writes a feature; one without polygons has no geometry.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, about: &IsochroneOf, polygons: &[PolygonRings]) -> io::Result<()> {
        let comma = if self.written == 0 { "" } else { "," };
        let properties = Value::Object(self.properties(about, polygons));
        let mut geometry = String::new();
        add_geometry(polygons, self.frame, &mut geometry);
        self.written += 1;
        write!(
            self.to,
            "{comma}\n{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{properties}}}"
        )
    }

    fn properties(&self, about: &IsochroneOf, polygons: &[PolygonRings]) -> Map<String, Value> {
        let (minutes, metres) = match about.limit {
            Limit::Time(time) => (Some(time.minutes()), None),
            Limit::Length(length) => (None, Some(length.metres())),
        };
        let area = (square_metres(polygons) * 100.0).round() / 100.0;
        let reason = about.unlinked.map(|reason| reason.text(self.lang));
        let direction = match about.going {
            Going::Out => "from",
            Going::In => "towards",
        };
        let pairs: [(&str, Value); 11] = [
            ("place", about.place.into()),
            ("name", about.name.into()),
            ("categories", about.categories.into()),
            ("places", about.places.into()),
            ("limit", about.limit.to_string().into()),
            ("limit_min", minutes.into()),
            ("limit_m", metres.into()),
            ("walker", about.walker.into()),
            ("direction", direction.into()),
            ("area_m2", (!polygons.is_empty()).then_some(area).into()),
            ("unlinked_reason", reason.into()),
        ];
        let pairs = pairs.into_iter();
        pairs.map(|(key, value)| (key.to_owned(), value)).collect()
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

/// Whole 10⁻⁷ degrees as degrees, to the last digit and without needless zeros.
fn add_degrees(units: i32, text: &mut String) {
    let size = units.unsigned_abs();
    let sign = if units < 0 { "-" } else { "" };
    // Writing to a string does not fail.
    let _ = write!(text, "{sign}{}.{:07}", size / 10_000_000, size % 10_000_000);
    while text.ends_with('0') && !text.ends_with(".0") {
        text.pop();
    }
}

fn add_list<T>(items: &[T], text: &mut String, mut add: impl FnMut(&T, &mut String)) {
    text.push('[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        add(item, text);
    }
    text.push(']');
}

fn add_geometry(polygons: &[PolygonRings], frame: Frame, text: &mut String) {
    if polygons.is_empty() {
        text.push_str("null");
        return;
    }
    let add_ring = |ring: &Vec<LonLat>, text: &mut String| {
        add_list(ring, text, |at, text| {
            if frame == Frame::Wgs84 {
                text.push('[');
                add_degrees(at.lon, text);
                text.push(',');
                add_degrees(at.lat, text);
                text.push(']');
            } else {
                let [east, north] = spot(frame, *at);
                // Writing to a string does not fail.
                let _ = write!(text, "[{east:?},{north:?}]");
            }
        });
    };
    text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":");
    add_list(polygons, text, |polygon, text| {
        let rings: Vec<&Vec<LonLat>> = std::iter::once(&polygon.outer)
            .chain(&polygon.holes)
            .collect();
        add_list(&rings, text, |ring, text| add_ring(ring, text));
    });
    text.push('}');
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
        ] {
            let mut text = String::new();
            add_degrees(units, &mut text);
            assert_eq!(text, expected);
            assert_eq!(text.parse::<f64>(), Ok(f64::from(units) / 1e7));
        }
    }
}
