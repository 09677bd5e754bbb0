//! `sizes.csv`: facilities that are asked for their size or class, and do not simply fit.

use super::{Cell, Table};
use crate::lang::Lang;
use crate::standard::Fitness;
use crate::study::Study;

pub(super) fn table(study: &Study, lang: Lang) -> Table {
    let columns = [
        "facility",
        "name",
        "categories",
        "asked",
        "requirements",
        "verdict",
        "counts",
        "area_m2",
        "floor_m2",
        "land_m2",
        "beds",
        "class",
    ];
    let mut rows = Vec::new();
    for (number, set) in study.sets.iter().enumerate() {
        let asking = study.answered().filter(|(_, answer)| answer.set == number);
        let keys: Vec<&str> = asking.map(|(requirement, _)| &*requirement.key).collect();
        for &(facility, fitness) in &set.judged {
            // What is of another tier or class is no fault of a facility.
            if !matches!(fitness, Fitness::TooSmall | Fitness::Unknown) {
                continue;
            }
            let about = &study.facilities[facility as usize];
            let size = &about.size;
            let land = |land: Option<crate::units::Land>| {
                Cell::maybe(land.map(crate::units::Land::square_metres), 2)
            };
            rows.push(vec![
                Cell::text(&*about.id),
                Cell::maybe_text(about.name.as_deref()),
                Cell::text(super::words::category_keys(study, &about.categories)),
                Cell::text(set.fit.text(lang)),
                Cell::text(keys.join(";")),
                Cell::text(fitness.key()),
                Cell::Flag(set.facilities.0.binary_search(&facility).is_ok()),
                land(size.area),
                land(size.floor),
                land(size.land),
                size.beds
                    .map_or(Cell::Empty, |beds| Cell::Whole(u64::from(beds))),
                Cell::maybe_text(size.class.as_deref()),
            ]);
        }
    }
    Table {
        columns: columns.map(str::to_owned).into(),
        rows,
    }
}

/// Whether any size or class is asked for.
pub(super) fn is_asked(study: &Study) -> bool {
    study.sets.iter().any(|set| !set.fit.is_any())
}
