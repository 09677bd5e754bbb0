//! Gates that are added, opened and locked: what was read is changed, and the network made
//! anew of it.

use super::change::Admitted;
use super::work::Work;
use super::{Bad, Change};
use crate::network::{is_wall, keeps_compound};
use crate::notice::Notices;
use crate::osm::{Extract, Node, NodeIndex, Tags};
use crate::places::{GateState, Shape, TableGate};
use crate::plane::{LonLat, Plane, distance_metres};
use crate::profile::{AccessRules, Admits};
use crate::study::{City, Materials, StudyError, rules};

/// A gate is looked for so far around.
///
/// # Units
/// Metres.
const AROUND: f64 = 20.0;

/// What a gate is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    Open,
    Resident,
    Closed,
}

impl Made {
    fn of(admits: Admitted) -> Self {
        match admits {
            Admitted::Everybody => Self::Open,
            Admitted::Residents => Self::Resident,
        }
    }

    /// The value of `foot`.
    fn foot(self) -> &'static str {
        match self {
            Self::Open => "yes",
            Self::Resident => "private",
            Self::Closed => "no",
        }
    }

    fn state(self) -> GateState {
        match self {
            Self::Open => GateState::Open,
            Self::Resident => GateState::Resident,
            Self::Closed => GateState::Closed,
        }
    }

    fn admits(self) -> Admits {
        match self {
            Self::Open => Admits::Everybody,
            Self::Resident => Admits::Residents,
            Self::Closed => Admits::Nobody,
        }
    }
}

impl Work<'_> {
    /// Changes the gates, one change after the other, and builds the city anew.
    ///
    /// # Errors
    /// As of [`City::of`].
    pub fn gates(&mut self) -> Result<(), StudyError> {
        let changes = self.changes(|change| match change {
            Change::AddGate(gate) => Some((gate.at, Some(Made::of(gate.admits)), true)),
            Change::OpenGate(gate) => Some((gate.at, Some(Made::of(gate.admits)), false)),
            Change::CloseGate(gate) => Some((gate.at, None, false)),
            _ => None,
        });
        let Some(materials) = self.base.materials.as_ref().filter(|_| !changes.is_empty()) else {
            return Ok(());
        };
        let settings = &self.base.inquiry.settings;
        let mut gates = Gates {
            materials: materials.clone(),
            rules: rules(settings),
        };
        for (planned, (at, made, new)) in changes {
            let made = made.unwrap_or(Made::Closed);
            let done = self.place(at).and_then(|at| {
                if new {
                    gates.add(at, made)
                } else {
                    gates.change(at, made)
                }
            });
            self.tried(planned, done);
        }
        // What is odd was told of the city as it is.
        let built = City::of(&mut gates.materials, settings, &mut Notices::default())?;
        let blocks = self.survey.city.blocks.clone();
        self.survey.city = City { blocks, ..built };
        Ok(())
    }
}

/// What was read, while its gates are changed.
struct Gates {
    materials: Materials,
    rules: AccessRules,
}

/// A straight piece of a wall or an outline, and where on it a gate is to be.
struct Side {
    ends: [NodeIndex; 2],
    metres: f64,
    share: f64,
    at: LonLat,
}

