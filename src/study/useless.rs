//! Walks that change nothing, as can be told without a search.

use super::Standing;
use super::footing::KINDS;
use super::walked::Walked;
use crate::link::Links;
use crate::network::{Position, cost_along};
use crate::plane::{LonLat, Plane, distance_millimetres};
use crate::profile::WalkClass;
use crate::reach::Held;
use crate::units::{Cost, CostKind};

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
}

/// What lies near a straight walk.
struct Around<'a> {
    standing: &'a Standing,
    walk: &'a Straight,
    low: LonLat,
    high: LonLat,
    /// Boxes of the compounds with a gate near by: who lives there may come by it.
    gated: Vec<(LonLat, LonLat)>,
}

fn holds((low, high): (LonLat, LonLat), at: LonLat) -> bool {
    (low.lon..=high.lon).contains(&at.lon) && (low.lat..=high.lat).contains(&at.lat)
}

impl Straight {
    fn millimetres(&self) -> u64 {
        let [one, other] = self.ends;
        distance_millimetres(one, other)
    }
}

impl<'a> Around<'a> {
    fn of(standing: &'a Standing, walk: &'a Straight) -> Self {
        let reach = standing.inquiry.settings.link_limit * 1.001 + 1.0;
        let [one, other] = walk.ends;
        let corner = |pick: fn(i32, i32) -> i32| LonLat {
            lon: pick(one.lon, other.lon),
            lat: pick(one.lat, other.lat),
        };
        let low = Plane::at(corner(i32::min)).place([-reach, -reach]);
        let high = Plane::at(corner(i32::max)).place([reach, reach]);
        let compounds = standing.survey.city.obstacles.compounds().iter();
        let gated = compounds.filter(|compound| {
            let mut gates = compound.gates.iter();
            gates.any(|gate| holds((low, high), gate.at))
        });
        Self {
            standing,
            walk,
            low,
            high,
            gated: gated.map(|compound| compound.area.bounds()).collect(),
        }
    }

    /// A place from where the walk might be met.
    fn near(&self, place: usize, at: LonLat) -> Option<Near> {
        let direct = holds((self.low, self.high), at);
        let by_gate = self.gated.iter().any(|&inside| holds(inside, at));
        if !direct && !by_gate {
            return None;
        }
        // As links are measured.
        let (share, foot) = Plane::at(at).nearest_on(self.walk.ends);
        let leg = (foot[0].hypot(foot[1]) * 1_000.0).round() as u64;
        if by_gate {
            // No way round is shorter, but for rounding.
            let leg = leg.saturating_sub(10);
            let along = None;
            return Some(Near { place, leg, along });
        }
        let along = Some((share * self.walk.millimetres() as f64).round() as u64);
        Some(Near { place, leg, along })
    }

    fn samples(&self) -> Vec<Near> {
        let samples = self.standing.survey.samples.all().iter().enumerate();
        let near = samples.filter_map(|(number, sample)| self.near(number, sample.at));
        near.collect()
    }

    fn facilities(&self) -> Vec<Near> {
        let facilities = self.standing.survey.city.facilities.iter().enumerate();
        let entrances = facilities
            .flat_map(|(number, facility)| facility.entrances.iter().map(move |&at| (number, at)));
        let near = entrances.filter_map(|(number, at)| self.near(number, at));
        near.collect()
    }
}

/// Those who would be linked to the walk as it lies no farther than what they are linked to.
fn linked<'b>(near: &'b [Near], links: &'b Links) -> impl Iterator<Item = &'b Near> {
    near.iter().filter(|near| {
        let gaps = links.of(near.place).iter().map(|link| link.gap);
        gaps.max().is_none_or(|gap| gap >= near.leg)
    })
}

