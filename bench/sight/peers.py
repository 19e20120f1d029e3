"""Who is measured: how each is found, prepared and run, and what its figures mean."""

import functools
import json
import os
import shutil
import subprocess

import measure

TINY = 100.0  # m: a radius whose run is reading, writing and starting alone


class Side:
    name = ""
    how = ""
    comparable = True  # its result says of each cell whether it is seen

    def missing(self):
        return None

    def takes(self, case, wish):
        return True

    def prepare(self, case):
        pass

    def result(self, case):
        name = self.name.replace(" ", "-").replace(",", "")
        return os.path.join(case.folder, f"{name}-{case.kind}.tif")


class Abatis(Side):
    def __init__(self, program, threads, kind="count", simd=None):
        self.program, self.threads, self.kind, self.simd = program, threads, kind, simd
        self.name = f"abatis, {threads} thread{'s' if threads > 1 else ''}"
        self.name += ", heights" if kind == "height" else ""
        self.name += f", {simd}" if simd else ""
        self.comparable = kind == "count"
        self.how = "compute_cpu_s and compute_s of its --json; all observers in one run"

    def missing(self):
        return None if os.access(self.program, os.X_OK) else f"not built: {self.program}"

    def takes(self, case, wish):
        return len(case.at) == 1 or (self.kind == "count" and not self.simd)

    def run(self, case, lock):
        at = ";".join(f"{x},{y}" for x, y in case.at)
        argv = [self.program, "viewshed", "--surface", case.dem, "--at", at]
        argv += ["--observer-height", "30", "--target-height", "2", "--radius", str(case.radius)]
        argv += ["--refraction", "1/7", "--output-kind", self.kind, "-o", self.result(case)]
        argv += ["--threads", str(self.threads), "--json"]
        env = dict(os.environ, ABATIS_SIMD=self.simd) if self.simd else None
        run, said = measure.run(argv, case.folder, env=env, lock=lock)
        run = measure.with_own_times(run, said)
        return run, json.loads(said.strip().splitlines()[-1])["cells"]


def disc_cells(case):
    """Cells of one view: the peers do not say."""
    reach = case.radius / 30.0
    n = int(reach)
    return sum(2 * int((reach * reach - r * r) ** 0.5) + 1 for r in range(-n, n + 1))


class Less(Side):
    """A peer of which the computing is the whole process less a run with a tiny radius."""

    most = 5  # observers: further ones cost the same

    def once(self, case, at, radius, lock):
        raise NotImplementedError

    def run(self, case, lock):
        total, cells = None, 0
        for at in case.at[: self.most]:
            small = self.once(case, at, TINY, lock)
            whole = self.once(case, at, case.radius, lock)
            cells += disc_cells(case)
            whole.search_cpu_s = max(whole.cpu_s - small.cpu_s, 1e-3)
            whole.search_wall_s = None
            if total is None:
                total = whole
            else:
                total.cpu_s += whole.cpu_s
                total.search_cpu_s += whole.search_cpu_s
        return total, cells


class GdalViewshed(Less):
    name = "gdal_viewshed"
    how = (
        "whole process less a run with a radius of 100 m; of many observers the first five, one "
        "process each (it takes one); -cc 6/7"
    )

    def missing(self):
        return None if shutil.which("gdal_viewshed") else "not installed"

    def once(self, case, at, radius, lock):
        part = os.path.join(case.folder, "gdal-part.tif")
        argv = ["gdal_viewshed", "-q", "-ox", str(at[0]), "-oy", str(at[1]), "-oz", "30"]
        argv += ["-tz", "2", "-md", str(radius), "-cc", str(6 / 7), "-vv", "1", "-iv", "0"]
        argv += ["-ov", "0", case.dem, part]
        run, _ = measure.run(argv, case.folder, lock=lock)
        if radius != TINY:  # it writes the window of the radius: back onto the cells of the surface
            end = case.size * 30.0
            subprocess.run(
                ["gdalwarp", "-q", "-overwrite", "-te", "300000", str(6200000 - end)]
                + [str(300000 + end), "6200000", "-tr", "30", "30", part, self.result(case)],
                check=True,
            )
        return run


class Grass(Less):
    name = "GRASS r.viewshed"
    how = (
        "whole process less a run with a radius of 100 m, maps in GRASS already (LZ4), -b -c -r, "
        "memory=4000; of many observers the first alone"
    )
    most = 1

    def missing(self):
        return None if shutil.which("grass") else "not installed"

    def takes(self, case, wish):
        return case.radius <= wish.longest

    @functools.cached_property
    def base(self):
        asked = subprocess.run(
            ["grass", "--config", "path"], capture_output=True, text=True, check=True
        )
        return asked.stdout.strip()

    def env(self, case):
        return dict(
            os.environ,
            GISBASE=self.base,
            GISRC=os.path.join(case.folder, f"gisrc-{case.kind}"),
            LD_LIBRARY_PATH=os.path.join(self.base, "lib"),
            PATH=os.path.join(self.base, "bin") + os.pathsep + os.environ["PATH"],
            GRASS_COMPRESSOR="LZ4",
            GRASS_VERBOSE="0",
            GRASS_OVERWRITE="1",
        )

    def prepare(self, case):
        place = f"grass-{case.kind}"
        if not os.path.exists(os.path.join(case.folder, place + ".stamp")):
            shutil.rmtree(os.path.join(case.folder, place), ignore_errors=True)
            subprocess.run(
                ["grass", "-c", case.dem, os.path.join(case.folder, place), "-e"],
                check=True,
                capture_output=True,
            )
            with open(os.path.join(case.folder, f"gisrc-{case.kind}"), "w") as file:
                file.write(f"GISDBASE: {case.folder}\nLOCATION_NAME: {place}\n"
                           "MAPSET: PERMANENT\nGUI: text\n")
            for argv in (["r.in.gdal", f"input={case.dem}", "output=dem"],
                         ["g.region", "raster=dem"]):
                measure.run(argv, case.folder, env=self.env(case))
            with open(os.path.join(case.folder, place + ".stamp"), "w"):
                pass

    def once(self, case, at, radius, lock):
        argv = ["r.viewshed", "-b", "-c", "-r", "input=dem", "output=seen"]
        argv += [f"coordinates={at[0]},{at[1]}", "observer_elevation=30", "target_elevation=2"]
        argv += [f"max_distance={radius}", f"refraction_coeff={1 / 7}", "memory=4000"]
        run, _ = measure.run(argv, case.folder, env=self.env(case), lock=lock)
        if radius != TINY:
            argv = ["r.out.gdal", "-f", "-c", "input=seen", f"output={self.result(case)}"]
            measure.run(argv + ["type=Float32"], case.folder, env=self.env(case))
        return run


def everyone(abatis):
    return [
        Abatis(abatis, 1),
        Abatis(abatis, 2),
        Abatis(abatis, 1, simd="avx2"),
        Abatis(abatis, 1, simd="plain"),
        Abatis(abatis, 1, kind="height"),
        GdalViewshed(),
        Grass(),
    ]
