//! What is kept of an extract.

use std::sync::Arc;

use crate::plane::LonLat;

/// Tags that can be looked up, wherever they are stored.
pub trait TagSet {
    /// The value of a key.
    fn value(&self, key: &str) -> Option<&str>;

    /// Calls `each` with every key and value, sorted by key.
    fn each(&self, each: &mut dyn FnMut(&str, &str));

    /// Whether the key has this value.
    fn has(&self, key: &str, value: &str) -> bool {
        self.value(key) == Some(value)
    }
}

/// The tags of one object, sorted by key; of a repeated key the first value in
/// sorted order stays.
///
/// Many objects share their tags: an extract has millions of buildings of which nothing
/// else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tags(Arc<Words>);

/// Keys and values in one piece of text.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Words {
    /// Keys and values by turns.
    text: Box<str>,
    /// Where each of them ends.
    ends: Box<[u32]>,
    /// The marks of all keys.
    marks: u64,
}

/// A bit that tells some keys from others: most keys that are asked for are not there.
fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map_or(0, u32::from);
    let sum = bytes.len() as u32 + 7 * byte(0) + 13 * byte(2) + 31 * byte(bytes.len() / 2);
    1 << (sum % 64)
}

impl Tags {
    /// Tags from pairs in any order.
    ///
    /// # Panics
    /// On more than 4 GiB of text.
    #[allow(clippy::expect_used, reason = "a block of a file holds far less text")]
    pub fn new<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut pairs: Vec<(K, V)> = pairs.into_iter().collect();
        pairs.sort_unstable_by(|one, other| {
            let by_key = one.0.as_ref().cmp(other.0.as_ref());
            by_key.then_with(|| one.1.as_ref().cmp(other.1.as_ref()))
        });
        pairs.dedup_by(|later, earlier| later.0.as_ref() == earlier.0.as_ref());
        let words = || {
            let pairs = pairs.iter();
            pairs.flat_map(|(key, value)| [key.as_ref(), value.as_ref()])
        };
        let mut text = String::with_capacity(words().map(str::len).sum());
        let ends = words()
            .map(|word| {
                text.push_str(word);
                u32::try_from(text.len()).expect("tags of less than 4 GiB")
            })
            .collect();
        let marks = pairs.iter().map(|(key, _)| mark(key.as_ref()));
        Self(Arc::new(Words {
            text: text.into_boxed_str(),
            ends,
            marks: marks.fold(0, |all, mark| all | mark),
        }))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.ends.is_empty()
    }

    /// All pairs, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut from = 0;
        let Words { text, ends, .. } = &*self.0;
        ends.chunks_exact(2).map(move |ends| {
            let (start, key, value) = (from, ends[0] as usize, ends[1] as usize);
            from = value;
            (&text[start..key], &text[key..value])
        })
    }
}

impl TagSet for Tags {
    fn value(&self, key: &str) -> Option<&str> {
        if self.0.marks & mark(key) == 0 {
            return None;
        }
        let mut pairs = self.iter();
        let found = pairs.find(|(known, _)| *known == key);
        found.map(|(_, value)| value)
    }

    fn each(&self, each: &mut dyn FnMut(&str, &str)) {
        for (key, value) in self.iter() {
            each(key, value);
        }
    }
}

/// Borrowed pairs in any order, as they stand in a block of the file.
impl TagSet for [(&str, &str)] {
    fn value(&self, key: &str) -> Option<&str> {
        self.iter()
            .filter(|(known, _)| *known == key)
            .map(|(_, value)| *value)
            .min()
    }

    fn each(&self, each: &mut dyn FnMut(&str, &str)) {
        // As nearly all writers put them.
        if self.is_sorted_by(|one, next| one.0 < next.0) {
            for (key, value) in self {
                each(key, value);
            }
            return;
        }
        let mut pairs = self.to_vec();
        pairs.sort_unstable();
        pairs.dedup_by(|later, earlier| later.0 == earlier.0);
        for (key, value) in pairs {
            each(key, value);
        }
    }
}

impl<T: TagSet + ?Sized> TagSet for &T {
    fn value(&self, key: &str) -> Option<&str> {
        (**self).value(key)
    }

    fn each(&self, each: &mut dyn FnMut(&str, &str)) {
        (**self).each(each);
    }
}

