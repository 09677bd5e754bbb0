//! Standards as they are shown in the terminal.

use std::collections::BTreeSet;

use super::terminal::narrow_table;
use super::words::thousands;
use crate::confidence::Confidence;
use crate::lang::Lang;
use crate::places::Catalog;
use crate::profile::{Walker, Walkers};
use crate::standard::{Basis, Requirement, Standard, StandardError, gb_50180_walk};
use crate::units::{Limit, WalkTime, trimmed};

/// The standards that come with the program: key, name, how many requirements.
///
/// # Errors
/// Never for the packs as they ship; a pack that cannot be read is told.
pub fn standards(catalog: &Catalog, lang: Lang) -> Result<String, StandardError> {
    let mut lined = narrow_table(vec![
        lang.pick("代号", "key").to_owned(),
        lang.pick("名称", "name").to_owned(),
        lang.pick("要求", "asks").to_owned(),
        lang.pick("未核实", "unverified").to_owned(),
    ]);
    for key in Standard::keys() {
        let standard = Standard::builtin(key, catalog)?;
        let unverified = standard
            .requirements
            .iter()
            .filter(|asked| asked.confidence == Confidence::Unverified);
        lined.add_row(vec![
            key.to_owned(),
            standard.name(lang),
            standard.requirements.len().to_string(),
            unverified.count().to_string(),
        ]);
    }
    Ok(format!(
        "{}\n\n{}\n",
        lined.trim_fmt(),
        lang.pick(
            "living-circle standards show 代号：列出各项要求；自己的标准写成 .toml 文件，用 --standard FILE.toml",
            "living-circle standards show KEY lists what one asks; your own is a .toml file for --standard",
        )
    ))
}

/// One standard as a table, with its minutes in metres and its sources.
pub fn standard(standard: &Standard, catalog: &Catalog, lang: Lang) -> String {
    let mut text = String::new();
    for pack in &standard.packs {
        let (name, edition) = (lang.pick(&pack.zh, &pack.en), &pack.edition);
        text.push_str(&lang.pick(
            format!("{name}（{}），版本 {edition}\n\n", pack.key),
            format!("{name} ({}), edition {edition}\n\n", pack.key),
        ));
    }
    let sources = sources(standard, lang);
    text.push_str(&requirements(standard, &sources, catalog, lang));
    text.push_str(&composites(standard, lang));
    text.push_str(&provisions(standard, &sources, lang));
    text.push_str(&minutes(standard, lang));
    text.push('\n');
    let cited = (1..).zip(&sources).map(|(number, (source, confidence))| {
        let mark = match confidence {
            Confidence::Confirmed => "",
            Confidence::Unverified => lang.pick("（未核实）", " (unverified)"),
        };
        format!("[{number}] {source}{mark}\n")
    });
    text.extend(cited);
    text
}

type Source<'a> = (&'a str, Confidence);

/// The distinct sources, in the order in which they are first used.
fn sources(standard: &Standard, lang: Lang) -> Vec<Source<'_>> {
    let asked = standard.requirements.iter();
    let asked = asked.map(|asked| (asked.source.text(lang), asked.confidence));
    let provided = standard.provisions.iter();
    let provided = provided.map(|asked| (asked.source.text(lang), asked.confidence));
    let mut sources: Vec<Source> = Vec::new();
    for source in asked.chain(provided) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

fn number(sources: &[Source], source: &str, confidence: Confidence) -> String {
    let place = sources
        .iter()
        .position(|known| *known == (source, confidence));
    place.map_or(String::new(), |place| format!("[{}]", place + 1))
}

fn required(required: bool, lang: Lang) -> String {
    if required {
        lang.pick("必需", "required")
    } else {
        lang.pick("按需", "as needed")
    }
    .to_owned()
}

