#pragma once
// Zones as overlays for field maps: KML 2.2 and NVG 2.0, green, the front turned to the adversary.

#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis {

struct OverlayZone {
  std::string id, label, description;
  bool present = false;        // emplaced; else anticipated
  bool gone = false;           // cleared or released: drawn as an outline alone
  std::vector<Point> outline;  // closed ring, lon/lat
  std::vector<Point> front;    // along the side of the adversary, who is on its left; may be empty
  std::vector<std::vector<Point>> ticks;  // from the front towards the adversary
};

// APP-6A letter code of a mined area: friendly, present or anticipated.
std::string mined_area_symbol(bool present);

std::string to_kml(const std::vector<OverlayZone>& zones, const std::string& marking);
std::string to_nvg(const std::vector<OverlayZone>& zones, const std::string& marking);

}  // namespace abatis
