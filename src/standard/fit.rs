//! Which facilities of a category count: the smallest size, and the class.

use serde::Deserialize;

use crate::lang::Lang;
use crate::places::Size;
use crate::units::Land;

/// What a facility must be, beside its category, to count for a requirement. The
/// default takes every one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// The smallest size.
    pub smallest: Bounds,
    /// The size at which another requirement begins: tiers do not contain each other.
    pub below: Bounds,
    /// Words of the class column that count. Where a facility has a class, it alone
    /// decides, and the sizes only where it has none.
    pub classes: Vec<String>,
    /// Whether a facility without a class never counts: what no size can tell.
    pub classified: bool,
}

/// Sizes, as far as they are bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Floor area (建筑面积), in whole m².
    pub floor_m2: Option<u32>,
    /// Land (用地面积), in whole m².
    pub land_m2: Option<u32>,
    /// Beds.
    pub beds: Option<u32>,
}

/// Whether a facility counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fitness {
    /// It does.
    Fits,
    /// What is asked of it is not known.
    Unknown,
    /// It is smaller than asked.
    TooSmall,
    /// It is of a larger tier or of another class.
    Other,
    /// Only a class could tell, and it has none.
    Unclassed,
}

impl Fitness {
    /// Key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Unknown => "size_unknown",
            Self::TooSmall => "too_small",
            Self::Other => "other_class",
            Self::Unclassed => "no_class",
        }
    }
}

impl Bounds {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each bounded size: the known one, and the bound, in dm² or beds.
    fn against(&self, size: &Size) -> impl Iterator<Item = (Option<u64>, u64)> {
        let land = |bound: u32| u64::from(bound) * 100;
        // A bare 面积 stands for the one kind of area that is asked for, and for the
        // floor where both are.
        let bare = |alone: bool| size.area.filter(|_| alone);
        let floor = size.floor.or(bare(true)).map(Land::square_decimetres);
        let ground = size.land.or(bare(self.floor_m2.is_none()));
        let ground = ground.map(Land::square_decimetres);
        [
            self.floor_m2.map(|bound| (floor, land(bound))),
            self.land_m2.map(|bound| (ground, land(bound))),
            self.beds
                .map(|bound| (size.beds.map(u64::from), u64::from(bound))),
        ]
        .into_iter()
        .flatten()
    }

    /// Each size: its name, its bound and its unit.
    fn parts(&self, lang: Lang) -> [(&'static str, Option<u32>, &'static str); 3] {
        [
            (lang.pick("建筑面积", "floor"), self.floor_m2, " m²"),
            (lang.pick("用地", "land"), self.land_m2, " m²"),
            (lang.pick("床位", "beds"), self.beds, ""),
        ]
    }
}

impl Fit {
    /// Whether every facility counts.
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a class is one of those that count, whatever its capitals.
    pub fn names(&self, class: &str) -> bool {
        let own = class.trim().to_lowercase();
        self.classes.iter().any(|word| word.to_lowercase() == own)
    }

    /// Whether a facility of this size counts.
    pub fn judge(&self, size: &Size) -> Fitness {
        if let Some(class) = &size.class
            && !self.classes.is_empty()
        {
            return if self.names(class) {
                Fitness::Fits
            } else {
                Fitness::Other
            };
        }
        if self.classified {
            return Fitness::Unclassed;
        }
        let smaller = |(known, bound): (Option<u64>, u64)| known.is_some_and(|known| known < bound);
        if self.smallest.against(size).any(smaller) {
            return Fitness::TooSmall;
        }
        let reaches =
            |(known, bound): (Option<u64>, u64)| known.is_some_and(|known| known >= bound);
        if self.below.against(size).any(reaches) {
            return Fitness::Other;
        }
        let sized = !self.smallest.is_empty() || !self.below.is_empty();
        let mut asked = self.smallest.against(size).chain(self.below.against(size));
        if asked.any(|(known, _)| known.is_none()) || (!sized && !self.classes.is_empty()) {
            return Fitness::Unknown;
        }
        Fitness::Fits
    }

    /// What is asked, in words: `floor ≥ 3150 m², land 5240–9000 m²` (the upper
    /// bound no longer counts); empty where nothing is.
    pub fn text(&self, lang: Lang) -> String {
        let (from, below) = (self.smallest.parts(lang), self.below.parts(lang));
        let bounded = from.into_iter().zip(below);
        let mut parts: Vec<String> = bounded
            .filter_map(|((name, from, unit), (_, below, _))| match (from, below) {
                (Some(from), Some(below)) => Some(format!("{name} {from}–{below}{unit}")),
                (Some(from), None) => Some(format!("{name} ≥ {from}{unit}")),
                (None, Some(below)) => Some(format!("{name} < {below}{unit}")),
                (None, None) => None,
            })
            .collect();
        if let Some(class) = self.class(lang) {
            parts.insert(
                0,
                lang.pick(format!("类别 {class}"), format!("class {class}")),
            );
        }
        parts.join(lang.pick("，", ", "))
    }

    /// What is asked, as the end of a key: `@land4000-10000`; empty where nothing is.
    pub fn suffix(&self) -> String {
        let bound = |bound: Option<u32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
        let Bounds {
            floor_m2,
            land_m2,
            beds,
        } = self.smallest;
        let sizes = [
            ("floor", floor_m2, self.below.floor_m2),
            ("land", land_m2, self.below.land_m2),
            ("beds", beds, self.below.beds),
        ];
        let class = self.class(Lang::En).map(str::to_owned);
        let sizes = sizes
            .into_iter()
            .filter(|(_, from, below)| from.is_some() || below.is_some())
            .map(|(name, from, below)| {
                let end = below.map(|below| format!("-{below}")).unwrap_or_default();
                format!("{name}{}{end}", bound(from))
            });
        let parts: Vec<String> = class.into_iter().chain(sizes).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("@{}", parts.join("_"))
        }
    }

    /// The class in one word: packs name it in English first and in Chinese second.
    fn class(&self, lang: Lang) -> Option<&str> {
        let own = self.classes.get(usize::from(lang == Lang::Zh));
        own.or(self.classes.first()).map(String::as_str)
    }
}
