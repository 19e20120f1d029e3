#include "abatis/run/explain.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/sort.hpp"
#include "abatis/base/words.hpp"
#include "abatis/plan/explain.hpp"
#include "abatis/report/explain.hpp"
#include "ground_way.hpp"
#include "kept_plan.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kGroundWays = 5;  // looked at on the grid
constexpr std::size_t kNearestIds = 3;

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
  Explaining(const ExplainOptions& options, const KeptPlan& plan, Monitor& monitor)
      : options_(options), plan_(plan), scenario_(plan.scenario), monitor_(monitor) {}

  Result<Explained> go() {
    ABATIS_TRY(const auto kept, read_kept_purchases(plan_));
    ABATIS_TRY(const int site, find_site(kept->sites, options_.site));
    kept->problem.threads = options_.threads;
    ABATIS_TRY(const SiteExplanation site_explained,
               explain_site(kept->problem, kept->purchases, site, &kept->planned.plan, monitor_));
    ABATIS_TRY(const auto ground,
               look(kept->sites, kept->problem, kept->purchases, site_explained));
    const ExplainView view{scenario_,      kept->sites,        kept->problem, kept->origin,
                           site_explained, kept->planned.plan, ground};
    return Explained{explain_in_words(view), explain_json(view)};
  }

 private:
  // The ways on the grid. Sites and networks are kept without their ground only when a stage was
  // taken away by hand: the ways are then told by the sites of the network alone.
  Result<std::vector<GroundWay>> look(const SiteSet& sites, const PlanProblem& problem,
                                      const std::vector<Purchase>& purchases,
                                      const SiteExplanation& site) const {
    if (!site.in || site.in->ways.empty()) return std::vector<GroundWay>{};
    const auto terrain = plan_.kept<Terrain>("terrain", plan_.keys.terrain);
    const auto mobility = plan_.kept<Mobility>("mobility", plan_.keys.mobility);
    if (!terrain || !mobility) return std::vector<GroundWay>{};
    std::vector<Purchase> left = purchases;
    std::erase_if(left, [&](const Purchase& p) { return p.option == site.in->purchase.option; });
    return ground_ways(scenario_, *terrain, *mobility, sites, problem, left, site.in->ways,
                       kGroundWays, options_.threads);
  }

  const ExplainOptions& options_;
  const KeptPlan& plan_;
  const Scenario& scenario_;
  Monitor& monitor_;
};

}  // namespace

tl::expected<Explained, Errors> explain(const ExplainOptions& options, Monitor& monitor) {
  const auto plan = open_kept_plan(options.plan, options.scenario, options.data, options.program);
  if (!plan) return tl::unexpected<Errors>(plan.error());
  auto explained = Explaining(options, *plan, monitor).go();
  if (!explained) return failed(std::move(explained.error()));
  return std::move(*explained);
}

}  // namespace abatis
