#include "sides.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "abatis/geo/rasterize.hpp"
#include "ground.hpp"
#include "inputs.hpp"

namespace abatis::terrain_detail {
namespace {

constexpr std::uint8_t kOtherState = 255;
constexpr double kFillM = 5000.0;
constexpr double kBorderUnknownShare = 0.05;

template <class Visit>
void for_each_neighbour(const Grid& grid, Cell c, const Visit& visit) {
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  if (row > 0) visit(c - grid.cols);
  if (col > 0) visit(c - 1);
  if (col + 1 < grid.cols) visit(c + 1);
  if (row + 1 < grid.rows) visit(c + grid.cols);
}

// Cells that no polygon covers, in patches that do not reach the edge of the region: holes of the
// layer (water bodies cut out of the land that other layers know as dry), not a state left out.
Raster<std::uint8_t> holes_of(const Raster<std::uint8_t>& water,
                              const Raster<std::uint8_t>& state) {
  const Grid& grid = state.grid;
  Raster<std::uint8_t> uncovered(grid, 0);
  for (std::size_t c = 0; c < state.values.size(); ++c) {
    uncovered.values[c] = state.values[c] == 0 && water.values[c] != kSea ? 1 : 0;
  }
  int count = 0;
  const Raster<std::int32_t> patch = connected_components(uncovered, &count);
  std::vector<bool> at_edge(static_cast<std::size_t>(count) + 1, false);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    const std::int32_t row = grid.row_of(c);
    const std::int32_t col = grid.col_of(c);
    if (row == 0 || col == 0 || row + 1 == grid.rows || col + 1 == grid.cols) {
      at_edge[static_cast<std::size_t>(patch[c])] = true;
    }
  }
  for (std::size_t c = 0; c < state.values.size(); ++c) {
    if (at_edge[static_cast<std::size_t>(patch.values[c])]) uncovered.values[c] = 0;
  }
  return uncovered;
}

// Breadth first over inland water and holes that no polygon covers; where two states come equally
// near, the lower number takes the cell.
std::int64_t fill_border_waters(const Raster<std::uint8_t>& water, Raster<std::uint8_t>& state) {
  const Grid& grid = state.grid;
  const Raster<std::uint8_t> holes = holes_of(water, state);
  const auto open = [&](Cell c) {
    return state[c] == 0 && (holes[c] != 0 || (water[c] != 0 && water[c] != kSea));
  };
  std::vector<Cell> front;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (state[c] == 0 || state[c] == kOtherState) continue;
    bool at_water = false;
    for_each_neighbour(grid, c, [&](Cell n) { at_water = at_water || open(n); });
    if (at_water) front.push_back(c);
  }
  std::int64_t filled = 0;
  const auto steps = static_cast<int>(std::ceil(kFillM / grid.cell));
  for (int step = 0; step < steps && !front.empty(); ++step) {
    std::vector<std::pair<Cell, std::uint8_t>> next;
    for (const Cell c : front) {
      for_each_neighbour(grid, c, [&](Cell n) {
        if (open(n)) next.emplace_back(n, state[c]);
      });
    }
    std::sort(next.begin(), next.end());
    front.clear();
    for (const auto& [c, value] : next) {
      if (state[c] != 0) continue;
      state[c] = value;
      front.push_back(c);
      ++filled;
    }
  }
  return filled;
}

// " near 22.8 E 54.4 N" of a cell, for a reader who looks at a map.
std::string place(const Grid& grid, Cell c) {
  const auto lonlat = transform({grid.centre(c)}, grid.epsg, kWgs84);
  if (!lonlat || lonlat->empty()) return {};
  return fmt::format(" near lon {:.4f} lat {:.4f}", lonlat->front().x, lonlat->front().y);
}

}  // namespace

