#pragma once
// Who a metric is told to: the municipalities of the region, or the country around its towns.

#include <string>
#include <vector>

#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct Districts {
  bool municipalities = false;     // else the ground that is nearest to a town
  std::vector<std::string> names;  // the last is what lies in none
  std::vector<int> of_settlement;  // by settlement of the terrain
  std::vector<Point> towns;        // without municipalities: by name, but for the last

  int count() const { return static_cast<int>(names.size()); }
  int elsewhere() const { return count() - 1; }
  int of_cell(const Terrain& terrain, Cell c) const;
};

// Municipalities of the layer; without one each town or city of friendly land is a district, or
// each village where there is no town, or the whole region where there is no settlement at all.
Districts find_districts(const Terrain& terrain);

}  // namespace abatis
