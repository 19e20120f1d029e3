#include "cover_search.hpp"

#include <algorithm>

namespace abatis::interdiction {
namespace {

constexpr std::uint64_t kSeed = 19930711;
constexpr int kWaysAtOnce = 4;
constexpr double kGrowth = 0.1;        // of the weight of a way, at each step that it stays open
constexpr std::uint64_t kTenure = 25;  // steps for which an arc given up is not bought, at most
constexpr std::uint64_t kHeld = 4;     // steps for which an arc bought is not given up, at most
constexpr std::size_t kMostWays = 20'000;

std::size_t at(std::int64_t index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

CoverSearch::CoverSearch(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
                         const std::vector<std::int64_t>& to, std::int64_t budget)
    : problem_(problem),
      from_(from),
      to_(to),
      budget_(budget),
      random_(kSeed, 0),
      bought_(problem.arcs.size(), 0),
      extra_(problem.arcs.size(), 0),
      free_again_(problem.arcs.size(), 0),
      drop_again_(problem.arcs.size(), 0),
      uses_(problem.arcs.size()),
      reached_(at(problem.nodes), kFar),
      by_(at(problem.nodes), -1) {}

bool CoverSearch::buyable(int arc) const {
  const auto& one = problem_.arcs[at(arc)];
  return one.cost > 0 && one.cost <= budget_ && one.delay > 0;
}

void CoverSearch::restrict_to(std::int64_t target) {
  target_ = target;
  arcs_.clear();
  first_out_.assign(at(problem_.nodes) + 1, 0);
  for (std::size_t a = 0; a < problem_.arcs.size(); ++a) {
    const auto& arc = problem_.arcs[a];
    if (from_[at(arc.tail)] + arc.length + to_[at(arc.head)] >= target) continue;
    arcs_.push_back(static_cast<int>(a));
    ++first_out_[at(arc.tail) + 1];
  }
  for (std::size_t v = 1; v < first_out_.size(); ++v) first_out_[v] += first_out_[v - 1];
  std::vector<int> next(first_out_.begin(), first_out_.end() - 1);
  out_.resize(arcs_.size());
  for (const int a : arcs_) out_[at(next[at(problem_.arcs[at(a)].tail)]++)] = a;
  const auto ways = std::move(ways_);
  ways_.clear();
  bare_.clear();
  lack_.clear();
  covered_.clear();
  open_.clear();
  open_at_.clear();
  for (auto& uses : uses_) uses.clear();
  for (const auto& way : ways) add_way(way);
  weight_.resize(ways_.size(), 1);
}

std::int64_t CoverSearch::shortest(std::vector<int>& way) {
  for (const int v : touched_) reached_[at(v)] = kFar;
  touched_.assign(1, problem_.source);
  reached_[at(problem_.source)] = 0;
  heap_.assign(1, {to_[at(problem_.source)], problem_.source});
  const auto later = [](const auto& a, const auto& b) { return a.first > b.first; };
  bool found = problem_.source == problem_.sink;
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const auto [key, u] = heap_.back();
    heap_.pop_back();
    if (u == problem_.sink) {
      found = true;
      break;
    }
    const std::int64_t here = reached_[at(u)];
    if (key > here + to_[at(u)]) continue;
    for (int i = first_out_[at(u)]; i < first_out_[at(u) + 1]; ++i) {
      const int a = out_[at(i)];
      const auto& arc = problem_.arcs[at(a)];
      const std::int64_t then =
          here + arc.length + (bought_[at(a)] != 0 ? arc.delay : 0) + extra_[at(a)];
      const std::int64_t least = then + to_[at(arc.head)];
      if (least >= target_ || then >= reached_[at(arc.head)]) continue;
      if (reached_[at(arc.head)] == kFar) touched_.push_back(arc.head);
      reached_[at(arc.head)] = then;
      by_[at(arc.head)] = a;
      heap_.emplace_back(least, arc.head);
      std::push_heap(heap_.begin(), heap_.end(), later);
    }
  }
  work_ -= static_cast<std::int64_t>(touched_.size()) * 4;
  way.clear();
  if (!found) return kFar;
  std::int64_t length = reached_[at(problem_.sink)];
  for (int v = problem_.sink; v != problem_.source;) {
    const int a = by_[at(v)];
    way.push_back(a);
    length -= extra_[at(a)];
    v = problem_.arcs[at(a)].tail;
  }
  return length;
}

void CoverSearch::add_way(const std::vector<int>& way) {
  std::int64_t bare = 0, covered = 0;
  for (const int a : way) bare += problem_.arcs[at(a)].length;
  const std::int64_t lack = target_ - bare;
  const auto index = static_cast<int>(ways_.size());
  for (const int a : way) {
    if (!buyable(a)) continue;
    const std::int64_t delay = std::min(lack, problem_.arcs[at(a)].delay);
    uses_[at(a)].push_back({index, delay});
    if (bought_[at(a)] != 0) covered += delay;
  }
  ways_.push_back(way);
  bare_.push_back(bare);
  lack_.push_back(lack);
  covered_.push_back(covered);
  open_at_.push_back(-1);
  if (covered < lack) {
    open_at_.back() = static_cast<int>(open_.size());
    open_.push_back(index);
  }
}

// Ways that are still too short go into the pool, several that differ. False: there is none.
bool CoverSearch::widen_pool() {
  std::vector<int> way, lengthened;
  bool found = false;
  for (int i = 0; i < kWaysAtOnce; ++i) {
    if (shortest(way) == kFar) break;
    found = true;
    add_way(way);
    weight_.push_back(1);
    for (const int a : way) {
      ++extra_[at(a)];
      lengthened.push_back(a);
    }
  }
  for (const int a : lengthened) extra_[at(a)] = 0;
  return found;
}

double CoverSearch::open_share(std::size_t way, std::int64_t covered) const {
  if (covered >= lack_[way]) return 0;
  return weight_[way] * static_cast<double>(lack_[way] - covered) / static_cast<double>(lack_[way]);
}

// By how much the open share of the pool changes when the arc is bought or given up.
double CoverSearch::change(int arc, bool buying) const {
  double sum = 0;
  for (const auto& use : uses_[at(arc)]) {
    const auto way = at(use.way);
    const std::int64_t then = covered_[way] + (buying ? use.delay : -use.delay);
    sum += open_share(way, then) - open_share(way, covered_[way]);
  }
  return sum;
}

void CoverSearch::flip(int arc) {
  const bool buying = bought_[at(arc)] == 0;
  bought_[at(arc)] = buying ? 1 : 0;
  spent_ += buying ? problem_.arcs[at(arc)].cost : -problem_.arcs[at(arc)].cost;
  if (buying) {
    plan_.push_back(arc);
    drop_again_[at(arc)] = step_ + 1 + static_cast<std::int64_t>(random_.below(kHeld));
  } else {
    plan_.erase(std::find(plan_.begin(), plan_.end(), arc));
    free_again_[at(arc)] = step_ + 1 + static_cast<std::int64_t>(random_.below(kTenure));
  }
  for (const auto& use : uses_[at(arc)]) {
    const auto way = at(use.way);
    covered_[way] += buying ? use.delay : -use.delay;
    const bool open = covered_[way] < lack_[way];
    if (open == (open_at_[way] >= 0)) continue;
    if (open) {
      open_at_[way] = static_cast<int>(open_.size());
      open_.push_back(use.way);
    } else {
      open_[at(open_at_[way])] = open_.back();
      open_at_[at(open_.back())] = open_at_[way];
      open_.pop_back();
      open_at_[way] = -1;
    }
  }
  work_ -= static_cast<std::int64_t>(uses_[at(arc)].size());
}

int CoverSearch::cheapest_to_drop() const {
  int chosen = -1;
  double best = 0;
  for (const int a : plan_) {
    if (drop_again_[at(a)] > step_) continue;
    const double loss = change(a, false) / static_cast<double>(problem_.arcs[at(a)].cost);
    if (chosen >= 0 && loss >= best) continue;
    best = loss;
    chosen = a;
  }
  return chosen;
}

// Buys the arc of an open way that helps most, and gives up what is worth least.
void CoverSearch::swap_in(std::size_t way) {
  int chosen = -1;
  double best = 0;
  for (const int a : ways_[way]) {
    if (bought_[at(a)] != 0 || !buyable(a) || free_again_[at(a)] > step_) continue;
    const double gain = -change(a, true) / static_cast<double>(problem_.arcs[at(a)].cost);
    work_ -= static_cast<std::int64_t>(uses_[at(a)].size());
    if (chosen >= 0 && gain <= best) continue;
    best = gain;
    chosen = a;
  }
  if (chosen < 0) return;
  const auto cost = problem_.arcs[at(chosen)].cost;
  while (spent_ + cost > budget_) {
    for (const int a : plan_) work_ -= static_cast<std::int64_t>(uses_[at(a)].size());
    const int drop = cheapest_to_drop();
    if (drop < 0) return;  // all were bought a moment ago
    flip(drop);
  }
  flip(chosen);
}

std::optional<std::vector<int>> CoverSearch::reach(std::int64_t target, std::int64_t work) {
  work_ = work;
  restrict_to(target);
  while (work_ > 0 && ways_.size() < kMostWays) {
    ++step_;
    work_ -= 8;
    if (open_.empty()) {
      if (!widen_pool()) return plan_;
      continue;
    }
    for (const int way : open_) weight_[at(way)] += kGrowth;
    const auto way = at(open_[random_.below(open_.size())]);
    if (std::none_of(ways_[way].begin(), ways_[way].end(), [&](int a) { return buyable(a); })) {
      return std::nullopt;
    }
    swap_in(way);
  }
  return std::nullopt;
}

}  // namespace abatis::interdiction
