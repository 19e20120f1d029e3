#pragma once
// Line of sight the slow, plain way, from the definition alone: walk the straight line from one
// grid line to the next; on each piece the surface is a parabola, known by three of its points.
// Shares nothing with the engine. O(distance) for one target.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "abatis/geo/grid.hpp"
#include "abatis/sight/sight.hpp"

namespace abatis::testing {

class SightOracle {
 public:
  SightOracle(const SightGround& ground, double refraction)
      : ground_(ground), fall_((1.0 - refraction) / (2.0 * kEarthRadius)) {}

  // Least clearance (m) of the line between the two over the surface; below -1e9 where unknown
  // ground is on the way. `eye` and `top` are heights (m) of the ends, not fallen.
  double clearance(Cell from, double eye, Cell to, double top) const {
    const double r0 = from / ground_.cols, c0 = from % ground_.cols;
    const double r1 = to / ground_.cols, c1 = to % ground_.cols;
    const std::vector<double> by_row = crossings(std::abs(r1 - r0));
    const std::vector<double> by_col = crossings(std::abs(c1 - c0));
    std::vector<double> stops(by_row.size() + by_col.size());
    std::merge(by_row.begin(), by_row.end(), by_col.begin(), by_col.end(), stops.begin());
    const double distance = std::hypot(r1 - r0, c1 - c0) * ground_.cell_m;
    const double end = top - fall_ * distance * distance;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k + 1 < stops.size(); ++k) {
      const double a = stops[k], b = stops[k + 1];
      if (b - a < 1e-12) continue;
      const double middle = (a + b) / 2;
      const double rm = r0 + (r1 - r0) * middle, cm = c0 + (c1 - c0) * middle;
      const auto over = [&](double t) {
        const double s = surface(r0 + (r1 - r0) * t, c0 + (c1 - c0) * t, std::floor(rm),
                                 std::floor(cm), r0 == r1, c0 == c1);
        const double d = distance * t;
        return eye + (end - eye) * t - (s - fall_ * d * d);
      };
      const double pa = over(a), pm = over(middle), pb = over(b);
      if (std::isnan(pa + pm + pb)) return -1e10;
      least = std::min({least, pa, pb});
      // p(s) = pa + v s + w s^2 on [0, 1].
      const double w = 2 * (pa + pb - 2 * pm), v = pb - pa - w;
      if (w > 0 && -v > 0 && -v < 2 * w) least = std::min(least, pa - v * v / (4 * w));
    }
    return least;
  }

  // Least height (m) over `base` from which on the line is clear, NaN where none is; by bisection.
  double least_height(Cell from, double eye, Cell to, double base) const {
    if (clearance(from, eye, to, base) >= 0) return 0;
    double low = 0, high = 1;
    while (clearance(from, eye, to, base + high) < 0) {
      high *= 2;
      if (high > 1e12) return std::numeric_limits<double>::quiet_NaN();
    }
    for (int k = 0; k < 80; ++k) {
      const double middle = (low + high) / 2;
      (clearance(from, eye, to, base + middle) < 0 ? low : high) = middle;
    }
    return high;
  }

 private:
  // Where a line that advances by `cells` passes from one to the next, both ends included.
  static std::vector<double> crossings(double cells) {
    std::vector<double> at{0.0};
    for (double line = 1; line < cells; ++line) at.push_back(line / cells);
    at.push_back(1.0);
    return at;
  }
  double height(double row, double col) const {
    return static_cast<double>(
        ground_.surface[static_cast<std::size_t>(row) * static_cast<std::size_t>(ground_.cols) +
                        static_cast<std::size_t>(col)]);
  }
  // The bilinear patch whose first corner is (pr, pc), at (row, col); along a row or a column of
  // cell centres only the two cells of that row or column count.
  double surface(double row, double col, double pr, double pc, bool along_row,
                 bool along_col) const {
    const double y = row - pr, x = col - pc;
    if (along_row) return (1 - x) * height(pr, pc) + x * height(pr, pc + 1);
    if (along_col) return (1 - y) * height(pr, pc) + y * height(pr + 1, pc);
    return (1 - y) * ((1 - x) * height(pr, pc) + x * height(pr, pc + 1)) +
           y * ((1 - x) * height(pr + 1, pc) + x * height(pr + 1, pc + 1));
  }

  SightGround ground_;
  double fall_;
};

}  // namespace abatis::testing
