#include "abatis/cover/sets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "search.hpp"

namespace abatis {
namespace {

using covering::SetPool;

constexpr std::int64_t kMostWeight = std::int64_t{1} << 53U;

Status check(const CoverSets& problem) {
  const auto sites = static_cast<int>(problem.cost.size());
  const bool costs =
      std::all_of(problem.cost.begin(), problem.cost.end(), [](std::int64_t c) { return c >= 0; });
  if (!costs || problem.budget < 0) return fail(ErrorCode::internal, "a cost below 0");
  std::int64_t sum = 0;
  for (const CoverSets::Demand& one : problem.demand) {
    const auto odd =
        std::adjacent_find(one.sites.begin(), one.sites.end(), [](int a, int b) { return a >= b; });
    const bool known = one.sites.empty() || (one.sites.front() >= 0 && one.sites.back() < sites);
    if (one.weight < 0 || one.weight >= kMostWeight - sum || odd != one.sites.end() || !known) {
      return fail(ErrorCode::internal, "a demand with no sound weight or sites");
    }
    sum += one.weight;
  }
  return {};
}

}  // namespace

std::int64_t covered_weight(const CoverSets& problem, const std::vector<int>& chosen) {
  std::vector<char> there(problem.cost.size(), 0);
  for (const int s : chosen) there[static_cast<std::size_t>(s)] = 1;
  std::int64_t sum = 0;
  for (const CoverSets::Demand& one : problem.demand) {
    const bool covered = std::any_of(one.sites.begin(), one.sites.end(), [&](int s) {
      return there[static_cast<std::size_t>(s)] != 0;
    });
    if (covered) sum += one.weight;
  }
  return sum;
}

Result<CoverSetsResult> cover_sets(const CoverSets& problem, const CoverOptions& options,
                                   Monitor& monitor) {
  ABATIS_CHECK(check(problem));
  SetPool pool;
  for (const CoverSets::Demand& one : problem.demand) {
    if (one.weight > 0 && !one.sites.empty()) pool.add(one.sites, 0, one.weight);
  }
  CoverProblem shape;  // its sites alone are read: none stands
  shape.sites.resize(problem.cost.size());
  covering::Search search(options, monitor,
                          [](std::int64_t whole) { return static_cast<double>(whole); });
  search.run(covering::make_instance(shape, pool, {{1, 1}}, problem.cost, problem.budget));
  CoverSetsResult result;
  result.status = search.status();
  result.value = search.best().value;
  result.bound = search.bound();
  std::vector<char> reaches(problem.cost.size(), 0);
  for (std::size_t k = 0; k < pool.size(); ++k) {
    for (const int s : pool.list(k)) reaches[static_cast<std::size_t>(s)] = 1;
  }
  for (const int s : search.best().rows) {
    if (reaches[static_cast<std::size_t>(s)] != 0) result.chosen.push_back(s);
  }
  std::sort(result.chosen.begin(), result.chosen.end());
  if (covered_weight(problem, result.chosen) != result.value) {
    return fail(ErrorCode::internal,
                fmt::format("the choice covers {}, but the search says {}",
                            covered_weight(problem, result.chosen), result.value));
  }
  return result;
}

}  // namespace abatis
