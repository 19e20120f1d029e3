"""mcp_geometric.py FRICTION.tif ROW COL OUT.tif: least costs by scikit-image, timed.

Friction in seconds per cell edge; the last line printed is JSON."""

import json
import resource
import sys
import time

import numpy
from osgeo import gdal
from skimage.graph import MCP_Geometric

gdal.UseExceptions()
friction_path, row, col, out_path = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]

began = time.monotonic()
source = gdal.Open(friction_path)
band = source.GetRasterBand(1)
friction = band.ReadAsArray().astype(numpy.float64)
nodata = band.GetNoDataValue()
closed = numpy.isnan(friction)
if nodata is not None:
    closed |= friction == nodata
friction[closed] = -1.0  # negative costs are impassable
del closed
read_s = time.monotonic() - began

graph = MCP_Geometric(friction, fully_connected=True)
del friction
began, began_cpu = time.monotonic(), time.process_time()
costs, _ = graph.find_costs([(row, col)])
compute_s, compute_cpu_s = time.monotonic() - began, time.process_time() - began_cpu
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

began = time.monotonic()
rows, cols = costs.shape
made = gdal.GetDriverByName("GTiff").Create(out_path, cols, rows, 1, gdal.GDT_Float64)
made.SetGeoTransform(source.GetGeoTransform())
made.SetProjection(source.GetProjection())
made.GetRasterBand(1).SetNoDataValue(numpy.nan)
costs[numpy.isinf(costs)] = numpy.nan
made.GetRasterBand(1).WriteArray(costs)
made = None
print(
    json.dumps(
        {
            "read_s": read_s,
            "compute_s": compute_s,
            "compute_cpu_s": compute_cpu_s,
            "write_s": time.monotonic() - began,
            "peak_mb": peak_mb,
            "cells": costs.size,
        }
    )
)
