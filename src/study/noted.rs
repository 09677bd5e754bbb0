//! What is odd about a finished study: sizes and classes, places without a link.

use std::collections::BTreeSet;

use super::Study;
use crate::notice::Notice;
use crate::standard::Fitness;

impl Study {
    /// Notes what is odd about the finished study.
    pub(super) fn note(&mut self) {
        self.note_unlinked();
        self.note_sizes();
    }

    fn note_sizes(&mut self) {
        if let Some(asked) = self.standard.provisions.first()
            && self.provided.iter().all(Vec::is_empty)
        {
            let pack = asked.pack.clone();
            self.notices.note(Notice::ProvisionsWithoutZones, pack);
        }
        for facility in self.facilities_of_unknown_class() {
            let facility = &self.facilities[facility as usize];
            let class = facility.size.class.as_deref().unwrap_or_default();
            let place = format!("{} ({class})", facility.id);
            self.notices.note(Notice::UnknownClasses, place);
        }
        let seen = |of: Fitness| -> BTreeSet<u32> {
            let judged = self.sets.iter().flat_map(|set| &set.judged);
            let judged = judged.filter(|(_, fitness)| *fitness == of);
            judged.map(|(facility, _)| *facility).collect()
        };
        let unknown = if self.settings.strict_sizes {
            Notice::UnknownSizesLeftOut
        } else {
            Notice::UnknownSizesCounted
        };
        let [small, unsized_] = [Fitness::TooSmall, Fitness::Unknown].map(seen);
        for (notice, facilities) in [(Notice::TooSmallFacilities, small), (unknown, unsized_)] {
            for facility in facilities {
                let id = self.facilities[facility as usize].id.clone();
                self.notices.note(notice.clone(), id);
            }
        }
    }

    /// Facilities whose class no requirement for their category names, though some name
    /// classes: a word that is spelt otherwise must not drop a park in silence.
    fn facilities_of_unknown_class(&self) -> BTreeSet<u32> {
        let sets = || self.sets.iter().filter(|set| !set.fit.classes.is_empty());
        let judged = sets().flat_map(|set| set.judged.iter().map(move |&(at, _)| (set, at)));
        let class = |at: u32| self.facilities[at as usize].size.class.as_deref();
        let named: BTreeSet<u32> = judged
            .clone()
            .filter(|&(set, at)| class(at).is_none_or(|class| set.fit.names(class)))
            .map(|(_, at)| at)
            .collect();
        let all = judged.map(|(_, at)| at);
        all.filter(|at| class(*at).is_some() && !named.contains(at))
            .collect()
    }

    fn note_unlinked(&mut self) {
        for block in 0..self.blocks.len() {
            let count = self.unlinked_samples(block);
            let id = self.blocks[block].id.clone();
            if count > 0 && count == self.samples.of_block(block).len() {
                self.notices.note(Notice::UnlinkedBlocks, id);
            } else if count > 0 {
                self.notices.note(Notice::PartlyUnlinkedBlocks, id);
            }
        }
        for (at, facility) in self.facilities.iter().enumerate() {
            if self.walked[0].facilities.unlinked(at).is_some() {
                self.notices
                    .note(Notice::UnlinkedFacilities, facility.id.clone());
            }
        }
    }
}
