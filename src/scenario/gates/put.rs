//! Gates that are put into the city as it is.

use std::sync::Arc;

use super::drawn::{Existing, gated, in_table, nearest_gate};
use super::walls::{Side, Walls};
use super::{AROUND, Made, Wanted};
use crate::network::{Compounds, Gate, KnownGates, Regated, is_door_of};
use crate::osm::Node;
use crate::places::{Facility, Shape, TableGate};
use crate::plane::{Area, LonLat};
use crate::profile::{AccessRules, Admits};
use crate::scenario::facilities::entered_too;
use crate::scenario::work::Work;
use crate::scenario::{Bad, Problem};
use crate::study::{Materials, admits, rules};

/// A gate, and where it is put.
struct Put {
    /// The gate, in each compound that has it.
    gates: Vec<Regated>,
    /// The same as a door of areas: where, whom it let in before, and whom it does now.
    door: Option<(LonLat, Option<Admits>, Admits)>,
}

/// What is known while gates are put.
struct Putting<'a> {
    materials: &'a Materials,
    rules: AccessRules,
    walls: &'a Walls,
    compounds: &'a Compounds,
    /// What a table says of gates.
    table: &'a KnownGates,
}

impl Work<'_> {
    /// Puts all gates into the city as it is, or tells what is wrong; `false`, and nothing is
    /// done, where one of them may change a walk.
    pub(super) fn put_gates(&mut self, materials: &Materials, wanted: &[Wanted]) -> bool {
        let city = &self.survey.city;
        let rules = rules(&self.base.inquiry.settings);
        let putting = Putting {
            materials,
            walls: self.base.walls(materials, &rules),
            compounds: city.obstacles.compounds(),
            table: city.obstacles.gates(),
            rules,
        };
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for wanted in wanted {
            let put = wanted.at.clone().and_then(|at| {
                if wanted.new {
                    putting.added(at, wanted.made)
                } else {
                    putting.changed(at, wanted.made)
                }
            });
            match put {
                Ok(Some(put)) => all.push(put),
                Ok(None) => return false,
                Err(bad) => problems.push(Problem {
                    line: Some(wanted.planned.line),
                    change: Some(wanted.planned.change.key()),
                    bad,
                }),
            }
        }
        self.problems.extend(problems);
        let city = &mut self.survey.city;
        let gates: Vec<Regated> = all.iter().flat_map(|put| put.gates.clone()).collect();
        city.obstacles = city.obstacles.with_gates(&gates);
        let doors: Vec<_> = all.iter().filter_map(|put| put.door).collect();
        if !doors.is_empty() {
            city.entries = Arc::new(city.entries.with_doors(&doors));
            let beside = |facility: &Facility| match &facility.shape {
                Shape::Area(area) => doors.iter().any(|&(at, ..)| is_door_of(at, area)),
                Shape::Point(_) => false,
            };
            let facilities = city.facilities.iter().enumerate();
            let beside: Vec<usize> = facilities
                .filter(|(_, facility)| beside(facility))
                .map(|(number, _)| number)
                .collect();
            for number in beside {
                let known = &self.survey.city.facilities[number];
                let facility = entered_too(known, self.entered(known.clone()));
                Arc::make_mut(&mut self.survey.city.facilities)[number] = facility;
            }
        }
        true
    }
}

