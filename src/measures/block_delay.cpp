#include "block_delay.hpp"

#include "abatis/geo/rasterize.hpp"

namespace abatis::measures {

double mean_chord_m(const Grid& grid, const std::vector<Cell>& cells) {
  const double area = static_cast<double>(cells.size()) * grid.cell * grid.cell;
  const double perimeter = length_of(outline_of_cells(grid, cells));
  return perimeter > 0 ? 3.14159265358979323846 * area / perimeter : 0.0;
}

double slowing_s(const std::vector<Cell>& cells, double chord_m,
                 const std::function<double(Cell)>& before,
                 const std::function<double(Cell)>& after) {
  if (cells.empty()) return 0;
  double sum = 0;
  for (const Cell c : cells) {
    sum += 1 / std::max(after(c), kSlowest) - 1 / std::max(before(c), kSlowest);
  }
  return std::max(0.0, chord_m * sum / static_cast<double>(cells.size()));
}

Ground ground_of(const Terrain& terrain, Cell c) {
  const auto known = [](std::uint8_t v) { return is_nodata(v) ? -1 : static_cast<int>(v); };
  return {.slope_percent = static_cast<double>(terrain.slope_percent[c]),
          .intercepts_per_km = static_cast<double>(terrain.intercepts_per_km[c]),
          .cover = known(terrain.cover[c]),
          .soil = known(terrain.soil[c])};
}

}  // namespace abatis::measures
