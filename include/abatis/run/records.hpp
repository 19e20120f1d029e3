#pragma once
// `abatis records init`: the mined zones of a kept plan as the first lines of their records.

#include <filesystem>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/law/records.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct RecordsOptions {
  std::filesystem::path plan;  // output folder, or the plan.json in it
  std::filesystem::path file;  // "" = records/records.jsonl beside the plan
  ScenarioOptions data;
  RecordAuthor author;
  std::string program;  // identifies the build in cache keys
};
struct RecordsBegun {
  std::filesystem::path file;
  int zones = 0;
  std::string head;  // hash of the last line, to be noted elsewhere
};

// Writes the file whole or not at all. Errors: those of explain(); of the law data; a plan that the
// law forbids; a file that is there already.
tl::expected<RecordsBegun, Errors> begin_kept_records(const RecordsOptions& options);

}  // namespace abatis
