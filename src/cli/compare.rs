//! `living-circle compare`.

use std::io::Write as _;
use std::path::PathBuf;

use super::args::CompareArgs;
use super::output::say;
use super::{Bars, Failure, overwrite};
use crate::compare::{self, Comparison};
use crate::lang::Lang;
use crate::record::Record;
use crate::report::LoneFile;

pub(super) fn run(args: &CompareArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let [a, b] = [Record::read(&args.a)?, Record::read(&args.b)?];
    if let Some(out) = &args.out {
        let inputs: Vec<PathBuf> = [a.paths(), b.paths()].concat();
        overwrite::check(
            inputs.iter().map(PathBuf::as_path),
            std::slice::from_ref(out),
        )?;
    }
    // Opened before a long run, so that a mistake in it is told at once.
    let out = args.out.as_deref().map(LoneFile::create).transpose()?;
    let comparison = Comparison::of(a, b, bars)?;
    if let Some(mut out) = out {
        let table = compare::table(&comparison).csv(lang);
        out.write_all(&table)
            .map_err(|error| Failure::Io(error.into()))?;
        out.publish()?;
    }
    say(&compare::told(&comparison, lang)).map_err(|error| Failure::Io(error.into()))
}
