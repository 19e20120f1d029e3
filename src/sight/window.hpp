#pragma once
// The part of a raster that observers look over: which it is, read from files, written into one.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis::sight_detail {

// The least rectangle of cells of `place` that holds all within `reach` cells of an observer; there
// is at least one. Cells of observers are those of the raster.
RasterWindow window_around(const std::vector<Observer>& observers, const RasterPlace& place,
                           double reach);

// "row 3, column 5 (x,y)".
std::string cell_words(const RasterPlace& place, std::int32_t row, std::int32_t col);

// Reads the window, m, NaN = unknown, into `to`. Heights that are infinite or beyond
// kMaxSightHeight are an error `where` that names the cell; `over_ground`: those
// below 0 too.
Status read_heights(RasterReader& reader, const RasterWindow& window, bool over_ground,
                    const Where& where, Monitor& monitor, float* to);

// Makes the surface unknown where the ground (null = none) is, and counts what is unknown.
std::int64_t count_unknown(float* surface, const float* ground, std::size_t cells);

struct CountsWritten {
  std::int64_t seen = 0;  // cells that some observer sees
  int most = 0;           // observers that see one cell, at most
};

// The whole raster, 0 beyond the window; unknown ground in it is nodata. Bytes, or 32-bit integers
// where `observers` do not fit. Whole or absent (write_cog).
Result<CountsWritten> write_counts(const std::filesystem::path& path, const RasterPlace& place,
                                   const RasterWindow& window, const std::uint16_t* seen,
                                   const float* surface, std::size_t observers);

// The whole raster, NaN beyond the window.
Status write_heights(const std::filesystem::path& path, const RasterPlace& place,
                     const RasterWindow& window, const float* height);

}  // namespace abatis::sight_detail
