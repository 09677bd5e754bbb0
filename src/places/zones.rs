//! Zones and the boundary of the study area.

use super::headers::Role;
use super::rows::{id, note_unknown_columns, read, sorted, text};
use super::{Headers, PlacesError, Zone};
use crate::notice::Notices;
use crate::plane::Area;
use crate::table::{self, Figure, Row, Source, Table, TableError};

/// Reads zones, sorted by id.
///
/// # Errors
/// Where the table cannot be used or a row is no polygon.
pub fn zones(source: &Source, headers: &Headers) -> Result<(Vec<Zone>, Notices), PlacesError> {
    let (table, mut notices) = read(source, Role::Zones, headers)?;
    let mut zones = zones_from_table(&table, &mut notices)?;
    // A file of one level says so by its name, if at all.
    let stem = source
        .path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let named = source
        .part
        .as_deref()
        .and_then(level_in)
        .or_else(|| level_in(&stem));
    for zone in zones.iter_mut().filter(|zone| zone.level.is_none()) {
        zone.level = named.map(str::to_owned);
    }
    Ok((zones, notices))
}

/// Administrative levels, and the words for them.
const LEVELS: [(&str, &[&str]); 3] = [
    (
        "district",
        &[
            "district",
            "districts",
            "county",
            "counties",
            "区县",
            "县区",
            "市辖区",
        ],
    ),
    (
        "subdistrict",
        &[
            "subdistrict",
            "subdistricts",
            "township",
            "townships",
            "街道",
            "街道办事处",
            "乡镇",
            "街镇",
            "街道乡镇",
            "镇街",
            "镇",
            "乡",
        ],
    ),
    (
        "community",
        &[
            "community",
            "communities",
            "village",
            "villages",
            "社区",
            "社区居委会",
            "居委会",
            "村",
            "行政村",
            "社区村",
            "村社区",
        ],
    ),
];

/// Planned circles (规划生活圈), and the minutes that tell them; the last is any.
const CIRCLES: [(&str, &[&str]); 5] = [
    ("circle_5_10min", &["5-10分钟", "五-十分钟", "5-10min"]),
    ("circle_15min", &["15分钟", "十五分钟", "15min"]),
    ("circle_10min", &["10分钟", "十分钟", "10min"]),
    ("circle_5min", &["5分钟", "五分钟", "5min"]),
    ("circle", &[""]),
];

/// A word in small letters, without blanks, with plain digits and one kind of dash.
fn plain(word: &str) -> String {
    let plain = |letter: char| match letter {
        '０'..='９' => char::from_u32(letter as u32 - 0xff10 + 0x30).unwrap_or(letter),
        '至' | '到' | '~' | '～' | '–' | '—' | '－' | '_' => '-',
        other => other,
    };
    let letters = word.chars().filter(|letter| !letter.is_whitespace());
    letters.map(plain).collect::<String>().to_lowercase()
}

/// The planned circle that a word speaks of.
fn circle(word: &str) -> Option<&'static str> {
    if !(word.contains("生活圈") || word.contains("circle")) {
        return None;
    }
    let of = |(_, minutes): &&(&str, &[&str])| minutes.iter().any(|word_of| word.contains(word_of));
    CIRCLES.iter().find(of).map(|(key, _)| *key)
}

/// The level that a word stands for.
fn level_of(word: &str) -> Option<&'static str> {
    let word = plain(word);
    let known = LEVELS.iter().find(|(_, words)| words.contains(&&*word));
    known.map(|(key, _)| *key).or_else(|| circle(&word))
}

/// The level that the name of a file or a layer speaks of: that of the longest word in it
/// of two letters or more.
fn level_in(name: &str) -> Option<&'static str> {
    let name = plain(name);
    let words = LEVELS.iter().flat_map(|(key, words)| {
        let words = words.iter();
        words.map(move |word| (*word, *key))
    });
    let within = words.filter(|(word, _)| word.chars().count() > 1 && name.contains(word));
    // A subdistrict is no district.
    let longest = within.max_by_key(|(word, _)| word.len());
    circle(&name).or(longest.map(|(_, key)| key))
}

/// Zones of several files: by id, then by level.
///
/// # Errors
/// Where two zones of a level have the same id.
pub fn joined_zones(files: Vec<Vec<Zone>>) -> Result<Vec<Zone>, PlacesError> {
    let mut zones: Vec<Zone> = files.into_iter().flatten().collect();
    let key = |zone: &Zone| (zone.id.clone(), zone.level.clone());
    zones.sort_by_cached_key(key);
    match zones
        .array_windows()
        .find(|[one, other]| key(one) == key(other))
    {
        Some([zone, _]) => Err(PlacesError::ZoneTwice {
            id: zone.id.clone(),
            level: zone.level.clone(),
        }),
        None => Ok(zones),
    }
}

