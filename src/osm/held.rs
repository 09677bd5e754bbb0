//! The nodes that the first pass finds: held, where that spares a second one.

use super::gather::NodeContent;
use super::scan::Span;
use crate::plane::LonLat;

/// How many nodes are held at most: a gigabyte of places.
pub(super) const MOST_HELD: usize = 1 << 26;

/// Nodes and where they are, apart, as they are kept.
#[derive(Default)]
pub(super) struct Places {
    pub ids: Vec<i64>,
    pub at: Vec<LonLat>,
}

impl Places {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn push(&mut self, id: i64, at: LonLat) {
        self.ids.push(id);
        self.at.push(at);
    }

    fn append(&mut self, other: &mut Self) {
        self.ids.append(&mut other.ids);
        self.at.append(&mut other.at);
    }
}

impl From<Vec<(i64, LonLat)>> for Places {
    fn from(places: Vec<(i64, LonLat)>) -> Self {
        let (ids, at) = places.into_iter().unzip();
        Self { ids, at }
    }
}

/// What is known of the nodes after the first pass.
pub(super) enum FoundNodes {
    /// All of them, where their ids ascend through the file, so that none repeats.
    Held(Held),
    /// Else the ids of those that are kept for their tags.
    Tagged(Vec<i64>),
}

/// All nodes of a file that are not deleted, by id.
pub(super) struct Held {
    pub places: Places,
    /// Those that are kept for their tags.
    pub tagged: Vec<(i64, NodeContent)>,
    /// The last id, deleted ones too.
    last: Option<i64>,
    most: usize,
}

impl Default for FoundNodes {
    fn default() -> Self {
        Self::Tagged(Vec::new())
    }
}

impl FoundNodes {
    /// Nothing yet; at most so many are held.
    pub fn holding(most: usize) -> Self {
        Self::Held(Held {
            places: Places::default(),
            tagged: Vec::new(),
            last: None,
            most,
        })
    }

    /// Adds the nodes of one more block: where its ids lie and whether they ascend, all
    /// places, and what is kept for its tags. Gives holding up where it must.
    pub fn add(
        &mut self,
        (ids, ascend): (Option<Span>, bool),
        mut places: Places,
        kept: Vec<(i64, NodeContent)>,
    ) {
        match self {
            Self::Held(held) => {
                let follow = ids.is_none_or(|ids| held.last.is_none_or(|last| last < ids.min));
                if ascend && follow && held.places.len() + places.len() <= held.most {
                    held.last = ids.map(|ids| ids.max).or(held.last);
                    held.places.append(&mut places);
                    held.tagged.extend(kept);
                } else {
                    let tagged = std::mem::take(&mut held.tagged);
                    let all = tagged.into_iter().chain(kept);
                    *self = Self::Tagged(all.map(|(id, _)| id).collect());
                }
            }
            Self::Tagged(tagged) => tagged.extend(kept.iter().map(|(id, _)| *id)),
        }
    }
}
