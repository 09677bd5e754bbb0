//! From the facilities' side: the nearest of a set, for every source at once.

use super::stop::Stops;
use super::{Nearest, Search};
use crate::network::WalkGraph;
use crate::places::FacilitySet;
use crate::units::Cost;

/// The nearest facility of `set` for every source, however far; `None` where no
/// way leads to one.
///
/// One search against walking direction from all facilities of the set at once;
/// then every source takes the better of the ends of its walks, or of the
/// facilities on the same walk.
pub fn nearest_of(
    graph: &WalkGraph,
    sources: &Stops,
    facilities: &Stops,
    set: &FacilitySet,
) -> Vec<Option<Nearest>> {
    let mut on_walk = Vec::new();
    let mut seeds = Vec::new();
    for &facility in &set.0 {
        for &stop in facilities.at(facility as usize) {
            on_walk.push((stop.walk, facility, stop));
            let arrivals = stop.arrivals(graph.arc(stop.walk));
            seeds.extend(arrivals.map(|(node, cost)| (node, cost, facility)));
        }
    }
    on_walk.sort_unstable();
    let mut search = Search::new(graph.node_count());
    search.run(graph.backward(), seeds, Cost::MAX);
    let nearest = |place: usize| {
        let met = sources
            .met(place)
            .iter()
            .filter(|(facility, _)| set.0.binary_search(facility).is_ok())
            .map(|&(facility, cost)| Nearest { cost, facility });
        let walked = sources.at(place).iter().flat_map(|&source| {
            let arc = graph.arc(source.walk);
            let by_junction = source.departures(arc).filter_map(|(node, cost)| {
                let (onward, facility) = search.label(node)?;
                Some(Nearest {
                    cost: cost.checked_add(onward)?,
                    facility,
                })
            });
            let from = on_walk.partition_point(|entry| entry.0 < source.walk);
            let by_walk = on_walk[from..]
                .iter()
                .take_while(move |entry| entry.0 == source.walk)
                .filter_map(move |&(_, facility, stop)| {
                    Some(Nearest {
                        cost: source.straight_to(stop, arc)?,
                        facility,
                    })
                });
            by_junction.chain(by_walk)
        });
        walked.chain(met).min()
    };
    (0..sources.len()).map(nearest).collect()
}
