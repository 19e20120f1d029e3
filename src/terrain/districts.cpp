#include "abatis/terrain/districts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

namespace abatis {
namespace {

bool is_friendly(const Terrain& terrain, const Settlement& place) {
  const auto cell = terrain.grid.cell_at(place.at);
  return cell && terrain.side_of(*cell) == Side::friendly;
}

// The friendly settlements that country is counted by: towns and cities, else villages.
std::vector<std::pair<std::string, Point>> towns_of(const Terrain& terrain) {
  std::vector<std::pair<std::string, Point>> towns;
  for (const bool villages : {false, true}) {
    for (const Settlement& place : terrain.settlements) {
      const bool town = place.kind == "town" || place.kind == "city";
      if (place.name.empty() || !(town || (villages && place.kind == "village"))) continue;
      if (is_friendly(terrain, place)) towns.emplace_back(place.name, place.at);
    }
    if (!towns.empty()) break;
  }
  std::stable_sort(towns.begin(), towns.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return towns;
}

int nearest(const std::vector<Point>& towns, Point p) {
  int best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < towns.size(); ++t) {
    const double d = std::hypot(towns[t].x - p.x, towns[t].y - p.y);
    if (d < least) {
      least = d;
      best = static_cast<int>(t);
    }
  }
  return best;
}

}  // namespace

int Districts::of_cell(const Terrain& terrain, Cell c) const {
  if (municipalities) {
    const int index = terrain.municipality[c];
    return index == 0 ? elsewhere() : index - 1;
  }
  if (towns.empty() || terrain.side_of(c) != Side::friendly) return elsewhere();
  return nearest(towns, terrain.grid.centre(c));
}

Districts find_districts(const Terrain& terrain) {
  Districts out;
  out.municipalities = !terrain.municipality.values.empty();
  if (out.municipalities) {
    for (const Municipality& m : terrain.municipalities) out.names.push_back(m.name);
  } else {
    for (auto& [name, at] : towns_of(terrain)) {
      out.names.push_back("around " + name);
      out.towns.push_back(at);
    }
  }
  out.names.emplace_back(out.municipalities ? "outside the municipalities"
                                            : "outside friendly land");
  if (!out.municipalities && out.towns.empty()) out.names.back() = "the whole region";
  for (const Settlement& place : terrain.settlements) {
    const auto cell = terrain.grid.cell_at(place.at);
    out.of_settlement.push_back(cell ? out.of_cell(terrain, *cell) : out.elsewhere());
  }
  return out;
}

}  // namespace abatis
