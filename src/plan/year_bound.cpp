#include "year_bound.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>
#include <vector>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "year_program.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kNarrow = 1e-3;  // of all that a year can gain: narrower ranges are not parted
constexpr double kStep = 0.1;     // of the way to the top, between levels that are priced
constexpr double kMillion = 1e6;
constexpr double kLeastMoney = 1e-6;  // millions of EUR: less is none
constexpr int kTrialNodes = 31;       // programs at each price of money that is tried

double worth(const Instance& instance, const YearGroup& group, double part) {
  double sum = 0;
  for (const int i : group.cells) {
    const PlanCell& cell = instance.cells[at(i)];
    sum += cell.weight * (cell.base + part * (cell.top - cell.base));
  }
  return sum;
}

// All times between two parts of the way to the top.
TimeRanges ranges_between(const Instance& instance, const YearGroup& group, double low,
                          double high) {
  TimeRanges all;
  for (const int i : group.cells) {
    const PlanCell& cell = instance.cells[at(i)];
    all.low.push_back(cell.base + low * (cell.top - cell.base));
    all.high.push_back(cell.base + high * (cell.top - cell.base));
  }
  all.bound = worth(instance, group, high);
  return all;
}

// Branching on the times of a group at one price of money: the range of the cell that counts most
// is parted in the middle, ranges with the highest bound first.
class TimeTree {
 public:
  // Ranges that count for less than `narrow` seconds are not parted.
  TimeTree(const Instance& instance, const YearGroup& group, PathPool pool, double price,
           double narrow)
      : instance_(instance), group_(group), pool_(std::move(pool)), price_(price), narrow_(narrow) {
    closed_ = worth(instance, group, 0);
    open_.push(ranges_between(instance, group, 0, 1));
  }

  double bound() const { return open_.empty() ? closed_ : std::max(closed_, open_.top().bound); }

  // Until `nodes` programs were solved in all.
  void grow(int nodes, const std::function<bool()>& stop) {
    if (solved_ == 0) {
      const TimeRanges all = open_.top();
      open_.pop();
      look(all, stop);
    }
    while (solved_ < nodes && !stop() && !open_.empty() && open_.top().bound > closed_) {
      TimeRanges node = open_.top();
      open_.pop();
      const std::size_t cell = widest(node);
      if (weight(cell) * (node.high[cell] - node.low[cell]) < narrow_) {
        closed_ = node.bound;
        break;
      }
      const double middle = 0.5 * (node.low[cell] + node.high[cell]);
      TimeRanges upper = node;
      upper.low[cell] = middle;
      node.high[cell] = middle;
      look(upper, stop);
      look(node, stop);
    }
  }

 private:
  struct Lower {
    bool operator()(const TimeRanges& a, const TimeRanges& b) const { return a.bound < b.bound; }
  };

  void look(const TimeRanges& node, const std::function<bool()>& stop) {
    YearProgram program(instance_, group_, pool_, node, price_);
    const double found = program.solve(stop);
    ++solved_;
    if (found == -kInfinity) return;
    TimeRanges next{node.low, node.high, std::min(node.bound, found), {}, {}, {}};
    program.leave_rows(next);
    open_.push(std::move(next));
  }

  double weight(std::size_t cell) const { return instance_.cells[at(group_.cells[cell])].weight; }

  std::size_t widest(const TimeRanges& node) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < node.low.size(); ++i) {
      if (weight(i) * (node.high[i] - node.low[i]) >
          weight(best) * (node.high[best] - node.low[best])) {
        best = i;
      }
    }
    return best;
  }

  const Instance& instance_;
  const YearGroup& group_;
  PathPool pool_;
  double price_ = 0, narrow_ = 0, closed_ = 0;
  int solved_ = 0;
  std::priority_queue<TimeRanges, std::vector<TimeRanges>, Lower> open_;
};

// The year of the last purchases that act in `year`, -1 where none does.
int last_to_act(const Instance& instance, int year) {
  int last = -1;
  for (std::size_t c = 0; c < instance.columns.size(); ++c) {
    if (instance.columns[c].year <= last) continue;
    for (std::size_t i = 0; i < instance.cells.size(); ++i) {
      if (instance.cells[i].year != year) continue;
      if (instance.effect(static_cast<int>(c), static_cast<int>(i)) > 0) {
        last = instance.columns[c].year;
      }
    }
  }
  return last;
}

