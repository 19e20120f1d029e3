#include "siting_schedule.hpp"

#include <algorithm>
#include <queue>
#include <utility>

namespace abatis::watching {

bool Purse::pays(int candidate, int year) const {
  constexpr double kCent = 0.005;  // EUR
  const SensorPrice& price = problem_->prices[at(candidate)];
  double left = 0;
  for (std::size_t y = 0; y < due_.size(); ++y) {
    const double more = y < at(year) ? 0 : y == at(year) ? price.cost : price.upkeep;
    left = problem_->carry_over * left + problem_->share[y] - due_[y] - more;
    if (left < -kCent) return false;
  }
  return true;
}

void Purse::book(int candidate, int year, double sign) {
  const SensorPrice& price = problem_->prices[at(candidate)];
  for (std::size_t y = at(year); y < due_.size(); ++y) {
    due_[y] += sign * (y == at(year) ? price.cost : price.upkeep);
  }
}

SitingMap::SitingMap(const SitingProblem& siting)
    : problem(siting), reach(siting.prices.size()), onward(siting.share.size() + 1, 0.0) {
  for (std::size_t d = 0; d < problem.demand.size(); ++d) {
    for (const int c : problem.demand[d].sites) reach[at(c)].push_back(static_cast<int>(d));
  }
  for (std::size_t y = problem.share.size(); y-- > 0;) {
    onward[y] = onward[y + 1] + problem.year_weights[y];
  }
}

SitingPrices whole_prices(const SitingProblem& problem) {
  const auto years = static_cast<double>(problem.share.size());
  SitingPrices prices;
  for (const SensorPrice& price : problem.prices) {
    for (double y = 0; y < years; ++y) {
      prices.push_back(std::max(1.0, price.cost + price.upkeep * (years - 1 - y)));
    }
  }
  return prices;
}

Schedule::Schedule(const SitingMap& map)
    : map_(&map),
      purse_(map.problem),
      year_of_(at(map.candidates()), -1),
      count_(map.problem.demand.size() * at(map.years()), 0),
      first_(map.problem.demand.size(), map.years()),
      waiting_(at(map.years()) + 1) {}

int Schedule::first(int demand) const {
  const auto begin = count_.begin() + static_cast<std::ptrdiff_t>(demand) * map_->years();
  return static_cast<int>(std::find_if(begin, begin + map_->years(), [](int n) { return n > 0; }) -
                          begin);
}

void Schedule::buy(int candidate, int year) {
  year_of_[at(candidate)] = year;
  purse_.pay(candidate, year);
  const int from = map_->acts(candidate, year);
  if (from == map_->years()) return;
  for (const int d : map_->reach[at(candidate)]) {
    ++count_[at(d) * at(map_->years()) + at(from)];
    if (from >= first_[at(d)]) continue;
    value_ += static_cast<double>(map_->problem.demand[at(d)].weight) *
              (map_->onward[at(from)] - map_->onward[at(first_[at(d)])]);
    first_[at(d)] = from;
  }
}

void Schedule::give_up(int candidate) {
  const int year = std::exchange(year_of_[at(candidate)], -1);
  purse_.refund(candidate, year);
  const int from = map_->acts(candidate, year);
  if (from == map_->years()) return;
  for (const int d : map_->reach[at(candidate)]) {
    if (--count_[at(d) * at(map_->years()) + at(from)] > 0 || first_[at(d)] != from) continue;
    first_[at(d)] = first(d);
    value_ -= static_cast<double>(map_->problem.demand[at(d)].weight) *
              (map_->onward[at(from)] - map_->onward[at(first_[at(d)])]);
  }
}

void Schedule::gains(int candidate, std::vector<double>& gains) const {
  std::fill(waiting_.begin(), waiting_.end(), 0.0);
  for (const int d : map_->reach[at(candidate)]) {
    waiting_[at(first_[at(d)])] += static_cast<double>(map_->problem.demand[at(d)].weight);
  }
  gains.assign(at(map_->years()), 0.0);
  for (int y = 0; y < map_->years(); ++y) {
    const int from = map_->acts(candidate, y);
    for (int f = from + 1; f <= map_->years(); ++f) {
      gains[at(y)] += waiting_[at(f)] * (map_->onward[at(from)] - map_->onward[at(f)]);
    }
  }
}

Schedule::Offer Schedule::offer(int candidate, const SitingPrices& prices) {
  Offer best{.worth = 0, .candidate = -1, .year = 0};
  gains(candidate, gains_);
  for (int y = 0; y < map_->years(); ++y) {
    const double worth = gains_[at(y)] / prices[at(candidate) * at(map_->years()) + at(y)];
    if (worth > best.worth && purse_.pays(candidate, y)) best = {worth, candidate, y};
  }
  return best;
}

// What a purchase adds, and whether it can be paid, never grows while others are bought: so the
// worth of an offer that was reckoned earlier is a bound on what it is worth now.
void Schedule::fill(const SitingPrices& prices, const std::vector<char>& allowed) {
  std::priority_queue<Offer> offers;
  for (int c = 0; c < map_->candidates(); ++c) {
    if (year_of_[at(c)] >= 0 || allowed[at(c)] == 0) continue;
    const Offer one = offer(c, prices);
    if (one.candidate >= 0) offers.push(one);
  }
  while (!offers.empty()) {
    const int candidate = offers.top().candidate;
    offers.pop();
    const Offer now = offer(candidate, prices);
    if (now.candidate < 0) continue;
    if (!offers.empty() && now < offers.top()) {
      offers.push(now);
    } else {
      buy(now.candidate, now.year);
    }
  }
}

std::vector<std::pair<int, int>> Schedule::bought() const {
  std::vector<std::pair<int, int>> bought;
  for (int c = 0; c < map_->candidates(); ++c) {
    if (year_of_[at(c)] >= 0) bought.emplace_back(c, year_of_[at(c)]);
  }
  std::stable_sort(bought.begin(), bought.end(),
                   [](const auto& a, const auto& b) { return a.second < b.second; });
  return bought;
}

bool exchange(Schedule& schedule, const SitingMap& map, const SitingPrices& prices, int rounds,
              const Monitor& monitor) {
  const double least = 1e-9 * schedule.value();
  std::vector<char> allowed(map.problem.prices.size(), 1);
  for (int round = 0; round < rounds; ++round) {
    const double before_round = schedule.value();
    for (const auto& [candidate, year] : schedule.bought()) {
      if (monitor.stop_requested()) return false;
      if (schedule.year_of(candidate) != year) continue;
      const Schedule kept = schedule;
      schedule.give_up(candidate);
      allowed[at(candidate)] = 0;
      schedule.fill(prices, allowed);
      allowed[at(candidate)] = 1;
      schedule.fill(prices, allowed);
      if (schedule.value() <= kept.value() + least) schedule = kept;
    }
    if (schedule.value() <= before_round + least) break;
  }
  return true;
}

}  // namespace abatis::watching
