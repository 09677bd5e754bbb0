//! What can be typed for `scenario` and `links`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::CityArgs;
use crate::cli::offered::{FRAMES, Offered, REASONS};
use crate::frame::Frame;
use crate::scenario::links::Reason;

/// `scenario`
#[derive(Debug, Args)]
pub(in crate::cli) struct ScenarioArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf", required_unless_present = "schema")]
    pub extract: Option<PathBuf>,
    /// What is changed (TOML, see docs/inputs.md); given again and again, up to eight
    /// plans stand side by side
    #[arg(long, value_name = "PLAN.toml", required_unless_present = "schema")]
    pub changes: Vec<PathBuf>,
    #[command(flatten)]
    pub city: CityArgs,
    /// Show the JSON schema of plans, for editors, and do nothing else
    #[arg(long, exclusive = true)]
    pub schema: bool,
    /// The report of every plan as a GeoPackage too
    #[arg(long, requires = "out")]
    pub gpkg: bool,
    /// Frame of all coordinates of the outputs: wgs84, gcj02, bd09, cgcs2000, or a grid
    /// such as epsg:4548
    #[arg(long, value_name = "FRAME", default_value_t = Frame::Wgs84, requires = "out")]
    #[arg(value_parser = Offered(<Frame as FromStr>::from_str, FRAMES), hide_possible_values = true)]
    pub out_frame: Frame,
    /// Folder for the comparison and, in folders of their own, the reports of the city as it
    /// is and of every plan; without it only the summary is shown
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `links`
#[derive(Debug, Args)]
pub(in crate::cli) struct LinksArgs {
    /// OpenStreetMap extract
    #[arg(value_name = "CITY.osm.pbf")]
    pub extract: PathBuf,
    /// How far a dead end, or a wall, may be from a street beyond, in metres
    #[arg(long, value_name = "METRES", default_value_t = 30.0, value_parser = gap)]
    pub gap: f64,
    /// Links that somebody proposes (GeoJSON lines; other frames as in FILE@gcj02), tried
    /// beside the others
    #[arg(long, value_name = "FILE")]
    pub propose: Option<PathBuf>,
    /// Try only some, comma separated: dead-ends, walls (new gates in them), gates (that are
    /// closed), proposed; what --propose has is tried always
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    #[arg(requires_if("proposed", "propose"))]
    #[arg(value_parser = Offered(reason, REASONS), hide_possible_values = true)]
    pub only: Vec<Reason>,
    /// How many are shown
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub top: usize,
    /// How many are chosen together, one after the other, each for what it adds
    #[arg(long, value_name = "K", default_value_t = 5)]
    pub best: usize,
    #[command(flatten)]
    pub city: CityArgs,
    /// Frame of all coordinates of the outputs: wgs84, gcj02, bd09, cgcs2000, or a grid
    /// such as epsg:4548
    #[arg(long, value_name = "FRAME", default_value_t = Frame::Wgs84, requires = "out")]
    #[arg(value_parser = Offered(<Frame as FromStr>::from_str, FRAMES), hide_possible_values = true)]
    pub out_frame: Frame,
    /// Folder for all links as table and map, and the best together as a plan; without it
    /// only the best are shown
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn reason(text: &str) -> Result<Reason, String> {
    let known = REASONS.iter().zip(Reason::ALL);
    let found = known.filter(|(word, _)| **word == text);
    let mut found = found.map(|(_, reason)| reason);
    found
        .next()
        .ok_or_else(|| format!("known are: {}", REASONS.join(", ")))
}

fn gap(text: &str) -> Result<f64, String> {
    super::metres(text)
        .ok()
        .filter(|metres| *metres <= 500.0)
        .ok_or_else(|| "write metres between 1 and 500".to_owned())
}
