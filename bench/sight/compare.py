#!/usr/bin/env python3
"""Measures `abatis viewshed` against gdal_viewshed and GRASS r.viewshed on the same made-up relief,
with and without forest, interleaved, and holds every result to the plain walk along the lines.

    bench/sight/run                                   # 20 km, 3 rounds
    bench/sight/run --radii 20000,50000 --many 100 --write
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "travel"))

import measure  # noqa: E402

sys.path.insert(0, HERE)
import peers  # noqa: E402

BEGIN = "<!-- bench/sight: begin -->"
END = "<!-- bench/sight: end -->"
CELL, WEST, NORTH = 30.0, 300000.0, 6200000.0


class Case:
    """One surface, one radius, one or many observers near the middle."""

    def __init__(self, wish, kind, radius, observers):
        self.radius = radius
        self.size = 2 * int(radius / CELL) + 201
        self.kind = kind
        self.folder = os.path.join(wish.work, f"made-{wish.seed}-{self.size}")
        self.dem = os.path.join(self.folder, f"{kind}.plain.tif")
        if not os.path.exists(self.dem):
            os.makedirs(self.folder, exist_ok=True)
            maker = os.path.join(wish.tools, "bench_sight_surface")
            measure.run([maker, str(self.size), self.folder, str(wish.seed)], self.folder)
            for name in ("terrain", "surface"):
                # Uncompressed: nobody's figure is the speed of a decompressor.
                subprocess.run(
                    ["gdal_translate", "-q", "-co", "TILED=YES"]
                    + [os.path.join(self.folder, f"{name}.{end}tif") for end in ("", "plain.")],
                    check=True,
                )
        # A lattice of cells in the middle, the first in the very middle.
        half = self.size // 2
        steps = [(k * 7 % 19 - 9 if k else 0, k * 11 % 23 - 11 if k else 0) for k in range(observers)]
        self.at = [
            (WEST + (half + c * 4 + 0.5) * CELL, NORTH - (half + r * 4 + 0.5) * CELL)
            for r, c in steps
        ]

    def title(self):
        what = "terrain" if self.kind == "terrain" else "terrain and forest"
        of = f"{len(self.at)} observers" if len(self.at) > 1 else "one observer"
        return f"{what}, {self.radius / 1000:g} km, {of}"


def text_of(case, rows, rounds, checked):
    """`rows`: [(who, [Run], cells, off or None)]."""
    rates = {}
    for who, runs, cells, _ in rows:
        rates[who.name] = cells / statistics.median(r.search_cpu_s for r in runs) / 1e6
    ours = rates.get("abatis, 1 thread")
    lines = [
        f"### {case.title()}",
        "",
        f"Medians of {rounds} interleaved round{'s' if rounds > 1 else ''}. *Off*: cells that differ "
        f"from the exact answer, of {checked['cells']:,} looked at ({checked['ties']} ties within a "
        "millimetre left out).",
        "",
        "| who | million cells a CPU second of computing | times | wall of computing, s "
        "| whole process, CPU s | peak memory, MB | off |",
        "|---|---|---|---|---|---|---|",
    ]
    for who, runs, _, off in rows:
        middle = lambda what: statistics.median(getattr(r, what) for r in runs)  # noqa: E731
        share = "" if off is None else f"{off} ({100 * off / checked['cells']:.3g} %)"
        wall = "" if runs[0].search_wall_s is None else f"{middle('search_wall_s'):.3g}"
        lines.append(
            f"| {who.name} | {rates[who.name]:.3g} | {ours / rates[who.name]:.3g} | {wall} "
            f"| {middle('cpu_s'):.3g} | {middle('peak') / 1e6:.0f} | {share} |"
        )
    walls = {w.name: statistics.median(r.search_wall_s for r in runs)
             for w, runs, _, _ in rows if runs[0].search_wall_s is not None}
    if "abatis, 2 threads" in walls:
        gain = walls["abatis, 1 thread"] / walls["abatis, 2 threads"]
        lines += ["", f"The second thread makes the computing {gain:.2f} times as fast by the wall."]
    return "\n".join(lines)


def check(case, wish, sides):
    """The plain walk on the first observer's results."""
    if len(case.at) > 1:
        return {"cells": 1, "ties": 0, "off": []}
    x, y = case.at[0]
    argv = [os.path.join(wish.tools, "bench_sight_reference"), case.dem, str(x), str(y)]
    argv += ["30", "2", str(case.radius), str(1 / 7), str(wish.every)]
    argv += [side.result(case) for side in sides]
    _, said = measure.run(argv, case.folder)
    return json.loads(said)


