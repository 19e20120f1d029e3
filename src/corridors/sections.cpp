#include "abatis/corridors/sections.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <unordered_set>

namespace abatis {
namespace {

bool on_section(const NearOptimal& set, Cell c, double level) {
  if (!set.holds(c) || !(set.progress(c) <= level)) return false;
  bool beyond = false;
  for_each_beside(set.grid, c,
                  [&](Cell n) { beyond = beyond || (set.holds(n) && set.progress(n) > level); });
  return beyond;
}

// The two cells farthest apart, lowest on ties. Such a pair lies on the convex hull, whose points
// are among the outermost cells of each row.
struct Extent {
  double size_m = 0;
  Cell one = kNoCell, other = kNoCell;
};

Extent extent_of(const Grid& grid, const std::vector<Cell>& cells) {
  std::vector<Cell> outer;  // cells ascend, so those of a row stand together, west first
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool first = i == 0 || grid.row_of(cells[i - 1]) != grid.row_of(cells[i]);
    const bool last = i + 1 == cells.size() || grid.row_of(cells[i + 1]) != grid.row_of(cells[i]);
    if (first || last) outer.push_back(cells[i]);
  }
  std::int64_t most = -1;
  Extent extent;
  for (std::size_t i = 0; i < outer.size(); ++i) {
    for (std::size_t j = i; j < outer.size(); ++j) {
      const std::int64_t rows = grid.row_of(outer[i]) - grid.row_of(outer[j]);
      const std::int64_t cols = grid.col_of(outer[i]) - grid.col_of(outer[j]);
      const std::int64_t size = rows * rows + cols * cols;
      if (size <= most) continue;
      most = size;
      extent = {0, outer[i], outer[j]};
    }
  }
  extent.size_m = (std::sqrt(static_cast<double>(most)) + 1) * grid.cell;
  return extent;
}

Section make_section(const NearOptimal& set, Cell at, double level) {
  const std::vector<Cell> cells = section_cells(set, at, level);
  const Extent extent = extent_of(set.grid, cells);
  return {.progress = level,
          .width_m = extent.size_m,
          .at = at,
          .one = extent.one,
          .other = extent.other,
          .key = cells.front()};
}

// Greatest over the stretches of `lasting_m` that hold a place, of the least width on them: spikes
// shorter than that are cut off, narrows stay.
std::vector<double> without_spikes(std::span<const double> width, std::span<const double> along,
                                   double lasting_m) {
  const std::size_t n = width.size();
  std::vector<double> out(n, 0.0);
  for (std::size_t i = 0, end = 0; i < n; ++i) {
    while (end < n && along[end] - along[i] <= lasting_m) ++end;
    const auto first = static_cast<std::ptrdiff_t>(i);
    const double least =
        *std::min_element(width.begin() + first, width.begin() + static_cast<std::ptrdiff_t>(end));
    for (std::size_t j = i; j < end; ++j) out[j] = std::max(out[j], least);
    if (end == n) break;  // later stretches are shorter
  }
  return out;
}

}  // namespace

std::vector<Cell> section_cells(const NearOptimal& set, Cell seed, double level) {
  std::vector<Cell> piece{seed};
  if (!on_section(set, seed, level)) return piece;
  std::unordered_set<Cell> seen{seed};
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const Cell at = piece[i];
    for_each_beside(set.grid, at, [&](Cell n) {
      if (!seen.contains(n) && on_section(set, n, level)) {
        seen.insert(n);
        piece.push_back(n);
      }
    });
  }
  std::sort(piece.begin(), piece.end());
  return piece;
}

Section section_of(const NearOptimal& set, const std::vector<Cell>& way, double level) {
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    if (set.progress(way[i]) <= level && set.progress(way[i + 1]) > level) {
      return make_section(set, way[i], level);
    }
  }
  return {};
}

std::vector<Section> sections_along(const NearOptimal& set, const std::vector<Cell>& way,
                                    double ends) {
  std::vector<Section> sections;
  double along = 0;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    const double level = set.progress(way[i]);
    if (level >= ends && level <= 1 - ends && set.progress(way[i + 1]) > level) {
      sections.push_back(make_section(set, way[i], level));
      sections.back().along_m = along;
    }
    along += length_of_way(set.grid, {way[i], way[i + 1]});
  }
  return sections;
}

double time_around(const NearOptimal& set, const Section& section, const std::vector<Cell>& piece,
                   double reach_m) {
  const Grid& grid = set.grid;
  const auto reach = static_cast<std::int32_t>(
      std::min(std::floor(reach_m / grid.cell), static_cast<double>(grid.rows + grid.cols)));
  const std::int32_t row = grid.row_of(section.at);
  const std::int32_t col = grid.col_of(section.at);
  double least = kUnreachable;
  for (std::int32_t r = std::max(0, row - reach); r <= std::min(grid.rows - 1, row + reach); ++r) {
    for (std::int32_t c = std::max(0, col - reach); c <= std::min(grid.cols - 1, col + reach);
         ++c) {
      const double away = std::hypot(r - row, c - col) * grid.cell;
      const Cell cell = grid.at(r, c);
      if (away > reach_m || !on_section(set, cell, section.progress)) continue;
      if (std::binary_search(piece.begin(), piece.end(), cell)) continue;
      least = std::min(least, set.time_s(cell));
    }
  }
  return least;
}

std::vector<Narrow> narrow_minima(std::span<const double> width_m, std::span<const double> along_m,
                                  double rise, double lasting_m) {
  if (width_m.size() != along_m.size() || !(rise > 1)) {
    throw std::invalid_argument("corridors: a width for each place, and a rise above 1");
  }
  std::vector<Narrow> found;
  const std::vector<double> profile = without_spikes(width_m, along_m, lasting_m);
  const std::size_t n = profile.size();
  for (std::size_t first = 0; first < n;) {
    std::size_t last = first;
    while (last + 1 < n && profile[last + 1] == profile[first]) ++last;
    const double width = profile[first];
    bool before = false;
    for (std::size_t i = first; i-- > 0 && profile[i] > width && !before;) {
      before = profile[i] >= rise * width;
    }
    bool after = false;
    for (std::size_t i = last + 1; i < n && profile[i] >= width && !after; ++i) {
      after = profile[i] >= rise * width;
    }
    if (before && after) found.push_back({first, last});
    first = last + 1;
  }
  return found;
}

}  // namespace abatis
