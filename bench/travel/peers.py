"""Who is measured: how each is found, prepared, run, and what its figures mean."""

import functools
import os
import shutil
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(HERE, "tools")


class Who:
    """One side of the comparison. `how` says what `search alone` means for it."""

    name = ""
    how = ""
    neighbours = 8
    cells_rule = True  # the same graph and the same cost of a move as ours, so results must agree

    def missing(self):
        """None, or why it cannot be run here."""
        return None

    def version(self):
        return ""

    def prepare(self, case):
        """What is not measured: imports into the peer's own format."""

    def run(self, case, lock):
        """One measured run; the result lies at result(case) afterwards."""
        raise NotImplementedError

    def result(self, case):
        return os.path.join(case.folder, self.name.replace(" ", "-") + ".tif")


class Abatis(Who):
    def __init__(self, program, neighbours, threads):
        self.program = program
        self.neighbours = neighbours
        self.threads = threads
        self.name = f"abatis, {threads} thread{'s' if threads > 1 else ''}"
        if neighbours != 8:
            self.name += f", {neighbours} neighbours"
        self.cells_rule = neighbours == 8
        self.how = "what --json says of itself"

    def missing(self):
        if not os.access(self.program, os.X_OK):
            return f"not built: {self.program}"
        shown = subprocess.run(
            [self.program, "travel", "--help"], capture_output=True, text=True, check=False
        )
        return None if "--friction" in shown.stdout else "this build has no travel --friction"

    def run(self, case, lock):
        argv = [self.program, "travel", "--friction", case.friction]
        argv += ["--friction-unit", "s-per-cell", "--from", f"{case.x},{case.y}"]
        argv += ["-o", self.result(case), "--json"]
        argv += ["--neighbours", str(self.neighbours), "--threads", str(self.threads)]
        return measure.with_own_times(*measure.run(argv, case.folder, lock=lock))


class OwnKernel(Who):
    """heap, library or floor of bench_travel_kernel."""

    def __init__(self, name, kernel, program):
        self.name = name
        self.kernel = kernel
        self.program = program
        self.cells_rule = kernel != "floor"
        self.how = "timed inside the program"

    def missing(self):
        return None if os.access(self.program, os.X_OK) else f"not built: {self.program}"

    def run(self, case, lock):
        argv = [self.program, self.kernel, case.friction, f"{case.x},{case.y}", self.result(case)]
        return measure.with_own_times(*measure.run(argv, case.folder, lock=lock))


class Grass(Who):
    """r.cost and r.walk, started as they are, without the shell of `grass`."""

    def __init__(self, module):
        self.name = f"GRASS {module}"
        self.module = module
        self.map = module.replace(".", "_")  # the output, in the location
        self.cells_rule = module == "r.cost"
        self.how = (
            "whole process less a process that reads and writes the same maps (r.mapcalc of a copy)"
        )

    def missing(self):
        return None if shutil.which("grass") else "not installed"

    @functools.cached_property
    def base(self):
        asked = subprocess.run(
            ["grass", "--config", "path"], capture_output=True, text=True, check=True
        )
        return asked.stdout.strip()

    def version(self):
        asked = subprocess.run(
            ["grass", "--config", "version"], capture_output=True, text=True, check=True
        )
        return asked.stdout.strip()

    def env(self, case):
        env = dict(os.environ)
        env.update(
            GISBASE=self.base,
            GISRC=os.path.join(case.folder, "gisrc"),
            LD_LIBRARY_PATH=os.path.join(self.base, "lib"),
            PATH=os.path.join(self.base, "bin") + os.pathsep + env["PATH"],
            GRASS_COMPRESSOR="LZ4",  # its fastest
            GRASS_VERBOSE="0",
            GRASS_OVERWRITE="1",
        )
        return env

    def call(self, case, *argv):
        return measure.run(list(argv), case.folder, env=self.env(case))

    def prepare(self, case):
        place = os.path.join(case.folder, "grass")
        # Each stamp says that what it stands for was done to its end.
        if not os.path.exists(os.path.join(place, "friction.stamp")):
            shutil.rmtree(place, ignore_errors=True)
            subprocess.run(
                ["grass", "-c", case.friction, place, "-e"], check=True, capture_output=True
            )
            with open(os.path.join(case.folder, "gisrc"), "w") as file:
                file.write(
                    f"GISDBASE: {case.folder}\nLOCATION_NAME: grass\nMAPSET: PERMANENT\nGUI: text\n"
                )
            self.take_in(case, case.friction, "friction")
            self.call(case, "g.region", "raster=friction")
        if self.module == "r.walk" and not os.path.exists(os.path.join(place, "elevation.stamp")):
            self.take_in(case, case.elevation, "elevation")

    def take_in(self, case, path, name):
        self.call(case, "r.in.gdal", "-o", f"input={path}", f"output={name}")
        with open(os.path.join(case.folder, "grass", name + ".stamp"), "w"):
            pass

    def run(self, case, lock):
        # All in memory: 24 bytes a cell for r.cost, 40 for r.walk, and its heap.
        memory = case.cells * 48 // 1_000_000 + 300
        argv = [self.module, f"output={self.map}", f"start_coordinates={case.x},{case.y}"]
        argv += [f"memory={memory}"]
        if self.module == "r.walk":
            argv += ["elevation=elevation", "friction=friction"]
        else:
            argv += ["input=friction"]
        whole, _ = measure.run(argv, case.folder, env=self.env(case), lock=lock)
        copy = ["r.mapcalc", "expression=copy = friction * 1.0"]
        io, _ = measure.run(copy, case.folder, env=self.env(case), lock=lock)
        whole.search_cpu_s = whole.cpu_s - io.cpu_s
        whole.search_wall_s = whole.wall_s - io.wall_s
        return whole

    def result(self, case):
        path = super().result(case)
        if self.module == "r.cost":
            out = [f"input={self.map}", f"output={path}", "type=Float64"]
            self.call(case, "r.out.gdal", "-f", "-c", *out)
        return path


