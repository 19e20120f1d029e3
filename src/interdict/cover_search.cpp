#include "cover_search.hpp"

#include <algorithm>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {
namespace {

constexpr std::uint64_t kCoverSeed = 19930711;
constexpr int kWaysAtOnce = 4;
constexpr double kGrowth = 0.1;        // of the weight of a way, at each step that it stays open
constexpr std::uint64_t kTenure = 25;  // steps for which an arc given up is not bought, at most
constexpr std::uint64_t kYearsTenure = 6;  // the same with several years
constexpr std::uint64_t kHeld = 4;         // steps for which an arc bought is not given up, at most
constexpr std::uint64_t kSpareEvery = 8;   // steps, about: a year may get more to spare
constexpr std::uint64_t kSpareTenure =
    25;  // steps for which what a year gave or got stays, at most
constexpr std::int64_t kLookEvery = 1024;
constexpr std::size_t kMostWays = 20'000;

using Two = double __attribute__((vector_size(2 * sizeof(double))));

// What is open of a way that lacks `more`, beyond what is open of it when it lacks `less`; without
// branches, of which processors would guess half wrong.
double opened(double more, double less) {
  const Two lack{more, less};
  const Two open = lack > Two{} ? lack : Two{};
  return open[0] - open[1];
}

}  // namespace

CoverSearch::CoverSearch(const InterdictProblem& problem, const std::vector<std::int64_t>& from,
                         const std::vector<std::int64_t>& to)
    : problem_(problem),
      from_(from),
      to_(to),
      years_(static_cast<int>(problem.budgets.size())),
      left_(problem.budgets),
      random_(kCoverSeed, 0),
      year_of_(problem.arcs.size(), -1),
      given_up_in_(problem.arcs.size(), -1),
      extra_(problem.arcs.size(), 0),
      free_again_(problem.arcs.size(), 0),
      held_until_(problem.arcs.size(), 0),
      uses_(problem.arcs.size()),
      gain_(problem.budgets.size(), 0),
      spare_(problem.budgets.size(), 0),
      spare_free_again_(problem.budgets.size(), 0),
      spare_held_until_(problem.budgets.size(), 0),
      ways_of_(problem.budgets.size()),
      reached_(at(problem.nodes), kFar),
      by_(at(problem.nodes), -1) {}

bool CoverSearch::buyable(int arc, int year) const {
  const auto& one = problem_.arcs[at(arc)];
  return one.cost > 0 && one.cost <= problem_.budgets[at(year)] && one.delay > 0;
}

void CoverSearch::restrict_to(const std::vector<std::int64_t>& targets) {
  targets_ = targets;
  const auto highest = *std::max_element(targets.begin(), targets.end());
  std::vector<int> kept;
  first_out_.assign(at(problem_.nodes) + 1, 0);
  for (std::size_t a = 0; a < problem_.arcs.size(); ++a) {
    const auto& arc = problem_.arcs[a];
    if (from_[at(arc.tail)] + arc.length + to_[at(arc.head)] >= highest) continue;
    kept.push_back(static_cast<int>(a));
    ++first_out_[at(arc.tail) + 1];
  }
  for (std::size_t v = 1; v < first_out_.size(); ++v) first_out_[v] += first_out_[v - 1];
  std::vector<int> next(first_out_.begin(), first_out_.end() - 1);
  out_.resize(kept.size());
  for (const int a : kept) out_[at(next[at(problem_.arcs[at(a)].tail)]++)] = a;
  open_.clear();
  for (auto& uses : uses_) uses.clear();
  for (std::size_t way = 0; way < ways_.size(); ++way) enter(way);
}

