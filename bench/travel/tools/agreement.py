"""agreement.py A.tif B.tif: how far two rasters of times are apart, as one line of JSON.

unlike: cells that one of them has and the other has not; relative: the greatest difference as a
share of the greatest time of A."""

import json
import sys

import numpy
from osgeo import gdal

gdal.UseExceptions()


def blocks(paths, rows=512):
    files = [gdal.Open(path) for path in paths]
    for start in range(0, files[0].RasterYSize, rows):
        count = min(rows, files[0].RasterYSize - start)
        out = []
        for file in files:
            band = file.GetRasterBand(1)
            values = band.ReadAsArray(0, start, file.RasterXSize, count).astype(numpy.float64)
            nodata = band.GetNoDataValue()
            if nodata is not None:
                values[values == nodata] = numpy.nan
            values[numpy.isinf(values)] = numpy.nan
            out.append(values)
        yield out


unlike = 0
greatest = 0.0
apart = 0.0
for a, b in blocks(sys.argv[1:3]):
    unlike += int((numpy.isnan(a) != numpy.isnan(b)).sum())
    both = ~numpy.isnan(a) & ~numpy.isnan(b)
    if both.any():
        greatest = max(greatest, float(a[both].max()))
        apart = max(apart, float(numpy.abs(a - b)[both].max()))
print(json.dumps({"unlike": unlike, "relative": apart / greatest if greatest > 0 else 0.0}))