impl Standing {
    /// Whether a straight walk brings the nearest of no set nearer to anybody, by any walker
    /// in either kind of cost.
    ///
    /// Let *d*(p) and *d*(q) be the costs from its ends to the nearest of a set, *w* its own. A
    /// way goes over it from end to end at most once, and where *d*(q) + *w* ≥ *d*(p) and the
    /// reverse it is no better than one that does not; else everybody to whom it is nearer
    /// walks to p first, and is looked for from there. A place that is linked to it has at least
    /// its leg and the way along it to either end, and *d* from there; a facility that is
    /// linked to it is of use where it is nearer to an end than *d*; and a place meets such a
    /// facility by two legs at least. Where none of these is less than what there is, nothing is
    /// nearer.
    pub fn is_useless(&self, walk: &Straight) -> bool {
        let around = Around::of(self, walk);
        let (samples, facilities) = (around.samples(), around.facilities());
        self.footed.iter().zip(&self.study.walked).all(|it| {
            let (footed, walked) = it;
            // An island that is tiny no more is linked to from all around.
            let mut joined = walk.joins.iter();
            if joined.any(|join| footed.is_on_tiny_island(join.walk)) {
                return false;
            }
            let samples: Vec<&Near> = linked(&samples, &walked.samples).collect();
            let facilities: Vec<&Near> = linked(&facilities, &walked.facilities).collect();
            let mut kinds = KINDS.into_iter();
            kinds.all(|kind| {
                let held = footed.held(kind);
                let from_ends = walk.joins.map(|join| held.nearest_from(join));
                let asked = Asked {
                    walk,
                    held,
                    walked,
                    kind,
                    samples: &samples,
                    facilities: &facilities,
                };
                let sets = self.study.sets.iter().enumerate();
                let mut sets = sets.map(|(set, asked_set)| {
                    let ends = [from_ends[0][set], from_ends[1][set]];
                    asked.is_useless(set, &asked_set.facilities.0, ends)
                });
                sets.all(|useless| useless)
            })
        })
    }
}

/// A walk, and who asks for something.
struct Asked<'a> {
    walk: &'a Straight,
    held: &'a Held,
    walked: &'a Walked,
    kind: CostKind,
    samples: &'a [&'a Near],
    facilities: &'a [&'a Near],
}

impl Asked<'_> {
    /// Whether the walk brings a set, the facilities of which are `members`, nearer to nobody.
    fn is_useless(&self, set: usize, members: &[u32], ends: [Cost; 2]) -> bool {
        let walker = &self.walked.walker;
        let class = self.walk.class;
        let whole = self.walk.millimetres();
        let Some(own) = walker.cost(self.kind, class, whole) else {
            // Who may not use it is not even linked to it.
            return true;
        };
        let known = self.walked.reached(self.kind).nearest(set);
        let through = |from: usize, to: usize| {
            let by = ends[to].saturating_add(own);
            let at = self.walk.joins[from];
            by < ends[from] && self.held.brings_nearer(set, at, by, known)
        };
        if through(0, 1) || through(1, 0) {
            return false;
        }
        let leg = |near: &Near| walker.plain_cost(self.kind, near.leg);
        let via_ends = |near: &Near| {
            let along = near.along.map(|along| cost_along(own, whole, along));
            let along = along.map_or([0; 2], |along| [along, own - along]);
            along.map(|along| along.saturating_add(leg(near)))
        };
        let is_member = |near: &&&Near| members.binary_search(&(near.place as u32)).is_ok();
        let new: Vec<&Near> = self.facilities.iter().filter(is_member).copied().collect();
        let is_reached = |near: &&Near| {
            let mut arrivals = via_ends(near).into_iter().zip(ends);
            arrivals.any(|(by, is)| by < is)
        };
        if new.iter().any(is_reached) {
            return false;
        }
        let is_nearer = |near: &&Near| {
            let is = known[near.place].map_or(Cost::MAX, |nearest| nearest.cost);
            let by_ends = via_ends(near).into_iter().zip(ends);
            let by_ends = by_ends.map(|(by, end)| by.saturating_add(end));
            let met = new
                .iter()
                .map(|facility| leg(near).saturating_add(leg(facility)));
            by_ends.chain(met).any(|by| by < is)
        };
        !self.samples.iter().any(|near| is_nearer(near))
    }
}
