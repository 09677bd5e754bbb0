//! Parcels for future homes: what somebody who lived there would reach. They are
//! sampled and linked as blocks are, and counted in no figure of the city.

use rayon::prelude::*;

use super::answer::{self, Answer, Evidence};
use super::footing::Ground;
use super::question::Question;
use super::walked::Walked;
use super::{Files, InputFile, Settings, Study, StudyError, reason, swapped};
use crate::isochrone::{Canvas, Isochrones};
use crate::link::{Going, Unlinked};
use crate::measure::{Border, straight_within};
use crate::network::WalkGraph;
use crate::notice::{Notice, Notices};
use crate::places::{self, Block, Headers, Samples, Shape};
use crate::plane::{LonLat, PolygonRings};
use crate::profile::Walker;
use crate::progress::Progress;
use crate::standard::Fitness;
use crate::table::Source;
use crate::units::{Cost, CostKind, Length, Limit, WalkTime};

/// The circles of living in which facilities are counted around every parcel, whatever
/// the standard asks: 5, 10 and 15 minutes.
pub const CIRCLES: [Limit; 3] = [
    Limit::Time(WalkTime::from_tenths(3_000)),
    Limit::Time(WalkTime::from_tenths(6_000)),
    Limit::Time(WalkTime::from_tenths(9_000)),
];

/// What parcels are read as.
pub const PARCELS: &str = "parcels";

/// Parcels as they were read.
#[derive(Clone, Debug, Default)]
pub struct ParcelsGiven {
    /// The parcels, by id.
    pub list: Vec<Block>,
    /// What was noticed on reading them.
    pub notices: Notices,
}

/// Parcels and what would be reached from them.
#[derive(Clone, Debug)]
pub struct Parcels {
    /// The parcels, by id.
    pub list: Vec<Block>,
    /// Their samples.
    pub samples: Samples,
    /// What the study's walkers reach from them, counted within [`CIRCLES`] too.
    pub walked: Vec<Walked>,
    /// The answer to every requirement, in the standard's order; one row a parcel.
    pub answers: Vec<Answer>,
    /// For every parcel the straight distance to the border of the data, in metres.
    pub border_metres: Vec<Option<f64>>,
    /// What is odd about them: apart, as the city is the same with them and without.
    pub notices: Notices,
}

impl ParcelsGiven {
    /// Reads parcels, where there is a file of them.
    ///
    /// # Errors
    /// As of [`places::parcels`].
    pub(super) fn read(files: &Files, headers: &Headers) -> Result<Option<Self>, StudyError> {
        let Some(source) = &files.parcels else {
            return Ok(None);
        };
        let (list, notices) = places::parcels(source, headers)?;
        Ok(Some(Self { list, notices }))
    }

    /// Leaves out, and counts, what lies wholly outside the box of the data: nobody knows what
    /// is there.
    ///
    /// # Errors
    /// Where nothing is left.
    pub(super) fn within(
        mut self,
        source: Option<&Source>,
        data: Option<(LonLat, LonLat)>,
    ) -> Result<Self, StudyError> {
        let corners = self.list.iter().map(|parcel| parcel.shape.bounds().0);
        swapped::check(source, corners, data)?;
        if let Some((low, high)) = data {
            let notices = &mut self.notices;
            self.list.retain(|parcel| {
                let (least, most) = parcel.shape.bounds();
                let inside = least.lon <= high.lon
                    && most.lon >= low.lon
                    && least.lat <= high.lat
                    && most.lat >= low.lat;
                if !inside {
                    notices.note(Notice::ParcelsOutside, parcel.id.clone());
                }
                inside
            });
        }
        match source {
            Some(source) if self.list.is_empty() => Err(StudyError::NoParcels {
                file: source.path.display().to_string(),
            }),
            _ => Ok(self),
        }
    }
}

/// What is asked of the parcels: what is asked of the city.
pub(super) struct Asked<'a> {
    pub questions: &'a [Question],
    /// The widest straight limit of every set.
    pub straight: &'a [Length],
    pub walkers: &'a [(&'a Walker, Vec<(usize, Limit)>)],
    pub border: Option<&'a Border>,
}

