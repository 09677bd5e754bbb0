//! `living-circle generate`.

use std::io::{BufWriter, Error};

use super::args::GenerateArgs;
use super::output::say;
use super::{Bars, Failure};
use crate::lang::Lang;
use crate::osm::DrawError;
use crate::report::{LoneFile, WriteError, thousands};
use crate::synth::{GenerateError, Generated, GeneratedCity};

pub(super) fn run(args: &GenerateArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    // Opened before a long run, so that a mistake in it is told at once.
    let out = LoneFile::create(&args.extract)?;
    let city = GeneratedCity::plan(args.junctions, args.seed, bars)?;
    let written = city.write(BufWriter::new(out), bars);
    let (out, summary) = written.map_err(|error| failed(error, args))?;
    out.into_inner()
        .map_err(|error| Failure::Io(error.into_error().into()))?
        .publish()?;
    say(&told(&summary, args.seed, lang)).map_err(|error| Failure::Io(error.into()))
}

/// What the system refuses is told with the place that it was to be written to.
fn failed(error: GenerateError, args: &GenerateArgs) -> Failure {
    match error {
        GenerateError::Pbf(DrawError::Write(kind, why)) => WriteError {
            path: args.extract.clone(),
            source: Error::new(kind, why),
        }
        .into(),
        other => other.into(),
    }
}

fn told(summary: &Generated, seed: u64, lang: Lang) -> String {
    let [junctions, nodes, ways, people, bytes] = [
        summary.junctions,
        summary.nodes,
        summary.ways,
        summary.people,
        summary.bytes,
    ]
    .map(thousands);
    lang.pick(
        format!(
            "{junctions} 个路口，{nodes} 个节点，{ways} 条 way，{people} 人，{bytes} 字节，种子 {seed}"
        ),
        format!(
            "{junctions} junctions, {nodes} nodes, {ways} ways, {people} people, {bytes} bytes, \
             seed {seed}"
        ),
    )
}
