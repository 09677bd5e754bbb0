//! What can be changed, as it stands in a file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longitude and latitude, in degrees of the file's frame; metres of a grid.
pub type Place = [f64; 2];

/// A new facility.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddFacility {
    /// Its id, which no other facility has.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it offers: words of the catalog, such as `clinic` or 卫生服务站.
    pub categories: Vec<String>,
    /// Where it stands; else `area`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// Its outline, corner by corner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Vec<Place>>,
    /// How large it is.
    #[serde(flatten)]
    pub size: SizeGiven,
    /// The year in which it opens; told, and of no effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<u16>,
    /// What it costs, in whatever money all costs of the file are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// How large a facility is, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct SizeGiven {
    /// Its area, of floor or land, in m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_m2: Option<f64>,
    /// Its floor area (建筑面积), in m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor_m2: Option<f64>,
    /// Its land (用地面积), in m²; without it that of `area`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub land_m2: Option<f64>,
    /// Beds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beds: Option<u32>,
    /// Places, beds or seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<f64>,
    /// The class that a standard puts it into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// Which facility is meant: one by its id, or one by its name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Which {
    /// Its id, as in facilities.geojson.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, where that is known; of several of a name the one nearest to `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// A place near it: it must lie within 500 m.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<Place>,
}

/// A facility that is no more.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFacility {
    /// Which.
    #[serde(flatten)]
    pub which: Which,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A facility that stands elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveFacility {
    /// Which.
    #[serde(flatten)]
    pub which: Which,
    /// Where to; else `to_area`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Place>,
    /// Its new outline, corner by corner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_area: Option<Vec<Place>>,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A facility that offers something else, or is of another size.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFacility {
    /// Which.
    #[serde(flatten)]
    pub which: Which,
    /// What it offers from now on; without it what it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
    /// What of its size is another.
    #[serde(flatten)]
    pub size: SizeGiven,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// What kind of walk is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindOfWalk {
    /// A street on which everybody walks.
    #[default]
    Street,
    /// A footway.
    Footway,
    /// A footbridge or an underpass: it joins others with its ends only.
    Footbridge,
    /// A crossing of a street.
    Crossing,
    /// Steps.
    Steps,
}

/// A new walk.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddWalk {
    /// Its line, point by point. It joins the walks that it meets, and with either end the
    /// nearest walk within `join_m`.
    pub line: Vec<Place>,
    /// What it is; without it a street.
    #[serde(default)]
    pub kind: KindOfWalk,
    /// How far its ends may be from the walks that they join, in metres; without it 15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_m: Option<f64>,
    /// Whether its steps have a ramp for prams and wheelchairs.
    #[serde(default)]
    pub ramp: bool,
    /// Whether it crosses a street with signals, which are waited at once.
    #[serde(default)]
    pub signals: bool,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A walk that is closed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseWalk {
    /// The OSM way; else `line`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<i64>,
    /// A line along what is closed, at most 5 m beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<Vec<Place>>,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// Whom a gate lets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Admitted {
    /// Everybody.
    #[default]
    Everybody,
    /// Those who live there.
    Residents,
}

/// A new gate in a wall or on the outline of a compound.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddGate {
    /// Where: at most 20 m from the wall or the outline.
    pub at: Place,
    /// Whom it lets in; without it everybody.
    #[serde(default)]
    pub admits: Admitted,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A gate that is opened.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenGate {
    /// Where it stands: the nearest gate within 20 m is meant.
    pub at: Place,
    /// Whom it lets in; without it everybody.
    #[serde(default)]
    pub admits: Admitted,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A gate that is locked.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseGate {
    /// Where it stands: the nearest gate within 20 m is meant.
    pub at: Place,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// A new residential block.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddBlock {
    /// Its id, which no other block has.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its outline, corner by corner.
    pub area: Vec<Place>,
    /// The people who will live there; needed where those of the other blocks are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<f64>,
    /// Its community (社区).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Its subdistrict (街道).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subdistrict: Option<String>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// Another number of people in a block.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePeople {
    /// The block, by its id.
    pub block: String,
    /// The people who will live there; groups grow and shrink with them.
    pub people: f64,
    /// What that costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A new facility.
    AddFacility(AddFacility),
    /// A facility that is no more.
    CloseFacility(CloseFacility),
    /// A facility that stands elsewhere.
    MoveFacility(MoveFacility),
    /// A facility that offers something else, or is of another size.
    ChangeFacility(ChangeFacility),
    /// A new walk.
    AddWalk(AddWalk),
    /// A walk that is closed.
    CloseWalk(CloseWalk),
    /// A new gate.
    AddGate(AddGate),
    /// A gate that is opened.
    OpenGate(OpenGate),
    /// A gate that is locked.
    CloseGate(CloseGate),
    /// A new block.
    AddBlock(AddBlock),
    /// Another number of people.
    ChangePeople(ChangePeople),
}

impl Change {
    /// What it costs, where that is given.
    pub fn cost(&self) -> Option<f64> {
        match self {
            Self::AddFacility(it) => it.cost,
            Self::CloseFacility(it) => it.cost,
            Self::MoveFacility(it) => it.cost,
            Self::ChangeFacility(it) => it.cost,
            Self::AddWalk(it) => it.cost,
            Self::CloseWalk(it) => it.cost,
            Self::AddGate(it) => it.cost,
            Self::OpenGate(it) => it.cost,
            Self::CloseGate(it) => it.cost,
            Self::AddBlock(it) => it.cost,
            Self::ChangePeople(it) => it.cost,
        }
    }

    /// Its key in files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::AddFacility(_) => "add_facility",
            Self::CloseFacility(_) => "close_facility",
            Self::MoveFacility(_) => "move_facility",
            Self::ChangeFacility(_) => "change_facility",
            Self::AddWalk(_) => "add_walk",
            Self::CloseWalk(_) => "close_walk",
            Self::AddGate(_) => "add_gate",
            Self::OpenGate(_) => "open_gate",
            Self::CloseGate(_) => "close_gate",
            Self::AddBlock(_) => "add_block",
            Self::ChangePeople(_) => "change_people",
        }
    }
}
