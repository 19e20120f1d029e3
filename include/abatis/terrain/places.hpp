#pragma once
// Where something lies, in words that a reader of maps uses.

#include <string>

#include "abatis/geo/grid.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

struct NearPlace {
  std::string name;   // "" where the terrain has no settlement
  std::string words;  // "3 km north-east of Kalvarija", "at Kalvarija"
};
// The nearest named settlement; without `hamlets`, the nearest that is more than one.
NearPlace near_place(const Terrain& terrain, Point p, bool hamlets = true);
// Name of the nearest waterway within `reach` metres, or "".
std::string waterway_near(const Terrain& terrain, Point p, double reach);

}  // namespace abatis
