//! Names and figures as all tables write them.

use super::Cell;
use super::figure::spot;
use crate::frame::Frame;
use crate::lang::Lang;
use crate::measure::Scope;
use crate::places::{CategoryId, Group};
use crate::plane::LonLat;
use crate::reach::Nearest;
use crate::standard::Denominator;
use crate::standard::Requirement;
use crate::study::{AskedSet, Study};
use crate::units::{Length, WalkTime};

/// The name of a requirement.
pub(super) fn requirement_name(requirement: &Requirement, lang: Lang) -> &str {
    lang.pick(&requirement.zh, &requirement.en)
}

/// The name of a set of categories.
pub(super) fn set_name(study: &Study, set: &AskedSet, lang: Lang) -> String {
    let names: Vec<&str> = set
        .categories
        .iter()
        .map(|&category| {
            let category = study.catalog.category(category);
            lang.pick(&*category.zh, &*category.en)
        })
        .collect();
    let name = names.join(lang.pick("、", " or "));
    match set.fit.text(lang) {
        asked if asked.is_empty() => name,
        asked => lang.pick(format!("{name}（{asked}）"), format!("{name} ({asked})")),
    }
}

/// The keys of categories.
pub(super) fn category_keys(study: &Study, categories: &[CategoryId]) -> String {
    let keys = categories.iter();
    let keys: Vec<&str> = keys
        .map(|&category| &*study.catalog.category(category).key)
        .collect();
    keys.join(";")
}

/// The name of a denominator, with its unit.
pub(super) fn denominator_name(denominator: Denominator, lang: Lang) -> &'static str {
    match denominator {
        Denominator::Land => lang.pick("居住用地", "residential land"),
        Denominator::People => lang.pick("人口", "people"),
        Denominator::Group(group) => match group {
            Group::Elderly => lang.pick("老年人", "the elderly"),
            Group::Elderly65 => lang.pick("65 岁及以上老年人", "people of 65 and more"),
            Group::Children => lang.pick("儿童", "children"),
            Group::Children0To3 => lang.pick("0–3 岁儿童", "children below 3"),
            Group::Children3To6 => lang.pick("3–6 岁儿童", "children of 3 to 5"),
            Group::Children6To12 => lang.pick("6–12 岁儿童", "children of 6 to 11"),
        },
    }
}

/// The denominators that some block knows: what nobody knows is not printed.
pub(super) fn denominators(study: &Study) -> Vec<Denominator> {
    study.denominators().to_vec()
}

/// The first of these denominators of which there is any: a share of nothing is none.
pub(super) fn first_counted(study: &Study, of: &[Denominator]) -> Option<Denominator> {
    of.iter().copied().find(|&of| study.whole.units(of) > 0)
}

/// Level, id and name of a scope.
pub(super) fn scope_cells(study: &Study, scope: Scope, lang: Lang) -> [Cell; 3] {
    match scope {
        Scope::Whole => [
            Cell::text("whole"),
            Cell::Empty,
            Cell::text(lang.pick("研究范围", "study area")),
        ],
        Scope::Zone(level, zone) => {
            let zoning = &study.zonings[level];
            let (id, name) = &zoning.zones[zone as usize];
            [
                Cell::text(&*zoning.level),
                Cell::text(id),
                Cell::maybe_text(name.as_deref()),
            ]
        }
        Scope::Outside(level) => [
            Cell::text(&*study.zonings[level].level),
            Cell::Empty,
            Cell::text(lang.pick("分区之外", "outside every zone")),
        ],
    }
}

/// East and north of a place.
pub(super) fn coordinates(frame: Frame, at: LonLat) -> [Cell; 2] {
    spot(frame, at).map(|part| Cell::Decimal(part, frame.decimals()))
}

/// A walked length in metres.
pub(super) fn metres(nearest: Option<Nearest>) -> Cell {
    Cell::maybe(
        nearest.map(|found| Length::from_decimetres(found.cost).metres()),
        1,
    )
}

/// A walked time in minutes.
pub(super) fn minutes(nearest: Option<Nearest>) -> Cell {
    Cell::maybe(
        nearest.map(|found| WalkTime::from_tenths(found.cost).minutes()),
        2,
    )
}

/// The id of the nearest facility.
pub(super) fn facility(study: &Study, nearest: Option<Nearest>) -> Cell {
    Cell::maybe_text(nearest.map(|found| &*study.facilities[found.facility() as usize].id))
}

/// How many decimals a share is written with.
const SHARE_DECIMALS: usize = 6;

/// A share, with six decimals.
pub(super) fn share(share: Option<f64>) -> Cell {
    Cell::maybe(share, SHARE_DECIMALS)
}

/// A share as the tables write it.
pub(super) fn share_text(share: f64) -> String {
    format!("{share:.SHARE_DECIMALS$}")
}

/// A whole number with a comma before every three digits.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The day of a moment, in universal time: `2024-05-17`.
///
/// # Units
/// Seconds since 1970. Days by the algorithm of Howard Hinnant, *chrono-compatible
/// low-level date algorithms* (`civil_from_days`).
pub(super) fn date(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_800, "2024-02-29"),
            (1_735_689_599, "2024-12-31"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(date(seconds), day);
        }
    }

    #[test]
    fn every_three_digits_have_a_comma() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345_678, "12,345,678"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }
}
