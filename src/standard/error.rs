//! What can be wrong with a standard.

use crate::lang::{Explain, Lang};

/// The word that was probably meant, as the end of a sentence.
fn meant(nearest: Option<&String>, lang: Lang) -> String {
    nearest.map_or(String::new(), |nearest| {
        lang.pick(
            format!("，是否指 {nearest}？"),
            format!("; is '{nearest}' meant?"),
        )
    })
}

/// What is wrong with one requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRequirement {
    /// The key is empty, or an earlier requirement has it.
    Key,
    /// No category is named.
    NoCategory,
    /// A category that is not in the catalog.
    UnknownCategory {
        /// The word.
        word: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// Neither `limit` nor `tiers`, or both.
    LimitOrTiers,
    /// A limit that cannot be read.
    Limit(String),
    /// A limit in minutes without a walker, or a walker without minutes.
    Walker,
    /// A radius in minutes.
    RadiusInMinutes,
    /// A denominator that is none of those that are known.
    Denominator {
        /// The word.
        word: String,
        /// Those that are known.
        known: Vec<&'static str>,
    },
    /// A target that is no share above 0 and at most 1.
    Target,
}

impl Explain for BadRequirement {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Key => lang.pick(
                "key 为空或重复，请改名",
                "its key is empty or used before; give it another",
            ),
            Self::NoCategory => lang.pick(
                "categories 为空，请至少写一个分类",
                "categories is empty; name one at least",
            ),
            Self::UnknownCategory { word, nearest } => {
                let meant = meant(nearest.as_ref(), lang);
                return lang.pick(
                    format!("不认识的设施分类“{word}”{meant}"),
                    format!("unknown category '{word}'{meant}"),
                );
            }
            Self::LimitOrTiers => lang.pick(
                "limit 与 tiers 必须且只能写一个",
                "give either limit or tiers, and not both",
            ),
            Self::Limit(text) => {
                return lang.pick(
                    format!("“{text}”不是限值；请写 500 m 或 10 min"),
                    format!("'{text}' is no limit; write 500 m or 10 min"),
                );
            }
            Self::Denominator { word, known } => {
                return lang.pick(
                    format!("不认识的分母“{word}”；可用：{}", known.join("、")),
                    format!(
                        "unknown denominator '{word}'; there are: {}",
                        known.join(", ")
                    ),
                );
            }
            Self::Walker => lang.pick(
                "以分钟计的限值要写 walker，以米计的不写",
                "a limit in minutes needs a walker, one in metres must have none",
            ),
            Self::RadiusInMinutes => lang.pick(
                "半径只能以米计；请改写 limit 或 basis",
                "a radius is a length; change the limit or the basis",
            ),
            Self::Target => lang.pick(
                "target 应大于 0 且不超过 1（90 % 写作 0.9）",
                "target is a share above 0 and at most 1 (90 % is 0.9)",
            ),
        }
        .to_owned()
    }
}

/// A standard that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain(Lang::En))]
#[non_exhaustive]
pub enum StandardError {
    /// The file is no TOML, lacks a field or has an unknown one.
    Toml {
        /// The file's name.
        name: String,
        /// The reason, with its line and the fields that are known.
        detail: String,
        /// The field that was probably meant, where one is unknown.
        nearest: Option<String>,
    },
    /// The file cannot be read.
    Read {
        /// The file's name.
        name: String,
        /// What the system says.
        detail: String,
    },
    /// A composite names a requirement that is not in the file.
    CompositeItem {
        /// The file's name.
        name: String,
        /// The composite's key.
        key: String,
        /// The item.
        item: String,
        /// The requirement that was probably meant.
        nearest: Option<String>,
    },
    /// No pack of this name comes with the program.
    UnknownPack {
        /// The name.
        name: String,
        /// The packs that do.
        known: Vec<String>,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// Two standards of one run have the same key.
    PackTwice {
        /// The key.
        key: String,
    },
    /// The pack asks nothing.
    NoRequirements {
        /// The file's name.
        name: String,
    },
    /// A requirement cannot be used.
    Requirement {
        /// The file's name.
        name: String,
        /// The requirement's number in the file, from 1.
        number: usize,
        /// Its key.
        key: String,
        /// What is wrong.
        problem: BadRequirement,
    },
}

impl Explain for StandardError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Toml {
                name,
                detail,
                nearest,
            } => {
                let meant = meant(nearest.as_ref(), lang);
                lang.pick(
                    format!("标准文件 {name} 有误：{detail}{meant}"),
                    format!("the standard {name} cannot be read: {detail}{meant}"),
                )
            }
            Self::Read { name, detail } => lang.pick(
                format!("无法读取标准文件 {name}（{detail}）；请检查路径，或用 living-circle standards 查看自带的标准"),
                format!(
                    "the standard {name} cannot be read ({detail}); check the path, or see \
                     'living-circle standards' for those that come with the program"
                ),
            ),
            Self::UnknownPack {
                name,
                known,
                nearest,
            } => {
                let meant = meant(nearest.as_ref(), lang);
                lang.pick(
                    format!("没有名为“{name}”的标准{meant}；现有：{}", known.join("、")),
                    format!(
                        "no standard is named '{name}'{meant}; there are: {}",
                        known.join(", ")
                    ),
                )
            }
            Self::CompositeItem {
                name,
                key,
                item,
                nearest,
            } => {
                let meant = meant(nearest.as_ref(), lang);
                lang.pick(
                    format!("标准文件 {name} 的 composite（{key}）：没有 requirement“{item}”{meant}"),
                    format!(
                        "the standard {name}, composite {key}: no requirement is '{item}'{meant}"
                    ),
                )
            }
            Self::PackTwice { key } => lang.pick(
                format!("标准“{key}”给出了两次；请去掉一个，或在文件中改它的 key"),
                format!(
                    "the standard '{key}' is given twice; leave one out, or change the key in \
                     its file"
                ),
            ),
            Self::NoRequirements { name } => lang.pick(
                format!("标准文件 {name} 没有任何 requirement；请至少写一条"),
                format!("the standard {name} has no requirement; write one at least"),
            ),
            Self::Requirement {
                name,
                number,
                key,
                problem,
            } => {
                let problem = problem.explain(lang);
                lang.pick(
                    format!("标准文件 {name} 第 {number} 条 requirement（{key}）：{problem}"),
                    format!("the standard {name}, requirement {number} ({key}): {problem}"),
                )
            }
        }
    }
}
