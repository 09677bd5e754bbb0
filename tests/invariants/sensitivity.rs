//! A variant of the sensitivity is the run that could be typed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use living_circle::study::Variant;
use proptest::prelude::*;

use super::for_towns;
use super::harness::Scene;

/// The same town with what a variant changes typed by hand; none where nobody can.
fn typed(scene: &Scene, variant: Variant) -> Option<Scene> {
    let mut typed = scene.clone();
    let settings = &mut typed.settings;
    match variant {
        Variant::Slower | Variant::Faster => return None,
        Variant::ShorterLimit => {
            typed = typed.within(&["4.5min", "9min", "13.5min", "108m", "270m"]);
        }
        Variant::LongerLimit => {
            typed = typed.within(&["5.5min", "11min", "16.5min", "132m", "330m"]);
        }
        Variant::ShorterLink => settings.link_limit = 100.0,
        Variant::LongerLink => settings.link_limit = 300.0,
        Variant::FinerSamples => settings.sample_spacing = 25.0,
        Variant::CoarserSamples => settings.sample_spacing = 100.0,
    }
    Some(typed)
}

#[test]
fn variants_are_runs_that_could_be_typed() {
    let moved = RefCell::new(BTreeMap::<Variant, u32>::new());
    for_towns(24, |scene| {
        let mut scene = scene.clone();
        let plain = scene.study();
        prop_assert!(plain.sensitivity.is_empty());
        scene.settings.sensitivity = true;
        let study = scene.study();
        // What is asked beside changes nothing of the answers.
        prop_assert!(study.answers == plain.answers);
        let variants = study.sensitivity.iter().map(|changed| changed.variant);
        prop_assert!(variants.eq(Variant::ALL));
        for changed in &study.sensitivity {
            let own = study.answers.iter().map(|answer| answer.whole().copied());
            let same = own
                .zip(&changed.coverage)
                .all(|(own, changed)| own == Some(*changed));
            *moved.borrow_mut().entry(changed.variant).or_default() += u32::from(!same);
            let Some(typed) = typed(&scene, changed.variant) else {
                continue;
            };
            let typed = typed.study();
            prop_assert_eq!(typed.answers.len(), changed.coverage.len());
            for (answer, found) in typed.answers.iter().zip(&changed.coverage) {
                prop_assert_eq!(answer.whole(), Some(found), "{:?}", changed.variant);
            }
        }
        Ok(())
    });
    // Every variant moves something somewhere.
    let moved = moved.into_inner();
    assert!(
        Variant::ALL.iter().all(|variant| moved[variant] > 0),
        "{moved:?}"
    );
}
