//! Whole studies of real extracts, from the folder that `LIVING_CIRCLE_DATA`
//! names, else `data/`; skipped where neither is there.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::format_push_string,
    missing_docs
)]

mod cities;
#[path = "../extracts/mod.rs"]
mod extracts;
mod islands;
mod laws;
mod same_bytes;
mod scenarios;
mod triana;
