#include "abatis/corridors/formations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

constexpr double kHair = 1e-6;  // of a cell: distances are floats

// 1 where `value` is at least / at most `limit`, inside `within`.
Raster<std::uint8_t> no_less(const Raster<float>& value, double limit,
                             const Raster<std::uint8_t>& within) {
  Raster<std::uint8_t> out(value.grid, 0);
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    out.values[i] = within.values[i] != 0 && static_cast<double>(value.values[i]) >= limit ? 1 : 0;
  }
  return out;
}
Raster<std::uint8_t> no_more(const Raster<float>& value, double limit,
                             const Raster<std::uint8_t>& within) {
  Raster<std::uint8_t> out(value.grid, 0);
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    out.values[i] = within.values[i] != 0 && static_cast<double>(value.values[i]) <= limit ? 1 : 0;
  }
  return out;
}

// The 8-connected pieces of a mask, by lowest cell; each ascending.
std::vector<std::vector<Cell>> pieces_of(const Raster<std::uint8_t>& mask) {
  std::vector<std::vector<Cell>> pieces;
  std::vector<std::uint8_t> left = mask.values;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == 0) continue;
    std::vector<Cell> piece{static_cast<Cell>(i)};
    left[i] = 0;
    for (std::size_t k = 0; k < piece.size(); ++k) {
      for_each_beside(mask.grid, piece[k], [&](Cell n) {
        if (left[static_cast<std::size_t>(n)] == 0) return;
        left[static_cast<std::size_t>(n)] = 0;
        piece.push_back(n);
      });
    }
    std::sort(piece.begin(), piece.end());
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::pair<double, double> progress_range(const NearOptimal& set, const std::vector<Cell>& cells) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const Cell c : cells) {
    least = std::min(least, set.progress(c));
    most = std::max(most, set.progress(c));
  }
  return {least, most};
}

bool long_enough(const Grid& grid, const std::vector<Cell>& cells, double frontage_m) {
  std::int32_t left = grid.cols, right = -1;
  for (const Cell c : cells) {
    left = std::min(left, grid.col_of(c));
    right = std::max(right, grid.col_of(c));
  }
  const std::int32_t rows = grid.row_of(cells.back()) - grid.row_of(cells.front()) + 1;
  const double longer = std::max(rows, right - left + 1) * grid.cell;
  return longer + kHair * grid.cell >= 2 * frontage_m;
}

}  // namespace

FormationGround formation_ground(const NearOptimal& set, std::span<const Formation> formations,
                                 double ends) {
  FormationGround ground;
  ground.widest = Raster<std::uint8_t>(set.grid, nodata<std::uint8_t>());
  if (!set.reached()) return ground;
  Raster<std::uint8_t> in(set.grid, 0);
  for (std::size_t i = 0; i < in.values.size(); ++i) {
    in.values[i] = set.holds(static_cast<Cell>(i)) ? 1 : 0;
    if (in.values[i] != 0) ground.widest.values[i] = 0;
  }
  const Raster<float> width = ground_width(set);
  const double cell = set.grid.cell;
  for (std::size_t f = 0; f < formations.size(); ++f) {
    const double frontage = formations[f].frontage_m;
    const auto stands = no_less(width, frontage - kHair * cell, in);
    const auto fits =
        no_more(distance_to(stands), std::max(0.0, frontage - cell) / 2 + kHair * cell, in);
    std::vector<std::uint8_t> through(set.grid.size(), 0);
    for (const auto& core : pieces_of(stands)) {
      const auto [least, most] = progress_range(set, core);
      if (least <= ends && most >= 1 - ends) through[static_cast<std::size_t>(core.front())] = 1;
    }
    for (auto& cells : pieces_of(fits)) {
      for (const Cell c : cells) ground.widest[c] = static_cast<std::uint8_t>(f + 1);
      if (!long_enough(set.grid, cells, frontage)) continue;
      MobilityCorridor one;
      one.formation = static_cast<int>(f);
      one.area_m2 = static_cast<double>(cells.size()) * cell * cell;
      std::tie(one.from, one.to) = progress_range(set, cells);
      one.through = std::any_of(cells.begin(), cells.end(),
                                [&](Cell c) { return through[static_cast<std::size_t>(c)] != 0; });
      one.cells = std::move(cells);
      ground.corridors.push_back(std::move(one));
    }
  }
  return ground;
}

