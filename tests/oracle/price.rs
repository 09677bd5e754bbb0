//! What a millimetre costs, by the walker's own table.

use living_circle::profile::{Surface, WalkClass, WalkKind, Walker, WheelAccess, Wheels};
use living_circle::units::CostKind;

/// Decimetres or tenths of a second for a millimetre.
pub fn per_millimetre(walker: &Walker, kind: CostKind, factor: f64) -> f64 {
    match kind {
        CostKind::Length => 0.01,
        CostKind::Time => 0.01 / (walker.speed * factor),
    }
}

/// What the class of a walk does to the speed; `None` where it is closed.
pub fn factor(walker: &Walker, class: WalkClass) -> Option<f64> {
    let ground = match class.surface {
        Surface::Firm => 1.0,
        Surface::Gravel => walker.gravel,
        Surface::Loose => walker.loose,
    };
    let ramp = match walker.wheels {
        Wheels::None => false,
        Wheels::Pram => class.stroller_ramp,
        Wheels::Wheelchair => class.wheelchair == WheelAccess::Ramp,
    };
    let steps = match class.kind {
        WalkKind::Steps if !ramp => walker.steps,
        _ => 1.0,
    };
    let barred = walker.wheels == Wheels::Wheelchair && class.wheelchair == WheelAccess::Closed;
    let factor = ground * steps;
    (factor > 0.0 && !barred).then_some(factor)
}
