//! What a plan changes for one walker, followed from where it begins.

use std::sync::Arc;

use super::footing::{Footing, Graphs, Ground, Grown, KINDS};
use super::new_walks::{self, NewWalks};
use super::standing::{Turn, is_plain};
use super::walked::{Column, Reached, Walked, limits_of, renumbered};
use crate::link::{Going, Insiders, Link, Linker, Links, Meeting, Meetings, Tracks, Unlinked};
use crate::network::{Position, WalkGraph};
use crate::plane::LonLat;
use crate::profile::{WalkClass, Walker};
use crate::progress::{Progress, Silent};
use crate::reach::{Counts, Held, Moved, Nearest, Shift, Stop, Stops};
use crate::units::{Cost, CostKind, Limit};

/// How one walker meets a city, and what is known of all trips.
pub(super) struct Footed {
    graphs: Graphs,
    tracks: Vec<Arc<Tracks>>,
    /// The samples that lie in compounds.
    insiders: Insiders,
    link_limit: f64,
    /// In metres, in minutes.
    held: [Held; 2],
}

/// What one walker reaches once something is other.
pub(super) struct Followed {
    pub walked: Walked,
    pub touched: Touched,
}

/// By kind of cost and set, in metres and in minutes; `None` where nothing is other.
pub(super) type MovedByKind = Vec<Vec<Option<Moved>>>;

/// The samples for which something is other, set by set; in metres, in minutes.
pub(super) struct Touched([Vec<Vec<u32>>; 2]);

impl Touched {
    /// Ascending, each once.
    pub fn of(&self, set: usize, kind: CostKind) -> &[u32] {
        &self.0[KINDS
            .iter()
            .position(|&own| own == kind)
            .unwrap_or_default()][set]
    }
}

/// Some places, with what belongs to each.
type Listed<T> = Vec<(u32, Vec<T>)>;

/// What is other for one walker, in both kinds of cost.
struct Others {
    /// Facilities of now that are renewed, with their links on the network of before.
    renewed: Links,
    /// What places and facilities gain by added walks.
    gaining: Listed<Link>,
    gained: Listed<Link>,
    /// Places that meet renewed facilities straight.
    met: Vec<(u32, Meeting)>,
}

impl Footed {
    /// Searches from every sample as [`Walked::new`] does, and keeps what is known.
    pub fn of(
        ground: &Ground,
        walker: &Walker,
        limits: &[Limit],
        progress: &dyn Progress,
    ) -> (Self, Walked) {
        let footing = Footing::of(ground, walker);
        let samples = ground.samples.all().iter();
        let places: Vec<&[LonLat]> = samples
            .map(|sample| std::slice::from_ref(&sample.at))
            .collect();
        let linker = Linker::new(
            ground.network,
            &footing.graphs.length,
            ground.obstacles,
            ground.link_limit,
        );
        let insiders = linker.insiders(&places);
        let tracks = linker.tracks().to_vec();
        let (graphs, links, meetings) = (
            footing.graphs.clone(),
            footing.links.clone(),
            footing.meetings.clone(),
        );
        let [of_length, of_time] = footing.into_stops();
        let hold = |kind, stops: [Stops; 2]| {
            let (held, nearest) = Held::new(graphs.of_kind(kind).clone(), stops, ground.sets);
            let limits = limits_of(limits, kind);
            let counts = if limits.is_empty() {
                Counts::default()
            } else {
                held.trips().count(ground.sets, &limits, progress)
            };
            let nearest = nearest.into_iter();
            let reached = Reached {
                nearest: nearest.map(|found| Column::of(Arc::new(found))).collect(),
                limits,
                counts: counts.tallies(),
            };
            (held, reached)
        };
        let (held_length, length) = hold(CostKind::Length, of_length);
        let (held_time, time) = hold(CostKind::Time, of_time);
        let [samples, facilities] = links;
        let walked = Walked {
            walker: walker.clone(),
            samples,
            facilities,
            meetings,
            length,
            time,
        };
        let footed = Self {
            graphs,
            tracks,
            insiders,
            link_limit: ground.link_limit,
            held: [held_length, held_time],
        };
        (footed, walked)
    }

    /// What is reached once something is other; `None` where walks are added and somebody on
    /// wheels does not pass all junctions: then all is to be searched again.
    pub fn follow(
        &self,
        turn: &Turn,
        before: &Walked,
        walker: &Walker,
        limits: &[Limit],
    ) -> Option<Followed> {
        let grown = turn.now.city.grown.as_deref();
        let graphs = self.graphs_of(turn, walker, &KINDS)?;
        let others = self.others(turn, grown, &graphs);
        let links = others.links(turn, before, grown);
        let mut reached = Vec::new();
        let mut touched = Vec::new();
        for (kind, held) in KINDS.into_iter().zip(&self.held) {
            let (found, other) = others.reached(
                turn,
                held,
                graphs.of_kind(kind),
                walker,
                before.reached(kind),
                limits,
            );
            reached.push(found);
            touched.push(other);
        }
        let [length, time] = <[Reached; 2]>::try_from(reached).ok()?;
        let walked = Walked {
            walker: walker.clone(),
            samples: links.0,
            facilities: links.1,
            meetings: others.meetings(turn, before),
            length,
            time,
        };
        Some(Followed {
            walked,
            touched: Touched(<[Vec<Vec<u32>>; 2]>::try_from(touched).ok()?),
        })
    }

