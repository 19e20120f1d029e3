#include "state.hpp"

#include <algorithm>
#include <bit>

#include "abatis/base/numbers.hpp"

namespace abatis::covering {

State::State(const Instance& instance) : instance_(instance) {
  if (!instance.single) {
    std::int64_t all = 0;
    for (int g = 0; g < instance.groups(); ++g) all += instance.cap[at(g)] * instance.weight[at(g)];
    for (const auto own : instance.own) all += own;
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(all)));
    shift_ = std::clamp(62 - bits, 0, 16);
  }
  clear();
}

void State::clear() {
  chosen_.assign(instance_.row.size(), 0);
  place_.assign(instance_.row.size(), -1);
  order_.clear();
  count_.assign(instance_.weight.size(), 0);
  promise_ = instance_.own;
  for (auto& promise : promise_) promise <<= shift_;
  for (int g = 0; g < instance_.groups(); ++g) {
    const std::int64_t paid = pay(g, 0);
    for (const int s : instance_.members[g]) promise_[at(s)] += paid;
  }
  value_ = instance_.base;
  left_ = instance_.budget;
}

// What one more member counts for when `count` are chosen.
std::int64_t State::pay(int group, int count) const {
  const std::int64_t missing = instance_.need[at(group)] - count;
  const std::int64_t whole = instance_.weight[at(group)] << shift_;
  if (missing <= 0) return count < instance_.cap[at(group)] ? whole : 0;
  return whole / (missing * missing);
}

void State::change(int site, int by) {
  for (const int g : instance_.reach[site]) {
    const int before = count_[at(g)];
    const int after = before + by;
    count_[at(g)] = after;
    const int first = instance_.need[at(g)];
    const int counts = std::max(before, after);  // the member that comes or goes
    if (counts >= first && counts < first + instance_.cap[at(g)]) {
      value_ += by * instance_.weight[at(g)];
    }
    const std::int64_t rise = pay(g, after) - pay(g, before);
    if (rise == 0) continue;
    for (const int s : instance_.members[g]) promise_[at(s)] += rise;
  }
  value_ += by * instance_.own[at(site)];
  left_ -= by * instance_.cost[at(site)];
}

void State::add(int site) {
  chosen_[at(site)] = 1;
  place_[at(site)] = static_cast<int>(order_.size());
  order_.push_back(site);
  change(site, 1);
}

void State::drop(int site) {
  chosen_[at(site)] = 0;
  const int last = order_.back();
  order_[at(place_[at(site)])] = last;
  place_[at(last)] = place_[at(site)];
  place_[at(site)] = -1;
  order_.pop_back();
  change(site, -1);
}

int State::best(int except) const {
  int best = -1;
  for (int s = 0; s < instance_.sites(); ++s) {
    if (chosen_[at(s)] != 0 || instance_.cost[at(s)] > left_ || promise_[at(s)] <= 0) continue;
    if (s == except) continue;
    if (best < 0) {
      best = s;
      continue;
    }
    // promise / cost, by products that cannot overflow.
    const Wide here = static_cast<Wide>(promise_[at(s)]) * instance_.cost[at(best)];
    const Wide there = static_cast<Wide>(promise_[at(best)]) * instance_.cost[at(s)];
    if (here > there || (here == there && promise_[at(s)] > promise_[at(best)])) best = s;
  }
  return best;
}

void State::fill() {
  for (int s = best(); s >= 0; s = best()) add(s);
}

Choice State::choice() const {
  Choice choice{.value = value_, .rows = instance_.taken};
  for (const int s : order_) choice.rows.push_back(instance_.row[at(s)]);
  std::sort(choice.rows.begin(), choice.rows.end());
  return choice;
}

void improve(const Instance& instance, State& state, const std::function<bool()>& stop) {
  if (instance.sites() == 0) return;
  std::vector<int> kept = state.order();
  std::sort(kept.begin(), kept.end());
  const auto back = [&] {
    const auto now = state.order();
    for (const int s : now) {
      if (!std::binary_search(kept.begin(), kept.end(), s)) state.drop(s);
    }
    for (const int s : kept) {
      if (!state.has(s)) state.add(s);
    }
  };
  for (bool better = true; better && !stop();) {
    better = false;
    const auto round = kept;
    for (const int s : round) {
      if (!state.has(s)) continue;
      if (stop()) return;
      const std::int64_t before = state.value();
      state.drop(s);
      for (int n = state.best(s); n >= 0; n = state.best(s)) state.add(n);
      state.fill();
      if (state.value() <= before) {
        back();
        continue;
      }
      better = true;
      kept = state.order();
      std::sort(kept.begin(), kept.end());
    }
  }
}

}  // namespace abatis::covering
