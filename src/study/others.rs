//! What is other for one walker once a plan changes something: who meets the network
//! anew, and how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::new_walks::{self, NewWalks};
use super::standing::{Turn, is_plain};
use super::walked::{Column, Reached, Walked, renumbered};
use crate::link::{Going, Insiders, Link, Linker, Links, Meeting, Meetings, Tracks, Unlinked};
use crate::network::WalkGraph;
use crate::plane::{LonLat, is_in_box};
use crate::profile::Walker;
use crate::progress::Silent;
use crate::reach::{Held, Nearest, Shift, Stop, Stops};
use crate::units::Cost;

/// Some places, with what belongs to each.
type Listed<T> = Vec<(u32, Vec<T>)>;

/// What places gain by gates.
#[derive(Default)]
struct ByGates {
    /// Places with their new links, on the network of before; ascending.
    links: Listed<Link>,
    /// Why places have no link even so.
    unlinked: BTreeMap<u32, Unlinked>,
}

/// What is other for one walker, in both kinds of cost.
pub(super) struct Others {
    /// Facilities of now that are renewed, with their links on the network of before.
    renewed: Links,
    /// What samples and facilities gain by added walks.
    by_walks: [Listed<Link>; 2],
    /// What they gain by gates.
    by_gates: [ByGates; 2],
    /// Places that meet renewed facilities straight.
    met: Vec<(u32, Meeting)>,
}

/// Where links are looked for.
pub(super) struct Looked<'a> {
    /// The graph before, in metres.
    pub before: &'a WalkGraph,
    /// The graph now, in metres.
    pub now: &'a WalkGraph,
    pub tracks: &'a [Arc<Tracks>],
    /// The samples that lie in compounds.
    pub insiders: &'a Insiders,
    /// How samples and facilities met the network.
    pub links: [&'a Links; 2],
    /// The longest straight leg, in metres.
    pub limit: f64,
}

impl Others {
    /// What is other by what is renewed, by gates and by added walks.
    pub fn of(turn: &Turn, looked: &Looked) -> Self {
        let city = &turn.now.city;
        let grown = city.grown.as_deref();
        let (obstacles, limit) = (&city.obstacles, looked.limit);
        let before = Linker::on(looked.tracks.to_vec(), looked.before, obstacles, limit);
        let entered = |facility: u32| {
            let entrances = &*city.facilities[facility as usize].entrances;
            let new = grown.and_then(|grown| grown.entered.get(&facility));
            &entrances[..entrances.len() - new.copied().unwrap_or(0)]
        };
        let entrances: Vec<&[LonLat]> = turn.renewed.iter().map(|&own| entered(own)).collect();
        let mut met = before.met(looked.insiders, &before.insiders(&entrances));
        for (_, meeting) in &mut met {
            meeting.facility = turn.renewed[meeting.facility as usize];
        }
        let samples = turn.now.samples.all().iter();
        let samples = samples.map(|sample| std::slice::from_ref(&sample.at));
        let of_sample = |(place, at)| (place, place, at);
        let kept = turn.numbers.iter().zip(0..);
        let kept = kept.filter_map(|(number, old)| Some((old, (*number)?, entered((*number)?))));
        let by_gates = [
            ByGates::of(
                turn,
                &before,
                (0..).zip(samples.clone()).map(of_sample),
                Going::Out,
                looked.links[0],
            ),
            ByGates::of(turn, &before, kept, Going::In, looked.links[1]),
        ];
        let by_walks = grown.map(|grown| {
            let walks = new_walks::sooner(grown, looked.before, looked.now);
            let new = NewWalks::of(grown, walks, looked.before, looked.now);
            let new = new.near(limit, obstacles);
            let now = new.linkers(looked.tracks, looked.now, obstacles, limit);
            let facilities = city.facilities.iter();
            let facilities = facilities.map(|facility| &*facility.entrances);
            [
                new.links(&now, samples, Going::Out),
                new.links(&now, facilities, Going::In),
            ]
        });
        Self {
            renewed: before.link_all(&entrances, Going::In),
            by_walks: by_walks.unwrap_or_default(),
            by_gates,
            met,
        }
    }

    /// The samples that gain links, ascending.
    fn gaining(&self) -> Vec<u32> {
        let by_walks = self.by_walks[0].iter().map(|(place, _)| *place);
        let by_gates = self.by_gates[0].links.iter().map(|(place, _)| *place);
        let unlinked = self.by_gates[0].unlinked.keys().copied();
        let mut gaining: Vec<u32> = by_walks.chain(by_gates).chain(unlinked).collect();
        gaining.sort_unstable();
        gaining.dedup();
        gaining
    }

