//! What of an extract may be a facility and is none, counted by tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Catalog, Origin};
use crate::lang::Lang;
use crate::osm::Tags;

/// Why an object is no facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No category takes its tags.
    NoCategory,
    /// A category takes its tags, but not its name (a driving school).
    Name,
    /// It is closed to the public.
    NotPublic,
    /// It is marked as gone or not there yet.
    MarkedOff,
    /// It is drawn as a way that is not closed.
    NotClosed,
    /// Its area lacks nodes or ways, or has no surface.
    NoArea,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::NoCategory,
        Self::Name,
        Self::NotPublic,
        Self::MarkedOff,
        Self::NotClosed,
        Self::NoArea,
    ];

    /// Its key in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoCategory => "no_category",
            Self::Name => "name",
            Self::NotPublic => "not_public",
            Self::MarkedOff => "marked_off",
            Self::NotClosed => "not_closed",
            Self::NoArea => "no_area",
        }
    }

    /// The reason in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NoCategory => lang.pick("没有对应分类", "no category"),
            Self::Name => lang.pick("名称不符", "by its name something else"),
            Self::NotPublic => lang.pick("不对公众开放", "not public"),
            Self::MarkedOff => lang.pick("已停用或未建成", "disused or not built"),
            Self::NotClosed => lang.pick("线未闭合", "not closed"),
            Self::NoArea => lang.pick("面不完整", "without an area"),
        }
    }
}

/// Objects of one tag that are no facilities for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// `key=value`; of several such tags of an object the most telling.
    pub tag: String,
    /// Why.
    pub reason: Reason,
    /// How many nodes.
    pub nodes: u64,
    /// How many ways.
    pub ways: u64,
    /// How many relations that draw areas.
    pub relations: u64,
    /// The first of them: nodes before ways before relations, then by id.
    pub example: Origin,
}

impl LeftOut {
    /// How many objects.
    pub fn objects(&self) -> u64 {
        self.nodes + self.ways + self.relations
    }
}

/// Counts what is left out.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(String, Reason), LeftOut>);

impl Tally {
    /// Counts an object that may be a facility and that no category takes.
    /// `closed` says whether it is drawn as a point or an area.
    pub fn refuse(&mut self, origin: &Origin, tags: &Tags, closed: bool, catalog: &Catalog) {
        if let Some((tag, reason)) = catalog.refusal(tags) {
            let open = !closed && reason != Reason::MarkedOff;
            self.add(origin, tag, if open { Reason::NotClosed } else { reason });
        }
    }

    /// Counts an object that a category takes and that has no area.
    pub fn shapeless(&mut self, origin: &Origin, tags: &Tags, closed: bool, catalog: &Catalog) {
        let reason = if closed {
            Reason::NoArea
        } else {
            Reason::NotClosed
        };
        if let Some(tag) = catalog.site_tag(tags) {
            self.add(origin, tag, reason);
        }
    }

    fn add(&mut self, origin: &Origin, tag: String, reason: Reason) {
        let key = (tag.clone(), reason);
        let row = self.0.entry(key).or_insert_with(|| LeftOut {
            tag,
            reason,
            nodes: 0,
            ways: 0,
            relations: 0,
            example: origin.clone(),
        });
        match origin {
            Origin::OsmNode(_) => row.nodes += 1,
            Origin::OsmRelation(_) => row.relations += 1,
            Origin::OsmWay(_) | Origin::Table(_) => row.ways += 1,
        }
        row.example = row.example.clone().min(origin.clone());
    }

    /// The rows, the largest first.
    pub fn rows(self) -> Vec<LeftOut> {
        let mut rows: Vec<LeftOut> = self.0.into_values().collect();
        rows.sort_by_key(|row| Reverse(row.objects()));
        rows
    }
}
