//! Walks that change nothing, as can be told without a search.

use std::collections::BTreeMap;

use super::Standing;
use super::follow::Footed;
use crate::link::Links;
use crate::network::{Position, cost_along};
use crate::plane::{LonLat, Plane, box_around, distance_millimetres, is_in_box};
use crate::profile::{WalkClass, Walker};
use crate::reach::{Held, Nearest};
use crate::units::{Cost, CostKind, Limit};

/// A straight walk that might be added, and joins others with its ends alone.
pub struct Straight {
    /// Its ends.
    pub ends: [LonLat; 2],
    /// Where they are on the network.
    pub joins: [Position; 2],
    /// What walkers read.
    pub class: WalkClass,
}

/// A place from where the walk might be met.
struct Near {
    /// The place, as an index.
    place: usize,
    /// How long the leg is, in millimetres, or at least so long.
    leg: u64,
    /// Where it ends on the walk, in millimetres from its first end; `None` where that is not
    /// known, as the leg leads through a gate.
    along: Option<u64>,
    /// Whether it has no other entrance, and is left by no gate near by.
    is_alone: bool,
}

/// What lies near a straight walk.
struct Around<'a> {
    standing: &'a Standing,
    walk: &'a Straight,
    near: (LonLat, LonLat),
    /// Boxes of the compounds with a gate near by: who lives there may come by it.
    gated: Vec<(LonLat, LonLat)>,
}

impl Straight {
    fn millimetres(&self) -> u64 {
        let [one, other] = self.ends;
        distance_millimetres(one, other)
    }
}

impl<'a> Around<'a> {
    fn of(standing: &'a Standing, walk: &'a Straight) -> Self {
        let near = box_around(walk.ends, standing.inquiry.settings.link_limit);
        let compounds = standing.survey.city.obstacles.compounds().iter();
        let gated = compounds.filter(|compound| {
            let mut gates = compound.gates.iter();
            gates.any(|gate| is_in_box(near, gate.at))
        });
        Self {
            standing,
            walk,
            near,
            gated: gated.map(|compound| compound.area.bounds()).collect(),
        }
    }

    /// A place from where the walk might be met.
    fn near(&self, place: usize, entrances: usize, at: LonLat) -> Option<Near> {
        let direct = is_in_box(self.near, at);
        let by_gate = self.gated.iter().any(|&inside| is_in_box(inside, at));
        if !direct && !by_gate {
            return None;
        }
        // As links are measured.
        let (share, foot) = Plane::at(at).nearest_on(self.walk.ends);
        let leg = (foot[0].hypot(foot[1]) * 1_000.0).round() as u64;
        if by_gate {
            // No way round is shorter, but for what a plane is off.
            return Some(Near {
                place,
                leg: (leg - leg / 1_000).saturating_sub(10),
                along: None,
                is_alone: false,
            });
        }
        Some(Near {
            place,
            leg,
            along: Some((share * self.walk.millimetres() as f64).round() as u64),
            is_alone: entrances == 1,
        })
    }

    fn samples(&self) -> Vec<Near> {
        let samples = self.standing.survey.samples.all().iter().enumerate();
        let near = samples.filter_map(|(number, sample)| self.near(number, 1, sample.at));
        near.collect()
    }

    fn facilities(&self) -> Vec<Near> {
        let facilities = self.standing.survey.city.facilities.iter().enumerate();
        let near = facilities.flat_map(|(number, facility)| {
            let entrances = facility.entrances.iter();
            let count = facility.entrances.len();
            entrances.filter_map(move |&at| self.near(number, count, at))
        });
        near.collect()
    }
}

/// Those who may be linked to the walk: it lies no farther than what they are linked to. Of a
/// place with several entrances, or one that is left by a gate, any of them may have had no
/// link.
fn linked<'b>(near: &'b [Near], links: &'b Links) -> impl Iterator<Item = &'b Near> {
    near.iter().filter(|near| {
        let gaps = links.of(near.place).iter().map(|link| link.gap);
        !near.is_alone || gaps.max().is_none_or(|gap| gap >= near.leg)
    })
}

/// What is to come nearer to somebody, by one walker, in one kind of cost.
pub struct Want {
    walker: usize,
    kind: CostKind,
    set: usize,
    /// Whether it counts that it is nearer at all; else it must come within a limit.
    nearer: bool,
    limits: Vec<Limit>,
}

impl Want {
    /// Whether who had it at a cost, if at all, gains by having it at another.
    pub fn gains(&self, was: Option<Cost>, is: Cost) -> bool {
        let nearer = was.is_none_or(|was| is < was);
        let within = |limit: &Limit| limit.holds(Some(is)) && !limit.holds(was);
        nearer && (self.nearer && was.is_some() || self.limits.iter().any(within))
    }
}

