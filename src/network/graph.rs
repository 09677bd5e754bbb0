//! The directed graph that one walker searches.

mod extended;

use petgraph::csr::Csr;
use petgraph::unionfind::UnionFind;
use rayon::slice::ParallelSliceMut;

use super::exits::{Exit, Exits};
use super::model::{Junction, Part, Walk, WalkId, WalkNetwork};
use crate::profile::{Crossing, Direction, Walker};
use crate::units::{Cost, CostKind};

/// What one walk costs the walker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The graph's nodes at the walk's first and second end.
    pub ends: [u32; 2],
    /// The cost from end to end, without the wait at either.
    pub cost: Cost,
    /// The wait on arriving at the first and at the second end.
    pub wait: [Cost; 2],
    /// Whether it may be walked from its first end, and from its second end.
    pub open: [bool; 2],
    /// The walk's length, in millimetres.
    millimetres: u64,
    /// The walk that it was cut from, and what that costs; its own where it never was.
    part: Part,
    whole_cost: Cost,
    /// What the whole costs before this part of it.
    before: Cost,
}

impl Arc {
    /// Whether the walker may use it in some direction.
    pub fn usable(&self) -> bool {
        self.open[0] || self.open[1]
    }

    /// What a walk costs from end to end; `None` where the walker may not use it.
    fn priced(walk: &Walk, whole_cost: Option<Cost>, ends: [u32; 2], wait: [Cost; 2]) -> Self {
        let open = whole_cost.is_some();
        let whole_cost = whole_cost.unwrap_or(0);
        let Walk {
            millimetres, part, ..
        } = *walk;
        let before = cost_on(whole_cost, part, 0);
        // A ride in an elevator has no length.
        let cost = if part.whole == 0 {
            whole_cost
        } else {
            cost_on(whole_cost, part, millimetres) - before
        };
        Self {
            ends,
            cost,
            wait,
            open: [
                open && walk.direction != Direction::Backward,
                open && walk.direction != Direction::Forward,
            ],
            millimetres,
            part,
            whole_cost,
            before,
        }
    }

    /// Each way that it may be walked, between two nodes: from, to, and the cost with the
    /// wait on arriving.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, Cost)> + use<> {
        let Self {
            ends: [first, second],
            cost,
            wait,
            open,
            ..
        } = *self;
        let apart = first != second;
        let there = (apart && open[0]).then(|| (first, second, cost.saturating_add(wait[1])));
        let back = (apart && open[1]).then(|| (second, first, cost.saturating_add(wait[0])));
        there.into_iter().chain(back)
    }

    /// The cost from the first end to a position along the walk. The rest of
    /// the walk costs the difference to [`Arc::cost`], so that cutting a walk
    /// divides its cost exactly.
    ///
    /// # Units
    /// `along` in millimetres from the first end.
    pub fn cost_to(&self, along: u64) -> Cost {
        let along = along.min(self.millimetres);
        cost_on(self.whole_cost, self.part, along) - self.before
    }

    /// The positions that lie at a cost from the first end of `from` to `to`: those of
    /// which [`Arc::cost_to`] is in that range; `None` where there is none.
    ///
    /// # Units
    /// Millimetres from the first end, both included.
    pub fn along_within(&self, from: Cost, to: Cost) -> Option<[u64; 2]> {
        if from == 0 && to >= self.cost {
            return Some([0, self.millimetres]);
        }
        let Part { whole, from: start } = self.part;
        if self.whole_cost == 0 || whole == 0 {
            return (from == 0).then_some([0, self.millimetres]);
        }
        let (cost, length) = (u128::from(self.whole_cost), u128::from(whole));
        let half = u128::from(whole / 2);
        let of_whole = |own: Cost| u128::from(own) + u128::from(self.before);
        let least = (of_whole(from) * length).saturating_sub(half);
        let low = (least.div_ceil(cost) as u64).saturating_sub(start);
        let high = ((of_whole(to) + 1) * length - half - 1) / cost;
        let high = (high.min(length) as u64).checked_sub(start)?;
        let high = high.min(self.millimetres);
        (low <= high).then_some([low, high])
    }

    /// The node at a position, where it is an end of the walk.
    ///
    /// # Units
    /// `along` in millimetres from the first end.
    pub fn end_at(&self, along: u64) -> Option<u32> {
        match along {
            0 => Some(self.ends[0]),
            along if along == self.millimetres => Some(self.ends[1]),
            _ => None,
        }
    }
}

