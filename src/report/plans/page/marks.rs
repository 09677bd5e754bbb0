//! What a plan builds, closes and changes, drawn on the map with the numbers of its changes.

use maud::{Markup, html};

use crate::places::Facility;
use crate::plane::{LonLat, distance_metres};
use crate::report::plans::wording::on_earth;
use crate::report::sheet::{Ink, Paper, Spot};
use crate::scenario::{Change, Place, Scenario, Tried, Which};
use crate::study::Study;

/// A change as it is drawn.
pub(super) struct Mark {
    /// Its number in the list of changes, from 1.
    pub number: usize,
    /// What is drawn.
    what: What,
}

enum What {
    /// A walk: its class, its lines, and where its number stands.
    Line(&'static str, String, Spot),
    /// An outline.
    Area(String, Spot),
    /// A sign of a kind.
    Sign(&'static str, Spot),
    /// From where to where.
    Arrow(Spot, Spot),
}

/// The marks of a plan; changes that have no place, or one off the paper, have none.
pub(super) fn marks(base: &Study, tried: &Tried, paper: &Paper) -> Vec<Mark> {
    let changes = (1..).zip(&tried.scenario.changes);
    changes
        .filter_map(|(number, planned)| {
            let what = Drawer { base, tried, paper }.what(&planned.change)?;
            Some(Mark { number, what })
        })
        .filter(|mark| paper.shows(&[mark.at()]))
        .collect()
}

struct Drawer<'a> {
    base: &'a Study,
    tried: &'a Tried,
    paper: &'a Paper,
}

impl Drawer<'_> {
    fn what(&self, change: &Change) -> Option<What> {
        let sign = |key, at: LonLat| What::Sign(key, self.paper.spot(at));
        let place = |at: Place| on_earth(self.scenario(), at);
        match change {
            Change::AddFacility(it) => {
                let found = by_id(&self.tried.study, &it.id)?;
                Some(sign("add_facility", found.shape.inner_place()))
            }
            Change::CloseFacility(it) => {
                let found = self.which(&it.which)?;
                Some(sign("close_facility", found.shape.inner_place()))
            }
            Change::MoveFacility(it) => {
                let was = self.which(&it.which)?;
                let is = by_id(&self.tried.study, &was.id)?;
                let [from, to] = [was, is].map(|it| self.paper.spot(it.shape.inner_place()));
                Some(What::Arrow(from, to))
            }
            Change::ChangeFacility(it) => {
                let found = self.which(&it.which)?;
                Some(sign("change_facility", found.shape.inner_place()))
            }
            Change::AddWalk(it) => self.line("add_walk", &it.line),
            Change::CloseWalk(it) => match (&it.line, it.way) {
                (Some(line), _) => self.line("close_walk", line),
                (None, Some(way)) => self.way(way),
                (None, None) => None,
            },
            Change::AddGate(it) => Some(sign("add_gate", place(it.at)?)),
            Change::OpenGate(it) => Some(sign("add_gate", place(it.at)?)),
            Change::CloseGate(it) => Some(sign("close_gate", place(it.at)?)),
            Change::AddBlock(it) => {
                let block = self
                    .tried
                    .study
                    .blocks
                    .iter()
                    .find(|known| known.id == it.id)?;
                let mut ink = Ink::new(self.paper, 1.0);
                ink.shape(&block.shape, 1);
                let at = self.paper.spot(block.shape.inner_place());
                Some(What::Area(ink.dried(), at))
            }
            Change::ChangePeople(it) => {
                let block = self.base.blocks.iter().find(|known| known.id == it.block)?;
                Some(sign("change_people", block.shape.inner_place()))
            }
        }
    }

    fn scenario(&self) -> &Scenario {
        &self.tried.scenario
    }

    fn line(&self, key: &'static str, line: &[Place]) -> Option<What> {
        let places = line.iter().map(|&at| on_earth(self.scenario(), at));
        let places: Vec<LonLat> = places.collect::<Option<_>>()?;
        self.lines(key, &[&places])
    }

    /// The walks of an OSM way.
    fn way(&self, way: i64) -> Option<What> {
        let network = &self.base.network;
        let own = network.walk_ids().filter(|&id| network.walk(id).way == way);
        let shapes: Vec<&[LonLat]> = own.map(|id| network.shape(id)).collect();
        self.lines("close_walk", &shapes)
    }

    fn lines(&self, key: &'static str, lines: &[&[LonLat]]) -> Option<What> {
        let mut ink = Ink::new(self.paper, 0.5);
        for line in lines {
            ink.line(line);
        }
        let longest = lines.iter().max_by_key(|line| line.len())?;
        Some(What::Line(
            key,
            ink.dried(),
            self.paper.spot(middle(longest)?),
        ))
    }

