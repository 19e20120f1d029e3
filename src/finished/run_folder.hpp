#pragma once
// What a finished run left, read and checked once.

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "abatis/base/error.hpp"

namespace abatis::finished {

using Json = nlohmann::ordered_json;

struct RunFolder {
  std::filesystem::path folder;
  std::vector<std::string> products;  // as the manifest names them
  Json plan, civil;                   // plan.json, civil.json
};

// Errors: a folder without manifest.json (says what to run); plan.json or civil.json that is
// missing, of another format, or not what the manifest says.
Result<RunFolder> open_run_folder(const std::filesystem::path& folder);

}  // namespace abatis::finished
