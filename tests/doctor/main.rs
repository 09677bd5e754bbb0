//! What the doctor finds: drawn towns with one trouble each, its place and its
//! measure known by arithmetic, and a healthy one.
#![allow(clippy::unwrap_used, missing_docs)]

mod broken;
mod healthy;
mod map;
mod near;
