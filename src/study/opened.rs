//! What would be covered if all gates were open.

use super::answer::{self, Evidence};
use super::city::Opened;
use super::question::Question;
use super::walked::{self, Ground};
use crate::measure::Coverage;
use crate::profile::Walker;
use crate::progress::Progress;
use crate::units::Limit;

/// Coverage of every question in the city with open gates: the places, the limits and the
/// zones are those of the city as it is.
pub(super) fn coverage(
    opened: &Opened,
    (ground, evidence): (&Ground, &Evidence),
    questions: &[Question],
    walkers: &[(&Walker, Vec<Limit>)],
    progress: &dyn Progress,
) -> Vec<Vec<Coverage>> {
    let ground = Ground {
        network: &opened.network,
        obstacles: &opened.obstacles,
        facilities: &opened.facilities,
        ..*ground
    };
    let walked = walked::all(&ground, walkers, progress);
    let evidence = Evidence {
        walked: &walked,
        ..*evidence
    };
    let answers = questions.iter();
    answers
        .map(|question| answer::answer(question, &evidence).coverage)
        .collect()
}
