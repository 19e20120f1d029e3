#include <algorithm>
#include <array>
#include <cmath>

#include "abatis/geo/io.hpp"
#include "gdal_session.hpp"

namespace abatis {

Result<RasterInfo> raster_info(const std::filesystem::path& path) {
  gdal::Session session;
  ABATIS_TRY(const gdal::Source source, gdal::open_source(path, gdal::Content::raster, session));
  GDALDataset& dataset = *source.dataset;
  std::array<double, 6> to_crs{};
  if (dataset.GetGeoTransform(to_crs.data()) != CE_None) {
    return input_error("the raster is not georeferenced", {.file = path.string()},
                       "give it a geotransform (gdal_translate -a_ullr) or a world file");
  }
  RasterInfo info;
  if (const OGRSpatialReference* crs = dataset.GetSpatialRef(); crs != nullptr) {
    info.epsg = gdal::epsg_of(*crs);
    info.crs_name = crs->GetName() == nullptr ? "" : crs->GetName();
  }
  info.rows = dataset.GetRasterYSize();
  info.cols = dataset.GetRasterXSize();
  info.bands = dataset.GetRasterCount();
  info.cell_x = std::hypot(to_crs[1], to_crs[4]);
  info.cell_y = std::hypot(to_crs[2], to_crs[5]);
  const auto cols = static_cast<double>(info.cols);
  const auto rows = static_cast<double>(info.rows);
  const auto [min_x, max_x] =
      std::minmax({0.0, cols * to_crs[1], rows * to_crs[2], cols * to_crs[1] + rows * to_crs[2]});
  const auto [min_y, max_y] =
      std::minmax({0.0, cols * to_crs[4], rows * to_crs[5], cols * to_crs[4] + rows * to_crs[5]});
  info.bounds = {to_crs[0] + min_x, to_crs[3] + min_y, to_crs[0] + max_x, to_crs[3] + max_y};
  return info;
}

}  // namespace abatis