impl Putting<'_> {
    /// A new gate; `None` where it may change more than who enters and leaves compounds.
    fn added(&self, at: LonLat, made: Made) -> Result<Option<Put>, Bad> {
        let side = self.walls.nearest(at, AROUND);
        let within = side.as_ref().map_or(AROUND, |side| side.metres);
        if let Some(gate) = in_table(self.materials, at, made, within) {
            return Ok(self.listed(&gate, None));
        }
        let side = side.ok_or(Bad::NoGate { metres: AROUND })?;
        Ok(self.in_side(&side, made))
    }

    /// A gate between two nodes of a wall or an outline. Along a walk it would stand in its
    /// way, on a node it may stand in that of another; and of land without a gate it would
    /// make a compound.
    fn in_side(&self, side: &Side, made: Made) -> Option<Put> {
        let between = 0.0 < side.share && side.share < 1.0;
        let beside = self.compounds.beside(side.ends);
        let areas = beside.iter().map(|&own| self.compounds.compound(own));
        let of_table = areas.clone().any(|compound| compound.of_table);
        let areas: Vec<&Area> = areas.map(|compound| &compound.area).collect();
        let extract = &self.materials.extract;
        if !between
            || side.walked
            || of_table
            || beside.is_empty()
            || self.walls.are_doubled(side)
            || self.walls.would_enclose(extract, side, &areas)
        {
            return None;
        }
        let gate = Gate {
            osm_id: 0,
            at: side.at,
            admits: made.admits(),
            on_way: false,
        };
        Some(Put {
            door: Some((side.at, None, gate.admits)),
            gates: beside
                .into_iter()
                .map(|compound| Regated {
                    compound,
                    was: None,
                    is: gate,
                })
                .collect(),
        })
    }

    /// The nearest gate as it is to be; `None` as of [`Self::added`].
    fn changed(&self, at: LonLat, made: Made) -> Result<Option<Put>, Bad> {
        match nearest_gate(self.materials, &self.rules, at)? {
            Existing::Listed(listed) => {
                let was = &self.materials.gates[listed];
                if was.state == made.state() {
                    return Err(Bad::GateAlready);
                }
                let now = TableGate {
                    state: made.state(),
                    ..was.clone()
                };
                Ok(self.listed(&now, Some(was)))
            }
            Existing::Drawn(drawn) => {
                let node = &self.materials.extract.nodes[drawn];
                if self.rules.node(&node.tags).admits == made.admits() {
                    return Err(Bad::GateAlready);
                }
                Ok(self.drawn(node, made))
            }
        }
    }

    /// A gate of the extract, where no walk leads to it, it is that of compounds, and no table
    /// says what it is.
    fn drawn(&self, node: &Node, made: Made) -> Option<Put> {
        let extract = &self.materials.extract;
        let (id, at) = (extract.id(node.index), extract.at(node.index));
        let was = self.rules.node(&node.tags);
        let is = self.rules.node(&gated(&node.tags, made));
        let known = self.compounds.with_gate(id, at);
        let on_way = known.iter().any(|(_, gate)| gate.on_way);
        if known.is_empty() || on_way || self.table.role(at, was) != was {
            return None;
        }
        let gates = known.into_iter().map(|(compound, gate)| Regated {
            compound,
            was: Some(gate),
            is: Gate {
                admits: is.admits,
                ..gate
            },
        });
        Some(Put {
            door: Some((at, Some(was.admits), is.admits)),
            gates: gates.collect(),
        })
    }

    /// A gate of a table, where no walk leads in through it, or would.
    fn listed(&self, gate: &TableGate, was: Option<&TableGate>) -> Option<Put> {
        let blocks = &self.materials.blocks;
        let block = blocks.iter().find(|block| block.id == gate.block)?;
        let Shape::Area(area) = &block.shape else {
            return None;
        };
        let on = |gate: &TableGate| Gate::on(area, gate.at, admits(gate.state));
        let (was, now) = (was.map(on), on(gate));
        let leads_out = was.is_some_and(|was| was.lets_in()) && !now.lets_in();
        let mut barred = self.walls.barred().iter();
        let others = self.materials.gates.iter();
        let others = others.filter(|other| other.block == gate.block);
        // Two that stand at one place of the outline are told apart in the table alone.
        let there = others.filter(|other| on(other).at == now.at).count();
        let own = self.compounds.of_block(area);
        if leads_out
            || barred.any(|&piece| now.leads_in(piece))
            || there > usize::from(was.is_some())
            || own.is_empty()
        {
            return None;
        }
        let gates = own.into_iter().map(|compound| {
            let outline = &self.compounds.compound(compound).area;
            // The wall of the map is another line than the block's.
            let is_same = outline.polygons() == area.polygons();
            let moved = |gate: Gate| {
                if is_same {
                    gate
                } else {
                    Gate::on(outline, gate.at, gate.admits)
                }
            };
            Regated {
                compound,
                was: was.map(moved),
                is: moved(now),
            }
        });
        Some(Put {
            gates: gates.collect(),
            door: None,
        })
    }
}
