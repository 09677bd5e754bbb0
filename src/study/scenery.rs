//! What is drawn behind a map beside the walks: it tells where one is, and no figure
//! comes from it.

use crate::osm::{Extract, TagSet, Way};
use crate::plane::{LonLat, chains};

/// Lines on which nobody walks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenery {
    /// Motorways and other main roads, from fork to fork.
    pub roads: Vec<Vec<LonLat>>,
    /// Railways on the ground.
    pub railways: Vec<Vec<LonLat>>,
}

impl Scenery {
    /// What an extract holds of it, however its ways are cut.
    pub fn of(extract: &Extract) -> Self {
        let lines = |wanted: fn(&dyn TagSet) -> bool| {
            let ways = extract.ways.iter().filter(|way| wanted(&way.tags));
            let runs = ways.flat_map(Way::runs);
            let drawn: Vec<Vec<LonLat>> = runs
                .map(|run| run.iter().map(|&node| extract.at(node)).collect())
                .collect();
            chains(drawn.iter().map(Vec::as_slice))
        };
        Self {
            roads: lines(is_main_road),
            railways: lines(|tags| tags.value("railway").is_some() && !is_underground(tags)),
        }
    }
}

fn is_main_road(tags: &dyn TagSet) -> bool {
    let roads = ["motorway", "trunk", "primary", "secondary"];
    let kind = tags.value("highway").unwrap_or_default();
    roads.contains(&kind.strip_suffix("_link").unwrap_or(kind)) && !is_underground(tags)
}

fn is_underground(tags: &dyn TagSet) -> bool {
    tags.value("tunnel").is_some_and(|value| value != "no")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::Tags;

    #[test]
    fn main_roads_are_drawn_where_they_are_seen() {
        for (tags, drawn) in [
            (vec![("highway", "motorway_link")], true),
            (vec![("highway", "primary")], true),
            (vec![("highway", "primary"), ("tunnel", "yes")], false),
            (vec![("highway", "residential")], false),
            (vec![("railway", "rail")], false),
        ] {
            assert_eq!(is_main_road(&Tags::new(tags.clone())), drawn, "{tags:?}");
        }
    }
}
