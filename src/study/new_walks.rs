//! Walks that are new to those who look for one, and who is linked to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::footing::Grown;
use crate::link::{Going, ISLAND_METRES, Link, Linker, Links, Tracks};
use crate::network::{Obstacles, WalkGraph, WalkId};
use crate::plane::{LonLat, box_around, is_in_box};

/// Some places, ascending, with the links of each.
pub(super) type Linked = Vec<(u32, Vec<Link>)>;

/// Walks that somebody who looks for a walk has not had before.
pub(super) struct NewWalks<'a> {
    grown: &'a Grown,
    /// Ascending.
    walks: Vec<WalkId>,
    /// Each added walk, and each island, apart: what one of them gives no other takes away.
    tracks: Vec<Arc<Tracks>>,
    near: Option<Near<'a>>,
}

/// Where somebody must be to be linked to one of them.
struct Near<'a> {
    /// Boxes of their straight pieces, wider by the link limit.
    boxes: Vec<(LonLat, LonLat)>,
    /// Compounds with a gate in one of the boxes, ascending.
    compounds: Vec<usize>,
    obstacles: &'a Obstacles,
}

/// Whether a walk is new to those who look for one: it was added, or lay on an island so tiny
/// that hardly anybody was linked to it, and no longer does.
fn is_new(grown: &Grown, before: &WalkGraph, now: &WalkGraph, walk: WalkId) -> bool {
    let tiny = |graph: &WalkGraph, walk| graph.island_millimetres(walk) < ISLAND_METRES * 1_000;
    let was = grown.extension.was(walk);
    now.arc(walk).usable() && was.is_none_or(|was| tiny(before, was) && !tiny(now, walk))
}

/// All walks that are new.
pub(super) fn all(grown: &Grown, before: &WalkGraph, now: &WalkGraph) -> Vec<WalkId> {
    let walks = grown.extension.network().walk_ids();
    walks
        .filter(|&walk| is_new(grown, before, now, walk))
        .collect()
}

/// The same, looked for among all walks only where an island may have grown.
pub(super) fn sooner(grown: &Grown, before: &WalkGraph, now: &WalkGraph) -> Vec<WalkId> {
    let known = before.components();
    if now.components()[..known.len()] != *known {
        return all(grown, before, now);
    }
    let added = grown.extension.added();
    let added: Vec<WalkId> = added.filter(|&walk| now.arc(walk).usable()).collect();
    let was_tiny = |&walk: &WalkId| {
        let part = now.component(walk) as usize;
        let was = before.component_millimetres().get(part);
        was.is_none_or(|was| *was < ISLAND_METRES * 1_000)
    };
    if added.iter().any(was_tiny) {
        return all(grown, before, now);
    }
    added
}

impl<'a> NewWalks<'a> {
    /// These walks, on the graphs of before and of now.
    pub fn of(grown: &'a Grown, walks: Vec<WalkId>, before: &WalkGraph, now: &WalkGraph) -> Self {
        let network = grown.extension.network();
        let group = |walk: WalkId| match grown.extension.was(walk) {
            None => (0, network.walk(walk).way),
            Some(was) => (1, i64::from(before.component(was))),
        };
        let mut groups: BTreeMap<(u8, i64), Vec<WalkId>> = BTreeMap::new();
        for &walk in &walks {
            groups.entry(group(walk)).or_default().push(walk);
        }
        let tracks = groups.into_values();
        let tracks = tracks.map(|walks| Arc::new(Tracks::of(network, now, walks)));
        Self {
            grown,
            walks,
            tracks: tracks.collect(),
            near: None,
        }
    }

    /// The same, asked for those alone who are near enough. Who is not is linked to none: the
    /// last leg, from the place or from a gate, is no longer than the link limit.
    pub fn near(self, limit: f64, obstacles: &'a Obstacles) -> Self {
        let network = self.grown.extension.network();
        let walks = self.walks.iter();
        let pieces = walks.flat_map(|&walk| network.shape(walk).windows(2));
        let boxes = pieces.map(|pair| box_around([pair[0], pair[1]], limit));
        let mut near = Near {
            boxes: boxes.collect(),
            compounds: Vec::new(),
            obstacles,
        };
        let compounds = obstacles.compounds().iter().enumerate();
        let compounds = compounds.filter(|(_, compound)| {
            let mut gates = compound.gates.iter();
            gates.any(|gate| near.holds(gate.at))
        });
        near.compounds = compounds.map(|(number, _)| number).collect();
        Self {
            near: Some(near),
            ..self
        }
    }

    /// Linkers to walks as they lay before, and to one added walk or island each.
    pub fn linkers<'b>(
        &self,
        before: &[Arc<Tracks>],
        now: &'b WalkGraph,
        obstacles: &'b Obstacles,
        limit: f64,
    ) -> Vec<Linker<'b>> {
        let linker = |tracks: &Arc<Tracks>| {
            let all = [before, std::slice::from_ref(tracks)].concat();
            Linker::on(all, now, obstacles, limit)
        };
        self.tracks.iter().map(linker).collect()
    }

    /// The links of places to the new walks, of each where it is nearer than what was there.
    pub fn links<'b>(
        &self,
        linkers: &[Linker],
        places: impl Iterator<Item = &'b [LonLat]>,
        going: Going,
    ) -> Linked {
        let may_link = |at: LonLat| self.near.as_ref().is_none_or(|near| near.may_link(at));
        let near = (0..).zip(places);
        let near = near.filter(|(_, entrances)| entrances.iter().any(|&at| may_link(at)));
        let (places, entrances): (Vec<u32>, Vec<&[LonLat]>) = near.unzip();
        let found = linkers.iter().map(|it| it.link_all(&entrances, going));
        let found: Vec<Links> = found.collect();
        let of_place = |(at, place): (usize, u32)| {
            let links = found.iter().flat_map(|found| found.of(at));
            let links = links.filter(|link| self.walks.binary_search(&link.walk).is_ok());
            // Of a walk that was cut it may have met one as it lay before.
            let links = links.map(|link| link.carried(&self.grown.extension));
            let links: Vec<Link> = links.collect();
            (!links.is_empty()).then_some((place, links))
        };
        places
            .into_iter()
            .enumerate()
            .filter_map(of_place)
            .collect()
    }
}

impl Near<'_> {
    fn holds(&self, at: LonLat) -> bool {
        self.boxes.iter().any(|&near| is_in_box(near, at))
    }

    /// Whether somebody here may be linked to one of them: from near by, or from a compound
    /// that is left by a gate near by, one around another too.
    fn may_link(&self, at: LonLat) -> bool {
        if self.holds(at) {
            return true;
        }
        if self.compounds.is_empty() {
            return false;
        }
        let around = self.obstacles.compounds().around(at);
        let mut around = around.iter();
        around.any(|own| self.compounds.binary_search(own).is_ok())
    }
}
