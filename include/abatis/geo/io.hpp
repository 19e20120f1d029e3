#pragma once
// Reading and writing rasters and vectors in any CRS and driver GDAL knows. The only room that
// includes GDAL; nothing of GDAL shows through here. All calls are thread safe on distinct files.
//
// Only local files are opened, and only with drivers of common formats (src/geo/gdal_session.cpp
// lists them); nothing is fetched, and nothing is written beside an input. Files are made in memory
// and then put in place whole, so writing needs room for the finished file.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"

namespace abatis {

enum class Resampling { nearest, bilinear, average, sum, mode };

struct RasterInfo {
  int epsg = 0;  // 0 when the file's CRS has no EPSG code
  std::string crs_name;
  std::int64_t rows = 0, cols = 0;
  int bands = 0;
  double cell_x = 0, cell_y = 0;
  Bounds bounds;  // in the file's CRS
};

Result<RasterInfo> raster_info(const std::filesystem::path& path);

// Reads `band` (1-based) warped onto `onto`. Cells outside the file, and cells the file declares
// nodata, become nodata<T>(). `assume_epsg` names the CRS when the file has none (an error
// otherwise). A truncated or unreadable file is ErrorCode::input naming it and what failed.
// T: float, std::uint8_t, std::int16_t, std::int32_t.
template <class T>
Result<Raster<T>> read_raster(const std::filesystem::path& path, const Grid& onto,
                              Resampling resampling, int band = 1, int assume_epsg = 0);

struct ReadLayerOptions {
  std::string layer;                // "" = the only layer, an error when there are several
  std::vector<std::string> fields;  // keep only these (missing ones are an error)
  std::vector<std::string> also;    // with `fields`: keep these, too, where the file has them
  std::optional<Bounds> within;     // in the target CRS; features that touch it are kept whole
  std::int64_t max_features = 20'000'000;
  int assume_epsg = 0;  // CRS of a file that names none (an error otherwise)
};

// Reads a vector layer into `target_epsg`. `x.fgb.zip` and `x.gpkg.zip` are opened in place:
// when the zip holds one file, that file is meant. Z is dropped; curves are made linear.
Result<Layer> read_layer(const std::filesystem::path& path, int target_epsg,
                         const ReadLayerOptions& options = {});

// Transforms points between CRS. Axis order is x = east/longitude, y = north/latitude always.
Result<std::vector<Point>> transform(const std::vector<Point>& points, int from_epsg, int to_epsg);

struct ColourEntry {
  double value;  // class code, or the value at this stop of a ramp
  std::uint8_t r, g, b, a;
  std::string label;
};

struct RasterProduct {
  std::string description;                      // band description, e.g. "delay bought"
  std::string unit;                             // "s", "m/s", ...
  std::map<std::string, std::string> metadata;  // licence, date, provenance of inputs
  std::vector<ColourEntry> colours;             // uint8 rasters: a colour table. Others: written as
                                     // default style for the GeoPackage/QGIS (.qml beside)
  int deflate_level = 6;  // 1 to 9: of a file that is written once and looked at once, 1
};

// Cloud-optimised GeoTIFF (tiled 512, deflate, overviews), written whole or not at all. The same
// raster gives the same bytes. T: float, std::uint8_t, std::int32_t.
template <class T>
Status write_cog(const std::filesystem::path& path, const Raster<T>& raster,
                 const RasterProduct& product);

// A virtual raster (.vrt) over tiles of one CRS and one kind, which may then be read as one file.
// Tiles are named relative to it where they lie beside or below; they must stay there.
Status write_mosaic(const std::filesystem::path& path,
                    const std::vector<std::filesystem::path>& files);

struct StyledLayer {
  Layer layer;
  GeometryKind kind = GeometryKind::point;  // of every feature
  std::string description;
  std::string style_qml;  // "" = no style; else stored as default in `layer_styles`
  std::string style_sld;
};

// GeoPackage 1.3 with one table per layer and `layer_styles`, written whole or not at all.
// `metadata` rows are stored with gpkg_metadata (licences, sources).
Status write_geopackage(const std::filesystem::path& path, const std::vector<StyledLayer>& layers,
                        const std::map<std::string, std::string>& metadata = {});

// A picture of a field for a web page: warped to Web Mercator (EPSG:3857, nearest cell), coloured
// by linear interpolation between the stops of `ramp` (ascending; values beyond its ends take the
// end colour; unknown is transparent), as PNG bytes whose longer side has at most `max_pixels`.
// `lonlat` receives the corners in degrees, as a MapLibre image source wants them.
Result<std::string> to_png_mercator(const Raster<float>& raster,
                                    const std::vector<ColourEntry>& ramp, int max_pixels,
                                    Bounds* lonlat);

// FlatGeobuf, for data folders.
Status write_flatgeobuf(const std::filesystem::path& path, const Layer& layer, GeometryKind kind);

// GeoJSON text (RFC 7946: EPSG:4326, `decimals` digits) of a layer, for pages.
Result<std::string> to_geojson(const Layer& layer, GeometryKind kind, int decimals = 5);

}  // namespace abatis
