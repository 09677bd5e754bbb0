//! The ground plan that all maps of a study share: streets, water, parks, zones, and
//! the patches that are painted.

use std::fmt::Write as _;

use super::canvas::{Canvas, MARGIN, Pen};
use crate::measure::State;
use crate::report::palette;
use crate::report::sheet::{Behind, Detail, Patch, Sheet, Spot, WalkDetail, ZoneDetail};
use crate::study::Study;

/// Where the plan lies on the picture: left, top, width, height.
const FRAME: [f64; 4] = [MARGIN, 132.0, 1_150.0, 690.0];

/// More blocks are too small to be seen: squares are painted instead.
const MOST_BLOCKS: usize = 12_000;

/// More zones are not named.
const MOST_NAMES: usize = 24;

/// From this scale on blocks have no white lines between them, in metres a unit of the
/// picture.
const FAR: f64 = 8.0;

/// The scale from which on no footways are drawn beside streets, in metres a unit of
/// the picture.
const FOOTWAYS: f64 = 8.0;

/// A study as it is drawn.
pub(super) struct Plan {
    sheet: Sheet,
    /// Units of the picture in a unit of the sheet.
    scale: f64,
    /// What lies behind, and the outlines of zones, as SVG.
    behind: String,
    outlines: String,
    /// Names of zones and where they stand, in units of the picture.
    names: Vec<([f64; 2], String)>,
}

impl Plan {
    /// Of a study; `None` where it has no block.
    pub fn of(study: &Study) -> Option<Self> {
        let paper = Sheet::paper(study)?.in_ratio(FRAME[2] / FRAME[3]);
        let scale = FRAME[2] / f64::from(paper.size[0]);
        // As much detail as can be seen.
        let metres = paper.metres_per_unit / scale;
        let detail = Detail {
            tolerance: metres / 2.0,
            walks: if metres < FOOTWAYS {
                WalkDetail::All
            } else {
                WalkDetail::Streets
            },
            squares: (study.blocks.len() > MOST_BLOCKS).then_some((metres * 4.0).max(50.0).round()),
            zones: ZoneDetail::Nothing,
            facilities: true,
        };
        let sheet = Sheet::on(paper, study, detail);
        let mut plan = Self {
            scale,
            behind: behind(&sheet, scale),
            outlines: outlines(&sheet, scale),
            names: Vec::new(),
            sheet,
        };
        plan.names = plan.named(study);
        Some(plan)
    }

    pub fn has_zones(&self) -> bool {
        !self.sheet.zones.is_empty()
    }

    /// The side of a square in metres, where squares are painted instead of blocks.
    pub fn squares(&self) -> Option<f64> {
        self.sheet.detail.squares
    }

    /// Draws the plan, painted for a requirement.
    pub fn draw(&self, canvas: &mut Canvas, study: &Study, requirement: usize) {
        let [width, height] = self.sheet.paper.size;
        canvas.put(format_args!(
            "<clipPath id=\"frame\"><rect width=\"{width}\" height=\"{height}\"/></clipPath>\n\
             <g transform=\"translate({:.2} {:.2}) scale({:.6})\"><g clip-path=\"url(#frame)\" \
             fill=\"none\">\n{}",
            FRAME[0], FRAME[1], self.scale, self.behind
        ));
        self.paint(canvas, study, requirement);
        canvas.put(format_args!("{}</g></g>\n", self.outlines));
        let spots = self.spots(study, requirement);
        let radius = match spots.len() {
            0..60 => 5.5,
            60..300 => 4.0,
            _ => 2.6,
        };
        for spot in spots {
            canvas.dot(self.place(spot), radius);
        }
        for (at, name) in &self.names {
            canvas.haloed(*at, name, NAME);
        }
    }

    /// Where facilities of a requirement lie on the plan.
    pub fn spots(&self, study: &Study, requirement: usize) -> Vec<Spot> {
        let set = &study.sets[study.answers[requirement].set];
        let spots = set.facilities.0.iter();
        spots
            .map(|&number| self.sheet.facilities[number as usize])
            .filter(|&spot| self.sheet.paper.shows(&[spot]))
            .collect()
    }

    /// One path a state: the patches that are in it.
    fn paint(&self, canvas: &mut Canvas, study: &Study, requirement: usize) {
        let basis = study.standard.requirements[requirement].basis;
        let patches: Vec<(State, &Patch)> = self
            .sheet
            .patches
            .iter()
            .map(|patch| (patch.state(study, requirement, basis), patch))
            .collect();
        for wanted in palette::STATES {
            let d: String = patches
                .iter()
                .filter(|found| found.0 == wanted)
                .map(|found| &*found.1.d)
                .collect();
            if d.is_empty() {
                continue;
            }
            let paint = palette::of_state(wanted);
            let hatched = format!("url(#map-{})", wanted.key());
            let fill = if let Some(hatch) = paint.hatch {
                // Hatching of the same width on paper, whatever the scale of the plan.
                let [cell, line] = [6.0, 1.6].map(|width| width / self.scale);
                canvas.put(format_args!(
                    "<pattern id=\"map-{}\" width=\"{cell:.1}\" height=\"{cell:.1}\" \
                     patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                     <rect width=\"{cell:.1}\" height=\"{cell:.1}\" fill=\"{}\"/>\
                     <rect width=\"{line:.1}\" height=\"{cell:.1}\" fill=\"{hatch}\"/></pattern>\n",
                    wanted.key(),
                    paint.fill
                ));
                &*hatched
            } else {
                paint.fill
            };
            // Near by, white lines part blocks; far off, small blocks are drawn a little
            // larger, so that none goes unseen.
            let (rim, width) = if self.metres() < FAR {
                ("#ffffff", 0.5)
            } else {
                (paint.fill, 1.0)
            };
            canvas.put(format_args!(
                "<path fill=\"{fill}\" stroke=\"{rim}\" stroke-width=\"{:.1}\" d=\"{d}\"/>\n",
                width / self.scale
            ));
        }
    }

