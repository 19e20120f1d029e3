#include "abatis/watch/watch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/geo/rasterize.hpp"
#include "lanes.hpp"
#include "siting.hpp"
#include "warning.hpp"

namespace abatis {
namespace {

using namespace watching;

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
    watch_.lanes = places_to_warn(ground_);
    ABATIS_TRY(ways_, ways_of_movers(ground_, mobility_, threads_));
    fixed_ = find_fixed_lanes(ground_, watch_.lanes, ways_, watch_.places, candidates_, threads_);
    problem_ = siting_problem(ground_, candidates_, demand());
    ABATIS_TRY(siting_, site_sensors(problem_, monitor_));
    take_siting();
    ABATIS_CHECK(warn());
    watch_.border = std::move(border_.points);
    watch_.border_m = border_.length_m;
    return std::move(watch_);
  }

 private:
  std::vector<CoverSets::Demand> demand() const {
    auto all = watch_demand(ground_, border_, watch_.zone, candidates_);
    for (CoverSets::Demand& one : warning_demand(ground_.rules(), fixed_)) {
      all.push_back(std::move(one));
    }
    return all;
  }
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
      const std::vector<int> acting = acting_in(problem_, siting_, static_cast<int>(y));
      cover_year(ground_, border_, watch_.zone, candidates_, acting, year, watch_.seen.back());
      for (int s = 0; s < kSituations; ++s) {
        year.lane_warning_s[at(s)] = mean_warning(fixed_, true, s, acting);
      }
      for (int c = 0; c < kConditions; ++c) {
        year.way_warning_s[at(c)] = mean_warning(fixed_, false, c, acting);
      }
      watch_.years.push_back(std::move(year));
    }
  }

  Status warn() {
    const int years = ground_.scenario.years;
    for (const Way& way : ways_) {
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
      warn_year(ways_, seen, changed);
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
  std::vector<Way> ways_;
  std::vector<FixedLane> fixed_;
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
