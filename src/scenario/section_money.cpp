// [money] and [[earmarks]].

#include <algorithm>

#include <fmt/format.h>

#include "sections.hpp"

namespace abatis {
namespace {

constexpr double kMaxEuro = 1e12;

constexpr Choice<EarmarkRule> kRules[] = {{"at_least", EarmarkRule::at_least},
                                          {"at_most", EarmarkRule::at_most},
                                          {"exactly", EarmarkRule::exactly}};

std::string euro(double value) {
  return shown(value, Dimension::money);
}

double total_of(const Money& money) {
  double total = 0;
  for (const Euro year : money.by_year) total += year.value;
  return total;
}

std::vector<std::string> budget_classes(const Scenario& s) {
  std::vector<std::string> classes;
  for (const Measure& m : s.catalogue.measures) {
    if (std::find(classes.begin(), classes.end(), m.budget_class) == classes.end()) {
      classes.push_back(m.budget_class);
    }
  }
  return classes;
}

bool has_measure(const Scenario& s, const std::string& budget_class) {
  return std::any_of(s.measures.begin(), s.measures.end(), [&](int m) {
    return s.catalogue.measures[static_cast<std::size_t>(m)].budget_class == budget_class;
  });
}

// What must be spent whatever the plan: nothing for at_most.
double floor_of(const Earmark& e) {
  return e.rule == EarmarkRule::at_most ? 0.0 : std::max(0.0, e.amount.value - e.tolerance_eur);
}

Earmark read_earmark(Reading& reading, TableReader& r, const std::vector<std::string>& classes) {
  Scenario& s = reading.scenario;
  Earmark e;
  int index = -1;
  const bool known =
      reading.catalogue_known && r.reference("class", index, classes, "budget class");
  if (known) e.budget_class = classes[static_cast<std::size_t>(index)];
  r.choice<EarmarkRule>("rule", e.rule, kRules);
  const bool amount = r.quantity("amount", e.amount.value, Dimension::money, between(0, kMaxEuro));
  if (r.quantity("tolerance", e.tolerance_eur, Dimension::money, between(0, kMaxEuro)) &&
      e.rule != EarmarkRule::exactly) {
    r.error("tolerance", "only rule = \"exactly\" has a tolerance");
  }
  r.provenance("provenance", e.provenance);
  e.where = reading.diagnostics.where(r.place("amount"), fmt::format("earmark {}", e.budget_class));
  const double total = total_of(s.money);
  if (amount && !s.money.by_year.empty() && floor_of(e) > total) {
    r.error("amount",
            fmt::format("{} asks for {}, more than the whole budget of {}",
                        known ? e.budget_class : "the earmark", euro(floor_of(e)), euro(total)),
            "lower the amount, or raise money.by_year");
  } else if (amount && known && floor_of(e) > 0 && !s.measures.empty() &&
             !has_measure(s, e.budget_class)) {
    r.error("class",
            fmt::format("{} must be spent on {}, but no measure of [sites] is of this "
                        "class",
                        euro(floor_of(e)), e.budget_class),
            "add such a measure to sites.measures, or drop the earmark");
  }
  return e;
}

}  // namespace

void read_money(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kMoney);
  Money& money = reading.scenario.money;
  money.price_year = reading.scenario.first_year;
  std::vector<double> by_year;
  if (r.quantities("by_year", by_year, Dimension::money, between(0, kMaxEuro), 0, 40)) {
    const auto years = static_cast<std::size_t>(reading.scenario.years);
    if (reading.years_known && by_year.size() != years) {
      r.error("by_year",
              fmt::format("{} amounts for {} years ({} to {})", by_year.size(), years,
                          reading.scenario.first_year,
                          reading.scenario.first_year + reading.scenario.years - 1),
              "give one amount for each year of scenario.years");
    } else {
      for (const double euros : by_year) money.by_year.emplace_back(euros);
      if (total_of(money) <= 0) r.error("by_year", "the whole budget is 0");
    }
  }
  r.quantity("carry_over", money.carry_over, Dimension::share, between(0, 1));
  r.quantity("discount_rate", money.discount_rate, Dimension::share, between(0, 1));
  r.quantity("liability_share", money.liability_share, Dimension::share, between(0, 1));
  r.integer("price_year", money.price_year, 2000, 2100);
  r.provenance("provenance", money.provenance);
  money.where = reading.diagnostics.where(r.place("by_year"), "money.by_year");
}

void read_earmarks(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("earmarks")) return;
  const auto classes = budget_classes(s);
  double floors = 0;
  for (const TomlNode* node : file.tables("earmarks", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kEarmarks);
    Earmark e = read_earmark(reading, r, classes);
    for (const Earmark& other : s.earmarks) {
      if (!e.budget_class.empty() && other.budget_class == e.budget_class && other.rule == e.rule) {
        r.error("class", fmt::format("a second earmark of this rule on {}, first in line {}",
                                     e.budget_class, other.where.line));
      }
    }
    const double total = total_of(s.money), floor = floor_of(e);
    // Each alone fits, all together do not: told at the one that breaks it.
    if (!s.money.by_year.empty() && floor <= total && floors <= total && floors + floor > total) {
      r.error("amount",
              fmt::format("earmarks ask together for {}, more than the whole budget of {}",
                          euro(floors + floor), euro(total)));
    }
    floors += floor;
    s.earmarks.push_back(std::move(e));
  }
}

}  // namespace abatis
