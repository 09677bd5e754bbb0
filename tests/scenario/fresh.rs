//! A walk that is added, beside a fresh run on a map that has it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use living_circle::network::{JunctionId, WalkNetwork};
use living_circle::osm::{DrawnNode, DrawnWay, Tags};
use living_circle::study::Study;
use proptest::collection::vec;
use proptest::prelude::*;

use super::trust::{at, for_towns, no_worse, same, spots};
use super::{changed, place};

/// Junctions at which three public walks or more end, nobody is stopped and no other
/// junction of the same node lies.
fn crossroads(network: &WalkNetwork) -> Vec<JunctionId> {
    let mut ends: BTreeMap<JunctionId, usize> = BTreeMap::new();
    for walk in network.walks().iter().filter(|walk| !walk.private) {
        for end in walk.ends {
            *ends.entry(end).or_default() += 1;
        }
    }
    let plain = |(junction, count): (JunctionId, usize)| {
        let role = network.junctions()[junction.0 as usize].role;
        (count > 2 && role.is_plain()).then_some(junction)
    };
    ends.into_iter().filter_map(plain).collect()
}

/// A walk that is added from crossroads to crossroads is what a fresh run makes of it that
/// finds it in the map, where nobody is linked to the new walk; else nobody has less than
/// there.
#[test]
fn a_walk_between_crossroads_is_as_if_it_had_been_mapped() {
    let same_as_fresh = AtomicUsize::new(0);
    // No walk lies upon another.
    let picks = (vec((any::<u16>(), any::<u16>()), 1..3), vec(spots(), 1..2));
    for_towns(200, picks, |scene, (pairs, between)| {
        // Few are linked to what is new.
        let mut scene = scene.clone();
        scene.settings.link_limit = 20.0;
        scene.drawing.bounds = Some((at([-5_000, -5_000]), at([5_000, 5_000])));
        let scene = &scene;
        let before = scene.study();
        let crossroads = crossroads(&before.network);
        if crossroads.len() < 2 {
            return Ok(());
        }
        let mut edited = scene.clone();
        let mut text = String::new();
        for (number, (from, to)) in pairs.iter().enumerate() {
            let pick = |at: &u16| {
                let id = crossroads[usize::from(*at) % crossroads.len()];
                before.network.junctions()[id.0 as usize]
            };
            let (from, to) = (pick(from), pick(to));
            if from.osm_id == to.osm_id {
                continue;
            }
            let mut line = vec![from.at];
            let mut nodes = vec![from.osm_id];
            for (bend, &spot) in between.iter().enumerate() {
                let id = 1_000_000 + 10 * number as i64 + bend as i64;
                line.push(at(spot));
                nodes.push(id);
                edited.drawing.nodes.push(DrawnNode {
                    id,
                    at: at(spot),
                    tags: Tags::default(),
                });
            }
            line.push(to.at);
            nodes.push(to.osm_id);
            edited.drawing.ways.push(DrawnWay {
                id: 1_000_000 + number as i64,
                tags: Tags::new([("highway", "footway"), ("bridge", "yes")]),
                nodes,
            });
            let line: Vec<String> = line.into_iter().map(place).collect();
            text += &format!(
                "[[add_walk]]\nkind = \"footbridge\"\njoin_m = 0\nline = [{}]\n",
                line.join(", ")
            );
        }
        let (scenario, fresh) = (changed(scene, &text), edited.study());
        // Which side of a gate for residents lies behind it is told by size.
        let gated = !before.network.contacts().is_empty();
        let links = [&before, &scenario, &fresh].map(links_of);
        if !gated && links[0] == links[1] && links[0] == links[2] {
            same(&scenario, &fresh, "fresh")?;
            same_as_fresh.fetch_add(1, Ordering::Relaxed);
        } else {
            no_worse(&before, &scenario)?;
        }
        Ok(())
    });
    let same_as_fresh = same_as_fresh.into_inner();
    assert!(same_as_fresh > 15, "{same_as_fresh}");
}

/// The legs of all links, place by place.
fn links_of(study: &Study) -> Vec<Vec<u64>> {
    let of = study
        .walked
        .iter()
        .flat_map(|walked| [&walked.samples, &walked.facilities]);
    of.flat_map(|links| {
        (0..links.len()).map(|place| {
            let mut gaps: Vec<u64> = links.of(place).iter().map(|link| link.gap).collect();
            gaps.sort_unstable();
            gaps
        })
    })
    .collect()
}
