#!/usr/bin/env python3
"""Measures `abatis travel` and every peer that is installed on the same rasters, interleaved.

    bench/travel/run --sizes 1000,5000 --rounds 3           # builds, makes rasters, measures
    bench/travel/run --sizes 5000,10000 --rounds 3 --write  # and writes bench/README.md
    bench/travel/run --sizes 5000 --real ../shared/data     # a data folder's land cover too
    bench/travel/run --only 'abatis|heap' --list            # who there is, and who is missing here
    bench/travel/run --sizes 10000 --reuse GRASS            # these as measured last, not again
"""

import argparse
import dataclasses
import json
import os
import re
import subprocess
import sys

import measure
import peers
import table

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Case:
    """A raster to measure on, made when it is not there yet."""

    def __init__(self, maker, work, size, seed, data):
        self.size = size
        self.data = data
        kind = "real" if data else f"made-{seed}"
        self.folder = os.path.join(work, f"{kind}-{size}")
        os.makedirs(self.folder, exist_ok=True)
        self.friction = os.path.join(self.folder, "plain.tif")
        self.elevation = os.path.join(self.folder, "elevation.tif")
        facts = os.path.join(self.folder, "facts.json")
        if not os.path.exists(facts):
            argv = [maker, str(size), self.folder, "--seed", str(seed)]
            argv += ["--data", data] if data else ["--elevation"]
            _, said = measure.run(argv, self.folder)
            # Uncompressed: nobody's figure is the speed of a decompressor.
            subprocess.run(
                ["gdal_translate", "-q", "-co", "TILED=YES", "-co", "BIGTIFF=IF_SAFER"]
                + [os.path.join(self.folder, "friction.tif"), self.friction],
                check=True,
            )
            with open(facts, "w") as file:
                file.write(said)
        with open(facts) as file:
            known = json.load(file)
        self.cells = known["rows"] * known["cols"]
        self.passable = known["passable"]
        self.x, self.y = known["source"]
        self.row, self.col = known["source_row"], known["source_col"]

    def title(self):
        what = "Land cover and roads of the data folder" if self.data else "Made-up country"
        return (
            f"{what}, {self.size} x {self.size}, "
            f"{100 * self.passable / self.cells:.0f} % passable, 8 neighbours"
        )


def agreement(reference, who, case):
    """Differences from the reference's result, or None where they cannot be compared."""
    python = peers.python_with("numpy", "osgeo.gdal")
    if python is None or reference is None or who is reference or not who.cells_rule:
        return None
    argv = [python, os.path.join(peers.TOOLS, "agreement.py")]
    _, said = measure.run(argv + [reference.result(case), who.result(case)], case.folder)
    return json.loads(said)


def cannot(who, case, wish, slowest):
    """Why this one is not run on this raster, or None. `slowest`: CPU seconds a cell so far."""
    if who.name == "GRASS r.walk" and not os.path.exists(case.elevation):
        return "needs an elevation, which this raster has not"
    expected = slowest.get(who.name, 0.0) * case.cells
    if expected > wish.longest:
        return f"left out: about {expected:.0f} CPU s a run (--longest {wish.longest:g})"
    return None


class Kept:
    """Runs of earlier calls, in a file beside the rasters, by raster and name."""

    def __init__(self, work):
        self.path = os.path.join(work, "runs.json")

    def all(self):
        if not os.path.exists(self.path):
            return {}
        with open(self.path) as file:
            return json.load(file)

    def of(self, case, who):
        kept = self.all().get(os.path.basename(case.folder), {}).get(who.name, [])
        return [measure.Run(**run) for run in kept]

    def keep(self, case, who, runs):
        # Read anew: another call may have measured another raster meanwhile.
        everything = self.all()
        of_case = everything.setdefault(os.path.basename(case.folder), {})
        of_case[who.name] = [dataclasses.asdict(run) for run in runs]
        with open(self.path, "w") as file:
            json.dump(everything, file, indent=1)


def one_round(case, who, lock):
    """A run, or the last words of a program that failed."""
    try:
        run = who.run(case, lock)
    except measure.Failed as failed:
        return None, "failed: " + str(failed).strip().splitlines()[-1]
    print(
        f"  {case.size}: {who.name}: {run.cpu_s:.2f} CPU s, search {run.search_cpu_s:.3f}, "
        f"{run.peak / case.cells:.1f} bytes a cell",
        file=sys.stderr,
        flush=True,
    )
    return run, None


