//! What can be typed for `scenario`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::CityArgs;
use crate::cli::offered::{FRAMES, Offered};
use crate::frame::Frame;

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
