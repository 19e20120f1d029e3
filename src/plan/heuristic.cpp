#include "heuristic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/base/sort.hpp"

namespace abatis::plan_detail {

namespace {
constexpr std::size_t kCandidates = 160;  // options that local search tries beside the plan's own
constexpr std::size_t kPaths = 700;       // paths per case that it looks at, newest first
constexpr double kGain = 1e-9;            // smallest improvement worth a step, of the baseline
}  // namespace

Heuristic::Heuristic(const Instance& instance, PathPool& pool, std::function<bool()> stop)
    : instance_(instance), pool_(pool), givers_(instance), stop_(std::move(stop)) {
  for (std::size_t o = 0; o < instance.problem.options.size(); ++o) {
    double sum = 0;
    const auto columns = instance.columns_of(static_cast<int>(o));
    for (std::size_t i = 0; i < instance.cells.size() && !columns.empty(); ++i) {
      sum +=
          instance.cells[i].weight * instance.effect(instance.first_column[o], static_cast<int>(i));
    }
    worth_.push_back(sum / std::max(1.0, instance.problem.options[o].cost()));
  }
}

// The first column of an option from `from_year` on that the books allow, -1 = none.
int Heuristic::first_open(const Books& books, int option, int from_year) const {
  for (int c = instance_.first_column[at(option)]; c < instance_.first_column[at(option) + 1];
       ++c) {
    if (instance_.columns[at(c)].year >= from_year && books.can_add(c)) return c;
  }
  return -1;
}

// Buys an option in the first year from `from_year` on in which it can be, with what it needs.
bool Heuristic::place(Books& books, int option, int from_year) const {
  const int column = first_open(books, option, from_year);
  if (column >= 0) {
    books.add(column);
    return true;
  }
  return givers_.put_within_rules(books, option, from_year).has_value();
}

// By share, what is equal there by worth; of a quota the cheapest of equals come first.
std::vector<int> Heuristic::round_order(const std::vector<double>& share) const {
  std::vector<int> order(share.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> price(share.size(), 0.0);  // EUR per unit of what counts to a quota
  for (std::size_t o = 0; o < price.size(); ++o) {
    for (const LimitUse& use : instance_.limits.of(static_cast<int>(o))) {
      if (use.amount <= 0 || instance_.limits.low(use.limit) <= 0) continue;
      const double per_unit = instance_.problem.options[o].cost() / use.amount;
      price[o] = std::max(price[o], per_unit / std::max(1e-300, instance_.limits.rate(use.limit)));
    }
  }
  sort_stably(order, [&](int a, int b) {
    // Shares that differ by rounding only are equal.
    const double left = std::round(share[at(a)] * 1e6), right = std::round(share[at(b)] * 1e6);
    if (left != right) return left > right;
    return price[at(a)] != price[at(b)] ? price[at(a)] < price[at(b)]
                                        : worth_[at(a)] > worth_[at(b)];
  });
  return order;
}

std::optional<Books> Heuristic::round(const std::vector<double>& x, double share) const {
  std::optional<Books> books = keep({});
  if (!books) return std::nullopt;
  std::vector<double> total(instance_.problem.options.size(), 0.0);
  for (std::size_t c = 0; c < x.size(); ++c) total[at(instance_.columns[c].option)] += x[c];
  const std::vector<int> order = round_order(total);
  const auto place_by_share = [&](int o) {
    double sum = 0;
    int from = 0;
    for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
      sum += x[at(c)];
      from = instance_.columns[at(c)].year;
      if (sum >= share * total[at(o)]) break;
    }
    if (!place(*books, o, from) && from > 0) place(*books, o, 0);
  };
  for (const int o : order) {  // what others need goes first where most of it is bought
    if (total[at(o)] > 0.5 && instance_.limits.gives(o)) place_by_share(o);
  }
  for (const int o : order) {  // then what must be bought
    if (total[at(o)] > 1e-6 && books->is_missed(o, true)) place_by_share(o);
  }
  if (!fill_lower_limits(*books, order)) return std::nullopt;
  for (const int o : order) {
    if (total[at(o)] > 1e-6) place_by_share(o);
  }
  return books;
}

bool Heuristic::fill(Books& books) const {
  return fill_lower_limits(books, round_order(std::vector<double>(worth_.size(), 0.0)));
}

bool Heuristic::fill_lower_limits(Books& books, const std::vector<int>& order) const {
  for (const bool chiefly : {true, false}) {
    for (const int o : order) {
      if (books.lower_limits_met()) return true;
      if (books.is_missed(o, chiefly)) place(books, o, 0);
    }
  }
  while (!books.lower_limits_met() && !stop_()) {
    if (!swap_towards_limits(books)) return false;
  }
  return books.lower_limits_met();
}

std::optional<Books> Heuristic::keep(const std::vector<Purchase>& plan) const {
  Books books(instance_);
  Books whole = books;
  for (const Purchase& p : plan) {
    const int column = instance_.column(p.option, p.year);
    if (column >= 0 && whole.may_stand(column) && whole.bought_at(instance_.site_of(column)) < 0) {
      whole.add(column);
    }
  }
  if (whole.in_limits() && whole.paid()) return whole;
  Change change;
  if (givers_.repair(whole, change, -1) && whole.in_limits() && whole.paid()) return whole;
  change = {};
  if (!givers_.repair(books, change, -1) || !books.paid()) return std::nullopt;
  for (std::size_t before = books.plan().size() + 1; before != books.plan().size();) {
    before = books.plan().size();  // what is needed may come after what needs it
    for (const Purchase& p : plan) {
      const int column = instance_.column(p.option, p.year);
      if (column >= 0 && books.can_add(column)) books.add(column);
    }
  }
  return books;
}

// The single swap that leaves least missing to the lower limits; false when none helps.
bool Heuristic::swap_towards_limits(Books& books) const {
  const double before = books.missing();
  double best = before - 1e-6;
  int drop = -1, take = -1;
  const std::vector<int> plan = books.plan();
  for (const int a : plan) {
    if (books.is_fixed(a)) continue;
    books.remove(a);
    for (std::size_t c = 0; c < instance_.columns.size(); ++c) {
      const int b = static_cast<int>(c);
      if (b == a || !books.can_add(b)) continue;
      books.add(b);
      if (books.missing() < best && !books.limits_overdrawn()) {
        best = books.missing();
        drop = a;
        take = b;
      }
      books.remove(b);
    }
    books.add(a);
  }
  if (drop < 0) return false;
  books.remove(drop);
  books.add(take);
  return true;
}

std::vector<int> Heuristic::candidates(const Books& books, const std::vector<double>& x) const {
  std::vector<double> score(instance_.problem.options.size(), 0.0);
  for (std::size_t c = 0; c < x.size(); ++c) score[at(instance_.columns[c].option)] += x[c];
  std::vector<int> order;
  // What is decided already is no candidate: it would take the place of one.
  const auto decided = [&](int option) {
    const int there = books.bought(option);
    return there >= 0 && books.is_fixed(there);
  };
  for (std::size_t o = 0; o < score.size(); ++o) {
    const int option = static_cast<int>(o);
    if (!instance_.columns_of(option).empty() && !decided(option)) order.push_back(option);
  }
  sort_stably(order, [&](int a, int b) {
    return score[at(a)] != score[at(b)] ? score[at(a)] > score[at(b)]
                                        : worth_[at(a)] > worth_[at(b)];
  });
  if (order.size() > kCandidates) order.resize(kCandidates);
  for (const int c : books.plan()) {
    const int option = instance_.columns[at(c)].option;
    if (decided(option)) continue;
    if (std::find(order.begin(), order.end(), option) == order.end()) order.push_back(option);
  }
  return order;
}

bool Heuristic::add_best(Books& books, Surrogate& surrogate,
                         const std::vector<int>& options) const {
  double best = 0;
  Change take;
  const auto consider = [&](const Change& change, double cost) {
    const double gain = surrogate.change(change.drop, change.take);
    const double rate = gain / std::max(1.0, cost);
    if (gain > kGain * instance_.baseline && rate > best) {
      best = rate;
      take = change;
    }
  };
  const auto cost_of = [&](const std::vector<int>& columns) {
    double sum = 0;
    for (const int c : columns) {
      sum += instance_.problem.options[at(instance_.columns[at(c)].option)].cost();
    }
    return sum;
  };
  for (const int o : options) {
    const int column = first_open(books, o, 0);
    if (column >= 0) {
      consider({{}, {column}}, instance_.problem.options[at(o)].cost());
    } else if (const auto change = givers_.put_within_rules(books, o, 0)) {
      undo(books, *change);
      consider(*change, cost_of(change->take) - cost_of(change->drop));
    }
  }
  if (take.take.empty()) return false;
  surrogate.apply(take.drop, take.take);
  plan_detail::apply(books, take);
  return true;
}

// What only gives to others, and is needed by none, sets its money free.
bool Heuristic::drop_idle(Books& books, Surrogate& surrogate) const {
  bool dropped = false;
  std::vector<int> plan = books.plan();
  std::sort(plan.begin(), plan.end());
  for (const int c : plan) {
    const int option = instance_.columns[at(c)].option;
    if (!instance_.limits.gives(option) || !books.can_remove(c)) continue;
    if (instance_.problem.options[at(option)].cost() <= 0) continue;
    if (surrogate.change({c}, {}) < -kGain * instance_.baseline) continue;
    surrogate.apply({c}, {});
    books.remove(c);
    dropped = true;
  }
  return dropped;
}

bool Heuristic::move_earlier(Books& books, Surrogate& surrogate) const {
  bool moved = false;
  const std::vector<int> plan = books.plan();
  for (const int a : plan) {
    if (books.is_fixed(a)) continue;
    books.remove(a);
    const int b = first_open(books, instance_.columns[at(a)].option, 0);
    const bool earlier = b >= 0 && b < a && surrogate.change({a}, {b}) > kGain * instance_.baseline;
    const int chosen = earlier ? b : a;
    books.add(chosen);
    if (!books.in_limits() && chosen != a) {
      books.remove(chosen);
      books.add(a);
    } else if (chosen != a) {
      surrogate.apply({a}, {chosen});
      moved = true;
    }
  }
  return moved;
}

bool Heuristic::swap(Books& books, Surrogate& surrogate, const std::vector<int>& options) const {
  bool swapped = false;
  const std::vector<int> plan = books.plan();
  for (const int a : plan) {
    if (books.is_fixed(a) || stop_()) continue;
    books.remove(a);
    const bool leaned_on = books.limits_overdrawn();
    double best = kGain * instance_.baseline;
    int take = -1;
    for (const int o : options) {
      if (leaned_on && !instance_.limits.gives(o)) continue;
      const int b = first_open(books, o, 0);
      if (b < 0 || b == a) continue;
      const double gain = surrogate.change({a}, {b});
      if (gain <= best) continue;
      books.add(b);
      if (books.in_limits()) {
        best = gain;
        take = b;
      }
      books.remove(b);
    }
    books.add(take >= 0 ? take : a);
    if (take >= 0) {
      surrogate.apply({a}, {take});
      swapped = true;
    }
  }
  return swapped;
}

// Two purchases change their places in time.
bool Heuristic::exchange_years(Books& books, Surrogate& surrogate) const {
  bool changed = false;
  std::vector<int> plan = books.plan();
  const auto allowed = [&](int first, int second) {
    if (!books.can_add(first)) return false;
    books.add(first);
    if (books.can_add(second)) {
      books.add(second);
      if (books.in_limits()) return true;
      books.remove(second);
    }
    books.remove(first);
    return false;
  };
  for (std::size_t i = 0; i < plan.size(); ++i) {
    for (std::size_t j = i + 1; j < plan.size(); ++j) {
      const Column a = instance_.columns[at(plan[i])], b = instance_.columns[at(plan[j])];
      if (a.year == b.year || books.is_fixed(plan[i]) || books.is_fixed(plan[j])) continue;
      const int c = instance_.column(a.option, b.year), d = instance_.column(b.option, a.year);
      if (c < 0 || d < 0) continue;
      if (surrogate.change({plan[i], plan[j]}, {c, d}) <= kGain * instance_.baseline) continue;
      books.remove(plan[i]);
      books.remove(plan[j]);
      // What one needs of the other has to be there first.
      if (!allowed(c, d) && !(instance_.limits.gives(b.option) && allowed(d, c))) {
        books.add(plan[i]);
        books.add(plan[j]);
        continue;
      }
      surrogate.apply({plan[i], plan[j]}, {c, d});
      plan[i] = c;
      plan[j] = d;
      changed = true;
    }
  }
  return changed;
}

bool Heuristic::search_once(Books& books, Surrogate& surrogate, const std::vector<int>& options,
                            Effort effort) const {
  bool better = instance_.limits.any_gives() && drop_idle(books, surrogate);
  while (!stop_() && add_best(books, surrogate, options)) better = true;
  if (!stop_() && move_earlier(books, surrogate)) better = true;
  if (effort == Effort::quick) return better;
  if (!stop_() && exchange_years(books, surrogate)) better = true;
  if (!stop_() && swap(books, surrogate, options)) better = true;
  return better;
}

std::vector<std::vector<int>> Heuristic::relevant_paths() const {
  std::vector<std::vector<int>> use(instance_.problem.cases.size());
  for (std::size_t k = 0; k < use.size(); ++k) {
    const std::size_t all = pool_.of(static_cast<int>(k)).size();
    for (std::size_t p = all > kPaths ? all - kPaths : 0; p < all; ++p) {
      use[k].push_back(static_cast<int>(p));
    }
  }
  return use;
}

Surrogate Heuristic::surrogate(const Books& books) const {
  return {instance_, pool_, relevant_paths(), books.plan()};
}

void Heuristic::settle(Books& books, Surrogate& surrogate, const std::vector<double>& x) const {
  const std::vector<int> options = candidates(books, x);
  while (!stop_() && search_once(books, surrogate, options, Effort::quick)) {
  }
}

Incumbent Heuristic::measure(const Books& books) {
  const std::vector<Answer> answers = instance_.separate(books.as_point());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    pool_.add(instance_.cells[i].kase, answers[i].path);
  }
  return {instance_.objective(answers), books.plan(), books.purchases()};
}

Incumbent Heuristic::improve(const Books& start, const std::vector<double>& x, int passes,
                             Effort effort) {
  Books books = start;
  Incumbent best = measure(books);
  Surrogate surrogate = this->surrogate(books);
  for (int pass = 0; pass < passes && !stop_(); ++pass) {
    const std::vector<int> options = candidates(books, x);
    const bool moved = search_once(books, surrogate, options, effort);
    const std::vector<Answer> answers = instance_.separate(books.as_point());
    const double objective = instance_.objective(answers);
    if (objective > best.objective) best = {objective, books.plan(), books.purchases()};
    const double unseen = surrogate.value() - objective;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const int kase = instance_.cells[i].kase;
      const auto before = pool_.of(kase).size();
      pool_.add(kase, answers[i].path);
      if (pool_.of(kase).size() > before) {
        surrogate.add_path(kase, answers[i].path, books.plan());
      }
    }
    if (!moved && unseen <= 1e-9 * objective) break;
  }
  return best;
}

}  // namespace abatis::plan_detail
