//! What can be typed.

mod report;
mod scenario;

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::StringValueParser;
use clap::{ArgGroup, Args, Parser, Subcommand};

pub(super) use report::{CityArgs, ReportArgs};
pub(super) use scenario::{LinksArgs, ScenarioArgs};

use super::offered::{COMMANDS, FRAMES, LANGS, Offered, SHOW, STANDARDS, WALKERS, WAYS};
use crate::frame::Frame;
use crate::lang::Lang;
use crate::link::Going;
use crate::plane::LonLat;
use crate::study::Settings;
use crate::units::Limit;

/// Who in a city can walk to what, in 5, 10 and 15 minutes: exact coverage
/// figures from an OpenStreetMap extract.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
    /// Language of every text: zh or en; without it that of the system
    #[arg(long, global = true, value_name = "zh|en", value_parser = Offered(lang, LANGS), hide_possible_values = true)]
    pub lang: Option<Lang>,
    /// How many threads to use; without it one per core. The figures do not
    /// depend on it
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Coverage of every block, zone and requirement, as tables and maps
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// What plans would change: new services, bridges, gates and homes, side by side
    #[command(after_help = SCENARIO_EXAMPLES)]
    Scenario(ScenarioArgs),
    /// Missing links and gates, ranked by those whom each would help: dead ends near other
    /// streets, walls with a street beyond, closed gates
    #[command(after_help = LINKS_EXAMPLES)]
    Links(LinksArgs),
    /// What the walk network of an extract is made of, and what is wrong with it
    #[command(after_help = NETWORK_EXAMPLES)]
    Network(NetworkArgs),
    /// Polygons of what is within minutes or metres of places, for maps
    #[command(after_help = ISOCHRONE_EXAMPLES)]
    Isochrone(IsochroneArgs),
    /// Two reports side by side: what moved because of data, what because of definition
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// A made-up city of any size as an extract, to measure and to try with
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(GenerateArgs),
    /// How long every stage of a report takes with one thread and with all
    #[command(after_help = BENCH_EXAMPLES)]
    Bench(BenchArgs),
    /// The standards that come with the program, and what one asks
    #[command(after_help = STANDARDS_EXAMPLES)]
    Standards(StandardsArgs),
    /// A script by which a shell completes what is typed
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// The manual: the page of a command, or all pages as files
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

const REPORT_EXAMPLES: &str = "\
Examples:
  living-circle report city.osm.pbf
      everything from OpenStreetMap, by the general pack
  living-circle report city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --zones zones.geojson --out report --lang zh
      own blocks, facilities and zones; figures in Chinese
  living-circle report city.osm.pbf --standard gb50180-2018 --standard park-500m
      by two standards side by side
  living-circle report city.osm.pbf --walker elderly --within 300m,500m,1000m
      the same services within other limits, for an elderly walker";

const SCENARIO_EXAMPLES: &str = "\
Examples:
  living-circle scenario city.osm.pbf --changes bridge.toml
  living-circle scenario city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --changes plan-a.toml --changes plan-b.toml --out plans
      two plans beside the city as it is: tables, a page and a workbook
  living-circle scenario --schema > scenario.schema.json
      for an editor that checks plans as one types";

const LINKS_EXAMPLES: &str = "\
Examples:
  living-circle links city.osm.pbf
  living-circle links city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --gap 80 --best 10 --out links
      the ten best together, also as a plan: links/best.toml
  living-circle links city.osm.pbf --propose streets.geojson --only proposed
      streets that somebody has drawn";

const NETWORK_EXAMPLES: &str = "\
Examples:
  living-circle network city.osm.pbf
  living-circle network city.osm.pbf --gap 5 --out network
      walks and findings as layers, to be opened in QGIS
  living-circle network city.osm.pbf --export tables
      the same network for networkx, pandana and others";

const COMPARE_EXAMPLES: &str = "\
Examples:
  living-circle compare 2025/run.json 2026/run.json
  living-circle compare 2025 2026 --out compared.csv
      every zone, too";

const GENERATE_EXAMPLES: &str = "\
Examples:
  living-circle generate --junctions 10000 town.osm.pbf
  living-circle generate --junctions 1000000 --seed 7 city.osm.pbf
      another city, of the size of a provincial capital";

