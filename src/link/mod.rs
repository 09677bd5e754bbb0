//! Links: how a place meets the walk network. A link is data; the network does
//! not change.

mod linker;
mod meeting;
mod tracks;

pub use linker::{ISLAND_METRES, Linker};
pub use meeting::{Insiders, Meeting, Meetings};
pub use tracks::Tracks;

use std::collections::BTreeMap;

use crate::network::{Extension, Gate, Position, WalkId};

/// A place's way onto the network: a walk, the position along it, and the
/// straight leg off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The walk.
    pub walk: WalkId,
    /// Position along the walk from its first end, in millimetres.
    pub along: u64,
    /// Length of the straight leg, in millimetres.
    pub gap: u64,
}

impl Link {
    /// The same link on a network with walks added to it.
    pub fn carried(self, extension: &Extension) -> Self {
        let Position { walk, along } = extension.carried(Position {
            walk: self.walk,
            along: self.along,
        });
        Self {
            walk,
            along,
            ..self
        }
    }
}

/// Which way the people of a place go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// From the place: those who live there. They leave by every gate that is not
    /// locked.
    Out,
    /// To the place: its visitors. A gate for residents is none for them.
    In,
}

impl Going {
    /// Whether they pass a gate.
    pub fn passes(self, gate: &Gate) -> bool {
        match self {
            Self::Out => gate.lets_out(),
            Self::In => gate.lets_in(),
        }
    }
}

/// Why a place has no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unlinked {
    /// No walk lies within the link limit.
    TooFar,
    /// Walks lie within the link limit, but water, a railway, a motorway or a
    /// wall lies before each of them.
    Barred,
    /// It lies in a compound without a gate that is open to those who come or go.
    Enclosed,
}

impl Unlinked {
    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooFar => "too_far",
            Self::Barred => "barred",
            Self::Enclosed => "enclosed",
        }
    }

    /// The reason in words.
    pub fn text(self, lang: crate::lang::Lang) -> &'static str {
        match self {
            Self::TooFar => lang.pick(
                "连接距离内没有可步行道路",
                "no walk lies within the link limit",
            ),
            Self::Barred => lang.pick(
                "与附近道路之间隔着水面、铁路、高速路或围墙",
                "water, a railway, a motorway or a wall lies before every walk near by",
            ),
            Self::Enclosed => lang.pick(
                "位于封闭大院之内，没有可通行的大门",
                "it lies in a compound without a gate that could be passed",
            ),
        }
    }
}

/// The links of many places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    first: Vec<u32>,
    list: Vec<Link>,
    unlinked: Vec<Option<Unlinked>>,
}

impl Links {
    /// Gathers the links of places, in their order. A place with several
    /// entrances is linked if one of them is; equal links count once.
    pub fn gather(places: impl IntoIterator<Item = Vec<Result<Link, Unlinked>>>) -> Self {
        let mut gathered = Self {
            first: vec![0],
            ..Self::default()
        };
        for tried in places {
            let mut found: Vec<Link> = tried.iter().filter_map(|link| link.ok()).collect();
            found.sort_unstable();
            found.dedup();
            // Of several reasons the last in order says most: something is near, but barred.
            let reason = tried.iter().filter_map(|link| link.err()).max();
            gathered.unlinked.push(if found.is_empty() {
                Some(reason.unwrap_or(Unlinked::TooFar))
            } else {
                None
            });
            gathered.list.extend(found);
            gathered.first.push(gathered.list.len() as u32);
        }
        gathered
    }

    /// Those of the links that lead to walks that are `wanted`.
    pub fn only(&self, wanted: impl Fn(WalkId) -> bool) -> Self {
        let places = 0..self.len();
        Self::gather(places.map(|place| {
            let links = self.of(place).iter();
            let links = links.filter(|link| wanted(link.walk)).map(|link| Ok(*link));
            let reason = self.unlinked(place).map(Err);
            links.chain(reason).collect()
        }))
    }

    /// The links on a network with walks added to it, and those that places gain there:
    /// nobody loses a link.
    pub fn extended(&self, extension: &Extension, gained: &Self) -> Self {
        let places = 0..self.len();
        Self::gather(places.map(|place| {
            let kept = self.of(place).iter();
            let kept = kept.map(|link| Ok(link.carried(extension)));
            let gained = gained.of(place).iter().map(|link| Ok(*link));
            let reason = self.unlinked(place).map(Err);
            kept.chain(gained).chain(reason).collect()
        }))
    }

    /// The links as each is now, and more of some places, ascending; and why others of them
    /// have none even so.
    pub fn with(
        &self,
        now: impl Fn(Link) -> Link,
        more: &[(u32, Vec<Link>)],
        unlinked: &BTreeMap<u32, Unlinked>,
    ) -> Self {
        let mut with = Self {
            first: vec![0],
            list: Vec::with_capacity(self.list.len()),
            unlinked: self.unlinked.clone(),
        };
        for (&place, &reason) in unlinked {
            with.unlinked[place as usize] = Some(reason);
        }
        let mut more = more.iter().peekable();
        for place in 0..self.len() {
            let from = with.list.len();
            with.list
                .extend(self.of(place).iter().map(|&link| now(link)));
            while let Some((_, links)) = more.next_if(|(own, _)| *own as usize == place) {
                with.list.extend(links);
            }
            with.list[from..].sort_unstable();
            if with.list.len() > from {
                with.unlinked[place] = None;
            }
            with.first.push(with.list.len() as u32);
        }
        with
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.unlinked.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.unlinked.is_empty()
    }

    /// The links of a place; empty where it is unlinked.
    pub fn of(&self, place: usize) -> &[Link] {
        &self.list[self.first[place] as usize..self.first[place + 1] as usize]
    }

    /// Why a place has no link.
    pub fn unlinked(&self, place: usize) -> Option<Unlinked> {
        self.unlinked[place]
    }
}
