#pragma once
// Rasters in their own CRS and cells, a band of rows at a time: for rasters larger than memory, and
// for users whose rasters belong to no scenario. Nothing is warped.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis {

// Where a raster lies. North is up and cells are square.
struct RasterPlace {
  std::int32_t rows = 0, cols = 0;
  double west = 0, north = 0;  // corner of the first cell, in units of the CRS
  double cell = 0;             // edge of a cell, in units of the CRS
  double metres_per_unit = 0;  // of the CRS; 0 when it is in degrees or unknown
  std::string crs_wkt;         // "" when the file names none

  std::size_t size() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  }
  Point centre(std::int64_t row, std::int64_t col) const {
    return {west + (static_cast<double>(col) + 0.5) * cell,
            north - (static_cast<double>(row) + 0.5) * cell};
  }
  // Same cells, to a thousandth of a cell; the CRS is not compared.
  bool same_cells(const RasterPlace& other) const;
};

// Cells of a raster: `rows` from `row` on, of each `cols` from `col` on.
struct RasterWindow {
  std::int32_t row = 0, col = 0, rows = 0, cols = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  }
};

class RasterReader {
 public:
  // Band 1 of a local raster. Errors: no raster, not georeferenced, rotated, cells that are not
  // square, more than 2^31 - 1 cells, complex numbers.
  static Result<RasterReader> open(const std::filesystem::path& path);
  RasterReader(RasterReader&&) noexcept;
  RasterReader& operator=(RasterReader&&) noexcept;
  ~RasterReader();

  const RasterPlace& place() const;
  // Rows [row, row + count) into `to`, cols values each; nodata becomes NaN. A truncated file is
  // ErrorCode::input naming it.
  Status read(std::int32_t row, std::int32_t count, float* to);
  // The same of a window inside the raster: only blocks of the file that it touches are read.
  Status read(const RasterWindow& window, float* to);

 private:
  struct Impl;
  explicit RasterReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A GeoTIFF of float, written from north to south; NaN is nodata. Whole or absent: it stands under
// a temporary name until finish().
class RasterWriter {
 public:
  // ErrorCode::io when the folder cannot be written to.
  static Result<RasterWriter> create(const std::filesystem::path& path, const RasterPlace& place,
                                     const std::string& description, const std::string& unit);
  RasterWriter(RasterWriter&&) noexcept;
  RasterWriter& operator=(RasterWriter&&) noexcept;
  ~RasterWriter();  // removes what was not finished

  Status write(std::int32_t row, std::int32_t count, const float* from);
  Status finish();

 private:
  struct Impl;
  explicit RasterWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct RasterProduct;  // geo/io.hpp

// A raster in memory, rows x cols values on the cells and in the CRS of `place`, as the
// cloud-optimised GeoTIFF that write_cog of geo/io.hpp makes of one on a grid. Whole or absent.
// T: float, std::uint8_t, std::int32_t.
template <class T>
Status write_cog(const std::filesystem::path& path, const RasterPlace& place, const T* values,
                 const RasterProduct& product);

}  // namespace abatis
