#include "abatis/watch/watch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/geo/rasterize.hpp"
#include "abatis/plan/plan.hpp"
#include "lanes.hpp"
#include "siting.hpp"

namespace abatis {
namespace {

using namespace watching;

// Money of the class of the sensors, spread over the years as all of the money is.
std::vector<double> shares_of(const Scenario& scenario, const std::string& budget_class) {
  double amount = -1;
  for (const Earmark& earmark : scenario.earmarks) {
    if (earmark.budget_class != budget_class) continue;
    amount = amount < 0 ? earmark.amount.value : std::min(amount, earmark.amount.value);
  }
  double all = 0;
  for (const Euro year : scenario.money.by_year) all += year.value;
  std::vector<double> shares;
  for (const Euro year : scenario.money.by_year) {
    shares.push_back(all > 0 && amount > 0 ? std::min(1.0, amount / all) * year.value : 0.0);
  }
  return shares;
}

SitingProblem siting_problem(const WatchGround& ground, const std::vector<Candidate>& candidates,
                             std::vector<CoverSets::Demand> demand) {
  const Scenario& scenario = ground.scenario;
  SitingProblem problem{.demand = std::move(demand),
                        .prices = {},
                        .share = {},
                        .carry_over = scenario.money.carry_over,
                        .year_weights = scenario.plan.year_weights,
                        .gap = ground.rules().gap,
                        .time_limit_s = ground.rules().time_limit_s};
  std::string budget_class;
  for (const Candidate& one : candidates) {
    const Measure& measure = ground.measure(one.measure);
    const double cost = measure.unit_cost_eur.mean();
    problem.prices.push_back(
        {.cost = cost + charged_liability(scenario) * measure.liability_eur.mean(),
         .upkeep = cost * measure.maintenance_share,
         .lead = static_cast<int>(measure.lead_years)});
    budget_class = measure.budget_class;
  }
  problem.share = shares_of(scenario, budget_class);
  return problem;
}

// Candidates that act in a year, in the order they were bought.
std::vector<int> acting_in(const SitingProblem& problem, const Siting& siting, int year) {
  std::vector<int> acting;
  for (const auto& [c, bought] : siting.bought) {
    if (bought + problem.prices[at(c)].lead <= year) acting.push_back(c);
  }
  return acting;
}

// One stage after the other, each with what the ones before it made.
class Finder {
 public:
  Finder(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility, int threads,
         Monitor& monitor)
      : ground_(make_watch_ground(scenario, terrain)),
        mobility_(mobility),
        threads_(threads),
        monitor_(monitor) {}

  Result<Watch> go() {
    ABATIS_TRY(border_, find_border(ground_));
    watch_.zone = find_zone(ground_);
    ABATIS_TRY(watch_.places, find_places(ground_));
    monitor_.begin("what sensors would cover", static_cast<std::int64_t>(watch_.places.size()),
                   "places");
    candidates_ = find_reach(ground_, watch_.places, border_, watch_.zone, threads_);
    monitor_.advance(static_cast<std::int64_t>(watch_.places.size()));
    problem_ = siting_problem(ground_, candidates_,
                              watch_demand(ground_, border_, watch_.zone, candidates_));
    ABATIS_TRY(siting_, site_sensors(problem_, monitor_));
    take_siting();
    ABATIS_CHECK(warn());
    watch_.border = std::move(border_.points);
    watch_.border_m = border_.length_m;
    return std::move(watch_);
  }