// A shortest way in a year, arcs lengthened by extra_. False: all such are at the target or above.
bool CoverSearch::shortest(int year, std::vector<int>& way) {
  const auto target = targets_[at(year)] - spare_[at(year)];
  for (const int v : touched_) reached_[at(v)] = kFar;
  touched_.assign(1, problem_.source);
  reached_[at(problem_.source)] = 0;
  heap_.assign(1, {to_[at(problem_.source)], problem_.source});
  if (to_[at(problem_.source)] >= target) heap_.clear();
  const auto later = [](const auto& a, const auto& b) { return a.first > b.first; };
  bool found = false;
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const auto [key, u] = heap_.back();
    heap_.pop_back();
    found = u == problem_.sink;
    if (found) break;
    const std::int64_t here = reached_[at(u)];
    if (key > here + to_[at(u)]) continue;
    for (int i = first_out_[at(u)]; i < first_out_[at(u) + 1]; ++i) {
      const int a = out_[at(i)];
      const auto& arc = problem_.arcs[at(a)];
      const bool slow = year_of_[at(a)] >= 0 && year_of_[at(a)] <= year;
      const std::int64_t then = here + arc.length + (slow ? arc.delay : 0) + extra_[at(a)];
      const std::int64_t least = then + to_[at(arc.head)];
      if (least >= target || then >= reached_[at(arc.head)]) continue;
      if (reached_[at(arc.head)] == kFar) touched_.push_back(arc.head);
      reached_[at(arc.head)] = then;
      by_[at(arc.head)] = a;
      heap_.emplace_back(least, arc.head);
      std::push_heap(heap_.begin(), heap_.end(), later);
    }
  }
  work_ -= 4 * static_cast<std::int64_t>(touched_.size());
  way.clear();
  if (!found) return false;
  for (int v = problem_.sink; v != problem_.source;) {
    way.push_back(by_[at(v)]);
    v = problem_.arcs[at(way.back())].tail;
  }
  return true;
}

// Sets what a way lacks and who helps it, for the targets and the plan at hand.
void CoverSearch::enter(std::size_t index) {
  auto& way = ways_[index];
  auto& need = needs_[index];
  way.lack = targets_[at(need.year)];
  for (const int a : way.arcs) way.lack -= problem_.arcs[at(a)].length;
  way.open_at = -1;
  need.left = static_cast<double>(way.lack - spare_[at(need.year)]);
  if (way.lack <= 0) return;
  need.each = way.weight / static_cast<double>(way.lack);
  for (const int a : way.arcs) {
    const auto& arc = problem_.arcs[at(a)];
    if (arc.cost <= 0 || arc.delay <= 0) continue;
    const std::int64_t delay = std::min(way.lack, arc.delay);
    uses_[at(a)].push_back({static_cast<int>(index), static_cast<double>(delay)});
    if (year_of_[at(a)] >= 0 && year_of_[at(a)] <= need.year)
      need.left -= static_cast<double>(delay);
  }
  set_open(index);
}

void CoverSearch::set_open(std::size_t index) {
  auto& way = ways_[index];
  const bool open = needs_[index].left > 0;
  if (open == (way.open_at >= 0)) return;
  if (open) {
    way.open_at = static_cast<int>(open_.size());
    open_.push_back(static_cast<int>(index));
    return;
  }
  open_[at(way.open_at)] = open_.back();
  ways_[at(open_.back())].open_at = way.open_at;
  open_.pop_back();
  way.open_at = -1;
}

// Ways that are still too short go into the pool, several that differ. False: there is none.
bool CoverSearch::widen_pool() {
  bool found = false;
  std::vector<int> way, lengthened;
  for (int year = 0; year < years_; ++year) {
    for (int i = 0; i < kWaysAtOnce && shortest(year, way); ++i) {
      found = true;
      Way next;
      next.arcs = way;
      ways_.push_back(std::move(next));
      needs_.push_back({.year = year});
      ways_of_[at(year)].push_back(static_cast<int>(ways_.size() - 1));
      enter(ways_.size() - 1);
      for (const int a : way) ++extra_[at(a)];
      lengthened.insert(lengthened.end(), way.begin(), way.end());
    }
    for (const int a : lengthened) extra_[at(a)] = 0;
    lengthened.clear();
  }
  return found;
}

