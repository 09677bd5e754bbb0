//! The small map of a parcel: its outline, what is reached in 5, 10 and 15 minutes,
//! streets, and the facilities that the tables name.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::super::phrase::both;
use crate::places::Shape;
use crate::plane::{LonLat, PolygonRings};
use crate::reach::Nearest;
use crate::report::palette::{COST_STEPS, PAPER};
use crate::report::sheet::{self, Behind, Ink, Paper, Spot, WalkDetail, ZoneDetail};
use crate::study::{Parcels, Study};

/// Width to height.
const RATIO: f64 = 1.15;

/// A drawing unit in metres: a tenth of a millimetre on the printed page.
const UNIT: f64 = 2.0;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Detail {
    /// Streets, water and parks too.
    Streets(sheet::Detail),
    /// The parcel, what is reached and the facilities.
    Bare,
    /// No map.
    Nothing,
}

impl Detail {
    /// From everything to what fits a file of hundreds of parcels.
    pub const STEPS: [Self; 5] = [
        Self::streets(2.0, WalkDetail::All),
        Self::streets(5.0, WalkDetail::Streets),
        Self::streets(15.0, WalkDetail::Streets),
        Self::Bare,
        Self::Nothing,
    ];

    const fn streets(tolerance: f64, walks: WalkDetail) -> Self {
        Self::Streets(sheet::Detail {
            tolerance,
            walks,
            squares: None,
            zones: ZoneDetail::Nothing,
            facilities: true,
        })
    }
}

/// A parcel's map, and the numbers on it.
pub(super) struct Plan {
    pub drawing: Markup,
    /// The facilities that are numbered, from 1 on: the nearest of some requirement.
    pub numbered: Vec<u32>,
}

/// Draws a parcel with what is reached of it.
pub(super) fn plan(
    study: &Study,
    parcels: &Parcels,
    (parcel, rings): (usize, &[Vec<PolygonRings>]),
    detail: Detail,
) -> Plan {
    let numbered = numbered(study, parcels, parcel);
    let shape = &parcels.list[parcel].shape;
    let drawing = match paper(shape, rings) {
        Some(paper) if detail != Detail::Nothing => {
            let plan = Drawing {
                study,
                paper: &paper,
                shape,
                rings,
            };
            plan.drawn(detail, &numbered)
        }
        _ => html! {},
    };
    Plan { drawing, numbered }
}

/// The nearest facilities of the requirements, in their order, each once.
fn numbered(study: &Study, parcels: &Parcels, parcel: usize) -> Vec<u32> {
    let mut numbered = Vec::new();
    for answer in &parcels.answers {
        let nearest = study.of_parcel(parcels, answer, parcel).nearest().median;
        if let Some(at) = nearest.map(Nearest::facility)
            && !numbered.contains(&at)
        {
            numbered.push(at);
        }
    }
    numbered
}

/// Paper around the parcel and all that is reached of it.
fn paper(shape: &Shape, rings: &[Vec<PolygonRings>]) -> Option<Paper> {
    let outer = rings.iter().flatten().flat_map(|rings| &rings.outer);
    let (low, high) = shape.bounds();
    let paper = Paper::around([low, high].into_iter().chain(outer.copied()))?;
    Some(paper.in_ratio(RATIO).coarse(UNIT))
}

struct Drawing<'a> {
    study: &'a Study,
    paper: &'a Paper,
    shape: &'a Shape,
    rings: &'a [Vec<PolygonRings>],
}

