//! What is a walk already.

use std::collections::BTreeMap;

use super::super::segment::{Point, Segments};
use super::drawn::Plaza;
use crate::profile::{Direction, WalkClass, WalkKind};

/// Straight pieces between places of rings that are walks already.
pub(super) struct Known(BTreeMap<[Point; 2], Vec<WalkClass>>);

impl Known {
    pub fn of(segments: &Segments, plazas: &[Plaza]) -> Self {
        let mut on_ring = vec![false; segments.points()];
        for point in plazas.iter().flat_map(Plaza::points) {
            on_ring[point as usize] = true;
        }
        let on_ring = |point: Point| on_ring.get(point as usize) == Some(&true);
        let mut known = Self(BTreeMap::new());
        for segment in &segments.list {
            let open = segment.direction == Direction::Both && !segment.private;
            if open && on_ring(segment.a) && on_ring(segment.b) {
                known.is_new(segment.a, segment.b, segment.class);
            }
        }
        known
    }

    pub fn has(&self, a: Point, b: Point, class: WalkClass) -> bool {
        let classes = self.0.get(&[a.min(b), a.max(b)]);
        classes.is_some_and(|classes| classes.contains(&level(class)))
    }

    /// Takes a piece in; whether it was not there.
    pub fn is_new(&mut self, a: Point, b: Point, class: WalkClass) -> bool {
        let new = !self.has(a, b, class);
        if new {
            let classes = self.0.entry([a.min(b), a.max(b)]).or_default();
            classes.push(level(class));
        }
        new
    }
}

/// The class with one kind for all that every walker walks alike.
fn level(class: WalkClass) -> WalkClass {
    let kind = match class.kind {
        WalkKind::Street | WalkKind::Footway | WalkKind::Path | WalkKind::Cycleway => {
            WalkKind::Footway
        }
        kind @ (WalkKind::Steps | WalkKind::Elevator) => kind,
    };
    WalkClass { kind, ..class }
}
