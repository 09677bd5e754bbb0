//! How much coverage of the whole changes with what was assumed: the same machinery again,
//! of which only that is repeated which a change touches.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::answer::Evidence;
use super::footing::Ground;
use super::people::Unsettled;
use super::question::{Question, questions, widest};
use super::walked::{Reached, Walked};
use super::{AskedSet, StudyError};
use crate::lang::Lang;
use crate::measure::{Beelines, Coverage, Verdict, coverage, straight_within};
use crate::places::Samples;
use crate::profile::Walker;
use crate::progress::{Progress, Silent, Stage};
use crate::standard::Standard;
use crate::units::{CostKind, Length, Limit, WalkTime};

/// What is assumed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// Everybody walks 10 % slower.
    Slower,
    /// Everybody walks 10 % faster.
    Faster,
    /// All limits are 10 % shorter.
    ShorterLimit,
    /// All limits are 10 % longer.
    LongerLimit,
    /// The longest leg from a place to a walk is half as long.
    ShorterLink,
    /// It is half as long again.
    LongerLink,
    /// Cells of samples are half as wide.
    FinerSamples,
    /// They are twice as wide.
    CoarserSamples,
}

impl Variant {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 8] = [
        Self::Slower,
        Self::Faster,
        Self::ShorterLimit,
        Self::LongerLimit,
        Self::ShorterLink,
        Self::LongerLink,
        Self::FinerSamples,
        Self::CoarserSamples,
    ];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Slower => "speed_minus_10",
            Self::Faster => "speed_plus_10",
            Self::ShorterLimit => "limit_minus_10",
            Self::LongerLimit => "limit_plus_10",
            Self::ShorterLink => "link_limit_minus_50",
            Self::LongerLink => "link_limit_plus_50",
            Self::FinerSamples => "sample_spacing_half",
            Self::CoarserSamples => "sample_spacing_double",
        }
    }

    /// The change in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Slower => lang.pick("步速 −10%", "speed −10%"),
            Self::Faster => lang.pick("步速 +10%", "speed +10%"),
            Self::ShorterLimit => lang.pick("限值 −10%", "limits −10%"),
            Self::LongerLimit => lang.pick("限值 +10%", "limits +10%"),
            Self::ShorterLink => lang.pick("最大连接距离 −50%", "link limit −50%"),
            Self::LongerLink => lang.pick("最大连接距离 +50%", "link limit +50%"),
            Self::FinerSamples => lang.pick("样点间距减半", "sample spacing halved"),
            Self::CoarserSamples => lang.pick("样点间距加倍", "sample spacing doubled"),
        }
    }

    /// A speed, where it is another.
    fn speed(self, speed: f64) -> Option<f64> {
        match self {
            Self::Slower => Some(speed * 0.9),
            Self::Faster => Some(speed * 1.1),
            _ => None,
        }
    }

    /// The limit that is asked for; whole decimetres or tenths of a second.
    fn limit(self, limit: Limit) -> Limit {
        let tenths = match self {
            Self::ShorterLimit => 9,
            Self::LongerLimit => 11,
            _ => return limit,
        };
        let changed = |cost: u32| (u64::from(cost) * tenths / 10) as u32;
        match limit {
            Limit::Length(length) => {
                Limit::Length(Length::from_decimetres(changed(length.decimetres())))
            }
            Limit::Time(time) => Limit::Time(WalkTime::from_tenths(changed(time.tenths()))),
        }
    }

    /// The longest leg, in metres, as it is typed.
    fn link_limit(self, metres: f64) -> f64 {
        match self {
            Self::ShorterLink => metres * 0.5,
            Self::LongerLink => metres * 1.5,
            _ => metres,
        }
    }

    /// The width of a cell, in metres, where it is another.
    fn spacing(self, metres: f64) -> Option<f64> {
        match self {
            Self::FinerSamples => Some(metres * 0.5),
            Self::CoarserSamples => Some(metres * 2.0),
            _ => None,
        }
    }
}

/// Coverage of the whole with something assumed otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What.
    pub variant: Variant,
    /// Requirement by requirement, in the standard's order.
    pub coverage: Vec<Coverage>,
}

