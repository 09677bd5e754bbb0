//! A scenario of Las Palmas, followed, searched from everywhere, and read from an edited
//! input.

use std::sync::Arc;

use living_circle::progress::Silent;
use living_circle::scenario::{Base, Scenario};
use living_circle::study::{Files, Inquiry, Materials, Settings, Standing, Study};
use living_circle::units::CostKind;

use super::extracts::file;

fn same(one: &Study, other: &Study) {
    assert_eq!(one.facilities, other.facilities);
    for (one, other) in one.answers.iter().zip(&other.answers) {
        assert!(one == other);
    }
    for (one, other) in one.walked.iter().zip(&other.walked) {
        for kind in [CostKind::Length, CostKind::Time] {
            for set in 0..one.length.sets() {
                let [one, other] = [one, other].map(|it| it.reached(kind).nearest(set));
                assert!(one == other, "{kind:?} {set}");
            }
        }
    }
}

/// Twenty facilities are added, five links and ten gates: followed from where they begin they
/// give what a search from everywhere gives; and the facilities alone what a run gives that read them.
#[test]
fn twenty_facilities_five_links_and_ten_gates_of_las_palmas() {
    let Some(extract) = file("laspalmas.osm.pbf") else {
        return;
    };
    let files = Files {
        extract,
        ..Files::default()
    };
    let settings = Settings::default();
    let inquiry = Inquiry::new(&settings).unwrap();
    let materials = Materials::read(&files, &settings, &inquiry.catalog, &Silent).unwrap();
    let base = Base::of(materials.clone(), inquiry.clone(), true).unwrap();
    let blocks = &base.survey.city.blocks;
    let services = ["clinic", "pharmacy", "library", "kindergarten"];
    let mut facilities = String::from("name = \"twenty\"\n");
    for number in 0..20 {
        // Beside homes all over the city.
        let at = blocks[number * blocks.len() / 20].shape.inner_place();
        facilities += &format!(
            "[[add_facility]]\nid = \"plan/{number:02}\"\ncategories = [\"{}\"]\nat = [{}, {}]\n",
            services[number % 4],
            at.lon_degrees(),
            at.lat_degrees()
        );
    }
    let network = &base.survey.city.network;
    let mut all = facilities.clone();
    for number in 0..5 {
        // Bridges of 300 m from junctions all over the city.
        let from = network.junctions()[(number * 2 + 1) * network.junctions().len() / 10].at;
        let (east, north) = (from.lon_degrees() + 0.003, from.lat_degrees() + 0.0005);
        all += &format!(
            "[[add_walk]]\nkind = \"footbridge\"\njoin_m = 60\nline = [[{}, {}], [{east}, {north}]]\n",
            from.lon_degrees(),
            from.lat_degrees()
        );
    }
    let walls = base.walls_without_gates(30.0);
    let mut gates = 0;
    for wall in walls.iter().step_by(walls.len() / 20) {
        let at = wall.line[0];
        let (lon, lat) = (at.lon_degrees(), at.lat_degrees());
        let gate = format!("[[add_gate]]\nat = [{lon}, {lat}]\n");
        let alone = Scenario::from_toml(&format!("name = \"gate\"\n{gate}"), "gate.toml".as_ref());
        let alone = base.changed(&alone.unwrap()).unwrap();
        // It is put into the city as it is: no other network was built.
        if gates < 10 && Arc::ptr_eq(&alone.city.network, network) {
            all += &gate;
            gates += 1;
        }
    }
    assert_eq!(gates, 10);
    let standing = Standing::of(base.survey.clone(), inquiry.clone(), &Silent).unwrap();
    for text in [&facilities, &all] {
        let scenario = Scenario::from_toml(text, "plan.toml".as_ref()).unwrap();
        let survey = base.changed(&scenario).unwrap();
        let searched = Study::of(survey.clone(), &inquiry, &Silent).unwrap();
        let followed = standing.changed(survey, &Silent).unwrap();
        same(&searched, &followed);
        assert!(followed.facilities.len() == standing.study.facilities.len() + 20);
        if text == &facilities {
            // What was read, with the same facilities among it.
            let mut edited = materials.clone();
            let new = searched.facilities.iter();
            let new = new.filter(|facility| facility.id.starts_with("plan/"));
            edited.facilities.extend(new.cloned());
            edited
                .facilities
                .sort_by(|one, other| one.id.cmp(&other.id));
            let fresh = Study::from_materials(edited, &settings, &Silent).unwrap();
            same(&fresh, &followed);
        } else {
            let added = followed.network.walks().iter().filter(|walk| walk.way < 0);
            assert!(added.count() >= 5);
            let gates = |study: &Study| -> usize {
                let compounds = study.compounds.iter();
                compounds.map(|compound| compound.gates.len()).sum()
            };
            assert!(gates(&followed) >= gates(&standing.study) + 10);
        }
    }
}