fn requirements(standard: &Standard, sources: &[Source], catalog: &Catalog, lang: Lang) -> String {
    let mut lined = narrow_table(
        [
            lang.pick("要求", "requirement"),
            lang.pick("限值", "limit"),
            lang.pick("口径", "basis"),
            lang.pick("规模", "size"),
            "",
            "",
        ]
        .map(str::to_owned)
        .into(),
    );
    for asked in &standard.requirements {
        let categories: Vec<&str> = asked
            .categories
            .iter()
            .map(|&category| &*catalog.category(category).key)
            .collect();
        let (name, key) = (lang.pick(&asked.zh, &asked.en), &asked.key);
        let target = asked.target.map_or(String::new(), |target| {
            format!(" ≥ {}%", trimmed(target * 100.0))
        });
        lined.add_row(vec![
            format!("{name}\n{key}: {}", categories.join("+")),
            asked.limit.to_string(),
            match asked.basis {
                Basis::Network => lang.pick("步行", "walked").to_owned(),
                Basis::Radius => lang.pick("半径", "radius").to_owned(),
            },
            asked.fit.text(lang),
            required(asked.required, lang) + &*target,
            number(sources, asked.source.text(lang), asked.confidence),
        ]);
    }
    lined.trim_fmt() + "\n"
}

fn composites(standard: &Standard, lang: Lang) -> String {
    let lines = standard.composites.iter().map(|composite| {
        let items: Vec<&str> = composite
            .items
            .iter()
            .map(|&item| &*standard.requirements[item].key)
            .collect();
        let (name, items) = (lang.pick(&composite.zh, &composite.en), items.join(", "));
        lang.pick(
            format!("\n综合：{name} = {items}（三种合成方式并列）\n"),
            format!("\nComposite: {name} = {items} (three ways side by side)\n"),
        )
    });
    lines.collect()
}

fn provisions(standard: &Standard, sources: &[Source], lang: Lang) -> String {
    if standard.provisions.is_empty() {
        return String::new();
    }
    let mut lined = narrow_table(vec![
        lang.pick("每个社区应有", "in every community").to_owned(),
        lang.pick("规模", "size").to_owned(),
        String::new(),
        String::new(),
    ]);
    for asked in &standard.provisions {
        lined.add_row(vec![
            lang.pick(asked.zh.clone(), asked.en.clone()),
            asked.fit.text(lang),
            required(asked.required, lang),
            number(sources, asked.source.text(lang), asked.confidence),
        ]);
    }
    format!("\n{}\n", lined.trim_fmt())
}

/// Beside every limit in minutes its metres.
fn minutes(standard: &Standard, lang: Lang) -> String {
    let walkers = Walkers::builtin();
    let timed: BTreeSet<(WalkTime, &str)> = standard
        .requirements
        .iter()
        .filter_map(|asked: &Requirement| match asked.limit {
            Limit::Time(time) => Some((time, asked.walker.as_deref()?)),
            Limit::Length(_) => None,
        })
        .collect();
    let lines = timed.into_iter().filter_map(|(time, walker)| {
        let walker = walkers.find(walker).ok()?;
        let metres = minutes_in_metres(time, walker, lang);
        let named = lang.pick("：", ": ");
        Some(format!("\n{}{named}{metres}", walker.name(lang)))
    });
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        lines + "\n"
    }
}

/// `15 min × 1.33 m/s = 1,197 m; GB 50180 takes 800–1000 m`, of a limit in minutes.
pub(super) fn minutes_in_metres(time: WalkTime, walker: &Walker, lang: Lang) -> String {
    let metres = thousands(walker.metres_in(time).round() as u64);
    let own = format!(
        "{} × {} m/s = {metres} m",
        Limit::Time(time),
        trimmed(walker.speed)
    );
    let Some([least, most]) = gb_50180_walk(time) else {
        return own;
    };
    let range = if least == most {
        format!("{most}")
    } else {
        format!("{least}–{most}")
    };
    lang.pick(
        format!("{own}（GB 50180 取 {range} m）"),
        format!("{own} (GB 50180 takes {range} m)"),
    )
}
