//! What can be wrong with the objects of a data block, in words.

use crate::lang::{Explain, Lang};

/// What is wrong with the objects of a data block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockFault {
    /// The granularity is not positive.
    Granularity(i32),
    /// A string that is not in the block's table.
    StringIndex(i64),
    /// A tag whose text is not UTF-8.
    Utf8 {
        /// Which string of the block's table.
        string: usize,
        /// The first wrong byte of it.
        byte: usize,
    },
    /// The tags of the block hold more than 64 MiB of text, repeated strings
    /// counted each time.
    Text,
    /// Arrays that belong together have different lengths.
    Unequal(&'static str),
    /// A member that is neither node nor way nor relation.
    MemberKind(i32),
    /// The tags of dense nodes are not pairs ended by 0.
    DenseTags,
    /// A difference leads beyond 64 bits.
    Delta(&'static str),
    /// A node that lies beyond ±180 or ±90 degrees.
    Place {
        /// OSM id of the node.
        id: i64,
        /// Longitude in 10⁻⁹ degrees.
        lon: i128,
        /// Latitude in 10⁻⁹ degrees.
        lat: i128,
    },
}

impl Explain for BlockFault {
    fn explain(&self, lang: Lang) -> String {
        let pick = |zh: String, en: String| lang.pick(zh, en);
        match self {
            Self::Granularity(value) => pick(
                format!("坐标精度（granularity）为 {value}，应为正数"),
                format!("the granularity is {value}, not positive"),
            ),
            Self::StringIndex(index) => pick(
                format!("引用了字符串表中没有的第 {index} 项"),
                format!("string {index} is not in the block's table"),
            ),
            Self::Utf8 { string, byte } => pick(
                format!("字符串 {string} 的第 {byte} 字节不是 UTF-8"),
                format!("byte {byte} of string {string} is not UTF-8"),
            ),
            Self::Text => pick(
                "标签文字合计超过 64 MiB".into(),
                "its tags hold more than 64 MiB of text".into(),
            ),
            Self::Unequal(arrays) => pick(
                format!("数组长度不一致：{arrays}"),
                format!("arrays of unequal length: {arrays}"),
            ),
            Self::MemberKind(kind) => pick(
                format!("关系成员的类型 {kind} 既非节点、道路，也非关系"),
                format!("a member of kind {kind}, which is neither node nor way nor relation"),
            ),
            Self::DenseTags => pick(
                "节点标签（keys_vals）不成对或未以 0 结束".into(),
                "the tags of its nodes (keys_vals) are not pairs, ended by 0 for each node".into(),
            ),
            Self::Delta(of) => pick(
                format!("差分值超出 64 位：{of}"),
                format!("a difference leads beyond 64 bits: {of}"),
            ),
            Self::Place { id, lon, lat } => pick(
                format!(
                    "节点 {id} 的坐标 {}, {} 超出 ±180、±90 度",
                    degrees(*lon),
                    degrees(*lat)
                ),
                format!(
                    "node {id} lies at {}, {}, beyond ±180, ±90 degrees",
                    degrees(*lon),
                    degrees(*lat)
                ),
            ),
        }
    }
}

/// 10⁻⁹ degrees as degrees, without loss.
fn degrees(nano: i128) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let magnitude = nano.unsigned_abs();
    format!(
        "{sign}{}.{:09}",
        magnitude / 1_000_000_000,
        magnitude % 1_000_000_000
    )
}
