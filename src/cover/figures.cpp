#include "figures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace abatis::covering {
namespace {

constexpr std::int64_t kParts = 10'000;  // of the share of backup cover

bool sound(double value, double low) {
  return value >= low && value <= kMaxCoverValue;
}

Status check(const CoverProblem& problem) {
  if (problem.choose.has_value() == problem.budget.has_value()) {
    return input_error(problem.choose ? "both a number of sites and a budget"
                                      : "neither a number of sites nor a budget",
                       {}, "give --choose P or --budget B");
  }
  if (problem.choose && *problem.choose < 0) {
    return input_error(fmt::format("{} sites to choose", *problem.choose), {.item = "--choose"},
                       "give a whole number from 0");
  }
  if (problem.budget && !sound(*problem.budget, 0)) {
    return input_error(fmt::format("a budget of {}", *problem.budget), {.item = "--budget"},
                       fmt::format("give an amount from 0 to {:g}", kMaxCoverValue));
  }
  if (!sound(problem.radius, 0)) {
    return input_error(fmt::format("a radius of {}", problem.radius), {.item = "--radius"},
                       fmt::format("give a distance from 0 to {:g}", kMaxCoverValue));
  }
  if (problem.backup < 1 || problem.backup > kMaxBackup) {
    return input_error(fmt::format("{} sites for backup cover", problem.backup),
                       {.item = "--backup"}, fmt::format("give 1 to {}", kMaxBackup));
  }
  const double parts = problem.backup_share * static_cast<double>(kParts);
  if (!(parts >= 0 && parts <= kParts) || std::abs(parts - std::nearbyint(parts)) > 1e-6) {
    return input_error(fmt::format("a share of {}", problem.backup_share),
                       {.item = "--backup-share"}, "give 0 to 1 in steps of 0.0001");
  }
  for (std::size_t d = 0; d < problem.demand.size(); ++d) {
    const auto& p = problem.demand[d];
    if (sound(p.x, -kMaxCoverValue) && sound(p.y, -kMaxCoverValue) && sound(p.weight, 0)) continue;
    return input_error("a figure is not finite, negative or too large",
                       {.item = fmt::format("demand row {}", d)});
  }
  for (std::size_t r = 0; r < problem.sites.size(); ++r) {
    const auto& s = problem.sites[r];
    if (sound(s.x, -kMaxCoverValue) && sound(s.y, -kMaxCoverValue) && sound(s.cost, 0) &&
        sound(s.radius.value_or(0), 0)) {
      continue;
    }
    return input_error("a figure is not finite, negative or too large",
                       {.item = fmt::format("site row {}", r)});
  }
  return {};
}

// What the budget is in whole units: never more than it says.
std::int64_t whole_budget(const Scale& scale, double budget) {
  std::int64_t whole = 0;
  if (scale.exact && whole_at(budget, scale.decimals, whole)) return whole;
  whole = static_cast<std::int64_t>(std::floor(budget / scale.unit));
  return scale.exact && scale.value(whole) > budget ? whole - 1 : whole;
}

void take_costs(const CoverProblem& problem, Figures& figures) {
  const auto sites = static_cast<std::int64_t>(problem.sites.size());
  figures.cost.assign(problem.sites.size(), 1);
  if (problem.choose) {
    figures.budget = std::min(*problem.choose, sites);
    return;
  }
  std::vector<double> costs;
  double all = 0;
  for (const auto& site : problem.sites) {
    if (!site.standing) costs.push_back(site.cost);
    all += site.standing ? 0 : site.cost;
  }
  figures.costs = scale_for(costs);
  std::int64_t sum = 0;
  for (std::size_t r = 0; r < problem.sites.size(); ++r) {
    figures.cost[r] = problem.sites[r].standing ? 0 : figures.costs.whole(problem.sites[r].cost);
    sum += figures.cost[r];
  }
  figures.budget =
      *problem.budget >= 2 * all + 1 ? sum : whole_budget(figures.costs, *problem.budget);
}

void take_weights(const CoverProblem& problem, Figures& figures) {
  const auto backed = std::llround(problem.backup_share * static_cast<double>(kParts));
  if (problem.backup == 1 || backed == kParts) {
    figures.levels = {{problem.backup, 1}};
  } else if (backed == 0) {
    figures.levels = {{1, 1}};
  } else if (problem.backup == 2 && 2 * backed <= kParts) {
    // A second site is worth no more than the first: one concave count bounds better than two.
    figures.levels = {{1, backed, 2}, {1, kParts - 2 * backed}};
    figures.parts = kParts;
  } else {
    figures.levels = {{1, kParts - backed}, {problem.backup, backed}};
    figures.parts = kParts;
  }
  std::vector<double> weights;
  weights.reserve(problem.demand.size());
  for (const auto& point : problem.demand) weights.push_back(point.weight);
  figures.weights = scale_for(weights, static_cast<double>(figures.parts));
  figures.weight.reserve(weights.size());
  for (const double weight : weights) figures.weight.push_back(figures.weights.whole(weight));
}

}  // namespace

Result<Figures> figures_of(const CoverProblem& problem) {
  ABATIS_CHECK(check(problem));
  Figures figures;
  take_costs(problem, figures);
  take_weights(problem, figures);
  return figures;
}

}  // namespace abatis::covering
