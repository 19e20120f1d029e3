#include "tables.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "csv.hpp"
#include "law_facts.hpp"
#include "tradeoffs.hpp"

namespace abatis::report {
namespace {

std::string echelon_id(const Scenario& s, int echelon) {
  return echelon < 0 ? std::string() : s.echelons[static_cast<std::size_t>(echelon)].id;
}

// Every option of every candidate site, bought or not. Delays are means in seconds, full grown.
std::string sites_csv(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  Csv csv({"site", "name", "measure", "echelon", "near", "length_m", "area_m2", "quantity", "unit",
           "cover", "park", "cost_eur", "maintenance_eur_per_year", "liability_eur",
           "delay_s_least", "delay_s_most", "bought_in", "notes"});
  for (std::size_t i = 0; i < view.sites.sites.size(); ++i) {
    const Site& site = view.sites.sites[i];
    for (const Option& option : site.options) {
      const Measure& m = s.catalogue.measures[static_cast<std::size_t>(option.measure)];
      double least = 0;
      double most = 0;
      for (std::size_t speed = 0; speed < option.delay_s.size(); ++speed) {
        const double delay = delay_at(option, static_cast<int>(speed), s.years - 1);
        least = speed == 0 ? delay : std::min(least, delay);
        most = std::max(most, delay);
      }
      csv.text(site.id).text(site.name).text(m.id).text(echelon_id(s, site.echelon));
      csv.text(site.nearest_place).number(std::round(site.length_m));
      csv.number(std::round(site.area_m2)).number(option.quantity).text(m.unit);
      csv.text(cover_id(view, option)).text(park_id(view, option));
      csv.number(option.whole_cost().value).number(option.whole_maintenance().value);
      csv.number(option.whole_liability().value).number(least).number(most);
      if (facts.option_of_site[i] == static_cast<int>(&option - site.options.data())) {
        csv.whole(s.first_year + facts.year_of_site[i]);
      } else {
        csv.empty();
      }
      csv.text(fmt::format("{}", fmt::join(site.notes, "; "))).end();
    }
  }
  return csv.take();
}

std::string plan_csv(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  Csv csv({"year", "site", "name", "measure", "class", "echelon", "near", "quantity", "unit",
           "cover", "park", "cost_eur", "maintenance_eur_per_year", "liability_eur", "acts_from"});
  for (const PurchaseFact& bought : facts.purchases) {
    const Site& site = view.sites.sites[static_cast<std::size_t>(bought.site)];
    const Option& option = site.options[static_cast<std::size_t>(bought.option)];
    const PlanOption& planned =
        view.problem.options[static_cast<std::size_t>(bought.problem_option)];
    const Measure& m = s.catalogue.measures[static_cast<std::size_t>(bought.measure)];
    csv.whole(s.first_year + bought.year).text(site.id).text(site.name).text(m.id);
    csv.text(m.budget_class).text(echelon_id(s, site.echelon)).text(site.nearest_place);
    csv.number(option.quantity).text(m.unit);
    csv.text(cover_id(view, option)).text(park_id(view, option));
    csv.number(planned.cost()).number(planned.maintenance());
    csv.number(option.whole_liability().value);
    if (bought.acts_year < 0) {
      csv.empty();
    } else {
      csv.whole(s.first_year + bought.acts_year);
    }
    csv.end();
  }
  return csv.take();
}

std::string money_csv(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  Csv csv({"year", "class", "purchase_eur", "maintenance_eur", "total_eur", "year_budget_eur",
           "year_carried_in_eur", "year_spent_eur"});
  for (std::size_t y = 0; y < facts.money.size(); ++y) {
    for (std::size_t c = 0; c < facts.classes.size(); ++c) {
      const MoneyCell& cell = facts.money[y][c];
      csv.whole(s.first_year + static_cast<int>(y)).text(facts.classes[c]);
      csv.number(cell.purchase_eur).number(cell.maintenance_eur).number(cell.total());
      csv.number(s.money.by_year[y].value);
      csv.number(y < view.plan.carried.size() ? view.plan.carried[y] : 0.0);
      csv.number(view.plan.spent[y]).end();
    }
  }
  return csv.take();
}

std::string delays_csv(const RunView& view, const Outcome& outcome) {
  const Scenario& s = view.scenario;
  Csv csv({"axis", "mover", "season", "weight", "year", "before_s", "time_s", "delay_s",
           "grid_before_s", "grid_last_year_s"});
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    const Case& c = s.cases[k];
    for (std::size_t y = 0; y < view.plan.time_s.size(); ++y) {
      const double time = view.plan.time_s[y][k];
      csv.text(s.axes[static_cast<std::size_t>(c.axis)].id);
      csv.text(s.catalogue.movers[static_cast<std::size_t>(c.mover)].id);
      csv.text(s.catalogue.seasons[static_cast<std::size_t>(c.season)].id).number(c.weight);
      csv.whole(s.first_year + static_cast<int>(y)).number(view.plan.baseline_s[k]);
      csv.number(time).number(time - view.plan.baseline_s[k]);
      csv.number(outcome.cases[k].before_s).number(outcome.cases[k].after_s).end();
    }
  }
  return csv.take();
}

std::string inputs_csv(const Scenario& s) {
  Csv csv({"role", "file", "sha256", "quality", "source", "licence", "date"});
  for (const InputFile& input : s.inputs) {
    csv.text(input.role).text(shown_name(input)).text(input.sha256);
    const LayerSource* found = nullptr;
    for (const LayerSource& layer : s.layers) {
      if (layer.file == input.path && to_string(layer.role) == input.role) found = &layer;
    }
    if (found != nullptr) {
      csv.text(to_string(found->quality)).text(found->source).text(found->licence);
      csv.text(found->date);
    } else {
      csv.empty().empty().empty().empty();
    }
    csv.end();
  }
  return csv.take();
}

}  // namespace

std::vector<Table> make_tables(const RunView& view, const Outcome& outcome, const Facts& facts) {
  std::vector<Table> tables{
      {"tables/sites.csv", "every option of every candidate site", sites_csv(view, facts)},
      {"tables/plan.csv", "what is bought, by year", plan_csv(view, facts)},
      {"tables/money.csv", "money by year and class", money_csv(view, facts)},
      {"tables/delays.csv", "least time by case and year", delays_csv(view, outcome)},
      {"tables/inputs.csv", "inputs with hash, licence, date, quality", inputs_csv(view.scenario)}};
  for (Table& table : obstacle_tables(view, outcome, facts)) tables.push_back(std::move(table));
  for (Table& table : tradeoff_tables(view)) tables.push_back(std::move(table));
  for (Table& table : law_tables(view)) tables.push_back(std::move(table));
  for (Table& table : economy_tables(view, facts)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace abatis::report
