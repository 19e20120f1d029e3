#pragma once
// The purchases of a plan.json, found again among the sites of a scenario.

#include <filesystem>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct PlanFile {
  std::filesystem::path path;  // of plan.json
  std::string sha256;
};

// plan.json of a folder that `abatis run` or `abatis plan` wrote.
Result<PlanFile> find_plan(const std::filesystem::path& folder);

// Its purchases as indices into `problem.options`; `origin` is what make_problem gave with them.
// Errors, naming the purchase: a file that is no plan.json, a plan of another scenario or of other
// layers or catalogues, a site or measure that the scenario does not have or that lies elsewhere.
Result<std::vector<Purchase>> read_purchases(const PlanFile& file, const Scenario& scenario,
                                             const SiteSet& sites,
                                             const std::vector<PlanOrigin>& origin);

}  // namespace abatis
