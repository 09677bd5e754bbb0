//! What can be typed for `report`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use clap::builder::StringValueParser;

use super::metres;
use crate::cli::offered::{FRAMES, Offered, SOURCES, STANDARDS, WALKERS};
use crate::frame::Frame;
use crate::places::FacilitySource;
use crate::study::Settings;
use crate::units::Limit;

/// What a record says itself: with another it would be no repetition.
const CALIBRE: [&str; 13] = [
    "gates_open",
    "sensitivity",
    "people",
    "standard",
    "strict_sizes",
    "walker",
    "within",
    "facilities_from",
    "link_limit",
    "sample_spacing",
    "block_size",
    "no_cut",
    "no_trunk",
];

// What a city is read of, and how it is measured.
#[derive(Debug, Args)]
pub(in crate::cli) struct CityArgs {
    /// Residential blocks (GeoJSON, GeoPackage, Shapefile, CSV or XLSX; other
    /// frames as in FILE@gcj02); without it those of the extract
    #[arg(long, value_name = "FILE")]
    pub blocks: Option<PathBuf>,
    /// Facilities (the same formats); they speak for the categories they name
    #[arg(long, value_name = "FILE")]
    pub facilities: Option<PathBuf>,
    /// Zones to sum for, such as subdistricts and communities (GeoJSON, GeoPackage or
    /// Shapefile); may be given again and again, a file a level
    #[arg(long, value_name = "FILE")]
    pub zones: Vec<PathBuf>,
    /// Gates of blocks (a table with block, lon, lat, state): the blocks it
    /// names are entered by these gates only
    #[arg(long, value_name = "FILE")]
    pub gates: Option<PathBuf>,
    /// Raster of people (GeoTIFF or ASCII grid, such as WorldPop's), shared among the
    /// blocks cell by cell; a column of people in --blocks comes before it
    #[arg(long, value_name = "FILE")]
    pub population: Option<PathBuf>,
    /// People to spread over the blocks by their residential floor area (levels ×
    /// footprint); a column of people in --blocks comes before it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(Settings::PEOPLE))]
    pub people: Option<u64>,
    /// Study area (GeoJSON, GeoPackage or Shapefile); blocks outside it do not count
    #[arg(long, value_name = "FILE")]
    pub boundary: Option<PathBuf>,
    /// Table that explains the headers of the others: header,meaning, a row each
    #[arg(long, value_name = "FILE")]
    pub columns: Option<PathBuf>,
    /// A standard: a key of `living-circle standards`, or your own .toml file; may be
    /// given again and again
    #[arg(long, value_name = "KEY|FILE.toml", default_value = "general")]
    #[arg(value_parser = Offered(StringValueParser::new(), STANDARDS), hide_possible_values = true)]
    pub standard: Vec<String>,
    /// Facilities of unknown size do not count where a standard asks for a size
    #[arg(long)]
    pub strict_sizes: bool,
    /// Who walks: adult, elderly, child, pram, wheelchair, gb; without it the
    /// pack's own
    #[arg(long, value_name = "WALKER")]
    #[arg(value_parser = Offered(StringValueParser::new(), WALKERS), hide_possible_values = true)]
    pub walker: Option<String>,
    /// Limits instead of those of the general standard, in minutes or metres
    #[arg(
        long,
        value_name = "LIMITS",
        value_delimiter = ',',
        conflicts_with = "standard"
    )]
    pub within: Vec<Limit>,
    /// Facilities of one source only, or of both for every category; without it
    /// the table speaks for the categories it names and the extract for the others
    #[arg(long, value_name = "table|osm|both")]
    #[arg(value_parser = Offered(source, SOURCES), hide_possible_values = true)]
    pub facilities_from: Option<FacilitySource>,
    /// Longest straight leg from a place to the network, in metres
    #[arg(long, value_name = "METRES", default_value_t = 200.0, value_parser = metres)]
    pub link_limit: f64,
    /// Width of the cells into which blocks are sampled, in metres
    #[arg(long, value_name = "METRES", default_value_t = 50.0, value_parser = spacing)]
    pub sample_spacing: f64,
    /// Residential areas of the extract larger than this are cut along streets,
    /// and residential buildings outside areas grouped by street block
    #[arg(long, value_name = "HECTARES", default_value_t = 20.0, value_parser = hectares)]
    pub block_size: f64,
    /// Neither cut residential areas nor group residential buildings
    #[arg(long, conflicts_with = "block_size")]
    pub no_cut: bool,
    /// Keep walkers off trunk roads
    #[arg(long)]
    pub no_trunk: bool,
}

/// `report`
#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf", required_unless_present = "from")]
    pub extract: Option<PathBuf>,
    /// Repeat the run of a record, and say which inputs have changed since; files that
    /// are named stand instead of those of the record
    #[arg(long, value_name = "run.json", conflicts_with_all = CALIBRE)]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub city: CityArgs,
    /// What would be covered if all gates and walls of compounds were open, too:
    /// gates_open.csv
    #[arg(long, requires = "out")]
    pub gates_open: bool,
    /// How coverage changes with speed and limits ± 10 %, link limit ± 50 %, sample spacing
    /// × ½ and × 2, and what rests on a single facility: sensitivity.csv
    #[arg(long, requires = "out")]
    pub sensitivity: bool,
    /// Parcels for future homes (GeoJSON): a page each of what they would reach,
    /// parcels.html, and parcels.csv
    #[arg(long, value_name = "FILE", requires = "out")]
    pub parcel: Option<PathBuf>,
    /// Everything in one GeoPackage too, report.gpkg, with styles for QGIS
    #[arg(long, requires = "out")]
    pub gpkg: bool,
    /// Layers as Shapefiles too, with a table of their short field names
    #[arg(long, requires = "out")]
    pub shapefile: bool,
    /// Frame of all coordinates of the outputs: wgs84 (unless another is named), gcj02,
    /// bd09, cgcs2000, or a grid such as epsg:4548
    #[arg(long, value_name = "FRAME", requires = "out")]
    #[arg(value_parser = Offered(<Frame as FromStr>::from_str, FRAMES), hide_possible_values = true)]
    pub out_frame: Option<Frame>,
    /// Folder for the tables and maps; without it only the summary is shown
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Charts and maps as pictures for slides, too: SVG
    #[arg(long, requires = "out")]
    pub svg: bool,
    /// The same as PNG, 1920 × 1080
    #[arg(long, requires = "out")]
    pub png: bool,
    /// Font for PNG (.ttf, .otf or .ttc); without it the system's
    #[arg(long, value_name = "FILE", requires = "png")]
    pub font: Option<PathBuf>,
}

fn source(text: &str) -> Result<FacilitySource, String> {
    match text {
        "table" => Ok(FacilitySource::Table),
        "osm" => Ok(FacilitySource::Osm),
        "both" => Ok(FacilitySource::Both),
        _ => Err("choose table, osm or both".to_owned()),
    }
}

fn spacing(text: &str) -> Result<f64, String> {
    metres(text)
        .ok()
        .filter(|metres| Settings::SAMPLE_SPACINGS.contains(metres))
        .ok_or_else(|| "write metres between 10 and 1000".to_owned())
}

fn hectares(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|hectares| Settings::BLOCK_SIZES.contains(hectares))
        .ok_or_else(|| "write hectares between 0.1 and 100000".to_owned())
}
