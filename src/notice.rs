//! Odd but usable input, counted: nothing is dropped in silence.

use std::collections::BTreeMap;

use crate::lang::Lang;

/// How often something was noticed, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many times.
    pub count: u64,
    /// The place of the smallest example, such as `blocks.csv, line 7` or `way 42`.
    pub example: String,
}

/// Counted notices of a reader or a stage, in a stable order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(BTreeMap<Notice, Seen>);

impl Notices {
    /// Notes `notice` once, at `place`.
    pub fn note(&mut self, notice: Notice, place: impl Into<String>) {
        self.add(notice, 1, place);
    }

    /// Notes `notice` `count` times; of all places the smallest is kept, so that
    /// the example does not depend on the order of reading.
    pub fn add(&mut self, notice: Notice, count: u64, place: impl Into<String>) {
        if count == 0 {
            return;
        }
        let place = place.into();
        let seen = self.0.entry(notice).or_default();
        // Shorter first: "way 7" comes before "way 42".
        if seen.count == 0 || (place.len(), &place) < (seen.example.len(), &seen.example) {
            seen.example = place;
        }
        seen.count += count;
    }

    /// Adds all notices of another stage.
    pub fn absorb(&mut self, other: Self) {
        for (notice, seen) in other.0 {
            self.add(notice, seen.count, seen.example);
        }
    }

    /// How often `notice` was noted.
    pub fn count(&self, notice: &Notice) -> u64 {
        self.0.get(notice).map_or(0, |seen| seen.count)
    }

    /// All notices, in the order of the enum.
    pub fn iter(&self) -> impl Iterator<Item = (&Notice, &Seen)> {
        self.0.iter()
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What can be noticed. One variant per kind of oddity, across all readers, so
/// that both languages are complete by construction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Notice {
    /// A way refers to a node that is not in the file; the way keeps its other parts.
    MissingNodes,
    /// An object stands more than once in the file; the newest version is taken.
    DuplicateObjects,
    /// A deleted object (`visible=false`) of a history file was left out.
    DeletedObjects,
    /// The same piece of a way is drawn more than once; it counts once.
    DoubledSegments,
}

impl Notice {
    /// The notice in words.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::MissingNodes => lang.pick(
                "道路引用了文件中没有的节点，保留其余部分",
                "references of ways to nodes that are not in the file; the other parts are kept",
            ),
            Self::DuplicateObjects => lang.pick(
                "文件中重复出现的对象，取最新版本",
                "objects that stand more than once in the file; the newest version is taken",
            ),
            Self::DeletedObjects => lang.pick(
                "已删除的对象（visible=false），未采用",
                "deleted objects (visible=false), left out",
            ),
            Self::DoubledSegments => lang.pick(
                "重复绘制的路段，只计一次",
                "pieces of ways that are drawn more than once; each counts once",
            ),
        }
        .to_owned()
    }

    /// A stable key for machines (`run.json`).
    pub fn key(&self) -> &'static str {
        match self {
            Self::MissingNodes => "missing_nodes",
            Self::DuplicateObjects => "duplicate_objects",
            Self::DeletedObjects => "deleted_objects",
            Self::DoubledSegments => "doubled_segments",
        }
    }
}
