//! Towns drawn as text.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{DEFAULT_ORIGIN, placed};
use crate::osm::{Drawing, DrawnNode, DrawnRelation, DrawnWay, Member, MemberKind, Tags};
use crate::plane::LonLat;

/// A town drawn as a text map: letters and digits are nodes on a grid, all
/// other characters are decoration.
///
/// Distances between neighbouring characters, in a line or from line to line,
/// are one `spacing`. The node of a letter has the letter's code as its id
/// (`A` is node 65); ways are numbered from 1 in the order they are drawn. Every
/// node of the map is written, also those of no way.
///
/// Tags are written `key=value key=value`; a value with spaces stands in double
/// quotes. Mistakes in the drawing (an unknown letter, a tag without `=`)
/// panic: a town is part of a program, not data.
///
/// ```
/// use living_circle::plane::distance_metres;
/// use living_circle::synth::Town;
///
/// let town = Town::new(
///     "
///     A---B---C
///         |
///         D
///     ",
/// )
/// .spacing(50.0)
/// .way("ABC", "highway=residential name=\"South Street\"")
/// .way("BD", "highway=footway")
/// .node("D", "amenity=pharmacy");
///
/// assert!((distance_metres(town.at('A'), town.at('B')) - 200.0).abs() < 0.02);
/// assert!((distance_metres(town.at('B'), town.at('D')) - 100.0).abs() < 0.02);
/// let drawing = town.drawing();
/// assert_eq!(drawing.ways[0].nodes, [65, 66, 67]);
/// let bytes = drawing.to_pbf()?;
/// # Ok::<(), living_circle::osm::DrawError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Town {
    origin: LonLat,
    spacing: f64,
    /// Column and row, from the north-west, of each letter.
    cells: BTreeMap<char, [usize; 2]>,
    node_tags: BTreeMap<char, Vec<(String, String)>>,
    ways: Vec<DrawnWay>,
    relations: Vec<DrawnRelation>,
    missing: BTreeSet<char>,
}

