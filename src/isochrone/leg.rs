//! The straight legs of a place, as lines.

use super::draw::{Canvas, Leg};
use super::shapes::between;
use crate::link::{Going, Link};
use crate::network::Compounds;
use crate::plane::{LonLat, distance_millimetres};
use crate::units::Cost;

/// A leg is as long as its link says, but for the rounding of a place.
///
/// # Units
/// Millimetres.
const ROUNDING: u64 = 30;

/// What legs lead through.
pub(super) struct Ways<'a> {
    pub canvas: &'a Canvas<'a>,
    /// The compounds, whose gates legs lead through.
    pub compounds: Option<&'a Compounds>,
    pub going: Going,
}

fn near(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= ROUNDING
}

impl Ways<'_> {
    /// The line of a link's leg: straight from an entrance to the walk, or by a gate of
    /// the compound that the entrance lies in. `None` by several compounds in turn.
    fn line(&self, entrances: &[LonLat], link: &Link) -> Option<Vec<LonLat>> {
        let to = self.canvas.place(link.walk, link.along);
        let straight = |from: &&LonLat| near(link.gap, distance_millimetres(**from, to));
        if let Some(&from) = entrances.iter().find(straight) {
            return Some(vec![from, to]);
        }
        let compounds = self.compounds?;
        entrances.iter().find_map(|&from| {
            let own = *compounds.around(from).first()?;
            let gates = compounds.compound(own).gates.iter();
            let mut open = gates.filter(|gate| self.going.passes(gate));
            let by_gate = open.find(|gate| {
                let inner = distance_millimetres(from, gate.at);
                near(link.gap, inner + distance_millimetres(gate.at, to))
            });
            by_gate.map(|gate| vec![from, gate.at, to])
        })
    }

    /// The legs of a place as far as each limit leads. `cost` is that of a length in
    /// millimetres.
    pub fn legs(
        &self,
        entrances: &[LonLat],
        links: &[Link],
        limits: &[Cost],
        cost: impl Fn(u64) -> Cost,
        legs: &mut Vec<Leg>,
    ) {
        // Whoever is at a place has reached it.
        legs.extend(entrances.iter().map(|&at| Leg {
            limit: 0,
            ends: [at, at],
        }));
        for link in links {
            let Some(line) = self.line(entrances, link) else {
                continue;
            };
            let whole = u64::from(cost(link.gap));
            let mut before = 0;
            for (limit, &most) in (0..).zip(limits) {
                let far = match link.gap * u64::from(most) {
                    _ if whole <= u64::from(most) => link.gap,
                    part => part / whole,
                };
                add(&line, [before, far], limit, legs);
                before = far;
            }
        }
    }
}

/// Adds a part of a line.
///
/// # Units
/// Millimetres along the line.
fn add(line: &[LonLat], [from, to]: [u64; 2], limit: u32, legs: &mut Vec<Leg>) {
    let mut before = 0;
    for pair in line.windows(2) {
        let ends = [pair[0], pair[1]];
        let length = distance_millimetres(ends[0], ends[1]);
        let (first, last) = (from.max(before), to.min(before + length));
        if first < last {
            let at = |along: u64| between(ends, (along - before) as f64 / length as f64);
            legs.push(Leg {
                limit,
                ends: [at(first), at(last)],
            });
        }
        before += length;
    }
}
