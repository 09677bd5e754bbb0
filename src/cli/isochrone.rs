//! `living-circle isochrone`.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;

use super::args::IsochroneArgs;
use super::output::warn;
use super::source::typed;
use super::{Bars, Failure, overwrite};
use crate::isochrone::{Canvas, Isochrones};
use crate::lang::{Explain, Lang};
use crate::link::{Going, Linker, Unlinked};
use crate::network::WalkGraph;
use crate::notice::{Notice, Notices};
use crate::places::{Catalog, CategoryId, FacilitySource, Samples};
use crate::plane::LonLat;
use crate::profile::Walkers;
use crate::progress::{Progress as _, Stage};
use crate::report::{self, IsochroneOf, IsochroneWriter, LoneFile};
use crate::study::{City, Files, Settings};
use crate::units::{Cost, CostKind, Limit};

/// How many places are drawn before they are written: what is held in memory.
const AT_ONCE: usize = 256;

/// What cannot be drawn as it was asked for.
#[derive(Debug)]
enum Refused {
    MixedLimits,
    UnknownCategory(String, Option<String>),
    NoPlaces,
    /// No place has a walk near it: such a place, and the limit in metres.
    FarFromWalks(String, f64),
}

impl Explain for Refused {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::MixedLimits => lang.pick(
                "--within 中的限值必须全部为分钟或全部为米；请分两次运行".to_owned(),
                "--within: limits are all in minutes or all in metres; run it twice".to_owned(),
            ),
            Self::UnknownCategory(key, nearest) => {
                let nearest = nearest.as_deref().unwrap_or("library");
                lang.pick(
                    format!("--category：没有“{key}”这个分类；例如 {nearest}"),
                    format!("--category: there is no category '{key}'; try {nearest}"),
                )
            }
            Self::NoPlaces => lang.pick(
                "没有这样的街坊或设施；请检查分类，或用 --blocks、--facilities 提供表格".to_owned(),
                "there is no such block or facility; check the category, or give a table with \
                 --blocks or --facilities"
                    .to_owned(),
            ),
            Self::FarFromWalks(place, limit) => lang.pick(
                format!(
                    "各点 {limit} 米内都没有可步行的路（如“{place}”）；请检查是否在该数据范围内、\
                     经度是否在前、坐标系，或放宽 --link-limit"
                ),
                format!(
                    "no place has a walk within {limit} m (e.g. '{place}'); check that it lies in \
                     this extract, that longitude comes first and its frame, or widen --link-limit"
                ),
            ),
        }
    }
}

/// A place from which or towards which is drawn.
struct Place {
    id: String,
    name: Option<String>,
    categories: Option<String>,
    entrances: Vec<LonLat>,
}

pub(super) fn run(args: &IsochroneArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let (kind, limits) = limits(&args.within)?;
    let catalog = Catalog::builtin()?;
    let categories = categories(&args.category, &catalog)?;
    let walkers = Walkers::builtin();
    let walker = walkers.find(&args.walker)?;
    let files = Files {
        extract: args.extract.clone(),
        blocks: typed(args.blocks.as_deref())?,
        facilities: typed(args.facilities.as_deref())?,
        columns: typed(args.columns.as_deref())?,
        ..Files::default()
    };
    // The file is begun before the long run, so that a mistake in it is told at once.
    let out = args
        .out
        .as_deref()
        .map(|out| begun(out, &files))
        .transpose()?;
    let settings = Settings {
        link_limit: args.link_limit,
        trunk: !args.no_trunk,
        facilities_from: match args.facilities {
            Some(_) => FacilitySource::Table,
            None => FacilitySource::default(),
        },
        ..Settings::default()
    };
    let (city, mut notices) = City::read(&files, &settings, &catalog, bars)?;
    report::check_network_frame(args.out_frame, &city.network)?;
    let (places, towards) = places(args, &city, &categories, &catalog, &settings);
    if places.is_empty() {
        return Err(Refused::NoPlaces.into());
    }
    let drawing = Drawing {
        args,
        city: &city,
        places: &places,
        going: args
            .direction
            .unwrap_or(if towards { Going::In } else { Going::Out }),
        kind,
        limits: &limits,
        lang,
    };
    match out {
        Some(file) => {
            let file = drawing.draw(walker, BufWriter::new(file), bars, &mut notices)?;
            let file = file
                .into_inner()
                .map_err(|error| Failure::Io(error.into_error().into()))?;
            file.publish()?;
        }
        None => match drawing.draw(walker, io::stdout().lock(), bars, &mut notices) {
            // A closed pipe is no error.
            Err(Failure::Io(error)) if is_closed_pipe(&error) => {}
            drawn => drop(drawn?),
        },
    }
    for line in report::notice_lines(&notices, lang) {
        warn(&line);
    }
    Ok(())
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn begun(out: &Path, files: &Files) -> Result<LoneFile, Failure> {
    let inputs = files.paths();
    overwrite::check(
        inputs.iter().map(std::path::PathBuf::as_path),
        &[out.to_owned()],
    )?;
    Ok(LoneFile::create(out)?)
}

/// The limits, ascending, in the one kind that they have.
fn limits(asked: &[Limit]) -> Result<(CostKind, Vec<Limit>), Refused> {
    let mut limits = asked.to_vec();
    limits.sort_unstable();
    limits.dedup();
    let kind = limits.first().map_or(CostKind::Time, |limit| limit.kind());
    if limits.iter().any(|limit| limit.kind() != kind) {
        return Err(Refused::MixedLimits);
    }
    Ok((kind, limits))
}

fn categories(keys: &[String], catalog: &Catalog) -> Result<Vec<CategoryId>, Refused> {
    let find = |key: &String| {
        let unknown = || {
            let nearest = catalog.nearest_key(key).map(str::to_owned);
            Refused::UnknownCategory(key.clone(), nearest)
        };
        catalog.id(key).ok_or_else(unknown)
    };
    keys.iter().map(find).collect()
}

/// The places that were asked for, and whether people go towards them.
fn places(
    args: &IsochroneArgs,
    city: &City,
    categories: &[CategoryId],
    catalog: &Catalog,
    settings: &Settings,
) -> (Vec<Place>, bool) {
    if !args.from.is_empty() {
        let point = |(number, &at): (usize, &LonLat)| Place {
            id: (number + 1).to_string(),
            name: None,
            categories: None,
            entrances: vec![at],
        };
        return (args.from.iter().enumerate().map(point).collect(), false);
    }
    if args.each_block || args.blocks.is_some() {
        let samples = Samples::of(&city.blocks, settings.sample_spacing);
        let blocks = city.blocks.iter().enumerate();
        let block = |(number, block): (usize, &crate::places::Block)| Place {
            id: block.id.clone(),
            name: block.name.clone(),
            categories: None,
            entrances: samples
                .samples(number)
                .iter()
                .map(|sample| sample.at)
                .collect(),
        };
        return (blocks.map(block).collect(), false);
    }
    let wanted = city
        .facilities
        .iter()
        .filter(|facility| categories.is_empty() || catalog.matches(categories, facility));
    let facilities = wanted.map(|facility| {
        let keys = facility
            .categories
            .iter()
            .map(|&id| &*catalog.category(id).key);
        Place {
            id: facility.id.clone(),
            name: facility.name.clone(),
            categories: Some(keys.collect::<Vec<_>>().join(";")),
            entrances: facility.entrances.clone(),
        }
    });
    (facilities.collect(), true)
}

struct Drawing<'a> {
    args: &'a IsochroneArgs,
    city: &'a City,
    places: &'a [Place],
    going: Going,
    kind: CostKind,
    limits: &'a [Limit],
    lang: Lang,
}

