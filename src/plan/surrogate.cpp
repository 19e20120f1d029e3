#include "surrogate.hpp"

#include <algorithm>

namespace abatis::plan_detail {

namespace {
// What the mean counts in a move where only the worst cases make the objective: many moves lift
// none of them at once, and the one that lifts others is nearer to a better plan.
constexpr double kMeanShare = 0.02;
}  // namespace

Surrogate::Surrogate(const Instance& instance, const PathPool& pool,
                     const std::vector<std::vector<int>>& use, const std::vector<int>& plan)
    : instance_(instance),
      length_(instance.cells.size()),
      visits_(use.size(), std::vector<std::vector<Visit>>(at(instance.problem.sites))),
      time_(instance.cells.size(), 0.0) {
  for (std::size_t k = 0; k < use.size(); ++k) {
    for (std::size_t i = 0; i < use[k].size(); ++i) {
      for (const auto& [site, count] : pool.of(static_cast<int>(k))[at(use[k][i])].steps) {
        visits_[k][at(site)].push_back({static_cast<int>(i), count});
      }
    }
  }
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int kase = instance.cells[i].kase;
    for (const int p : use[at(kase)]) length_[i].push_back(pool.of(kase)[at(p)].length);
    for (const int c : plan) shift(static_cast<int>(i), c, 1);
    time_[i] = least(static_cast<int>(i));
  }
  value_ = instance.value(time_);
}

void Surrogate::shift(int cell, int column, double sign) {
  const double by = sign * instance_.effect(column, cell);
  if (by == 0) return;
  auto& length = length_[at(cell)];
  const int kase = instance_.cells[at(cell)].kase;
  for (const Visit& v : visits_[at(kase)][at(instance_.site_of(column))]) {
    length[at(v.path)] += v.count * by;
  }
}

double Surrogate::least(int cell) const {
  double best = instance_.cells[at(cell)].top;
  for (const double l : length_[at(cell)]) best = std::min(best, l);
  return best;
}

double Surrogate::change(const std::vector<int>& drop, const std::vector<int>& take) {
  double sum = 0;
  std::vector<double> saved;
  if (!instance_.is_mean()) after_ = time_;
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int cell = static_cast<int>(i);
    bool touched = false;
    for (const int c : drop) touched = touched || instance_.effect(c, cell) > 0;
    for (const int c : take) touched = touched || instance_.effect(c, cell) > 0;
    if (!touched) continue;
    saved = length_[i];  // restored bit by bit: adding and subtracting would drift
    for (const int c : drop) shift(cell, c, -1);
    for (const int c : take) shift(cell, c, 1);
    const double now = least(cell);
    sum += instance_.cells[i].weight * (now - time_[i]);
    if (!instance_.is_mean()) after_[i] = now;
    length_[i] = saved;
  }
  if (instance_.is_mean()) return sum;
  return instance_.value(after_) - value_ + kMeanShare * sum;
}

void Surrogate::apply(const std::vector<int>& drop, const std::vector<int>& take) {
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int cell = static_cast<int>(i);
    for (const int c : drop) shift(cell, c, -1);
    for (const int c : take) shift(cell, c, 1);
    const double now = least(cell);
    value_ += instance_.cells[i].weight * (now - time_[i]);
    time_[i] = now;
  }
  if (!instance_.is_mean()) value_ = instance_.value(time_);
}

void Surrogate::add_path(int kase, const Path& path, const std::vector<int>& plan) {
  int number = -1;
  for (std::size_t i = 0; i < length_.size(); ++i) {
    if (instance_.cells[i].kase != kase) continue;
    const int cell = static_cast<int>(i);
    double length = path.length;
    for (const auto& [site, count] : path.steps) {
      for (const int c : plan) {
        if (instance_.site_of(c) == site) length += count * instance_.effect(c, cell);
      }
    }
    number = static_cast<int>(length_[i].size());
    length_[i].push_back(length);
    const double now = std::min(time_[i], length);
    value_ += instance_.cells[i].weight * (now - time_[i]);
    time_[i] = now;
  }
  if (!instance_.is_mean()) value_ = instance_.value(time_);
  for (const auto& [site, count] : path.steps) {
    if (number >= 0) visits_[at(kase)][at(site)].push_back({number, count});
  }
}

}  // namespace abatis::plan_detail