impl Drawing<'_> {
    fn drawn(&self, detail: Detail, numbered: &[u32]) -> Markup {
        let [width, height] = self.paper.size;
        let behind: Vec<(Behind, String)> = match detail {
            Detail::Streets(detail) => sheet::behind(self.study, self.paper, detail),
            Detail::Bare | Detail::Nothing => Vec::new(),
        };
        // The widest first: those of larger limits hold those of smaller ones.
        let steps = self.rings.iter().zip(COST_STEPS).rev();
        let mut site = Ink::new(self.paper, 1.0);
        site.shape(self.shape, 4);
        html! {
            svg .place viewBox=(format!("0 0 {width} {height}")) aria-hidden="true" {
                rect width=(width) height=(height) fill=(PAPER) {}
                @for (behind, d) in &behind { path class=(behind.class()) d=(d) {} }
                @for (polygons, (_, colour)) in steps {
                    @let d = self.polygons(polygons);
                    path fill=(colour) fill-opacity=".28" stroke=(colour) stroke-width="1.2" d=(d) {}
                }
                path .dots d=(self.dots()) {}
                path .site d=(site.dried()) {}
                (self.marks(numbered))
                (self.measure())
            }
        }
    }

    fn polygons(&self, polygons: &[PolygonRings]) -> String {
        let mut ink = Ink::new(self.paper, 5.0);
        ink.polygons(polygons);
        ink.dried()
    }

    /// Every facility of what is asked for that lies on the paper.
    fn dots(&self) -> String {
        let sets = self.study.sets.iter();
        let mut asked: Vec<u32> = sets.flat_map(|set| &set.facilities.0).copied().collect();
        asked.sort_unstable();
        asked.dedup();
        let mut d = String::new();
        for at in asked {
            if let Some([x, y]) = self.on_paper(at) {
                // Writing to a string does not fail.
                let _ = write!(d, "M{x} {y}h0");
            }
        }
        d
    }

    fn on_paper(&self, facility: u32) -> Option<Spot> {
        let at: LonLat = self.study.facilities[facility as usize].shape.inner_place();
        let spot = self.paper.spot(at);
        let inside = |axis: usize| (0..=self.paper.size[axis]).contains(&spot[axis]);
        (inside(0) && inside(1)).then_some(spot)
    }

    /// The numbered facilities; where two would cover each other the later one steps
    /// aside, with a line to its place.
    fn marks(&self, numbered: &[u32]) -> Markup {
        let radius = (self.paper.size[0] / 60).max(1);
        let mut taken: Vec<Spot> = Vec::new();
        let mut marks = Vec::new();
        for (number, &facility) in (1_u32..).zip(numbered) {
            if let Some(at) = self.on_paper(facility) {
                let spot = free(at, radius, self.paper.size, &taken);
                taken.push(spot);
                marks.push((number, at, spot));
            }
        }
        html! {
            @for (_, at, spot) in &marks {
                @if at != spot { path .lead d=(format!("M{} {}L{} {}", at[0], at[1], spot[0], spot[1])) {} }
            }
            @for (number, _, [x, y]) in &marks {
                circle .mark cx=(x) cy=(y) r=(radius) vector-effect="non-scaling-stroke" {}
                text x=(x) y=(y) font-size=(f64::from(radius) * 1.25) { (number) }
            }
        }
    }

    /// A bar of metres, and where north is.
    fn measure(&self) -> Markup {
        let [width, height] = self.paper.size;
        let fits = |metres: &u32| self.paper.units(f64::from(*metres)) <= f64::from(width) / 3.0;
        let metres = [1_000, 500, 200, 100].into_iter().find(fits).unwrap_or(50);
        let long = self.paper.units(f64::from(metres)).round();
        let step = f64::from(width) / 45.0;
        let (left, low) = (step, f64::from(height) - step);
        html! {
            path .measure d=(format!("M{left:.0} {:.0}v{:.0}h{long}v-{:.0}", low - step / 2.0, step / 2.0, step / 2.0)) {}
            text x=(format!("{:.0}", left + long / 2.0)) y=(format!("{:.0}", low - step)) font-size=(format!("{step:.0}")) { (metres) " m" }
            text x=(format!("{:.0}", f64::from(width) - step)) y=(format!("{step:.0}")) font-size=(format!("{step:.0}")) { "N" }
            path .measure d=(format!("M{:.0} {:.0}v{:.0}", f64::from(width) - step, step * 3.2, -step * 1.5)) {}
        }
    }
}

/// The first free spot for a mark, from its place outwards.
fn free([x, y]: Spot, radius: i32, size: Spot, taken: &[Spot]) -> Spot {
    const AROUND: [Spot; 8] = [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
        [1, 1],
        [-1, -1],
        [1, -1],
        [-1, 1],
    ];
    let apart = |one: i32, other: i32| i64::from(one - other).pow(2);
    let is_free = |spot: &Spot| {
        let inside = (0..2).all(|axis| (radius..=size[axis] - radius).contains(&spot[axis]));
        let least = i64::from(2 * radius).pow(2);
        let clear = |other: &Spot| apart(spot[0], other[0]) + apart(spot[1], other[1]) >= least;
        inside && taken.iter().all(clear)
    };
    let aside = (1..=6).flat_map(|step| {
        let far = step * 2 * radius;
        AROUND.map(|[right, down]| [x + right * far, y + down * far])
    });
    let mut spots = std::iter::once([x, y]).chain(aside);
    spots.find(is_free).unwrap_or([x, y])
}

/// What the map shows.
pub(super) fn keys() -> Markup {
    let step = |number: usize, minutes: u32| {
        let colour = COST_STEPS[number].1;
        html! { li {
            svg width="18" height="11" aria-hidden="true" {
                rect width="18" height="11" fill=(colour) fill-opacity=".4" stroke=(colour) {}
            }
            (both(format!("{minutes} 分钟"), format!("{minutes} min")))
        } }
    };
    html! {
        ul .keys {
            li { svg width="18" height="11" aria-hidden="true" {
                rect x="1" y="1" width="16" height="9" fill="none" stroke="#c2185b" stroke-width="2" {}
            } (both("地块", "the parcel")) }
            (step(0, 5)) (step(1, 10)) (step(2, 15))
            li { svg width="11" height="11" aria-hidden="true" { circle cx="5" cy="6" r="2" {} }
                (both("设施", "facilities")) }
            li { svg width="12" height="11" aria-hidden="true" {
                circle cx="6" cy="5.5" r="4.5" fill="#fff" stroke="#1b1b1b" {}
            } (both("表中最近的设施", "nearest ones, as in the table")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_cover_each_other() {
        let size = [100, 100];
        let mut taken = Vec::new();
        for _ in 0..5 {
            let spot = free([50, 50], 5, size, &taken);
            taken.push(spot);
        }
        assert_eq!(taken, [[50, 50], [60, 50], [40, 50], [50, 60], [50, 40]]);
        // At the edge of the paper they step inwards.
        assert_eq!(free([99, 50], 5, size, &[]), [89, 50]);
    }
}