def python_with(*modules):
    """An interpreter that has these modules, or None: Debian's may not be the first on the path."""
    for program in (sys.executable, "/usr/bin/python3"):
        asked = subprocess.run(
            [program, "-c", "import " + ", ".join(modules)], capture_output=True, check=False
        )
        if asked.returncode == 0:
            return program
    return None


class McpGeometric(Who):
    name = "scikit-image MCP_Geometric"
    how = "find_costs() alone, timed inside Python; making the MCP object is left out"

    @functools.cached_property
    def python(self):
        return python_with("skimage.graph", "osgeo.gdal")

    def missing(self):
        return None if self.python else "not installed"

    def version(self):
        asked = subprocess.run(
            [self.python, "-c", "import skimage; print(skimage.__version__)"],
            capture_output=True,
            text=True,
            check=True,
        )
        return asked.stdout.strip()

    def run(self, case, lock):
        argv = [self.python, os.path.join(TOOLS, "mcp_geometric.py"), case.friction]
        argv += [str(case.row), str(case.col), self.result(case)]
        return measure.with_own_times(*measure.run(argv, case.folder, lock=lock))


class TerraCostDist(Who):
    name = "R terra costDist"
    how = (
        "costDist() alone on a raster in memory, timed inside R, with its default of at most 50 "
        "sweeps; its source has no friction, so all its times are a little less"
    )

    def missing(self):
        if not shutil.which("Rscript"):
            return "not installed"
        asked = subprocess.run(
            ["Rscript", "-e", "stopifnot(requireNamespace('terra', quietly = TRUE))"],
            capture_output=True,
            check=False,
        )
        return None if asked.returncode == 0 else "not installed"

    def version(self):
        asked = subprocess.run(
            ["Rscript", "-e", "cat(as.character(packageVersion('terra')))"],
            capture_output=True,
            text=True,
            check=True,
        )
        return asked.stdout.strip()

    def run(self, case, lock):
        argv = ["Rscript", os.path.join(TOOLS, "cost_dist.R"), case.friction]
        argv += [str(case.row), str(case.col), self.result(case)]
        return measure.with_own_times(*measure.run(argv, case.folder, lock=lock))


def everyone(abatis, kernel):
    """All sides, ours first. `abatis` and `kernel` are paths of built programs."""
    return [
        Abatis(abatis, 8, 1),
        Abatis(abatis, 8, 2),
        Abatis(abatis, 16, 1),
        Abatis(abatis, 32, 1),
        OwnKernel("binary heap", "heap", kernel),
        OwnKernel("travel_time of the library", "library", kernel),
        Grass("r.cost"),
        Grass("r.walk"),
        McpGeometric(),
        TerraCostDist(),
        OwnKernel("floor: read once, write once", "floor", kernel),
    ]
