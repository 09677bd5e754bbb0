"""scipy.sparse.csgraph.dijkstra."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from work import LIMITS, Differences, Stopwatch, Work, main, row

SOME = 300


def measured(folder):
    work = Work(folder)
    shape = (work.nodes, work.nodes)
    forward = csr_array((work.cost.astype(float), (work.source, work.target)), shape=shape)
    backward = csr_array((work.cost.astype(float), (work.target, work.source)), shape=shape)
    return [nearest(work, backward), counts(work, forward)]


def nearest(work, backward):
    with Stopwatch() as watch:
        found = {
            name: dijkstra(backward, indices=members, min_only=True)
            for name, members in work.sets.items()
        }
    differences = Differences()
    for name, costs in found.items():
        costs = np.where(np.isinf(costs), -1, costs)[work.answered]
        differences.add(work.nearest[name][work.answered], costs)
    how = "`csgraph.dijkstra`, `min_only`, a set at a time, edges reversed"
    return row("nearest", how, watch.seconds, len(work.answered), work.vertices, differences)


def counts(work, forward):
    sources = work.some(SOME)
    sets = {name: np.array(members) for name, members in work.sets.items()}
    found = {name: np.empty((len(LIMITS), len(sources))) for name in sets}
    with Stopwatch() as watch:
        for at, source in enumerate(sources):
            costs = dijkstra(forward, indices=source, limit=LIMITS[-1])
            for name, members in sets.items():
                near = costs[members]
                for limit, most in enumerate(LIMITS):
                    found[name][limit, at] = np.count_nonzero(near <= most)
    differences = Differences()
    for name in sets:
        for limit in range(len(LIMITS)):
            differences.add(work.counts[limit][name][sources], found[name][limit])
    how = "`csgraph.dijkstra`, `limit`, a node at a time"
    return row("counts", how, watch.seconds, len(sources), work.vertices, differences)


main(measured)
