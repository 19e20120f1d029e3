#pragma once
// The products of a run: plan.json, plan.gpkg, rasters, tables, report.html. Written whole or not
// at all, inside the output folder only.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/report/outcome.hpp"

namespace abatis {

struct ProductFile {
  std::string name, what;
};

struct Evacuation;  // civil/evacuation.hpp

// Writes into `out` and returns the files written (paths relative to it), for manifest.json. How
// people leave stands in them where it was assessed.
Result<std::vector<ProductFile>> write_products(const RunView& view, const Outcome& outcome,
                                                const std::filesystem::path& out, int threads,
                                                Monitor& monitor,
                                                const Evacuation* evacuation = nullptr);

// The first two of them alone: plan.json and plan.gpkg.
Result<std::vector<ProductFile>> write_plan_products(const RunView& view, const Outcome& outcome,
                                                     const std::filesystem::path& out,
                                                     const Evacuation* evacuation = nullptr);

// The JSON that plan.json holds and that the page reads (schema: docs/reference/plan.schema.json).
std::string plan_json(const RunView& view, const Outcome& outcome,
                      const Evacuation* evacuation = nullptr);

// What the plan says, in at most twelve plain lines.
std::vector<std::string> plan_in_words(const RunView& view, const Outcome& outcome);

}  // namespace abatis