def measure_case(case, everyone, wish):
    sides = [who for who in everyone if not who.missing() and who.takes(case, wish)]
    runs = {who: [] for who in sides}
    cells = {}
    for who in sides:
        who.prepare(case)
    for _ in range(wish.rounds):
        for who in sides:
            run, cells[who] = who.run(case, wish.lock)
            runs[who].append(run)
            print(f"  {case.title()}: {who.name}: {run.search_cpu_s:.3f} CPU s of computing, "
                  f"{cells[who] / run.search_cpu_s / 1e6:.3g} million cells a CPU second",
                  file=sys.stderr, flush=True)
    comparable = [who for who in sides if who.comparable]
    found = check(case, wish, comparable)
    off = dict(zip(comparable, found["off"]))
    rows = [(who, runs[who], cells[who], off.get(who)) for who in sides]
    return text_of(case, rows, wish.rounds, found)


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    build = os.path.join(ROOT, "build")
    parser.add_argument("--radii", default="20000", help="metres, comma between")
    parser.add_argument("--many", type=int, default=0, help="and this many observers at 20 km")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="check one cell in so many")
    parser.add_argument("--only", default="", metavar="REGEX", help="only these, by name")
    parser.add_argument("--longest", type=float, default=50000,
                        help="greatest radius for r.viewshed, m")
    parser.add_argument("--lock", metavar="FILE", help="hold this file's lock during each run")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    parser.add_argument("--work", default=os.path.join(build, "bench-sight"))
    parser.add_argument("--abatis", default=os.path.join(build, "release", "bin", "abatis"))
    parser.add_argument("--tools", default=os.path.join(build, "bench", "bin"))
    wish = parser.parse_args()
    wish.work, wish.abatis, wish.tools = map(os.path.abspath, (wish.work, wish.abatis, wish.tools))
    return wish


def main():
    wish = parse()
    everyone = [w for w in peers.everyone(wish.abatis) if re.search(wish.only, w.name)]
    for who in everyone:
        if who.missing():
            print(f"{who.name}: {who.missing()}", file=sys.stderr)
    wanted = [(float(radius), 1) for radius in wish.radii.split(",")]
    if wish.many:
        wanted.append((20000.0, wish.many))
    parts = []
    for radius, observers in wanted:
        for kind in ("terrain", "surface"):
            parts.append(measure_case(Case(wish, kind, radius, observers), everyone, wish))
            print(parts[-1] + "\n", flush=True)
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    words = [w for w in sys.argv[1:] if w != "--write"]
    head = f"Command: `{' '.join(['bench/sight/run', *words])}`. {os.cpu_count()} x "
    head += (model.group(1) if model else "unknown processor") + "."
    notes = [f"- {who.name}: {who.how}." for who in everyone if not who.missing()]
    notes += [f"- {who.name}: {who.missing()}." for who in everyone if who.missing()]
    text = "\n\n".join([head, *parts, "How each was measured:\n\n" + "\n".join(notes)])
    if wish.write:
        path = os.path.join(ROOT, "bench", "README.md")
        with open(path) as file:
            page = file.read()
        block = f"{BEGIN}\n{text}\n{END}"
        page = re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: block, page, flags=re.S)
        with open(path, "w") as file:
            file.write(page)


if __name__ == "__main__":
    try:
        main()
    except measure.Failed as failed:
        sys.exit(f"bench/sight: {failed}")