/// The walk network as one walker meets it, in one kind of cost: a directed
/// petgraph [`Csr`] over the junctions.
///
/// A `Csr` takes one arc per pair: of parallel walks the cheapest is in it. The
/// longer ones keep their interior, as links refer to walks. A junction that
/// this walker does not pass (a raised kerb for a wheelchair) is split into a
/// dead end per walk, so the graph may have more nodes than the network has
/// junctions.
#[derive(Clone, Debug)]
pub struct WalkGraph {
    kind: CostKind,
    forward: Csr<(), Cost>,
    /// The transpose, only where it differs.
    backward: Option<Csr<(), Cost>>,
    arcs: Vec<Arc>,
    components: Vec<u32>,
    component_millimetres: Vec<u64>,
    exits: Exits,
}

impl WalkGraph {
    /// The graph of a walker.
    pub fn new(network: &WalkNetwork, walker: &Walker, kind: CostKind) -> Self {
        let (arcs, nodes) = arcs(network, walker, kind);
        let mut edges: Vec<_> = arcs.iter().flat_map(Arc::edges).collect();
        cheapest_per_pair(&mut edges);
        let forward = csr(&edges, nodes);
        let backward = (!is_symmetric(&forward)).then(|| {
            for (from, to, _) in &mut edges {
                std::mem::swap(from, to);
            }
            edges.par_sort_unstable();
            csr(&edges, nodes)
        });
        drop(edges);
        let (components, component_millimetres) = components(&arcs, nodes);
        let component = |walk: WalkId| {
            let arc = &arcs[walk.0 as usize];
            arc.usable().then(|| components[arc.ends[0] as usize])
        };
        let exits = Exits::new(network, walker.wheels, component, &component_millimetres);
        Self {
            kind,
            forward,
            backward,
            arcs,
            components,
            component_millimetres,
            exits,
        }
    }

    /// Which cost its arcs carry.
    pub fn kind(&self) -> CostKind {
        self.kind
    }

    /// The graph, arcs in walking direction.
    pub fn forward(&self) -> &Csr<(), Cost> {
        &self.forward
    }

    /// The graph, arcs against walking direction.
    pub fn backward(&self) -> &Csr<(), Cost> {
        self.backward.as_ref().unwrap_or(&self.forward)
    }

    /// What every walk costs, by walk.
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// What a walk costs.
    pub fn arc(&self, walk: WalkId) -> &Arc {
        &self.arcs[walk.0 as usize]
    }

    /// How many nodes the graph has.
    pub fn node_count(&self) -> usize {
        self.forward.node_count()
    }

    /// For every node the component it belongs to, directions left aside.
    pub fn components(&self) -> &[u32] {
        &self.components
    }

    /// The length of all usable walks of each component.
    ///
    /// # Units
    /// Millimetres.
    pub fn component_millimetres(&self) -> &[u64] {
        &self.component_millimetres
    }

    /// The component that a walk belongs to.
    pub fn component(&self, walk: WalkId) -> u32 {
        self.components[self.arc(walk).ends[0] as usize]
    }

    /// The exits of a component, if it is a ground that nobody walks through.
    pub fn exits(&self, component: u32) -> &[Exit] {
        self.exits.of(component)
    }

    /// A component's place from the inside to the outside: exits lead from lower to
    /// higher places.
    pub fn exit_order(&self, component: u32) -> u32 {
        self.exits.order(component)
    }

    /// The length of all usable walks that hang together with this one, or that it
    /// leads out to where it lies in a ground; 0 in a private ground without an exit.
    ///
    /// # Units
    /// Millimetres.
    pub fn island_millimetres(&self, walk: WalkId) -> u64 {
        self.exits.leads_to(self.component(walk))
    }
}