impl Drawing<'_> {
    /// Draws and writes place by place, in their order, or all as one.
    fn draw<W: Write>(
        &self,
        walker: &crate::profile::Walker,
        to: W,
        bars: &Bars,
        notices: &mut Notices,
    ) -> Result<W, Failure> {
        let network = &self.city.network;
        let graph = WalkGraph::new(network, walker, self.kind);
        let linker = Linker::new(network, &graph, &self.city.obstacles, self.args.link_limit);
        let entrances: Vec<&[LonLat]> = self.places.iter().map(|place| &*place.entrances).collect();
        let links = linker.link_all(&entrances, self.going);
        let far = |place: usize| links.unlinked(place) == Some(Unlinked::TooFar);
        if (0..self.places.len()).all(far) {
            let example = self.places.first().map_or("", |place| &place.id);
            return Err(Refused::FarFromWalks(report::shown(example), self.args.link_limit).into());
        }
        let canvas = Canvas::of(network, &self.city.water);
        let isochrones = Isochrones::of(&canvas, &graph, walker, &entrances, &links, self.going)
            .with_compounds(self.city.obstacles.compounds());
        for (number, place) in self.places.iter().enumerate() {
            if links.unlinked(number).is_some() {
                notices.note(Notice::UnlinkedPlaces, place.id.clone());
            }
        }
        let costs: Vec<Cost> = self.limits.iter().map(|limit| limit.cost()).collect();
        let io = |error: io::Error| Failure::Io(error.into());
        let mut writer = IsochroneWriter::begin(to, self.args.out_frame).map_err(io)?;
        let all: Vec<u32> = (0..self.places.len() as u32).collect();
        let apart = self.args.overlap || self.args.each_block || all.len() == 1;
        let groups: Vec<&[u32]> = if apart {
            all.chunks(1).collect()
        } else {
            vec![&all]
        };
        bars.begin(Stage::Draw, groups.len() as u64);
        for groups in groups.chunks(AT_ONCE) {
            let drawn: Vec<Vec<u8>> = groups
                .par_iter()
                .map_init(
                    || isochrones.worker(),
                    |worker, group| {
                        let drawn = isochrones.around(group, &costs, worker);
                        bars.advance(1);
                        let drawn = self.limits.iter().zip(drawn);
                        drawn
                            .map(|(&limit, polygons)| {
                                let about = self.about(group, limit, walker, &links);
                                about.feature(&polygons, self.lang, self.args.out_frame)
                            })
                            .collect::<Vec<_>>()
                    },
                )
                .flatten_iter()
                .collect();
            for feature in &drawn {
                writer.write(feature).map_err(io)?;
            }
        }
        bars.end();
        writer.finish().map_err(io)
    }

    fn about<'a>(
        &'a self,
        group: &[u32],
        limit: Limit,
        walker: &'a crate::profile::Walker,
        links: &crate::link::Links,
    ) -> IsochroneOf<'a> {
        let single = match group {
            [place] => Some(*place as usize),
            _ => None,
        };
        let place = single.map(|number| &self.places[number]);
        IsochroneOf {
            place: place.map_or("all", |place| &place.id),
            name: place.and_then(|place| place.name.as_deref()),
            categories: place.and_then(|place| place.categories.as_deref()),
            places: group.len(),
            limit,
            walker: &walker.key,
            going: self.going,
            unlinked: single.and_then(|number| links.unlinked(number)),
        }
    }
}
