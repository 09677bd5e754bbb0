"""pandana.Network: nearest_pois and aggregate."""

import numpy as np
import pandas as pd
from pandana import Network

from work import LIMITS, Differences, Stopwatch, Work, main, row

# Costs are whole numbers, but not all of those that pandana adds up.
HALF = 0.5


def measured(folder):
    work = Work(folder)
    # Places are found by coordinates: a node a number, so that none is taken for another.
    x, y = pd.Series(np.arange(work.nodes, dtype=float)), pd.Series(np.zeros(work.nodes))
    source, target = pd.Series(work.source), pd.Series(work.target)
    cost = pd.DataFrame({"cost": work.cost.astype(float)})
    with Stopwatch() as watch:
        network = Network(x, y, source, target, cost, twoway=False)
    made = row("network", "`Network`, once a city, in none of the others", watch.seconds, 1, 1)
    return [made, nearest(work, network, x, y), counts(work, network)]


def nearest(work, network, x, y):
    # As far as the farthest nearest is, so that all are found.
    most = float(max(costs[: work.vertices].max() for costs in work.nearest.values()) + 1)
    found = {}
    with Stopwatch() as watch:
        for name, members in work.sets.items():
            network.set_pois(name, most, 1, x[members], y[members])
            found[name] = network.nearest_pois(most, name, num_pois=1)[1].to_numpy()
    differences = Differences()
    for name, costs in found.items():
        costs = np.where(costs >= most, -1, np.rint(costs))[work.answered]
        differences.add(work.nearest[name][work.answered], costs)
    how = "`set_pois` and `nearest_pois`"
    return row("nearest", how, watch.seconds, len(work.answered), work.vertices, differences)


def counts(work, network):
    found = {}
    with Stopwatch() as watch:
        network.precompute(LIMITS[-1] + HALF)
        for name, members in work.sets.items():
            network.set(pd.Series(members), name=name)
            for at, limit in enumerate(LIMITS):
                kind = {"type": "count", "decay": "flat", "name": name}
                found[name, at] = network.aggregate(limit + HALF, **kind).to_numpy()
    differences = Differences()
    for (name, at), counted in found.items():
        ours = work.counts[at][name][work.answered]
        differences.add(ours, counted[work.answered])
    how = "`precompute` and `aggregate`"
    return row("counts", how, watch.seconds, len(work.answered), work.vertices, differences)


main(measured)
