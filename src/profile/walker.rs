//! Walkers: speed, and what steps, surfaces and waits cost them.

use serde::Deserialize;

use super::tags::{Surface, WalkClass, WalkKind, WheelAccess};
use crate::confidence::{Citation, Confidence};
use crate::lang::{Explain, Lang};
use crate::units::{Cost, CostKind, Length, WalkTime};

/// What a walker moves on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wheels {
    /// On foot.
    #[default]
    None,
    /// Pushes a pram.
    Pram,
    /// Uses a wheelchair.
    Wheelchair,
}

/// A row of `walkers.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walker {
    /// Key on the command line.
    pub key: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Speed on firm, level ground, in metres per second.
    pub speed: f64,
    /// What the walker moves on.
    #[serde(default)]
    pub wheels: Wheels,
    /// Factor on the speed on steps; 0 closes them (a ramp opens them at full speed).
    pub steps: f64,
    /// Factor on gravel.
    pub gravel: f64,
    /// Factor on sand and mud.
    pub loose: f64,
    /// Wait at a crossing with signals, in seconds.
    pub signals: f64,
    /// Wait at an elevator, in seconds.
    pub elevator: f64,
    /// Where the figures come from.
    pub source: Citation,
    /// How sure they are.
    pub confidence: Confidence,
}

/// All walkers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walkers {
    walker: Vec<Walker>,
}

/// A walker that is not in the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub struct WalkerError {
    /// What was asked for.
    pub asked: String,
    /// What there is.
    pub known: String,
}

impl Explain for WalkerError {
    fn explain(&self, lang: Lang) -> String {
        let Self { asked, known } = self;
        match lang {
            Lang::Zh => format!("没有名为“{asked}”的步行者；可选：{known}"),
            Lang::En => format!("there is no walker '{asked}'; choose one of: {known}"),
        }
    }
}

