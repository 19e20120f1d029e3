#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/cover/cover.hpp"
#include "figures.hpp"
#include "search.hpp"

namespace abatis {
namespace {

using covering::Choice;
using covering::Figures;
using covering::SetPool;

struct Covered {
  std::int64_t value = 0, once = 0, backed = 0;
};

// What sites cover, from the sets of sites that reach the points.
Covered covered_by(const CoverProblem& problem, const SetPool& sets, const Figures& figures,
                   const std::vector<int>& chosen) {
  std::vector<char> there(problem.sites.size(), 0);
  for (std::size_t s = 0; s < there.size(); ++s) there[s] = problem.sites[s].standing ? 1 : 0;
  for (const int row : chosen) there[static_cast<std::size_t>(row)] = 1;
  Covered covered;
  for (std::size_t k = 0; k < sets.size(); ++k) {
    int count = 0;
    for (const int row : sets.list(k)) count += there[static_cast<std::size_t>(row)];
    if (count >= 1) covered.once += sets.weight(k);
    if (count >= problem.backup) covered.backed += sets.weight(k);
    for (const auto& level : figures.levels) covered.value += sets.weight(k) * level.times(count);
  }
  return covered;
}

// Rows of sites that reach something at all.
std::vector<int> reaching(const CoverProblem& problem, const SetPool& sets,
                          const std::vector<int>& rows) {
  std::vector<char> reaches(problem.sites.size(), 0);
  for (std::size_t k = 0; k < sets.size(); ++k) {
    for (const int row : sets.list(k)) reaches[static_cast<std::size_t>(row)] = 1;
  }
  std::vector<int> kept;
  for (const int row : rows) {
    if (reaches[static_cast<std::size_t>(row)] != 0) kept.push_back(row);
  }
  return kept;
}

double cost_of(const CoverProblem& problem, const std::vector<int>& rows) {
  double cost = 0;
  for (const int row : rows) cost += problem.sites[static_cast<std::size_t>(row)].cost;
  return cost;
}

Status check_rows(const CoverProblem& problem, const Figures& figures,
                  const std::vector<int>& chosen) {
  std::vector<char> there(problem.sites.size(), 0);
  std::int64_t spent = 0;
  for (const int row : chosen) {
    const Where where{.item = fmt::format("site row {}", row)};
    if (row < 0 || static_cast<std::size_t>(row) >= problem.sites.size()) {
      return input_error("there is no such site", where);
    }
    const auto r = static_cast<std::size_t>(row);
    if (problem.sites[r].standing) return input_error("the site stands already", where);
    if (there[r] != 0) return input_error("the site is chosen twice", where);
    there[r] = 1;
    spent += figures.cost[r];
  }
  if (spent > figures.budget) {
    return input_error(problem.choose ? "more sites than may be chosen" : "dearer than the budget");
  }
  return {};
}

}  // namespace

Result<CoverValue> cover_value(const CoverProblem& problem, const std::vector<int>& chosen) {
  ABATIS_TRY(const Figures figures, covering::figures_of(problem));
  ABATIS_CHECK(check_rows(problem, figures, chosen));
  std::vector<int> rows = chosen;
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    if (problem.sites[s].standing) rows.push_back(static_cast<int>(s));
  }
  const covering::Within within(problem);
  Covered sum;
  for (std::size_t d = 0; d < problem.demand.size(); ++d) {
    int count = 0;
    for (const int row : rows) count += within(row, problem.demand[d].x, problem.demand[d].y);
    if (count >= 1) sum.once += figures.weight[d];
    if (count >= problem.backup) sum.backed += figures.weight[d];
    for (const auto& level : figures.levels) sum.value += figures.weight[d] * level.times(count);
  }
  return CoverValue{.value = figures.value(sum.value),
                    .once = figures.weights.value(sum.once),
                    .backed = figures.weights.value(sum.backed),
                    .cost = cost_of(problem, chosen)};
}

Result<CoverResult> cover(const CoverProblem& problem, const CoverOptions& options,
                          Monitor& monitor) {
  ABATIS_TRY(const Figures figures, covering::figures_of(problem));
  covering::Search search(options, monitor,
                          [&](std::int64_t whole) { return figures.value(whole); });
  const SetPool sets = covering::reaching_sets(problem, figures.weight, options.threads);
  auto instance =
      covering::make_instance(problem, sets, figures.levels, figures.cost, figures.budget);
  CoverResult result;
  result.groups = instance.groups();
  result.open_sites = instance.sites();
  result.pairs = static_cast<std::int64_t>(instance.members.items.size());
  search.run(std::move(instance));

  const Choice& best = search.best();
  result.status = search.status();
  result.chosen = reaching(problem, sets, best.rows);
  const Covered covered = covered_by(problem, sets, figures, result.chosen);
  if (covered.value != best.value) {
    return fail(ErrorCode::internal, fmt::format("the choice covers {}, but the search says {}",
                                                 covered.value, best.value));
  }
  result.value = figures.value(best.value);
  result.bound = figures.value(search.bound());
  result.exact = figures.weights.exact && figures.costs.exact;
  result.decimals = figures.weights.decimals + (figures.parts == 1 ? 0 : 4);
  result.once = figures.weights.value(covered.once);
  result.backed = figures.weights.value(covered.backed);
  result.cost = cost_of(problem, result.chosen);
  for (const auto& weight : figures.weight) result.total += static_cast<double>(weight);
  result.total = figures.weights.exact
                     ? figures.weights.value(static_cast<std::int64_t>(result.total))
                     : result.total * figures.weights.unit;
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    if (problem.sites[s].standing) result.standing.push_back(static_cast<int>(s));
  }
  result.nodes = search.nodes();
  return result;
}

std::string_view to_word(CoverStatus status) {
  switch (status) {
    case CoverStatus::optimal:
      return "optimal";
    case CoverStatus::gap:
      return "gap";
    case CoverStatus::time_limit:
      return "time_limit";
    case CoverStatus::interrupted:
      return "interrupted";
  }
  return "optimal";
}

}  // namespace abatis