Raster<std::uint8_t> states_of(const Scenario& scenario, const Layer& states,
                               const Raster<std::uint8_t>& water, std::vector<CellNote>& notes) {
  std::vector<std::string> codes = scenario.friendly;
  codes.insert(codes.end(), scenario.adversary.begin(), scenario.adversary.end());
  Raster<std::uint8_t> out(scenario.grid, 0);
  for (const Feature& feature : states.features) {
    const auto found = std::find(codes.begin(), codes.end(), states.text(feature, kClass));
    const auto value =
        found == codes.end() ? kOtherState : static_cast<std::uint8_t>(1 + (found - codes.begin()));
    for_each_cell_inside(scenario.grid, feature.geometry, [&](Cell c) {
      // Where polygons overlap, the sides of the scenario go before others, in their order.
      if (out[c] == 0 || value < out[c]) out[c] = value;
    });
  }
  const std::int64_t filled = fill_border_waters(water, out);
  if (filled > 0) {
    notes.push_back({"states",
                     "border waters and holes that no state's polygon covers, given to the nearest",
                     filled});
  }
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto value = static_cast<std::uint8_t>(1 + i);
    if (std::find(out.values.begin(), out.values.end(), value) == out.values.end()) {
      notes.push_back({"states", fmt::format("{} has no cell in the region", codes[i]), 0});
    }
  }
  for (std::uint8_t& value : out.values) {
    if (value == kOtherState) value = 0;
  }
  return out;
}

Raster<std::uint8_t> sides_of(const Scenario& scenario, const Raster<std::uint8_t>& state) {
  Raster<std::uint8_t> out(state.grid, static_cast<std::uint8_t>(Side::none));
  for (std::size_t c = 0; c < out.values.size(); ++c) {
    const std::uint8_t value = state.values[c];
    if (value == 0) continue;
    const Side side = value <= scenario.friendly.size() ? Side::friendly : Side::adversary;
    out.values[c] = static_cast<std::uint8_t>(side);
  }
  return out;
}

Raster<std::uint8_t> border_of(const Raster<std::uint8_t>& side) {
  Raster<std::uint8_t> out(side.grid, 0);
  for (Cell c = 0; c < static_cast<Cell>(side.grid.size()); ++c) {
    if (side[c] == 0) continue;
    for_each_neighbour(side.grid, c, [&](Cell n) {
      if (side[n] != 0 && side[n] != side[c]) out[c] = 1;
    });
  }
  return out;
}

Status check_border(const Scenario& scenario, const Terrain& terrain,
                    const Raster<std::uint8_t>& border) {
  std::int64_t cells = 0;
  std::array<std::int64_t, 2> unknown{};
  std::array<Cell, 2> example{kNoCell, kNoCell};
  for (Cell c = 0; c < static_cast<Cell>(border.grid.size()); ++c) {
    if (border[c] == 0) continue;
    ++cells;
    const std::array<bool, 2> holes{is_nodata(terrain.elevation_m[c]), is_nodata(terrain.cover[c])};
    for (std::size_t k = 0; k < 2; ++k) {
      if (!holes[k]) continue;
      ++unknown[k];
      if (example[k] == kNoCell) example[k] = c;
    }
  }
  const LayerSource& states = *scenario.layer(LayerRole::states);
  if (cells == 0) {
    return tl::unexpected(in_layer(
        {ErrorCode::input,
         fmt::format("no border in the region: no cell of {} touches one of {}",
                     fmt::join(scenario.friendly, ", "), fmt::join(scenario.adversary, ", ")),
         {},
         "move or enlarge the region, or check the state codes and the CRS of the layer"},
        states));
  }
  const std::array<LayerRole, 2> roles{LayerRole::elevation, LayerRole::landcover};
  for (std::size_t k = 0; k < 2; ++k) {
    if (static_cast<double>(unknown[k]) <= kBorderUnknownShare * static_cast<double>(cells)) {
      continue;
    }
    const Grid& grid = border.grid;
    return tl::unexpected(in_layer(
        {ErrorCode::input,
         fmt::format("unknown on {} of {} border cells ({:.0f} %), first at row {} column {}{}; at "
                     "most {:.0f} % may be",
                     unknown[k], cells,
                     100.0 * static_cast<double>(unknown[k]) / static_cast<double>(cells),
                     grid.row_of(example[k]), grid.col_of(example[k]), place(grid, example[k]),
                     100 * kBorderUnknownShare),
         {},
         "fill the gap in the layer, or take a region where it is complete"},
        *scenario.layer(roles[k])));
  }
  return {};
}

}  // namespace abatis::terrain_detail