impl Walkers {
    /// The walkers that come with the program.
    ///
    /// # Panics
    /// Never: a test reads the table.
    #[allow(clippy::expect_used, clippy::missing_panics_doc)]
    pub fn builtin() -> Self {
        toml::from_str(include_str!("walkers.toml")).expect("the built-in walkers are well formed")
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = &Walker> {
        self.walker.iter()
    }

    /// The walker with a key.
    ///
    /// # Errors
    /// [`WalkerError`], with the keys there are.
    pub fn find(&self, key: &str) -> Result<&Walker, WalkerError> {
        self.iter()
            .find(|walker| walker.key == key)
            .ok_or_else(|| WalkerError {
                asked: key.to_owned(),
                known: self
                    .iter()
                    .map(|walker| &*walker.key)
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }
}

impl Walker {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// What a length costs on firm ground, rounded once.
    pub fn plain_cost(&self, kind: CostKind, millimetres: u64) -> Cost {
        self.cost_at(kind, millimetres, 1.0)
    }

    /// What a walk of this class costs without waits at its ends, rounded once;
    /// `None` where this walker may not use it.
    pub fn cost(&self, kind: CostKind, class: WalkClass, millimetres: u64) -> Option<Cost> {
        let factor = self.factor(class);
        (factor > 0.0).then(|| {
            let ride = match (kind, class.kind) {
                (CostKind::Time, WalkKind::Elevator) => self.elevator_wait().tenths(),
                _ => 0,
            };
            self.cost_at(kind, millimetres, factor).saturating_add(ride)
        })
    }

    /// The wait at a crossing with signals.
    pub fn signals_wait(&self) -> WalkTime {
        WalkTime::from_tenths((self.signals * 10.0).round() as u32)
    }

    /// The wait at an elevator.
    pub fn elevator_wait(&self) -> WalkTime {
        WalkTime::from_tenths((self.elevator * 10.0).round() as u32)
    }

    /// Metres walked on firm ground in a time, for printing beside a limit.
    pub fn metres_in(&self, time: WalkTime) -> f64 {
        f64::from(time.tenths()) / 10.0 * self.speed
    }

    fn cost_at(&self, kind: CostKind, millimetres: u64, factor: f64) -> Cost {
        match kind {
            CostKind::Length => Length::from_millimetres(millimetres).decimetres(),
            // Saturating conversion: a walk around the globe would overflow.
            CostKind::Time => (millimetres as f64 / (self.speed * factor) / 100.0).round() as Cost,
        }
    }

    /// Factor on the speed; 0 where the walker may not walk.
    fn factor(&self, class: WalkClass) -> f64 {
        let on_wheels = self.wheels != Wheels::None;
        let closed = match self.wheels {
            Wheels::Wheelchair => class.wheelchair == WheelAccess::Closed,
            Wheels::None | Wheels::Pram => false,
        };
        if closed {
            return 0.0;
        }
        let steps = if class.kind == WalkKind::Steps {
            let ramp = match self.wheels {
                Wheels::None => false,
                Wheels::Pram => class.stroller_ramp,
                Wheels::Wheelchair => class.wheelchair == WheelAccess::Ramp,
            };
            if on_wheels && ramp { 1.0 } else { self.steps }
        } else {
            1.0
        };
        let surface = match class.surface {
            Surface::Firm => 1.0,
            Surface::Gravel => self.gravel,
            Surface::Loose => self.loose,
        };
        steps * surface
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const STREET: WalkClass = WalkClass::plain(WalkKind::Street);

    fn walker(key: &str) -> Walker {
        Walkers::builtin().find(key).unwrap().clone()
    }

    #[test]
    fn every_walker_has_a_speed_and_a_source() {
        let walkers = Walkers::builtin();
        assert_eq!(walkers.iter().count(), 6);
        for walker in walkers.iter() {
            assert!((0.5..2.0).contains(&walker.speed) && !walker.source.text(Lang::En).is_empty());
        }
        assert!(
            walkers
                .find("cat")
                .unwrap_err()
                .to_string()
                .contains("elderly")
        );
    }

    #[test]
    fn costs_are_length_over_speed_rounded_once() {
        let adult = walker("adult");
        assert_eq!(adult.cost(CostKind::Length, STREET, 100_049), Some(1_000));
        // 133 m at 1.33 m/s are 100 s.
        assert_eq!(adult.cost(CostKind::Time, STREET, 133_000), Some(1_000));
        let steps = WalkClass::plain(WalkKind::Steps);
        // 13.3 m of steps at 0.6 of the speed: 16.67 s.
        assert_eq!(adult.cost(CostKind::Time, steps, 13_300), Some(167));
        assert_eq!(adult.cost(CostKind::Length, steps, 13_300), Some(133));
        let elevator = WalkClass::plain(WalkKind::Elevator);
        assert_eq!(adult.cost(CostKind::Time, elevator, 0), Some(600));
    }

    #[test]
    fn wheels_need_ramps_and_firm_ground() {
        let steps = WalkClass::plain(WalkKind::Steps);
        let ramp = WalkClass {
            wheelchair: WheelAccess::Ramp,
            stroller_ramp: true,
            ..steps
        };
        let sand = WalkClass {
            surface: Surface::Loose,
            ..STREET
        };
        let shut = WalkClass {
            wheelchair: WheelAccess::Closed,
            ..STREET
        };
        for (key, open) in [("adult", [true; 4]), ("pram", [false, true, true, true])] {
            let walker = walker(key);
            let got = [steps, ramp, sand, shut]
                .map(|class| walker.cost(CostKind::Length, class, 1_000).is_some());
            assert_eq!(got, open, "{key}");
        }
        let wheelchair = walker("wheelchair");
        let got = [steps, ramp, sand, shut]
            .map(|class| wheelchair.cost(CostKind::Length, class, 1_000).is_some());
        assert_eq!(got, [false, true, false, false]);
    }
}
