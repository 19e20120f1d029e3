#pragma once
// `abatis law`: the plan that a run kept, held against the law on the date of every action.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/law/date.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct LawOptions {
  std::filesystem::path plan;  // output folder, its plan.json, or a scenario file (.toml)
  std::filesystem::path out;   // of a scenario: the folder of its run; "" = out/ID
  ScenarioOptions data;        // as given; where nothing is, as when the plan was made
  std::optional<std::filesystem::path> folder;  // of law; nothing = built in
  std::optional<std::filesystem::path> own;     // nothing = law.toml beside the scenario
  std::optional<Date> on;                       // as if every action were on this day
  bool open = false;                            // the public edition
  std::string program;                          // identifies the build in cache keys
};

struct LawChecked {
  std::vector<std::string> words;     // lines, indented, not broken
  std::string json;                   // one object, no line breaks (docs/reference/law.schema.json)
  std::vector<std::string> products;  // paths relative to `folder`
  std::filesystem::path folder;
};

// Writes law.json and tables/law.csv into the folder of the plan (public: law-public.json and
// tables/law-public.csv). Errors: as explain(); those of the law data; a plan that names what a
// treaty in force forbids, with the article. Nothing is written then.
tl::expected<LawChecked, Errors> check_kept_law(const LawOptions& options);

}  // namespace abatis
