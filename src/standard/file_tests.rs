//! Standards from files: what they ask, and what is refused.

use super::*;
use crate::lang::Lang;

fn general() -> (Catalog, Standard) {
    let catalog = Catalog::builtin().unwrap();
    let standard = Standard::builtin("general", &catalog).unwrap();
    (catalog, standard)
}

#[test]
fn the_general_pack_asks_what_is_written_down() {
    let (catalog, standard) = general();
    // 7 required and 4 as needed at 3 tiers, and 3 of the SDGs.
    assert_eq!(standard.requirements.len(), 11 * 3 + 3);
    let mut required: Vec<&str> = standard
        .requirements
        .iter()
        .filter(|asked| asked.required && asked.tier == Some(5))
        .map(|asked| catalog.category(asked.categories[0]).key.as_str())
        .collect();
    required.sort_unstable();
    assert_eq!(
        required,
        [
            "clinic",
            "elderly",
            "kindergarten",
            "park",
            "pharmacy",
            "school",
            "shop"
        ]
    );
    for asked in &standard.requirements {
        assert_eq!(asked.basis, Basis::Network);
        if let Some(tier) = asked.tier {
            assert_eq!(asked.limit.cost(), u32::from(tier) * 600, "{}", asked.key);
            assert_eq!(asked.walker.as_deref(), Some("adult"));
        }
    }
    let fixed: Vec<(&str, u32, usize)> = standard
        .requirements
        .iter()
        .filter(|asked| asked.tier.is_none())
        .map(|asked| {
            (
                asked.key.as_str(),
                asked.limit.cost(),
                asked.categories.len(),
            )
        })
        .collect();
    assert_eq!(
        fixed,
        [
            ("sdg-11.2.1-bus", 5_000, 1),
            ("sdg-11.2.1-rail", 10_000, 1),
            ("sdg-11.7.1", 4_000, 2)
        ]
    );
}

#[test]
fn other_limits_ask_each_service_once() {
    let (_, standard) = general();
    let limits = ["500m", "10min", "90 m", "500 m", "0.25min"].map(|text| text.parse().unwrap());
    let asked = standard.with_limits(&limits);
    assert_eq!(asked.requirements.len(), 11 * 4);
    let keys: Vec<&str> = asked
        .requirements
        .iter()
        .map(|asked| asked.key.as_str())
        .collect();
    assert_eq!(
        keys[..4],
        [
            "kindergarten-500m",
            "kindergarten-10min",
            "kindergarten-90m",
            "kindergarten-15s"
        ]
    );
    let [metres, minutes, ..] = asked.requirements.as_slice() else {
        panic!()
    };
    assert_eq!(
        (metres.limit.cost(), metres.walker.as_deref()),
        (5_000, None)
    );
    assert_eq!(
        (minutes.limit.cost(), minutes.walker.as_deref()),
        (6_000, Some("adult"))
    );
    assert!(metres.required && metres.tier.is_none());
    let required = asked
        .requirements
        .iter()
        .filter(|asked| asked.required)
        .count();
    assert_eq!(required, 7 * 4);
    assert!(
        asked
            .requirements
            .iter()
            .all(|asked| !asked.key.starts_with("sdg"))
    );
}

const HEAD: &str = "key='x'\nzh='甲'\nen='x'\nedition='1'\n";
const GOOD: &str = "[[requirement]]\nkey='a'\nzh='乙'\nen='a'\ncategories=['park','square']\n\
                    limit='500 m'\nbasis='radius'\nrequired=true\ntarget=0.9\nsource='s'\n\
                    confidence='confirmed'\n";

fn refused(text: &str) -> String {
    let catalog = Catalog::builtin().unwrap();
    Standard::from_toml(text, "own.toml", &catalog)
        .unwrap_err()
        .to_string()
}

#[test]
fn a_file_of_ones_own_is_read() {
    let catalog = Catalog::builtin().unwrap();
    let standard = Standard::from_toml(&format!("{HEAD}{GOOD}"), "own.toml", &catalog).unwrap();
    let [asked] = standard.requirements.as_slice() else {
        panic!()
    };
    assert_eq!(asked.basis, Basis::Radius);
    assert_eq!(asked.target, Some(0.9));
    assert_eq!(asked.confidence, Confidence::Confirmed);
    assert_eq!(asked.limit.cost(), 5_000);
    assert_eq!(asked.source, Citation::new("s", "s"));
    let both = GOOD.replace("source='s'", "source={zh='规范',en='code'}");
    let standard = Standard::from_toml(&format!("{HEAD}{both}"), "own.toml", &catalog).unwrap();
    assert_eq!(
        standard.requirements[0].source,
        Citation::new("规范", "code")
    );
}

/// A report in Chinese cites in Chinese.
#[test]
fn the_packs_cite_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|letter| ('一'..='鿿').contains(&letter));
    let catalog = Catalog::builtin().unwrap();
    for key in Standard::keys() {
        let pack = Standard::builtin(key, &catalog).unwrap();
        let asked = pack.requirements.iter().map(|asked| &asked.source);
        let provided = pack.provisions.iter().map(|asked| &asked.source);
        let composed = pack.composites.iter().map(|asked| &asked.source);
        for source in asked.chain(provided).chain(composed) {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| source.text(lang));
            assert!(chinese(zh) || zh.starts_with("TD/T"), "{key}: {zh}");
            assert!(!en.is_empty());
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (from, to, words) in [
        (
            "'park'",
            "'prak'",
            vec!["requirement 1 (a)", "'prak'", "'park'"],
        ),
        ("'500 m'", "'500 mm'", vec!["'500 mm'", "500 m or 10 min"]),
        ("'500 m'", "'10 min'", vec!["radius is a length"]),
        ("'radius'", "'network'\nwalker='adult'", vec!["walker"]),
        ("limit='500 m'\n", "", vec!["either limit or tiers"]),
        (
            "limit='500 m'\n",
            "tiers=[]\n",
            vec!["either limit or tiers"],
        ),
        ("0.9", "90", vec!["0.9"]),
        ("0.9", "nan", vec!["0.9"]),
        ("['park','square']", "[]", vec!["categories is empty"]),
        ("key='a'", "key=' '", vec!["key is empty"]),
        (
            "target",
            "targte",
            vec!["line 13", "targte", "is 'target' meant?"],
        ),
        ("'radius'", "'beeline'", vec!["beeline", "radius"]),
        ("source='s'\n", "", vec!["source"]),
        ("source='s'", "source={zh='s'}", vec!["source", "en = "]),
    ] {
        let text = format!("{HEAD}{GOOD}");
        assert!(text.contains(from), "{from}");
        let message = refused(&text.replace(from, to));
        for word in words {
            assert!(
                message.contains("own.toml") && message.contains(word),
                "{to}: {message}"
            );
        }
    }
    assert!(refused(&format!("{HEAD}{GOOD}{GOOD}")).contains("requirement 2 (a)"));
    assert!(refused(HEAD).contains("no requirement"));
    let catalog = Catalog::builtin().unwrap();
    let unknown = Standard::builtin("genral", &catalog)
        .unwrap_err()
        .to_string();
    assert!(unknown.contains("genral") && unknown.contains("general"));
}
