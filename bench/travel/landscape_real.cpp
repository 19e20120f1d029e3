// Land cover and roads of a data folder (docs/data-folder.md) as friction.
#include <filesystem>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "abatis/geo/rasterize.hpp"
#include "landscape.hpp"

namespace abatis::bench {
namespace {

// Made-up off-road speeds (m/s) by class of landcover_osm_25m.tif; 0 = impassable.
double speed_of(std::uint8_t land_cover) {
  switch (land_cover) {
    case 10:  // forest
      return 1.6;
    case 30:  // meadow
    case 40:  // farmland
      return 4.5;
    case 31:  // allotment, park
    case 41:  // orchard
    case 54:  // cemetery
      return 2.5;
    case 50:  // residential
    case 52:  // industrial
      return 2.0;
    case 60:  // sand
      return 3.0;
    case 90:  // wetlands
    case 91:
    case 92:
    case 93:
      return 0.6;
    case 80:  // lake, river, sea
    case 81:
    case 82:
    case 255:  // outside
      return 0.0;
    default:  // unclassified: mostly open farmland
      return 4.0;
  }
}

constexpr double kRoadSpeed = 18.0;   // m/s
constexpr double kMinorSpeed = 10.0;  // m/s

Status paint_roads(Raster<float>& friction, const std::filesystem::path& path, double speed_mps) {
  const Grid& grid = friction.grid;
  ABATIS_TRY(const Layer roads, read_layer(path, grid.epsg, {.within = grid.bounds()}));
  const auto value = static_cast<float>(grid.cell / speed_mps);
  for (const Feature& road : roads.features) {
    for (const auto& line : road.geometry.parts) {
      for (const Cell c : cells_of_line(grid, line)) friction[c] = value;
    }
  }
  return {};
}

}  // namespace

Result<Landscape> real_landscape(std::int32_t size, const std::string& data_folder) {
  const std::filesystem::path folder(data_folder);
  const std::filesystem::path cover_path = folder / "landcover" / "landcover_osm_25m.tif";
  ABATIS_TRY(const RasterInfo info, raster_info(cover_path));
  if (info.rows < size || info.cols < size) {
    return input_error(
        fmt::format("{} x {} cells, and {} are asked for", info.rows, info.cols, size),
        {.file = cover_path.string()}, "ask for a smaller size");
  }
  const double cell = info.cell_x;
  const Grid grid{
      .epsg = info.epsg,
      .origin_x = info.bounds.min_x + static_cast<double>((info.cols - size) / 2) * cell,
      .origin_y = info.bounds.max_y - static_cast<double>((info.rows - size) / 2) * cell,
      .cell = cell,
      .rows = size,
      .cols = size};
  ABATIS_TRY(const Raster<std::uint8_t> cover,
             read_raster<std::uint8_t>(cover_path, grid, Resampling::nearest));
  Landscape land{.friction = Raster<float>(grid, 0.0F), .elevation = {}};
  for (std::size_t c = 0; c < grid.size(); ++c) {
    const double speed = speed_of(cover.values[c]);
    land.friction.values[c] =
        speed > 0 ? static_cast<float>(cell / speed) : std::numeric_limits<float>::quiet_NaN();
  }
  ABATIS_CHECK(paint_roads(land.friction, folder / "osm" / "roads_minor.fgb.zip", kMinorSpeed));
  ABATIS_CHECK(paint_roads(land.friction, folder / "osm" / "roads_main.fgb.zip", kRoadSpeed));
  land.source = middle_source(land.friction, static_cast<float>(cell / kRoadSpeed));
  return land;
}

}  // namespace abatis::bench
