#include "manifest.hpp"

#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/version.hpp"

namespace abatis {

Status write_manifest(const RunOptions& options, const Scenario& scenario,
                      const std::vector<ProductFile>& products) {
  nlohmann::ordered_json manifest;
  manifest["program"] = "abatis";
  manifest["version"] = version();
  manifest["marking"] = "restricted working document: full resolution";
  manifest["scenario"] = scenario.id;
  manifest["seed"] = scenario.seed;
  manifest["combine"] = options.combine == Combine::product ? "product" : "minimum";
  auto& inputs = manifest["inputs"] = nlohmann::ordered_json::array();
  for (const auto& input : scenario.inputs) {
    inputs.push_back({{"file", input.shown}, {"role", input.role}, {"sha256", input.sha256}});
  }
  auto& files = manifest["products"] = nlohmann::ordered_json::array();
  for (const auto& product : products) {
    const auto path = options.out / product.name;
    ABATIS_TRY(const std::string digest, sha256_file(path));
    files.push_back({{"file", product.name},
                     {"what", product.what},
                     {"bytes", std::filesystem::file_size(path)},
                     {"sha256", digest},
                     {"marking", "restricted working document: full resolution"}});
  }
  return write_file(options.out / "manifest.json", manifest.dump(2) + "\n");
}

Status drop_stale_manifest(const std::filesystem::path& out, Monitor& monitor) {
  const auto file = out / "manifest.json";
  std::error_code ec;
  if (!std::filesystem::exists(file, ec)) return {};
  ABATIS_TRY(const std::string manifest, read_file(file));
  ABATIS_TRY(const std::string digest, sha256_file(out / "plan.json"));
  if (manifest.find(digest) != std::string::npos) return {};
  if (!std::filesystem::remove(file, ec)) {
    return fail(ErrorCode::io, "cannot take the manifest of the plan before away",
                {.file = file.string()}, "remove it: it no longer fits plan.json");
  }
  monitor.note("the report and tables here are of an earlier plan: `abatis report` renews them");
  return {};
}

}  // namespace abatis
