#include "siting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace abatis::watching {
namespace {

using Bought = std::vector<std::pair<int, int>>;

// Money year by year: what is left of it, and whether a purchase can be paid with its upkeep.
class Purse {
 public:
  explicit Purse(const SitingProblem& problem)
      : problem_(problem), due_(problem.share.size(), 0.0) {}
  bool pays(int candidate, int year) const {
    const SensorPrice& price = problem_.prices[at(candidate)];
    double left = 0;
    for (std::size_t y = 0; y < due_.size(); ++y) {
      const double more = y < at(year) ? 0 : y == at(year) ? price.cost : price.upkeep;
      left = problem_.carry_over * left + problem_.share[y] - due_[y] - more;
      if (left < -kCent) return false;
    }
    return true;
  }
  void pay(int candidate, int year) {
    const SensorPrice& price = problem_.prices[at(candidate)];
    for (std::size_t y = at(year); y < due_.size(); ++y) {
      due_[y] += y == at(year) ? price.cost : price.upkeep;
    }
  }

 private:
  static constexpr double kCent = 0.005;  // EUR
  const SitingProblem& problem_;
  std::vector<double> due_;  // EUR by year
};

// Weight that further candidates would add to those taken.
class Gains {
 public:
  explicit Gains(const SitingProblem& problem)
      : problem_(problem),
        reach_(problem.prices.size()),
        gain_(problem.prices.size(), 0),
        covered_(problem.demand.size(), 0) {
    for (std::size_t d = 0; d < problem.demand.size(); ++d) {
      for (const int s : problem.demand[d].sites) {
        reach_[at(s)].push_back(static_cast<int>(d));
        gain_[at(s)] += problem.demand[d].weight;
      }
    }
  }
  std::int64_t of(int candidate) const { return gain_[at(candidate)]; }
  void take(int candidate) {
    for (const int d : reach_[at(candidate)]) {
      if (covered_[at(d)] != 0) continue;
      covered_[at(d)] = 1;
      for (const int s : problem_.demand[at(d)].sites)
        gain_[at(s)] -= problem_.demand[at(d)].weight;
    }
  }

 private:
  const SitingProblem& problem_;
  std::vector<std::vector<int>> reach_;
  std::vector<std::int64_t> gain_;
  std::vector<char> covered_;
};

// The problems are many and small: what they know on the way is not told.
class Quiet : public Monitor {
 public:
  explicit Quiet(const Monitor& inner) : inner_(inner) {}
  bool stop_requested() const override { return inner_.stop_requested(); }

 private:
  const Monitor& inner_;
};

double horizon_price(const SitingProblem& problem, const SensorPrice& price, int year) {
  const auto years = static_cast<double>(problem.share.size());
  return price.cost + price.upkeep * (years - 1 - year);
}

// The best of the candidates allowed in a year by gain for each euro, -1 = none that is paid.
int best_of(const SitingProblem& problem, const std::vector<int>& allowed,
            const std::vector<char>& taken, const Gains& gains, const Purse& purse, int year) {
  int best = -1;
  double most = 0;
  for (const int c : allowed) {
    const SensorPrice& price = problem.prices[at(c)];
    const bool acts = year + price.lead < static_cast<int>(problem.share.size());
    if (taken[at(c)] != 0 || gains.of(c) <= 0 || !acts) continue;
    const double worth =
        static_cast<double>(gains.of(c)) / std::max(1.0, horizon_price(problem, price, year));
    if (worth > most && purse.pays(c, year)) {
      most = worth;
      best = c;
    }
  }
  return best;
}

// Buys the candidates wanted as early as they can be paid, the best first; then others for what is
// left.
Bought schedule(const SitingProblem& problem, const std::vector<int>& wanted) {
  std::vector<int> all(problem.prices.size());
  std::iota(all.begin(), all.end(), 0);
  Purse purse(problem);
  Gains gains(problem);
  std::vector<char> taken(problem.prices.size(), 0);
  Bought bought;
  for (const std::vector<int>* allowed : {&wanted, &std::as_const(all)}) {
    for (int year = 0; year < static_cast<int>(problem.share.size()); ++year) {
      for (;;) {
        const int best = best_of(problem, *allowed, taken, gains, purse, year);
        if (best < 0) break;
        taken[at(best)] = 1;
        gains.take(best);
        purse.pay(best, year);
        bought.emplace_back(best, year);
      }
    }
  }
  std::sort(bought.begin(), bought.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second < b.second : a.first < b.first;
  });
  return bought;
}

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
  Quiet quiet(monitor);
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

// Forgetting all but year_problem leaves one covering problem a year, whose bound is proven.
Result<Siting> site_sensors(const SitingProblem& problem, Monitor& monitor) {
  const int count = static_cast<int>(problem.share.size());
  const int lead = least_lead(problem);
  monitor.begin("siting of sensors", count + 3, "covering problems");
  Siting best;
  std::vector<SitingYear> years;
  double most = -1;
  const double money = std::accumulate(problem.share.begin(), problem.share.end(), 0.0);
  // Sets that the whole money would buy, with upkeep from early, half way and late.
  for (const int year : {0, count / 2, count - 1}) {
    std::vector<double> prices;
    for (const SensorPrice& price : problem.prices) {
      prices.push_back(std::ceil(horizon_price(problem, price, year)));
    }
    ABATIS_TRY(const CoverSetsResult set,
               solve(problem, covering(problem, prices, money), monitor));
    Bought bought = schedule(problem, set.chosen);
    const std::vector<SitingYear> now = value_of(problem, bought);
    if (total_of(problem, now) > most) {
      most = total_of(problem, now);
      best.bought = std::move(bought);
      years = now;
    }
    monitor.advance(1);
  }
  for (int y = 0; y < count; ++y) {
    if (y >= lead) {
      ABATIS_TRY(const CoverSetsResult set, solve(problem, year_problem(problem, y), monitor));
      best.timed_out = best.timed_out || set.status == CoverStatus::time_limit;
      years[at(y)].bound = static_cast<double>(set.bound) / kWhole;
    }
    best.bound += problem.year_weights[at(y)] * years[at(y)].bound;
    monitor.advance(1);
  }
  best.value = most;
  best.years = std::move(years);
  return best;
}

}  // namespace abatis::watching
