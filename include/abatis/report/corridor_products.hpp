#pragma once
// The products of `abatis corridors`: corridors.json, corridors.gpkg, rasters, tables and a map of
// each case. docs/reference/corridors.md says what is in them.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/corridors/corridors.hpp"
#include "abatis/report/products.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Everything the products are made from. Not owned.
struct CorridorView {
  const Scenario& scenario;
  const Terrain& terrain;
  const CorridorRules& rules;
  const std::vector<CaseCorridors>& cases;
};

// Writes into `out` and returns the files written, relative to it. Each is whole or absent.
Result<std::vector<ProductFile>> write_corridors(const CorridorView& view,
                                                 const std::filesystem::path& out,
                                                 Monitor& monitor);

// What corridors.json holds (schema: docs/reference/corridors.schema.json).
// Errors: those of transform.
Result<std::string> corridors_json(const CorridorView& view);

// A line for each case: time, width, choke points, avenues.
std::vector<std::string> corridors_in_words(const CorridorView& view);

}  // namespace abatis
