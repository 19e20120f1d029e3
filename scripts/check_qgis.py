"""Opens plan.gpkg and the rasters of a run in QGIS, without a screen. See scripts/check-qgis."""

import sqlite3
import sys
from pathlib import Path

from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject,
                       QgsRasterLayer, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

# Bottom to top.
DRAWN = ["echelons", "entries", "border", "sites_blocks", "sites_lines", "sites_points",
         "corridors", "plan_blocks", "plan_lines", "plan_points", "objectives"]


def fail(message):
    sys.exit(f"check-qgis: {message}")


def open_vectors(package):
    with sqlite3.connect(f"file:{package}?mode=ro", uri=True) as db:
        tables = [row[0] for row in db.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")]
        styled = {row[0] for row in db.execute(
            "SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
    layers = {}
    for table in tables:
        layer = QgsVectorLayer(f"{package}|layername={table}", table, "ogr")
        if not layer.isValid():
            fail(f"layer {table} is not valid: {layer.error().message()}")
        if not layer.crs().isValid():
            fail(f"layer {table} has no place in the world")
        if table not in styled:
            fail(f"layer {table} has no default style in layer_styles")
        message, loaded = layer.loadDefaultStyle()
        if not loaded:
            fail(f"the style of layer {table} is not loaded: {message}")
        renderer = layer.renderer()
        symbols = len(renderer.legendSymbolItems())
        print(f"{table}: {layer.featureCount()} features, {layer.crs().authid()}, "
              f"{renderer.type()} of {symbols} symbols, "
              f"labels {'on' if layer.labelsEnabled() else 'off'}")
        unstyled = sum(1 for feature in layer.getFeatures()
                       if renderer.type() == "categorizedSymbol"
                       and renderer.categoryIndexForValue(
                           feature[renderer.classAttribute()]) < 0
                       and renderer.categoryIndexForValue(None) < 0)
        if unstyled:
            fail(f"{unstyled} features of layer {table} have no category in its style")
        layers[table] = layer
    return layers


def open_rasters(folder):
    for file in sorted((folder / "rasters").glob("*.tif")):
        layer = QgsRasterLayer(str(file), file.stem)
        if not layer.isValid() or not layer.crs().isValid():
            fail(f"raster {file.name} is not valid")
        print(f"{file.name}: {layer.width()} x {layer.height()}, {layer.renderer().type()}")


def draw(layers, picture):
    known = [layers[name] for name in DRAWN if name in layers]
    rest = [layer for name, layer in layers.items() if name not in DRAWN]
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(rest + known)))  # QGIS: top first
    settings.setDestinationCrs(next(iter(layers.values())).crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1600, 1280))
    extent = settings.fullExtent()
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.errors():
        fail("; ".join(error.message for error in job.errors()))
    image = job.renderedImage()
    white = QColor("white").rgb()
    inked = sum(1 for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
                if image.pixel(x, y) != white)
    if inked < 100:
        fail("the map is empty")
    if picture and not image.save(picture):
        fail(f"{picture} cannot be written")
    print(f"map drawn: {16 * inked} of {image.width() * image.height()} pixels inked")


def main():
    folder = Path(sys.argv[1])
    picture = sys.argv[2] if len(sys.argv) > 2 else ""
    package = folder / "plan.gpkg"
    if not package.is_file():
        fail(f"{package} is missing")
    application = QgsApplication([], False)
    application.initQgis()
    layers = open_vectors(package)
    if not layers:
        fail("the GeoPackage holds no layers")
    open_rasters(folder)
    draw(layers, picture)
    # Layers hold the file open: they go before the application does.
    layers.clear()
    QgsProject.instance().clear()
    application.exitQgis()


if __name__ == "__main__":
    main()
