#pragma once
// The parts of the corridors' products, and where each file stands in the output folder.

#include <string>
#include <vector>

#include "corridor_facts.hpp"
#include "tables.hpp"

namespace abatis::report {

inline std::string slack_file(const CorridorFacts& facts) {
  return "rasters/slack_" + facts.name + ".tif";
}
inline std::string width_file(const CorridorFacts& facts) {
  return "rasters/width_" + facts.name + ".tif";
}
inline std::string map_file(const CorridorFacts& facts) {
  return "maps/" + facts.name + ".svg";
}

std::vector<Table> corridor_tables(const CorridorView& view);

Status write_corridor_geopackage(const CorridorView& view, const std::filesystem::path& out,
                                 std::vector<ProductFile>& files);
Status write_corridor_rasters(const CorridorView& view, const std::filesystem::path& out,
                              std::vector<ProductFile>& files);

class MapGround;
// One case as a picture: north up, in the grid's CRS, with legend and scale. Opens in any browser.
std::string corridor_map(const CorridorView& view, const CaseCorridors& one,
                         const MapGround& ground);

}  // namespace abatis::report
