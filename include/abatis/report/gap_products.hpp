#pragma once
// What `abatis gap` leaves to read and to look at: gap.json, gap.gpkg, rasters, a table, and words.
// Described in docs/reference/gap.md.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/gap/gap.hpp"
#include "abatis/report/products.hpp"

namespace abatis {

// All gaps of a scenario in all states of the ground. Not owned.
struct GapView {
  const Scenario& scenario;
  const Terrain& terrain;
  const Mobility& mobility;
  const std::vector<GapState>& states;  // nothing built, then the years of a plan, if any
  const std::vector<Gap>& gaps;
  std::string plan;  // where the plan came from, for the reader; "" = none
};

// Writes into OUT/gap, each file whole or not at all, and returns them relative to `out`.
Result<std::vector<ProductFile>> write_gap_products(const GapView& view,
                                                    const std::filesystem::path& out);

// The JSON of gap.json (schema: docs/reference/gap.schema.json).
std::string gap_json(const GapView& view);

// What one gap says, in at most ten plain lines.
std::vector<std::string> gap_in_words(const GapView& view, const Gap& gap);

}  // namespace abatis
