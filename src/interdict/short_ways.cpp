#include "short_ways.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {

ShortWays::ShortWays(const Ways& graph, const std::vector<ShortWay>& known)
    : graph_(graph), problem_(graph.problem()), known_(known) {}

std::int64_t ShortWays::lack(const ShortWay& way, const PurchaseDates& dates, int year,
                             std::int64_t target) const {
  auto lack = target - way.length;
  for (std::size_t i = 0; i < way.arcs.size() && lack > 0; ++i) {
    if (dates.must_stand(way.arcs[i], year)) lack -= problem_.arcs[at(way.arcs[i])].delay;
  }
  return lack;
}

// Calls `see(way, lack)` with each known way that is too short.
template <class See>
void ShortWays::each_short(const PurchaseDates& dates, int year, std::int64_t target,
                           See see) const {
  for (const auto* ways : {&known_, &fresh_}) {
    for (const auto& way : *ways) {
      const auto lacking = lack(way, dates, year, target);
      if (lacking > 0) see(way, lacking);
    }
  }
}

bool ShortWays::find_shortest(const PurchaseDates& dates, int year, std::int64_t target) {
  auto length = bare_lengths(problem_);
  for (const int a : dates.must_stand(year)) length[at(a)] += problem_.arcs[at(a)].delay;
  ShortWay way;
  if (graph_.shortest(length, scratch_, &way.arcs) >= target) return false;
  for (const int a : way.arcs) way.length += problem_.arcs[at(a)].length;
  fresh_.push_back(std::move(way));
  return true;
}

// What it costs at least to make up for the lack; the last arc in part (Dantzig's bound).
double ShortWays::money_for(const ShortWay& way, const PurchaseDates& dates, int year,
                            std::int64_t lack) const {
  std::vector<int> arcs;
  for (const int a : way.arcs) {
    if (dates.is_open(a, year)) arcs.push_back(a);
  }
  sort_stably(arcs, [&](int a, int b) {
    const auto &x = problem_.arcs[at(a)], &y = problem_.arcs[at(b)];
    return x.delay * y.cost > y.delay * x.cost;
  });
  double money = 0;
  for (const int a : arcs) {
    const auto& arc = problem_.arcs[at(a)];
    const auto used = std::min(lack, arc.delay);
    money +=
        static_cast<double>(arc.cost) * static_cast<double>(used) / static_cast<double>(arc.delay);
    lack -= used;
    if (lack == 0) return money;
  }
  return kInfinity;
}

// Ways that share no arc for sale add up; the dearest first.
bool ShortWays::within_money(const PurchaseDates& dates, int year, std::int64_t target) const {
  std::vector<std::pair<double, const ShortWay*>> ways;
  each_short(dates, year, target, [&](const ShortWay& way, std::int64_t lack) {
    ways.emplace_back(money_for(way, dates, year, lack), &way);
  });
  sort_stably(ways, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<char> taken(problem_.arcs.size(), 0);
  double money = 0;
  for (const auto& [need, way] : ways) {
    const bool apart = std::none_of(way->arcs.begin(), way->arcs.end(), [&](int a) {
      return taken[at(a)] != 0 && dates.is_open(a, year);
    });
    if (!apart) continue;
    money += std::ceil(need - 1e-9);  // costs are whole
    for (const int a : way->arcs) taken[at(a)] = 1;
  }
  return money <= static_cast<double>(dates.left(year));
}

ShortWays::Year ShortWays::look(const PurchaseDates& dates, int year, std::int64_t target) {
  bool open = false;
  each_short(dates, year, target, [&](const ShortWay&, std::int64_t) { open = true; });
  if (!open && !find_shortest(dates, year, target)) return Year::reached;
  return within_money(dates, year, target) ? Year::open : Year::hopeless;
}

const ShortWay& ShortWays::narrowest(const PurchaseDates& dates, int year,
                                     std::int64_t target) const {
  const ShortWay* best = nullptr;
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  each_short(dates, year, target, [&](const ShortWay& way, std::int64_t) {
    const auto choice = std::count_if(way.arcs.begin(), way.arcs.end(),
                                      [&](int a) { return dates.is_open(a, year); });
    if (choice >= fewest) return;
    fewest = choice;
    best = &way;
  });
  return *best;
}

}  // namespace abatis::interdiction