    /// The facility that is meant: one of the city, else one that the plan itself has.
    fn which(&self, which: &Which) -> Option<&Facility> {
        let studies = [self.base, &self.tried.study];
        if let Some(id) = &which.id {
            return studies.into_iter().find_map(|study| by_id(study, id));
        }
        let near = which.near.and_then(|at| on_earth(self.scenario(), at));
        studies.into_iter().find_map(|study| {
            let named = study.facilities.iter();
            let named = named.filter(|known| known.name == which.named);
            named.min_by_key(|known| {
                near.map_or(0, |near| {
                    (known.shape.distance_metres(near) * 1_000.0).round() as u64
                })
            })
        })
    }
}

fn by_id<'a>(study: &'a Study, id: &str) -> Option<&'a Facility> {
    let known = &study.facilities;
    let found = known.binary_search_by(|known| known.id.as_str().cmp(id));
    found.ok().map(|at| &known[at])
}

/// The place half-way along a line.
fn middle(line: &[LonLat]) -> Option<LonLat> {
    let long = |pair: &[LonLat]| distance_metres(pair[0], pair[1]);
    let half = line.windows(2).map(long).sum::<f64>() / 2.0;
    let mut along = 0.0;
    for pair in line.windows(2) {
        let next = along + long(pair);
        if next >= half && next > along {
            let part = (half - along) / (next - along);
            let between = |from: i32, to: i32| from + (f64::from(to - from) * part).round() as i32;
            return Some(LonLat {
                lon: between(pair[0].lon, pair[1].lon),
                lat: between(pair[0].lat, pair[1].lat),
            });
        }
        along = next;
    }
    line.first().copied()
}

impl Mark {
    /// Where its number stands.
    fn at(&self) -> Spot {
        match self.what {
            What::Line(.., at) | What::Area(_, at) | What::Sign(_, at) | What::Arrow(_, at) => at,
        }
    }

    /// Drawn: lines in the width of the screen, signs in its size.
    pub fn drawn(&self) -> Markup {
        html! {
            @match &self.what {
                What::Line(key, d, at) => {
                    path .casing d=(d) {}
                    path .line .(key) d=(d) {}
                    (self.sign("", *at, true))
                }
                What::Area(d, at) => {
                    path .outline d=(d) {}
                    (self.sign("", *at, true))
                }
                What::Sign(key, at) => (self.sign(key, *at, false)),
                What::Arrow([x, y], to) => {
                    @let d = format!("M{x} {y}L{} {}", to[0], to[1]);
                    path .casing d=(d) {}
                    path .line .move d=(d) {}
                    (sign_at([*x, *y], &html! { g data-sign="close_facility" { (shape("close_facility")) } }))
                    (self.sign("add_facility", *to, false))
                }
            }
        }
    }

    fn sign(&self, key: &str, at: Spot, centred: bool) -> Markup {
        let x = if centred { 0 } else { 10 };
        sign_at(
            at,
            &html! {
                g data-sign=(key) { (shape(key)) }
                text x=(x) y=(if centred { -6 } else { 5 }) text-anchor=(if centred { "middle" } else { "start" }) { (self.number) }
            },
        )
    }
}

fn sign_at([x, y]: Spot, inner: &Markup) -> Markup {
    html! {
        g transform=(format!("translate({x} {y})")) { g .sign { (inner) } }
    }
}

/// A sign around its place, in points of the screen.
pub(super) fn shape(key: &str) -> Markup {
    html! {
        @match key {
            "add_facility" => {
                circle .full r="8" {}
                path .stroke d="M-4 0H4M0-4V4" {}
            }
            "close_facility" => {
                circle .hollow r="8" {}
                path .on d="M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5" {}
            }
            "change_facility" => path .hollow d="M0-9L9 0 0 9-9 0Z" {},
            "add_gate" => {
                rect .full x="-7" y="-7" width="14" height="14" {}
                path .stroke d="M-4 0H4M1-3L4 0 1 3" {}
            }
            "close_gate" => {
                rect .hollow x="-7" y="-7" width="14" height="14" {}
                path .on d="M-3.5-3.5L3.5 3.5M-3.5 3.5L3.5-3.5" {}
            }
            "change_people" => {
                circle .full cy="-4" r="3.5" {}
                path .full d="M-6 7Q-6 0 0 0T6 7Z" {}
            }
            _ => {}
        }
    }
}