class YearBounder {
 public:
  YearBounder(const Instance& instance, const PathPool& known, int year, int last,
              const std::function<bool()>& stop)
      : instance_(instance), last_(last), stop_(stop) {
    gather(known, year);
    for (YearGroup& group : groups_) choose_columns(group);
    for (YearGroup& group : groups_) {
      find_rules(group);
      find_costs(group);
    }
    const double most = spendable(instance.problem)[at(last)];
    money_ = most + money_slack(most);
  }

  YearBound bound(int nodes) {
    const std::vector<double> prices = prices_of_money();
    if (prices.empty()) return {top(), top(), false};
    std::vector<TimeTree> trees;  // by price, then group
    for (const double price : prices) {
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        trees.emplace_back(instance_, groups_[g], pools_[g], price, kNarrow * (top() - bottom()));
      }
    }
    const int threads = instance_.problem.threads;
    parallel_for(trees.size(), threads, [&](std::size_t i) { trees[i].grow(kTrialNodes, stop_); });
    const auto bound_at = [&](std::size_t p) {
      double sum = prices[p] * money_ / kMillion;
      for (std::size_t g = 0; g < groups_.size(); ++g) sum += trees[p * groups_.size() + g].bound();
      return sum;
    };
    std::size_t best = 0;
    for (std::size_t p = 1; p < prices.size(); ++p) {
      if (bound_at(p) < bound_at(best)) best = p;
    }
    parallel_for(groups_.size(), threads,
                 [&](std::size_t g) { trees[best * groups_.size() + g].grow(nodes, stop_); });
    return {std::min(bound_at(best), top()), top(), true};
  }

  double top() const {
    double sum = 0;
    for (const YearGroup& group : groups_) sum += worth(instance_, group, 1);
    return sum;
  }

 private:
  // Cells of an axis are delayed by the same belts.
  void gather(const PathPool& known, int year) {
    std::vector<int> axes;
    for (std::size_t i = 0; i < instance_.cells.size(); ++i) {
      if (instance_.cells[i].year != year) continue;
      const int axis = instance_.problem.cases[at(instance_.cells[i].kase)].axis;
      const auto there = std::find(axes.begin(), axes.end(), axis);
      const auto g = static_cast<std::size_t>(there - axes.begin());
      if (there == axes.end()) {
        axes.push_back(axis);
        groups_.emplace_back();
        pools_.push_back(known);
      }
      groups_[g].cells.push_back(static_cast<int>(i));
    }
    shared_.assign(instance_.columns.size(), 0);
  }

  // Whether a later purchase of the option does as much for the group, for no more money.
  bool is_late_enough(const YearGroup& group, int column) const {
    const int option = instance_.columns[at(column)].option;
    for (int d = column + 1; d < instance_.first_column[at(option) + 1]; ++d) {
      if (instance_.columns[at(d)].year > last_) break;
      bool same = std::all_of(group.cells.begin(), group.cells.end(), [&](int i) {
        return instance_.effect(d, i) >= instance_.effect(column, i);
      });
      for (int t = 0; t <= last_ && same; ++t) {
        same = instance_.taken(d, t) <= instance_.taken(column, t);
      }
      if (same) return false;
    }
    return true;
  }

  void choose_columns(YearGroup& group) {
    std::vector<char> wanted(instance_.columns.size(), 0);
    std::vector<int> acting;
    for (std::size_t c = 0; c < instance_.columns.size(); ++c) {
      const int column = static_cast<int>(c);
      if (instance_.columns[c].year > last_) continue;
      const bool acts = std::any_of(group.cells.begin(), group.cells.end(),
                                    [&](int i) { return instance_.effect(column, i) > 0; });
      if (!acts || !is_late_enough(group, column)) continue;
      wanted[c] = 1;
      acting.push_back(instance_.columns[c].option);
    }
    for (const int option : givers_of(std::move(acting))) {
      for (int c = instance_.first_column[at(option)]; c < instance_.first_column[at(option) + 1];
           ++c) {
        if (instance_.columns[at(c)].year <= last_) wanted[at(c)] = 1;
      }
    }
    std::vector<int> columns;
    for (std::size_t c = 0; c < wanted.size(); ++c) {
      if (wanted[c]) columns.push_back(static_cast<int>(c));
      shared_[c] += wanted[c];
    }
    group.covers = std::make_unique<Covers>(instance_, std::move(columns));
  }

  // What gives to the limits that options use, and to those that it uses itself.
  std::vector<int> givers_of(std::vector<int> options) const {
    std::vector<char> used(instance_.limits.size(), 0);
    std::vector<int> givers;
    for (std::size_t k = 0; k < options.size(); ++k) {
      for (const LimitUse& use : instance_.limits.of(options[k])) {
        if (use.amount < 0 || used[at(use.limit)]) continue;
        used[at(use.limit)] = 1;
        for (const int giver : instance_.limits.givers(use.limit)) {
          givers.push_back(giver);
          options.push_back(giver);
        }
      }
    }
    return givers;
  }

  // Those on what is bought by then, but for what can be built in a year: of purchases that do the
  // same the latest alone are left.
  void find_rules(YearGroup& group) const {
    const PlanProblem& p = instance_.problem;
    std::vector<Column> columns;
    for (const int c : group.covers->columns()) columns.push_back(instance_.columns[at(c)]);
    for (Row& row : linear_rows(p, columns)) {
      const bool each_year =
          row.kind == Row::Kind::limit && p.limits[at(row.index)].span == LimitSpan::each_year;
      const bool by_then = row.kind == Row::Kind::earmark || row.year <= last_;
      if (by_then && !each_year && !std::isinf(row.high)) group.rules.push_back(std::move(row));
    }
  }

  // What acts on several axes is paid in equal parts by each.
  void find_costs(YearGroup& group) const {
    for (const int c : group.covers->columns()) {
      group.cost.push_back(instance_.taken(c, last_) / kMillion / shared_[at(c)]);
    }
  }

  // Prices of money to be tried, s a million EUR, from what levels take that are the same part of
  // the way to the top in all cells: the slope where that is just the money there is, and less,
  // since levels that differ take less. Where no shares reach the next higher levels it may be
  // other rules that see to that. None where money pays for the top.
  std::vector<double> prices_of_money() {
    const double gain = top() - bottom();
    double above = 0;
    for (double part = 1; part > kStep / 2; part -= kStep) {
      const double taken = price_of_level(part);
      if (stop_()) return {};
      if (taken <= money_ / kMillion) {
        if (part == 1) return {};
        if (std::isinf(above)) {
          const double mean = part * gain / std::max(kLeastMoney, taken);
          return {0, 0.5 * mean, mean};
        }
        above -= taken;
        break;
      }
      above = taken;
    }
    const double slope = kStep * gain / std::max(kLeastMoney, above);
    return {0.5 * slope, 0.7 * slope, slope};
  }

  // Millions of EUR, infinity where rules do not let levels be reached.
  double price_of_level(double part) {
    std::vector<double> taken(groups_.size());
    parallel_for(groups_.size(), instance_.problem.threads, [&](std::size_t g) {
      const TimeRanges level = ranges_between(instance_, groups_[g], part, part);
      YearProgram program(instance_, groups_[g], pools_[g], level, 1);
      taken[g] = std::max(0.0, level.bound - program.solve(stop_));
    });
    double sum = 0;
    for (const double t : taken) sum += t;
    return sum;
  }

  double bottom() const {
    double sum = 0;
    for (const YearGroup& group : groups_) sum += worth(instance_, group, 0);
    return sum;
  }

  const Instance& instance_;
  int last_ = 0;
  std::function<bool()> stop_;
  std::vector<YearGroup> groups_;
  std::vector<PathPool> pools_;  // by group
  std::vector<int> shared_;      // by column: groups that it acts on
  double money_ = 0;             // EUR
};

}  // namespace

YearBound bound_year(const Instance& instance, const PathPool& known, int year, int nodes,
                     const std::function<bool()>& stop) {
  const int last = last_to_act(instance, year);
  YearBounder bounder(instance, known, year, std::max(0, last), stop);
  if (last < 0 || stop()) return {bounder.top(), bounder.top(), false};
  return bounder.bound(nodes);
}

}  // namespace abatis::plan_detail
