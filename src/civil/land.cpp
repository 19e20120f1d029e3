#include "land.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis::civil_detail {
namespace {

constexpr double kM2PerHa = 1e4;

double land_of(const Scenario& scenario, int measure, double quantity) {
  const Measure& m = scenario.catalogue.measures[static_cast<std::size_t>(measure)];
  if (m.unit == "ha") return quantity * kM2PerHa;
  if (m.unit == "km") return quantity * 1000 * m.land_width_m;
  return quantity * m.land_m2;
}

// An upgrade takes what it needs beyond what stands there already.
double land_taken(const Scenario& scenario, const SiteSet& sites, const CivilPurchase& bought) {
  const Site& site = sites.sites[static_cast<std::size_t>(bought.site)];
  const Option& option = site.options[static_cast<std::size_t>(bought.option)];
  const double whole = land_of(scenario, option.measure, option.quantity);
  if (site.upgraded < 0 || option.upgrades < 0) return whole;
  const Option& before = sites.sites[static_cast<std::size_t>(site.upgraded)]
                             .options[static_cast<std::size_t>(option.upgrades)];
  return std::max(0.0, whole - land_of(scenario, before.measure, before.quantity));
}

}  // namespace

std::vector<Cell> cells_of(const Grid& grid, const SiteSet& sites, const Site& site) {
  const Site& place =
      site.upgraded >= 0 ? sites.sites[static_cast<std::size_t>(site.upgraded)] : site;
  if (!place.cells.empty()) return place.cells;
  std::vector<Cell> cells;
  switch (place.geometry.kind) {
    case GeometryKind::point:
      for (const auto& part : place.geometry.parts) {
        if (part.empty()) continue;
        if (const auto cell = grid.cell_at(part.front())) cells.push_back(*cell);
      }
      break;
    case GeometryKind::line:
      for (const auto& part : place.geometry.parts) {
        const std::vector<Cell> line = cells_of_line(grid, part);
        cells.insert(cells.end(), line.begin(), line.end());
      }
      break;
    case GeometryKind::polygon:
      for_each_cell_inside(grid, place.geometry, [&](Cell c) { cells.push_back(c); });
      break;
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

void take_land(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
               const Districts& districts, const std::vector<Cell>& cells, SiteLedger& ledger) {
  ledger.land_m2 = land_taken(scenario, sites, ledger.bought);
  ledger.district = districts.elsewhere();
  std::map<std::pair<int, int>, std::int64_t> counts;  // by cover and district
  std::vector<std::int64_t> of_district(districts.names.size(), 0);
  for (const Cell c : cells) {
    const int cover = is_nodata(terrain.cover[c]) ? -1 : static_cast<int>(terrain.cover[c]);
    const int district = districts.of_cell(terrain, c);
    ++counts[{cover, district}];
    ++of_district[static_cast<std::size_t>(district)];
  }
  if (cells.empty()) {
    counts[{-1, ledger.district}] = 1;
  } else {
    const auto most = std::max_element(of_district.begin(), of_district.end());
    ledger.district = static_cast<int>(most - of_district.begin());
  }
  const double of_all =
      ledger.land_m2 / static_cast<double>(std::max<std::size_t>(1, cells.size()));
  for (const auto& [use, count] : counts) {
    const double m2 = of_all * static_cast<double>(count);
    if (m2 <= 0) continue;
    ledger.land.push_back({use.first, use.second, m2});
    const CoverClass* cover =
        use.first < 0 ? nullptr : &scenario.catalogue.covers[static_cast<std::size_t>(use.first)];
    if (cover == nullptr || cover->margin_provenance.source.empty()) {
      ledger.unpriced_m2 += m2;
    } else {
      ledger.margin_eur_year += m2 / kM2PerHa * cover->margin_eur_ha;
    }
  }
}

}  // namespace abatis::civil_detail