std::vector<std::vector<int>> avenue_groups(const NearOptimal& set, std::span<const Route> routes,
                                            double frontage_m) {
  const std::size_t n = routes.size();
  std::vector<Raster<float>> away(n);
  for (std::size_t i = 0; i < n; ++i) {
    Raster<std::uint8_t> on(set.grid, 0);
    for (const Cell c : routes[i].cells) on[c] = 1;
    away[i] = distance_to(on);
  }
  const auto beside = [&](std::size_t a, std::size_t b) {
    return std::all_of(routes[a].cells.begin(), routes[a].cells.end(), [&](Cell c) {
      return static_cast<double>(away[b][c]) <= frontage_m + kHair * set.grid.cell;
    });
  };
  std::vector<int> group(n);
  for (std::size_t i = 0; i < n; ++i) group[i] = static_cast<int>(i);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      if (group[a] == group[b] || !beside(a, b) || !beside(b, a)) continue;
      const int from = std::max(group[a], group[b]);
      const int into = std::min(group[a], group[b]);
      std::replace(group.begin(), group.end(), from, into);
    }
  }
  std::vector<std::vector<int>> groups;
  for (std::size_t first = 0; first < n; ++first) {
    std::vector<int> members;
    for (std::size_t i = 0; i < n; ++i) {
      if (group[i] == static_cast<int>(first)) members.push_back(static_cast<int>(i));
    }
    if (!members.empty()) groups.push_back(std::move(members));
  }
  return groups;
}

Raster<float> ground_width(const NearOptimal& set) {
  Raster<std::uint8_t> outside(set.grid, 0);
  for (std::size_t i = 0; i < outside.values.size(); ++i) {
    outside.values[i] = set.holds(static_cast<Cell>(i)) ? 0 : 1;
  }
  // The window has a rim of cells outside the set, so the region's edge counts as outside.
  Raster<float> width = distance_to(outside);
  for (std::size_t i = 0; i < outside.values.size(); ++i) {
    width.values[i] =
        outside.values[i] != 0
            ? nodata<float>()
            : static_cast<float>(2 * static_cast<double>(width.values[i]) - set.grid.cell);
  }
  return width;
}

Narrowest widest_way(const NearOptimal& set, const Raster<float>& width,
                     const std::vector<std::uint8_t>& inside, double ends) {
  const std::size_t n = set.grid.size();
  std::vector<float> rank(n, -1.0F);  // width, but for the ends; -1 = not there
  std::vector<Cell> order;
  std::vector<std::uint8_t> touches(n, 0);  // by root: bit 0 the entry's end, bit 1 the objective's
  for (std::size_t i = 0; i < n; ++i) {
    const auto c = static_cast<Cell>(i);
    if (!set.holds(c) || inside[i] == 0) continue;
    const double q = set.progress(c);
    touches[i] = static_cast<std::uint8_t>((q <= ends ? 1 : 0) + (q >= 1 - ends ? 2 : 0));
    rank[i] = touches[i] != 0 ? std::numeric_limits<float>::infinity() : width.values[i];
    order.push_back(c);
  }
  std::sort(order.begin(), order.end(), [&](Cell a, Cell b) {
    return std::pair(-rank[static_cast<std::size_t>(a)], a) <
           std::pair(-rank[static_cast<std::size_t>(b)], b);
  });
  // Cells join in falling order of width; the one that connects the ends is the narrowest.
  std::vector<Cell> parent(n, kNoCell);
  const auto root = [&](Cell c) {
    while (parent[static_cast<std::size_t>(c)] != c) {
      Cell& up = parent[static_cast<std::size_t>(c)];
      up = parent[static_cast<std::size_t>(up)];
      c = up;
    }
    return c;
  };
  for (const Cell c : order) {
    parent[static_cast<std::size_t>(c)] = c;
    for_each_beside(set.grid, c, [&](Cell other) {
      if (parent[static_cast<std::size_t>(other)] == kNoCell) return;
      const Cell from = root(other);
      const Cell into = root(c);
      touches[static_cast<std::size_t>(into)] |= touches[static_cast<std::size_t>(from)];
      parent[static_cast<std::size_t>(from)] = into;
    });
    if (touches[static_cast<std::size_t>(root(c))] == 3) {
      return {static_cast<double>(rank[static_cast<std::size_t>(c)]), c};
    }
  }
  return {};
}

int largest_that_fits(std::span<const Formation> formations, double width_m) {
  int fits = -1;
  for (std::size_t f = 0; f < formations.size(); ++f) {
    if (formations[f].frontage_m <= width_m) fits = static_cast<int>(f);
  }
  return fits;
}

}  // namespace abatis