const BENCH_EXAMPLES: &str = "\
Examples:
  living-circle bench city.osm.pbf
  living-circle bench city.osm.pbf --runs 5 --out bench.json
      every run, too, for other programs";

const STANDARDS_EXAMPLES: &str = "\
Examples:
  living-circle standards
  living-circle standards show gb50180-2018
  living-circle standards show ours.toml";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  living-circle completions bash > ~/.local/share/bash-completion/completions/living-circle
  living-circle completions fish > ~/.config/fish/completions/living-circle.fish
  living-circle completions powershell >> $PROFILE";

const MAN_EXAMPLES: &str = "\
Examples:
  living-circle man report | man -l -
  living-circle man --out ~/.local/share/man/man1
      all pages, so that man living-circle-report finds its own";

const ISOCHRONE_EXAMPLES: &str = "\
Examples:
  living-circle isochrone city.osm.pbf --from 115.98,36.45 --out walk.geojson
      how far one gets in 5, 10 and 15 minutes
  living-circle isochrone city.osm.pbf --category library --walker elderly \\
      --within 10min --out libraries.geojson
      from where an elderly walker reaches one of the libraries, as one polygon
  living-circle isochrone city.osm.pbf --each-block --within 500m --out blocks.geojson
      one polygon for every block";

/// `isochrone`
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("places").required(true).multiple(true)))]
pub(super) struct IsochroneArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf")]
    pub extract: PathBuf,
    /// A place, WGS84, longitude first; may be given again and again
    #[arg(long, value_name = "LON,LAT", value_parser = place, allow_hyphen_values = true)]
    #[arg(group = "places", conflicts_with_all = ["blocks", "facilities", "category", "each_block"])]
    pub from: Vec<LonLat>,
    /// Residential blocks (CSV, XLSX or GeoJSON), from all their samples
    #[arg(long, value_name = "FILE", group = "places")]
    #[arg(conflicts_with_all = ["facilities", "category"])]
    pub blocks: Option<PathBuf>,
    /// Facilities (CSV, XLSX or GeoJSON)
    #[arg(long, value_name = "FILE", group = "places")]
    pub facilities: Option<PathBuf>,
    /// Table that explains the headers of the others: header,meaning, a row each
    #[arg(long, value_name = "FILE")]
    pub columns: Option<PathBuf>,
    /// Facilities of these categories only, of the table or of the extract
    #[arg(long, value_name = "KEYS", value_delimiter = ',', group = "places")]
    pub category: Vec<String>,
    /// Every block, of the table or of the extract, one by one
    #[arg(long, group = "places", conflicts_with_all = ["facilities", "category"])]
    pub each_block: bool,
    /// Limits, all in minutes or all in metres
    #[arg(long, value_name = "LIMITS", value_delimiter = ',')]
    #[arg(default_value = "5min,10min,15min")]
    pub within: Vec<Limit>,
    /// Who walks: adult, elderly, child, pram, wheelchair, gb
    #[arg(long, value_name = "WALKER", default_value = "adult")]
    #[arg(value_parser = Offered(StringValueParser::new(), WALKERS), hide_possible_values = true)]
    pub walker: String,
    /// One polygon a place and limit; without it all places are drawn as one
    #[arg(long)]
    pub overlap: bool,
    /// From the places or towards them; without it towards facilities, from others
    #[arg(long, value_name = "from|towards")]
    #[arg(value_parser = Offered(going, WAYS), hide_possible_values = true)]
    pub direction: Option<Going>,
    /// Longest straight leg from a place to the network, in metres
    #[arg(long, value_name = "METRES", default_value_t = 200.0, value_parser = metres)]
    pub link_limit: f64,
    /// Keep walkers off trunk roads
    #[arg(long)]
    pub no_trunk: bool,
    /// Frame of the polygons: wgs84, gcj02, bd09, cgcs2000, or a grid such as epsg:4548
    #[arg(long, value_name = "FRAME", default_value_t = Frame::Wgs84)]
    #[arg(value_parser = Offered(<Frame as FromStr>::from_str, FRAMES), hide_possible_values = true)]
    pub out_frame: Frame,
    /// GeoJSON file; without it the polygons are written to the terminal
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn place(text: &str) -> Result<LonLat, String> {
    let parts = text.split_once(',');
    let numbers =
        parts.and_then(|(lon, lat)| Some((lon.trim().parse().ok()?, lat.trim().parse().ok()?)));
    numbers
        .and_then(|(lon, lat)| LonLat::from_degrees(lon, lat))
        .ok_or_else(|| "write longitude and latitude in degrees, such as 115.98,36.45".to_owned())
}

