#include "run_folder.hpp"

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"

namespace abatis::finished {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRunIt = "make it with `abatis run SCENARIO -o DIR`";

Result<Json> json_of(const fs::path& file) {
  auto text = read_file(file);
  if (!text) {
    Error error = std::move(text).error();
    if (error.hint.empty()) error.hint = kRunIt;
    return tl::unexpected<Error>(std::move(error));
  }
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) {
    return input_error("is no JSON object", {.file = file.string()}, kRunIt);
  }
  return json;
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The product as the manifest has it, of a format.
Result<Json> product(const fs::path& folder, const Json& manifest, const std::string& name,
                     const std::string& format) {
  const fs::path file = folder / name;
  ABATIS_TRY(Json json, json_of(file));
  if (text_of(json, "format") != format) {
    return input_error(
        fmt::format("has format \"{}\", not \"{}\"", text_of(json, "format"), format),
        {.file = file.string()}, "run it again with this version");
  }
  ABATIS_TRY(const std::string digest, sha256_file(file));
  for (const Json& one : manifest["products"]) {
    if (text_of(one, "file") == name && text_of(one, "sha256") == digest) return json;
  }
  return input_error("is not what manifest.json says: the run was not finished, or changed since",
                     {.file = file.string()}, "`abatis run` finishes it");
}

}  // namespace

Result<RunFolder> open_run_folder(const fs::path& folder) {
  std::error_code ec;
  if (!fs::exists(folder / "manifest.json", ec)) {
    return input_error("holds no finished run: manifest.json is missing", {.file = folder.string()},
                       kRunIt);
  }
  ABATIS_TRY(const Json manifest, json_of(folder / "manifest.json"));
  RunFolder run;
  run.folder = folder;
  if (!manifest.contains("products") || !manifest["products"].is_array()) {
    return input_error("names no products", {.file = (folder / "manifest.json").string()}, kRunIt);
  }
  for (const Json& one : manifest["products"]) run.products.push_back(text_of(one, "file"));
  ABATIS_TRY(run.plan, product(folder, manifest, "plan.json", "abatis-plan/1"));
  ABATIS_TRY(run.civil, product(folder, manifest, "civil.json", "abatis-civil/1"));
  return run;
}

}  // namespace abatis::finished
