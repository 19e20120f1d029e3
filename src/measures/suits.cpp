#include "suits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "standoff.hpp"

namespace abatis::measures {
namespace {

// Up to this share of a segment may be ground the measure does not suit: the rest carries it, and
// the engineer of the day closes it otherwise. Above it the measure is not offered.
constexpr double kUnsuitedShare = 0.25;

bool lists(const std::vector<int>& list, std::uint8_t value) {
  return !is_nodata(value) &&
         std::find(list.begin(), list.end(), static_cast<int>(value)) != list.end();
}

// The cell or one beside it: a road through forest lies in a cell of its own.
bool beside_lists(const SiteGround& ground, const std::vector<int>& list, Cell c) {
  const Grid& grid = ground.grid();
  const std::int32_t row = grid.row_of(c);
  const std::int32_t col = grid.col_of(c);
  for (std::int32_t r = row - 1; r <= row + 1; ++r) {
    for (std::int32_t k = col - 1; k <= col + 1; ++k) {
      if (grid.inside(r, k) && lists(list, ground.terrain.cover[grid.at(r, k)])) return true;
    }
  }
  return false;
}

// Distance from the border of the middle of the site.
double border_distance(const SiteGround& ground, const Site& site) {
  const auto& part = site.geometry.parts.front();
  const auto cell = ground.grid().cell_at(part[part.size() / 2]);
  return cell ? static_cast<double>(ground.terrain.border_distance_m[*cell]) : 0.0;
}

}  // namespace

std::string unsuited(const SiteGround& ground, const Measure& measure, const Site& site) {
  const double border = border_distance(ground, site);
  if (border < measure.border_from_m || border > measure.border_to_m) {
    return fmt::format("no {}: it lies {} from the border", measure.name, distance_words(border));
  }
  if (site.cells.empty()) return {};
  std::size_t bad = 0, wanted = 0;
  bool near_homes = false;
  for (const Cell c : site.cells) {
    if (lists(measure.not_on_soils, ground.terrain.soil[c]) ||
        lists(measure.not_on_covers, ground.terrain.cover[c])) {
      ++bad;
    }
    if (beside_lists(ground, measure.only_on_covers, c)) ++wanted;
    near_homes = near_homes || ground.built_distance_m[c] < measure.settlement_distance_m;
  }
  const auto cells = static_cast<double>(site.cells.size());
  if (static_cast<double>(bad) > kUnsuitedShare * cells) {
    return fmt::format("no {}: {:.0f} % of it lies on ground that does not take it", measure.name,
                       100 * static_cast<double>(bad) / cells);
  }
  if (!measure.only_on_covers.empty() && static_cast<double>(wanted) < 0.5 * cells) {
    return fmt::format("no {}: the ground it needs is not there", measure.name);
  }
  const auto index = static_cast<int>(&measure - ground.scenario.catalogue.measures.data());
  if (std::string near = too_near(ground, index, site); !near.empty()) {
    return fmt::format("no {}: {}", measure.name, near);
  }
  if (near_homes) {
    return fmt::format("no {}: built-up ground within {:.0f} m", measure.name,
                       measure.settlement_distance_m);
  }
  return {};
}

}  // namespace abatis::measures