    /// How samples and facilities meet the network.
    pub fn links(&self, turn: &Turn, before: &Walked) -> (Arc<Links>, Arc<Links>) {
        let grown = turn.now.city.grown.as_deref();
        let carried = |link: Link| match grown {
            None => link,
            Some(grown) => link.carried(&grown.extension),
        };
        let [of_samples, of_facilities] = &self.by_gates;
        let samples = if grown.is_none() && self.gaining().is_empty() {
            before.samples.clone()
        } else {
            let by_gates = of_samples.links.iter();
            let by_gates = by_gates.map(|(place, links)| {
                let links = links.iter().map(|&link| carried(link));
                (*place, links.collect())
            });
            let mut more: Listed<Link> = by_gates.collect();
            more.extend_from_slice(&self.by_walks[0]);
            more.sort_unstable();
            let unlinked = &of_samples.unlinked;
            Arc::new(before.samples.with(carried, &more, unlinked))
        };
        let count = turn.now.city.facilities.len();
        let mut tried: Vec<Vec<Result<Link, Unlinked>>> = vec![Vec::new(); count];
        let mut take = |facility: u32, links: &Links, at: usize| {
            let own = &mut tried[facility as usize];
            own.extend(links.of(at).iter().map(|&link| Ok(carried(link))));
            let reason = of_facilities.unlinked.get(&facility).copied();
            own.extend(reason.or(links.unlinked(at)).map(Err));
        };
        for (old, number) in turn.numbers.iter().enumerate() {
            if let Some(number) = number {
                take(*number, &before.facilities, old);
            }
        }
        for (at, &facility) in turn.renewed.iter().enumerate() {
            take(facility, &self.renewed, at);
        }
        for (facility, links) in &of_facilities.links {
            tried[*facility as usize].extend(links.iter().map(|&link| Ok(carried(link))));
        }
        for (facility, links) in &self.by_walks[1] {
            tried[*facility as usize].extend(links.iter().map(|&link| Ok(link)));
        }
        (samples, Arc::new(Links::gather(tried)))
    }

    /// Who meets straight, inside a compound.
    pub fn meetings(&self, turn: &Turn, before: &Walked) -> Arc<Meetings> {
        if is_plain(&turn.numbers) && self.met.is_empty() {
            return before.meetings.clone();
        }
        let numbered = |facility: u32| turn.numbers[facility as usize];
        Arc::new(before.meetings.numbered(numbered, &self.met))
    }

