//! `living-circle standards`.

use super::Failure;
use super::args::StandardsArgs;
use super::output::say;
use crate::lang::Lang;
use crate::places::Catalog;
use crate::report;
use crate::standard::Standard;

pub(super) fn run(args: &StandardsArgs, lang: Lang) -> Result<(), Failure> {
    let catalog = Catalog::builtin()?;
    let text = match &args.standard {
        Some(word) => report::standard(&Standard::named(word, &catalog)?, &catalog, lang),
        None => report::standards(&catalog, lang)?,
    };
    say(&text).map_err(|error| Failure::Io(error.into()))
}
