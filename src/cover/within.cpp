#include "within.hpp"

#include <algorithm>
#include <cmath>

#include "scale.hpp"

namespace abatis::covering {
// A coordinate is off by 2^-53 of itself at most, so a squared distance near r^2 by some 2^-50 of
// r times the furthest coordinate, and the square of 2^-51 of that.
Within::Within(const CoverProblem& problem) : problem_(problem) {
  double furthest = 0;
  for (const auto& site : problem.sites) {
    furthest = std::max({furthest, std::abs(site.x), std::abs(site.y)});
  }
  for (const auto& point : problem.demand) {
    furthest = std::max({furthest, std::abs(point.x), std::abs(point.y)});
  }
  const double off = std::ldexp(furthest, -48);
  for (const auto& site : problem.sites) {
    const double r = site.radius.value_or(problem.radius);
    const double margin = r * (off + std::ldexp(r, -48)) + off * off;
    sites_.push_back({site.x, site.y, r * r - margin, r * r + margin});
  }
}

bool Within::exactly(int site, double x, double y) const {
  const auto& at = problem_.sites[static_cast<std::size_t>(site)];
  const double r = at.radius.value_or(problem_.radius);
  for (int decimals = 0; decimals <= kMaxDecimals; ++decimals) {
    std::int64_t site_x = 0, site_y = 0, point_x = 0, point_y = 0, radius = 0;
    if (!whole_at(at.x, decimals, site_x) || !whole_at(at.y, decimals, site_y) ||
        !whole_at(x, decimals, point_x) || !whole_at(y, decimals, point_y) ||
        !whole_at(r, decimals, radius)) {
      continue;
    }
    const Wide dx = site_x - point_x;
    const Wide dy = site_y - point_y;
    return dx * dx + dy * dy <= static_cast<Wide>(radius) * radius;
  }
  return (at.x - x) * (at.x - x) + (at.y - y) * (at.y - y) <= r * r;
}

}  // namespace abatis::covering