impl Gates {
    /// Opens or closes the nearest gate.
    fn change(&mut self, at: LonLat, made: Made) -> Result<(), Bad> {
        let extract = &self.materials.extract;
        let drawn = extract
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(number, node)| {
                let role = self.rules.node(&node.tags);
                let metres = distance_metres(extract.at(node.index), at);
                (role.gate && metres <= AROUND).then_some((metres, number))
            });
        let drawn = drawn.min_by(|one, other| one.0.total_cmp(&other.0));
        let listed = self.materials.gates.iter().enumerate();
        let listed = listed
            .map(|(number, gate)| (distance_metres(gate.at, at), number))
            .filter(|(metres, _)| *metres <= AROUND)
            .min_by(|one, other| one.0.total_cmp(&other.0));
        // Where both say where a gate is, the table stands before the map.
        let nearer = |(metres, _): &(f64, usize)| drawn.is_none_or(|(other, _)| *metres <= other);
        match (listed.filter(nearer), drawn) {
            (Some((_, listed)), _) => {
                let gate = &mut self.materials.gates[listed];
                if gate.state == made.state() {
                    return Err(Bad::GateAlready);
                }
                gate.state = made.state();
            }
            (None, Some((_, drawn))) => {
                let node = &mut self.materials.extract.nodes[drawn];
                if self.rules.node(&node.tags).admits == made.admits() {
                    return Err(Bad::GateAlready);
                }
                node.tags = gated(&node.tags, made);
            }
            (None, None) => return Err(Bad::NoGate { metres: AROUND }),
        }
        Ok(())
    }

    /// Puts a gate into the nearest wall or outline: of a block with gates of the table
    /// into that, else into the map.
    fn add(&mut self, at: LonLat, made: Made) -> Result<(), Bad> {
        let side = nearest_side(&self.materials.extract, at);
        let within = side.as_ref().map_or(AROUND, |side| side.metres);
        if let Some(gate) = self.in_table(at, made, within) {
            self.materials.gates.push(gate);
            return Ok(());
        }
        let side = side.ok_or(Bad::NoGate { metres: AROUND })?;
        let extract = &mut self.materials.extract;
        let node = match side.share {
            share if share <= 0.0 => side.ends[0],
            share if share >= 1.0 => side.ends[1],
            _ => insert(extract, &side),
        };
        let found = extract.nodes.binary_search_by_key(&node, |node| node.index);
        match found {
            Ok(known) => {
                let tags = gated(&extract.nodes[known].tags, made);
                extract.nodes[known].tags = tags;
            }
            Err(place) => {
                let tags = gated(&Tags::default(), made);
                extract.nodes.insert(place, Node { index: node, tags });
            }
        }
        Ok(())
    }

    /// A gate of the nearest block that has gates of a table, where its outline is as near
    /// as `within`.
    fn in_table(&self, at: LonLat, made: Made, within: f64) -> Option<TableGate> {
        let blocks = &self.materials.blocks;
        let outlined = self.materials.gates.iter().filter_map(|gate| {
            let block = blocks.iter().find(|block| block.id == gate.block)?;
            let Shape::Area(area) = &block.shape else {
                return None;
            };
            Some((area.outline_metres(at), gate))
        });
        let near = outlined.filter(|(metres, _)| *metres <= within);
        let (_, known) = near.min_by(|one, other| one.0.total_cmp(&other.0))?;
        Some(TableGate {
            at,
            state: made.state(),
            ..known.clone()
        })
    }
}

/// The tags of a gate that lets in whom it should.
fn gated(tags: &Tags, made: Made) -> Tags {
    let own = ["barrier", "foot", "access", "locked", "service"];
    let barrier = tags.iter().find(|(key, _)| *key == "barrier");
    // A wall or a block at this place becomes a gate.
    let gate = barrier.is_some_and(|(_, value)| value.contains("gate"));
    let barrier = barrier.filter(|_| gate).map_or("gate", |(_, value)| value);
    let kept = tags.iter().filter(|(key, _)| !own.contains(key));
    Tags::new(kept.chain([("barrier", barrier), ("foot", made.foot())]))
}

/// The nearest straight piece of a wall or of the outline of what may be a compound.
fn nearest_side(extract: &Extract, at: LonLat) -> Option<Side> {
    let plane = Plane::at(at);
    let of_relations = extract.relations.iter();
    let of_relations = of_relations
        .filter(|relation| keeps_compound(&relation.tags))
        .flat_map(|relation| extract.ways_of(relation));
    let ways = extract.ways.iter();
    let ways = ways
        .filter(|way| keeps_compound(&way.tags) && (is_wall(&way.tags) || way.ring().is_some()));
    let pairs = ways
        .chain(of_relations)
        .flat_map(|way| way.runs().flat_map(|run| run.windows(2)));
    let sides = pairs.filter_map(|pair| {
        let ends = [pair[0], pair[1]];
        let (share, foot) = plane.nearest_on(ends.map(|end| extract.at(end)));
        let metres = foot[0].hypot(foot[1]);
        (metres <= AROUND).then(|| Side {
            ends,
            metres,
            share,
            at: plane.place(foot),
        })
    });
    sides.min_by(|one, other| one.metres.total_cmp(&other.metres))
}

/// A new node in a piece, of all ways that have it.
fn insert(extract: &mut Extract, side: &Side) -> NodeIndex {
    let node = NodeIndex(extract.node_ids.len() as u32);
    let last = extract.node_ids.last().copied().unwrap_or_default();
    extract.node_ids.push(last.max(0) + 1);
    extract.node_at.push(side.at);
    let [one, other] = side.ends;
    for way in &mut extract.ways {
        let is_piece = |pair: &[NodeIndex]| pair == [one, other] || pair == [other, one];
        if !way.nodes.windows(2).any(is_piece) {
            continue;
        }
        let mut nodes = Vec::with_capacity(way.nodes.len() + 1);
        for (number, &own) in way.nodes.iter().enumerate() {
            if number > 0 && is_piece(&[way.nodes[number - 1], own]) {
                nodes.push(node);
            }
            nodes.push(own);
        }
        way.nodes = nodes.into_boxed_slice();
    }
    node
}
