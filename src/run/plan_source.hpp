#pragma once
// Where a kept plan came from, so that a later command finds its scenario without being told.

#include <filesystem>

#include "abatis/base/error.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/run/run.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/store/stage_cache.hpp"

namespace abatis {

struct PlanSource {
  std::filesystem::path scenario;  // absolute
  ScenarioOptions data;            // absolute folders
  Combine combine = Combine::product;
};

// Stays among the stages: products name no path of the machine that made them.
Status keep_source(const RunOptions& options, const StageCache& cache);
// Error: nothing is kept there, or it is damaged; says what to run. `out` is for the message.
Result<PlanSource> read_source(const StageCache& cache, const std::filesystem::path& out);

}  // namespace abatis
