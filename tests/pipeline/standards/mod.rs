//! Standards on a town that a river parts: every row, sizes, composites, provisions.

mod packs;
mod tables;
pub(crate) mod town;

use crate::harness::{answer, catalog, sums};
use living_circle::measure::Scope;
use living_circle::standard::{Denominator, Standard};
use living_circle::study::Provided::{Missing, NoData, Present, SizeUnknown, TooSmall};
use living_circle::study::Study;
use town::{any, floor, in_communities, scene, site, within};

/// Facilities of unknown size count, unless they must not; in both cases it is told.
#[test]
fn unknown_sizes_count_or_not() {
    let sites = [site("station", "elderly_day_care", any(), 0.0)];
    let mut scene = scene(&["gb50180-2018"], &sites);
    let key = "elderly_day_care-5min";
    let [network, _] = within(300.0, &[0.0]);
    let told = |study: &Study, key: &str| {
        let mut notices = study.notices.iter();
        notices
            .find(|(notice, _)| notice.key() == key)
            .map(|(_, seen)| seen.count)
    };
    let counted = scene.study();
    assert_eq!(sums(&counted, key, Scope::Whole)[1][0], network * 10_000);
    assert_eq!(told(&counted, "unknown_sizes_counted"), Some(1));
    scene.settings.strict_sizes = true;
    let strict = scene.study();
    assert!(!strict.has_data(answer(&strict, key)));
    assert_eq!(told(&strict, "unknown_sizes_left_out"), Some(1));
}

/// Every community has what it has, large enough or not; what stands nowhere is unknown.
#[test]
fn communities_and_what_stands_in_them() {
    let sites = [
        site("large", "elderly_day_care", floor(350.0), 0.0),
        site("also small", "elderly_day_care", floor(10.0), 0.0),
        site("small", "elderly_day_care", floor(349.0), 1_000.0),
        site("unknown", "elderly_day_care", any(), 2_000.0),
        site(
            "complex",
            "elderly_day_care;nursery;library",
            floor(600.0),
            3_000.0,
        ),
    ];
    let scene = in_communities(scene(&["wanzheng-shequ"], &sites));
    let study = scene.study();
    let states = |key: &str| {
        let mut asked = study.standard.provisions.iter();
        let place = asked.position(|asked| asked.key == key).unwrap();
        let zones = study.provided[place].iter();
        zones.map(|zone| zone.state).collect::<Vec<_>>()
    };
    assert_eq!(
        states("elderly_station"),
        [Present, TooSmall, SizeUnknown, Present]
    );
    assert_eq!(
        states("embedded_complex"),
        [Missing, Missing, Missing, Present]
    );
    assert_eq!(states("supermarket"), [NoData; 4]);
}

/// Standards that nobody could tell apart, and one's own beside a pack.
#[test]
fn a_standard_is_given_once() {
    let catalog = catalog();
    let park = || Standard::builtin("park-500m", &catalog).unwrap();
    assert!(Standard::joined(vec![park(), park()]).is_err());
    let own = r#"
key = "ours"
zh = "本市"
en = "Ours"
edition = "2026"
[[requirement]]
key = "park"
zh = "公园"
en = "park"
categories = ["park"]
limit = "400 m"
basis = "network"
required = true
target = 0.8
denominator = "people"
source = "city council"
confidence = "confirmed"
"#;
    let own = Standard::from_toml(own, "ours.toml", &catalog).unwrap();
    let joined = Standard::joined(vec![park(), own]).unwrap();
    let keys: Vec<&str> = joined
        .requirements
        .iter()
        .map(|asked| &*asked.key)
        .collect();
    assert_eq!((keys[0], keys[8]), ("park-500m.park", "ours.park"));
    assert_eq!(joined.requirements[8].denominator, Denominator::People);
}
