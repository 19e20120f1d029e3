#include "siting.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "abatis/base/quiet.hpp"
#include "siting_relaxation.hpp"

namespace abatis::watching {
namespace {

using Bought = std::vector<std::pair<int, int>>;

double total_of(const SitingProblem& problem, const std::vector<SitingYear>& years) {
  double sum = 0;
  for (std::size_t y = 0; y < years.size(); ++y) sum += problem.year_weights[y] * years[y].value;
  return sum;
}

// Prices rounded down, the budget up: what the money allows, the rounded problem allows too.
CoverSets covering(const SitingProblem& problem, const std::vector<double>& prices, double budget) {
  CoverSets sets{
      .cost = {}, .budget = static_cast<std::int64_t>(std::ceil(budget)), .demand = problem.demand};
  for (const double price : prices) sets.cost.push_back(static_cast<std::int64_t>(price));
  return sets;
}

Result<CoverSetsResult> solve(const SitingProblem& problem, const CoverSets& sets,
                              Monitor& monitor) {
  Quiet quiet(monitor);  // the problems are many and small
  ABATIS_TRY(const CoverSetsResult result,
             cover_sets(sets, {.time_s = problem.time_limit_s, .gap = problem.gap}, quiet));
  if (result.status == CoverStatus::interrupted) {
    return fail(ErrorCode::interrupted, "stopped while siting sensors");
  }
  return result;
}

int least_lead(const SitingProblem& problem) {
  int least = static_cast<int>(problem.share.size());
  for (const SensorPrice& price : problem.prices) least = std::min(least, price.lead);
  return least;
}

}  // namespace

std::vector<SitingYear> value_of(const SitingProblem& problem, const Bought& bought) {
  std::vector<SitingYear> years(problem.share.size());
  double allowed = 0, spent = 0;
  for (std::size_t y = 0; y < years.size(); ++y) {
    allowed += problem.share[y];
    std::vector<char> acts(problem.prices.size(), 0);
    for (const auto& [c, year] : bought) {
      const SensorPrice& price = problem.prices[at(c)];
      if (at(year) == y) spent += price.cost;
      if (at(year) < y) spent += price.upkeep;
      if (year + price.lead <= static_cast<int>(y)) acts[at(c)] = 1;
    }
    std::int64_t value = 0;
    for (const CoverSets::Demand& one : problem.demand) {
      const bool covered =
          std::any_of(one.sites.begin(), one.sites.end(), [&](int s) { return acts[at(s)] != 0; });
      if (covered) value += one.weight;
    }
    years[y].value = static_cast<double>(value) / kWhole;
    years[y].spent = spent;
    years[y].allowed = allowed;
  }
  return years;
}

bool affordable(const SitingProblem& problem, const Bought& bought) {
  Purse purse(problem);
  for (const auto& [c, year] : bought) {
    if (!purse.pays(c, year)) return false;
    purse.pay(c, year);
  }
  return true;
}

CoverSets year_problem(const SitingProblem& problem, int year) {
  const int lead = least_lead(problem);
  double until = 0;
  for (int y = 0; y <= year - lead; ++y) until += problem.share[at(y)];
  std::vector<double> prices;
  for (const SensorPrice& price : problem.prices) {
    prices.push_back(price.lead > year ? std::ceil(until) + 1
                                       : price.cost + price.upkeep * (price.lead - lead));
  }
  return covering(problem, prices, until);
}

namespace {

// The best schedule so far, and what it is worth.
class Best {
 public:
  Best(const SitingMap& map, const Monitor& monitor)
      : map_(map),
        monitor_(monitor),
        prices_(whole_prices(map.problem)),
        all_(map.problem.prices.size(), 1) {}

  // Buys those of `first`, then others for what is left, and exchanges.
  void offer(const std::vector<char>& first) {
    constexpr int kRounds = 3;
    Schedule schedule(map_);
    schedule.fill(prices_, first);
    schedule.fill(prices_, all_);
    exchange(schedule, map_, prices_, kRounds, monitor_);
    if (!best_ || schedule.value() > best_->value()) best_ = std::move(schedule);
  }
  double value() const { return best_ ? best_->value() : 0; }
  Bought bought() const { return best_ ? best_->bought() : Bought{}; }

 private:
  const SitingMap& map_;
  const Monitor& monitor_;
  SitingPrices prices_;
  std::vector<char> all_;
  std::optional<Schedule> best_;
};

}  // namespace

// Forgetting all but year_problem leaves one covering problem a year, whose bound is proven; the
// relaxation over all years bounds their sum.
Result<Siting> site_sensors(const SitingProblem& problem, Monitor& monitor) {
  constexpr int kTurns = 6, kPasses = 100;
  const auto stopped = [] { return fail(ErrorCode::interrupted, "stopped while siting sensors"); };
  const int count = static_cast<int>(problem.share.size());
  const int lead = least_lead(problem);
  monitor.begin("siting of sensors", count + kTurns, "problems");
  const SitingMap map(problem);
  Best best(map, monitor);
  Siting siting;
  std::vector<double> bounds(problem.share.size(), 0.0);
  for (int y = lead; y < count; ++y) {
    ABATIS_TRY(const CoverSetsResult set, solve(problem, year_problem(problem, y), monitor));
    siting.timed_out = siting.timed_out || set.status == CoverStatus::time_limit;
    bounds[at(y)] = static_cast<double>(set.bound) / kWhole;
    siting.bound += problem.year_weights[at(y)] * bounds[at(y)];
    std::vector<char> first(problem.prices.size(), 0);
    for (const int c : set.chosen) first[at(c)] = 1;
    best.offer(first);
    monitor.advance(1);
  }
  SitingRelaxation relaxation(map);
  for (int turn = 0; turn < kTurns; ++turn) {
    if (!relaxation.descend(kPasses, best.value(), monitor)) return stopped();
    best.offer(relaxation.favoured());
    monitor.advance(1);
  }
  if (monitor.stop_requested()) return stopped();
  siting.bound = std::min(siting.bound, relaxation.bound() / kWhole);
  siting.bought = best.bought();
  siting.years = value_of(problem, siting.bought);
  siting.value = total_of(problem, siting.years);
  for (int y = 0; y < count; ++y) siting.years[at(y)].bound = bounds[at(y)];
  return siting;
}

}  // namespace abatis::watching
