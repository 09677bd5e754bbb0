//! `living-circle compare`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::args::CompareArgs;
use super::output::say;
use super::{Bars, Failure, overwrite};
use crate::compare::{self, Comparison};
use crate::lang::Lang;
use crate::record::Record;
use crate::report::{CARD, LoneFile};

/// A record, or that in a folder.
fn record(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join(CARD)
    } else {
        path.to_owned()
    }
}

pub(super) fn run(args: &CompareArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let [a, b] = [record(&args.a), record(&args.b)];
    if let Some(out) = &args.out {
        overwrite::check([&*a, &*b], std::slice::from_ref(out))?;
    }
    let [a, b] = [Record::read(&a)?, Record::read(&b)?];
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
