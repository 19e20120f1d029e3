#include "givers.hpp"

#include <algorithm>

namespace abatis::plan_detail {

namespace {
constexpr int kMostGivers = 12;  // bought for one purchase
}  // namespace

void apply(Books& books, const Change& change) {
  for (const int c : change.drop) books.remove(c);
  for (const int c : change.take) books.add(c);
}

void undo(Books& books, const Change& change) {
  for (const int c : change.take) books.remove(c);
  for (const int c : change.drop) books.add(c);
}

// The column that gives most cheaply to a limit overdrawn in a year, -1 = none.
int Givers::cheapest(const Books& books, int limit, int year, int keep) const {
  double over = 0;
  for (int t = year; t < instance_.problem.years; ++t) {
    over = std::max(over, books.overdrawn(limit, t));
  }
  const auto given = [&](int column) {
    const Column& c = instance_.columns[at(column)];
    if (c.year > year) return 0.0;
    for (const LimitUse& use : instance_.limits.of(c.option)) {
      if (use.limit == limit) return -use.amount;
    }
    return 0.0;
  };
  const auto cost = [&](int column) {
    return instance_.problem.options[at(instance_.columns[at(column)].option)].cost();
  };
  int best = -1;
  double least = 0;
  for (const int option : instance_.limits.givers(limit)) {
    int column = -1;
    for (int t = year; t >= 0 && column < 0; --t) column = instance_.column(option, t);
    if (column < 0 || !books.may_stand(column)) continue;
    const int old = books.bought_at(instance_.site_of(column));
    if (old == keep && keep >= 0) continue;
    const double more = given(column) - (old < 0 ? 0.0 : given(old));
    if (more <= 0) continue;
    const double price = std::max(1.0, cost(column) - (old < 0 ? 0.0 : cost(old)));
    const double rate = price / std::min(more, over);
    if (best >= 0 && rate >= least) continue;
    least = rate;
    best = column;
  }
  return best;
}

bool Givers::repair(Books& books, Change& change, int keep) const {
  const auto lacking = [&] {
    for (std::size_t l = 0; l < instance_.limits.size(); ++l) {
      for (int t = 0; t < instance_.problem.years; ++t) {
        const int limit = static_cast<int>(l);
        if (books.overdrawn(limit, t) > 0) return std::pair{limit, t};
      }
    }
    return std::pair{-1, -1};
  };
  Change made;
  for (int n = 0; books.limits_overdrawn(); ++n) {
    const auto [limit, year] = lacking();
    const int column = n < kMostGivers ? cheapest(books, limit, year, keep) : -1;
    if (column < 0) {
      undo(books, made);
      return false;
    }
    const int old = books.bought_at(instance_.site_of(column));
    if (old >= 0) {
      books.remove(old);
      const auto bought = std::find(made.take.begin(), made.take.end(), old);
      if (bought != made.take.end()) {
        made.take.erase(bought);
      } else {
        made.drop.push_back(old);
      }
    }
    books.add(column);
    made.take.push_back(column);
  }
  change.drop.insert(change.drop.end(), made.drop.begin(), made.drop.end());
  change.take.insert(change.take.end(), made.take.begin(), made.take.end());
  return true;
}

std::optional<Change> Givers::put(Books& books, int column) const {
  if (!books.may_stand(column)) return std::nullopt;
  Change change{{}, {column}};
  const int old = books.bought_at(instance_.site_of(column));
  if (old >= 0) change.drop.push_back(old);
  const bool whole = !books.limits_overdrawn();
  apply(books, change);
  if (whole && !repair(books, change, column)) {
    undo(books, change);
    return std::nullopt;
  }
  return change;
}

std::optional<Change> Givers::put_within_rules(Books& books, int option, int from_year) const {
  const auto uses = instance_.limits.of(option);
  if (std::none_of(uses.begin(), uses.end(), [](const LimitUse& u) { return u.amount > 0; })) {
    return std::nullopt;
  }
  const bool met = books.lower_limits_met();
  for (int c = instance_.first_column[at(option)]; c < instance_.first_column[at(option) + 1];
       ++c) {
    if (instance_.columns[at(c)].year < from_year || books.bought_at(instance_.site_of(c)) >= 0 ||
        !books.may_pay(c)) {
      continue;
    }
    const std::optional<Change> change = put(books, c);
    if (!change) continue;
    if (books.paid() && !books.upper_limits_broken() && (!met || books.lower_limits_met())) {
      return change;
    }
    undo(books, *change);
  }
  return std::nullopt;
}

}  // namespace abatis::plan_detail
