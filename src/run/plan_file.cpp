#include "plan_file.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/words.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
constexpr std::uint64_t kMaxPlanBytes = 256ULL << 20U;

std::string text_at(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}
std::optional<double> number_at(const Json& object, const char* key) {
  const auto it = object.find(key);
  if (it == object.end() || !it->is_number()) return std::nullopt;
  return it->get<double>();
}

Error wrong(const PlanFile& file, std::string message, std::string item = {}) {
  return {ErrorCode::input,
          std::move(message),
          {.file = file.path.string(), .item = std::move(item)},
          "make the plan again with this scenario: abatis run SCENARIO -o DIR"};
}

// The scenario's own text may differ (a plan does not change with its words), its data may not.
Status check_data(const PlanFile& file, const Json& plan, const Scenario& scenario) {
  if (plan.contains("scenario") && text_at(plan["scenario"], "id") != scenario.id) {
    return tl::unexpected(wrong(
        file, fmt::format("the plan is of scenario {}, not of {}",
                          in_quotes(text_at(plan["scenario"], "id")), in_quotes(scenario.id))));
  }
  std::map<std::string, int> hashes;
  for (const auto& input : plan.value("inputs", Json::array())) {
    if (input.is_object()) ++hashes[text_at(input, "sha256")];
  }
  for (const InputFile& input : scenario.inputs) {
    if (input.role == "scenario" || hashes.contains(input.sha256)) continue;
    return tl::unexpected(
        wrong(file, fmt::format("the plan was not made from {} as it is now", input.shown)));
  }
  return {};
}

// The purchase as an index into the problem's options.
std::optional<int> option_of(const Json& row, const Scenario& scenario, const SiteSet& sites,
                             const std::map<std::string, int>& site_of,
                             const std::vector<PlanOrigin>& origin) {
  const auto found = site_of.find(text_at(row, "site"));
  if (found == site_of.end()) return std::nullopt;
  const Site& site = sites.sites[static_cast<std::size_t>(found->second)];
  const auto length = number_at(row, "length_m");
  if (!length || std::abs(*length - std::round(site.length_m)) > 0.5) return std::nullopt;
  for (std::size_t o = 0; o < origin.size(); ++o) {
    if (origin[o].site != found->second) continue;
    const Option& option = site.options[static_cast<std::size_t>(origin[o].option)];
    const auto& measure = scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
    const std::string cover =
        option.cover < 0 ? std::string()
                         : scenario.catalogue.measures[static_cast<std::size_t>(option.cover)].id;
    const std::string park =
        option.park < 0 ? std::string() : sites.sites[static_cast<std::size_t>(option.park)].id;
    // `cover` and `park` are null, read as "", where there is none.
    if (measure.id == text_at(row, "measure") && cover == text_at(row, "cover") &&
        park == text_at(row, "park")) {
      return static_cast<int>(o);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<PlanFile> find_plan(const fs::path& folder) {
  const fs::path path = folder / "plan.json";
  std::error_code ec;
  if (!fs::is_regular_file(path, ec)) {
    return input_error("the folder holds no plan.json", {.file = folder.string()},
                       "name a folder that `abatis run` or `abatis plan` wrote");
  }
  ABATIS_TRY(std::string digest, sha256_file(path));
  return PlanFile{path, std::move(digest)};
}

Result<std::vector<Purchase>> read_purchases(const PlanFile& file, const Scenario& scenario,
                                             const SiteSet& sites,
                                             const std::vector<PlanOrigin>& origin) {
  ABATIS_TRY(const std::string text, read_file(file.path, kMaxPlanBytes));
  const Json plan = Json::parse(text, nullptr, false);
  if (!plan.is_object() || text_at(plan, "format") != "abatis-plan/1" ||
      !plan.contains("purchases") || !plan["purchases"].is_array()) {
    return tl::unexpected(wrong(file, "this is no plan.json of abatis (format abatis-plan/1)"));
  }
  ABATIS_CHECK(check_data(file, plan, scenario));
  std::map<std::string, int> site_of;
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    site_of.emplace(sites.sites[s].id, static_cast<int>(s));
  }
  std::vector<Purchase> purchases;
  for (std::size_t i = 0; i < plan["purchases"].size(); ++i) {
    const Json& row = plan["purchases"][i];
    const auto year = row.is_object() ? number_at(row, "year") : std::nullopt;
    const auto option =
        row.is_object() ? option_of(row, scenario, sites, site_of, origin) : std::nullopt;
    const double index = year ? *year - scenario.first_year : -1;
    if (!option || !(index >= 0 && index < scenario.years)) {
      return tl::unexpected(
          wrong(file,
                fmt::format("purchase {} ({} at site {}) fits no site and year of this scenario",
                            i + 1, in_quotes(row.is_object() ? text_at(row, "measure") : ""),
                            in_quotes(row.is_object() ? text_at(row, "site") : "")),
                fmt::format("purchases[{}]", i)));
    }
    purchases.push_back({*option, static_cast<int>(index)});
  }
  return purchases;
}

}  // namespace abatis
