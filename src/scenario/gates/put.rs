//! Gates that are put into the city as it is.

use std::sync::Arc;

use super::drawn::{Standing, in_table, nearest_gate};
use super::walls::{Side, Walls};
use super::{AROUND, Made, Wanted};
use crate::network::{Compounds, Gate, is_door_of};
use crate::osm::NodeIndex;
use crate::places::{Facility, Shape, TableGate};
use crate::plane::{Area, LonLat};
use crate::profile::{AccessRules, Admits};
use crate::scenario::work::Work;
use crate::scenario::{Bad, Problem};
use crate::study::{Materials, admits, rules};

/// A gate, and where it is put.
struct Put {
    /// The gate, in each compound that has it.
    gates: Vec<(usize, Gate)>,
    /// The same as a door of areas: where, whom it let in before, and whom it does now.
    door: Option<(LonLat, Option<Admits>, Admits)>,
}

/// What is known while gates are put.
struct Putting<'a> {
    materials: &'a Materials,
    rules: AccessRules,
    walls: &'a Walls,
    compounds: &'a Compounds,
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
        let gates: Vec<(usize, Gate)> = all.iter().flat_map(|put| put.gates.clone()).collect();
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
                let facility = self.entered(self.survey.city.facilities[number].clone());
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
            gates: beside.into_iter().map(|own| (own, gate)).collect(),
            door: Some((side.at, None, gate.admits)),
        })
    }

    /// The nearest gate as it is to be; `None` as of [`Self::added`].
    fn changed(&self, at: LonLat, made: Made) -> Result<Option<Put>, Bad> {
        match nearest_gate(self.materials, &self.rules, at)? {
            Standing::Listed(listed) => {
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
            Standing::Drawn(drawn) => {
                let node = &self.materials.extract.nodes[drawn];
                let was = self.rules.node(&node.tags).admits;
                if was == made.admits() {
                    return Err(Bad::GateAlready);
                }
                Ok(self.drawn(node.index, was, made))
            }
        }
    }

    /// A gate of the extract, where no walk leads to it and it is that of compounds.
    fn drawn(&self, node: NodeIndex, was: Admits, made: Made) -> Option<Put> {
        let extract = &self.materials.extract;
        let known = self.compounds.with_gate(extract.id(node), extract.at(node));
        if known.is_empty() || known.iter().any(|(_, gate)| gate.on_way) {
            return None;
        }
        let admits = made.admits();
        Some(Put {
            door: Some((extract.at(node), Some(was), admits)),
            gates: known
                .into_iter()
                .map(|(own, gate)| (own, Gate { admits, ..gate }))
                .collect(),
        })
    }

    /// A gate of a table, where no walk leads in through it, or would.
    fn listed(&self, gate: &TableGate, was: Option<&TableGate>) -> Option<Put> {
        let blocks = &self.materials.blocks;
        let block = blocks.iter().find(|block| block.id == gate.block)?;
        let Shape::Area(area) = &block.shape else {
            return None;
        };
        let now = Gate::on(area, gate.at, admits(gate.state));
        let was = was.map(|was| Gate::on(area, was.at, admits(was.state)));
        let leads_out = was.is_some_and(|was| was.lets_in()) && !now.lets_in();
        let mut barred = self.walls.barred().iter();
        if leads_out || barred.any(|&piece| now.leads_in(piece)) {
            return None;
        }
        let own = self.compounds.of_block(area);
        let gates: Vec<(usize, Gate)> = own.into_iter().map(|own| (own, now)).collect();
        (!gates.is_empty()).then_some(Put { gates, door: None })
    }
}