// By how much the open share of each year's ways falls when the arc acts there.
void CoverSearch::put_gain_by_year(int arc) {
  std::fill(gain_.begin(), gain_.end(), 0);
  for (const auto& use : uses_[at(arc)]) {
    const auto& need = needs_[at(use.way)];
    gain_[at(need.year)] += need.each * opened(need.left, need.left - use.delay);
  }
  work_ -= static_cast<std::int64_t>(uses_[at(arc)].size());
}

// By how much the open share of all ways rises when the arc no longer acts from its year on.
double CoverSearch::loss_of(int arc) {
  const int year = year_of_[at(arc)];
  double loss = 0;
  for (const auto& use : uses_[at(arc)]) {
    const auto& need = needs_[at(use.way)];
    loss += need.each * opened(need.left + use.delay, need.left) *
            static_cast<double>(need.year >= year);
  }
  work_ -= static_cast<std::int64_t>(uses_[at(arc)].size());
  return loss;
}

void CoverSearch::buy(int arc, int year) {
  year_of_[at(arc)] = year;
  left_[at(year)] -= problem_.arcs[at(arc)].cost;
  bought_.push_back(arc);
  held_until_[at(arc)] = step_ + 1 + static_cast<std::int64_t>(random_.below(kHeld));
  for (const auto& use : uses_[at(arc)]) {
    auto& need = needs_[at(use.way)];
    if (need.year < year) continue;
    need.left -= use.delay;
    set_open(at(use.way));
  }
}

void CoverSearch::give_up(int arc) {
  const int year = year_of_[at(arc)];
  year_of_[at(arc)] = -1;
  given_up_in_[at(arc)] = year;
  left_[at(year)] += problem_.arcs[at(arc)].cost;
  bought_.erase(std::find(bought_.begin(), bought_.end(), arc));
  free_again_[at(arc)] =
      step_ + 1 + static_cast<std::int64_t>(random_.below(years_ == 1 ? kTenure : kYearsTenure));
  for (const auto& use : uses_[at(arc)]) {
    auto& need = needs_[at(use.way)];
    if (need.year < year) continue;
    need.left += use.delay;
    set_open(at(use.way));
  }
}

CoverSearch::Drop CoverSearch::cheapest_to_drop(int year) {
  Drop best;
  for (const int a : bought_) {
    if (year_of_[at(a)] != year || held_until_[at(a)] > step_) continue;
    const double loss = loss_of(a) / static_cast<double>(problem_.arcs[at(a)].cost);
    if (best.arc < 0 || loss < best.loss) best = {a, loss};
  }
  return best;
}

// Buys the arc of an open way that helps most, and gives up what is worth least in that year.
void CoverSearch::swap_in(std::size_t index) {
  const int year = needs_[index].year;
  std::vector<Drop> drops;
  for (int y = 0; y <= year; ++y) drops.push_back(cheapest_to_drop(y));
  int chosen = -1, when = -1;
  double best = 0;
  for (const int a : ways_[index].arcs) {
    const int until = year_of_[at(a)] < 0 ? years_ : year_of_[at(a)];
    if (until <= year) continue;
    // Given up a moment ago, it may come back in a later year only.
    const int earliest = free_again_[at(a)] > step_ ? given_up_in_[at(a)] + 1 : 0;
    const auto cost = problem_.arcs[at(a)].cost;
    if (cost <= 0) continue;
    put_gain_by_year(a);
    double gain = 0;
    for (int y = until - 1; y >= earliest; --y) {
      gain += gain_[at(y)];
      if (y > year || !buyable(a, y)) continue;
      double score = gain / static_cast<double>(cost);
      if (left_[at(y)] < cost) {
        if (drops[at(y)].arc < 0) continue;
        score -= drops[at(y)].loss;
      }
      if (chosen >= 0 && score <= best) continue;
      best = score;
      chosen = a;
      when = y;
    }
  }
  if (chosen < 0) return;
  const int before = year_of_[at(chosen)];
  if (before >= 0) give_up(chosen);
  const auto cost = problem_.arcs[at(chosen)].cost;
  std::vector<int> dropped;
  while (left_[at(when)] < cost) {
    const auto drop = cheapest_to_drop(when);
    if (drop.arc < 0) return;  // the rest was bought a moment ago
    give_up(drop.arc);
    dropped.push_back(drop.arc);
  }
  buy(chosen, when);
  if (before < 0) return;
  for (const int a : dropped) {  // may take the place that became free
    if (buyable(a, before) && problem_.arcs[at(a)].cost <= left_[at(before)]) buy(a, before);
  }
}

