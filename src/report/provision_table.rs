//! `provisions.csv`: what every zone has of what it should have; `per_thousand.csv`:
//! how much there is for 1,000 people (千人指标).

use super::{Cell, Table};
use crate::lang::Lang;
use crate::measure::Sums;
use crate::places::Facility;
use crate::study::Study;
use crate::units::Land;

pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "standard",
        "provision",
        "name",
        "required",
        "asked",
        "level",
        "zone",
        "zone_name",
        "state",
        "facilities",
        "first_facility",
        "first_name",
        "source",
        "confidence",
    ];
    let mut rows = Vec::new();
    for (provision, zones) in study.standard.provisions.iter().zip(&study.provided) {
        for found in zones {
            let zoning = &study.zonings[found.level];
            let (zone, zone_name) = &zoning.zones[found.zone as usize];
            let first = found.facilities.first();
            let first = first.map(|&facility| &study.facilities[facility as usize]);
            rows.push(vec![
                Cell::text(&*provision.pack),
                Cell::text(&*provision.key),
                Cell::text(lang.pick(&*provision.zh, &*provision.en)),
                Cell::Flag(provision.required),
                Cell::text(provision.fit.text(lang)),
                Cell::text(&*zoning.level),
                Cell::text(zone),
                Cell::maybe_text(zone_name.as_deref()),
                Cell::text(found.state.key()),
                Cell::Whole(found.facilities.len() as u64),
                Cell::maybe_text(first.map(|facility| &*facility.id)),
                Cell::maybe_text(first.and_then(|facility| facility.name.as_deref())),
                Cell::text(provision.source.text(Lang::En)),
                Cell::text(provision.confidence.key()),
            ]);
        }
    }
    Table {
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

/// One row a zone that is drawn and set of categories that is asked for: what is known
/// of the size of its facilities, and that for 1,000 people of the zone.
pub(super) fn per_thousand(study: &Study) -> Table {
    let columns = [
        "level",
        "zone",
        "zone_name",
        "people",
        "categories",
        "facilities",
        "sized",
        "floor_m2",
        "land_m2",
        "beds",
        "places",
        "floor_m2_per_1000",
        "land_m2_per_1000",
        "beds_per_1000",
        "places_per_1000",
    ];
    let mut rows = Vec::new();
    for (level, zones) in study.facilities_of_zones.iter().enumerate() {
        let zoning = &study.zonings[level];
        let people = people_of(study, level);
        for (zone, inside) in zones.iter().enumerate() {
            let (id, name) = &zoning.zones[zone];
            for set in &study.sets {
                let own = inside
                    .iter()
                    .filter(|facility| set.facilities.0.binary_search(facility).is_ok())
                    .map(|&facility| &study.facilities[facility as usize]);
                let own: Vec<&Facility> = own.collect();
                let mut row = vec![
                    Cell::text(&*zoning.level),
                    Cell::text(id),
                    Cell::maybe_text(name.as_deref()),
                    Cell::maybe((people[zone] > 0.0).then_some(people[zone]), 3),
                    Cell::text(&*set.key),
                ];
                row.extend(sizes(&own, people[zone]));
                rows.push(row);
            }
        }
    }
    Table {
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

/// The people of every zone of a level.
fn people_of(study: &Study, level: usize) -> Vec<f64> {
    let zoning = &study.zonings[level];
    let mut sums = vec![Sums::default(); zoning.zones.len()];
    for (sample, zone) in study.samples.all().iter().zip(&zoning.of_sample) {
        if let Some(zone) = zone {
            sums[*zone as usize] += Sums::of([sample]);
        }
    }
    sums.iter().map(|sums| sums.people.count()).collect()
}

/// Counts, then totals of what is known, then those for 1,000 people.
fn sizes(own: &[&Facility], people: f64) -> Vec<Cell> {
    let total = |of: &dyn Fn(&Facility) -> Option<f64>| {
        let known: Vec<f64> = own.iter().filter_map(|facility| of(facility)).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>())
    };
    let square_metres = |land: Option<Land>| land.map(Land::square_metres);
    let totals = [
        total(&|facility| square_metres(facility.size.floor)),
        total(&|facility| square_metres(facility.size.land)),
        total(&|facility| facility.size.beds.map(f64::from)),
        total(&|facility| facility.size.capacity),
    ];
    let sized = own.iter().filter(|facility| {
        let size = &facility.size;
        size.floor.is_some()
            || size.land.is_some()
            || size.beds.is_some()
            || size.capacity.is_some()
    });
    let mut cells = vec![
        Cell::Whole(own.len() as u64),
        Cell::Whole(sized.count() as u64),
    ];
    cells.extend(totals.map(|total| Cell::maybe(total, 3)));
    let for_thousand = |total: f64| (people > 0.0).then(|| total * 1_000.0 / people);
    cells.extend(totals.map(|total| Cell::maybe(total.and_then(for_thousand), 3)));
    cells
}