pub(super) fn zones_from_table(
    table: &Table,
    notices: &mut Notices,
) -> Result<Vec<Zone>, PlacesError> {
    note_unknown_columns(table, &["id", "name", "level"], notices);
    let mut zones = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let zone = Zone {
            id: id(table, row)?,
            name: text(table, row, "name"),
            level: level(table, row)?,
            area: area(table, row)?.clone(),
        };
        zones.push((table.address(row, None), zone));
    }
    sorted(zones, |zone| &zone.id)
}

/// The zone's level; `whole` is what the study area is called in the outputs.
fn level(table: &Table, row: &Row) -> Result<Option<String>, PlacesError> {
    let level = text(table, row, "level");
    if level.as_deref() == Some("whole") {
        return Err(PlacesError::ReservedLevel {
            at: table.address(row, Some("level")),
        });
    }
    Ok(level.map(|word| level_of(&word).map_or(word, str::to_owned)))
}

/// Reads the study area: all polygons of the file together. Its columns are not
/// looked at.
///
/// # Errors
/// Where the table cannot be used or a row is no polygon.
pub fn boundary(source: &Source) -> Result<(Area, Notices), PlacesError> {
    let (table, notices) = table::read(source)?;
    Ok((boundary_from_table(&table)?, notices))
}

pub(super) fn boundary_from_table(table: &Table) -> Result<Area, PlacesError> {
    let mut polygons = Vec::new();
    for row in table.rows() {
        polygons.extend_from_slice(area(table, row)?.polygons());
    }
    // The order of the rows must not move the middle of the area by a bit.
    polygons.sort_by(|one, other| (&one.outer, &one.holes).cmp(&(&other.outer, &other.holes)));
    Area::new(polygons).ok_or_else(|| {
        let file = table.file().to_owned();
        TableError::NoRows { file }.into()
    })
}

fn area<'a>(table: &Table, row: &'a Row) -> Result<&'a Area, PlacesError> {
    match &row.figure {
        Some(Figure::Area(area)) => Ok(area),
        _ => Err(PlacesError::NoArea {
            at: table.address(row, None),
        }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::plane::LonLat;

    #[test]
    fn levels_are_known_by_their_words() {
        for (word, level) in [
            ("街道", Some("subdistrict")),
            (" Subdistrict ", Some("subdistrict")),
            ("乡", Some("subdistrict")),
            ("社区", Some("community")),
            ("15 分钟生活圈", Some("circle_15min")),
            ("5–10分钟生活圈", Some("circle_5_10min")),
            ("规划生活圈", Some("circle")),
            ("５ 分钟生活圈", Some("circle_5min")),
            ("circle_10min", Some("circle_10min")),
            ("Communities", Some("community")),
            ("街道办事处", Some("subdistrict")),
            ("片区", None),
        ] {
            assert_eq!(level_of(word), level, "{word}");
        }
        for (name, level) in [
            ("2026街道界线", Some("subdistrict")),
            ("Subdistricts_v2", Some("subdistrict")),
            ("districts", Some("district")),
            ("城区社区", Some("community")),
            ("15分钟社区生活圈划定", Some("circle_15min")),
            ("5-10分钟社区生活圈", Some("circle_5_10min")),
            ("5至10分钟生活圈", Some("circle_5_10min")),
            ("communities", Some("community")),
            ("district_communities", Some("community")),
            ("乡", None),
            ("lakeside.zones", None),
        ] {
            assert_eq!(level_in(name), level, "{name}");
        }
        // A word stands for one level.
        let mut words: Vec<&str> = LEVELS.iter().flat_map(|level| level.1).copied().collect();
        words.sort_unstable();
        assert!(words.array_windows().all(|[one, other]| one != other));
    }

    #[test]
    fn an_id_is_one_of_its_level() {
        let corner = |lon, lat| LonLat::from_degrees(lon, lat).unwrap();
        let ring = vec![
            corner(116.0, 36.0),
            corner(116.1, 36.0),
            corner(116.1, 36.1),
        ];
        let zone = |id: &str, level: &str| Zone {
            id: id.to_owned(),
            name: None,
            level: Some(level.to_owned()),
            area: Area::from_ring(ring.clone()).unwrap(),
        };
        let files = |level| {
            vec![
                vec![zone("2", "community"), zone("1", "community")],
                vec![zone("1", level)],
            ]
        };
        let zones = joined_zones(files("subdistrict")).unwrap();
        let told: Vec<_> = zones
            .iter()
            .map(|zone| (&*zone.id, zone.level.as_deref().unwrap()))
            .collect();
        assert_eq!(
            told,
            [("1", "community"), ("1", "subdistrict"), ("2", "community")]
        );
        let twice = joined_zones(files("community")).unwrap_err().to_string();
        assert!(
            twice.contains("'1'") && twice.contains("community"),
            "{twice}"
        );
    }
}
