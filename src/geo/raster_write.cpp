#include <array>
#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "gdal_session.hpp"
#include "raster_style.hpp"

namespace abatis {
namespace {

GDALColorTable colour_table(const std::vector<ColourEntry>& colours) {
  GDALColorTable table;
  for (const ColourEntry& c : colours) {
    if (c.value < 0.0 || c.value > 254.0) continue;
    const GDALColorEntry entry{c.r, c.g, c.b, c.a};
    table.SetColorEntry(static_cast<int>(c.value), &entry);
  }
  const GDALColorEntry clear{0, 0, 0, 0};
  table.SetColorEntry(255, &clear);
  return table;
}

// The buffer is lent to GDAL, not copied; GDAL only reads it.
template <class T>
GDALDatasetUniquePtr wrap(std::int32_t rows, std::int32_t cols, const T* from) {
  GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
  GDALDatasetUniquePtr wrapped(memory->Create("", cols, rows, 0, gdal::type_of<T>(), nullptr));
  CPLStringList options;
  const void* values = from;
  options.SetNameValue("DATAPOINTER", fmt::format("{}", fmt::ptr(values)).c_str());
  wrapped->AddBand(gdal::type_of<T>(), options.List());
  return wrapped;
}

template <class T>
void describe_product(GDALDataset& dataset, const RasterProduct& product) {
  GDALRasterBand* band = dataset.GetRasterBand(1);
  band->SetNoDataValue(static_cast<double>(nodata<T>()));
  if (!product.description.empty()) band->SetDescription(product.description.c_str());
  if (!product.unit.empty()) band->SetUnitType(product.unit.c_str());
  for (const auto& [key, value] : product.metadata) {
    dataset.SetMetadataItem(key.c_str(), value.c_str());
  }
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    if (!product.colours.empty()) {
      GDALColorTable table = colour_table(product.colours);
      band->SetColorTable(&table);
      band->SetColorInterpretation(GCI_PaletteIndex);
    }
  }
}

template <class T>
CPLStringList creation_options(const RasterProduct& product) {
  CPLStringList options;
  options.SetNameValue("COMPRESS", "DEFLATE");
  options.SetNameValue("LEVEL", fmt::format("{}", product.deflate_level).c_str());
  options.SetNameValue("BLOCKSIZE", "512");
  options.SetNameValue("NUM_THREADS", "1");
  options.SetNameValue("BIGTIFF", "IF_SAFER");
  // Classes must not be mixed into classes that do not exist.
  options.SetNameValue("OVERVIEW_RESAMPLING", std::is_same_v<T, float> ? "AVERAGE" : "NEAREST");
  if (!std::is_same_v<T, std::uint8_t>) options.SetNameValue("PREDICTOR", "YES");
  return options;
}

// Writes what is wrapped and placed.
template <class T>
Status write_wrapped(const std::filesystem::path& path, GDALDataset& wrapped,
                     const RasterProduct& product, gdal::Session& session) {
  describe_product<T>(wrapped, product);
  const gdal::MemoryFile file(".tif");
  GDALDriver* cog = GetGDALDriverManager()->GetDriverByName("COG");
  gdal::Dataset written(cog->CreateCopy(file.name().c_str(), &wrapped, FALSE,
                                        creation_options<T>(product).List(), nullptr, nullptr));
  const bool made = written != nullptr;
  written.reset();  // what fails on closing is said on closing
  if (!made || session.failed()) {
    return tl::unexpected(session.error(ErrorCode::io, "the raster cannot be written", path));
  }
  ABATIS_CHECK(gdal::publish(file, path));
  if (std::is_same_v<T, std::uint8_t> || product.colours.empty()) return {};
  return write_file(std::filesystem::path(path).replace_extension(".qml"),
                    raster_ramp_qml(product.colours, product.unit));
}

}  // namespace

template <class T>
Status write_cog(const std::filesystem::path& path, const Raster<T>& raster,
                 const RasterProduct& product) {
  const Grid& grid = raster.grid;
  if (grid.size() == 0 || raster.values.size() != grid.size()) {
    return input_error(fmt::format("a raster of {} values on a grid of {} x {} cannot be written",
                                   raster.values.size(), grid.rows, grid.cols),
                       {.file = path.string()});
  }
  gdal::Session session;
  ABATIS_TRY(const OGRSpatialReference crs, gdal::crs_of_epsg(grid.epsg, session));
  const GDALDatasetUniquePtr wrapped = wrap(grid.rows, grid.cols, raster.values.data());
  std::array<double, 6> to_crs{grid.origin_x, grid.cell, 0.0, grid.origin_y, 0.0, -grid.cell};
  wrapped->SetGeoTransform(to_crs.data());
  wrapped->SetSpatialRef(&crs);
  return write_wrapped<T>(path, *wrapped, product, session);
}

template <class T>
Status write_cog(const std::filesystem::path& path, const RasterPlace& place, const T* values,
                 const RasterProduct& product) {
  gdal::Session session;
  const GDALDatasetUniquePtr wrapped = wrap(place.rows, place.cols, values);
  std::array<double, 6> to_crs{place.west, place.cell, 0.0, place.north, 0.0, -place.cell};
  wrapped->SetGeoTransform(to_crs.data());
  if (!place.crs_wkt.empty()) wrapped->SetProjection(place.crs_wkt.c_str());
  return write_wrapped<T>(path, *wrapped, product, session);
}

template Status write_cog(const std::filesystem::path&, const Raster<float>&, const RasterProduct&);
template Status write_cog(const std::filesystem::path&, const Raster<std::uint8_t>&,
                          const RasterProduct&);
template Status write_cog(const std::filesystem::path&, const Raster<std::int32_t>&,
                          const RasterProduct&);
template Status write_cog(const std::filesystem::path&, const RasterPlace&, const float*,
                          const RasterProduct&);
template Status write_cog(const std::filesystem::path&, const RasterPlace&, const std::uint8_t*,
                          const RasterProduct&);
template Status write_cog(const std::filesystem::path&, const RasterPlace&, const std::int32_t*,
                          const RasterProduct&);

}  // namespace abatis
