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
    : instance_(instance), pool_(pool), stop_(std::move(stop)) {
  for (std::size_t o = 0; o < instance.problem.options.size(); ++o) {
    double sum = 0;
    const auto columns = instance.columns_of(static_cast<int>(o));
    for (std::size_t i = 0; i < instance.cells.size() && !columns.empty(); ++i) {
      sum +=
          instance.cells[i].weight * instance.effect(instance.first_column[o], static_cast<int>(i));
    }
    worth_.push_back(sum / std::max(1.0, instance.problem.options[o].cost));
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

std::optional<Books> Heuristic::round(const std::vector<double>& x, double share) const {
  Books books(instance_);
  std::vector<double> total(instance_.problem.options.size(), 0.0);
  for (std::size_t c = 0; c < x.size(); ++c) total[at(instance_.columns[c].option)] += x[c];
  std::vector<int> order(total.size());
  std::iota(order.begin(), order.end(), 0);
  sort_stably(order, [&](int a, int b) {
    // Shares that differ by rounding only are equal: then worth decides.
    const double left = std::round(total[at(a)] * 1e6), right = std::round(total[at(b)] * 1e6);
    return left != right ? left > right : worth_[at(a)] > worth_[at(b)];
  });
  const auto place = [&](int o) {
    double sum = 0;
    int from = 0;
    for (int c = instance_.first_column[at(o)]; c < instance_.first_column[at(o) + 1]; ++c) {
      sum += x[at(c)];
      from = instance_.columns[at(c)].year;
      if (sum >= share * total[at(o)]) break;
    }
    int column = first_open(books, o, from);
    if (column < 0) column = first_open(books, o, 0);
    if (column >= 0) books.add(column);
  };
  for (const int o : order) {  // what must be spent on a class goes first
    if (total[at(o)] > 1e-6 && books.missing(instance_.problem.options[at(o)].budget_class) > 0) {
      place(o);
    }
  }
  if (!fill_lower_limits(books, order)) return std::nullopt;
  for (const int o : order) {
    if (total[at(o)] > 1e-6) place(o);
  }
  return books;
}

bool Heuristic::fill_lower_limits(Books& books, const std::vector<int>& order) const {
  for (const int o : order) {
    if (books.lower_limits_met()) return true;
    if (books.missing(instance_.problem.options[at(o)].budget_class) <= 0) continue;
    const int column = first_open(books, o, 0);
    if (column >= 0) books.add(column);
  }
  while (!books.lower_limits_met() && !stop_()) {
    if (!swap_towards_limits(books)) return false;
  }
  return books.lower_limits_met();
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
      if (books.missing() < best) {
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
  for (std::size_t o = 0; o < score.size(); ++o) {
    if (!instance_.columns_of(static_cast<int>(o)).empty()) order.push_back(static_cast<int>(o));
  }
  sort_stably(order, [&](int a, int b) {
    return score[at(a)] != score[at(b)] ? score[at(a)] > score[at(b)]
                                        : worth_[at(a)] > worth_[at(b)];
  });
  if (order.size() > kCandidates) order.resize(kCandidates);
  for (const int c : books.plan()) {
    const int option = instance_.columns[at(c)].option;
    if (std::find(order.begin(), order.end(), option) == order.end()) order.push_back(option);
  }
  return order;
}

bool Heuristic::add_best(Books& books, Surrogate& surrogate,
                         const std::vector<int>& options) const {
  double best = 0;
  int take = -1;
  for (const int o : options) {
    const int column = first_open(books, o, 0);
    if (column < 0) continue;
    const double gain = surrogate.change({}, {column});
    const double rate = gain / std::max(1.0, instance_.problem.options[at(o)].cost);
    if (gain > kGain * instance_.baseline && rate > best) {
      best = rate;
      take = column;
    }
  }
  if (take < 0) return false;
  surrogate.apply({}, {take});
  books.add(take);
  return true;
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
    if (!books.lower_limits_met() && chosen != a) {
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
    double best = kGain * instance_.baseline;
    int take = -1;
    for (const int o : options) {
      const int b = first_open(books, o, 0);
      if (b < 0 || b == a) continue;
      const double gain = surrogate.change({a}, {b});
      if (gain <= best) continue;
      books.add(b);
      if (books.lower_limits_met()) {
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
  for (std::size_t i = 0; i < plan.size(); ++i) {
    for (std::size_t j = i + 1; j < plan.size(); ++j) {
      const Column a = instance_.columns[at(plan[i])], b = instance_.columns[at(plan[j])];
      if (a.year == b.year || books.is_fixed(plan[i]) || books.is_fixed(plan[j])) continue;
      const int c = instance_.column(a.option, b.year), d = instance_.column(b.option, a.year);
      if (c < 0 || d < 0) continue;
      if (surrogate.change({plan[i], plan[j]}, {c, d}) <= kGain * instance_.baseline) continue;
      books.remove(plan[i]);
      books.remove(plan[j]);
      bool kept = false;
      if (books.can_add(c)) {
        books.add(c);
        if (books.can_add(d)) {
          books.add(d);
          kept = books.lower_limits_met();
          if (!kept) books.remove(d);
        }
        if (!kept) books.remove(c);
      }
      if (!kept) {
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
  bool better = false;
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
