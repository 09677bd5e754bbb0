"""What every peer is given, and what its answers are compared with."""

import csv
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

# 5, 10 and 15 minutes, in tenths of a second.
LIMITS = (3_000, 6_000, 9_000)
MINUTES = (5, 10, 15)


class Work:
    """The tables of `network --export`, and the answers of `bench --answers`."""

    def __init__(self, folder):
        export, answers = Path(folder) / "export", Path(folder) / "answers"
        self.folder = Path(folder)
        self.lon, self.lat = _columns(export / "nodes.csv")[1:]
        edges = _columns(export / "edges.csv")
        self.source, self.target, self.cost = (column.astype(np.int64) for column in edges)
        self.nodes = len(self.lon)
        self.sets = {}
        with open(export / "facilities.csv", encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                self.sets.setdefault(row["set"], []).append(int(row["node"]))
        if not self.sets:
            raise SystemExit("no set has a facility: there is nothing to measure")
        self.origins = _columns(export / "origins.csv")[1].astype(np.int64)
        # Those from which is searched: all vertices of the walks.
        self.vertices = min(min(nodes) for nodes in self.sets.values())
        # What answers for all nodes at once answers for the samples, too.
        self.answered = np.concatenate([np.arange(self.vertices), self.origins])
        self.nearest = self._answers(answers / "nearest.csv", "cost")
        self.counts = [self._answers(answers / "counts.csv", f"{at}min") for at in MINUTES]

    def _answers(self, path, suffix):
        """For every set one answer a node; -1 where there is none."""
        with open(path, encoding="utf-8") as file:
            names = file.readline().rstrip("\n").split(",")
        rows = np.genfromtxt(path, delimiter=",", skip_header=1, filling_values=-1)
        answers = {}
        for name in self.sets:
            found = np.full(self.nodes, -1, dtype=np.int64)
            found[rows[:, 0].astype(np.int64)] = rows[:, names.index(f"{name}_{suffix}")]
            answers[name] = found
        return answers

    def some(self, many):
        """So many of the vertices, evenly."""
        return np.unique(np.linspace(0, self.vertices - 1, many).astype(np.int64))


def _columns(path):
    return np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2).T


class Differences:
    """How many answers were compared, how many are not the same, and by how much."""

    def __init__(self):
        self.compared = self.differ = self.most = 0

    def add(self, ours, theirs):
        apart = np.abs(np.asarray(ours) - np.asarray(theirs))
        self.compared += apart.size
        self.differ += int(np.count_nonzero(apart))
        self.most = max(self.most, float(apart.max(initial=0)))


class Stopwatch:
    """CPU seconds of this process, all threads together."""

    def __enter__(self):
        self.begun = time.process_time()
        return self

    def __exit__(self, *_):
        self.seconds = time.process_time() - self.begun


def row(task, how, seconds, done, of, differences=None):
    """One line: so many of so many places took so many CPU seconds."""
    compared = differences or Differences()
    return {
        "task": task,
        "how": how,
        "cpu_s": seconds,
        "done": int(done),
        "of": int(of),
        "compared": compared.compared,
        "differ": compared.differ,
        "most": compared.most,
    }


def main(measured):
    """Runs a peer on the folder that is named, and tells the rows as JSON."""
    rows = measured(sys.argv[1])
    # Some print on the way.
    Path(sys.argv[2]).write_text(json.dumps(rows), encoding="utf-8")
    sys.stdout.flush()
    # A peer's threads or caches must not hold up the next one.
    os._exit(0)
