//! From tags to passage: who may walk where.

use serde::Deserialize;

use super::tags::{
    Admits, Crossing, Direction, NodeRole, Passage, Surface, WalkClass, WalkKind, WheelAccess,
};
use crate::lang::Lang;
use crate::osm::TagSet;

/// The table `access.toml` with its switches.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRules {
    highway: Highway,
    access: Access,
    barrier: Barrier,
    surface: Surfaces,
    /// Whether trunk roads are walkable; they are by default.
    #[serde(skip, default = "yes")]
    pub trunk: bool,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Highway {
    street: Vec<String>,
    trunk: Vec<String>,
    footway: Vec<String>,
    path: Vec<String>,
    bridleway: Vec<String>,
    cycleway: Vec<String>,
    steps: Vec<String>,
    elevator: Vec<String>,
    never: Vec<String>,
    unbuilt: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Access {
    closed: Vec<String>,
    private: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Barrier {
    stop: Vec<String>,
    gate: Vec<String>,
    no_entrance: Vec<String>,
    wheels_stop: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Surfaces {
    gravel: Vec<String>,
    loose: Vec<String>,
}

/// Why a way is not walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// A motorway or another road that is never walked.
    NeverWalked,
    /// A trunk road, switched off.
    Trunk,
    /// Not built yet, or no longer there.
    Unbuilt,
    /// A bridleway without `foot=yes`.
    Bridleway,
    /// Closed to everybody on foot.
    Closed,
    /// A ferry.
    Ferry,
    /// A highway value that the table does not know.
    Unknown,
}

impl Refusal {
    /// The reason in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NeverWalked => lang.pick("高速公路等禁止步行", "motorways and the like"),
            Self::Trunk => lang.pick("快速路/国道（已关闭）", "trunk roads, switched off"),
            Self::Unbuilt => lang.pick("未建成或已废弃", "not built or no longer there"),
            Self::Bridleway => lang.pick("马道", "bridleways without foot=yes"),
            Self::Closed => lang.pick("禁止步行", "closed to everybody on foot"),
            Self::Ferry => lang.pick("轮渡", "ferries"),
            Self::Unknown => lang.pick("无法识别的 highway 值", "unknown highway values"),
        }
    }

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::NeverWalked => "never_walked",
            Self::Trunk => "trunk",
            Self::Unbuilt => "unbuilt",
            Self::Bridleway => "bridleway",
            Self::Closed => "closed",
            Self::Ferry => "ferry",
            Self::Unknown => "unknown",
        }
    }
}

/// What the tags of a way mean for somebody on foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to walk on: not a road at all.
    NotARoad,
    /// A road that is not walked.
    Refused(Refusal),
    /// A road that is walked.
    Walkable(Passage),
    /// A road of a private ground: those who live there walk it, nobody walks through.
    Private(Passage),
}

impl AccessRules {
    /// The rules that come with the program.
    #[allow(clippy::expect_used, clippy::missing_panics_doc)]
    pub fn builtin() -> Self {
        toml::from_str(include_str!("access.toml")).expect("the built-in rules are well formed")
    }

    /// What the tags of a way mean.
    pub fn way(&self, tags: &dyn TagSet) -> Verdict {
        let kind = match self.kind(tags) {
            Ok(Some(kind)) => kind,
            Ok(None) => return Verdict::NotARoad,
            Err(refusal) => return Verdict::Refused(refusal),
        };
        let passage = self.passage(kind, tags);
        match self.admits(tags).unwrap_or_default() {
            Admits::Everybody => Verdict::Walkable(passage),
            _ if self.opens_at_times(tags) => Verdict::Walkable(passage),
            Admits::Residents => Verdict::Private(passage),
            Admits::Nobody => Verdict::Refused(Refusal::Closed),
        }
    }

