//! Findings: what is wrong, where, and what to do.

use std::cmp::{Ordering, Reverse};
use std::fmt;

use crate::lang::Lang;
use crate::places::Origin;
use crate::plane::LonLat;

/// An object of OpenStreetMap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapObject {
    /// A node.
    Node(i64),
    /// A way.
    Way(i64),
    /// A relation.
    Relation(i64),
}

impl MapObject {
    /// The object that a place comes from; none for a row of a table.
    pub fn of(origin: &Origin) -> Option<Self> {
        match *origin {
            Origin::Table(_) => None,
            Origin::OsmNode(id) => Some(Self::Node(id)),
            Origin::OsmWay(id) => Some(Self::Way(id)),
            Origin::OsmRelation(id) => Some(Self::Relation(id)),
        }
    }
}

impl fmt::Display for MapObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => write!(f, "node/{id}"),
            Self::Way(id) => write!(f, "way/{id}"),
            Self::Relation(id) => write!(f, "relation/{id}"),
        }
    }
}

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A walk ends a few metres before another one.
    NearMiss,
    /// Sidewalks that hang together with no street, or end in nothing at both ends.
    LooseSidewalk,
    /// Other walks that hang together with nothing larger.
    Island,
    /// A closed wall with somebody inside and no way in.
    WallWithoutGate,
    /// A gate that no way leads through.
    GateWithoutWay,
    /// A place far from every walk.
    FarPlace,
    /// A place with an obstacle before every walk near by.
    BarredPlace,
    /// Two ways that draw the same pieces.
    DoubledWay,
}

impl Kind {
    /// All kinds, in their order.
    pub const ALL: [Self; 8] = [
        Self::NearMiss,
        Self::LooseSidewalk,
        Self::Island,
        Self::WallWithoutGate,
        Self::GateWithoutWay,
        Self::FarPlace,
        Self::BarredPlace,
        Self::DoubledWay,
    ];

    /// Key in files, and the name of its layer.
    pub fn key(self) -> &'static str {
        match self {
            Self::NearMiss => "near_misses",
            Self::LooseSidewalk => "loose_sidewalks",
            Self::Island => "islands",
            Self::WallWithoutGate => "walls_without_gate",
            Self::GateWithoutWay => "gates_without_way",
            Self::FarPlace => "far_places",
            Self::BarredPlace => "barred_places",
            Self::DoubledWay => "doubled_ways",
        }
    }

    /// What is wrong, in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::NearMiss => lang.pick(
                "道路末端与另一条道路只差几米而未相连",
                "walks that end a few metres before another",
            ),
            Self::LooseSidewalk => lang.pick(
                "未与街道相连，或两端均断头的人行道",
                "sidewalks that join no street, or at neither end",
            ),
            Self::Island => lang.pick(
                "与路网不相连的孤立道路",
                "walks that are joined to nothing larger",
            ),
            Self::WallWithoutGate => lang.pick(
                "闭合的围墙或围栏，内有居住地或设施却无入口",
                "closed walls around a place without a way in",
            ),
            Self::GateWithoutWay => {
                lang.pick("没有道路通过的大门", "gates that no way leads through")
            }
            Self::FarPlace => lang.pick(
                "远离一切可步行道路的街坊和设施",
                "blocks and facilities far from every walk",
            ),
            Self::BarredPlace => lang.pick(
                "被障碍与附近道路隔开的街坊和设施",
                "blocks and facilities barred from the walks near by",
            ),
            Self::DoubledWay => lang.pick(
                "重复绘制同一段的道路",
                "ways that draw the same pieces twice",
            ),
        }
    }

    /// What to do about it, in words.
    pub fn remedy(self, lang: Lang) -> &'static str {
        match self {
            Self::NearMiss => lang.pick(
                "若实地可通行，请延长道路并与另一条共用节点；若不可通行，请绘出阻隔物或标 noexit=yes",
                "where one can pass, draw the walk on to a shared node; where not, draw what bars it, or noexit=yes",
            ),
            Self::LooseSidewalk => lang.pick(
                "请在路口和过街处将人行道与街道连接",
                "join the sidewalk to the street at corners and crossings",
            ),
            Self::Island => lang.pick(
                "请绘出通往这里的道路；若不对公众开放，请标 access=private",
                "draw the way that leads there; where it is not public, say access=private",
            ),
            Self::WallWithoutGate => lang.pick(
                "请在围墙上绘出大门（barrier=gate 或 entrance）及通过它的道路",
                "draw the gate (barrier=gate or entrance) on the wall and the way through it",
            ),
            Self::GateWithoutWay => lang.pick(
                "请绘出通过大门的道路，并以大门为其节点",
                "draw the way through the gate, with the gate as one of its nodes",
            ),
            Self::FarPlace => lang.pick(
                "请绘出通往这里的道路或内部道路",
                "draw the way that leads there, or its inner ways",
            ),
            Self::BarredPlace => lang.pick(
                "请绘出大门、桥梁或穿过障碍的道路",
                "draw the gate, the bridge or the way that leads through",
            ),
            Self::DoubledWay => lang.pick(
                "请删去重复的一条，或移到它实际的位置",
                "delete one of them, or move it to where it lies",
            ),
        }
    }
}

/// A trouble at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of trouble.
    pub kind: Kind,
    /// The objects it is about, what lies there first.
    pub objects: Vec<MapObject>,
    /// Where it is.
    pub at: LonLat,
    /// What to draw on a map; nothing for a point.
    pub lines: Vec<Vec<LonLat>>,
    /// How much: the gap, the length of an island, of a wall, of what is doubled, or
    /// the way to the nearest walk; `None` where there is none.
    ///
    /// # Units
    /// Millimetres.
    pub millimetres: Option<u64>,
}

impl Finding {
    /// Kind by kind; the narrowest gap first, of everything else the largest.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let worst = |finding: &Self| {
            let millimetres = finding.millimetres.unwrap_or(u64::MAX);
            match finding.kind {
                Kind::NearMiss => (millimetres, Reverse(0)),
                _ => (0, Reverse(millimetres)),
            }
        };
        let key = |finding: &Self| (finding.kind, worst(finding));
        key(self)
            .cmp(&key(other))
            .then_with(|| self.objects.cmp(&other.objects))
            .then_with(|| self.at.cmp(&other.at))
    }

    /// What is wrong here, in words, with its measure.
    pub fn text(&self, lang: Lang) -> String {
        let metres = self.millimetres.map(|millimetres| {
            let metres = millimetres as f64 / 1_000.0;
            format!("{metres:.1}")
        });
        let Some(metres) = metres else {
            return self.kind.text(lang).to_owned();
        };
        let (zh, en) = match self.kind {
            Kind::NearMiss => ("相距", "gap"),
            Kind::LooseSidewalk | Kind::Island => ("相连总长", "length together"),
            Kind::WallWithoutGate => ("围墙长", "length of the wall"),
            Kind::GateWithoutWay | Kind::FarPlace | Kind::BarredPlace => {
                ("距最近道路", "to the nearest walk")
            }
            Kind::DoubledWay => ("重复长度", "length that is drawn twice"),
        };
        match lang {
            Lang::Zh => format!("{}（{zh} {metres} 米）", self.kind.text(lang)),
            Lang::En => format!("{} ({en}: {metres} m)", self.kind.text(lang)),
        }
    }
}