// Raises or lowers by how much a year may stay below its target.
void CoverSearch::shift_spare(int year, std::int64_t by) {
  spare_[at(year)] += by;
  spare_left_ -= by;
  for (const int way : ways_of_[at(year)]) {
    if (ways_[at(way)].lack <= 0) continue;
    needs_[at(way)].left -= static_cast<double>(by);
    set_open(at(way));
  }
  work_ -= static_cast<std::int64_t>(ways_of_[at(year)].size());
}

// For a way that is open: its year gets one of what another year may stay below its target, where
// less is open then.
bool CoverSearch::move_spare(std::size_t index) {
  const int year = needs_[index].year;
  if (spare_free_again_[at(year)] > step_) return false;
  double gain = 0, least = 0;
  int from = -1;
  for (int y = 0; y < years_; ++y) {
    if (y != year && (spare_[at(y)] == 0 || spare_held_until_[at(y)] > step_)) continue;
    double sum = 0;
    for (const int way : ways_of_[at(y)]) {
      const auto& need = needs_[at(way)];
      if (need.left > (y == year ? 0 : -1)) sum += need.each;
    }
    work_ -= static_cast<std::int64_t>(ways_of_[at(y)].size());
    if (y == year) {
      gain = sum;
    } else if (from < 0 || sum < least) {
      from = y;
      least = sum;
    }
  }
  if (spare_left_ > 0) {
    shift_spare(year, 1);
    return true;
  }
  if (from < 0 || least >= gain) return false;
  shift_spare(from, -1);
  shift_spare(year, 1);
  spare_free_again_[at(from)] = step_ + 1 + static_cast<std::int64_t>(random_.below(kSpareTenure));
  spare_held_until_[at(year)] = step_ + 1 + static_cast<std::int64_t>(random_.below(kSpareTenure));
  return true;
}

bool CoverSearch::reach(const std::vector<std::int64_t>& targets, std::int64_t work,
                        std::int64_t spare, const std::function<bool()>& stop) {
  work_ = work;
  spare_left_ = spare;
  for (auto& one : spare_) {
    one = std::min(one, spare_left_);
    spare_left_ -= one;
  }
  restrict_to(targets);
  while (work_ > 0 && ways_.size() < kMostWays) {
    ++step_;
    work_ -= 8;
    if (step_ % kLookEvery == 0 && stop && stop()) break;
    if (open_.empty()) {
      if (!widen_pool()) return true;
      continue;
    }
    for (const int open : open_) {
      auto& way = ways_[at(open)];
      way.weight += kGrowth;
      needs_[at(open)].each = way.weight / static_cast<double>(way.lack);
    }
    const auto open = at(open_[random_.below(open_.size())]);
    if (spare > 0 && random_.below(kSpareEvery) == 0 && move_spare(open)) continue;
    swap_in(open);
  }
  return false;
}

std::vector<char> CoverSearch::on_ways(std::int64_t target) const {
  std::vector<char> on(problem_.arcs.size(), 0);
  for (const auto& way : ways_) {
    std::int64_t length = 0;
    for (const int a : way.arcs) length += problem_.arcs[at(a)].length;
    if (length >= target) continue;
    for (const int a : way.arcs) on[at(a)] = 1;
  }
  return on;
}

std::vector<InterdictPurchase> CoverSearch::plan() const {
  std::vector<InterdictPurchase> purchases;
  for (const int a : bought_) purchases.push_back({a, year_of_[at(a)]});
  sort_stably(purchases, [](const auto& a, const auto& b) {
    return a.year != b.year ? a.year < b.year : a.arc < b.arc;
  });
  return purchases;
}

}  // namespace abatis::interdiction
