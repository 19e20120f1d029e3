#include "siting_relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace abatis::watching {
namespace {

// Sums of some million terms in double precision are off by far less than this share.
constexpr double kRounding = 1e-9;
constexpr double kKept = 0.7;     // of the last direction
constexpr int kPatience = 15;     // passes without a better bound before steps are halved
constexpr double kBetter = 1e-5;  // share by which a bound is better

}  // namespace

SitingRelaxation::SitingRelaxation(const SitingMap& map)
    : map_(map), years_(at(map.years())), covered_(map.problem.demand.size() * years_, 0) {
  const SitingProblem& problem = map.problem;
  double all = 0;
  for (const CoverSets::Demand& one : problem.demand) {
    const auto sites = static_cast<double>(std::max<std::size_t>(1, one.sites.size()));
    for (std::size_t t = 0; t < years_; ++t) {
      weight_.push_back(static_cast<double>(one.weight) * problem.year_weights[t]);
      price_.push_back(weight_.back() / std::sqrt(sites));
      if (!one.sites.empty()) all += weight_.back();
    }
  }
  turn_.assign(price_.size(), 0.0);
  double left = 0;
  for (const double share : problem.share) {
    left = problem.carry_over * left + share;
    money_.push_back(left);
  }
  rate_turn_.assign(years_, 0.0);
  used_.assign(years_, 0.0);
  bought_.assign(problem.prices.size(), 0);
  const double money = std::max(1.0, left);
  for (std::size_t y = 0; y < years_; ++y) {
    rate_.push_back(all / money / static_cast<double>(years_) / 4);
    rate_unit_.push_back(all / (money * money));
  }
  spent_price_.assign(years_, 0.0);
  best_price_ = price_;
  best_rate_ = rate_;
  least_ = std::numeric_limits<double>::infinity();
}

double SitingRelaxation::money_price(int candidate, int year) const {
  const SensorPrice& price = map_.problem.prices[at(candidate)];
  double sum = price.cost * spent_price_[at(year)];
  for (std::size_t y = at(year) + 1; y < years_; ++y) sum += price.upkeep * spent_price_[y];
  return sum;
}

// The bound at the prices as they are; `covered_` and `used_` are what its purchases do.
double SitingRelaxation::pass() {
  // A euro spent in year k is missing in every later year, less what would not have been carried.
  for (std::size_t k = years_; k-- > 0;) {
    spent_price_[k] =
        rate_[k] + (k + 1 < years_ ? map_.problem.carry_over * spent_price_[k + 1] : 0);
  }
  ++passes_;
  double bound = 0, size = 0;
  for (std::size_t i = 0; i < price_.size(); ++i) bound += weight_[i] - price_[i];
  for (std::size_t y = 0; y < years_; ++y) bound += rate_[y] * money_[y];
  std::fill(covered_.begin(), covered_.end(), 0);
  std::fill(used_.begin(), used_.end(), 0.0);
  std::vector<double> paid(years_ + 1), due(years_);
  std::vector<double> spent(years_, 0.0);
  for (int c = 0; c < map_.candidates(); ++c) {
    std::fill(paid.begin(), paid.end(), 0.0);
    for (const int d : map_.reach[at(c)]) {
      const double* from = &price_[at(d) * years_];
      for (std::size_t t = 0; t < years_; ++t) paid[t] += from[t];
    }
    for (std::size_t t = years_; t-- > 0;) paid[t] += paid[t + 1];  // from year t on
    double most = 0;
    int best = -1;
    for (int y = 0; y < map_.years(); ++y) {
      const double now = paid[at(map_.acts(c, y))] - money_price(c, y);
      if (now > most) {
        most = now;
        best = y;
      }
    }
    if (best < 0) continue;
    ++bought_[at(c)];
    bound += most;
    size += paid[0];
    for (const int d : map_.reach[at(c)]) {
      for (int t = map_.acts(c, best); t < map_.years(); ++t) ++covered_[at(d) * years_ + at(t)];
    }
    const SensorPrice& price = map_.problem.prices[at(c)];
    spent[at(best)] += price.cost;
    for (std::size_t y = at(best) + 1; y < years_; ++y) spent[y] += price.upkeep;
  }
  double left = 0;
  for (std::size_t y = 0; y < years_; ++y) {
    left = map_.problem.carry_over * left + spent[y];
    used_[y] = left;
  }
  return bound + kRounding * (bound + size);
}

void SitingRelaxation::move(double bound, double target, double share) {
  double square = 0;
  for (std::size_t i = 0; i < price_.size(); ++i) {
    // At the end of its range a price has no way further.
    double slope = weight_[i] > 0 ? 1.0 - covered_[i] : 0;
    if ((slope > 0 && price_[i] >= weight_[i]) || (slope < 0 && price_[i] <= 0)) slope = 0;
    turn_[i] = kKept * turn_[i] + slope;
    square += weight_[i] * turn_[i] * turn_[i];
  }
  for (std::size_t y = 0; y < years_; ++y) {
    double slope = used_[y] - money_[y];
    if (slope < 0 && rate_[y] <= 0) slope = 0;
    rate_turn_[y] = kKept * rate_turn_[y] + slope;
    square += rate_unit_[y] * rate_turn_[y] * rate_turn_[y];
  }
  if (!(square > 0)) return;
  const double step = share * std::max(bound - target, 1e-4 * bound) / square;
  for (std::size_t i = 0; i < price_.size(); ++i) {
    price_[i] = std::clamp(price_[i] + step * weight_[i] * turn_[i], 0.0, weight_[i]);
  }
  for (std::size_t y = 0; y < years_; ++y) {
    rate_[y] = std::max(0.0, rate_[y] + step * rate_unit_[y] * rate_turn_[y]);
  }
}

bool SitingRelaxation::descend(int passes, double target, const Monitor& monitor) {
  int waited = 0;
  for (int pass_at = 0; pass_at < passes; ++pass_at) {
    if (monitor.stop_requested()) return false;
    const double bound = pass();
    if (bound < least_) {
      if (bound < (1 - kBetter) * least_) waited = 0;
      least_ = bound;
      best_price_ = price_;
      best_rate_ = rate_;
    }
    if (++waited > kPatience) {
      waited = 0;
      share_ /= 2;
      price_ = best_price_;
      rate_ = best_rate_;
      std::fill(turn_.begin(), turn_.end(), 0.0);
      std::fill(rate_turn_.begin(), rate_turn_.end(), 0.0);
      pass();
      if (share_ < 1e-3) break;
    }
    move(bound, target, share_);
  }
  price_ = best_price_;
  rate_ = best_rate_;
  pass();
  return true;
}

std::vector<char> SitingRelaxation::favoured() {
  std::vector<char> favoured;
  for (const int passes : bought_) favoured.push_back(2 * passes >= passes_ ? 1 : 0);
  std::fill(bought_.begin(), bought_.end(), 0);
  passes_ = 0;
  return favoured;
}

}  // namespace abatis::watching
