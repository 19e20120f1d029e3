// The programme in its economy: plan.json, tables an auditor adds up.

#include <algorithm>

#include <fmt/format.h>

#include "csv.hpp"
#include "json.hpp"
#include "law_facts.hpp"

namespace abatis::report {
namespace {

Json line_json(const MoneyYearLine& line) {
  return {{"year", line.year},
          {"purchase_eur", line.purchase_eur},
          {"maintenance_eur", line.maintenance_eur},
          {"constant_eur", line.constant_eur},
          {"index", line.index},
          {"current_eur", line.current_eur},
          {"gdp_eur", line.gdp_eur},
          {"defence_eur", line.defence_eur},
          {"share_of_gdp", line.share_of_gdp},
          {"share_of_defence", line.share_of_defence},
          {"extrapolated", line.extrapolated}};
}

// Years of life that a purchase has left after the plan's last year.
double years_left(const RunView& view, const PurchaseFact& bought) {
  const int used = view.scenario.years - 1 - bought.year;
  return std::max(0.0, view.economy->life_years - used);
}

// Euros and cents: what a spreadsheet adds up without a remainder of its own.
std::string cents(double eur) {
  return fmt::format("{:.2f}", eur);
}

std::string programme_csv(const MoneyTable& table) {
  Csv csv({"year", "purchases_eur", "upkeep_eur", "constant_prices_eur", "price_index",
           "current_prices_eur", "gdp_eur", "defence_eur", "share_of_gdp", "share_of_defence",
           "extrapolated"});
  for (const MoneyYearLine& line : table.years) {
    csv.whole(line.year).text(cents(line.purchase_eur)).text(cents(line.maintenance_eur));
    csv.text(cents(line.constant_eur)).number(line.index).text(cents(line.current_eur));
    csv.text(cents(line.gdp_eur)).text(cents(line.defence_eur)).number(line.share_of_gdp);
    csv.number(line.share_of_defence).text(line.extrapolated ? "yes" : "no").end();
  }
  const MoneyYearLine& t = table.total;
  csv.text("total").text(cents(t.purchase_eur)).text(cents(t.maintenance_eur));
  csv.text(cents(t.constant_eur)).empty().text(cents(t.current_eur));
  csv.empty().empty().empty().empty().empty().end();
  return csv.take();
}

std::string split_csv(const MoneyTable& table) {
  Csv csv({"class", "name", "published_eur", "published_share", "plan_constant_eur", "plan_share"});
  double plan = 0;
  for (const SplitLine& line : table.split) {
    csv.text(line.budget_class).text(line.name).text(cents(line.published_eur));
    csv.number(line.published_share).text(cents(line.plan_eur)).number(line.plan_share).end();
    plan += line.plan_eur;
  }
  csv.text("total").empty().text(cents(table.published_eur)).empty().text(cents(plan)).empty();
  csv.end();
  return csv.take();
}

std::string life_csv(const MoneyTable& table) {
  Csv csv({"what", "constant_prices_eur"});
  csv.text("purchases").text(cents(table.purchases_eur)).end();
  csv.text("upkeep within the plan").text(cents(table.upkeep_eur)).end();
  csv.text("upkeep to the end of life").text(cents(table.upkeep_after_eur)).end();
  csv.text("clearing and removal").text(cents(table.liability_eur)).end();
  csv.text("total").text(cents(table.whole_life_eur())).end();
  return csv.take();
}

}  // namespace

std::optional<MoneyTable> money_of(const RunView& view, const Facts& facts) {
  if (view.economy == nullptr) return std::nullopt;
  std::vector<ClassSpending> spending;
  for (std::size_t c = 0; c < facts.classes.size(); ++c) {
    ClassSpending of{facts.classes[c], {}, {}};
    for (const auto& year : facts.money) {
      of.purchase.push_back(year[c].purchase_eur);
      of.maintenance.push_back(year[c].maintenance_eur);
    }
    spending.push_back(std::move(of));
  }
  double after = 0;
  for (const PurchaseFact& bought : facts.purchases) {
    const PlanOption& option =
        view.problem.options[static_cast<std::size_t>(bought.problem_option)];
    after += option.maintenance() * years_left(view, bought);
  }
  // What the budget is charged of the liability already stands among the purchases.
  const double liability = facts.liability_eur * (1 - charged_liability(view.scenario));
  return money_table(*view.economy, view.scenario.first_year, view.scenario.money.price_year,
                     spending, after, liability);
}

Json economy_json(const RunView& view, const Facts& facts) {
  const auto table = money_of(view, facts);
  if (!table) return nullptr;
  const Economy& e = *view.economy;
  Json years = Json::array(), split = Json::array(), rates = Json::array();
  for (const MoneyYearLine& line : table->years) {
    years.push_back(line_json(line));
    years.back()["provenance"] = valid_utf8(e.at(line.year).provenance.source);
  }
  for (const SplitLine& line : table->split) {
    split.push_back({{"class", valid_utf8(line.budget_class)},
                     {"name", valid_utf8(line.name)},
                     {"published_eur", line.published_eur},
                     {"published_share", line.published_share},
                     {"plan_eur", line.plan_eur},
                     {"plan_share", line.plan_share}});
  }
  for (const ExchangeRate& rate : e.rates) {
    rates.push_back({{"currency", valid_utf8(rate.currency)},
                     {"per_eur", rate.per_eur},
                     {"date", valid_utf8(rate.date)},
                     {"plan_current", table->total.current_eur * rate.per_eur},
                     {"provenance", valid_utf8(rate.provenance.source)}});
  }
  return {{"state", valid_utf8(e.name)},
          {"price_year", table->price_year},
          {"provenance", valid_utf8(e.provenance.source)},
          {"life_years", e.life_years},
          {"life_provenance", valid_utf8(e.life_provenance.source)},
          {"years", std::move(years)},
          {"purchase_eur", table->total.purchase_eur},
          {"maintenance_eur", table->total.maintenance_eur},
          {"constant_eur", table->total.constant_eur},
          {"current_eur", table->total.current_eur},
          {"rates", std::move(rates)},
          {"published_eur", table->published_eur},
          {"split", std::move(split)},
          {"whole_life",
           {{"purchases_eur", table->purchases_eur},
            {"upkeep_eur", table->upkeep_eur},
            {"upkeep_after_eur", table->upkeep_after_eur},
            {"liability_eur", table->liability_eur},
            {"total_eur", table->whole_life_eur()}}}};
}

std::vector<Table> economy_tables(const RunView& view, const Facts& facts) {
  const auto table = money_of(view, facts);
  if (!table) return {};
  return {{"tables/programme.csv", "the programme by year, constant and current prices, as shares",
           programme_csv(*table)},
          {"tables/split.csv", "the published split against the plan's", split_csv(*table)},
          {"tables/whole_life.csv", "what is bought over its whole life", life_csv(*table)}};
}

}  // namespace abatis::report
