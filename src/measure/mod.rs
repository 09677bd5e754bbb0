//! From reach to figures: verdicts on samples, states of blocks, coverage of
//! zones, gaps. `docs/method.md` says what each figure means.

mod border;
mod composite;
mod coverage;
mod equity;
mod median;
mod state;
mod straight;
mod sums;

pub use border::Border;
pub use composite::{Met, composite};
pub use coverage::{Coverage, Scope, coverage, recount};
pub use equity::{Equity, equity};
pub use median::{Spread, spread};
pub use state::{State, Verdict, block_state};
pub use straight::{Beelines, straight_mended, straight_within};
pub use sums::Sums;
