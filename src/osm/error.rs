//! What can be wrong with an extract.

use std::io;

use thiserror::Error;

use super::fault::Fault;
use crate::lang::{Explain, Lang};

/// Why an extract could not be read.
#[derive(Debug, Error)]
#[error("{}", self.explain(Lang::En))]
pub enum OsmError {
    /// The file could not be opened or read.
    Io {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// A blob of the file is wrong.
    Blob {
        /// The file.
        file: String,
        /// Where the blob begins, in bytes from the beginning of the file.
        byte: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// More nodes are needed than an index can number.
    TooManyNodes {
        /// The file.
        file: String,
        /// How many.
        count: usize,
    },
}

impl Explain for OsmError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Io { file, source } => lang.pick(
                format!("{file}：无法读取：{source}；请检查路径和权限"),
                format!("{file}: cannot be read: {source}; check the path and the permissions"),
            ),
            Self::Blob { file, byte, fault } => lang.pick(
                format!("{file}，第 {byte} 字节处的数据块：{}", fault.explain(lang)),
                format!("{file}, blob at byte {byte}: {}", fault.explain(lang)),
            ),
            Self::TooManyNodes { file, count } => lang.pick(
                format!("{file}：需要 {count} 个节点，超过 4,294,967,294 的上限；请先裁剪文件（osmium extract）"),
                format!("{file}: {count} nodes are needed, more than 4,294,967,294; cut a smaller area out of it first (osmium extract)"),
            ),
        }
    }
}
