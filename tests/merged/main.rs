//! The same facility twice: which stays, by which rule, and what stays two. Drawn
//! towns through the bytes of an extract, and rows of a table.
#![allow(clippy::unwrap_used)]

mod nodes;
mod order;
mod rows;

use living_circle::notice::Notices;
use living_circle::osm::{Keep, TagSet, read_bytes};
use living_circle::places::{
    self, Catalog, Facility, FacilityList, FacilitySource, Origin, Shape, Size,
};
use living_circle::plane::LonLat;
use living_circle::progress::Silent;
use living_circle::synth::Town;

struct Wanted(Catalog);

impl Keep for Wanted {
    fn node(&self, tags: &dyn TagSet) -> bool {
        places::keeps_node(tags, &self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        places::keeps_way(tags, &self.0)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        places::keeps_relation(tags, &self.0)
    }
}

/// Two rings in one another, 120 m by 60 m and 60 m by 20 m, and places inside the
/// inner one, between the two, and outside. A cell is 10 m.
fn town() -> Town {
    Town::new(
        "
        A-----------B
        |           |
        |  E-----F  |
        | P|M N O|  |
        |  H-----G  |   X
        |           |
        D-----------C
        ",
    )
    .spacing(10.0)
}

fn merged(town: &Town, rows: &[Facility], source: FacilitySource) -> (FacilityList, Notices) {
    let wanted = Wanted(Catalog::builtin().unwrap());
    let bytes = town.drawing().to_pbf().unwrap();
    let (extract, _) = read_bytes("town", &bytes, &wanted, &Silent).unwrap();
    let (found, _) = places::from_osm(&extract, &wanted.0);
    places::merge(Some(rows.to_vec()), found.facilities, source, &wanted.0)
}

fn keys(facility: &Facility) -> String {
    let catalog = Catalog::builtin().unwrap();
    let keys = facility.categories.iter();
    let keys: Vec<&str> = keys.map(|&id| &*catalog.category(id).key).collect();
    keys.join(" ")
}

/// `id name categories` of all facilities, and `merged>kept rule` of all pairs.
fn told(list: &FacilityList) -> (Vec<String>, Vec<String>) {
    let name = |facility: &Facility| facility.name.clone().unwrap_or_else(|| "-".to_owned());
    let facilities = list.facilities.iter();
    let facilities = facilities.map(|own| format!("{} {} {}", own.id, name(own), keys(own)));
    let pairs = list.merged.iter();
    let pairs = pairs.map(|pair| format!("{}>{} {}", pair.gone, pair.kept, pair.rule.key()));
    (facilities.collect(), pairs.collect())
}

/// A row of a table.
fn row(id: &str, name: Option<&str>, key: &str, at: LonLat) -> Facility {
    Facility {
        id: id.to_owned(),
        name: name.map(str::to_owned),
        categories: vec![Catalog::builtin().unwrap().id(key).unwrap()],
        shape: Shape::Point(at),
        size: Size::default(),
        origin: Origin::Table(1),
        entrances: vec![at],
        entrances_assumed: false,
    }
}
