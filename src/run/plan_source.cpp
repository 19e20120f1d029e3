#include "plan_source.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSourceStage = "source";
constexpr const char* kKey = "plan";

std::string whole_path(const fs::path& path) {
  std::error_code ec;
  if (path.empty()) return {};
  const fs::path whole = fs::absolute(path, ec);
  return ec ? path.string() : whole.lexically_normal().string();
}

}  // namespace

Status keep_source(const RunOptions& options, const StageCache& cache) {
  const nlohmann::json source{{"scenario", whole_path(options.scenario)},
                              {"data_root", whole_path(options.data.data_root)},
                              {"data_fallback", whole_path(options.data.data_fallback)},
                              {"combine", options.combine == Combine::minimum}};
  // Bytes that are no UTF-8 (a path may hold any) are replaced; the path is then asked for.
  return cache.put(kSourceStage, kKey,
                   source.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<PlanSource> read_source(const StageCache& cache, const fs::path& out) {
  const auto bytes = cache.get(kSourceStage, kKey);
  const auto json = nlohmann::json::parse(bytes.value_or(""), nullptr, false);
  if (!json.is_object()) {
    return input_error("no plan is kept here", {.file = out.string()},
                       fmt::format("make one: abatis plan SCENARIO -o {}", out.string()));
  }
  PlanSource source;
  source.scenario = json.value("scenario", "");
  source.data.data_root = json.value("data_root", "");
  source.data.data_fallback = json.value("data_fallback", "");
  source.combine = json.value("combine", false) ? Combine::minimum : Combine::product;
  return source;
}

}  // namespace abatis
