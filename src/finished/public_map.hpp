#pragma once
// Where the zones of a plan lie, in cells of kPublicStep or coarser.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "abatis/geo/grid.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/geo/raster.hpp"
#include "public_facts.hpp"

namespace abatis::finished {

// The grid of public files over the region of a run: cells and corners are whole multiples of
// kPublicStep, cells no smaller than the run's own.
Result<Grid> public_grid(const RunFolder& run);

struct PublicMap {
  Grid grid;
  // By kind and district: cells that some site of it touches, ascending.
  std::map<std::pair<int, std::string>, std::vector<Cell>> cells;
  std::vector<std::vector<Point>> border;  // vertices on corners of the grid

  std::vector<Cell> of_kind(int kind) const;  // of all districts
};

// Reads plan.gpkg of the run. Errors: those of reading.
Result<PublicMap> public_map(const RunFolder& run, const std::vector<PublicSite>& sites);

// Zones by kind, a feature each, along edges of cells.
Status write_public_zones(const PublicMap& map, const std::filesystem::path& to);
// The rasters that may leave, coarsened to the means over public cells; their names.
Result<std::vector<std::string>> write_public_rasters(const RunFolder& run, const Grid& grid,
                                                      const std::filesystem::path& to);

// A drawing of the map, cropped to the cells of one district ("" = the whole). One unit is a
// hundred metres, so every coordinate is a whole multiple of 5.
std::string public_svg(const PublicMap& map, const std::string& district);

}  // namespace abatis::finished