fn going(text: &str) -> Result<Going, String> {
    match text {
        "from" => Ok(Going::Out),
        "towards" => Ok(Going::In),
        _ => Err("choose from or towards".to_owned()),
    }
}

/// `compare`
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// The first report: its run.json, or its folder
    #[arg(value_name = "A/run.json")]
    pub a: PathBuf,
    /// The second
    #[arg(value_name = "B/run.json")]
    pub b: PathBuf,
    /// Every row of both, as CSV; without it only the summary is shown
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
}

/// `generate`
#[derive(Debug, Args)]
pub(super) struct GenerateArgs {
    /// Junctions of its walk network, to within 5 %: 1000 to 20000000
    #[arg(long, value_name = "N")]
    pub junctions: u64,
    /// Which city: the same seed gives the same bytes on every machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The file to be written; one that is there is replaced
    #[arg(value_name = "OUT.osm.pbf")]
    pub extract: PathBuf,
}

/// `bench`
#[derive(Debug, Args)]
pub(super) struct BenchArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf")]
    pub extract: PathBuf,
    /// How often each stage is run with each number of threads; the median counts
    #[arg(long, value_name = "N", default_value_t = 3)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub runs: u16,
    /// JSON file; without it only the table is shown
    #[arg(long, value_name = "FILE.json")]
    pub out: Option<PathBuf>,
    /// Folder for what was found of every node of the exported network, to be compared
    /// with other programs
    #[arg(long, value_name = "DIR")]
    pub answers: Option<PathBuf>,
}

/// `standards`
#[derive(Debug, Args)]
pub(super) struct StandardsArgs {
    /// Show one standard in full; without it all are listed
    #[arg(value_name = "show", requires = "standard")]
    #[arg(value_parser = Offered(shown, SHOW), hide_possible_values = true)]
    pub show: Option<String>,
    /// Its key, or your own .toml file
    #[arg(value_name = "KEY|FILE.toml")]
    #[arg(value_parser = Offered(StringValueParser::new(), STANDARDS), hide_possible_values = true)]
    pub standard: Option<String>,
}

fn shown(text: &str) -> Result<String, String> {
    match text {
        "show" => Ok(text.to_owned()),
        _ => Err("write show KEY, or nothing to see them all".to_owned()),
    }
}

/// `network`
#[derive(Debug, Args)]
pub(super) struct NetworkArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf")]
    pub extract: PathBuf,
    /// Walks that end this near to another are near misses, in metres
    #[arg(long, value_name = "METRES", default_value_t = 15.0, value_parser = gap)]
    pub gap: f64,
    /// Folder for the walks and the findings, as maps and a table; without it only
    /// the summary is shown
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Folder for nodes, edges, facilities and residential origins as plain tables,
    /// to be loaded by other programs: an adult's times, whole
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    /// Keep walkers off trunk roads
    #[arg(long)]
    pub no_trunk: bool,
    /// Frame of all coordinates of the outputs: wgs84, gcj02, bd09, cgcs2000, or a grid
    /// such as epsg:4548
    #[arg(long, value_name = "FRAME", default_value_t = Frame::Wgs84, requires = "out")]
    #[arg(value_parser = Offered(<Frame as FromStr>::from_str, FRAMES), hide_possible_values = true)]
    pub out_frame: Frame,
}

/// `completions`
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Which shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `man`
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Which command's page; without it that of the program
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    #[arg(value_parser = Offered(StringValueParser::new(), COMMANDS), hide_possible_values = true)]
    pub command: Option<String>,
    /// Folder for all pages, as files
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err("choose zh or en".to_owned()),
    }
}

fn gap(text: &str) -> Result<f64, String> {
    // Streets are wider than a hundred metres nowhere.
    metres(text)
        .ok()
        .filter(|metres| *metres <= 100.0)
        .ok_or_else(|| "write metres between 1 and 100".to_owned())
}

pub(super) fn metres(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|metres| Settings::LINK_LIMITS.contains(metres))
        .ok_or_else(|| "write metres between 1 and 10000".to_owned())
}
