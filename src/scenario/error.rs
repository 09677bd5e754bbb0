//! What can be wrong with a scenario.

use std::path::PathBuf;

use crate::lang::{Explain, Lang};

/// What is wrong with one line of a scenario file.
#[derive(Clone, Debug, PartialEq)]
pub enum Bad {
    /// It is no TOML, lacks a field or has an unknown one.
    Toml {
        /// The reason.
        detail: String,
    },
    /// No change of this kind is known.
    Unknown {
        /// The word.
        word: String,
        /// The word that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A field of the head of the file is missing or cannot be read.
    Head(&'static str),
    /// The name cannot be the name of a folder.
    Name(String),
    /// The frame is none.
    Frame(String),
    /// Coordinates that are no place of the frame.
    Place([f64; 2]),
    /// Exactly one of several fields is needed.
    OneOf(&'static [&'static str]),
    /// An outline that encloses no land.
    NoArea,
    /// A line of less than two places.
    NoLine,
    /// A number that is none for what it stands for.
    Number(&'static str),
    /// The id stands for another place already.
    KnownId(String),
    /// No facility, or block, has this id.
    NoSuch {
        /// The id.
        id: String,
        /// The id that was probably meant.
        nearest: Option<String>,
    },
    /// No facility has this name.
    NoName {
        /// The name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// Several facilities have the name.
    ManyNames {
        /// The name.
        name: String,
        /// Their ids, some of them.
        ids: Vec<String>,
    },
    /// The facility is too far from the place that it should be near.
    FarFacility {
        /// Its id.
        id: String,
        /// How far it is, in metres.
        metres: u64,
    },
    /// A word that is no category.
    Category {
        /// The word.
        word: String,
        /// The word that was probably meant.
        nearest: Option<String>,
    },
    /// No category is named.
    NoCategory,
    /// Nothing is changed.
    NothingChanged,
    /// A walk that joins no other.
    Apart {
        /// How far it looked, in metres.
        metres: f64,
    },
    /// No walk is the way, or runs along the line.
    NoWalk,
    /// No gate, or nothing that could have one, stands near the place.
    NoGate {
        /// How far it looked, in metres.
        metres: f64,
    },
    /// The gate is so already.
    GateAlready,
    /// People are known of some blocks and not of others.
    PeopleUnknown,
    /// The people of a new block are needed, as those of the others are known.
    PeopleNeeded,
    /// Nothing of a new block lies in the study area.
    OutsideStudyArea,
}

impl Explain for Bad {
    fn explain(&self, lang: Lang) -> String {
        match self.plain(lang) {
            Some(text) => text.to_owned(),
            None => self.told(lang),
        }
    }
}

impl Bad {
    /// What has nothing to name.
    fn plain(&self, lang: Lang) -> Option<&'static str> {
        Some(match self {
            Self::NoArea => lang.pick(
                "轮廓没有围成面积；请至少写三个不在一条线上的角点，且边线不相交",
                "the outline encloses no land; give three corners at least that are not on \
                     one line, and let no sides cross",
            ),
            Self::NoLine => lang.pick(
                "线上至少要有两个不同的点",
                "a line has two different points at least",
            ),
            Self::NoCategory => lang.pick(
                "categories 为空，请至少写一个分类",
                "categories is empty; name one at least",
            ),
            Self::NothingChanged => {
                lang.pick("没有写要改什么", "it does not say what is to be changed")
            }
            Self::NoWalk => lang.pick(
                "没有步行道路与之相符；请核对 way 的编号，或让 line 沿道路绘制（偏差不超过 5 米）",
                "no walk is there; check the number of the way, or draw the line along the \
                     walk, at most 5 m beside it",
            ),
            Self::GateAlready => lang.pick("该大门已是如此", "the gate is so already"),
            Self::PeopleUnknown => lang.pick(
                "其他街坊的人口未知，不能单独给出一个街坊的人口；请先给出全部人口",
                "the people of the other blocks are not known, so those of one cannot be; \
                     give people for all first",
            ),
            Self::PeopleNeeded => lang.pick(
                "其他街坊的人口已知；请写 people",
                "the people of the other blocks are known; give 'people'",
            ),
            Self::OutsideStudyArea => {
                lang.pick("不在研究范围之内", "nothing of it lies in the study area")
            }
            _ => return None,
        })
    }

    /// What names what it is about.
    fn told(&self, lang: Lang) -> String {
        let meant = |nearest: Option<&str>| {
            nearest.map_or(String::new(), |nearest| {
                lang.pick(
                    format!("，是否指 {nearest}？"),
                    format!("; is '{nearest}' meant?"),
                )
            })
        };
        match self {
            Self::Toml { detail } => lang.pick(
                format!("无法读取（{detail}）；字段见 docs/inputs.md"),
                format!("cannot be read ({detail}); the fields stand in docs/inputs.md"),
            ),
            Self::Unknown { word, nearest } => lang.pick(
                format!("没有名为“{word}”的改动{}", meant(*nearest)),
                format!("there is no change called '{word}'{}", meant(*nearest)),
            ),
            Self::Head(field) => lang.pick(
                format!("缺少 {field}，或不是文字；请写 {field} = \"……\""),
                format!("{field} is missing or no text; write {field} = \"…\""),
            ),
            Self::Name(name) => lang.pick(
                format!("name “{name}”不能作文件夹名；请用 1 至 60 个字，不含 / \\ : * ? \" < > |，也不叫 base"),
                format!(
                    "the name '{name}' can be no folder's; use 1 to 60 letters, none of \
                     / \\ : * ? \" < > |, and not 'base'"
                ),
            ),
            Self::Frame(word) => lang.pick(
                format!("没有名为“{word}”的坐标系；可用 wgs84、gcj02、bd09、cgcs2000 或 epsg:4548 等"),
                format!(
                    "there is no frame '{word}'; use wgs84, gcj02, bd09, cgcs2000 or a grid such \
                     as epsg:4548"
                ),
            ),
            Self::Place([east, north]) => lang.pick(
                format!("[{east}, {north}] 不是该坐标系中的地点；经度在前，纬度在后"),
                format!("[{east}, {north}] is no place of the file's frame; longitude comes first"),
            ),
            Self::OneOf(fields) => lang.pick(
                format!("{} 必须且只能写一个", fields.join("、")),
                format!("give exactly one of {}", fields.join(", ")),
            ),
            Self::Number(field) => lang.pick(
                format!("{field} 应为不小于 0 的数，且不能过大"),
                format!("{field} is a number that is not below 0, and not beyond all measure"),
            ),
            Self::KnownId(id) => lang.pick(
                format!("编号 {id} 已有；请另起编号"),
                format!("the id '{id}' is known already; choose another"),
            ),
            Self::NoSuch { id, nearest } => lang.pick(
                format!("没有编号为 {id} 的对象{}", meant(nearest.as_deref())),
                format!("nothing has the id '{id}'{}", meant(nearest.as_deref())),
            ),
            Self::NoName { name, nearest } => lang.pick(
                format!("没有名为“{name}”的设施{}", meant(nearest.as_deref())),
                format!("no facility is called '{name}'{}", meant(nearest.as_deref())),
            ),
            Self::ManyNames { name, ids } => lang.pick(
                format!("名为“{name}”的设施不止一个（{}）；请写 id，或用 near 指明位置", ids.join("、")),
                format!(
                    "several facilities are called '{name}' ({}); give the id, or a place near it",
                    ids.join(", ")
                ),
            ),
            Self::FarFacility { id, metres } => lang.pick(
                format!("该名称的最近设施 {id} 距 near 有 {metres} 米，超过 500 米；请核对"),
                format!(
                    "the nearest of that name, {id}, is {metres} m from 'near', beyond 500 m; \
                     check both"
                ),
            ),
            Self::Category { word, nearest } => lang.pick(
                format!("不认识的设施分类“{word}”{}", meant(nearest.as_deref())),
                format!("unknown category '{word}'{}", meant(nearest.as_deref())),
            ),
            Self::Apart { metres } => lang.pick(
                format!(
                    "与任何公共步行道路都不相接（端点 {metres} 米内没有不隔水面、铁路或围墙的路）；\
                     请移近端点或加大 join_m"
                ),
                format!(
                    "it joins no public walk (none within {metres} m of its ends without water, a \
                     railway or a wall between); move its ends nearer or widen join_m"
                ),
            ),
            Self::NoGate { metres } => lang.pick(
                format!("{metres} 米内没有大门（或可开门的围墙、边界）；请核对位置"),
                format!("no gate, or wall for one, is within {metres} m; check the place"),
            ),
            // What has nothing to name was told.
            _ => String::new(),
        }
    }
}

/// What is wrong, and in which line.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The line, from 1; none of the file as a whole.
    pub line: Option<usize>,
    /// The change, by its key, where it is one's.
    pub change: Option<&'static str>,
    /// What is wrong.
    pub bad: Bad,
}

/// A scenario that cannot be carried out: everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
pub enum ScenarioError {
    /// A file that cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// What is wrong with the changes, file by file.
    Bad(Vec<(PathBuf, Vec<Problem>)>),
    /// Two files name their scenarios alike.
    SameName {
        /// The name.
        name: String,
        /// The files.
        files: [PathBuf; 2],
    },
    /// A study of a changed city.
    Study(#[from] crate::study::StudyError),
}

impl Explain for ScenarioError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Read { path, source } => lang.pick(
                format!(
                    "{}：无法读取（{source}）；请检查文件名和权限",
                    path.display()
                ),
                format!(
                    "{}: cannot be read ({source}); check its name and your permission to read it",
                    path.display()
                ),
            ),
            Self::Bad(files) => {
                let told = files.iter().flat_map(|(path, problems)| {
                    problems.iter().map(|problem| {
                        let line = problem
                            .line
                            .map_or(String::new(), |line| format!(":{line}"));
                        let change = problem.change.map_or(String::new(), |change| {
                            lang.pick(format!("{change}："), format!("{change}: "))
                        });
                        let what = problem.bad.explain(lang);
                        let sign = lang.pick("：", ": ");
                        format!("{}{line}{sign}{change}{what}", path.display())
                    })
                });
                told.collect::<Vec<_>>().join("\n")
            }
            Self::SameName { name, files } => {
                let [one, other] = files.each_ref().map(|file| file.display().to_string());
                lang.pick(
                    format!("{one} 与 {other} 的方案都叫“{name}”；请改其中一个的 name"),
                    format!("{one} and {other} both call their scenario '{name}'; rename one"),
                )
            }
            Self::Study(error) => error.explain(lang),
        }
    }
}
