//! What would be covered if all gates were open.

use super::answer::Evidence;
use super::city::Opened;
use super::footing::Ground;
use super::question::Question;
use super::walked::{self, Walked};
use crate::measure::{Coverage, Verdict, coverage as coverage_of};
use crate::profile::Walker;
use crate::progress::Progress;
use crate::reach::Nearest;
use crate::units::Limit;

/// Coverage of every question in the city with open gates: the places, the limits and the
/// zones are those of the city as it is.
pub(super) fn coverage(
    opened: &Opened,
    (ground, evidence): (&Ground, &Evidence),
    questions: &[Question],
    walkers: &[(&Walker, Vec<(usize, Limit)>)],
    progress: &dyn Progress,
) -> Vec<Vec<Coverage>> {
    let ground = Ground {
        network: &opened.network,
        grown: None,
        obstacles: &opened.obstacles,
        facilities: &opened.facilities,
        ..*ground
    };
    let walked = walked::all(&ground, walkers, progress);
    let covered = |question: &Question| {
        let kind = question.limit.kind();
        let nearest = |walked: &'_ [Walked]| {
            let reached = walked[question.walker].reached(kind);
            reached.nearest(question.set).to_vec()
        };
        // An open gate ends no walk that was there: who went straight to the gate of a
        // compound may go on doing so, though without its walls another street is nearer.
        let was = nearest(evidence.walked).into_iter();
        let nearest: Vec<Option<Nearest>> = was
            .zip(nearest(&walked))
            .map(|(was, now)| [was, now].into_iter().flatten().min_by_key(|at| at.cost))
            .collect();
        let straight = &evidence.straight[question.set];
        let verdict = Verdict::of(&nearest, question.limit, straight, question.straight);
        coverage_of(evidence.samples, evidence.zonings, &verdict)
    };
    questions.iter().map(covered).collect()
}
