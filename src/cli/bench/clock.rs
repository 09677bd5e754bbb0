//! How long something takes with one thread and with all. The only file that reads
//! the clock.

use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::super::{Bars, Failure};
use super::system;
use crate::progress::Progress as _;

/// How long one stage took with a number of threads.
pub(super) struct Timed {
    pub threads: usize,
    /// Of every run, in seconds, in their order; at least one.
    pub seconds: Vec<f64>,
    /// How long the runs kept cores busy; empty where the system does not tell.
    pub cpu: Vec<f64>,
}

impl Timed {
    /// The median of the runs.
    pub fn seconds(&self) -> f64 {
        median(&self.seconds).unwrap_or(0.0)
    }

    /// The median of how long they kept cores busy, in seconds.
    pub fn cpu(&self) -> Option<f64> {
        median(&self.cpu)
    }
}

/// The lower of the two in the middle, where there are two.
fn median(of: &[f64]) -> Option<f64> {
    let mut ascending = of.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending.get(of.len().saturating_sub(1) / 2).copied()
}

/// Times stages.
pub(super) struct Clock<'a> {
    /// One thread, and as many as were asked for, where these are more.
    pools: Vec<ThreadPool>,
    runs: u16,
    bars: &'a Bars,
}

impl<'a> Clock<'a> {
    /// With one thread and with those of the pool that this is called in.
    pub fn new(runs: u16, bars: &'a Bars) -> Result<Self, Failure> {
        let mut counts = vec![1, rayon::current_num_threads()];
        counts.dedup();
        let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build();
        let pools: Result<_, _> = counts.into_iter().map(pool).collect();
        Ok(Self {
            pools: pools.map_err(|error| Failure::Io(error.into()))?,
            runs,
            bars,
        })
    }

    /// How often a stage is run with each number of threads.
    pub fn runs(&self) -> u16 {
        self.runs
    }

    /// How often so many stages are run.
    pub fn runs_of_all(&self, stages: usize) -> u64 {
        (self.pools.len() * stages) as u64 * u64::from(self.runs)
    }

    /// Times a stage, and gives what the last run made. What a run made is let go before
    /// the next begins, outside the time.
    pub fn time<T: Send>(
        &self,
        stage: impl Fn() -> Result<T, Failure> + Sync,
    ) -> Result<(Vec<Timed>, T), Failure> {
        let mut timed = Vec::new();
        let mut made = None;
        for pool in &self.pools {
            let (mut seconds, mut cpu) = (Vec::new(), Vec::new());
            for _ in 0..self.runs {
                drop(made.take());
                let busy = system::cpu();
                let begun = Instant::now();
                let result = pool.install(&stage);
                seconds.push(begun.elapsed().as_secs_f64());
                let both = system::cpu().zip(busy);
                cpu.extend(both.map(|(after, before)| after - before));
                made = Some(result?);
                self.bars.advance(1);
            }
            timed.push(Timed {
                threads: pool.current_num_threads(),
                seconds,
                cpu,
            });
        }
        // There is at least one run.
        let made = made.map_or_else(stage, Ok)?;
        Ok((timed, made))
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_one_of_the_runs() {
        for (runs, expected) in [
            (&[][..], None),
            (&[3.0], Some(3.0)),
            (&[3.0, 1.0], Some(1.0)),
            (&[3.0, 1.0, 2.0], Some(2.0)),
        ] {
            assert_eq!(median(runs), expected);
        }
    }
}
