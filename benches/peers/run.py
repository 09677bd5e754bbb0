#!/usr/bin/env python3
"""Times other packages and living-circle on the same work, and writes a table of it."""

import argparse
import datetime
import json
import os
import platform
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ["scipy", "pandana", "cityseer", "networkx", "valhalla"]
START, END = "<!-- peers:start -->", "<!-- peers:end -->"
RUNS = 3

# From how many places isochrones are drawn.
PLACES = 1_000

# The stage of `bench` that does the work of a task.
STAGES = {"nearest": "nearest_of_nodes", "counts": "counts_of_nodes"}
TASKS = {
    "nearest": "nearest of every set, every node",
    "counts": "counts of every set within 5, 10 and 15 min, every node",
    "isochrones": "15-minute isochrones",
    "network": "made once: pandana's network",
    "tiles": "made once: Valhalla's tiles",
}


def main():
    asked = arguments()
    if ROOT == asked.home or ROOT in asked.home.parents:
        sys.exit("--home lies in the repository; name a folder outside")
    asked.home.mkdir(parents=True, exist_ok=True)
    python = environment(asked)
    program = asked.binary or built()
    parts = [head(asked.extracts, program, python)]
    print(parts[0], flush=True)
    cities = []
    for extract in asked.extracts:
        cities.append(City(extract, asked, program, python))
        parts.append(table(cities[-1]))
        print(f"\n{parts[-1]}", flush=True)
    if asked.write:
        between_marks(asked.write, "\n\n".join(parts))
    wrong = sum(row["differ"] for city in cities for row in city.rows)
    missing = [f"{city.name}: {peer}" for city in cities for peer in city.missing]
    for line in missing:
        print(f"not timed: {line}", file=sys.stderr)
    if wrong:
        sys.exit(f"{wrong} answers differ")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracts", nargs="+", type=Path, metavar="CITY.osm.pbf")
    home = "folder for the environment and all tables, outside the repository"
    parser.add_argument("--home", required=True, type=Path, help=home)
    parser.add_argument("--python", default=sys.executable, help="that of the environment")
    parser.add_argument("--binary", type=Path, help="living-circle; without it, it is built")
    parser.add_argument("--write", type=Path, help=f"page, between {START} and {END}")
    parser.add_argument("--only", default=",".join(PEERS), help="peers, joined by commas")
    asked = parser.parse_args()
    asked.home = asked.home.resolve()
    if asked.write:
        between_marks(asked.write, None)
    asked.only = [peer for peer in PEERS if peer in asked.only.split(",")]
    return asked


def environment(asked):
    """The Python of an environment with the packages that are pinned."""
    home = asked.home / "venv"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([asked.python, "-m", "venv", home], check=True)
    # One by one: a package without a wheel for this Python costs its own row alone.
    lines = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pip = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
    for package in (line for line in lines if line and not line.startswith("#")):
        if subprocess.run([*pip, package], check=False).returncode:
            print(f"cannot be installed: {package}", file=sys.stderr)
    return python


def built():
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    return Path(target) / "release" / "living-circle"


def cpu(command, env=None):
    """CPU seconds of a program and its children."""
    before = os.times()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\n{done.stderr[-2000:]}")
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


