//! Gates that are drawn into what was read, of which the city is built anew.

use std::sync::Arc;

use super::walls::{Side, Walls};
use super::{AROUND, Made, Wanted};
use crate::network::KnownGates;
use crate::notice::Notices;
use crate::osm::{Extract, Node, NodeIndex, Tags};
use crate::places::{Shape, TableGate};
use crate::plane::{LonLat, distance_metres};
use crate::profile::AccessRules;
use crate::scenario::Bad;
use crate::scenario::facilities::entered_too;
use crate::scenario::work::Work;
use crate::study::{City, Materials, StudyError, rules};

impl Work<'_> {
    /// Draws the gates, and builds the city anew.
    ///
    /// # Errors
    /// As of [`City::of`].
    pub(super) fn draw_gates(
        &mut self,
        materials: &Materials,
        wanted: Vec<Wanted>,
    ) -> Result<(), StudyError> {
        let settings = &self.base.inquiry.settings;
        let mut gates = Gates {
            materials: materials.clone(),
            rules: rules(settings),
        };
        for Wanted {
            planned,
            at,
            made,
            new,
        } in wanted
        {
            let done = at.and_then(|at| {
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
        let City {
            blocks, facilities, ..
        } = &self.survey.city;
        let entered = facilities.iter().zip(built.facilities.iter());
        let entered = entered.map(|(was, is)| entered_too(was, is.clone()));
        self.survey.city = City {
            blocks: blocks.clone(),
            facilities: Arc::new(entered.collect()),
            ..built
        };
        Ok(())
    }
}

/// What was read, while its gates are changed.
struct Gates {
    materials: Materials,
    rules: AccessRules,
}

impl Gates {
    /// Opens or closes the nearest gate.
    fn change(&mut self, at: LonLat, made: Made) -> Result<(), Bad> {
        match nearest_gate(&self.materials, &self.rules, at)? {
            Existing::Listed(listed) => {
                let gate = &mut self.materials.gates[listed];
                if gate.state == made.state() {
                    return Err(Bad::GateAlready);
                }
                gate.state = made.state();
            }
            Existing::Drawn(drawn) => {
                let node = &mut self.materials.extract.nodes[drawn];
                if self.rules.node(&node.tags).admits == made.admits() {
                    return Err(Bad::GateAlready);
                }
                node.tags = gated(&node.tags, made);
            }
        }
        Ok(())
    }

    /// Puts a gate into the nearest wall or outline: of a block with gates of the table
    /// into that, else into the map.
    fn add(&mut self, at: LonLat, made: Made) -> Result<(), Bad> {
        let walls = Walls::of(&self.materials.extract, &self.rules, &KnownGates::default());
        let side = walls.nearest(at, AROUND);
        let within = side.as_ref().map_or(AROUND, |side| side.metres);
        if let Some(gate) = in_table(&self.materials, at, made, within) {
            self.materials.gates.push(gate);
            return Ok(());
        }
        let side = side.ok_or(Bad::NoGate { metres: AROUND })?;
        let extract = &mut self.materials.extract;
        let node = match side.share {
            share if share <= 0.0 => side.nodes[0],
            share if share >= 1.0 => side.nodes[1],
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
}

/// A gate that there is.
pub(super) enum Existing {
    /// One of a table, by its place in that.
    Listed(usize),
    /// A node of the extract, by its place among those with tags.
    Drawn(usize),
}

/// The gate that is nearest to a place. Where table and map both say where a gate is, the
/// table stands before the map.
///
/// # Errors
/// Where none is near.
pub(super) fn nearest_gate(
    materials: &Materials,
    rules: &AccessRules,
    at: LonLat,
) -> Result<Existing, Bad> {
    let extract = &materials.extract;
    let drawn = extract.nodes.iter().enumerate();
    let drawn = drawn.filter_map(|(number, node)| {
        let metres = distance_metres(extract.at(node.index), at);
        let gate = metres <= AROUND && rules.node(&node.tags).gate;
        gate.then_some((metres, number))
    });
    let drawn = drawn.min_by(|one, other| one.0.total_cmp(&other.0));
    let listed = materials.gates.iter().enumerate();
    let listed = listed
        .map(|(number, gate)| (distance_metres(gate.at, at), number))
        .filter(|(metres, _)| *metres <= AROUND)
        .min_by(|one, other| one.0.total_cmp(&other.0));
    let nearer = |(metres, _): &(f64, usize)| drawn.is_none_or(|(other, _)| *metres <= other);
    match (listed.filter(nearer), drawn) {
        (Some((_, listed)), _) => Ok(Existing::Listed(listed)),
        (None, Some((_, drawn))) => Ok(Existing::Drawn(drawn)),
        (None, None) => Err(Bad::NoGate { metres: AROUND }),
    }
}

/// A gate of the nearest block that has gates of a table, where its outline is as near
/// as `within`.
pub(super) fn in_table(
    materials: &Materials,
    at: LonLat,
    made: Made,
    within: f64,
) -> Option<TableGate> {
    let blocks = &materials.blocks;
    let outlined = materials.gates.iter().filter_map(|gate| {
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

/// The tags of a gate that lets in whom it should.
pub(super) fn gated(tags: &Tags, made: Made) -> Tags {
    let own = ["barrier", "foot", "access", "locked", "service"];
    let barrier = tags.iter().find(|(key, _)| *key == "barrier");
    // A wall or a block at this place becomes a gate.
    let gate = barrier.is_some_and(|(_, value)| value.contains("gate"));
    let barrier = barrier.filter(|_| gate).map_or("gate", |(_, value)| value);
    let kept = tags.iter().filter(|(key, _)| !own.contains(key));
    Tags::new(kept.chain([("barrier", barrier), ("foot", made.foot())]))
}

/// A new node in a piece, of all ways that have it.
fn insert(extract: &mut Extract, side: &Side) -> NodeIndex {
    let node = NodeIndex(extract.node_ids.len() as u32);
    let last = extract.node_ids.last().copied().unwrap_or_default();
    extract.node_ids.push(last.max(0) + 1);
    extract.node_at.push(side.at);
    let [one, other] = side.nodes;
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
