#include "improve.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {
namespace {

constexpr std::uint64_t kImproverSeed = 20240611;

}  // namespace

Improver::Improver(const Ways& ways)
    : ways_(ways),
      arcs_(ways.problem().arcs.size()),
      years_(static_cast<int>(ways.problem().budgets.size())),
      bare_(bare_lengths(ways.problem())),
      way_of_(ways.problem().budgets.size()) {}

// Lengths change where a purchase begins to act, so they are set and reset arc by arc.
Worth Improver::worth(const std::vector<int>& year_of) {
  Worth sum;
  length_ = bare_;
  for (int year = 0; year < years_; ++year) {
    bool changed = year == 0;
    for (const int a : bought_) {
      if (year_of[at(a)] != year) continue;
      length_[at(a)] += ways_.problem().arcs[at(a)].delay;
      changed = true;
    }
    if (changed) {
      double number = 0;
      last_.length = ways_.shortest(length_, scratch_, &way_of_[at(year)], &number);
      last_.ways = std::log(number);
    } else {
      way_of_[at(year)] = way_of_[at(year - 1)];
    }
    sum.length += last_.length;
    sum.ways += last_.ways;
  }
  return sum;
}

void Improver::list_bought(const std::vector<int>& year_of) {
  bought_.clear();
  for (std::size_t a = 0; a < arcs_; ++a) {
    if (year_of[a] >= 0) bought_.push_back(static_cast<int>(a));
  }
}

std::vector<std::int64_t> Improver::left(const std::vector<int>& year_of) const {
  auto left = ways_.problem().budgets;
  for (std::size_t a = 0; a < arcs_; ++a) {
    if (year_of[a] >= 0) left[at(year_of[a])] -= ways_.problem().arcs[a].cost;
  }
  return left;
}

std::vector<Improver::Move> Improver::moves(const std::vector<int>& year_of) {
  std::vector<Move> moves;
  std::vector<int> seen(arcs_, -1);
  const auto money = left(year_of);
  for (int year = 0; year < years_; ++year) {
    for (const int a : way_of_[at(year)]) {
      const auto& arc = ways_.problem().arcs[at(a)];
      if (arc.cost <= 0 || arc.delay <= 0 || seen[at(a)] == year) continue;
      seen[at(a)] = year;
      if (year_of[at(a)] >= 0 && year_of[at(a)] <= year) continue;
      // Bought in any year up to this one it helps here.
      for (int when = year; when >= 0; --when) {
        if (arc.cost <= money[at(when)]) {
          moves.push_back({a, when, -1});
          break;
        }
      }
      for (const int b : bought_) {
        const int when = year_of[at(b)];
        if (b == a || when > year) continue;
        if (money[at(when)] + ways_.problem().arcs[at(b)].cost >= arc.cost) {
          moves.push_back({a, when, b});
        }
      }
    }
  }
  return moves;
}

void Improver::apply(std::vector<int>& year_of, const Move& move) const {
  const int before = year_of[at(move.buy)];
  year_of[at(move.buy)] = move.year;
  if (move.drop < 0) return;
  // An arc that was to be bought later leaves its place to the one that it takes the place of.
  const auto& problem = ways_.problem();
  year_of[at(move.drop)] = -1;
  if (before >= 0 && problem.arcs[at(move.drop)].cost <= problem.arcs[at(move.buy)].cost) {
    year_of[at(move.drop)] = before;
  }
}

// Best of the neighbours; false when none is better.
bool Improver::step(std::vector<int>& year_of, Worth& best, std::int64_t& trials) {
  list_bought(year_of);
  worth(year_of);
  const auto list = moves(year_of);
  Move chosen;
  bool better = false;
  for (const auto& move : list) {
    if (trials-- <= 0) break;
    auto tried = year_of;
    apply(tried, move);
    list_bought(tried);
    const Worth value = worth(tried);
    if (best < value) {
      best = value;
      chosen = move;
      better = true;
      if (move.drop < 0) break;  // money that is left is spent at once
    }
  }
  if (better) apply(year_of, chosen);
  return better;
}

void Improver::improve(std::vector<int>& year_of, std::int64_t target, std::int64_t trials) {
  Random random(kImproverSeed, 0);
  list_bought(year_of);
  Worth best = worth(year_of);
  auto best_plan = year_of;
  for (;;) {
    list_bought(year_of);
    Worth here = worth(year_of);
    while (trials > 0 && here.length < target && step(year_of, here, trials)) {
    }
    if (best < here) {
      best = here;
      best_plan = year_of;
    }
    if (trials <= 0 || best.length >= target) break;
    year_of = best_plan;
    list_bought(year_of);
    if (bought_.empty()) break;
    for (std::uint64_t drop = 1 + random.below(3); drop > 0; --drop) {
      year_of[at(bought_[random.below(bought_.size())])] = -1;
    }
    --trials;
  }
  year_of = best_plan;
}

// Worth of having bought these arcs, in one year.
Worth Improver::worth_of(const std::vector<int>& arcs) {
  length_ = bare_;
  for (const int a : arcs) length_[at(a)] += ways_.problem().arcs[at(a)].delay;
  double number = 0;
  const auto length = ways_.shortest(length_, scratch_, nullptr, &number);
  return {length, std::log(number)};
}

std::vector<int> Improver::spread(std::vector<int> arcs) {
  const auto& problem = ways_.problem();
  auto year_of = nothing();
  std::int64_t cost = 0, before = 0;
  for (const int a : arcs) cost += problem.arcs[at(a)].cost;
  for (const auto budget : problem.budgets) before += budget;
  for (int year = years_ - 1; year >= 0; --year) {
    before -= problem.budgets[at(year)];
    std::int64_t money = problem.budgets[at(year)];
    while (!arcs.empty() && cost > before) {
      std::size_t chosen = arcs.size();
      Worth best;
      for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (problem.arcs[at(arcs[i])].cost > money) continue;
        auto rest = arcs;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        const Worth value = worth_of(rest);
        if (chosen < arcs.size() && !(best < value)) continue;
        best = value;
        chosen = i;
      }
      if (chosen == arcs.size()) break;  // what is left is too dear for this year
      const int a = arcs[chosen];
      year_of[at(a)] = year;
      money -= problem.arcs[at(a)].cost;
      cost -= problem.arcs[at(a)].cost;
      arcs.erase(arcs.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
  }
  return year_of;
}

std::vector<int> Improver::from_purchases(const std::vector<InterdictPurchase>& purchases) const {
  auto year_of = nothing();
  for (const auto& purchase : purchases) year_of[at(purchase.arc)] = purchase.year;
  return year_of;
}

std::vector<InterdictPurchase> Improver::to_purchases(const std::vector<int>& year_of) const {
  std::vector<InterdictPurchase> purchases;
  for (std::size_t a = 0; a < arcs_; ++a) {
    if (year_of[a] >= 0) purchases.push_back({static_cast<int>(a), year_of[a]});
  }
  sort_stably(purchases, [](const auto& a, const auto& b) { return a.year < b.year; });
  return purchases;
}

}  // namespace abatis::interdiction