    /// For every kind of cost and set the samples from where the nearest may be another, with
    /// what it is; `None` as of [`Footed::follow`].
    pub fn moved(&self, turn: &Turn, walker: &Walker, kinds: &[CostKind]) -> Option<MovedByKind> {
        let graphs = self.graphs_of(turn, walker, kinds)?;
        let others = self.others(turn, turn.now.city.grown.as_deref(), &graphs);
        let held = KINDS.into_iter().zip(&self.held);
        let moved = held.map(|(kind, held)| {
            if kinds.contains(&kind) {
                held.nearest(&others.shift(turn, held, graphs.of_kind(kind), walker))
            } else {
                Vec::new()
            }
        });
        Some(moved.collect())
    }

    /// Whether from one of two positions the nearest of some set is nearer by a walk of this
    /// class and length between them.
    pub fn is_nearer_by(
        &self,
        [from, to]: [Position; 2],
        class: WalkClass,
        millimetres: u64,
        walker: &Walker,
    ) -> bool {
        KINDS.into_iter().zip(&self.held).any(|(kind, held)| {
            let by_link = walker.cost(kind, class, millimetres);
            by_link.is_some_and(|cost| held.is_nearer_by([from, to], cost))
        })
    }

    /// The graphs of some kinds as they are now; `None` as of [`Footed::follow`].
    fn graphs_of(&self, turn: &Turn, walker: &Walker, kinds: &[CostKind]) -> Option<Graphs> {
        let Some(grown) = turn.now.city.grown.as_deref() else {
            return Some(self.graphs.clone());
        };
        let junctions = turn.before.city.network.junctions().len();
        let wheels = self.graphs.length.node_count() > junctions;
        let graph = |kind| {
            let before = self.graphs.of_kind(kind);
            // Links are looked for in metres, whatever is searched.
            if kind == CostKind::Length || kinds.contains(&kind) {
                Arc::new(before.extended(&grown.extension, walker))
            } else {
                before.clone()
            }
        };
        let graphs = Graphs {
            length: graph(CostKind::Length),
            time: graph(CostKind::Time),
        };
        (!wheels).then_some(graphs)
    }

    fn others(&self, turn: &Turn, grown: Option<&Grown>, graphs: &Graphs) -> Others {
        let city = &turn.now.city;
        let (obstacles, limit) = (&city.obstacles, self.link_limit);
        let before = Linker::on(self.tracks.clone(), &self.graphs.length, obstacles, limit);
        let entrances: Vec<&[LonLat]> = turn
            .renewed
            .iter()
            .map(|&facility| {
                let entrances = &*city.facilities[facility as usize].entrances;
                let new = grown
                    .and_then(|grown| grown.entered.get(&facility))
                    .copied();
                &entrances[..entrances.len() - new.unwrap_or(0)]
            })
            .collect();
        let renewed = before.link_all(&entrances, Going::In);
        let met = before.met(&self.insiders, &before.insiders(&entrances));
        let mut others = Others {
            renewed,
            gaining: Vec::new(),
            gained: Vec::new(),
            met: met
                .into_iter()
                .map(|(place, meeting)| {
                    let facility = turn.renewed[meeting.facility as usize];
                    (
                        place,
                        Meeting {
                            facility,
                            ..meeting
                        },
                    )
                })
                .collect(),
        };
        if let Some(grown) = grown {
            let walks = new_walks::sooner(grown, &self.graphs.length, &graphs.length);
            let new = NewWalks::of(grown, walks, &self.graphs.length, &graphs.length);
            let new = new.near(limit, obstacles);
            let now = new.linkers(&self.tracks, &graphs.length, obstacles, limit);
            let samples = turn.now.samples.all().iter();
            let samples = samples.map(|sample| std::slice::from_ref(&sample.at));
            others.gaining = new.links(&now, samples, Going::Out);
            let facilities = city.facilities.iter();
            let facilities = facilities.map(|facility| &*facility.entrances);
            others.gained = new.links(&now, facilities, Going::In);
        }
        others
    }
}

