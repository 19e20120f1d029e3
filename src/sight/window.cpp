#include "window.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "abatis/base/large_pages.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::sight_detail {
namespace {

constexpr std::size_t kMostInBytes = 254;  // observers; 255 is unknown ground

// A whole raster around what a window of it holds; `fill(to, from, n)` writes n cells that lie from
// `from` on in the window.
template <class T, class Fill>
LargeArray<T> around(const RasterPlace& place, const RasterWindow& window, T beyond, Fill fill) {
  LargeArray<T> whole(place.size());
  const auto cols = static_cast<std::size_t>(place.cols);
  const auto inner = static_cast<std::size_t>(window.cols);
  const auto left = static_cast<std::size_t>(window.col);
  for (std::int32_t row = 0; row < place.rows; ++row) {
    T* to = whole.data() + static_cast<std::size_t>(row) * cols;
    if (row < window.row || row >= window.row + window.rows) {
      std::fill_n(to, cols, beyond);
      continue;
    }
    std::fill_n(to, left, beyond);
    fill(to + left, static_cast<std::size_t>(row - window.row) * inner, inner);
    std::fill_n(to + left + inner, cols - left - inner, beyond);
  }
  return whole;
}

template <class T>
Status write_numbers(const std::filesystem::path& path, const RasterPlace& place,
                     const RasterWindow& window, const std::uint16_t* seen, const float* surface) {
  const auto numbers =
      around<T>(place, window, T{0}, [&](T* to, std::size_t from, std::size_t count) {
        for (std::size_t c = 0; c < count; ++c) {
          const float height = surface[from + c];
          to[c] = height == height ? static_cast<T>(seen[from + c]) : nodata<T>();
        }
      });
  return write_cog(
      path, place, numbers.data(),
      {.description = "observers that see the cell", .unit = "observers", .deflate_level = 1});
}

}  // namespace

RasterWindow window_around(const std::vector<Observer>& observers, const RasterPlace& place,
                           double reach) {
  const auto rings = static_cast<std::int32_t>(
      std::min(std::floor(reach), static_cast<double>(std::max(place.rows, place.cols))));
  std::int32_t top = place.rows, left = place.cols, bottom = 0, right = 0;
  for (const Observer& observer : observers) {
    const std::int32_t row = observer.cell / place.cols, col = observer.cell % place.cols;
    top = std::min(top, std::max(0, row - rings));
    left = std::min(left, std::max(0, col - rings));
    bottom = std::max(bottom, row + std::min(rings, place.rows - 1 - row));
    right = std::max(right, col + std::min(rings, place.cols - 1 - col));
  }
  return {.row = top, .col = left, .rows = bottom - top + 1, .cols = right - left + 1};
}

std::string cell_words(const RasterPlace& place, std::int32_t row, std::int32_t col) {
  const Point at = place.centre(row, col);
  return fmt::format("row {}, column {} ({:.10g},{:.10g})", row, col, at.x, at.y);
}

Status read_heights(RasterReader& reader, const RasterWindow& window, bool over_ground,
                    const Where& where, Monitor& monitor, float* to) {
  constexpr std::int32_t kBand = 256;
  constexpr auto kMost = static_cast<float>(kMaxSightHeight);
  const float least = over_ground ? 0.0F : -kMost;
  const auto cols = static_cast<std::size_t>(window.cols);
  for (std::int32_t done = 0; done < window.rows; done += kBand) {
    if (monitor.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped; nothing was written");
    }
    RasterWindow band = window;
    band.row += done;
    band.rows = std::min(kBand, window.rows - done);
    float* values = to + static_cast<std::size_t>(done) * cols;
    ABATIS_CHECK(reader.read(band, values));
    int wrong = 0;
    for (std::size_t c = 0; c < band.size(); ++c) {
      wrong |= static_cast<int>(values[c] < least) | static_cast<int>(values[c] > kMost);
    }
    for (std::size_t c = 0; wrong != 0 && c < band.size(); ++c) {
      if (!(values[c] < least || values[c] > kMost)) continue;
      const auto row = band.row + static_cast<std::int32_t>(c / cols);
      const auto col = band.col + static_cast<std::int32_t>(c % cols);
      return input_error(fmt::format("{} m at {}", static_cast<double>(values[c]),
                                     cell_words(reader.place(), row, col)),
                         where,
                         over_ground
                             ? "heights over the terrain are 0 or more; declare what is unknown "
                               "as nodata: gdal_edit.py -a_nodata"
                             : "that is no height; declare what is unknown as nodata: "
                               "gdal_edit.py -a_nodata");
    }
    monitor.advance(band.rows);
  }
  return {};
}

std::int64_t count_unknown(float* surface, const float* ground, std::size_t cells) {
  std::int32_t unknown = 0;  // a raster has fewer than 2^31 cells
  for (std::size_t c = 0; ground != nullptr && c < cells; ++c) {
    surface[c] = ground[c] == ground[c] ? surface[c] : ground[c];
  }
  for (std::size_t c = 0; c < cells; ++c) unknown += static_cast<int>(surface[c] != surface[c]);
  return unknown;
}

Result<CountsWritten> write_counts(const std::filesystem::path& path, const RasterPlace& place,
                                   const RasterWindow& window, const std::uint16_t* seen,
                                   const float* surface, std::size_t observers) {
  std::int32_t some = 0;
  std::uint16_t most = 0;
  for (std::size_t c = 0; c < window.size(); ++c) {
    some += static_cast<int>(seen[c] != 0);
    most = std::max(most, seen[c]);
  }
  if (observers <= kMostInBytes) {
    ABATIS_CHECK(write_numbers<std::uint8_t>(path, place, window, seen, surface));
  } else {
    ABATIS_CHECK(write_numbers<std::int32_t>(path, place, window, seen, surface));
  }
  return CountsWritten{.seen = some, .most = most};
}

Status write_heights(const std::filesystem::path& path, const RasterPlace& place,
                     const RasterWindow& window, const float* height) {
  const auto whole = around<float>(place, window, std::numeric_limits<float>::quiet_NaN(),
                                   [&](float* to, std::size_t from, std::size_t count) {
                                     std::copy_n(height + from, count, to);
                                   });
  return write_cog(path, place, whole.data(),
                   {.description = "least height that is seen", .unit = "m", .deflate_level = 1});
}

}  // namespace abatis::sight_detail
