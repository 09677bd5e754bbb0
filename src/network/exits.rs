//! Which parts of the network are grounds, and where they are left.

use std::cmp::Ordering;

use super::model::{Position, WalkId, WalkNetwork};
use crate::profile::Wheels;

/// A way out of a ground, and in: two positions at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exit {
    /// In the ground.
    pub inner: Position,
    /// Outside it.
    pub outer: Position,
    /// Whether a gate for residents stands there: visitors do not come in by it.
    pub gated: bool,
}

/// The exits of every component.
///
/// A component that meets others at contacts only is a ground: private ways lie inside
/// the public network, and of two public parts on either side of a gate for
/// residents the smaller one lies behind it. So exits lead from smaller to larger
/// parts, and never round in a circle.
#[derive(Clone, Debug, Default)]
pub(super) struct Exits {
    /// By component.
    first: Vec<u32>,
    list: Vec<Exit>,
    order: Vec<u32>,
    leads_to: Vec<u64>,
}

impl Exits {
    /// Sorts the contacts of a network into the exits of its components, for
    /// somebody with these wheels.
    pub fn new(
        network: &WalkNetwork,
        wheels: Wheels,
        component: impl Fn(WalkId) -> Option<u32>,
        millimetres: &[u64],
    ) -> Self {
        let mut private = vec![false; millimetres.len()];
        for walk in network
            .walk_ids()
            .filter(|&walk| network.walk(walk).private)
        {
            if let Some(component) = component(walk) {
                private[component as usize] = true;
            }
        }
        // From the inside to the outside: private grounds, then public parts by size.
        let mut inside_out: Vec<u32> = (0..millimetres.len() as u32).collect();
        inside_out.sort_unstable_by_key(|&part| {
            let at = part as usize;
            (!private[at], millimetres[at], part)
        });
        let mut order = vec![0; millimetres.len()];
        for (rank, &part) in (0..).zip(&inside_out) {
            order[part as usize] = rank;
        }
        // Of the walks that meet at a point any that is open stands for all.
        let open = |side: &[Position]| {
            side.iter()
                .find_map(|&position| Some((position, component(position.walk)?)))
        };
        let mut exits: Vec<(u32, Exit)> = network
            .contacts()
            .iter()
            .filter(|contact| !contact.role.stops_wheels(wheels))
            .filter_map(|contact| {
                let (one, here) = open(&contact.sides[0])?;
                let (other, there) = open(&contact.sides[1])?;
                // Where both sides hang together by another way, or are of one size,
                // neither lies behind the gate.
                let size = |part: u32| (private[part as usize], millimetres[part as usize]);
                if size(here) == size(there) {
                    return None;
                }
                let (part, inner, outer) = match order[here as usize].cmp(&order[there as usize]) {
                    Ordering::Less => (here, one, other),
                    Ordering::Greater => (there, other, one),
                    // Both sides of the gate hang together by another way.
                    Ordering::Equal => return None,
                };
                let gated = contact.role.stop;
                Some((
                    part,
                    Exit {
                        inner,
                        outer,
                        gated,
                    },
                ))
            })
            .collect();
        exits.sort_unstable();
        exits.dedup();
        let mut first = vec![0u32; millimetres.len() + 1];
        for &(part, _) in &exits {
            first[part as usize + 1] += 1;
        }
        for part in 1..first.len() {
            first[part] += first[part - 1];
        }
        let mut leads_to: Vec<u64> = (0..millimetres.len())
            .map(|part| if private[part] { 0 } else { millimetres[part] })
            .collect();
        for &part in inside_out.iter().rev() {
            let own = first[part as usize] as usize..first[part as usize + 1] as usize;
            for (_, exit) in &exits[own] {
                let beyond = component(exit.outer.walk).map_or(0, |outer| leads_to[outer as usize]);
                leads_to[part as usize] = leads_to[part as usize].max(beyond);
            }
        }
        Self {
            first,
            list: exits.into_iter().map(|(_, exit)| exit).collect(),
            order,
            leads_to,
        }
    }

    /// The exits of a component; none of the network that everybody walks.
    pub fn of(&self, component: u32) -> &[Exit] {
        let at = component as usize;
        &self.list[self.first[at] as usize..self.first[at + 1] as usize]
    }

    /// The component's place from the inside to the outside.
    pub fn order(&self, component: u32) -> u32 {
        self.order[component as usize]
    }

    /// The length of the public walks that a component is part of or leads out to.
    pub fn leads_to(&self, component: u32) -> u64 {
        self.leads_to[component as usize]
    }
}