impl Town {
    /// A town from its map, 100 m from character to character. Blank lines
    /// before the map and the indentation that all lines share are left out;
    /// the first column of the first line lies at 115.98° E, 36.45° N.
    ///
    /// # Panics
    /// Where a letter stands twice.
    #[track_caller]
    pub fn new(map: &str) -> Self {
        let lines: Vec<&str> = map
            .lines()
            .skip_while(|line| line.trim().is_empty())
            .collect();
        let indentation = lines
            .iter()
            .filter_map(|line| line.find(|c: char| !c.is_whitespace()))
            .min()
            .unwrap_or(0);
        let mut cells = BTreeMap::new();
        for (row, line) in lines.iter().enumerate() {
            for (column, letter) in line.chars().skip(indentation).enumerate() {
                if letter.is_alphanumeric() {
                    let before = cells.insert(letter, [column, row]);
                    assert!(before.is_none(), "'{letter}' stands twice on the map");
                }
            }
        }
        Self {
            origin: DEFAULT_ORIGIN,
            spacing: 100.0,
            cells,
            node_tags: BTreeMap::new(),
            ways: Vec::new(),
            relations: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    /// Metres from one character to the next, in both directions.
    #[must_use]
    pub fn spacing(mut self, metres: f64) -> Self {
        self.spacing = metres;
        self
    }

    /// Where the first column of the first line lies.
    #[must_use]
    pub fn origin(mut self, origin: LonLat) -> Self {
        self.origin = origin;
        self
    }

    /// Draws a way along these letters.
    ///
    /// # Panics
    /// Where a letter is not on the map or a tag has no `=`.
    #[must_use]
    #[track_caller]
    pub fn way(mut self, letters: &str, tags: &str) -> Self {
        let nodes = letters.chars().map(|letter| self.id(letter)).collect();
        self.ways.push(DrawnWay {
            id: self.ways.last().map_or(1, |way| way.id + 1),
            tags: Tags::new(pairs(tags)),
            nodes,
        });
        self
    }

    /// Draws a closed way along these letters and back to the first.
    ///
    /// # Panics
    /// Where a letter is not on the map or a tag has no `=`.
    #[must_use]
    #[track_caller]
    pub fn area(self, letters: &str, tags: &str) -> Self {
        let ring: String = letters.chars().chain(letters.chars().next()).collect();
        self.way(&ring, tags)
    }

    /// Draws a relation of members `role:number`: `outer:1 inner:2 :3` are three
    /// ways, `outer:r1` is a relation. A number may be that of none, of which the
    /// file then knows nothing. Relations are numbered from 1 like ways.
    ///
    /// # Panics
    /// Where a member has no number or a tag no `=`.
    #[must_use]
    #[track_caller]
    pub fn relation(mut self, members: &str, tags: &str) -> Self {
        self.relations.push(DrawnRelation {
            id: self.relations.last().map_or(1, |relation| relation.id + 1),
            tags: Tags::new(pairs(tags)),
            members: members.split_whitespace().map(member).collect(),
        });
        self
    }

    /// Gives tags to the node of each of these letters.
    ///
    /// # Panics
    /// Where a letter is not on the map or a tag has no `=`.
    #[must_use]
    #[track_caller]
    pub fn node(mut self, letters: &str, tags: &str) -> Self {
        for letter in letters.chars() {
            self.cell(letter);
            let known = self.node_tags.entry(letter).or_default();
            known.extend(pairs(tags));
        }
        self
    }

    /// Leaves the nodes of these letters out of the file; ways still refer to them.
    ///
    /// # Panics
    /// Where a letter is not on the map.
    #[must_use]
    #[track_caller]
    pub fn missing(mut self, letters: &str) -> Self {
        for letter in letters.chars() {
            self.cell(letter);
            self.missing.insert(letter);
        }
        self
    }

    /// The id of a letter's node: the letter's code.
    ///
    /// # Panics
    /// Where the letter is not on the map.
    #[track_caller]
    pub fn id(&self, letter: char) -> i64 {
        self.cell(letter);
        i64::from(u32::from(letter))
    }

    /// Where a letter lies.
    ///
    /// # Panics
    /// Where the letter is not on the map.
    #[track_caller]
    pub fn at(&self, letter: char) -> LonLat {
        let [column, row] = self.cell(letter);
        self.place([column as f64 * self.spacing, -(row as f64 * self.spacing)])
    }

    /// The place so many metres east and north of the first column of the first
    /// line: `[150.0, -30.0]` lies 30 m south of that line.
    pub fn place(&self, east_north: [f64; 2]) -> LonLat {
        placed(self.origin, east_north)
    }

    /// The objects of the town; header fields are left empty.
    pub fn drawing(&self) -> Drawing {
        let nodes = self
            .cells
            .keys()
            .filter(|letter| !self.missing.contains(letter))
            .map(|&letter| DrawnNode {
                id: self.id(letter),
                at: self.at(letter),
                tags: Tags::new(self.node_tags.get(&letter).cloned().unwrap_or_default()),
            })
            .collect();
        Drawing {
            nodes,
            ways: self.ways.clone(),
            relations: self.relations.clone(),
            ..Drawing::default()
        }
    }

    #[track_caller]
    fn cell(&self, letter: char) -> [usize; 2] {
        let cell = self.cells.get(&letter).copied();
        assert!(cell.is_some(), "'{letter}' is not on the map");
        cell.unwrap_or_default()
    }
}

/// Reads `outer:1` or `outer:r1`.
#[track_caller]
fn member(text: &str) -> Member {
    let (role, number) = text.split_once(':').unwrap_or_default();
    let (kind, digits) = match number.strip_prefix('r') {
        Some(digits) => (MemberKind::Relation, digits),
        None => (MemberKind::Way, number),
    };
    let id = digits.parse().ok();
    assert!(id.is_some(), "'{text}' is no member: write role:number");
    Member {
        kind,
        id: id.unwrap_or_default(),
        role: role.to_owned(),
    }
}

/// Reads `key=value key="value with spaces"`.
#[track_caller]
fn pairs(tags: &str) -> Vec<(String, String)> {
    let mut quoted = false;
    tags.split(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    })
    .filter(|pair| !pair.is_empty())
    .map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or_default();
        assert!(!key.is_empty(), "'{pair}' is no tag: write key=value");
        (key.to_owned(), value.trim_matches('"').to_owned())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::TagSet;
    use crate::plane::distance_metres;

    fn town() -> Town {
        Town::new(
            "

            A-B---C
              |
              1   D
            ",
        )
        .spacing(25.0)
    }

    #[test]
    fn letters_lie_on_the_grid() {
        let town = town();
        assert_eq!(town.at('A'), DEFAULT_ORIGIN);
        for (from, to, metres) in [
            ('A', 'B', 50.0),
            ('B', 'C', 100.0),
            ('B', '1', 50.0),
            ('1', 'D', 100.0),
            ('A', 'D', (150.0_f64 * 150.0 + 50.0 * 50.0).sqrt()),
        ] {
            let length = distance_metres(town.at(from), town.at(to));
            assert!((length - metres).abs() < 0.015, "{from}{to} {length}");
        }
        assert!(town.at('1').lat < town.at('B').lat, "down is south");
        assert!(town.at('C').lon > town.at('B').lon, "right is east");
    }

    #[test]
    fn what_is_drawn_is_in_the_drawing() {
        let drawing = town()
            .way("AC", "highway=residential name=\"南 门\"")
            .area("BC1", "natural=water")
            .node("BD", "barrier=gate")
            .node("B", "access=private")
            .missing("C")
            .drawing();
        let ids: Vec<i64> = drawing.nodes.iter().map(|node| node.id).collect();
        assert_eq!(ids, [49, 65, 66, 68], "1, A, B, D in order, C left out");
        assert_eq!(drawing.nodes[2].tags.value("barrier"), Some("gate"));
        assert_eq!(drawing.nodes[2].tags.value("access"), Some("private"));
        assert_eq!(drawing.nodes[3].tags.value("access"), None);
        assert_eq!(drawing.ways[0].id, 1);
        assert_eq!(drawing.ways[0].nodes, [65, 67]);
        assert_eq!(drawing.ways[0].tags.value("name"), Some("南 门"));
        assert_eq!(drawing.ways[1].nodes, [66, 67, 49, 66]);
    }

    #[test]
    #[should_panic(expected = "'Z' is not on the map")]
    fn an_unknown_letter_is_said() {
        let _ = town().way("AZ", "highway=residential");
    }

    #[test]
    #[should_panic(expected = "'oneway' is no tag")]
    fn a_tag_without_a_value_is_said() {
        let _ = town().way("AB", "highway=residential oneway");
    }

    #[test]
    #[should_panic(expected = "'A' stands twice")]
    fn a_letter_twice_is_said() {
        let _ = Town::new("A B A");
    }
}
