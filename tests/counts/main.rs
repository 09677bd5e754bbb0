//! How many of what an extract holds, against osmium, and every difference object by
//! object. On real extracts, from the folder that `LIVING_CIRCLE_DATA` names, else
//! `data/`; skipped where neither is there.
//!
//! The figures beside each kind are nodes, ways and relations as counted by
//!
//! ```text
//! osmium tags-filter -R -o found.osm.pbf CITY.osm.pbf EXPRESSIONS
//! osmium cat -f opl found.osm.pbf | cut -c1 | sort | uniq -c
//! ```
//!
//! (osmium 1.15.0.) What needs more than a filter was counted with pyosmium 4.3.2 and
//! shapely 2.2.0; each figure says how.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "../extracts/mod.rs"]
mod extracts;
mod facilities;
mod homes;
mod left_out;
mod named;
mod twice;

use living_circle::osm::{self, Extract, Keep, TagSet};
use living_circle::places::{self, Catalog};
use living_circle::progress::Silent;

const CITIES: [&str; 4] = ["laspalmas", "malta", "monaco_2024", "beijing_haidian"];

/// Keeps all places, and what is counted where it is none.
struct Places(Catalog);

impl Keep for Places {
    fn node(&self, tags: &dyn TagSet) -> bool {
        places::keeps_node(tags, &self.0) || facilities::is_filtered(tags)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        places::keeps_way(tags, &self.0) || facilities::is_filtered(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        places::keeps_relation(tags, &self.0) || facilities::is_filtered(tags)
    }
}

/// A city and the catalog, where its extract is at hand.
fn extract(city: &str) -> Option<(Extract, Catalog)> {
    let path = extracts::file(&format!("{city}.osm.pbf"))?;
    let keep = Places(Catalog::builtin().unwrap());
    let (extract, _) = osm::read(&path, &keep, &Silent).unwrap();
    Some((extract, keep.0))
}
