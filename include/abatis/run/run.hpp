#pragma once
// The main job: the stages in their order, each cached under the hash of its inputs, and the
// products at the end. The command line and a server call the same function.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

enum class Stage : std::uint8_t {
  terrain,
  mobility,
  travel,
  sites,
  watch,  // where the scenario has [surveillance]
  network,
  plan,
  tradeoffs,
  report
};
inline constexpr int kStageCount = 9;
std::string_view to_string(Stage stage);

struct RunOptions {
  std::filesystem::path scenario;
  ScenarioOptions data;
  std::filesystem::path out;
  Stage last = Stage::report;  // run up to and including this stage
  int threads = 0;             // 0 = all cores
  Combine combine = Combine::product;
  bool fresh = false;              // ignore what is cached
  std::uint64_t memory_bytes = 0;  // refuse a run estimated above this; 0 = what is free
  std::optional<double> gap;       // override of the scenario's [plan]
  std::optional<double> time_limit_s;
  std::optional<std::uint64_t> seed;  // of the search for a plan; else that of the kept plan, or 0
  std::string program;                // identifies the build in cache keys
};

struct StageDone {
  Stage stage = Stage::terrain;
  bool cached = false;
  double seconds = 0;
  std::string said;  // one line: counts, error, gap
};

struct RunSummary {
  std::vector<StageDone> stages;
  std::vector<std::string> words;     // what the plan says, at most ten lines
  std::vector<std::string> products;  // paths relative to the output folder
  std::optional<PlanStatus> status;   // when a plan was made
};

// Errors: those of the scenario (all at once), or the first of a stage. Nothing of a failed stage
// is left behind; stages before it stay cached. An interrupted plan is written to the products
// with its bound and gap, marked, and its stage runs again next time.
tl::expected<RunSummary, Errors> run(const RunOptions& options, Monitor& monitor);

}  // namespace abatis
