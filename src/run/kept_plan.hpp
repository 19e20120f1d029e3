#pragma once
// A plan that `abatis run` or `abatis plan` left in a folder, with the stages kept beside it, for
// commands that read it and plan nothing.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/measures/decisions.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/store/stage_cache.hpp"
#include "abatis/store/stages.hpp"
#include "plan_file.hpp"

namespace abatis {

struct KeptPlan {
  std::filesystem::path folder;
  PlanFile file;
  StageCache cache;
  Scenario scenario;
  Combine combine = Combine::product;
  StageKeys keys;

  template <class T>
  std::optional<T> kept(const char* stage, const std::string& key) const {
    const auto bytes = cache.get(stage, key);
    return bytes ? from_bytes<T>(*bytes) : std::nullopt;
  }
};

// `plan`: the folder, or the plan.json in it; `scenario` and `data` as in ExplainOptions. Errors:
// no plan or no stages there; those of the scenario, all at once.
tl::expected<KeptPlan, Errors> open_kept_plan(const std::filesystem::path& plan,
                                              const std::filesystem::path& scenario,
                                              const ScenarioOptions& data,
                                              const std::string& program);

// The terrain that the plan was made on. Errors: as of read_kept_purchases.
Result<Terrain> read_kept_terrain(const KeptPlan& plan);

// What was bought where. The problem refers to the network: the whole stays where it is.
struct KeptPurchases {
  SiteSet sites;
  PlannedNetwork planned;
  std::vector<PlanOrigin> origin;
  PlanProblem problem;
  std::vector<Purchase> purchases;
};
// Errors: stages of another state of the scenario, its data or the program (says what to run); a
// plan that fits no site.
Result<std::unique_ptr<KeptPurchases>> read_kept_purchases(const KeptPlan& plan);

}  // namespace abatis