    /// Metres in a unit of the picture.
    fn metres(&self) -> f64 {
        self.sheet.paper.metres_per_unit / self.scale
    }

    fn place(&self, [x, y]: [i32; 2]) -> [f64; 2] {
        [
            FRAME[0] + f64::from(x) * self.scale,
            FRAME[1] + f64::from(y) * self.scale,
        ]
    }

    /// Names of the finest level that is not too fine, where they do not cover each
    /// other.
    fn named(&self, study: &Study) -> Vec<([f64; 2], String)> {
        let level = |number: usize| study.zones[number].level.clone();
        let mut levels: Vec<Option<String>> = self
            .sheet
            .zones
            .iter()
            .map(|zone| level(zone.zone))
            .collect();
        levels.sort();
        levels.dedup();
        let count = |wanted: &Option<String>| {
            self.sheet
                .zones
                .iter()
                .filter(|zone| level(zone.zone) == *wanted)
                .count()
        };
        let finest = levels
            .into_iter()
            .filter(|level| count(level) <= MOST_NAMES)
            .max_by_key(|level| count(level));
        let Some(finest) = finest else {
            return Vec::new();
        };
        let mut taken: Vec<[f64; 4]> = Vec::new();
        let mut names = Vec::new();
        for zone in self
            .sheet
            .zones
            .iter()
            .filter(|zone| level(zone.zone) == finest)
        {
            let Some(name) = &study.zones[zone.zone].name else {
                continue;
            };
            let [x, y] = self.place(zone.at);
            let half = NAME.width(name) / 2.0 + 4.0;
            let own = [x - half, y - NAME.size, x + half, y + 6.0];
            let apart = |other: &[f64; 4]| {
                own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1]
            };
            let on_paper = own[0] >= FRAME[0]
                && own[2] <= FRAME[0] + FRAME[2]
                && own[1] >= FRAME[1]
                && own[3] <= FRAME[1] + FRAME[3];
            if on_paper && taken.iter().all(apart) {
                taken.push(own);
                names.push(([x, y], name.clone()));
            }
        }
        names
    }

    /// A round length of at most `longest` units of the picture: its metres and units.
    pub fn scale_bar(&self, longest: f64) -> (f64, f64) {
        scale_bar(self.metres(), longest)
    }
}

/// The longest of 1, 2, 5, 10 … metres that is no longer than `longest` units.
fn scale_bar(metres_per_unit: f64, longest: f64) -> (f64, f64) {
    let most = metres_per_unit * longest;
    let power = 10.0_f64.powf(most.log10().floor());
    let fits = [5.0, 2.0, 1.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|&length| length <= most);
    let metres = fits.unwrap_or(power);
    (metres, metres / metres_per_unit)
}

const NAME: Pen = Pen::new(15.0)
    .bold()
    .coloured(palette::ZONE)
    .anchored(super::canvas::Anchor::Middle);

fn behind(sheet: &Sheet, scale: f64) -> String {
    let mut svg = String::new();
    for (layer, d) in &sheet.behind {
        if d.is_empty() {
            continue;
        }
        let (filled, colour, width) = match layer {
            Behind::Water => (true, palette::WATER, 0.0),
            Behind::Park => (true, palette::PARK, 0.0),
            Behind::River => (false, palette::WATER, 2.0),
            Behind::Footway => (false, palette::STREET, 0.4),
            Behind::Street => (false, palette::STREET, 0.8),
            Behind::Road => (false, palette::ROAD, 1.6),
            Behind::Railway => (false, palette::RAILWAY, 1.2),
        };
        // Writing to a String never fails.
        let _ = if filled {
            writeln!(svg, "<path fill=\"{colour}\" d=\"{d}\"/>")
        } else {
            writeln!(
                svg,
                "<path stroke=\"{colour}\" stroke-width=\"{:.1}\" d=\"{d}\"/>",
                width / scale
            )
        };
    }
    svg
}

fn outlines(sheet: &Sheet, scale: f64) -> String {
    let mut svg = String::new();
    for zone in &sheet.zones {
        let _ = writeln!(
            svg,
            "<path stroke=\"{}\" stroke-width=\"{:.1}\" d=\"{}\"/>",
            palette::ZONE,
            1.2 / scale,
            zone.d
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::scale_bar;

    #[test]
    fn a_scale_bar_is_round_and_fits() {
        for (metres_per_unit, metres, units) in [
            (1.0, 100.0, 100.0),
            (12.0, 2_000.0, 166.67),
            (2.7, 500.0, 185.19),
        ] {
            let (found, length) = scale_bar(metres_per_unit, 190.0);
            assert!((found - metres).abs() < 1e-6, "{found}");
            assert!((length - units).abs() < 0.01, "{length}");
        }
    }
}
