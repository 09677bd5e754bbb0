//! Every answer against petgraph's own `dijkstra` on plain graphs: one of every
//! segment of the ways, uncontracted and unrounded, and one of the arcs of the
//! walk graph. On hundreds of random networks and on the real extracts.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::cast_possible_wrap,
    missing_docs
)]

mod compare;
mod contracted;
mod drawn;
mod enclosed;
#[path = "../extracts/mod.rs"]
mod extracts;
mod parts;
mod plain;
mod price;
mod random;
mod random_networks;
mod real;
mod schools;
mod segments;
mod squares;
mod town;
