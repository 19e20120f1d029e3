#include "site_conflicts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "abatis/measures/line_chains.hpp"

namespace abatis::measures {
namespace {

// Points that stand for a site: its cells, or places along its line.
std::vector<Point> points_of_site(const Grid& grid, const Site& site) {
  std::vector<Point> points;
  for (const Cell c : site.cells) points.push_back(grid.centre(c));
  if (!points.empty()) return points;
  for (const auto& part : site.geometry.parts) {
    if (part.size() < 2) {
      points.insert(points.end(), part.begin(), part.end());
      continue;
    }
    const Course course(part);
    for (double s = 0; s < course.length(); s += grid.cell) points.push_back(course.point(s));
    points.push_back(part.back());
  }
  return points;
}

bool offers(const Site& site, int measure) {
  return std::any_of(site.options.begin(), site.options.end(),
                     [&](const Option& o) { return o.measure == measure; });
}

// Squares of side `reach` with the points of the sites that offer a measure.
class Near {
 public:
  Near(const Grid& grid, const std::vector<const Candidate*>& sites, int measure, double reach)
      : reach_(std::max(reach, grid.cell)) {
    for (std::size_t i = 0; i < sites.size(); ++i) {
      if (!offers(sites[i]->site, measure)) continue;
      for (const Point p : points_of_site(grid, sites[i]->site)) {
        squares_[square(p)].emplace_back(static_cast<int>(i), p);
      }
    }
  }
  // Least distance (m) to each site within reach of the points.
  std::map<int, double> around(const std::vector<Point>& points, double reach) const {
    std::map<int, double> found;
    for (const Point p : points) {
      const auto [x, y] = square(p);
      for (std::int64_t i = x - 1; i <= x + 1; ++i) {
        for (std::int64_t j = y - 1; j <= y + 1; ++j) {
          const auto at = squares_.find({i, j});
          if (at == squares_.end()) continue;
          for (const auto& [site, q] : at->second) {
            const double d = std::hypot(p.x - q.x, p.y - q.y);
            if (d > reach) continue;
            const auto [known, fresh] = found.try_emplace(site, d);
            if (!fresh) known->second = std::min(known->second, d);
          }
        }
      }
    }
    return found;
  }

 private:
  using Square = std::pair<std::int64_t, std::int64_t>;
  Square square(Point p) const {
    return {static_cast<std::int64_t>(std::floor(p.x / reach_)),
            static_cast<std::int64_t>(std::floor(p.y / reach_))};
  }
  double reach_;
  std::map<Square, std::vector<std::pair<int, Point>>> squares_;
};

bool same_water(const Candidate& a, const Candidate& b) {
  const auto drains = [](const Candidate& block, const Candidate& ditch) {
    return ditch.chain >= 0 &&
           std::find(block.chains.begin(), block.chains.end(), ditch.chain) != block.chains.end();
  };
  return drains(a, b) || drains(b, a);
}

void add_pair(const std::vector<const Candidate*>& sites, int a, int measure_a, int b,
              int measure_b, const std::string& why, std::vector<SiteConflict>& out) {
  const auto& options_a = sites[static_cast<std::size_t>(a)]->site.options;
  const auto& options_b = sites[static_cast<std::size_t>(b)]->site.options;
  for (std::size_t i = 0; i < options_a.size(); ++i) {
    if (options_a[i].measure != measure_a) continue;
    for (std::size_t j = 0; j < options_b.size(); ++j) {
      if (options_b[j].measure != measure_b) continue;
      out.push_back({a, static_cast<int>(i), b, static_cast<int>(j), why});
    }
  }
}

}  // namespace

std::vector<SiteConflict> find_conflicts(const Scenario& scenario, const Grid& grid,
                                         const std::vector<const Candidate*>& sites) {
  std::vector<SiteConflict> conflicts;
  for (const int m : scenario.measures) {
    const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(m)];
    for (const MeasureConflict& rule : measure.conflicts) {
      const Near others(grid, sites, rule.measure, rule.within_m);
      for (std::size_t a = 0; a < sites.size(); ++a) {
        if (!offers(sites[a]->site, m)) continue;
        std::map<int, std::string> with;
        for (const auto& [b, d] :
             others.around(points_of_site(grid, sites[a]->site), rule.within_m)) {
          with[b] = fmt::format("{} ({} apart)", rule.why, distance_words(d));
        }
        for (std::size_t b = 0; rule.same_water && b < sites.size(); ++b) {
          if (offers(sites[b]->site, rule.measure) && same_water(*sites[a], *sites[b])) {
            with.try_emplace(static_cast<int>(b), rule.why + " (the same water)");
          }
        }
        for (const auto& [b, why] : with) {
          if (b == static_cast<int>(a)) continue;
          add_pair(sites, static_cast<int>(a), m, b, rule.measure, why, conflicts);
        }
      }
    }
  }
  return conflicts;
}

}  // namespace abatis::measures
