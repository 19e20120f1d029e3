#include "abatis/measures/site_land.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

constexpr double kM2PerHa = 1e4;

double land_of(const Scenario& scenario, int measure, double quantity) {
  const Measure& m = scenario.catalogue.measures[static_cast<std::size_t>(measure)];
  if (m.unit == "ha") return quantity * kM2PerHa;
  if (m.unit == "km") return quantity * 1000 * m.land_width_m;
  return quantity * m.land_m2;
}

void share_out(const Terrain& terrain, const Districts& districts, const std::vector<Cell>& cells,
               Site& site) {
  site.land.clear();
  site.district = districts.elsewhere();
  if (cells.empty()) {
    site.land.push_back({-1, site.district, 1});
    return;
  }
  std::map<std::pair<int, int>, std::int64_t> counts;  // by cover and district
  std::vector<std::int64_t> of_district(districts.names.size(), 0);
  for (const Cell c : cells) {
    const int cover = is_nodata(terrain.cover[c]) ? -1 : static_cast<int>(terrain.cover[c]);
    const int district = districts.of_cell(terrain, c);
    ++counts[{cover, district}];
    ++of_district[static_cast<std::size_t>(district)];
  }
  const auto most = std::max_element(of_district.begin(), of_district.end());
  site.district = static_cast<int>(most - of_district.begin());
  for (const auto& [use, count] : counts) {
    site.land.push_back(
        {use.first, use.second, static_cast<double>(count) / static_cast<double>(cells.size())});
  }
}

bool counts_in(const LandShare& land, int district) {
  return district < 0 || land.district == district;
}

}  // namespace

std::vector<Cell> ground_of(const Grid& grid, const SiteSet& sites, const Site& site) {
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

void find_land(const Terrain& terrain, SiteSet& set) {
  set.districts = find_districts(terrain);
  for (Site& site : set.sites) {
    share_out(terrain, set.districts, ground_of(terrain.grid, set, site), site);
  }
}

double land_taken_m2(const Scenario& scenario, const SiteSet& sites, const Site& site,
                     const Option& option) {
  const double whole = land_of(scenario, option.measure, option.quantity);
  if (site.upgraded < 0 || option.upgrades < 0) return whole;
  const Option& before = sites.sites[static_cast<std::size_t>(site.upgraded)]
                             .options[static_cast<std::size_t>(option.upgrades)];
  return std::max(0.0, whole - land_of(scenario, before.measure, before.quantity));
}

double share_in(const Site& site, int district) {
  double sum = 0;
  for (const LandShare& land : site.land) sum += counts_in(land, district) ? land.share : 0;
  return sum;
}

double farmed_share_in(const Catalogue& catalogue, const Site& site, int district) {
  double here = 0, all = 0;
  for (const LandShare& land : site.land) {
    if (land.cover < 0 || !catalogue.covers[static_cast<std::size_t>(land.cover)].farmed) continue;
    all += land.share;
    if (counts_in(land, district)) here += land.share;
  }
  return all > 0 ? here / all : district < 0 ? 1.0 : share_in(site, district);
}

double margin_eur_year(const Catalogue& catalogue, const Site& site, double m2, int district) {
  double sum = 0;
  for (const LandShare& land : site.land) {
    if (land.cover < 0 || !counts_in(land, district)) continue;
    const CoverClass& cover = catalogue.covers[static_cast<std::size_t>(land.cover)];
    if (cover.margin_provenance.source.empty()) continue;
    sum += land.share * m2 / kM2PerHa * cover.margin_eur_ha;
  }
  return sum;
}

}  // namespace abatis
