#pragma once
// Where movers would go: cells on ways at most (1 + slack) times the least (MODEL section 3).

#include <cstddef>
#include <limits>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/raster.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis::measures {

inline constexpr float kOutside = std::numeric_limits<float>::infinity();

// On a grid coarser by `factor`: what is looked for here is a band kilometres wide.
struct Corridor {
  Grid fine;
  Grid grid;
  std::int32_t factor = 1;
  double slack = 0.5;
  std::vector<float> ratio;        // least (T_from + T_to) / best over the cases; kOutside
  std::vector<float> east, north;  // unit direction of movement there; (0, 0) = unknown

  std::size_t index(Cell c) const {
    return static_cast<std::size_t>(fine.row_of(c) / factor) * static_cast<std::size_t>(grid.cols) +
           static_cast<std::size_t>(fine.col_of(c) / factor);
  }
  float ratio_at(Cell c) const { return ratio[index(c)]; }
  bool holds(Cell c) const { return ratio[index(c)] < kOutside; }
  // 1 on a best way, 0 at the edge of the corridor and outside.
  double usage(Cell c) const {
    const double r = ratio[index(c)];
    return r < kOutside ? (slack > 0 ? (1 + slack - r) / slack : 1.0) : 0.0;
  }
};

// O(cells of the coarse grid x axes x cases looked at). Deterministic on any number of threads.
// Errors: those of axis_cells; an axis whose objective no mover reaches in any season, naming it.
Result<Corridor> find_corridor(const Scenario& scenario, const Terrain& terrain,
                               const Mobility& mobility, const Raster<std::int32_t>& naturals,
                               int threads, Monitor& monitor);

}  // namespace abatis::measures
