#pragma once
// Money around a programme (MODEL section 14, docs/model/money.md): constant and current prices,
// GDP and defence, exchange rates, the published split. data/economy/STATE.toml.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/scenario/figures.hpp"

namespace abatis {

struct EconomyYear {
  int year = 0;
  double inflation = 0, growth = 0, defence = 0;  // shares: 0.028
  Provenance provenance;
};
struct ExchangeRate {
  std::string currency, date;
  double per_eur = 0;
  Provenance provenance;
};
struct PublishedShare {
  std::string budget_class, name, date;
  double amount_eur = 0, of_it_union_eur = 0;
  Provenance provenance;
};

struct Economy {
  std::string state, name;
  int gdp_year = 0;
  double gdp_eur = 0;     // of that year, its prices
  double life_years = 0;  // of what is built, after its purchase
  Provenance provenance, life_provenance;
  std::vector<EconomyYear> years;  // by year
  std::vector<ExchangeRate> rates;
  std::vector<PublishedShare> split;
  std::string file, digest;  // as shown; SHA-256

  // The entry of the year, or the last before it; the first for earlier years.
  const EconomyYear& at(int year) const;
};

// `own` where given; else the built-in file of the state; nothing when there is none. Errors, all
// at once with file:line:column: unknown keys, years that do not rise, a currency twice.
tl::expected<std::optional<Economy>, Errors> load_economy(
    const std::string& state, const std::optional<std::filesystem::path>& own);

// The economy.toml beside a scenario file, where there is one.
std::optional<std::filesystem::path> own_economy_file(const std::filesystem::path& scenario);

// What a programme spends of a budget class in a year, at constant prices, EUR.
struct ClassSpending {
  std::string budget_class;
  std::vector<double> purchase, maintenance;  // by year
};

// A year of the table. Constant prices are those of the price year, current ones of the year
// itself.
struct MoneyYearLine {
  int year = 0;
  double purchase_eur = 0, maintenance_eur = 0;  // constant prices
  double constant_eur = 0;                       // their sum
  double index = 1;                              // current over constant prices
  double current_eur = 0;
  double gdp_eur = 0, defence_eur = 0;  // current prices
  double share_of_gdp = 0, share_of_defence = 0;
  bool extrapolated = false;  // no entry of this year
};

struct SplitLine {
  std::string budget_class, name;
  double published_eur = 0, published_share = 0;
  double plan_eur = 0, plan_share = 0;  // constant prices, of what the plan spends
};

struct MoneyTable {
  int price_year = 0;
  std::vector<MoneyYearLine> years;
  MoneyYearLine total;  // sums; index, GDP and shares left out
  std::vector<SplitLine> split;
  double published_eur = 0;
  // Over the life of what is bought, constant prices: purchases and upkeep within the plan, upkeep
  // from then to the end of life, clearing and removal.
  double purchases_eur = 0, upkeep_eur = 0, upkeep_after_eur = 0, liability_eur = 0;
  double whole_life_eur() const {
    return purchases_eur + upkeep_eur + upkeep_after_eur + liability_eur;
  }
};

// `upkeep_years_eur`: sum over purchases of their yearly upkeep times the years of life that are
// left after the plan's last. Money is rounded to cents line by line, so that a reader adds up the
// table exactly. O(years x classes).
MoneyTable money_table(const Economy& economy, int first_year, int price_year,
                       const std::vector<ClassSpending>& spending, double upkeep_after_eur,
                       double liability_eur);

}  // namespace abatis
