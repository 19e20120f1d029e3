#include "tradeoffs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "csv.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

struct Bought {
  int count = 0;
  double quantity = 0, cost_eur = 0;
};

// What a point buys, by measure; cover under its own.
std::map<int, Bought> by_measure(const RunView& view, const TradeoffPoint& point) {
  std::map<int, Bought> bought;
  for (const Purchase& p : point.purchases) {
    const auto o = static_cast<std::size_t>(p.option);
    const Site& site = view.sites.sites[static_cast<std::size_t>(view.origin[o].site)];
    const Option& option = site.options[static_cast<std::size_t>(view.origin[o].option)];
    Bought& b = bought[option.measure];
    ++b.count;
    b.quantity += option.quantity;
    b.cost_eur += option.cost.value;
    if (option.cover < 0) continue;
    Bought& cover = bought[option.cover];
    ++cover.count;
    cover.quantity += option.cover_km;
    cover.cost_eur += option.cover_cost.value;
  }
  return bought;
}

Json classes_json(const RunView& view, const TradeoffPoint& point) {
  Json out = Json::object();
  for (std::size_t c = 0; c < point.class_spent.size(); ++c) {
    out[valid_utf8(view.problem.class_names[c])] = std::round(point.class_spent[c]);
  }
  return out;
}

Json point_json(const RunView& view, const TradeoffPoint& point) {
  Json row = {{"label", valid_utf8(point.label)}, {"level", point.level}, {"found", point.found}};
  if (!point.found) {
    row["why"] = valid_utf8(point.why);
    return row;
  }
  Json measures = Json::array();
  for (const auto& [measure, b] : by_measure(view, point)) {
    const Measure& m = view.scenario.catalogue.measures[static_cast<std::size_t>(measure)];
    measures.push_back({{"measure", valid_utf8(m.id)},
                        {"bought", b.count},
                        {"quantity", b.quantity},
                        {"unit", m.unit},
                        {"cost_eur", std::round(b.cost_eur)}});
  }
  row["status"] = to_string(point.status);
  row["objective_s"] = point.objective;
  row["bound_s"] = point.bound;
  row["baseline_s"] = point.baseline;
  row["gap"] = point.gap();
  row["budget_eur"] = std::round(point.budget);
  row["spent_eur"] = std::round(point.spent);
  row["harm"] = point.harm;
  row["harm_limit"] = point.harm_limit < 0 ? Json(nullptr) : Json(point.harm_limit);
  row["grid_error"] = point.grid_error;
  row["spent_by_class_eur"] = classes_json(view, point);
  row["measures"] = std::move(measures);
  return row;
}

Json points_json(const RunView& view, const std::vector<TradeoffPoint>& points) {
  Json out = Json::array();
  for (const TradeoffPoint& point : points) out.push_back(point_json(view, point));
  return out;
}

std::string points_csv(const RunView& view) {
  Csv csv({"frontier", "label", "level", "status", "objective_s", "bound_s", "baseline_s", "gap",
           "budget_eur", "spent_eur", "harm_metric", "harm_limit", "harm", "grid_error",
           "why_not"});
  const Tradeoffs& t = *view.tradeoffs;
  const auto add = [&](const char* frontier, const std::vector<TradeoffPoint>& points) {
    for (const TradeoffPoint& p : points) {
      csv.text(frontier).text(p.label).number(p.level);
      if (p.found) {
        csv.text(to_string(p.status)).number(p.objective).number(p.bound).number(p.baseline);
        csv.number(p.gap()).number(p.budget).number(p.spent).text(to_string(t.metric));
        p.harm_limit < 0 ? csv.empty() : csv.number(p.harm_limit);
        csv.number(p.harm).number(p.grid_error).empty().end();
      } else {
        for (int column = 0; column < 11; ++column) csv.empty();
        csv.text(p.why).end();
      }
    }
  };
  add("money", t.money);
  add("harm", t.harm);
  add("earmarks", t.earmarks);
  return csv.take();
}

std::string marginal_csv(const RunView& view) {
  Csv csv({"year", "class", "seconds_per_million_eur"});
  for (const MarginalPrice& p : view.tradeoffs->marginal) {
    csv.whole(view.scenario.first_year + p.year);
    csv.text(view.problem.class_names[static_cast<std::size_t>(p.budget_class)]);
    csv.number(p.per_meur).end();
  }
  return csv.take();
}

std::string robust_csv(const RunView& view) {
  Csv csv({"figures", "status", "baseline_s", "plan_s", "best_found_s", "bound_s",
           "regret_at_least_s", "regret_at_most_s", "why_not"});
  for (const RobustPoint& p : view.tradeoffs->robust) {
    csv.text(p.label);
    if (!p.found) {
      csv.empty().number(p.baseline).number(p.planned).empty().empty().empty().empty();
      csv.text(p.why).end();
      continue;
    }
    csv.text(to_string(p.status)).number(p.baseline).number(p.planned);
    csv.number(p.best).number(p.bound).number(p.regret_at_least()).number(p.regret_at_most());
    csv.empty().end();
  }
  return csv.take();
}

