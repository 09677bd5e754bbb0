//! Values that a shell offers where one of a few is typed.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

/// Languages.
pub(super) const LANGS: &[&str] = &["zh", "en"];
/// Walkers.
pub(super) const WALKERS: &[&str] = &["adult", "elderly", "child", "pram", "wheelchair", "gb"];
/// What is done with a standard.
pub(super) const SHOW: &[&str] = &["show"];
/// Standards that come with the program.
pub(super) const STANDARDS: &[&str] = &[
    "general",
    "gb50180-2018",
    "tdt1063-2021",
    "tdt1063-2025",
    "park-500m",
    "park-mohurd-2021",
    "wanzheng-shequ",
];
/// Sources of facilities.
pub(super) const SOURCES: &[&str] = &["table", "osm", "both"];
/// Frames that have a name; grids are typed by their number.
pub(super) const FRAMES: &[&str] = &["wgs84", "gcj02", "bd09", "cgcs2000", "epsg:"];
/// What is tried as a missing link.
pub(super) const REASONS: &[&str] = &["dead-ends", "walls", "gates", "proposed"];
/// Which way is walked.
pub(super) const WAYS: &[&str] = &["from", "towards"];
/// Commands that have a page of the manual.
pub(super) const COMMANDS: &[&str] = &[
    "report",
    "scenario",
    "links",
    "network",
    "isochrone",
    "compare",
    "generate",
    "bench",
    "standards",
    "completions",
    "man",
];

/// A parser that judges as it did, and tells shells what it takes.
#[derive(Clone, Debug)]
pub(super) struct Offered<P>(pub P, pub &'static [&'static str]);

impl<P: TypedValueParser> TypedValueParser for Offered<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, Error> {
        self.0.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            self.1.iter().map(|word| PossibleValue::new(*word)),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory as _;

    #[test]
    fn every_standard_is_offered() {
        assert!(crate::standard::Standard::keys().eq(STANDARDS.iter().copied()));
    }

    #[test]
    fn every_command_has_its_page_offered() {
        let command = Cli::command();
        let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        assert_eq!(names, COMMANDS);
    }
}
