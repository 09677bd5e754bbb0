//! Progress of long work, reported to whoever draws it.

use crate::lang::Lang;

/// A stage of the work that takes long enough to be watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the extract, in bytes.
    Read,
    /// Searching from every sample, or from every facility, in such.
    Search,
    /// Drawing isochrones, in places.
    Draw,
    /// Computing again with other settings, in variants.
    Variants,
    /// Trying links, one by one and then together, in trials.
    Links,
    /// Finding how far a generated city reaches, in junctions.
    Plan,
    /// Writing a generated city, in tiles, nodes first, then ways.
    Write,
    /// Measuring how long each stage takes, in runs.
    Measure,
}

impl Stage {
    /// The words shown beside the bar.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Read => lang.pick("读取路网", "reading"),
            Self::Search => lang.pick("计算可达", "searching"),
            Self::Draw => lang.pick("绘制等时圈", "drawing"),
            Self::Variants => lang.pick("改设定重算", "varying"),
            Self::Links => lang.pick("试算连线", "trying links"),
            Self::Plan => lang.pick("规划城市", "planning"),
            Self::Write => lang.pick("写出城市", "writing"),
            Self::Measure => lang.pick("测速", "measuring"),
        }
    }
}

/// Receives the progress of a stage. Called from several threads.
pub trait Progress: Sync {
    /// A stage of `total` units begins.
    fn begin(&self, stage: Stage, total: u64);
    /// `units` more are done.
    fn advance(&self, units: u64);
    /// The stage is over.
    fn end(&self);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
    fn end(&self) {}
}
