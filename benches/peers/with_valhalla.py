"""Valhalla's isochrones for pedestrians, from the same extract."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import valhalla
from valhalla import Actor, get_config

from work import Stopwatch, Work, main, row

# An adult's 1.2 m/s, in km/h.
SPEED = 4.32


def measured(folder):
    work = Work(folder)
    home = work.folder / "valhalla"
    # Tiles of an earlier run would be taken for those of this one.
    shutil.rmtree(home, ignore_errors=True)
    (home / "tiles").mkdir(parents=True)
    config = get_config(tile_extract="", tile_dir=str(home / "tiles"), verbose=False)
    config["mjolnir"]["concurrency"] = 1
    (home / "valhalla.json").write_text(json.dumps(config), encoding="utf-8")
    programs = Path(valhalla.__file__).parent / "bin"
    extract = (work.folder / "extract").read_text(encoding="utf-8").strip()
    command = [programs / "valhalla_build_tiles", "-c", home / "valhalla.json", extract]
    before = os.times()
    with open(home / "build.log", "w", encoding="utf-8") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log)
    after = os.times()
    built = after.children_user + after.children_system
    built -= before.children_user + before.children_system
    made = row("tiles", "`valhalla_build_tiles`, once a city, in none of the others", built, 1, 1)
    return [made, isochrones(work, Actor(config))]


def isochrones(work, actor):
    places = json.loads((work.folder / "places.json").read_text(encoding="utf-8"))
    drawn = 0
    with Stopwatch() as watch:
        for lon, lat in places:
            asked = {
                "locations": [{"lon": lon, "lat": lat}],
                "costing": "pedestrian",
                "costing_options": {"pedestrian": {"walking_speed": SPEED}},
                "contours": [{"time": 15}],
                "polygons": True,
            }
            try:
                drawn += len(actor.isochrone(json.dumps(asked))) > 0
            except valhalla.ValhallaError:
                # No street near by.
                continue
    how = "`Actor.isochrone`, pedestrian, polygons as GeoJSON text"
    return row("isochrones", how, watch.seconds, drawn, drawn)


main(measured)
