//! Five hundred places of Las Palmas, between the sea and the hills.

use living_circle::isochrone::{Canvas, Isochrones};
use living_circle::link::{Going, Linker};
use living_circle::network::{Obstacles, WalkGraph, WalkNetwork, Water};
use living_circle::osm;
use living_circle::places::{Catalog, from_osm};
use living_circle::plane::LonLat;
use living_circle::profile::{AccessRules, Walkers};
use living_circle::progress::Silent;
use living_circle::reach::{Stops, Territory};
use living_circle::study::Wanted;
use living_circle::units::CostKind;
use rayon::prelude::*;

use super::exact::{holds, holds_line, pieces};
use super::extracts;
use super::towns::check_polygons;

#[test]
fn five_hundred_places_of_las_palmas() {
    let Some(path) = extracts::file("laspalmas.osm.pbf") else {
        return;
    };
    let (rules, catalog) = (AccessRules::builtin(), Catalog::builtin().unwrap());
    let wanted = Wanted {
        rules: &rules,
        catalog: &catalog,
    };
    let (extract, _) = osm::read(&path, &wanted, &Silent).unwrap();
    let obstacles = Obstacles::of(&extract, &rules);
    let (network, ..) = WalkNetwork::build(&extract, &rules, &obstacles);
    let (water, _) = Water::of(&extract);
    let (found, _) = from_osm(&extract, &catalog);
    let table = Walkers::builtin();
    let walker = table.find("adult").unwrap();
    let graph = WalkGraph::new(&network, walker, CostKind::Time);
    let canvas = Canvas::of(&network, &water);
    let linker = Linker::new(&network, &graph, &obstacles, 200.0);
    let count = found.blocks.len();
    let places: Vec<LonLat> = (0..500)
        .map(|number| found.blocks[number * 7_919 % count].shape.inner_place())
        .collect();
    let entrances: Vec<&[LonLat]> = places.iter().map(std::slice::from_ref).collect();
    let links = linker.link_all(&entrances, Going::Out);
    let isochrones = Isochrones::of(&canvas, &graph, walker, &entrances, &links, Going::Out);
    let territory = Territory::of(&graph);
    let stops = Stops::of(&links, &graph, walker, Going::Out);
    let limits = [3_000, 6_000, 9_000];
    let check = |place: usize| {
        let drawn = isochrones.around(&[place as u32], &limits, &mut isochrones.worker());
        if links.unlinked(place).is_some() {
            return 0;
        }
        let name = format!("place {place} at {}", places[place]);
        check_polygons(&drawn, &name);
        let border = pieces(&drawn[2]);
        assert!(holds(&pieces(&drawn[0]), places[place]), "{name}");
        let parts = territory.parts(
            stops.at(place),
            Going::Out,
            &limits,
            &mut territory.surveyor(),
        );
        for part in parts.iter().step_by(7) {
            let [from, to] = [part.from, part.to].map(|along| canvas.place(part.walk, along));
            assert!(
                holds(&border, from) && holds(&border, to),
                "{name}: {part:?}"
            );
            if network.shape(part.walk).len() == 2 {
                assert!(holds_line(&border, [from, to]), "{name}: {part:?}");
            }
        }
        1
    };
    let linked: usize = (0..places.len()).into_par_iter().map(check).sum();
    assert!(linked > 400, "{linked}");
}
