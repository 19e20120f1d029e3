#include "abatis/run/explain.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/sort.hpp"
#include "abatis/base/words.hpp"
#include "abatis/measures/decisions.hpp"
#include "abatis/plan/explain.hpp"
#include "abatis/report/explain.hpp"
#include "abatis/store/stage_cache.hpp"
#include "abatis/store/stages.hpp"
#include "ground_way.hpp"
#include "plan_file.hpp"
#include "plan_source.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kGroundWays = 5;  // looked at on the grid
constexpr std::size_t kNearestIds = 3;

// The folder of the plan and its plan.json.
struct Place {
  fs::path folder;
  PlanFile file;
};

Result<Place> place_of(const fs::path& plan) {
  std::error_code ec;
  if (fs::is_regular_file(plan, ec)) {
    ABATIS_TRY(std::string digest, sha256_file(plan));
    return Place{plan.has_parent_path() ? plan.parent_path() : ".", {plan, std::move(digest)}};
  }
  ABATIS_TRY(PlanFile file, find_plan(plan));
  return Place{plan, std::move(file)};
}

tl::unexpected<Error> not_kept(const Place& place, const std::string& scenario) {
  return input_error("the sites and network of this plan are not kept here as they are now",
                     {.file = place.folder.string()},
                     fmt::format("the scenario, its data or abatis itself changed since: abatis "
                                 "plan {} -o {}",
                                 scenario, place.folder.string()));
}

// Ids by their distance from `text`, nearest first.
std::vector<std::string> nearest_ids(const SiteSet& sites, const std::string& text) {
  std::vector<std::pair<int, std::string>> ids;
  for (const Site& site : sites.sites) ids.emplace_back(edit_distance(text, site.id), site.id);
  sort_stably(ids, [](const auto& a, const auto& b) { return a.first < b.first; });
  ids.resize(std::min(ids.size(), kNearestIds));
  std::vector<std::string> nearest;
  for (auto& id : ids) nearest.push_back(std::move(id.second));
  return nearest;
}

Result<int> find_site(const SiteSet& sites, const std::string& id) {
  for (std::size_t s = 0; s < sites.sites.size(); ++s) {
    if (sites.sites[s].id == id) return static_cast<int>(s);
  }
  return input_error(fmt::format("there is no site {}", in_quotes(id)), {.item = "SITE"},
                     fmt::format("near it: {}; all ids are in plan.gpkg",
                                 fmt::join(nearest_ids(sites, id), ", ")));
}

class Explaining {
 public:
  Explaining(const ExplainOptions& options, Place place, StageCache cache, Scenario scenario,
             Combine combine, Monitor& monitor)
      : options_(options),
        place_(std::move(place)),
        cache_(std::move(cache)),
        scenario_(std::move(scenario)),
        keys_(stage_keys(scenario_, options.program, static_cast<int>(combine))),
        monitor_(monitor) {}

  Result<Explained> go() {
    auto sites = kept<SiteSet>("sites", keys_.sites);
    const auto planned = kept<PlannedNetwork>("plan", keys_.plan);
    if (!sites || !planned) return not_kept(place_, scenario_.file.string());
    ABATIS_CHECK(apply_decisions(scenario_, *sites));
    ABATIS_TRY(const int site, find_site(*sites, options_.site));
    std::vector<PlanOrigin> origin;
    PlanProblem problem = make_problem(scenario_, *sites, planned->network, &origin);
    problem.threads = options_.threads;
    ABATIS_TRY(const std::vector<Purchase> purchases,
               read_purchases(place_.file, scenario_, *sites, origin));
    ABATIS_TRY(const SiteExplanation site_explained,
               explain_site(problem, purchases, site, &planned->plan, monitor_));
    ABATIS_TRY(const auto ground, look(*sites, problem, purchases, site_explained));
    const ExplainView view{scenario_,      *sites,        problem, origin,
                           site_explained, planned->plan, ground};
    return Explained{explain_in_words(view), explain_json(view)};
  }

 private:
  template <class T>
  std::optional<T> kept(const char* stage, const std::string& key) const {
    const auto bytes = cache_.get(stage, key);
    return bytes ? from_bytes<T>(*bytes) : std::nullopt;
  }

  // The ways on the grid. Sites and networks are kept without their ground only when a stage was
  // taken away by hand: the ways are then told by the sites of the network alone.
  Result<std::vector<GroundWay>> look(const SiteSet& sites, const PlanProblem& problem,
                                      const std::vector<Purchase>& purchases,
                                      const SiteExplanation& site) const {
    if (!site.in || site.in->ways.empty()) return std::vector<GroundWay>{};
    const auto terrain = kept<Terrain>("terrain", keys_.terrain);
    const auto mobility = kept<Mobility>("mobility", keys_.mobility);
    if (!terrain || !mobility) return std::vector<GroundWay>{};
    std::vector<Purchase> left = purchases;
    std::erase_if(left, [&](const Purchase& p) { return p.option == site.in->purchase.option; });
    return ground_ways(scenario_, *terrain, *mobility, sites, problem, left, site.in->ways,
                       kGroundWays, options_.threads);
  }

  const ExplainOptions& options_;
  Place place_;
  StageCache cache_;
  Scenario scenario_;
  StageKeys keys_;
  Monitor& monitor_;
};

Result<StageCache> stages_of(const Place& place) {
  std::error_code ec;
  if (!fs::is_directory(place.folder / ".stages", ec)) {
    return input_error("the folder keeps no stages of a run", {.file = place.folder.string()},
                       fmt::format("make them: abatis plan SCENARIO -o {}", place.folder.string()));
  }
  return StageCache::open(place.folder);
}

}  // namespace

tl::expected<Explained, Errors> explain(const ExplainOptions& options, Monitor& monitor) {
  const auto failed = [](Error error) { return tl::unexpected<Errors>(Errors{std::move(error)}); };
  auto place = place_of(options.plan);
  if (!place) return failed(std::move(place.error()));
  auto cache = stages_of(*place);
  if (!cache) return failed(std::move(cache.error()));
  auto source = read_source(*cache, place->folder);
  if (!source) return failed(std::move(source.error()));
  const bool told = !options.scenario.empty();
  ScenarioOptions data = told ? options.data : source->data;
  if (!options.data.data_root.empty()) data.data_root = options.data.data_root;
  auto scenario = load_scenario(told ? options.scenario : source->scenario, data);
  if (!scenario) return tl::unexpected<Errors>(std::move(scenario.error()));
  auto explained = Explaining(options, std::move(*place), std::move(*cache), std::move(*scenario),
                              source->combine, monitor)
                       .go();
  if (!explained) return failed(std::move(explained.error()));
  return std::move(*explained);
}

}  // namespace abatis
