//! Named schools of Las Palmas: what a finished study says of the way there is
//! what a search on the bare segments says.

use living_circle::link::Links;
use living_circle::progress::Silent;
use living_circle::reach::Nearest;
use living_circle::study::{Settings, Study};
use living_circle::units::CostKind;

use super::real::materials;
use super::segments::Segments;
use super::town::Leg;

/// Primary schools in four quarters of the city.
const SCHOOLS: [&str; 4] = [
    "CEIP Iberia",
    "CEIP Galicia",
    "CEIP Siete Palmas",
    "CEIP Nanda Cambres",
];

/// Up to eight samples whose nearest of a set is one facility, from the nearest
/// to the farthest.
fn pupils(nearest: &[Option<Nearest>], facility: usize) -> Vec<(usize, Nearest)> {
    let mut found: Vec<(usize, Nearest)> = nearest
        .iter()
        .enumerate()
        .filter_map(|(sample, near)| Some((sample, (*near)?)))
        .filter(|(_, near)| near.facility() as usize == facility)
        .collect();
    found.sort_by_key(|&(sample, near)| (near.cost, sample));
    let step = found.len().div_ceil(8).max(1);
    found.into_iter().step_by(step).collect()
}

fn ways_to_school(study: &Study, segments: &Segments, name: &str, kind: CostKind) {
    let walked = study.main_walk();
    let set = study
        .sets
        .iter()
        .position(|set| set.key == "school")
        .unwrap();
    let school = study
        .facilities
        .iter()
        .position(|facility| facility.name.as_deref() == Some(name))
        .unwrap();
    let pupils = pupils(walked.reached(kind).nearest(set), school);
    assert!(pupils.len() >= 4, "{name} is nobody's nearest school");

    let links = |&(sample, _): &(usize, Nearest)| walked.samples.of(sample).to_vec();
    let homes = pupils.iter().map(links);
    let homes = Links::gather(homes.map(|links| links.into_iter().map(Ok).collect()));
    let schools = segments.known(&study.network, &walked.facilities);
    assert_eq!(schools.unlinked(school), None);
    let (town, _) = segments.town(&study.network, &walked.walker, kind, [&homes, &schools]);
    for (home, (sample, near)) in pupils.iter().enumerate() {
        let at = study.samples.all()[*sample].at;
        // Every way that is not longer than what the study says is in this circle.
        let metres = match kind {
            CostKind::Length => f64::from(near.cost) / 10.0,
            CostKind::Time => f64::from(near.cost) / 10.0 * walked.walker.speed,
        };
        let found = town.from(home, at, metres + 50.0);
        let to = |facility: usize| town.to(&found, facility);
        let slack = |leg: Leg| 3.0 + f64::from(leg.walks);
        let here = to(school).unwrap();
        let off = (here.cost - f64::from(near.cost)).abs();
        assert!(off <= slack(here), "{name} from {at}: {near:?}, {here:?}");
        for &other in &study.sets[set].facilities.0 {
            if let Some(leg) = to(other as usize) {
                let nearer = f64::from(near.cost) - leg.cost;
                assert!(
                    nearer <= slack(leg),
                    "{name} from {at}: {near:?}, but {leg:?}"
                );
            }
        }
    }
}

#[test]
fn the_ways_to_named_schools_are_the_shortest() {
    let Some(read) = materials("laspalmas") else {
        return;
    };
    let extract = read.extract.clone();
    let study = Study::from_materials(read, &Settings::default(), &Silent).unwrap();
    let segments = Segments::new(&extract, &living_circle::study::rules(&study.settings));
    for name in SCHOOLS {
        for kind in [CostKind::Length, CostKind::Time] {
            ways_to_school(&study, &segments, name, kind);
        }
    }
}
