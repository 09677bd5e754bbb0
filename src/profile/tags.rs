//! What tags say of a walk and of a node, in few words.

use super::Wheels;

/// What kind of walk it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WalkKind {
    /// A street with or without sidewalks.
    Street,
    /// A footway, pedestrian street, platform, corridor or pier.
    Footway,
    /// A path or track.
    Path,
    /// A cycleway that is walked.
    Cycleway,
    /// Steps.
    Steps,
    /// An elevator.
    Elevator,
}

impl WalkKind {
    /// All kinds, in the order in which they are printed.
    pub const ALL: [Self; 6] = [
        Self::Street,
        Self::Footway,
        Self::Path,
        Self::Cycleway,
        Self::Steps,
        Self::Elevator,
    ];

    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Footway => "footway",
            Self::Path => "path",
            Self::Cycleway => "cycleway",
            Self::Steps => "steps",
            Self::Elevator => "elevator",
        }
    }
}

/// What is underfoot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Surface {
    /// Paved, or not said.
    Firm,
    /// Gravel, pebbles.
    Gravel,
    /// Sand, mud.
    Loose,
}

/// What is said of wheelchairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WheelAccess {
    /// Nothing: the kind of walk decides.
    Unsaid,
    /// Steps with a ramp.
    Ramp,
    /// Closed: `wheelchair=no`, a raised kerb, steeper than 1:12.
    Closed,
}

/// Everything of a walk that a walker reads. A chain of streets ends where it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WalkClass {
    /// What kind of walk.
    pub kind: WalkKind,
    /// What is underfoot.
    pub surface: Surface,
    /// What is said of wheelchairs.
    pub wheelchair: WheelAccess,
    /// Whether steps have a ramp for prams.
    pub stroller_ramp: bool,
}

impl WalkClass {
    /// A firm walk of which nothing else is said.
    pub const fn plain(kind: WalkKind) -> Self {
        Self {
            kind,
            surface: Surface::Firm,
            wheelchair: WheelAccess::Unsaid,
            stroller_ramp: false,
        }
    }
}

/// In which directions a walk may be walked, seen from its first end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Both.
    Both,
    /// Only from the first to the second end.
    Forward,
    /// Only from the second to the first end.
    Backward,
}

impl Direction {
    /// The same, seen from the other end.
    pub fn reversed(self) -> Self {
        match self {
            Self::Both => Self::Both,
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}

/// How a walkable way may be walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What walkers read.
    pub class: WalkClass,
    /// In which directions.
    pub direction: Direction,
    /// Open at certain times only (taken as open by day).
    pub conditional: bool,
    /// A road whose sidewalks are mapped apart.
    pub sidewalks_apart: bool,
}

/// Whom a way, a gate or an entrance lets in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Admits {
    /// The public.
    #[default]
    Everybody,
    /// Those who belong there: who lives behind it, or visits the site that it is
    /// the gate of.
    Residents,
    /// Nobody on foot.
    Nobody,
}

/// How people cross at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Crossing {
    /// Without signals, or not said.
    Plain,
    /// With signals.
    Signals,
}

/// What a node means for somebody on foot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRole {
    /// Nobody passes.
    pub stop: bool,
    /// Nor do those who live behind it: a wall or a locked gate, not a private one.
    pub shut: bool,
    /// Whom a gate or an entrance lets in.
    pub admits: Admits,
    /// Nobody on wheels passes: a stile, a turnstile.
    pub wheels_stop: bool,
    /// No wheelchair passes: a raised kerb, `wheelchair=no`.
    pub wheelchair_stop: bool,
    /// A crossing.
    pub crossing: Option<Crossing>,
    /// An elevator.
    pub elevator: bool,
    /// A gate, open or closed.
    pub gate: bool,
    /// A building entrance.
    pub entrance: bool,
}

impl NodeRole {
    /// Whether nobody reads anything here.
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// Whether a ground, a campus or a building is entered here, by whomever.
    pub fn is_entry(self) -> bool {
        self.gate || self.entrance
    }

    /// Whether some walker pays or stops here, so that a chain ends.
    pub fn ends_chain(self) -> bool {
        self.wheels_stop
            || self.wheelchair_stop
            || self.elevator
            || self.crossing == Some(Crossing::Signals)
    }

    /// Whether these wheels stop where people on foot pass.
    pub fn stops_wheels(self, wheels: Wheels) -> bool {
        match wheels {
            Wheels::None => false,
            Wheels::Pram => self.wheels_stop,
            Wheels::Wheelchair => self.wheels_stop || self.wheelchair_stop,
        }
    }
}
