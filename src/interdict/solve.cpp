#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "solver.hpp"

namespace abatis {
namespace interdiction {
namespace {

// Messages of two numbers a label and arc: half a gigabyte.
constexpr double kMostLabels = 30e6;

// A few milliseconds.
constexpr Work kQuick{2'500, 100'000'000};

}  // namespace

Solver::Solver(const InterdictProblem& problem, const InterdictOptions& options, Monitor& monitor)
    : problem_(problem),
      options_(options),
      monitor_(monitor),
      ways_(problem),
      improver_(ways_),
      from_(ways_.lengths(bare_lengths(problem), problem.source, true)),
      to_(ways_.lengths(bare_lengths(problem), problem.sink, false)),
      covers_(problem, from_, to_),
      began_(std::chrono::steady_clock::now()) {}

bool Solver::stop() {
  if (stopped_) return true;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  if (monitor_.stop_requested()) {
    interrupted_ = true;
    stopped_ = true;
  } else if (passed.count() > options_.time_s) {
    stopped_ = true;
  }
  return stopped_;
}

bool Solver::is_near(std::int64_t objective) const {
  const auto bound = static_cast<double>(result_.bound);
  return objective >= result_.bound ||
         bound - static_cast<double>(objective) <= options_.gap * bound;
}

bool Solver::near_enough() const {
  return is_near(result_.objective);
}

void Solver::lower_bound_to(std::int64_t bound) {
  if (bound >= result_.bound) return;
  result_.bound = bound;
  monitor_.note(fmt::format("at most {}, {} found", result_.bound, result_.objective));
}

std::int64_t Solver::objective_of(const std::vector<InterdictPurchase>& purchases) const {
  const auto lengths = yearly_lengths(problem_, purchases);
  return lengths ? std::accumulate(lengths->begin(), lengths->end(), std::int64_t{0}) : -1;
}

void Solver::take_purchases(const std::vector<InterdictPurchase>& purchases) {
  const auto lengths = yearly_lengths(problem_, purchases);
  if (!lengths) return;
  const auto sum = std::accumulate(lengths->begin(), lengths->end(), std::int64_t{0});
  if (sum <= result_.objective && !result_.lengths.empty()) return;
  result_.objective = sum;
  result_.lengths = *lengths;
  result_.purchases = purchases;
  best_ = improver_.from_purchases(purchases);
  monitor_.note(fmt::format("at most {}, {} found", result_.bound, result_.objective));
}

void Solver::take(const std::vector<int>& year_of) {
  take_purchases(improver_.to_purchases(year_of));
}

// Plans that may be measured for about as much work as `work` visits of arcs.
std::int64_t Solver::trials(std::int64_t work) const {
  const auto each = static_cast<std::int64_t>(problem_.arcs.size() * problem_.budgets.size());
  return std::max<std::int64_t>(20, work / std::max<std::int64_t>(1, each));
}

std::vector<InterdictPurchase> Solver::guess(const Shares& shares, std::int64_t target,
                                             std::int64_t trials) const {
  auto order = shares;
  sort_stably(order, [](const auto& a, const auto& b) { return a.second > b.second; });
  auto left = problem_.budgets;
  Improver improver(ways_);
  auto year_of = improver.nothing();
  for (const auto& [purchase, share] : order) {
    const auto cost = problem_.arcs[at(purchase.arc)].cost;
    if (year_of[at(purchase.arc)] >= 0 || left[at(purchase.year)] < cost) continue;
    left[at(purchase.year)] -= cost;
    year_of[at(purchase.arc)] = purchase.year;
  }
  improver.improve(year_of, target, trials);
  return improver.to_purchases(year_of);
}

// By how much lengths must be divided for their labels to fit into memory; 1: they do.
std::int64_t Solver::coarseness() const {
  // One year looks at the next better plan; several at what each year could reach alone.
  const auto years = static_cast<std::int64_t>(problem_.budgets.size());
  const std::int64_t more =
      years == 1 ? result_.objective / 64 + 1 : result_.objective / years / 4 + 16;
  const std::int64_t highest = std::min(most_, result_.objective / years + more);
  double labels = 0;
  for (const auto& arc : problem_.arcs) {
    const auto tail = at(arc.tail), head = at(arc.head);
    if (from_[tail] >= kFar || to_[head] >= kFar) continue;
    const auto slack = highest - from_[tail] - arc.length - to_[head];
    if (slack > 0) labels += 2 * static_cast<double>(slack);
  }
  labels *= static_cast<double>(problem_.budgets.size());
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(labels / kMostLabels)));
}

// Lengths and delays in a coarser unit, rounded up: what is reached there times the unit is a
// bound, and the plan is one.
void Solver::search_coarse(std::int64_t unit) {
  InterdictProblem coarse = problem_;
  for (auto& arc : coarse.arcs) {
    arc.length = (arc.length + unit - 1) / unit;
    arc.delay = (arc.delay + unit - 1) / unit;
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  InterdictOptions options = options_;
  options.time_s = std::max(0.01, options_.time_s - passed.count());
  Quiet quiet(monitor_);
  const auto answer = Solver(coarse, options, quiet).run();
  result_.nodes += answer.nodes;
  result_.cuts += answer.cuts;
  take_purchases(answer.purchases);
  auto plan = best_;
  improver_.improve(plan, result_.bound, trials(20'000'000));
  take(plan);
  lower_bound_to(std::max(result_.objective, answer.bound * unit));
  stop();
}

// The way that is shortest with nothing bought grows by no more than the delays that `money` buys
// on it, the last of them in part (Dantzig's bound on a knapsack).
std::int64_t Solver::shortest_way_at_most(std::int64_t money) {
  std::vector<int> way;
  Ways::Scratch scratch;
  const auto length = ways_.shortest(bare_lengths(problem_), scratch, &way);
  std::erase_if(way, [&](int a) { return problem_.arcs[at(a)].cost <= 0; });
  sort_stably(way, [&](int a, int b) {
    const auto &x = problem_.arcs[at(a)], &y = problem_.arcs[at(b)];
    return x.delay * y.cost > y.delay * x.cost;
  });
  double delay = 0;
  for (const int a : way) {
    const auto& arc = problem_.arcs[at(a)];
    if (money <= 0) break;
    const double part = std::min(1.0, static_cast<double>(money) / static_cast<double>(arc.cost));
    delay += part * static_cast<double>(arc.delay);
    money -= arc.cost;
  }
  return length + static_cast<std::int64_t>(std::ceil(delay));
}

InterdictResult Solver::run() {
  const std::int64_t most = *std::max_element(problem_.budgets.begin(), problem_.budgets.end());
  Ways::Scratch scratch;
  const auto full = ways_.shortest(full_lengths(problem_, most), scratch, nullptr);
  most_ = full;
  std::int64_t money = 0;
  for (const auto budget : problem_.budgets) {
    money += budget;
    result_.bound += std::min(full, shortest_way_at_most(money));
  }
  take(improver_.nothing());
  if (problem_.budgets.size() == 1) {
    climb(kQuick.by_arc, kQuick.most);
  } else {
    auto plan = improver_.nothing();
    improver_.improve(plan, result_.bound, trials(2'000'000));
    take(plan);
  }
  const std::int64_t unit = coarseness();
  if (unit > 1) {
    search_coarse(unit);
  } else if (problem_.budgets.size() == 1) {
    search_one_year();
  } else {
    search_years();
  }
  if (result_.objective == result_.bound) {
    result_.status = InterdictStatus::optimal;
  } else if (interrupted_) {
    result_.status = InterdictStatus::interrupted;
  } else if (stopped_) {
    result_.status = InterdictStatus::time_limit;
  } else {
    result_.status = near_enough() ? InterdictStatus::gap : InterdictStatus::label_limit;
  }
  return result_;
}

}  // namespace interdiction

Result<InterdictResult> interdict(const InterdictProblem& problem, const InterdictOptions& options,
                                  Monitor& monitor) {
  // Also the proof that there is a way at all.
  ABATIS_CHECK(yearly_lengths(problem, {}));
  return interdiction::Solver(problem, options, monitor).run();
}

std::string_view to_word(InterdictStatus status) {
  switch (status) {
    case InterdictStatus::optimal:
      return "optimal";
    case InterdictStatus::gap:
      return "gap";
    case InterdictStatus::time_limit:
      return "time_limit";
    case InterdictStatus::label_limit:
      return "label_limit";
    case InterdictStatus::interrupted:
      return "interrupted";
  }
  return "";
}

}  // namespace abatis