 private:
  void take_siting() {
    watch_.candidates = static_cast<int>(candidates_.size());
    watch_.objective = siting_.value;
    watch_.objective_bound = siting_.bound;
    watch_.timed_out = siting_.timed_out;
    std::vector<int> all(candidates_.size());
    std::iota(all.begin(), all.end(), 0);
    const CoverSets every{
        .cost = std::vector<std::int64_t>(all.size(), 0), .budget = 0, .demand = problem_.demand};
    watch_.reachable = static_cast<double>(covered_weight(every, all)) / kWhole;
    watch_.seeable.assign(border_.points.size(), 0);
    for (const Candidate& one : candidates_) {
      if (!ground_.measure(one.measure).sensor.works[at(static_cast<int>(Conditions::day))])
        continue;
      for (const int p : one.border) watch_.seeable[at(p)] = 1;
    }
    for (const auto& [c, year] : siting_.bought) {
      watch_.sensors.push_back({.place = candidates_[at(c)].place,
                                .measure = candidates_[at(c)].measure,
                                .bought = year,
                                .acts = year + problem_.prices[at(c)].lead});
    }
    for (std::size_t y = 0; y < siting_.years.size(); ++y) {
      const SitingYear& from = siting_.years[y];
      WatchYear year{.value = from.value,
                     .bound = from.bound,
                     .spent = from.spent,
                     .allowed = from.allowed,
                     .acting = 0,
                     .border = {},
                     .air = {},
                     .fibre = {},
                     .effect = {},
                     .effect_fibre = {},
                     .gaps = {}};
      watch_.seen.emplace_back();
      cover_year(ground_, border_, watch_.zone, candidates_,
                 acting_in(problem_, siting_, static_cast<int>(y)), year, watch_.seen.back());
      watch_.years.push_back(std::move(year));
    }
  }

  Status warn() {
    const int years = ground_.scenario.years;
    watch_.lanes = places_to_warn(ground_);
    ABATIS_TRY(const std::vector<Way> ways, ways_of_movers(ground_, mobility_, threads_));
    for (const Way& way : ways) {
      watch_.corridors.push_back({.case_index = way.case_index,
                                  .approach_m = way.approach_m,
                                  .crossing_s = way.time_s.back(),
                                  .lead_s = {}});
    }
    monitor_.begin("warning by year", years, "years");
    SeenGrid seen = unseen(ground_);
    std::size_t next = 0;
    std::vector<const SitedSensor*> order;
    for (const SitedSensor& one : watch_.sensors) order.push_back(&one);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->acts < b->acts; });
    for (int year = 0; year < years; ++year) {
      if (monitor_.stop_requested()) {
        return fail(ErrorCode::interrupted, "stopped while looking for lanes");
      }
      const std::size_t before = next;
      for (; next < order.size() && order[next]->acts <= year; ++next) {
        add_sensor(ground_, watch_.places[at(order[next]->place)].cell,
                   ground_.measure(order[next]->measure), seen);
      }
      const bool changed = next != before || year == 0;
      warn_year(ways, seen, changed);
      monitor_.advance(1);
    }
    watch_.lowest_m = std::move(seen.lowest_m[0]);
    return {};
  }

  // A year in which no sensor begins is as the one before.
  void warn_year(const std::vector<Way>& ways, const SeenGrid& seen, bool changed) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      auto& lead = watch_.corridors[i].lead_s;
      lead.push_back(changed ? first_seen(ways[i], seen.on_ground) : lead.back());
    }
    if (!changed) {
      for (LaneWarning& place : watch_.lanes) place.ahead_m.push_back(place.ahead_m.back());
      return;
    }
    for (LaneWarning& place : watch_.lanes) place.ahead_m.emplace_back();
    const double altitude = ground_.rules().altitudes_m[at(ground_.rules().lane_altitude)];
    for (std::size_t s = 0; s < kSituations; ++s) {
      const Raster<float> away = distance_to(unseen_lanes(ground_, seen.lowest_m[s], altitude));
      for (LaneWarning& place : watch_.lanes) {
        const auto cell = ground_.grid().cell_at(place.at);
        place.ahead_m.back()[s] = cell ? static_cast<double>(away[*cell]) : 0.0;
      }
    }
  }

  WatchGround ground_;
  const Mobility& mobility_;
  int threads_;
  Monitor& monitor_;
  BorderLine border_;
  std::vector<Candidate> candidates_;
  SitingProblem problem_;
  Siting siting_;
  Watch watch_;
};

}  // namespace

Result<Watch> find_watch(const Scenario& scenario, const Terrain& terrain, const Mobility& mobility,
                         int threads, Monitor& monitor) {
  if (!scenario.surveillance.given) return Watch{};
  return Finder(scenario, terrain, mobility, threads, monitor).go();
}

double warning_s(const SurveillanceRules& rules, double ahead_m) {
  return ahead_m / rules.flyer_mps - rules.confirm_s - rules.disseminate_s;
}

}  // namespace abatis