/// Every variant; none where it was not asked.
pub(super) fn changed(
    unsettled: Option<&Unsettled>,
    (standard, walkers, sets): (&Standard, &[Walker], &[AskedSet]),
    (ground, evidence): (&Ground, &Evidence),
    progress: &dyn Progress,
) -> Result<Vec<Changed>, StudyError> {
    let Some(unsettled) = unsettled else {
        return Ok(Vec::new());
    };
    let base = Base {
        standard,
        walkers,
        sets,
        ground,
        evidence,
    };
    progress.begin(Stage::Variants, Variant::ALL.len() as u64);
    let all = Variant::ALL.into_iter().map(|variant| {
        let samples = unsettled.resampled(|metres| variant.spacing(metres))?;
        let coverage = base.by(variant, samples.as_ref());
        progress.advance(1);
        Ok(Changed { variant, coverage })
    });
    let all = all.collect();
    progress.end();
    all
}

/// What a study was made from.
struct Base<'a> {
    standard: &'a Standard,
    walkers: &'a [Walker],
    sets: &'a [AskedSet],
    ground: &'a Ground<'a>,
    evidence: &'a Evidence<'a>,
}

impl Base<'_> {
    fn by(&self, variant: Variant, other: Option<&Samples>) -> Vec<Coverage> {
        let ground = Ground {
            samples: other.unwrap_or(self.ground.samples),
            link_limit: variant.link_limit(self.ground.link_limit),
            ..*self.ground
        };
        let mut standard = self.standard.clone();
        for requirement in &mut standard.requirements {
            requirement.limit = variant.limit(requirement.limit);
        }
        let walkers: Vec<Walker> = self
            .walkers
            .iter()
            .map(|walker| Walker {
                speed: variant.speed(walker.speed).unwrap_or(walker.speed),
                ..walker.clone()
            })
            .collect();
        let questions = questions(&standard, &walkers, self.sets);
        let walked = self.walked(variant, &ground);
        let times = self.times(variant, &ground, &walkers);
        let straight = self.straight(variant, &ground, &questions);
        let whole = |question: &Question| {
            let kind = question.limit.kind();
            let of_time = times.get(&question.walker);
            let reached = of_time.filter(|_| kind == CostKind::Time);
            let reached = reached.unwrap_or_else(|| walked[question.walker].reached(kind));
            let verdict = Verdict::of(
                reached.nearest(question.set),
                question.limit,
                &straight[question.set],
                question.straight,
            );
            // Without zones there is the whole alone.
            coverage(ground.samples, &[], &verdict)
        };
        questions.iter().flat_map(whole).collect()
    }

    /// Other samples and other legs meet the network elsewhere. The nearest is enough:
    /// nothing is counted.
    fn walked(&self, variant: Variant, ground: &Ground) -> Cow<'_, [Walked]> {
        match variant {
            Variant::ShorterLink
            | Variant::LongerLink
            | Variant::FinerSamples
            | Variant::CoarserSamples => {
                let walkers = self.walkers.iter();
                let walked = walkers.map(|walker| Walked::new(ground, walker, &[], &Silent));
                walked.collect()
            }
            _ => Cow::Borrowed(self.evidence.walked),
        }
    }

    /// At another speed times alone are others, of the walkers who are asked for minutes.
    fn times(
        &self,
        variant: Variant,
        ground: &Ground,
        walkers: &[Walker],
    ) -> BTreeMap<usize, Reached> {
        if !matches!(variant, Variant::Slower | Variant::Faster) {
            return BTreeMap::new();
        }
        let timed = questions(self.standard, self.walkers, self.sets).into_iter();
        let mut timed: Vec<usize> = timed
            .filter(|question| question.limit.kind() == CostKind::Time)
            .map(|question| question.walker)
            .collect();
        timed.sort_unstable();
        timed.dedup();
        let time = |at: usize| self.evidence.walked[at].at_speed(ground, &walkers[at]);
        timed.into_iter().map(|at| (at, time(at))).collect()
    }

    /// No straight line has a leg.
    fn straight(
        &self,
        variant: Variant,
        ground: &Ground,
        questions: &[Question],
    ) -> Cow<'_, [Beelines]> {
        match variant {
            Variant::ShorterLink | Variant::LongerLink => Cow::Borrowed(self.evidence.straight),
            _ => Cow::Owned(straight_within(
                ground.samples,
                ground.facilities,
                ground.sets,
                &widest(questions, self.sets),
            )),
        }
    }
}
