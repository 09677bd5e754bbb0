//! `living-circle completions` and `living-circle man`: what a shell and `man` read.

use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::{Failure, help, output::put};
use crate::lang::{Explain, Lang};
use crate::report::Folder;

const NAME: &str = env!("CARGO_PKG_NAME");

/// Headings of a page as `clap_mangen` writes them, and in both languages.
const HEADINGS: [(&str, &str, &str); 7] = [
    ("NAME", "名称", "NAME"),
    ("SYNOPSIS", "用法", "SYNOPSIS"),
    ("DESCRIPTION", "说明", "DESCRIPTION"),
    ("OPTIONS", "选项", "OPTIONS"),
    ("SUBCOMMANDS", "命令", "COMMANDS"),
    ("EXTRA", "示例", "EXAMPLES"),
    ("VERSION", "版本", "VERSION"),
];

/// A command that there is no page of.
#[derive(Debug)]
struct NoSuchPage(String);

impl Explain for NoSuchPage {
    fn explain(&self, lang: Lang) -> String {
        let name = &self.0;
        lang.pick(
            format!("没有“{name}”这个命令；用 living-circle --help 查看所有命令"),
            format!("there is no command '{name}'; living-circle --help names all of them"),
        )
    }
}

pub(super) fn completions(args: &CompletionsArgs, lang: Lang) -> Result<(), Failure> {
    let mut command = help::localized(Cli::command(), lang);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, NAME, &mut script);
    // clap_complete 4.6 writes the hyphen of the program's name in two ways in a script for
    // bash, which then completes nothing behind a command (clap's issue 6421).
    let script = String::from_utf8_lossy(&script)
        .replace("living__subcmd__circle", "living__circle")
        .into_bytes();
    put(&script).map_err(failed)
}

pub(super) fn man(args: &ManArgs, lang: Lang) -> Result<(), Failure> {
    let pages = pages(lang).map_err(failed)?;
    if let Some(out) = &args.out {
        return write(&pages, out);
    }
    let name = match &args.command {
        Some(command) => format!("{NAME}-{command}.1"),
        None => format!("{NAME}.1"),
    };
    match pages.iter().find(|page| page.0 == name) {
        Some(page) => put(&page.1).map_err(failed),
        None => Err(NoSuchPage(args.command.clone().unwrap_or_default()).into()),
    }
}

fn write(pages: &[(String, Vec<u8>)], out: &Path) -> Result<(), Failure> {
    let mut folder = Folder::open(out)?;
    for (name, page) in pages {
        folder.stage(name, page)?;
    }
    Ok(folder.publish()?)
}

/// The name and the text of every page: one of the program, one a command.
fn pages(lang: Lang) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = help::localized(Cli::command(), lang).disable_help_subcommand(true);
    command.build();
    let own = [command.clone()];
    let all = own.into_iter().chain(command.get_subcommands().cloned());
    all.map(|command| {
        let page = Man::new(command).source(concat!("living-circle ", env!("CARGO_PKG_VERSION")));
        let mut text = Vec::new();
        page.render(&mut text)?;
        let text = String::from_utf8_lossy(&text);
        Ok((page.get_filename(), worded(&text, lang).into_bytes()))
    })
    .collect()
}

/// The page with headings of its language, examples line by line, and lines that are
/// not stretched: between 汉字 there is nothing to stretch.
fn worded(page: &str, lang: Lang) -> String {
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let heading = line.strip_prefix(".SH ");
        let known = HEADINGS.iter().find(|known| Some(known.0) == heading);
        text.push_str(&known.map_or_else(
            || format!("{line}\n"),
            |&(_, zh, en)| format!(".SH {}\n", lang.pick(zh, en)),
        ));
        if line.starts_with(".TH ") {
            text.push_str(".ad l\n");
        } else if heading == Some("EXTRA") {
            // The examples bring a heading of their own.
            lines.next();
            text.push_str(".nf\n");
        }
    }
    text
}

fn failed(error: io::Error) -> Failure {
    Failure::Io(error.into())
}
