#pragma once
// `abatis explain`: one site of a plan that `abatis plan` or `abatis run` left, from what it kept.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct ExplainOptions {
  std::filesystem::path plan;      // output folder, or the plan.json in it
  std::string site;                // its id
  std::filesystem::path scenario;  // "" = where it was when the plan was made
  ScenarioOptions data;            // as given; where nothing is, as when the plan was made
  int threads = 0;                 // 0 = all cores
  std::string program;             // identifies the build in cache keys
};

struct Explained {
  std::vector<std::string> words;  // lines, indented, not broken
  std::string json;                // one object (docs/reference/explain.md)
};

// Reads plan.json and the kept sites, network, terrain and mobility beside it; writes nothing but
// the lock of the folder. Errors: no plan or no kept stages there, or stages of another state of
// the scenario, its data or the program (says what to run); an unknown site, with the nearest ids;
// a plan that breaks the rules as they are now; those of the scenario, all at once.
tl::expected<Explained, Errors> explain(const ExplainOptions& options, Monitor& monitor);

}  // namespace abatis
