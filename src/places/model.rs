//! The places of a study.

use super::Groups;
use crate::plane::{Area, LonLat};
use crate::units::{Land, People};

/// A place as it is drawn: a point or an area.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A point.
    Point(LonLat),
    /// An area.
    Area(Area),
}

impl Shape {
    /// A place that stands for the whole: the point, or one inside the area.
    pub fn inner_place(&self) -> LonLat {
        match self {
            Self::Point(place) => *place,
            Self::Area(area) => area.inner_place(),
        }
    }

    /// Straight distance from `place`; 0 inside an area.
    ///
    /// # Units
    /// Metres.
    pub fn distance_metres(&self, place: LonLat) -> f64 {
        match self {
            Self::Point(point) => crate::plane::distance_metres(place, *point),
            Self::Area(area) => area.distance_metres(place),
        }
    }

    /// Straight distance to another place, from outline to outline; 0 where they meet.
    ///
    /// # Units
    /// Metres.
    pub fn metres_to(&self, other: &Self) -> f64 {
        match (self, other) {
            (Self::Area(one), Self::Area(other)) => one.metres_to(other),
            (_, Self::Point(place)) => self.distance_metres(*place),
            (Self::Point(place), _) => other.distance_metres(*place),
        }
    }

    /// South-west and north-east corner.
    pub fn bounds(&self) -> (LonLat, LonLat) {
        match self {
            Self::Point(place) => (*place, *place),
            Self::Area(area) => area.bounds(),
        }
    }
}

/// Where a place comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A row of the user's table, with its line or feature number (from 1).
    Table(u64),
    /// An OSM node.
    OsmNode(i64),
    /// A closed OSM way.
    OsmWay(i64),
    /// An OSM relation that draws an area.
    OsmRelation(i64),
}

/// A residential parcel.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Unique among the blocks; ties of every kind go by it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Where it lies.
    pub shape: Shape,
    /// Its residential land, where known.
    pub land: Option<Land>,
    /// People who live there, where known.
    pub people: Option<People>,
    /// Of them, those of every group, where known.
    pub groups: Groups<Option<People>>,
    /// Its community (社区), where the table names one.
    pub community: Option<String>,
    /// Its subdistrict (街道), where the table names one.
    pub subdistrict: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A row of the user's table, or a whole residential area of the extract.
    Area,
    /// A piece of a residential area that was cut along streets.
    Piece,
    /// The residential buildings outside residential areas that stand in one
    /// street block.
    Group,
    /// One residential building outside residential areas.
    Building,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Area, Self::Piece, Self::Group, Self::Building];

    /// A stable key for machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Piece => "piece",
            Self::Group => "group",
            Self::Building => "building",
        }
    }
}

/// A category's place in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub u16);

/// A site that offers services.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Unique among the facilities; ties of every kind go by it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// What it offers: at least one category, ascending. A general one (`clinic`)
    /// stands here only where its kind is not known; the catalog expands wholes
    /// into their parts.
    pub categories: Vec<CategoryId>,
    /// Where it lies.
    pub shape: Shape,
    /// How large it is, as far as is known.
    pub size: Size,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it is entered: places on the ground from which links are made. One
    /// at least; the point itself for points.
    pub entrances: Vec<LonLat>,
    /// Whether the entrances are assumed (places along the ring) instead of known.
    pub entrances_assumed: bool,
}

/// How large a facility is. Standards ask for floor or for land, so the two are kept
/// apart; what a table calls just its area may be either.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Size {
    /// What the table calls its area without saying of what.
    pub area: Option<Land>,
    /// Floor area of its building (建筑面积).
    pub floor: Option<Land>,
    /// Its land (用地面积): the table's column, else the surface of its polygon.
    pub land: Option<Land>,
    /// Beds.
    pub beds: Option<u32>,
    /// Places, beds or seats.
    pub capacity: Option<f64>,
    /// The class that the table puts it into (`社区公园`), as it stands there.
    pub class: Option<String>,
}

impl Size {
    /// What is known of a place that is only drawn: the surface of its area.
    pub fn of_shape(shape: &Shape) -> Self {
        let land = match shape {
            Shape::Point(_) => None,
            Shape::Area(area) => Land::from_square_metres(area.square_metres()),
        };
        Self {
            land,
            ..Self::default()
        }
    }

    /// The one figure of its size: the area as the table has it, else its land, else its
    /// floor.
    pub fn stated(&self) -> Option<Land> {
        self.area.or(self.land).or(self.floor)
    }

    /// Takes from another what is not known here.
    pub fn complete(&mut self, other: &Self) {
        self.area = self.area.or(other.area);
        self.floor = self.floor.or(other.floor);
        self.land = self.land.or(other.land);
        self.beds = self.beds.or(other.beds);
        self.capacity = self.capacity.or(other.capacity);
        if self.class.is_none() {
            self.class.clone_from(&other.class);
        }
    }
}

/// Facilities of one or several categories that answer one question, as indices
/// into the list of facilities, ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacilitySet(pub Vec<u32>);

/// A polygon that figures are summed for.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Unique among the zones; ties go by it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// `subdistrict`, `community`, `district` or whatever the file says.
    pub level: Option<String>,
    /// Its polygon.
    pub area: Area,
}