class City:
    """An extract: our times, and those of the peers."""

    def __init__(self, extract, asked, program, python):
        self.name = extract.name
        self.extract = extract.resolve()
        self.folder = asked.home / extract.name.removesuffix(".osm.pbf")
        self.folder.mkdir(exist_ok=True)
        (self.folder / "extract").write_text(str(self.extract), encoding="utf-8")
        self.program, self.python = program, python
        self.ours = self._ours()
        self.rows, self.missing = [], []
        for peer in asked.only:
            print(f"{self.name}: {peer} …", file=sys.stderr)
            self._time(peer)

    def _ours(self):
        """CPU seconds a place by task, and how many places."""
        print(f"{self.name}: living-circle …", file=sys.stderr)
        export, answers, out = (self.folder / at for at in ("export", "answers", "bench.json"))
        program = [self.program, "--threads", "1"]
        cpu([*program, "network", self.extract, "--export", export])
        bench = ["bench", self.extract, "--runs", str(RUNS)]
        cpu([*program, *bench, "--answers", answers, "--out", out])
        self.bench = json.loads(out.read_text(encoding="utf-8"))
        stages = {stage["stage"]: stage for stage in self.bench["stages"]}
        ours = {}
        for task, name in STAGES.items():
            stage = stages[name]
            timed = stage["timed"][0]
            ours[task] = (timed["cpu_s"] or timed["median_s"], stage["work"])
        ours["isochrones"] = self._isochrones(export)
        return ours

    def _isochrones(self, export):
        """What the isochrones of many places take more than that of one."""
        with open(export / "nodes.csv", encoding="utf-8") as nodes:
            # The first line is that of the names.
            at = [line.strip().split(",")[1:] for line in nodes][1:]
        vertices = self.bench["counts"]["nodes"]
        places = at[: vertices : -(-vertices // PLACES)]
        file = self.folder / "places.json"
        file.write_text(json.dumps([[float(lon), float(lat)] for lon, lat in places]))
        out = self.folder / "isochrones.geojson"
        command = [self.program, "--threads", "1", "isochrone", self.extract, "--overlap"]
        command += ["--within", "15min", "--out", out]
        options = [f"--from={lon},{lat}" for lon, lat in places]
        self.one, self.every = (
            sorted(cpu([*command, *of]) for _ in range(RUNS))[RUNS // 2]
            for of in (options[:1], options)
        )
        return (self.every - self.one, len(places) - 1)

    def _time(self, peer):
        out = self.folder / f"{peer}.json"
        out.unlink(missing_ok=True)
        names = ["OMP", "OPENBLAS", "MKL", "RAYON", "NUMEXPR"]
        env = {**os.environ, **{f"{name}_NUM_THREADS": "1" for name in names}}
        env["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [self.python, HERE / f"with_{peer}.py", self.folder, out]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if out.exists():
            rows = json.loads(out.read_text(encoding="utf-8"))
            self.rows += [{**row, "peer": peer} for row in rows]
        else:
            why = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            self.missing.append(f"{peer}: {why}")


def head(extracts, program, python):
    """What was run where."""
    lines = [f"*{machine()}; {datetime.date.today():%-d %B %Y}; one thread, CPU seconds.*", ""]
    lines += [f"*{versions(program, python)}.*", ""]
    names = " ".join(extract.name for extract in extracts)
    lines += [f"Command: `python3 benches/peers/run.py --home DIR {names}`"]
    return "\n".join(lines)


def table(city):
    """All work on one city, as Markdown."""
    counts = city.bench["counts"]
    numbers = ", ".join(f"{counts[at]:,} {at}" for at in ("nodes", "samples", "facilities", "sets"))
    lines = [f"### {city.name.removesuffix('.osm.pbf')}: {numbers}", ""]
    lines += ["| work | by | places timed | CPU s, all places | CPU µs a place | against ours | answers |"]
    lines += ["|---|---|---:|---:|---:|---:|---|"]
    for task, title in TASKS.items():
        rows = [row for row in city.rows if row["task"] == task]
        if task in city.ours:
            seconds, places = city.ours[task]
            each = seconds / places
            lines += [line(title, "living-circle", places, seconds, each, "1", "")]
            city.missing += [f"{row['peer']}, which answers for no place" for row in rows if not row["done"]]
            rows = [row for row in rows if row["done"]]
            for row in sorted(rows, key=lambda row: row["cpu_s"] / row["done"]):
                theirs = row["cpu_s"] / row["done"]
                by = f"{row['peer']}: {row['how']}"
                total = theirs * places
                ratio = f"{theirs / each:,.1f} ×"
                lines += [line(title, by, row["done"], total, theirs, ratio, agreed(row))]
        else:
            for row in rows:
                by = f"{row['peer']}: {row['how']}"
                lines += [line(title, by, 1, row["cpu_s"], None, "", "")]
    lines += ["", "Pandana and scipy's `min_only` answer for the samples, too. Our isochrones, written as GeoJSON:"]
    lines += [f"what `isochrone` takes for all places, {city.every:.2f} CPU s, more than for one, {city.one:.2f} CPU s."]
    for missing in city.missing:
        lines += [f"Not timed: {missing}."]
    return "\n".join(lines)


def line(task, by, places, seconds, each, ratio, answers):
    each = "" if each is None else f"{each * 1e6:,.1f}"
    return f"| {task} | {by} | {places:,} | {seconds:,.3f} | {each} | {ratio} | {answers} |"


def agreed(row):
    if not row["compared"]:
        return "not compared"
    if not row["differ"]:
        return f"{row['compared']:,} equal"
    return f"**{row['differ']:,} of {row['compared']:,} differ, by {row['most']:g} at most**"


def machine():
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((at.split(":")[1].strip() for at in info if at.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def versions(program, python):
    ours = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    head = ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, capture_output=True, text=True, check=False).stdout.strip()
    freeze = [python, "-m", "pip", "freeze"]
    installed = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout.split()
    pinned = [at for at in installed if at.lower().split("==")[0] in [*PEERS, "pyvalhalla", "numpy"]]
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
    parts = [f"{ours.stdout.strip()} ({commit})", version.stdout.strip()]
    return ", ".join([*parts, *(at.replace("==", " ") for at in pinned)])


def between_marks(page, text):
    """The table in the place of an earlier one; without a text only whether there is one."""
    content = page.read_text(encoding="utf-8")
    if START not in content or END not in content:
        sys.exit(f"{page} has no {START} and {END}")
    if text is None:
        return
    before, rest = content.split(START, 1)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
