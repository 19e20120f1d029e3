#include "short_ways.hpp"

#include <algorithm>
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

// What it costs at least to make up for the lack, the last arc in part (Dantzig's bound), rounded
// up since costs are whole; nothing where all open arcs do not.
std::optional<std::int64_t> ShortWays::money_for(const ShortWay& way, const PurchaseDates& dates,
                                                 int year, std::int64_t lack) const {
  std::vector<int> arcs;
  for (const int a : way.arcs) {
    if (dates.is_open(a, year)) arcs.push_back(a);
  }
  sort_stably(arcs, [&](int a, int b) {
    const auto &x = problem_.arcs[at(a)], &y = problem_.arcs[at(b)];
    return x.delay * y.cost > y.delay * x.cost;
  });
  std::int64_t money = 0;
  for (const int a : arcs) {
    const auto& arc = problem_.arcs[at(a)];
    if (arc.delay >= lack) return money + (arc.cost * lack + arc.delay - 1) / arc.delay;
    money += arc.cost;
    lack -= arc.delay;
  }
  return std::nullopt;
}

// Ways that share no arc for sale add up; the dearest first.
bool ShortWays::within_money(const PurchaseDates& dates, int year, std::int64_t target) const {
  std::vector<std::pair<std::int64_t, const ShortWay*>> ways;
  bool possible = true;
  each_short(dates, year, target, [&](const ShortWay& way, std::int64_t lack) {
    const auto money = money_for(way, dates, year, lack);
    possible = possible && money;
    ways.emplace_back(money.value_or(0), &way);
  });
  if (!possible) return false;
  sort_stably(ways, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<char> taken(problem_.arcs.size(), 0);
  std::int64_t all = 0;
  for (const auto& [money, way] : ways) {
    const bool apart = std::none_of(way->arcs.begin(), way->arcs.end(), [&](int a) {
      return taken[at(a)] != 0 && dates.is_open(a, year);
    });
    if (!apart) continue;
    all += money;
    for (const int a : way->arcs) taken[at(a)] = 1;
  }
  return all <= dates.left(year);
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
