//! Blocks that are added, and people who come and go.

use std::sync::Arc;

use super::change::{AddBlock, ChangePeople};
use super::work::Work;
use super::{Bad, Change};
use crate::places::{Block, BlockKind, Groups, Origin, Samples, Shape, Zoning};
use crate::spelling::nearest;
use crate::study::PeopleFrom;
use crate::units::{Land, People};

impl Work<'_> {
    /// Changes blocks and people, one change after the other.
    pub fn homes(&mut self) {
        let changes = self.changes(|change| match change {
            Change::AddBlock(_) | Change::ChangePeople(_) => Some(change),
            _ => None,
        });
        if changes.is_empty() {
            return;
        }
        for (planned, change) in changes {
            let made = match change {
                Change::AddBlock(added) => self.add_block(planned.line, added),
                Change::ChangePeople(changed) => self.change_people(changed),
                _ => Ok(()),
            };
            self.tried(planned, made);
        }
        let survey = &mut self.survey;
        let zonings = Zoning::of(&survey.zones, &survey.city.blocks, &survey.samples);
        survey.zonings = Arc::new(zonings);
    }

    fn add_block(&mut self, line: usize, added: &AddBlock) -> Result<(), Bad> {
        let known = &self.survey.city.blocks;
        let Err(at) = known.binary_search_by(|known| known.id.as_str().cmp(&added.id)) else {
            return Err(Bad::KnownId(added.id.clone()));
        };
        if added.id.trim().is_empty() {
            return Err(Bad::Head("id"));
        }
        let people = match (added.people, self.survey.people_from) {
            (None, PeopleFrom::Nothing) => None,
            (Some(_), PeopleFrom::Nothing) => return Err(Bad::PeopleUnknown),
            (None, _) => return Err(Bad::PeopleNeeded),
            (Some(people), _) => Some(counted(people)?),
        };
        let area = self.area(&added.area)?;
        let block = Block {
            id: added.id.clone(),
            name: added.name.clone(),
            land: Land::from_square_metres(area.square_metres()),
            shape: Shape::Area(area),
            people,
            groups: Groups::of(|_| None),
            community: added.community.clone(),
            subdistrict: added.subdistrict.clone(),
            origin: Origin::Table(line as u64),
            kind: BlockKind::Area,
        };
        let own = self.sampled(&block).ok_or(Bad::OutsideStudyArea)?;
        self.survey.samples = Arc::new(self.survey.samples.spliced(at, 0, &own));
        Arc::make_mut(&mut self.survey.city.blocks).insert(at, block);
        Ok(())
    }

    fn change_people(&mut self, changed: &ChangePeople) -> Result<(), Bad> {
        let blocks = &self.survey.city.blocks;
        let found = blocks.binary_search_by(|known| known.id.as_str().cmp(&changed.block));
        let at = found.map_err(|_| Bad::NoSuch {
            id: changed.block.clone(),
            nearest: nearest(&changed.block, blocks.iter().map(|known| &*known.id))
                .map(str::to_owned),
        })?;
        if self.survey.people_from == PeopleFrom::Nothing {
            return Err(Bad::PeopleUnknown);
        }
        let people = counted(changed.people)?;
        let mut block = blocks[at].clone();
        let was = block.people.unwrap_or_default();
        let grown = |group: People| scaled(group, people, was);
        block.groups = Groups::of(|group| block.groups[group].map(grown));
        block.people = Some(people);
        // Those of a column are spread anew; those of a raster or a total live where they do.
        let own = match self.survey.people_from {
            PeopleFrom::Blocks => self.sampled(&block).ok_or(Bad::OutsideStudyArea)?,
            _ => self.survey.samples.with_people(at, people),
        };
        self.survey.samples = Arc::new(self.survey.samples.spliced(at, 1, &own));
        Arc::make_mut(&mut self.survey.city.blocks)[at] = block;
        Ok(())
    }

    /// The samples of a block in the study area; `None` where there is none.
    fn sampled(&self, block: &Block) -> Option<Samples> {
        let spacing = self.base.inquiry.settings.sample_spacing;
        let samples = Samples::of(std::slice::from_ref(block), spacing);
        let samples = match self.survey.study_area.as_deref() {
            Some(area) => samples.inside(area).0,
            None => samples,
        };
        (!samples.all().is_empty()).then_some(samples)
    }
}

fn counted(people: f64) -> Result<People, Bad> {
    People::from_count(people).ok_or(Bad::Number("people"))
}

/// A group that grows and shrinks with the people.
fn scaled(group: People, now: People, was: People) -> People {
    let [group, now, was] = [group, now, was].map(|people| u128::from(people.thousandths()));
    if was == 0 {
        return People::default();
    }
    People::from_thousandths(((group * now + was / 2) / was) as u64)
}
