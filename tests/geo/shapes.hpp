#pragma once
// The CRS of the tests of maps, and rings to fill them with.

#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis::testing {

inline constexpr int kLks = 3346;  // LKS-94 of Lithuania, m

inline std::vector<Point> box(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

}  // namespace abatis::testing