    /// How the public walks on the ground of an area with these tags, in whatever
    /// direction; `None` where it is no pedestrian area: a road drawn as an area, or a
    /// square that nothing closes. A relation is an area by its type, a way where it
    /// says so.
    pub fn area(&self, tags: &dyn TagSet) -> Option<Passage> {
        let square = tags.has("place", "square") && !tags.has("area", "no");
        let drawn = square || tags.has("area", "yes") || tags.has("type", "multipolygon");
        let found = match self.way(tags) {
            Verdict::Walkable(passage) if drawn => passage,
            Verdict::NotARoad if square => self.passage(WalkKind::Footway, tags),
            _ => return None,
        };
        let public = self.admits(tags).unwrap_or_default() == Admits::Everybody;
        (public || self.opens_at_times(tags)).then_some(Passage {
            direction: Direction::Both,
            ..found
        })
    }

    /// What a node means.
    pub fn node(&self, tags: &dyn TagSet) -> NodeRole {
        let barrier = tags.value("barrier");
        let listed = |list: &[String]| barrier.is_some_and(|value| contains(list, value));
        // The node's own foot or access decides first, then the lock, then the kind.
        let locked = tags.has("locked", "yes") || listed(&self.barrier.stop);
        let stated = self.admits(tags);
        let entrance = tags.value("entrance");
        let no_entrance = entrance.is_some_and(|kind| contains(&self.barrier.no_entrance, kind));
        let admits = match stated {
            Some(Admits::Everybody) => Admits::Everybody,
            _ if locked || no_entrance => Admits::Nobody,
            stated => stated.unwrap_or_default(),
        };
        let bars = barrier.is_some() || tags.has("locked", "yes");
        let stop = bars && admits != Admits::Everybody;
        let gate = listed(&self.barrier.gate);
        let crossing =
            (tags.has("highway", "crossing") || tags.has("railway", "crossing")).then(|| {
                let signals =
                    tags.has("crossing", "traffic_signals") || tags.has("crossing:signals", "yes");
                if signals {
                    Crossing::Signals
                } else {
                    Crossing::Plain
                }
            });
        NodeRole {
            stop,
            shut: stop && admits == Admits::Nobody,
            // Elsewhere access speaks of something else: a bus stop's, a car park's.
            admits: if gate || entrance.is_some() {
                admits
            } else {
                Admits::default()
            },
            wheels_stop: listed(&self.barrier.wheels_stop) && !tags.has("wheelchair", "yes"),
            wheelchair_stop: tags.has("kerb", "raised")
                || tags.has("wheelchair", "no") && (barrier.is_some() || crossing.is_some()),
            crossing,
            elevator: tags.has("highway", "elevator"),
            gate,
            entrance: entrance.is_some(),
        }
    }

    fn kind(&self, tags: &dyn TagSet) -> Result<Option<WalkKind>, Refusal> {
        if tags.has("route", "ferry") {
            return Err(Refusal::Ferry);
        }
        let Some(highway) = tags.value("highway") else {
            let platform = tags.has("railway", "platform")
                || tags.has("public_transport", "platform")
                || tags.has("man_made", "pier");
            return Ok(platform.then_some(WalkKind::Footway));
        };
        if tags.has("motorroad", "yes") || contains(&self.highway.never, highway) {
            return Err(Refusal::NeverWalked);
        }
        if contains(&self.highway.unbuilt, highway) {
            return Err(Refusal::Unbuilt);
        }
        if contains(&self.highway.trunk, highway) {
            return if self.trunk {
                Ok(Some(WalkKind::Street))
            } else {
                Err(Refusal::Trunk)
            };
        }
        if contains(&self.highway.bridleway, highway) {
            let on_foot = tags.has("foot", "yes") || tags.has("foot", "designated");
            return if on_foot {
                Ok(Some(WalkKind::Path))
            } else {
                Err(Refusal::Bridleway)
            };
        }
        let kinds = [
            (&self.highway.street, WalkKind::Street),
            (&self.highway.footway, WalkKind::Footway),
            (&self.highway.path, WalkKind::Path),
            (&self.highway.cycleway, WalkKind::Cycleway),
            (&self.highway.steps, WalkKind::Steps),
            (&self.highway.elevator, WalkKind::Elevator),
        ];
        kinds
            .into_iter()
            .find(|(values, _)| contains(values, highway))
            .map(|(_, kind)| Some(kind))
            .ok_or(Refusal::Unknown)
    }