impl Standing {
    /// What the requirements want, each set once for one walker and kind of cost; it counts
    /// that it is nearer where that is said of a requirement, as an index.
    pub fn wants(&self, nearer: impl Fn(usize) -> bool) -> Vec<Want> {
        let mut wants: BTreeMap<(usize, CostKind, usize), Want> = BTreeMap::new();
        for (number, answer) in self.study.answers.iter().enumerate() {
            let (walker, kind, set) = (answer.walker, answer.limit.kind(), answer.set);
            let want = wants.entry((walker, kind, set)).or_insert_with(|| Want {
                walker,
                kind,
                set,
                nearer: false,
                limits: Vec::new(),
            });
            want.nearer |= nearer(number);
            want.limits.push(answer.limit);
        }
        wants.into_values().collect()
    }

    /// Whether a straight walk brings nothing that is wanted nearer to anybody.
    ///
    /// Let *d*(p) and *d*(q) be the costs from its ends to the nearest of a set, *w* its own. A
    /// way goes over it from end to end at most once, and where *d*(q) + *w* ≥ *d*(p) and the
    /// reverse it is no better than one that does not; else everybody to whom it is nearer
    /// walks to p first, and is looked for from there. A place that is linked to it has at least
    /// its leg and the way along it to either end, and *d* from there; a facility that is
    /// linked to it is of use where it is nearer to an end than *d*, to those who walk there;
    /// and a place meets such a facility by two legs at least. Where none of these is less than
    /// what there is, nothing is nearer.
    pub fn is_useless(&self, walk: &Straight, wants: &[Want]) -> bool {
        // An island that is tiny no more is linked to from all around.
        let tiny = |footed: &Footed| {
            let mut joined = walk.joins.iter();
            joined.any(|join| footed.is_on_tiny_island(join.walk))
        };
        if self.footed.iter().any(tiny) {
            return false;
        }
        let around = Around::of(self, walk);
        let (samples, facilities) = (around.samples(), around.facilities());
        wants.iter().all(|want| {
            let held = self.footed[want.walker].held(want.kind);
            let walked = &self.study.walked[want.walker];
            let members = &self.study.sets[want.set].facilities.0;
            let is_member = |near: &&Near| members.binary_search(&(near.place as u32)).is_ok();
            let asked = Asked {
                walk,
                want,
                held,
                walker: &walked.walker,
                known: walked.reached(want.kind).nearest(want.set),
                ends: walk.joins.map(|join| held.nearest_from(want.set, join)),
                samples: linked(&samples, &walked.samples).collect(),
                members: linked(&facilities, &walked.facilities)
                    .filter(is_member)
                    .collect(),
            };
            asked.is_useless()
        })
    }
}

/// A walk, what is wanted, and what there is of it.
struct Asked<'a> {
    walk: &'a Straight,
    want: &'a Want,
    held: &'a Held,
    walker: &'a Walker,
    /// What is nearest to every sample.
    known: &'a [Option<Nearest>],
    /// What it costs from the ends to the nearest.
    ends: [Cost; 2],
    /// Who would be linked to the walk.
    samples: Vec<&'a Near>,
    /// What of the set would be.
    members: Vec<&'a Near>,
}

impl Asked<'_> {
    fn is_useless(&self) -> bool {
        let whole = self.walk.millimetres();
        let own = self.walker.cost(self.want.kind, self.walk.class, whole);
        let Some(own) = own else {
            // Who may not use it is not even linked to it.
            return true;
        };
        let leg = |near: &Near| self.walker.plain_cost(self.want.kind, near.leg);
        let via_ends = |near: &Near| {
            let along = near.along.map(|along| cost_along(own, whole, along));
            let along = along.map_or([0; 2], |along| [along, own - along]);
            along.map(|along| along.saturating_add(leg(near)))
        };
        let [one, other] = self.ends.map(|end| end.saturating_add(own));
        let mut nearest_by = [other, one];
        for by in self.members.iter().map(|near| via_ends(near)) {
            nearest_by = [0, 1].map(|end| nearest_by[end].min(by[end]));
        }
        let brings_nearer = |end: usize| {
            let (at, by) = (self.walk.joins[end], nearest_by[end]);
            let gains = |was, is| self.want.gains(was, is);
            by < self.ends[end] && {
                let held = self.held;
                held.brings_nearer(self.want.set, at, by, self.known, &gains)
            }
        };
        let is_nearer = |near: &&&Near| {
            let was = self.known[near.place].map(|nearest| nearest.cost);
            let by_ends = via_ends(near).into_iter().zip(self.ends);
            let by_ends = by_ends.map(|(by, end)| by.saturating_add(end));
            let members = self.members.iter();
            let met = members.map(|member| leg(near).saturating_add(leg(member)));
            let mut ways = by_ends.chain(met);
            ways.any(|by| self.want.gains(was, by))
        };
        !brings_nearer(0) && !brings_nearer(1) && !self.samples.iter().any(|it| is_nearer(&it))
    }
}