/// Decides by its tags what is kept of an extract. Called from several threads.
pub trait Keep: Sync {
    /// Whether a node with these tags (at least one) is kept with its tags.
    fn node(&self, tags: &dyn TagSet) -> bool;
    /// Whether a way with these tags is kept, with all its nodes.
    fn way(&self, tags: &dyn TagSet) -> bool;
    /// Whether a relation with these tags is kept, with all its ways and their
    /// nodes. Only relations that draw areas are asked for (`type=multipolygon`,
    /// `type=boundary`); by default none is kept.
    fn relation(&self, tags: &dyn TagSet) -> bool {
        let _ = tags;
        false
    }
}

/// A node's place in [`Extract::node_ids`] and [`Extract::node_at`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIndex(pub u32);

impl NodeIndex {
    /// A node that a way refers to and the file does not hold.
    pub const MISSING: Self = Self(u32::MAX);
}

/// A kept node with its tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its place in the node table.
    pub index: NodeIndex,
    /// Its tags.
    pub tags: Tags,
}

/// A kept way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// OSM id.
    pub id: i64,
    /// Its tags.
    pub tags: Tags,
    /// Its nodes in order, [`NodeIndex::MISSING`] where the file lacks one.
    pub nodes: Box<[NodeIndex]>,
}

impl Way {
    /// The parts of at least two nodes between missing ones.
    pub fn runs(&self) -> impl Iterator<Item = &[NodeIndex]> {
        self.nodes
            .split(|&node| node == NodeIndex::MISSING)
            .filter(|run| run.len() >= 2)
    }

    /// The closed ring, first node repeated at the end, where the way is one
    /// and no node is missing.
    pub fn ring(&self) -> Option<&[NodeIndex]> {
        (self.nodes.len() >= 4
            && self.nodes.first() == self.nodes.last()
            && !self.nodes.contains(&NodeIndex::MISSING))
        .then_some(&*self.nodes)
    }
}

/// What a member of a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberKind {
    /// A node.
    Node,
    /// A way.
    Way,
    /// A relation.
    Relation,
}

/// A member of a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// OSM id; the object need not be in the file.
    pub id: i64,
    /// Its role, often empty.
    pub role: String,
}

/// A kept relation, or one that a kept one is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// OSM id.
    pub id: i64,
    /// Its tags.
    pub tags: Tags,
    /// What its area is made of, in order: ways, and other relations that draw
    /// areas. Nodes and sub-areas (`subarea`) are no part of the outline.
    pub members: Box<[Member]>,
}

/// Whether a relation draws an area.
pub(super) fn draws_area(tags: &dyn TagSet) -> bool {
    tags.has("type", "multipolygon") || tags.has("type", "boundary")
}

impl MemberKind {
    /// Whether a member of this kind with this role is part of an area's outline.
    pub(super) fn draws(self, role: &str) -> bool {
        match self {
            Self::Node => false,
            Self::Way => true,
            Self::Relation => ["outer", "inner", ""].contains(&role),
        }
    }
}

/// What the file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// South-west and north-east corner of the data.
    pub bounds: Option<(LonLat, LonLat)>,
    /// Seconds since 1970 up to which the data is complete
    /// (`osmosis_replication_timestamp`).
    pub timestamp: Option<i64>,
    /// The program that wrote the file.
    pub writing_program: String,
}

/// What was kept of an extract. Equal for every order of the objects in the
/// file and every number of threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The file's header.
    pub header: Header,
    /// Ids of all nodes that are kept or used by a kept way, ascending.
    pub node_ids: Vec<i64>,
    /// Their places.
    pub node_at: Vec<LonLat>,
    /// Kept nodes with tags, by index.
    pub nodes: Vec<Node>,
    /// Kept ways, and all ways of the kept relations whatever their tags; by id.
    pub ways: Vec<Way>,
    /// Kept relations, and those they are made of, by id.
    pub relations: Vec<Relation>,
}

impl Extract {
    /// Where a node lies. Panics on [`NodeIndex::MISSING`].
    pub fn at(&self, node: NodeIndex) -> LonLat {
        self.node_at[node.0 as usize]
    }

    /// The OSM id of a node. Panics on [`NodeIndex::MISSING`].
    pub fn id(&self, node: NodeIndex) -> i64 {
        self.node_ids[node.0 as usize]
    }

    /// The way with an OSM id, where it was read.
    pub fn way(&self, id: i64) -> Option<&Way> {
        let found = self.ways.binary_search_by_key(&id, |way| way.id).ok()?;
        self.ways.get(found)
    }

    /// The relation with an OSM id, where it was read.
    pub fn relation(&self, id: i64) -> Option<&Relation> {
        let by_id = |relation: &Relation| relation.id;
        let found = self.relations.binary_search_by_key(&id, by_id).ok()?;
        self.relations.get(found)
    }
}
