//! Isochrones of random towns with rivers, bridges and lakes, and of Las Palmas: what
//! a polygon promises, held against whole numbers, place by place.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod exact;
#[path = "../extracts/mod.rs"]
mod extracts;
#[path = "../oracle/random.rs"]
mod random;
mod real;
mod towns;
