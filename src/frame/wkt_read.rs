//! The frame that a well-known text names, as GIS programs write it into `.prj` files and
//! GeoPackages.

use super::{Frame, Grid};

/// An item of a well-known text: `NAME["text",number,ITEM[…]]`.
#[derive(Debug, Default)]
struct Item {
    name: String,
    texts: Vec<String>,
    items: Vec<Item>,
}

/// Deeper than any text of a frame.
const DEEPEST: usize = 20;

impl Frame {
    /// The frame of a well-known text, version 1, of GDAL's or Esri's writing; `None`
    /// where it is none of those that are known.
    pub fn of_wkt(text: &str) -> Option<Self> {
        let mut rest = text
            .trim()
            .trim_start_matches('\u{feff}')
            .chars()
            .peekable();
        let root = item(&mut rest, 0)?;
        if let Some(frame) = root.authority() {
            return Some(frame);
        }
        match &*root.name {
            "LOCAL_CS" => shifted(root.texts.first()?),
            "GEOGCS" => root.geographic(),
            "PROJCS" => root.projected(),
            _ => None,
        }
    }

    /// The frame of a name such as `urn:ogc:def:crs:EPSG::4548`, `EPSG:4326` or `gcj02`.
    pub fn of_crs_name(name: &str) -> Option<Self> {
        let upper = name.trim().to_uppercase();
        let last = upper.rsplit([':', '/', '#']).next()?;
        if last == "CRS84" {
            return Some(Self::Wgs84);
        }
        if upper.contains("EPSG") {
            return format!("epsg:{last}").parse().ok();
        }
        upper.parse().ok()
    }
}

/// A shifted frame as we name it ourselves: `GCJ-02 (shifted, not WGS 84)`.
fn shifted(name: &str) -> Option<Frame> {
    let mut frames = [Frame::Gcj02, Frame::Bd09].into_iter();
    frames.find(|frame| name.starts_with(&frame.name()))
}

impl Item {
    fn child(&self, name: &str) -> Option<&Self> {
        self.items.iter().find(|item| item.name == name)
    }

    fn authority(&self) -> Option<Frame> {
        match self.child("AUTHORITY")?.texts.as_slice() {
            [name, code] if name.eq_ignore_ascii_case("EPSG") => {
                format!("epsg:{code}").parse().ok()
            }
            _ => None,
        }
    }

    fn geographic(&self) -> Option<Frame> {
        let datum = self.child("DATUM")?.texts.first()?.to_uppercase();
        match datum.trim_start_matches("D_") {
            "WGS_1984" => Some(Frame::Wgs84),
            "CHINA_2000" => Some(Frame::Cgcs2000),
            _ => None,
        }
    }

    /// The grid with the same datum and the same parameters.
    fn projected(&self) -> Option<Frame> {
        let method = self.child("PROJECTION")?.texts.first()?.to_lowercase();
        if !matches!(&*method, "transverse_mercator" | "gauss_kruger") {
            return None;
        }
        let base = self.child("GEOGCS")?.geographic()?;
        let number = |name: &str| {
            let mut all = self.items.iter().filter(|item| item.name == "PARAMETER");
            let found = all.find(|item| {
                item.texts
                    .first()
                    .is_some_and(|own| own.eq_ignore_ascii_case(name))
            })?;
            found.texts.get(1)?.parse::<f64>().ok()
        };
        let unit = self.child("UNIT")?.texts.get(1)?.parse::<f64>().ok()?;
        let meant = [
            number("central_meridian")?,
            number("false_easting")?,
            number("false_northing").unwrap_or(0.0),
            number("scale_factor").unwrap_or(1.0),
            number("latitude_of_origin").unwrap_or(0.0),
            unit,
        ];
        // Of the Gauss–Krüger grids those of 3 degrees come first: they are what is used.
        let codes = (4513..=4554)
            .chain(4491..=4512)
            .chain(32_601..=32_660)
            .chain(32_701..=32_760);
        codes.filter_map(Grid::of_epsg).find_map(|grid| {
            let [east, north] = grid.origin();
            let own = [
                f64::from(grid.meridian),
                east,
                north,
                grid.scale(),
                0.0,
                1.0,
            ];
            let same = own
                .iter()
                .zip(meant)
                .all(|(own, meant)| (own - meant).abs() < 1e-6);
            (same && grid.base() == base).then_some(Frame::Projected(grid))
        })
    }
}

type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads an item; `None` where the text is none.
fn item(rest: &mut Letters, depth: usize) -> Option<Item> {
    if depth > DEEPEST {
        return None;
    }
    let name = word(rest);
    let mut item = Item {
        name: name.to_uppercase(),
        ..Item::default()
    };
    if !matches!(rest.next()?, '[' | '(') {
        return None;
    }
    loop {
        skip_blanks(rest);
        match rest.peek()? {
            '"' => {
                rest.next();
                item.texts
                    .push(rest.by_ref().take_while(|&c| c != '"').collect());
            }
            c if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => item.texts.push(word(rest)),
            _ => {
                // A bare word such as the direction of an axis, or an item.
                let mut ahead = rest.clone();
                word(&mut ahead);
                if matches!(ahead.peek(), Some('[' | '(')) {
                    let child = self::item(rest, depth + 1)?;
                    item.items.push(child);
                } else {
                    item.texts.push(word(rest));
                }
            }
        }
        skip_blanks(rest);
        match rest.next()? {
            ',' => {}
            ']' | ')' => return Some(item),
            _ => return None,
        }
    }
}

fn skip_blanks(rest: &mut Letters) {
    while rest.next_if(|c| c.is_whitespace()).is_some() {}
}

fn word(rest: &mut Letters) -> String {
    let mut word = String::new();
    while let Some(letter) = rest.next_if(|c| !matches!(c, '[' | ']' | '(' | ')' | ',' | '"')) {
        word.push(letter);
    }
    word.trim().to_owned()
}