    /// What is other in one kind of cost.
    pub fn shift<'a>(
        &self,
        turn: &'a Turn,
        held: &Held,
        graph: &'a Arc<WalkGraph>,
        walker: &Walker,
    ) -> Shift<'a> {
        let grown = turn.now.city.grown.as_deref();
        let extension = grown.map(|grown| &grown.extension);
        let carried = |stop: &Stop| extension.map_or(*stop, |it| stop.carried(it, graph));
        let gains = |way: usize, going| -> Listed<Stop> {
            let mut gains: BTreeMap<u32, Vec<Stop>> = BTreeMap::new();
            for (place, stops) in stops(&self.by_gates[way].links, held.graph(), walker, going) {
                let own = gains.entry(place).or_default();
                own.extend(stops.iter().map(carried));
            }
            for (place, stops) in stops(&self.by_walks[way], graph, walker, going) {
                gains.entry(place).or_default().extend(stops);
            }
            gains.into_iter().collect()
        };
        let known = Stops::of(&self.renewed, held.graph(), walker, Going::In);
        let gained = gains(1, Going::In);
        let mut renewed: Listed<Stop> = Vec::new();
        for (at, &facility) in turn.renewed.iter().enumerate() {
            let own = known.at(at).iter();
            let mut all: Vec<Stop> = own.map(carried).collect();
            let new = gained.iter().filter(|(gaining, _)| *gaining == facility);
            all.extend(new.flat_map(|(_, stops)| stops.iter().copied()));
            renewed.push((facility, all));
        }
        let gained: Listed<Stop> = gained
            .into_iter()
            .filter(|(facility, _)| !turn.is_renewed(*facility))
            .collect();
        let gaining = gains(0, Going::Out);
        let met: Vec<(u32, u32, Cost)> = self
            .met
            .iter()
            .map(|(place, meeting)| {
                let cost = walker.plain_cost(graph.kind(), meeting.millimetres);
                (*place, meeting.facility, cost)
            })
            .collect();
        Shift {
            graph,
            extension,
            numbers: &turn.numbers,
            sets: &turn.dense,
            renewed,
            gained,
            gaining,
            met,
        }
    }

    /// What is reached in one kind of cost, and for which samples, ascending, the
    /// nearest is other.
    pub fn reached(
        &self,
        turn: &Turn,
        held: &Held,
        graph: &Arc<WalkGraph>,
        walker: &Walker,
        before: &Reached,
    ) -> (Reached, Vec<Vec<u32>>) {
        let shift = self.shift(turn, held, graph, walker);
        let within = before.counts.within();
        let counted = within
            .most()
            .map_or(Vec::new(), |most| held.touched(&shift, most));
        let counts = if counted.is_empty() {
            before.counts.clone()
        } else {
            let trips = held.trips_from(&shift, &counted);
            let found = trips.tallies(&turn.dense, within, &Silent);
            let rows = (0..).zip(&counted);
            before
                .counts
                .anew(rows.map(|(row, &place)| (place, found.row(row))))
        };
        let plain = is_plain(&turn.numbers);
        let mut touched = Vec::new();
        let mut nearest = Vec::new();
        for (column, found) in before.nearest.iter().zip(held.nearest(&shift)) {
            let Some(found) = found else {
                touched.push(Vec::new());
                nearest.push(if plain {
                    column.clone()
                } else {
                    column.numbered(&turn.numbers)
                });
                continue;
            };
            let was = column.told().iter();
            let mut now: Vec<Option<Nearest>> = if plain {
                column.told().to_vec()
            } else {
                was.map(|found| renumbered(*found, &turn.numbers)).collect()
            };
            let mut other = Vec::new();
            for (place, found) in found {
                let known = &mut now[place as usize];
                let was = column.told()[place as usize];
                let gone = was.is_some_and(|was| turn.numbers[was.facility() as usize].is_none());
                if *known != found || gone {
                    *known = found;
                    other.push(place);
                }
            }
            touched.push(other);
            nearest.push(Column::of(Arc::new(now)));
        }
        (Reached { nearest, counts }, touched)
    }
}

/// The stops that links are.
fn stops(links: &Listed<Link>, graph: &WalkGraph, walker: &Walker, going: Going) -> Listed<Stop> {
    let listed = links.iter();
    let tried = listed.map(|(_, links)| links.iter().map(|link| Ok(*link)).collect());
    let stops = Stops::of(&Links::gather(tried), graph, walker, going);
    let places = links.iter().enumerate();
    places
        .map(|(at, (place, _))| (*place, stops.at(at).to_vec()))
        .collect()
}

impl ByGates {
    /// What places gain that are left through compounds with new or opened gates: each by its
    /// number before and now, with its entrances. A gate takes nothing away.
    fn of<'a>(
        turn: &Turn,
        linker: &Linker,
        places: impl Iterator<Item = (u32, u32, &'a [LonLat])>,
        going: Going,
        before: &Links,
    ) -> Self {
        let compounds = turn.now.city.obstacles.compounds();
        let boxes = turn.opened.iter();
        let boxes: Vec<(LonLat, LonLat)> = boxes
            .map(|&number| compounds.compound(number).area.bounds())
            .collect();
        let inside = |at: &LonLat| boxes.iter().any(|&own| is_in_box(own, *at));
        let near: Vec<(u32, u32, &[LonLat])> = places
            .filter(|(.., entrances)| entrances.iter().any(inside))
            .collect();
        let entrances: Vec<&[LonLat]> = near.iter().map(|(.., entrances)| *entrances).collect();
        let found = linker.link_all(&entrances, going);
        let mut gains = Self::default();
        for (at, (old, number, _)) in near.into_iter().enumerate() {
            let known = before.of(old as usize);
            let new = found.of(at).iter().filter(|link| !known.contains(link));
            let new: Vec<Link> = new.copied().collect();
            let reason = found.unlinked(at);
            if !new.is_empty() {
                gains.links.push((number, new));
            } else if let Some(reason) = reason.filter(|_| before.unlinked(old as usize) != reason)
            {
                gains.unlinked.insert(number, reason);
            }
        }
        gains
    }
}