// The plan that would be chosen without any earmark, site by site.
std::string split_csv(const RunView& view, const TradeoffPoint& point) {
  Csv csv({"year", "site", "measure", "cover", "park", "cost_eur", "in_plan"});
  for (const Purchase& p : point.purchases) {
    const auto o = static_cast<std::size_t>(p.option);
    const Site& site = view.sites.sites[static_cast<std::size_t>(view.origin[o].site)];
    const Option& option = site.options[static_cast<std::size_t>(view.origin[o].option)];
    const bool same =
        std::any_of(view.plan.purchases.begin(), view.plan.purchases.end(),
                    [&](const Purchase& q) { return q.option == p.option && q.year == p.year; });
    csv.whole(view.scenario.first_year + p.year).text(site.id);
    csv.text(view.scenario.catalogue.measures[static_cast<std::size_t>(option.measure)].id);
    csv.text(cover_id(view, option)).text(park_id(view, option));
    csv.number(option.whole_cost().value).text(same ? "yes" : "no").end();
  }
  return csv.take();
}

// "between 12 s and 3 min": the proven range of a difference; its low end is not below 0.
std::string range(double low, double high) {
  return low <= 0 ? fmt::format("at most {}", duration(high))
                  : fmt::format("between {} and {}", duration(low), duration(high));
}

// The spread of the plan under other figures, and where its regret may be largest.
std::string regret_line(const std::vector<RobustPoint>& points) {
  const RobustPoint* worst = nullptr;
  double low = 0, high = 0;
  for (const RobustPoint& p : points) {
    low = &p == &points.front() ? p.planned : std::min(low, p.planned);
    high = std::max(high, p.planned);
    if (!p.found) continue;
    if (worst == nullptr || p.regret_at_most() > worst->regret_at_most()) worst = &p;
  }
  if (points.size() < 2 || worst == nullptr) return {};
  return fmt::format(
      "Under other figures the plan keeps {} to {} of weighted time; having planned for {} instead "
      "would have gained {}.",
      duration(low), duration(high), worst->label,
      range(worst->regret_at_least(), worst->regret_at_most()));
}

}  // namespace

nlohmann::ordered_json tradeoffs_json(const RunView& view) {
  if (view.tradeoffs == nullptr) return nullptr;
  const Tradeoffs& t = *view.tradeoffs;
  Json marginal = Json::array();
  for (const MarginalPrice& p : t.marginal) {
    marginal.push_back(
        {{"year", view.scenario.first_year + p.year},
         {"class", valid_utf8(view.problem.class_names[static_cast<std::size_t>(p.budget_class)])},
         {"seconds_per_meur", p.per_meur}});
  }
  Json robust = Json::array();
  for (const RobustPoint& p : t.robust) {
    Json row = {{"label", valid_utf8(p.label)},
                {"found", p.found},
                {"baseline_s", p.baseline},
                {"plan_s", p.planned}};
    if (p.found) {
      row["status"] = to_string(p.status);
      row["best_s"] = p.best;
      row["bound_s"] = p.bound;
      row["regret_at_least_s"] = p.regret_at_least();
      row["regret_at_most_s"] = p.regret_at_most();
    } else {
      row["why"] = valid_utf8(p.why);
    }
    robust.push_back(std::move(row));
  }
  return {
      {"harm_metric", to_string(t.metric)}, {"harm_in", t.in.empty() ? Json(nullptr) : Json(t.in)},
      {"harm_unit", unit_of(t.metric)},     {"money", points_json(view, t.money)},
      {"harm", points_json(view, t.harm)},  {"earmarks", points_json(view, t.earmarks)},
      {"marginal", std::move(marginal)},    {"robust", std::move(robust)}};
}

std::vector<Table> tradeoff_tables(const RunView& view) {
  if (view.tradeoffs == nullptr) return {};
  std::vector<Table> tables{
      {"tables/tradeoffs.csv", "plans for more and less money and harm, and without earmarks",
       points_csv(view)},
      {"tables/marginal.csv", "what a million more is worth, by year and class",
       marginal_csv(view)},
      {"tables/robustness.csv", "the plan under other figures", robust_csv(view)}};
  const auto& earmarks = view.tradeoffs->earmarks;
  if (!earmarks.empty() && earmarks.back().found) {
    tables.push_back({"tables/free_split.csv", "the plan that no earmark binds",
                      split_csv(view, earmarks.back())});
  }
  return tables;
}

std::vector<std::string> tradeoff_words(const RunView& view) {
  if (view.tradeoffs == nullptr) return {};
  const Tradeoffs& t = *view.tradeoffs;
  std::vector<std::string> lines;
  if (!t.earmarks.empty() && t.earmarks.back().found) {
    const TradeoffPoint& free = t.earmarks.back();
    const double here = t.plan_objective(view.plan.objective);
    lines.push_back(fmt::format(
        "Without any earmark a plan of {} weighted time was found, {} more than this one; the "
        "earmarks cost {}.",
        duration(free.objective), duration(std::max(0.0, free.objective - here)),
        range(free.objective - view.plan.bound, free.bound - here)));
  }
  std::string line = regret_line(t.robust);
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace abatis::report
