"""peers_test.py ABATIS r.cost|MCP_Geometric: our times against a peer's, cell by cell.

Random rasters with nodata, lakes, walls with gaps, equal frictions (ties), single rows and cells.
8 neighbours: there the three share one rule, a move costs its length times the mean friction of its
two cells. They do not with 16: the knight's move of r.cost -k takes the mean of four cells, and
MCP_Geometric has none.

Tolerance: all three sum in double precision, and differ there by the order of sums, far below what
follows. We write single precision: a time is rounded once, by at most 2^-24 of it. Friction by the
metre is rounded once more, when we divide it by the cell edge here: 2^-24 of every move.

Ends with 77 (skipped, and says so) where the peer is not installed."""

import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


try:
    import numpy
    from osgeo import gdal, osr
except ImportError:
    skip("numpy and python3-gdal are not installed (scripts/deps --peers)")
gdal.UseExceptions()

CELL = 30.0
WEST, NORTH = 300000.0, 6100000.0
SEEDS = range(1, 9)


def random_case(seed):
    """Friction in s a cell edge (float32, NaN = impassable) and sources [(row, col)]."""
    random = numpy.random.default_rng(seed)
    shapes = [(40, 57), (64, 64), (1, 50), (50, 1), (1, 1), (130, 97)]
    rows, cols = shapes[seed % len(shapes)]
    if seed % 3 == 0:  # few values: many ties
        friction = random.choice(numpy.array([1.0, 2.0, 4.0]), size=(rows, cols))
    else:  # four orders of magnitude
        friction = 10.0 ** random.uniform(-2, 2, size=(rows, cols))
    row, col = numpy.mgrid[0:rows, 0:cols]
    for _ in range(3):  # lakes
        r, c = random.integers(0, rows), random.integers(0, cols)
        lake = (row - r) ** 2 + (col - c) ** 2 < random.integers(1, 60)
        if rows > 1 and cols > 1:
            friction[lake] = numpy.nan
    if rows > 20 and cols > 20:
        wall = int(random.integers(5, rows - 5))  # with one gap; and one that only a corner opens
        friction[wall, :] = numpy.nan
        friction[wall, random.integers(0, cols)] = 1.0
        friction[: wall - 3, cols // 2] = numpy.nan
    friction[random.uniform(size=friction.shape) < 0.08] = numpy.nan
    sources = []
    while len(sources) < 1 + seed % 3:
        r, c = int(random.integers(0, rows)), int(random.integers(0, cols))
        if numpy.isnan(friction[r, c]):
            friction[r, c] = 1.5
        sources.append((r, c))
    return friction.astype(numpy.float32), sources


def write_raster(path, values, kind):
    rows, cols = values.shape
    made = gdal.GetDriverByName("GTiff").Create(path, cols, rows, 1, kind)
    made.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(3346)
    made.SetProjection(crs.ExportToWkt())
    band = made.GetRasterBand(1)
    band.SetNoDataValue(float("nan") if kind != gdal.GDT_Byte else 255)
    band.WriteArray(values)
    made = None


def read_raster(path):
    file = gdal.Open(path)  # a band is of no use without its file
    band = file.GetRasterBand(1)
    values = band.ReadAsArray().astype(numpy.float64)
    nodata = band.GetNoDataValue()
    if nodata is not None:
        values[values == nodata] = numpy.nan
    values[numpy.isinf(values)] = numpy.nan
    return values


def centre(row, col):
    return WEST + (col + 0.5) * CELL, NORTH - (row + 0.5) * CELL


def call(argv, env=None):
    ended = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        said = ended.stdout + ended.stderr
        sys.exit(f"{' '.join(argv)}: ended with {ended.returncode}\n{said}")


class Abatis:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def times(self, friction, sources, unit, threads):
        path = os.path.join(self.folder, "friction.tif")
        out = os.path.join(self.folder, "time.tif")
        edge = 1.0 if unit == "s-per-cell" else CELL
        write_raster(path, (friction / numpy.float32(edge)).astype(numpy.float32), gdal.GDT_Float32)
        marks = numpy.full(friction.shape, 255, numpy.uint8)
        for row, col in sources:
            marks[row, col] = 1
        start = os.path.join(self.folder, "from.tif")
        write_raster(start, marks, gdal.GDT_Byte)
        if len(sources) == 1:
            start = "{},{}".format(*centre(*sources[0]))
        argv = [self.program, "travel", "--friction", path, "--friction-unit", unit]
        argv += ["--from", start, "-o", out, "--neighbours", "8", "--threads", str(threads)]
        call(argv)
        return read_raster(out)


class McpGeometric:
    def __init__(self, folder):
        del folder
        try:
            from skimage.graph import MCP_Geometric
        except ImportError:
            skip("scikit-image is not installed (scripts/deps --peers)")
        self.search = MCP_Geometric

    def times(self, friction, sources):
        closed = numpy.where(numpy.isnan(friction), -1.0, friction.astype(numpy.float64))
        costs, _ = self.search(closed, fully_connected=True).find_costs(sources)
        costs[numpy.isinf(costs)] = numpy.nan
        return costs


class RCost:
    def __init__(self, folder):
        if not shutil.which("grass"):
            skip("GRASS is not installed (scripts/deps --peers)")
        self.folder = folder
        base = subprocess.run(
            ["grass", "--config", "path"], capture_output=True, text=True, check=True
        ).stdout.strip()
        with open(os.path.join(folder, "gisrc"), "w") as file:
            file.write(f"GISDBASE: {folder}\nLOCATION_NAME: grass\nMAPSET: PERMANENT\nGUI: text\n")
        self.env = dict(
            os.environ,
            GISBASE=base,
            GISRC=os.path.join(folder, "gisrc"),
            LD_LIBRARY_PATH=os.path.join(base, "lib"),
            PATH=os.path.join(base, "bin") + os.pathsep + os.environ["PATH"],
            GRASS_VERBOSE="0",
            GRASS_OVERWRITE="1",
        )
        location = os.path.join(folder, "grass")
        made = ["grass", "-c", "EPSG:3346", location, "-e"]
        subprocess.run(made, capture_output=True, check=True)

    def call(self, *argv):
        call(list(argv), self.env)

    def times(self, friction, sources):
        path = os.path.join(self.folder, "grass-friction.tif")
        out = os.path.join(self.folder, "grass-time.tif")
        write_raster(path, friction.astype(numpy.float64), gdal.GDT_Float64)
        self.call("r.in.gdal", "-o", f"input={path}", "output=friction")
        self.call("g.region", "raster=friction")
        starts = ",".join(f"{x},{y}" for x, y in (centre(*source) for source in sources))
        self.call("r.cost", "input=friction", "output=cost", f"start_coordinates={starts}")
        self.call("r.out.gdal", "-c", "-f", "input=cost", f"output={out}", "type=Float64")
        return read_raster(out)


PEERS = {"r.cost": RCost, "MCP_Geometric": McpGeometric}


def compare(ours, theirs, roundings, said):
    """Exits with what differs and where."""
    reached, wanted = ~numpy.isnan(ours), ~numpy.isnan(theirs)
    if (reached != wanted).any():
        row, col = numpy.argwhere(reached != wanted)[0]
        sys.exit(f"{said}: cell ({row}, {col}): ours {ours[row, col]}, theirs {theirs[row, col]}")
    allowed = roundings * 1.001 * 2.0**-24 * theirs
    off = numpy.where(reached, numpy.abs(ours - theirs) - allowed, -1.0)
    if (off > 0).any():
        row, col = numpy.unravel_index(numpy.argmax(off), off.shape)
        sys.exit(f"{said}: cell ({row}, {col}): ours {ours[row, col]}, theirs {theirs[row, col]}")
    positive = reached & (theirs > 0)
    return float((numpy.abs(ours - theirs)[positive] / theirs[positive]).max(initial=0.0))


def main():
    program, name = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        peer = PEERS[name](folder)
        abatis = Abatis(program, folder)
        worst = 0.0
        compared = 0
        for seed in SEEDS:
            friction, sources = random_case(seed)
            theirs = peer.times(friction, sources)
            for unit, threads, roundings in (("s-per-cell", 1, 1), ("s-per-metre", 2, 2)):
                said = f"seed {seed}, {friction.shape}, {unit}, {threads} threads"
                ours = abatis.times(friction, sources, unit, threads)
                worst = max(worst, compare(ours, theirs, roundings, said))
            compared += int((~numpy.isnan(theirs)).sum())
        if compared < 10000:
            sys.exit(f"only {compared} cells were reached: the rasters test nothing")
        print(f"{name}: {len(SEEDS)} rasters, {compared} cells, at most {worst:.2g} apart")


if __name__ == "__main__":
    main()