def measure_case(case, everyone, wish, slowest, kept):
    """All rounds of one raster, as table.of_case wants them."""
    runs, absent, again = {}, {}, []
    for who in everyone:
        if wish.reuse and re.search(wish.reuse, who.name) and kept.of(case, who):
            runs[who] = kept.of(case, who)
            continue
        absent[who] = who.missing() or cannot(who, case, wish, slowest)
        if absent[who] is None:
            who.prepare(case)
            runs[who] = []
            again.append(who)
    for _ in range(wish.rounds):
        for who in again:
            if absent[who]:
                continue
            run, absent[who] = one_round(case, who, wish.lock)
            runs[who].append(run)
    runs = {who: done for who, done in runs.items() if not absent.get(who)}
    for who, done in runs.items():
        kept.keep(case, who, done)
        slowest[who.name] = max(run.cpu_s for run in done) / case.cells
    reference = next((who for who in again if who in runs and who.cells_rule), None)
    return {
        "title": case.title(),
        "cells": case.cells,
        "rounds": wish.rounds,
        "rows": [
            (
                who.name + ("" if who in again else " (earlier)"),
                done,
                agreement(reference, who, case) if who in again else None,
            )
            for who, done in runs.items()
        ],
        "absent": [(who.name, why) for who, why in absent.items() if why],
        "reference": reference.name if reference else "nobody",
    }


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return f"{os.cpu_count()} x {model.group(1) if model else 'unknown processor'}."


def notes(everyone):
    out = []
    for who in everyone:
        if who.missing() is None and not isinstance(who, peers.Abatis):
            version = f" {who.version()}" if who.version() else ""
            out.append(f"{who.name}{version}: search alone is {who.how}.")
    out.append("abatis: search alone is compute_cpu_s of its --json, the sum over its threads.")
    out.append(
        "Whole process: user and system time and peak memory by wait4(); reading and writing "
        "included, imports into GRASS not."
    )
    return out


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    build = os.path.join(ROOT, "build")
    parser.add_argument("--sizes", default="1000", help="edges in cells, ascending (default 1000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", metavar="FOLDER", help="a data folder's land cover too")
    parser.add_argument("--only", default="", metavar="REGEX", help="only these, by name")
    parser.add_argument("--longest", type=float, default=600.0, metavar="S",
                        help="leave out who would take more CPU seconds a run (default 600)")
    parser.add_argument("--reuse", metavar="REGEX",
                        help="do not run these again where an earlier call measured them")
    parser.add_argument("--lock", metavar="FILE", help="hold this file's lock during each run")
    parser.add_argument("--list", action="store_true", help="say who is there, and stop")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    parser.add_argument("--work", default=os.path.join(build, "bench-travel"),
                        help="folder for rasters and results")
    parser.add_argument("--abatis", default=os.path.join(build, "release", "bin", "abatis"))
    parser.add_argument("--tools", default=os.path.join(build, "bench", "bin"))
    wish = parser.parse_args()
    # Programs are run in folders of their own.
    wish.work, wish.abatis, wish.tools = map(os.path.abspath, (wish.work, wish.abatis, wish.tools))
    return wish


def main():
    wish = parse()
    everyone = peers.everyone(wish.abatis, os.path.join(wish.tools, "bench_travel_kernel"))
    everyone = [who for who in everyone if re.search(wish.only, who.name)]
    if wish.list:
        for who in everyone:
            print(f"{who.name}: {who.missing() or 'here ' + who.version()}")
        return
    maker = os.path.join(wish.tools, "bench_make_raster")
    kept = Kept(wish.work)
    cases, slowest = [], {}
    for data in [None, wish.real] if wish.real else [None]:
        for size in sorted(int(size) for size in wish.sizes.split(",")):
            case = Case(maker, wish.work, size, wish.seed, data and os.path.abspath(data))
            cases.append(measure_case(case, everyone, wish, slowest, kept))
            print(table.of_case(cases[-1]) + "\n", flush=True)
    words = [w for w in sys.argv[1:] if w != "--write"]
    if "--lock" in words:  # says nothing about what was measured
        del words[words.index("--lock") : words.index("--lock") + 2]
    command = " ".join(["bench/travel/run", *words])
    text = table.whole_text(cases, command, machine(), notes(everyone))
    if wish.write:
        path = os.path.join(ROOT, "bench", "README.md")
        with open(path) as file:
            page = file.read()
        with open(path, "w") as file:
            file.write(table.put_between_markers(page, text))


if __name__ == "__main__":
    try:
        main()
    except measure.Failed as failed:
        sys.exit(f"bench/travel: {failed}")
