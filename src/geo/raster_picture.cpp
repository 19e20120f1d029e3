#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "gdal_session.hpp"

namespace abatis {
namespace {

constexpr int kMercator = 3857;
using Pixel = std::array<std::uint8_t, 4>;

Pixel colour_of(float value, const std::vector<ColourEntry>& ramp) {
  if (is_nodata(value)) return {0, 0, 0, 0};
  const double v = value;
  const auto above = std::find_if(ramp.begin(), ramp.end(),
                                  [&](const ColourEntry& stop) { return stop.value >= v; });
  if (above == ramp.begin()) return {above->r, above->g, above->b, above->a};
  const ColourEntry& low = *(above - 1);
  if (above == ramp.end()) return {low.r, low.g, low.b, low.a};
  const double t = (v - low.value) / (above->value - low.value);
  const auto mix = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + t * (static_cast<double>(b) - a)));
  };
  return {mix(low.r, above->r), mix(low.g, above->g), mix(low.b, above->b), mix(low.a, above->a)};
}

// The Mercator grid that covers `grid`, no finer than its own cells.
Result<Grid> mercator_grid(const Grid& grid, int max_pixels, gdal::Session& session) {
  ABATIS_TRY(const OGRSpatialReference from, gdal::crs_of_epsg(grid.epsg, session));
  ABATIS_TRY(const OGRSpatialReference to, gdal::crs_of_epsg(kMercator, session));
  ABATIS_TRY(const gdal::Transformation transformation,
             gdal::make_transformation(from, to, {}, session));
  const Bounds b = grid.bounds();
  Bounds m;
  if (!transformation->TransformBounds(b.min_x, b.min_y, b.max_x, b.max_y, &m.min_x, &m.min_y,
                                       &m.max_x, &m.max_y, 21) ||
      !std::isfinite(m.min_x + m.min_y + m.max_x + m.max_y)) {
    return tl::unexpected(
        session.error(ErrorCode::input, "the region has no place on a Mercator map", {}));
  }
  const double width = m.max_x - m.min_x;
  const double height = m.max_y - m.min_y;
  const double finest = std::min(width / grid.cols, height / grid.rows);
  const double cell = std::max(finest, std::max(width, height) / max_pixels);
  const auto count = [&](double extent) {
    return std::clamp(static_cast<std::int32_t>(std::ceil(extent / cell - 1e-9)), 1, max_pixels);
  };
  return Grid{kMercator, m.min_x, m.max_y, cell, count(height), count(width)};
}

// For each pixel the cell under its centre. Rows are transformed at once.
Status sample(const Raster<float>& raster, const Grid& picture,
              const std::vector<ColourEntry>& ramp, std::vector<std::uint8_t>& rgba,
              gdal::Session& session) {
  ABATIS_TRY(const OGRSpatialReference from, gdal::crs_of_epsg(kMercator, session));
  ABATIS_TRY(const OGRSpatialReference to, gdal::crs_of_epsg(raster.grid.epsg, session));
  ABATIS_TRY(const gdal::Transformation transformation,
             gdal::make_transformation(from, to, {}, session));
  const auto cols = static_cast<std::size_t>(picture.cols);
  std::vector<double> x(cols);
  std::vector<double> y(cols);
  std::vector<int> good(cols);
  const std::size_t plane = picture.size();
  for (std::int32_t row = 0; row < picture.rows; ++row) {
    for (std::int32_t col = 0; col < picture.cols; ++col) {
      const Point p = picture.centre(picture.at(row, col));
      x[static_cast<std::size_t>(col)] = p.x;
      y[static_cast<std::size_t>(col)] = p.y;
    }
    transformation->Transform(picture.cols, x.data(), y.data(), nullptr, good.data());
    for (std::size_t col = 0; col < cols; ++col) {
      const auto cell = good[col] != 0 ? raster.grid.cell_at({x[col], y[col]}) : std::nullopt;
      if (!cell) continue;
      const Pixel pixel = colour_of(raster[*cell], ramp);
      const std::size_t at = static_cast<std::size_t>(row) * cols + col;
      for (std::size_t i = 0; i < 4; ++i) rgba[i * plane + at] = pixel[i];
    }
  }
  return {};
}

Result<std::string> png_of(const Grid& picture, std::vector<std::uint8_t>& rgba,
                           gdal::Session& session) {
  GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
  const GDALDatasetUniquePtr wrapped(
      memory->Create("", picture.cols, picture.rows, 0, GDT_Byte, nullptr));
  for (std::size_t i = 0; i < 4; ++i) {
    CPLStringList options;
    const void* plane = &rgba[i * picture.size()];
    options.SetNameValue("DATAPOINTER", fmt::format("{}", fmt::ptr(plane)).c_str());
    wrapped->AddBand(GDT_Byte, options.List());
    wrapped->GetRasterBand(static_cast<int>(i) + 1)
        ->SetColorInterpretation(static_cast<GDALColorInterp>(GCI_RedBand + static_cast<int>(i)));
  }
  const gdal::MemoryFile file(".png");
  GDALDriver* png = GetGDALDriverManager()->GetDriverByName("PNG");
  gdal::Dataset written(
      png->CreateCopy(file.name().c_str(), wrapped.get(), FALSE, nullptr, nullptr, nullptr));
  const bool made = written != nullptr;
  written.reset();
  if (!made || session.failed()) {
    return tl::unexpected(session.error(ErrorCode::internal, "the picture cannot be made", {}));
  }
  return std::string(file.bytes());
}

}  // namespace

Result<std::string> to_png_mercator(const Raster<float>& raster,
                                    const std::vector<ColourEntry>& ramp, int max_pixels,
                                    Bounds* lonlat) {
  const bool ascending =
      std::is_sorted(ramp.begin(), ramp.end(),
                     [](const ColourEntry& a, const ColourEntry& b) { return a.value <= b.value; });
  if (ramp.empty() || !ascending || max_pixels < 1 || max_pixels > 16384 ||
      raster.grid.size() == 0 || raster.values.size() != raster.grid.size()) {
    return input_error(
        "a picture needs a raster, a ramp with ascending values, and 1 to 16384 "
        "pixels");
  }
  gdal::Session session;
  ABATIS_TRY(const Grid picture, mercator_grid(raster.grid, max_pixels, session));
  std::vector<std::uint8_t> rgba(4 * picture.size(), 0);
  ABATIS_CHECK(sample(raster, picture, ramp, rgba, session));
  session.forget();
  ABATIS_TRY(std::string png, png_of(picture, rgba, session));
  if (lonlat != nullptr) {
    const Bounds b = picture.bounds();
    ABATIS_TRY(const auto corners,
               transform({{b.min_x, b.min_y}, {b.max_x, b.max_y}}, kMercator, kWgs84));
    *lonlat = {corners[0].x, corners[0].y, corners[1].x, corners[1].y};
  }
  return png;
}

}  // namespace abatis
