//! Pictures for slides: charts and maps as SVG and PNG, 16:9.

mod bars;
mod canvas;
#[cfg(test)]
#[path = "../../../tests/drawn_font/mod.rs"]
mod drawn_font;
mod fonts;
mod group;
mod letters;
mod map;
mod margin;
mod plan;
mod png;
#[cfg(test)]
mod tests;
mod zones;

pub use fonts::{Fonts, MissingLetters};
pub use png::PictureError;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::block_table::snake;
use super::page::phrase::level as level_name;
use super::words::requirement_name;
use super::{Outputs, Rendered, shown};
use crate::lang::Lang;
use crate::standard::{Requirement, Standard};
use crate::study::{Materials, Study};
use png::png;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Picture {
    /// Its file's name, without the ending.
    name: String,
    /// The drawing.
    svg: String,
}

/// The files of all pictures that are asked for.
pub(super) fn files(study: &Study, outputs: &Outputs) -> Result<Vec<Rendered>, PictureError> {
    let mut pictures = charts(study, outputs.lang);
    pictures.extend(maps(study, outputs.lang));
    let rendered = |name: String, content| Rendered {
        name: name.into(),
        content,
    };
    let files = pictures.into_par_iter().map(|Picture { name, svg }| {
        let png = outputs
            .png
            .as_ref()
            .map(|fonts| png(&svg, fonts))
            .transpose()?;
        let png = png.map(|png| rendered(format!("{name}.png"), png));
        let svg = outputs
            .svg
            .then(|| rendered(format!("{name}.svg"), svg.into_bytes()));
        Ok(svg.into_iter().chain(png).collect())
    });
    let files: Result<Vec<Vec<Rendered>>, PictureError> = files.collect();
    Ok(files?.into_iter().flatten().collect())
}

/// Whether every letter of what pictures may name has a form: requirements, zones, files.
/// All of it is known before the long part of a study.
///
/// # Errors
/// [`MissingLetters`]: all that have none.
pub(super) fn check_names(
    fonts: &Fonts,
    materials: &Materials,
    standard: &Standard,
    lang: Lang,
) -> Result<(), MissingLetters> {
    let asked = standard.requirements.iter();
    let asked = asked.map(|requirement| requirement_name(requirement, lang).to_owned());
    let zones = materials.zones.iter().flat_map(|zone| {
        let name = zone.name.as_ref().unwrap_or(&zone.id).clone();
        let level = zone.level.as_deref();
        [
            name,
            level.map_or_else(String::new, |key| level_name(key, false, lang)),
        ]
    });
    let columns = materials.blocks.iter();
    let columns = columns.flat_map(|block| [&block.community, &block.subdistrict]);
    let files = materials.inputs.iter().map(|input| input.name.clone());
    let packs = standard.packs.iter();
    let packs = packs.flat_map(|pack| [lang.pick(&pack.zh, &pack.en), &pack.edition]);
    let all: BTreeSet<String> = asked
        .chain(zones)
        .chain(columns.flatten().cloned())
        .chain(files)
        .chain(packs.cloned())
        .map(|name| shown(&name))
        .collect();
    fonts.check(&all.into_iter().collect::<Vec<_>>().join("\n"))
}

/// All charts of a study: coverage by group of requirements, for the whole and by
/// zone.
fn charts(study: &Study, lang: Lang) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for group in group::groups(study, lang) {
        pictures.push(Picture {
            name: format!("coverage_{}", group.key),
            svg: bars::picture(study, &group, lang),
        });
        for (level, zoning) in study.zonings.iter().enumerate() {
            if let Some(svg) = zones::picture(study, level, &group, lang) {
                let name = format!("zones_{}_{}", snake(&zoning.level), group.key);
                pictures.push(Picture { name, svg });
            }
        }
    }
    pictures
}

/// A map a requirement; none of a study without blocks.
fn maps(study: &Study, lang: Lang) -> Vec<Picture> {
    let Some(plan) = plan::Plan::of(study) else {
        return Vec::new();
    };
    let requirements = study.standard.requirements.par_iter().enumerate();
    let map = |(number, requirement): (usize, &Requirement)| Picture {
        name: format!("map_{}", snake(&requirement.key)),
        svg: map::picture(study, &plan, number, lang),
    };
    requirements.map(map).collect()
}
