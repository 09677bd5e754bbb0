//! A scenario of Las Palmas, followed, searched from everywhere, and read from an edited
//! input.

use std::sync::Arc;

use living_circle::osm::{NodeIndex, Tags, Way};
use living_circle::plane::{LonLat, Plane, box_around, distance_metres, is_in_box};
use living_circle::progress::Silent;
use living_circle::scenario::{Base, Scenario};
use living_circle::study::{Files, Inquiry, Materials, Settings, Standing, Study};
use living_circle::units::CostKind;

use super::extracts::file;

fn same(one: &Study, other: &Study) {
    assert_eq!(one.facilities, other.facilities);
    for (own, others) in one.answers.iter().zip(&other.answers) {
        assert!(own == others);
        for block in 0..one.blocks.len() {
            let (own, others) = (one.of_block(own, block), other.of_block(others, block));
            assert_eq!(own.count(), others.count());
        }
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

/// The scenario of a text.
fn scenario(text: &str) -> Scenario {
    Scenario::from_toml(&format!("name = \"plan\"\n{text}"), "plan.toml".as_ref()).unwrap()
}

fn written(at: LonLat) -> String {
    format!("[{}, {}]", at.lon_degrees(), at.lat_degrees())
}

/// Twenty facilities beside homes all over the city.
fn facilities(base: &Base) -> String {
    let blocks = &base.survey.city.blocks;
    let services = ["clinic", "pharmacy", "library", "kindergarten"];
    let facility = |number: usize| {
        let at = blocks[number * blocks.len() / 20].shape.inner_place();
        format!(
            "[[add_facility]]\nid = \"plan/{number:02}\"\ncategories = [\"{}\"]\nat = {}\n",
            services[number % 4],
            written(at)
        )
    };
    (0..20).map(facility).collect()
}

/// Five pairs of junctions, by OSM id, 100 to 400 m apart: no home and no facility is so near
/// to the line between them that it would be linked to that.
fn pairs(base: &Base) -> Vec<[(i64, LonLat); 2]> {
    let city = &base.survey.city;
    let samples = base.survey.samples.all().iter().map(|sample| sample.at);
    let entrances = city.facilities.iter().flat_map(|it| &it.entrances).copied();
    let places: Vec<LonLat> = samples.chain(entrances).collect();
    let mut ends = vec![0; city.network.junctions().len()];
    for walk in city.network.walks().iter().filter(|walk| !walk.private) {
        for end in walk.ends {
            ends[end.0 as usize] += 1;
        }
    }
    let junctions = city.network.junctions().iter().zip(&ends);
    let crossroads = junctions.filter(|(junction, ends)| junction.role.is_plain() && **ends > 2);
    let crossroads: Vec<(i64, LonLat)> = crossroads.map(|(it, _)| (it.osm_id, it.at)).collect();
    let is_free = |line: [LonLat; 2]| {
        let near = box_around(line, 100.0);
        let mut places = places.iter().filter(|&&at| is_in_box(near, at));
        places.all(|&at| {
            let [east, north] = Plane::at(at).nearest_on(line).1;
            east.hypot(north) > 80.0
        })
    };
    let mut pairs: Vec<[(i64, LonLat); 2]> = Vec::new();
    for (number, &from) in crossroads.iter().enumerate() {
        let next = crossroads[number..].iter().take(30);
        let mut next = next.filter(|to| (100.0..400.0).contains(&distance_metres(from.1, to.1)));
        let apart = pairs
            .iter()
            .all(|[it, _]| distance_metres(it.1, from.1) > 1_000.0);
        if let Some(&to) = next.find(|to| apart && is_free([from.1, to.1])) {
            pairs.push([from, to]);
        }
        if pairs.len() == 5 {
            break;
        }
    }
    assert_eq!(pairs.len(), 5);
    pairs
}

/// What was read, with the facilities of a study among it and a way for every pair.
fn edited(materials: &Materials, planned: &Study, pairs: &[[(i64, LonLat); 2]]) -> Materials {
    let mut edited = materials.clone();
    let new = planned.facilities.iter();
    let new = new.filter(|facility| facility.id.starts_with("plan/"));
    edited.facilities.extend(new.cloned());
    edited
        .facilities
        .sort_by(|one, other| one.id.cmp(&other.id));
    let extract = &mut edited.extract;
    for pair in pairs {
        let nodes =
            pair.map(|(id, _)| NodeIndex(extract.node_ids.binary_search(&id).unwrap() as u32));
        let last = extract.ways.last().map_or(0, |way| way.id);
        extract.ways.push(Way {
            id: last + 1,
            tags: Tags::new([("highway", "footway"), ("bridge", "yes")]),
            nodes: nodes.into(),
        });
    }
    edited
}

/// Twenty facilities and five links are added: followed from where they begin they give what
/// a search from everywhere gives, and what a run gives that reads them. So do bridges that
/// end anywhere, and gates, but for the run that reads them.
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
    let standing = Standing::of(base.survey.clone(), inquiry.clone(), &Silent).unwrap();
    let both = |text: &str| {
        let survey = base.changed(&scenario(text)).unwrap();
        let searched = Study::of(survey.clone(), &inquiry, &Silent).unwrap();
        let followed = standing.changed(survey, &Silent).unwrap();
        same(&searched, &followed);
        assert!(followed.facilities.len() == standing.study.facilities.len() + 20);
        followed
    };
    let (facilities, pairs) = (facilities(&base), pairs(&base));
    let links = pairs.iter().map(|[from, to]| {
        let line = [from, to].map(|end| written(end.1)).join(", ");
        format!("[[add_walk]]\nkind = \"footbridge\"\njoin_m = 0\nline = [{line}]\n")
    });
    let links: String = links.collect();
    let planned = both(&format!("{facilities}{links}"));
    let added = planned.network.walks().iter();
    assert_eq!(added.filter(|walk| walk.way < 0).count(), 5);
    let edited = edited(&materials, &planned, &pairs);
    let fresh = Study::from_materials(edited, &settings, &Silent).unwrap();
    same(&fresh, &planned);
    let nearest = |study: &Study| study.walked[0].time.nearest(0).to_vec();
    assert!(nearest(&standing.study) != nearest(&planned));

    let network = &base.survey.city.network;
    let mut all = facilities;
    for number in 0..5 {
        // Bridges of 300 m from junctions all over the city.
        let from = network.junctions()[(number * 2 + 1) * network.junctions().len() / 10].at;
        let (east, north) = (from.lon_degrees() + 0.003, from.lat_degrees() + 0.0005);
        let from = written(from);
        all += &format!(
            "[[add_walk]]\nkind = \"footbridge\"\njoin_m = 60\nline = [{from}, [{east}, {north}]]\n"
        );
    }
    let walls = base.walls_without_gates(30.0);
    let mut gates = 0;
    for wall in walls.iter().step_by(walls.len() / 20) {
        let gate = format!("[[add_gate]]\nat = {}\n", written(wall.line[0]));
        let alone = base.changed(&scenario(&gate)).unwrap();
        // It is put into the city as it is: no other network was built.
        if gates < 10 && Arc::ptr_eq(&alone.city.network, network) {
            all += &gate;
            gates += 1;
        }
    }
    assert_eq!(gates, 10);
    let planned = both(&all);
    let count = |study: &Study| -> usize {
        let compounds = study.compounds.iter();
        compounds.map(|compound| compound.gates.len()).sum()
    };
    assert!(count(&planned) >= count(&standing.study) + 10);
}
