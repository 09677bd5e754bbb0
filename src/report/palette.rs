//! The colours of every map and chart, in one place.
//!
//! States differ in hue (blue against orange, which all common kinds of colour
//! blindness tell apart), in lightness, and by hatching where a black-and-white
//! printer would make two of them alike. Steps of cost go from dark to light.

use crate::measure::State;

/// How a state is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint {
    /// The fill, as `#rrggbb`.
    pub fill: &'static str,
    /// The colour of the hatching over it, where there is one.
    pub hatch: Option<&'static str>,
}

/// All states, in the order of a legend.
pub(crate) const STATES: [State; 5] = [
    State::Covered,
    State::Partly,
    State::Uncovered,
    State::Unlinked,
    State::NoData,
];

/// The paint of a state.
pub(crate) fn of_state(state: State) -> Paint {
    let (fill, hatch) = match state {
        State::Covered => ("#2b6ca3", None),
        State::Partly => ("#a9cde8", None),
        State::Uncovered => ("#e8833a", Some("#8c3a00")),
        State::Unlinked => ("#6b6b6b", Some("#d8d8d8")),
        State::NoData => ("#ffffff", Some("#b0b0b0")),
    };
    Paint { fill, hatch }
}

/// The paints of what a scenario makes of a block: blue where it gains, orange and hatched
/// where it loses, dark where its state is another.
pub(crate) mod turn {
    use super::Paint;

    /// A better state.
    pub(crate) const BETTER: Paint = paint("#0b4f8a", None);
    /// The same state, and a shorter way.
    pub(crate) const NEARER: Paint = paint("#96c5e6", None);
    /// The same state and way.
    pub(crate) const SAME: Paint = paint("#e9e6df", None);
    /// The same state, and a longer way.
    pub(crate) const FARTHER: Paint = paint("#f7c58b", Some("#9a4d00"));
    /// A worse state.
    pub(crate) const WORSE: Paint = paint("#b8420a", Some("#ffe3cc"));

    const fn paint(fill: &'static str, hatch: Option<&'static str>) -> Paint {
        Paint { fill, hatch }
    }
}

/// What a scenario builds, closes or changes.
pub(crate) const CHANGE: &str = "#a3006f";

/// Steps of the cost to the nearest, as multiples of a limit: up to a third of it, up
/// to two thirds, up to the limit, up to twice the limit, beyond.
pub(crate) const COST_STEPS: [(f64, &str); 5] = [
    (1.0 / 3.0, "#0b3c5d"),
    (2.0 / 3.0, "#2f7fb5"),
    (1.0, "#8ec3e6"),
    (2.0, "#f6c27a"),
    (f64::INFINITY, "#e0651f"),
];

/// A step of a share: from which whole percentage on, its fill, and the colour of a figure
/// on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShareStep {
    /// The least whole percentage.
    pub from: u32,
    /// The fill, as `#rrggbb`.
    pub fill: &'static str,
    /// The colour of a figure on it.
    pub ink: &'static str,
}

/// Steps of a share, the highest first: from dark to light, so that a grey print keeps their
/// order, blue from a half on and orange below. Little is written in a dark red, to be seen.
pub(crate) const SHARE_STEPS: [ShareStep; 5] = [
    ShareStep {
        from: 90,
        fill: "#0b3c5d",
        ink: "#ffffff",
    },
    ShareStep {
        from: 70,
        fill: "#2a73a6",
        ink: "#ffffff",
    },
    ShareStep {
        from: 50,
        fill: "#80b8df",
        ink: DARK,
    },
    ShareStep {
        from: 30,
        fill: "#f7cb86",
        ink: DARK,
    },
    ShareStep {
        from: 0,
        fill: "#fff1da",
        ink: "#8c2a00",
    },
];

/// Writing on light fills.
const DARK: &str = "#1f1f1f";

/// The step of a share of 1, as an index: by the whole percentage that is shown, in which
/// neither all nor nothing is rounded to.
pub(crate) fn share_step(share: f64) -> usize {
    let percent = (share * 100.0).round() as u32;
    let found = SHARE_STEPS.iter().position(|step| percent >= step.from);
    found.unwrap_or(SHARE_STEPS.len() - 1)
}

/// Water, parks, streets and what else lies behind the figures.
pub(crate) const WATER: &str = "#d3e6f0";
/// Parks.
pub(crate) const PARK: &str = "#dcebd0";
/// Streets and ways.
pub(crate) const STREET: &str = "#c9c5bd";
/// Main roads on which nobody walks.
pub(crate) const ROAD: &str = "#b9aa97";
/// Railways.
pub(crate) const RAILWAY: &str = "#8d8d8d";
/// Outlines of zones.
pub(crate) const ZONE: &str = "#5b4a7d";
/// Facilities.
pub(crate) const FACILITY: &str = "#1b1b1b";
/// Paper.
pub(crate) const PAPER: &str = "#fbfaf7";

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2), 0 to 1.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn a_black_and_white_printer_tells_states_and_turns_apart() {
        let turns = [
            turn::BETTER,
            turn::NEARER,
            turn::SAME,
            turn::FARTHER,
            turn::WORSE,
            of_state(State::NoData),
        ];
        for paints in [&STATES.map(of_state)[..], &turns] {
            apart(paints);
        }
    }

    fn apart(paints: &[Paint]) {
        for one in paints {
            for other in paints.iter().filter(|&other| other != one) {
                let differ = one.hatch != other.hatch
                    && one.hatch.is_some() != other.hatch.is_some()
                    || contrast(one.fill, other.fill) > 1.3;
                assert!(differ, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn figures_on_steps_of_a_share_are_read() {
        for step in SHARE_STEPS {
            assert!(contrast(step.fill, step.ink) >= 4.5, "{step:?}");
        }
    }

    /// In grey, and to those who tell no hues apart, each is lighter than the one before.
    #[test]
    fn steps_of_a_share_go_from_dark_to_light() {
        for pair in SHARE_STEPS.windows(2) {
            let [darker, lighter] = [pair[0].fill, pair[1].fill];
            assert!(luminance(darker) < luminance(lighter), "{pair:?}");
            assert!(contrast(darker, lighter) > 1.3, "{pair:?}");
        }
    }

    #[test]
    fn a_share_is_in_the_step_of_the_percentage_that_is_shown() {
        for (share, from) in [
            (0.0, 0),
            (0.294, 0),
            (0.295, 30),
            (0.499, 50),
            (0.894, 70),
            (0.895, 90),
            (1.0, 90),
        ] {
            assert_eq!(SHARE_STEPS[share_step(share)].from, from, "{share}");
        }
    }

    #[test]
    fn steps_of_cost_go_from_dark_to_light_within_and_beyond_the_limit() {
        let (within, beyond) = COST_STEPS.split_at(3);
        for steps in [within, beyond] {
            for pair in steps.windows(2) {
                assert!(contrast(pair[0].1, pair[1].1) > 1.3, "{pair:?}");
            }
        }
        assert!(within.is_sorted_by(|a, b| luminance(a.1) < luminance(b.1)));
    }
}