    /// Whom `foot`, else `access`, else `service=private` lets in; `None` where none
    /// of them says anything. Of a list with semicolons the most open part counts.
    fn admits(&self, tags: &dyn TagSet) -> Option<Admits> {
        let private = tags.has("service", "private").then_some("private");
        let value = tags
            .value("foot")
            .or_else(|| tags.value("access"))
            .or(private)?;
        let parts = value.split(';').map(str::trim);
        parts.map(|part| self.admits_value(part)).min()
    }

    fn admits_value(&self, value: &str) -> Admits {
        if contains(&self.access.closed, value) {
            Admits::Nobody
        } else if contains(&self.access.private, value) {
            Admits::Residents
        } else {
            Admits::Everybody
        }
    }

    /// Whether `foot:conditional` opens at some time: taken as open by day.
    fn opens_at_times(&self, tags: &dyn TagSet) -> bool {
        tags.value("foot:conditional").is_some_and(|conditions| {
            conditions.split(';').any(|condition| {
                let value = condition.split('@').next().unwrap_or_default().trim();
                condition.contains('@') && self.admits_value(value) == Admits::Everybody
            })
        })
    }

    fn passage(&self, kind: WalkKind, tags: &dyn TagSet) -> Passage {
        let conditional =
            tags.value("foot:conditional").is_some() || tags.value("opening_hours").is_some();
        Passage {
            class: self.class(kind, tags),
            direction: direction(kind, tags),
            conditional,
            sidewalks_apart: [
                "sidewalk",
                "sidewalk:both",
                "sidewalk:left",
                "sidewalk:right",
            ]
            .iter()
            .any(|key| tags.has(key, "separate")),
        }
    }

    fn class(&self, kind: WalkKind, tags: &dyn TagSet) -> WalkClass {
        let surface = match tags.value("surface") {
            Some(value) if contains(&self.surface.gravel, value) => Surface::Gravel,
            Some(value) if contains(&self.surface.loose, value) => Surface::Loose,
            _ => Surface::Firm,
        };
        let steps = kind == WalkKind::Steps;
        let ramp = |key| steps && tags.has(key, "yes");
        let wheelchair = if tags.has("wheelchair", "no")
            || tags.has("kerb", "raised")
            || tags.value("incline").is_some_and(too_steep)
        {
            WheelAccess::Closed
        } else if ramp("ramp:wheelchair") {
            WheelAccess::Ramp
        } else {
            WheelAccess::Unsaid
        };
        WalkClass {
            kind,
            surface,
            wheelchair,
            stroller_ramp: ramp("ramp:stroller"),
        }
    }
}

fn contains(list: &[String], value: &str) -> bool {
    list.iter().any(|known| known == value)
}

fn direction(kind: WalkKind, tags: &dyn TagSet) -> Direction {
    let conveying = if kind == WalkKind::Steps {
        tags.value("conveying")
    } else {
        None
    };
    let forward = matches!(tags.value("oneway:foot"), Some("yes" | "1" | "true"))
        || tags.has("foot:backward", "no")
        || conveying == Some("forward");
    let backward = tags.has("oneway:foot", "-1")
        || tags.has("foot:forward", "no")
        || conveying == Some("backward");
    match (forward, backward) {
        (true, false) => Direction::Forward,
        (false, true) => Direction::Backward,
        // Nothing said, or one tag contradicts the other.
        _ => Direction::Both,
    }
}

/// Whether an `incline` in percent or degrees is steeper than 1:12. `up`, `down`
/// and the like say nothing of it.
fn too_steep(incline: &str) -> bool {
    let number = |text: &str| text.trim().parse::<f64>().ok().map(f64::abs);
    let slope = if let Some(percent) = incline.strip_suffix('%') {
        number(percent).map(|percent| percent / 100.0)
    } else if let Some(degrees) = incline.strip_suffix('°') {
        number(degrees).map(|degrees| degrees.to_radians().tan())
    } else {
        None
    };
    slope.is_some_and(|slope| slope > 1.0 / 12.0)
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