/// Links the parcels on the ground of the city, compounds and all, and answers every
/// question for them.
pub(super) fn reached(
    given: ParcelsGiven,
    ground: &Ground,
    asked: &Asked,
    settings: &Settings,
    progress: &dyn Progress,
) -> Parcels {
    let ParcelsGiven { list, mut notices } = given;
    let samples = Samples::of(&list, settings.sample_spacing);
    let ground = Ground {
        samples: &samples,
        ..*ground
    };
    let walkers = asked.walkers.iter();
    let walked: Vec<Walked> = walkers
        .map(|(walker, own)| {
            let sets = 0..ground.sets.len();
            let circles = sets.flat_map(|set| CIRCLES.map(|limit| (set, limit)));
            let own: Vec<(usize, Limit)> = own.iter().copied().chain(circles).collect();
            Walked::new(&ground, walker, &own, progress)
        })
        .collect();
    let straight = straight_within(&samples, ground.facilities, ground.sets, asked.straight);
    let metres = |parcel: &Block| asked.border.map(|border| border.metres(&parcel.shape));
    let border_metres: Vec<Option<f64>> = list.iter().map(metres).collect();
    let evidence = Evidence {
        walked: &walked,
        straight: &straight,
        samples: &samples,
        zonings: &[],
    };
    let answers = answer::answers(asked.questions, &evidence);
    for (number, parcel) in list.iter().enumerate() {
        if reason(&walked[0].samples, samples.of_block(number)).is_some() {
            notices.note(Notice::UnlinkedParcels, parcel.id.clone());
        }
    }
    Parcels {
        list,
        samples,
        walked,
        answers,
        border_metres,
        notices,
    }
}

impl Study {
    /// The inputs on which a figure of the city may rest: all but those of parcels.
    pub fn inputs_of_city(&self) -> impl Iterator<Item = &InputFile> {
        self.inputs.iter().filter(|input| input.role != PARCELS)
    }
}

impl Parcels {
    /// Why a parcel is unlinked for the study's own walker; `None` where one of its
    /// samples is linked.
    pub fn unlinked_reason(&self, parcel: usize) -> Option<Unlinked> {
        reason(&self.walked[0].samples, self.samples.of_block(parcel))
    }

    /// How many facilities of an answer's set are within 5, 10 and 15 minutes of a
    /// parcel: the lower median over its samples, as for blocks.
    pub fn counts(&self, answer: &Answer, parcel: usize) -> [u32; 3] {
        let time = &self.walked[answer.walker].time;
        CIRCLES.map(|limit| time.count(answer.set, limit, &self.samples, parcel))
    }
}

/// How many facilities that are too small for an answer's requirement lie within its
/// straight limit of a parcel, from outline to outline.
pub fn too_small_near(study: &Study, answer: &Answer, parcel: &Shape) -> usize {
    let judged = study.sets[answer.set].judged.iter();
    let small = judged.filter(|(_, fitness)| *fitness == Fitness::TooSmall);
    let near = |facility: &u32| {
        let shape = &study.facilities[*facility as usize].shape;
        shape.metres_to(parcel) <= answer.straight_limit.metres()
    };
    small.filter(|(facility, _)| near(facility)).count()
}

/// For every parcel the polygons of what the study's own walker reaches of it in 5, 10
/// and 15 minutes, nested. For the eye; no figure comes from them.
pub fn surroundings(study: &Study, parcels: &Parcels) -> Vec<Vec<Vec<PolygonRings>>> {
    let canvas = Canvas::of(&study.network, &study.water);
    let walked = &parcels.walked[0];
    let graph = WalkGraph::new(&study.network, &walked.walker, CostKind::Time);
    let samples = parcels.samples.all().iter();
    let places: Vec<&[LonLat]> = samples
        .map(|sample| std::slice::from_ref(&sample.at))
        .collect();
    let isochrones = Isochrones::of(
        &canvas,
        &graph,
        &walked.walker,
        &places,
        &walked.samples,
        Going::Out,
    )
    .with_compounds(&study.compounds);
    let limits: [Cost; 3] = CIRCLES.map(Limit::cost);
    (0..parcels.list.len())
        .into_par_iter()
        .map_init(
            || isochrones.worker(),
            |worker, parcel| {
                let own = parcels.samples.of_block(parcel);
                let own: Vec<u32> = own.map(|sample| sample as u32).collect();
                isochrones.around(&own, &limits, worker)
            },
        )
        .collect()
}
