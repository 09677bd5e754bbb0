//! What may be a facility and is none, counted by tag and reason: a drawn town.
#![allow(clippy::unwrap_used)]

use std::fs;

use living_circle::lang::Lang;
use living_circle::osm::{Keep, TagSet, read_bytes};
use living_circle::places::{self, Catalog, FacilitySource, LeftOut, Origin};
use living_circle::progress::Silent;
use living_circle::report::{Folder, Outputs, summary, write_all};
use living_circle::study::{Files, Settings, Study};
use living_circle::synth::Town;
use unicode_width::UnicodeWidthStr as _;

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

fn left_out(town: &Town) -> Vec<LeftOut> {
    let wanted = Wanted(Catalog::builtin().unwrap());
    let bytes = town.drawing().to_pbf().unwrap();
    let (extract, _) = read_bytes("town", &bytes, &wanted, &Silent).unwrap();
    let (places, _) = places::from_osm(&extract, &wanted.0);
    places.left_out
}

/// `tag reason nodes/ways/relations example`.
fn told(rows: &[LeftOut]) -> Vec<String> {
    let told = |row: &LeftOut| {
        let example = match row.example {
            Origin::OsmNode(id) => format!("n{id}"),
            Origin::OsmWay(id) => format!("w{id}"),
            _ => "r".to_owned(),
        };
        let LeftOut {
            tag,
            reason,
            nodes,
            ways,
            relations,
            ..
        } = row;
        format!(
            "{tag} {} {nodes}/{ways}/{relations} {example}",
            reason.key()
        )
    };
    rows.iter().map(told).collect()
}

fn town() -> Town {
    Town::new(
        "
        A---B  E F G H I
        |   |
        D---C  J K L M N
        ",
    )
}

#[test]
fn every_reason_has_its_row() {
    let town = town()
        // Three restaurants, of which one is an area and one a multipolygon.
        .node("E", "amenity=restaurant shop=deli")
        .area("ABCD", "amenity=restaurant")
        .area("ABCD", "")
        .relation("outer:2", "type=multipolygon amenity=restaurant")
        // One by its name, one closed, two that are no more.
        .node("F", "amenity=school name=\"Autoescuela Canarias\"")
        .node("G", "leisure=park access=private")
        .node("H", "disused:amenity=school")
        .node("I", "amenity=school construction=yes")
        // Not whole.
        .way("ABC", "leisure=track")
        .way("ABC", "leisure=marina")
        .area("ABCD", "leisure=park access=private")
        .relation("outer:3", "type=multipolygon leisure=park")
        // Neither furniture, nor facilities, nor what says nothing of a site.
        .node("J", "amenity=bench")
        .node("K", "amenity=pharmacy shop=chemist")
        .node("L", "natural=tree")
        .node("M", "disused:amenity=bench")
        .node("N", "shop=supermarket was:amenity=bank");
    assert_eq!(
        told(&left_out(&town)),
        [
            "amenity=restaurant no_category 1/1/1 n69",
            "amenity=school marked_off 2/0/0 n72",
            "leisure=park not_public 1/1/0 n71",
            "amenity=school name 1/0/0 n70",
            "leisure=marina not_closed 0/1/0 w4",
            "leisure=park no_area 0/0/1 r",
            "leisure=track not_closed 0/1/0 w3",
        ]
    );
}

#[test]
fn what_a_category_asks_for_is_counted_whatever_its_key() {
    let town = town()
        .node("E", "place=square access=private")
        .node("F", "public_transport=platform")
        .node("G", "landuse=retail")
        .node("H", "highway=crossing")
        .area("ABCD", "natural=wood access=no")
        .missing("J");
    assert_eq!(
        told(&left_out(&town)),
        [
            "natural=wood not_public 0/1/0 w1",
            "place=square not_public 1/0/0 n69",
            "public_transport=platform no_category 1/0/0 n70",
        ]
    );
}

#[test]
fn a_ring_that_the_extract_cuts_has_no_area() {
    let town = town().area("ABCD", "amenity=hospital").missing("C");
    assert_eq!(
        told(&left_out(&town)),
        ["amenity=hospital no_area 0/1/0 w1"]
    );
}

/// A street with a block, a library that the table has too, a school that a node
/// stands for too, and seven kinds of other sites.
fn report() -> (tempfile::TempDir, Study) {
    let town = town()
        .way("ABEFGHI", "highway=residential")
        .area("ABCD", "amenity=school name=湖滨小学")
        .node("D", "amenity=school")
        .node("E", "amenity=library name=湖滨图书馆")
        .node("FGH", "amenity=restaurant")
        .node("IJ", "shop=clothes")
        .node("K", "shop=hairdresser")
        .node("L", "office=company")
        .node("M", "amenity=bank")
        .node("N", "tourism=hotel");
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let at = |letter| {
        let at = town.at(letter);
        format!("{},{}", at.lon_degrees(), at.lat_degrees())
    };
    let blocks = format!("id,lon,lat,area_m2\n1,{},100\n", at('A'));
    let facilities = format!("id,category,lon,lat\nt,library,{}\n", at('E'));
    let files = Files {
        extract: write("town.osm.pbf", &town.drawing().to_pbf().unwrap()),
        blocks: Some(write("blocks.csv", blocks.as_bytes()).into()),
        facilities: Some(write("facilities.csv", facilities.as_bytes()).into()),
        ..Files::default()
    };
    let settings = Settings {
        facilities_from: FacilitySource::Both,
        ..Settings::default()
    };
    let study = Study::run(&files, &settings, &Silent).unwrap();
    let out = home.path().join("out");
    let outputs = Outputs::plain(Lang::En);
    write_all(&study, &outputs, Folder::open(&out).unwrap()).unwrap();
    (home, study)
}

#[test]
fn a_report_says_what_was_left_out_and_what_was_merged() {
    let (home, study) = report();
    let read = |name: &str| fs::read_to_string(home.path().join("out").join(name)).unwrap();
    assert_eq!(
        read("left_out.csv"),
        "tag,reason,nodes,ways,relations,example\n\
         amenity=restaurant,no_category,3,0,0,node/70\n\
         shop=clothes,no_category,2,0,0,node/73\n\
         amenity=bank,no_category,1,0,0,node/77\n\
         office=company,no_category,1,0,0,node/76\n\
         shop=hairdresser,no_category,1,0,0,node/75\n\
         tourism=hotel,no_category,1,0,0,node/78\n"
    );
    assert_eq!(
        read("merged.csv"),
        "kept,kept_name,merged,merged_name,categories,rule,apart_m\n\
         t,,node/69,湖滨图书馆,library,unnamed,0.0\n\
         way/2,湖滨小学,node/68,,school,node_in_area,0.0\n"
    );
    let card: serde_json::Value = serde_json::from_str(&read("run.json")).unwrap();
    let counts = &card["counts"];
    assert_eq!(counts["facilities"], 2);
    assert_eq!(counts["merged_facilities"], 2);
    assert_eq!(counts["left_out_objects"], 9);

    let (en, zh) = (summary(&study, Lang::En), summary(&study, Lang::Zh));
    let block = "9 objects look like facilities and are not counted as such, mostly:";
    assert!(
        en.contains(block) && en.contains("… and 1 more tag in left_out.csv"),
        "{en}"
    );
    assert!(
        zh.contains("9 个近似设施的对象") && zh.contains("其余 1 种标签"),
        "{zh}"
    );
    assert!(en.contains("amenity=restaurant") && !en.contains("tourism=hotel"));
    assert!(en.lines().chain(zh.lines()).all(|line| line.width() <= 80));
}
