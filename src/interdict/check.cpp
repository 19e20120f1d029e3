// The check of a plan: plain, and independent of the solver.

#include <queue>

#include <fmt/format.h>

#include "abatis/base/numbers.hpp"
#include "abatis/interdict/interdict.hpp"

namespace abatis {
namespace {

constexpr std::int64_t kNever = -1;

// Year in which each arc is bought, -1 never.
Result<std::vector<int>> years_of(const InterdictProblem& problem,
                                  const std::vector<InterdictPurchase>& purchases) {
  std::vector<int> year(problem.arcs.size(), -1);
  std::vector<std::int64_t> spent(problem.budgets.size(), 0);
  for (const auto& [arc, when] : purchases) {
    const Where where{.item = fmt::format("arc {}", arc)};
    if (arc < 0 || at(arc) >= problem.arcs.size())
      return input_error("there is no such arc", where);
    if (when < 0 || at(when) >= spent.size()) {
      return input_error(fmt::format("there is no year {}", when), where);
    }
    if (problem.arcs[at(arc)].cost <= 0) return input_error("the arc is not for sale", where);
    if (year[at(arc)] >= 0) return input_error("the arc is bought twice", where);
    year[at(arc)] = when;
    spent[at(when)] += problem.arcs[at(arc)].cost;
  }
  for (std::size_t y = 0; y < spent.size(); ++y) {
    if (spent[y] > problem.budgets[y]) {
      return input_error(fmt::format("{} spent of a budget of {}", spent[y], problem.budgets[y]),
                         {.item = fmt::format("year {}", y)});
    }
  }
  return year;
}

std::int64_t shortest(const InterdictProblem& problem, const std::vector<std::vector<int>>& out,
                      const std::vector<int>& bought, int year) {
  using Entry = std::pair<std::int64_t, int>;
  std::vector<std::int64_t> done(at(problem.nodes), kNever);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  queue.emplace(0, problem.source);
  while (!queue.empty()) {
    const auto [length, u] = queue.top();
    queue.pop();
    if (done[at(u)] != kNever) continue;
    done[at(u)] = length;
    if (u == problem.sink) return length;
    for (const int a : out[at(u)]) {
      const auto& arc = problem.arcs[at(a)];
      const bool slow = bought[at(a)] >= 0 && bought[at(a)] <= year;
      if (done[at(arc.head)] == kNever) {
        queue.emplace(length + arc.length + (slow ? arc.delay : 0), arc.head);
      }
    }
  }
  return kNever;
}

}  // namespace

Result<std::vector<std::int64_t>> yearly_lengths(const InterdictProblem& problem,
                                                 const std::vector<InterdictPurchase>& purchases) {
  ABATIS_TRY(const auto bought, years_of(problem, purchases));
  std::vector<std::vector<int>> out(at(problem.nodes));
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    out[at(problem.arcs[a].tail)].push_back(static_cast<int>(a));
  }
  std::vector<std::int64_t> lengths;
  for (int year = 0; at(year) < problem.budgets.size(); ++year) {
    lengths.push_back(shortest(problem, out, bought, year));
    if (lengths.back() == kNever) {
      return fail(ErrorCode::infeasible, "the sink cannot be reached from the source",
                  {.item = fmt::format("nodes {} and {}", problem.source, problem.sink)},
                  "add an arc on a way from one to the other, or name other ends");
    }
  }
  return lengths;
}

}  // namespace abatis
