"""cityseer's DataMap.accessibility, beneath its compute_accessibilities."""

import os

import numpy as np
from cityseer import rustalgos

from work import LIMITS, Differences, Stopwatch, Work, main, row

SOME = 1_000

# Where facilities are kept, away from the city and one another, in metres.
AWAY, APART = 1e6, 1e3


def measured(folder):
    work = Work(folder)
    sources = work.some(SOME)
    network = graph(work, set(sources.tolist()))
    places, categories = facilities(work, network)
    with Stopwatch() as watch:
        told = places.accessibility(
            network,
            categories,
            list(work.sets),
            # It searches to less than the widest, and counts up to each.
            distances=[*LIMITS, LIMITS[-1] + 1],
            # A tenth of a second of ours is a metre of theirs.
            speed_m_s=1.0,
            pbar_disabled=True,
        )
    at = {node: number for number, node in enumerate(told.node_keys_py)}
    rows = [at[str(node)] if str(node) in at else at[node] for node in sources.tolist()]
    differences = Differences()
    for name in work.sets:
        for number, limit in enumerate(LIMITS):
            counted = np.asarray(told.result[name].count[limit])[rows]
            differences.add(work.counts[number][name][sources], counted)
    how = "`DataMap.accessibility` from live nodes"
    return [row("counts", how, watch.seconds, len(sources), work.vertices, differences)]


def graph(work, live):
    """The same nodes and edges; each edge as one of transport, which has a time."""
    network = rustalgos.graph.NetworkStructure()
    network.set_is_directed(True)
    east = np.cos(np.radians(work.lat.mean())) * 111_320
    x, y = (work.lon - work.lon.mean()) * east, (work.lat - work.lat.mean()) * 110_574
    # Facilities are met at their nodes alone.
    away = work.vertices + np.arange(sum(1 for _ in members(work)))
    x[away], y[away] = AWAY + APART * np.arange(len(away)), 0.0
    for node in range(work.nodes):
        network.add_street_node(node, float(x[node]), float(y[node]), node in live, 1.0)
    edges = zip(work.source.tolist(), work.target.tolist(), work.cost.tolist())
    for source, target, cost in edges:
        network.add_transport_edge(source, target, 0, source, target, float(cost))
    # Places are assigned to streets: a metre of street at each facility.
    for number, node in enumerate(away.tolist()):
        at = AWAY + APART * number
        end = network.add_street_node(f"end of {node}", at, 1.0, False, 1.0)
        line = f"LINESTRING ({at} 0, {at} 1)"
        network.add_street_edge(node, end, 0, node, f"end of {node}", line)
        back = f"LINESTRING ({at} 1, {at} 0)"
        network.add_street_edge(end, node, 0, f"end of {node}", node, back)
    network.validate()
    network.build_edge_rtree()
    return network


def members(work):
    return sorted({node for nodes in work.sets.values() for node in nodes})


def facilities(work, network):
    """A place for every facility and set, at the facility's node."""
    places, categories = rustalgos.data.DataMap(), {}
    for name, nodes in work.sets.items():
        for node in nodes:
            key = f"{name} {node}"
            categories[key] = name
            places.insert(key, f"POINT ({AWAY + APART * (node - work.vertices)} 0)")
    places.assign_data_to_network(network, 0.5, 4)
    return places, categories


os.environ.setdefault("RAYON_NUM_THREADS", "1")
main(measured)