impl Others {
    /// How samples and facilities meet the network.
    fn links(
        &self,
        turn: &Turn,
        before: &Walked,
        grown: Option<&Grown>,
    ) -> (Arc<Links>, Arc<Links>) {
        let carried = |link: Link| match grown {
            None => link,
            Some(grown) => link.carried(&grown.extension),
        };
        let samples = match grown {
            None => before.samples.clone(),
            Some(_) => Arc::new(before.samples.with(carried, &self.gaining)),
        };
        let count = turn.now.city.facilities.len();
        let mut tried: Vec<Vec<Result<Link, Unlinked>>> = vec![Vec::new(); count];
        let mut take = |facility: u32, links: &Links, at: usize| {
            let own = &mut tried[facility as usize];
            own.extend(links.of(at).iter().map(|&link| Ok(carried(link))));
            own.extend(links.unlinked(at).map(Err));
        };
        for (old, number) in turn.numbers.iter().enumerate() {
            if let Some(number) = number {
                take(*number, &before.facilities, old);
            }
        }
        for (at, &facility) in turn.renewed.iter().enumerate() {
            take(facility, &self.renewed, at);
        }
        for (facility, links) in &self.gained {
            tried[*facility as usize].extend(links.iter().map(|&link| Ok(link)));
        }
        (samples, Arc::new(Links::gather(tried)))
    }

    /// Who meets straight, inside a compound.
    fn meetings(&self, turn: &Turn, before: &Walked) -> Arc<Meetings> {
        if is_plain(&turn.numbers) && self.met.is_empty() {
            return before.meetings.clone();
        }
        let numbered = |facility: u32| turn.numbers[facility as usize];
        Arc::new(before.meetings.numbered(numbered, &self.met))
    }

    /// What is other in one kind of cost.
    fn shift<'a>(
        &self,
        turn: &'a Turn,
        held: &Held,
        graph: &'a Arc<WalkGraph>,
        walker: &Walker,
    ) -> Shift<'a> {
        let grown = turn.now.city.grown.as_deref();
        let extension = grown.map(|grown| &grown.extension);
        let stops = |links: &Listed<Link>, going| -> Listed<Stop> {
            let listed = links.iter();
            let tried = listed.map(|(_, links)| links.iter().map(|link| Ok(*link)).collect());
            let stops = Stops::of(&Links::gather(tried), graph, walker, going);
            let places = links.iter().enumerate();
            places
                .map(|(at, (place, _))| (*place, stops.at(at).to_vec()))
                .collect()
        };
        let known = Stops::of(&self.renewed, held.graph(), walker, Going::In);
        let gained = stops(&self.gained, Going::In);
        let mut renewed: Listed<Stop> = Vec::new();
        for (at, &facility) in turn.renewed.iter().enumerate() {
            let own = known.at(at).iter();
            let mut all: Vec<Stop> = own
                .map(|stop| extension.map_or(*stop, |it| stop.carried(it, graph)))
                .collect();
            let new = gained.iter().filter(|(gaining, _)| *gaining == facility);
            all.extend(new.flat_map(|(_, stops)| stops.iter().copied()));
            renewed.push((facility, all));
        }
        let gained: Listed<Stop> = gained
            .into_iter()
            .filter(|(facility, _)| !turn.is_renewed(*facility))
            .collect();
        let gaining = stops(&self.gaining, Going::Out);
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

    /// What is reached in one kind of cost, and for which samples it may be other.
    fn reached(
        &self,
        turn: &Turn,
        held: &Held,
        graph: &Arc<WalkGraph>,
        walker: &Walker,
        before: &Reached,
        limits: &[Limit],
    ) -> (Reached, Vec<Vec<u32>>) {
        let shift = self.shift(turn, held, graph, walker);
        let limits = limits_of(limits, graph.kind());
        let most = limits.last().copied();
        let counted = most.map_or(Vec::new(), |most| held.touched(&shift, most));
        let counts = if counted.is_empty() {
            before.counts.clone()
        } else {
            let trips = held.trips_from(&shift, &counted);
            let found = trips.count(&turn.dense, &limits, &Silent).tallies();
            let rows = (0..).zip(&counted);
            before
                .counts
                .anew(rows.map(|(row, &place)| (place, found.row(row).into())))
        };
        let plain = is_plain(&turn.numbers);
        let mut touched = Vec::new();
        let mut nearest = Vec::new();
        for (column, found) in before.nearest.iter().zip(held.nearest(&shift)) {
            let set = touched.len();
            let width = limits.len();
            let own = |row: &'_ [u32]| row[set * width..][..width].to_vec();
            let recounted = counted.iter().copied();
            let mut other: Vec<u32> = recounted
                .filter(|&place| own(before.counts.row(place)) != own(counts.row(place)))
                .collect();
            let Some(found) = found else {
                touched.push(other);
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
            for (place, found) in found {
                let known = &mut now[place as usize];
                let was = column.told()[place as usize];
                let gone = was.is_some_and(|was| turn.numbers[was.facility as usize].is_none());
                if *known != found || gone {
                    *known = found;
                    other.push(place);
                }
            }
            // Who is linked now and was not may stand otherwise.
            other.extend(self.gaining.iter().map(|(place, _)| *place));
            other.sort_unstable();
            other.dedup();
            touched.push(other);
            nearest.push(Column::of(Arc::new(now)));
        }
        let reached = Reached {
            nearest,
            limits,
            counts,
        };
        (reached, touched)
    }
}
