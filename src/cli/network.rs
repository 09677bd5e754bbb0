//! `living-circle network`.

use super::args::NetworkArgs;
use super::output::{say, warn};
use super::{Bars, Failure, overwrite};
use crate::lang::Lang;
use crate::network::{WalkNetwork, keeps_node, keeps_obstacle, keeps_way};
use crate::osm::{self, Keep, TagSet};
use crate::profile::AccessRules;
use crate::report::{self, SingleFile};

/// What the network alone keeps of an extract.
struct Roads<'a>(&'a AccessRules);

impl Keep for Roads<'_> {
    fn node(&self, tags: &dyn TagSet) -> bool {
        keeps_node(tags, self.0)
    }

    fn way(&self, tags: &dyn TagSet) -> bool {
        keeps_way(tags, self.0) || keeps_obstacle(tags)
    }

    fn relation(&self, tags: &dyn TagSet) -> bool {
        keeps_obstacle(tags) || osm::tagged_on_ways(tags)
    }
}

pub(super) fn run(args: &NetworkArgs, lang: Lang, bars: &Bars) -> Result<(), Failure> {
    let mut rules = AccessRules::builtin();
    rules.trunk = !args.no_trunk;
    let out = match &args.out {
        Some(path) => {
            overwrite::check([args.extract.as_path()], std::slice::from_ref(path))?;
            Some(SingleFile::open(path)?)
        }
        None => None,
    };
    let (extract, mut notices) = osm::read(&args.extract, &Roads(&rules), bars)?;
    let (network, census, noted) = WalkNetwork::build(&extract, &rules);
    notices.absorb(noted);
    if let Some(out) = out {
        out.publish(&report::network_geojson(&network))?;
    }
    say(&report::census_table(&census, lang)).map_err(|error| Failure::Io(error.into()))?;
    for line in report::notice_lines(&notices, lang) {
        warn(&line);
    }
    Ok(())
}
