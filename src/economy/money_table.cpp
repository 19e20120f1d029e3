// The programme in its economy, year by year, as a table that adds up.

#include <algorithm>
#include <cmath>

#include "abatis/economy/economy.hpp"

namespace abatis {
namespace {

double cents(double eur) {
  return std::round(eur * 100) / 100;
}

// Prices of `year` over those of `base`: the inflation of every year after the earlier of the two.
double index_of(const Economy& economy, int base, int year) {
  double index = 1;
  for (int y = base + 1; y <= year; ++y) index *= 1 + economy.at(y).inflation;
  for (int y = year + 1; y <= base; ++y) index /= 1 + economy.at(y).inflation;
  return index;
}

double gdp_of(const Economy& economy, int year) {
  double gdp = economy.gdp_eur;
  const auto step = [&](int y) {
    return (1 + economy.at(y).growth) * (1 + economy.at(y).inflation);
  };
  for (int y = economy.gdp_year + 1; y <= year; ++y) gdp *= step(y);
  for (int y = year + 1; y <= economy.gdp_year; ++y) gdp /= step(y);
  return gdp;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum;
}

void add_split(const Economy& economy, const std::vector<ClassSpending>& spending,
               MoneyTable& table) {
  const auto line_of = [&](const std::string& id) -> SplitLine& {
    for (SplitLine& line : table.split) {
      if (line.budget_class == id) return line;
    }
    table.split.push_back({id, id, 0, 0, 0, 0});
    return table.split.back();
  };
  for (const PublishedShare& share : economy.split) {
    SplitLine& line = line_of(share.budget_class);
    line.name = share.name;
    line.published_eur += cents(share.amount_eur);
    table.published_eur += cents(share.amount_eur);
  }
  double all = 0;
  for (const ClassSpending& c : spending) {
    const double spent = cents(sum_of(c.purchase) + sum_of(c.maintenance));
    line_of(c.budget_class).plan_eur += spent;
    all += spent;
  }
  for (SplitLine& line : table.split) {
    if (table.published_eur > 0) line.published_share = line.published_eur / table.published_eur;
    if (all > 0) line.plan_share = line.plan_eur / all;
  }
}

}  // namespace

MoneyTable money_table(const Economy& economy, int first_year, int price_year,
                       const std::vector<ClassSpending>& spending, double upkeep_after_eur,
                       double liability_eur) {
  MoneyTable table;
  table.price_year = price_year;
  const std::size_t years = spending.empty() ? 0 : spending.front().purchase.size();
  for (std::size_t i = 0; i < years; ++i) {
    MoneyYearLine line;
    line.year = first_year + static_cast<int>(i);
    double purchase = 0, maintenance = 0;
    for (const ClassSpending& c : spending) {
      purchase += c.purchase[i];
      maintenance += c.maintenance[i];
    }
    line.purchase_eur = cents(purchase);
    line.maintenance_eur = cents(maintenance);
    line.constant_eur = cents(line.purchase_eur + line.maintenance_eur);
    line.index = index_of(economy, price_year, line.year);
    line.current_eur = cents(line.constant_eur * line.index);
    line.gdp_eur = cents(gdp_of(economy, line.year));
    line.defence_eur = cents(line.gdp_eur * economy.at(line.year).defence);
    line.share_of_gdp = line.current_eur / line.gdp_eur;
    line.share_of_defence = line.current_eur / line.defence_eur;
    line.extrapolated = economy.at(line.year).year != line.year;
    table.total.purchase_eur = cents(table.total.purchase_eur + line.purchase_eur);
    table.total.maintenance_eur = cents(table.total.maintenance_eur + line.maintenance_eur);
    table.total.constant_eur = cents(table.total.constant_eur + line.constant_eur);
    table.total.current_eur = cents(table.total.current_eur + line.current_eur);
    table.years.push_back(line);
  }
  table.purchases_eur = table.total.purchase_eur;
  table.upkeep_eur = table.total.maintenance_eur;
  table.upkeep_after_eur = cents(upkeep_after_eur);
  table.liability_eur = cents(liability_eur);
  add_split(economy, spending, table);
  return table;
}

}  // namespace abatis