/// Costs and ends of all walks, and the number of nodes.
fn arcs(network: &WalkNetwork, walker: &Walker, kind: CostKind) -> (Vec<Arc>, usize) {
    let mut nodes = network.junctions().len() as u32;
    let arcs = network
        .walks()
        .iter()
        .map(|walk| {
            let ends = walk.ends.map(|end| {
                let role = network.junctions()[end.0 as usize].role;
                if role.stops_wheels(walker.wheels) {
                    nodes += 1;
                    nodes - 1
                } else {
                    end.0
                }
            });
            priced(network, walk, ends, walker, kind)
        })
        .collect();
    (arcs, nodes as usize)
}

/// What a walk between two nodes costs.
fn priced(
    network: &WalkNetwork,
    walk: &Walk,
    ends: [u32; 2],
    walker: &Walker,
    kind: CostKind,
) -> Arc {
    let wait = |junction: &Junction| match kind {
        CostKind::Length => 0,
        CostKind::Time => {
            let signals = junction.role.crossing == Some(Crossing::Signals);
            let elevator = junction.role.elevator;
            u32::from(signals) * walker.signals_wait().tenths()
                + u32::from(elevator) * walker.elevator_wait().tenths()
        }
    };
    let waits = walk.ends;
    let waits = waits.map(|end| wait(&network.junctions()[end.0 as usize]));
    let cost = walker.cost(kind, walk.class, walk.part.whole);
    Arc::priced(walk, cost, ends, waits)
}

/// What a walk that was never cut costs up to a position on it, where it costs `whole` over
/// its length.
///
/// # Units
/// Lengths in millimetres.
pub fn cost_along(whole: Cost, millimetres: u64, along: u64) -> Cost {
    cost_on(whole, Part::all(millimetres), along.min(millimetres))
}

/// What a whole costs up to a position on a part of it.
fn cost_on(whole_cost: Cost, part: Part, along: u64) -> Cost {
    if part.whole == 0 {
        return 0;
    }
    let along = part.from + along;
    if let (Ok(short), Ok(_)) = (u32::try_from(along), u32::try_from(part.whole)) {
        // Shorter than 4,000 km, as all are: the same in 64 bits.
        let scaled = u64::from(whole_cost) * u64::from(short) + part.whole / 2;
        return (scaled / part.whole) as Cost;
    }
    let along = u128::from(along);
    let scaled = u128::from(whole_cost) * along + u128::from(part.whole / 2);
    (scaled / u128::from(part.whole)) as Cost
}

fn cheapest_per_pair(arcs: &mut Vec<(u32, u32, Cost)>) {
    arcs.par_sort_unstable();
    arcs.dedup_by_key(|&mut (from, to, _)| (from, to));
}

/// Whether every arc leads back at the same cost, so that the transpose is the same.
fn is_symmetric(graph: &Csr<(), Cost>) -> bool {
    (0..graph.node_count() as u32).all(|from| {
        let arcs = graph.neighbors_slice(from).iter();
        let mut arcs = arcs.zip(graph.edges_slice(from));
        arcs.all(|(&to, cost)| {
            let back = graph.neighbors_slice(to).binary_search(&from);
            back.is_ok_and(|at| graph.edges_slice(to)[at] == *cost)
        })
    })
}

#[allow(clippy::expect_used)]
fn csr(sorted: &[(u32, u32, Cost)], nodes: usize) -> Csr<(), Cost> {
    let mut graph = Csr::from_sorted_edges(sorted).expect("the arcs are sorted and one per pair");
    while graph.node_count() < nodes {
        graph.add_node(());
    }
    graph
}

/// The component of every node, numbered by its first node, and the length of each.
fn components(arcs: &[Arc], nodes: usize) -> (Vec<u32>, Vec<u64>) {
    let mut sets = UnionFind::new(nodes);
    for arc in arcs.iter().filter(|arc| arc.usable()) {
        sets.union(arc.ends[0] as usize, arc.ends[1] as usize);
    }
    let mut numbers = vec![u32::MAX; nodes];
    let mut components = vec![0; nodes];
    let mut count = 0;
    for (node, component) in components.iter_mut().enumerate() {
        let root = sets.find(node);
        if numbers[root] == u32::MAX {
            numbers[root] = count;
            count += 1;
        }
        *component = numbers[root];
    }
    let mut millimetres = vec![0; count as usize];
    for arc in arcs.iter().filter(|arc| arc.usable()) {
        millimetres[components[arc.ends[0] as usize] as usize] += arc.millimetres;
    }
    (components, millimetres)
}
