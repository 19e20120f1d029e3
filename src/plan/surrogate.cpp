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
      visits_(std::make_shared<Visits>(
          use.size(), std::vector<std::vector<Visit>>(at(instance.problem.sites)))),
      time_(instance.cells.size(), 0.0),
      shortest_(instance.cells.size(), -1) {
  for (std::size_t k = 0; k < use.size(); ++k) {
    for (std::size_t i = 0; i < use[k].size(); ++i) {
      for (const auto& [site, count] : pool.of(static_cast<int>(k))[at(use[k][i])].steps) {
        (*visits_)[k][at(site)].push_back({static_cast<int>(i), count});
      }
    }
  }
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int cell = static_cast<int>(i), kase = instance.cells[i].kase;
    for (const int p : use[at(kase)]) length_[i].push_back(pool.of(kase)[at(p)].length);
    for (const int c : plan) {
      const double by = instance.effect(c, cell);
      if (by == 0) continue;
      for (const Visit& v : visits(cell, instance.site_of(c)))
        length_[i][at(v.path)] += v.count * by;
    }
    settle(cell);
  }
  value_ = instance.value(time_);
}

// The time of a cell from the lengths of its paths.
void Surrogate::settle(int cell) {
  const auto& length = length_[at(cell)];
  double best = instance_.cells[at(cell)].top;
  int shortest = -1;
  for (std::size_t p = 0; p < length.size(); ++p) {
    if (length[p] >= best) continue;
    best = length[p];
    shortest = static_cast<int>(p);
  }
  time_[at(cell)] = best;
  shortest_[at(cell)] = shortest;
}

// By how much each site changes in a cell; what is put off changes nothing once it is there.
void Surrogate::find_deltas(int cell, const std::vector<int>& drop, const std::vector<int>& take) {
  deltas_.clear();
  const auto count = [&](int column, double sign) {
    const double by = sign * instance_.effects(column)[at(cell)];
    if (by == 0) return;
    const int site = instance_.site_of(column);
    for (Delta& d : deltas_) {
      if (d.site != site) continue;
      d.by += by;
      return;
    }
    deltas_.push_back({site, by});
  };
  for (const int c : drop) count(c, -1);
  for (const int c : take) count(c, 1);
  std::erase_if(deltas_, [](const Delta& d) { return d.by == 0; });
}

double Surrogate::least_after(int cell) {
  const auto& length = length_[at(cell)];
  const double now = time_[at(cell)];
  const int shortest = shortest_[at(cell)];
  if (deltas_.size() == 1 && deltas_.front().by < 0) {
    double best = now;
    for (const Visit& v : visits(cell, deltas_.front().site)) {
      best = std::min(best, length[at(v.path)] + v.count * deltas_.front().by);
    }
    return best;
  }
  bool longer = true, reached = false;
  for (const Delta& d : deltas_) {
    longer = longer && d.by > 0;
    for (const Visit& v : visits(cell, d.site)) reached = reached || v.path == shortest;
  }
  if (longer && !reached) return now;
  scratch_ = length;  // a copy: adding and subtracting would drift
  for (const Delta& d : deltas_) {
    for (const Visit& v : visits(cell, d.site)) scratch_[at(v.path)] += v.count * d.by;
  }
  double best = instance_.cells[at(cell)].top;
  for (const double l : scratch_) best = std::min(best, l);
  return best;
}

double Surrogate::change(const std::vector<int>& drop, const std::vector<int>& take) {
  double sum = 0;
  if (!instance_.is_mean()) after_ = time_;
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int cell = static_cast<int>(i);
    find_deltas(cell, drop, take);
    if (deltas_.empty()) continue;
    const double now = least_after(cell);
    sum += instance_.cells[i].weight * (now - time_[i]);
    if (!instance_.is_mean()) after_[i] = now;
  }
  if (instance_.is_mean()) return sum;
  return instance_.value(after_) - value_ + kMeanShare * sum;
}

void Surrogate::apply(const std::vector<int>& drop, const std::vector<int>& take) {
  for (std::size_t i = 0; i < length_.size(); ++i) {
    const int cell = static_cast<int>(i);
    find_deltas(cell, drop, take);
    if (deltas_.empty()) continue;
    for (const Delta& d : deltas_) {
      for (const Visit& v : visits(cell, d.site)) length_[i][at(v.path)] += v.count * d.by;
    }
    const double before = time_[i];
    settle(cell);
    value_ += instance_.cells[i].weight * (time_[i] - before);
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
    if (length >= time_[i]) continue;
    value_ += instance_.cells[i].weight * (length - time_[i]);
    time_[i] = length;
    shortest_[i] = number;
  }
  if (!instance_.is_mean()) value_ = instance_.value(time_);
  if (number < 0) return;
  if (visits_.use_count() > 1) visits_ = std::make_shared<Visits>(*visits_);
  for (const auto& [site, count] : path.steps) {
    (*visits_)[at(kase)][at(site)].push_back({number, count});
  }
}

}  // namespace abatis::plan_detail
