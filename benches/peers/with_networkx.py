"""networkx.single_source_dijkstra_path_length."""

import networkx as nx
import numpy as np

from work import LIMITS, Differences, Stopwatch, Work, main, row

SOME = 60


def measured(folder):
    work = Work(folder)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(work.nodes))
    edges = zip(work.source.tolist(), work.target.tolist(), work.cost.tolist())
    graph.add_weighted_edges_from(edges)
    sources = work.some(SOME).tolist()
    found = {name: np.zeros((len(LIMITS), len(sources))) for name in work.sets}
    with Stopwatch() as watch:
        for at, source in enumerate(sources):
            costs = nx.single_source_dijkstra_path_length(graph, source, cutoff=LIMITS[-1])
            for name, members in work.sets.items():
                near = [costs[node] for node in members if node in costs]
                for limit, most in enumerate(LIMITS):
                    found[name][limit, at] = sum(cost <= most for cost in near)
    differences = Differences()
    for name in work.sets:
        for limit in range(len(LIMITS)):
            differences.add(work.counts[limit][name][sources], found[name][limit])
    how = "`single_source_dijkstra_path_length`, `cutoff`, a node at a time"
    return [row("counts", how, watch.seconds, len(sources), work.vertices, differences)]


main(measured)
