#pragma once
// `abatis records init`: the mined zones of a kept plan as lines of their records.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/law/records.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct RecordsOptions {
  std::filesystem::path plan;  // output folder, or the plan.json in it
  std::filesystem::path file;  // "" = records/records.jsonl beside the plan
  ScenarioOptions data;
  RecordAuthor author;
  bool add = false;     // to records that exist, what the plan has since
  std::string program;  // identifies the build in cache keys
};
struct RecordsBegun {
  std::filesystem::path file;
  int zones = 0;                  // lines written
  std::vector<std::string> held;  // as of PlannedAdded
  int lines = 0;                  // of the file
  std::string head;               // hash of the last line, to be noted elsewhere
};

// Writes the file whole or not at all. Errors: those of explain(); of the law data; a plan that the
// law forbids; a file that is there already, or with `add` is not; those of add_planned().
tl::expected<RecordsBegun, Errors> begin_kept_records(const RecordsOptions& options);

// Text of the records that are kept beside the products in `out`; nothing where none were begun.
Result<std::optional<std::string>> kept_records(const std::filesystem::path& out);

}  // namespace abatis
