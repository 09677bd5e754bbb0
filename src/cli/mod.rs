//! The command line: what was typed, and what is shown. The only module that
//! prints, reads the environment and ends with an exit code.

mod args;
mod bars;
mod bench;
mod city;
mod compare;
mod fonts;
mod generate;
mod help;
mod isochrone;
mod links;
mod network;
mod offered;
mod output;
mod overwrite;
mod refusal;
mod report;
mod scenario;
mod shell;
mod source;
mod standards;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::lang::{Explain, Lang};
use args::{Cli, Command};
use bars::Bars;
use output::warn;

/// Everything went well.
const DONE: u8 = 0;
/// Something is wrong: one error was told, and no output is left behind.
const FAILED: u8 = 2;

/// What clap calls it when nothing was typed.
const HELP_FOR_NOTHING: ErrorKind = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;

/// The name of the command that was typed; nothing where none was.
fn command_of(typed: &[OsString]) -> String {
    let command = Cli::command();
    let words = typed.iter().filter_map(|word| word.to_str());
    let known = words.filter_map(|word| command.find_subcommand(word));
    let name = known.map(|command| command.get_name().to_owned()).next();
    name.unwrap_or_default()
}

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(run(&typed))
}

/// Why a command ended early.
enum Failure {
    /// The library's own error.
    Told(Box<dyn Explain + Send>),
    /// An error of writing.
    Io(anyhow::Error),
}

impl<E: Explain + Send + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Told(Box::new(error))
    }
}

fn run(typed: &[OsString]) -> u8 {
    let lang = language(typed);
    let command = help::localized(Cli::command(), lang);
    let parsed = command
        .try_get_matches_from(typed)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not errors.
            if !error.use_stderr() {
                let _ = error.print();
                return DONE;
            }
            match lang {
                // Help in place of an error: it is in Chinese already.
                Lang::Zh if error.kind() == HELP_FOR_NOTHING => {
                    let _ = error.print();
                }
                Lang::Zh => {
                    let told = refusal::told_in_chinese(&error, &command_of(typed));
                    told.lines().for_each(warn);
                }
                Lang::En => {
                    let _ = error.print();
                }
            }
            return FAILED;
        }
    };
    let lang = cli.lang.unwrap_or(lang);
    let work = || match &cli.command {
        Command::Report(args) => report::run(args, lang, cli.lang, &Bars::new(lang)),
        Command::Scenario(args) => scenario::run(args, lang, &Bars::new(lang)),
        Command::Links(args) => links::run(args, lang, &Bars::new(lang)),
        Command::Network(args) => network::run(args, lang, &Bars::new(lang)),
        Command::Isochrone(args) => isochrone::run(args, lang, &Bars::new(lang)),
        Command::Compare(args) => compare::run(args, lang, &Bars::new(lang)),
        Command::Generate(args) => generate::run(args, lang, &Bars::new(lang)),
        Command::Bench(args) => bench::run(args, lang, &Bars::new(lang)),
        Command::Standards(args) => standards::run(args, lang),
        Command::Completions(args) => shell::completions(args, lang),
        Command::Man(args) => shell::man(args, lang),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(cli.threads.map_or(0, usize::from))
        .build();
    let outcome = match pool {
        Ok(pool) => pool.install(work),
        Err(error) => Err(Failure::Io(error.into())),
    };
    match outcome {
        Ok(()) => DONE,
        Err(Failure::Told(error)) => {
            warn(&format!(
                "{}{}",
                lang.pick("错误：", "error: "),
                error.explain(lang)
            ));
            FAILED
        }
        Err(Failure::Io(error)) => {
            warn(&format!("{}{error:#}", lang.pick("错误：", "error: ")));
            FAILED
        }
    }
}

/// The language before the arguments are parsed: `--lang`, else the environment.
fn language(typed: &[OsString]) -> Lang {
    let words = || typed.iter().filter_map(|word| word.to_str());
    let asked = words()
        .find_map(|word| word.strip_prefix("--lang="))
        .or_else(|| words().skip_while(|&word| word != "--lang").nth(1));
    match asked {
        Some("zh") => return Lang::Zh,
        Some("en") => return Lang::En,
        _ => {}
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if locale.is_some_and(|locale| locale.starts_with("zh")) {
        Lang::Zh
    } else {
        Lang::En
    }
}
