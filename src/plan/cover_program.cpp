#include "cover_program.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <ClpSimplex.hpp>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "new_rows.hpp"
#include "simplex_stop.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kMoney = 1e6;   // unit of rows on money, EUR
constexpr double kTaken = 0.01;  // unit of prices by scarcity
}  // namespace

CoverProgram::~CoverProgram() = default;

CoverProgram::CoverProgram(const Instance& instance, PathPool& pool, const Books& books, int year,
                           const std::vector<double>& level, Price price)
    : instance_(instance),
      pool_(pool),
      year_(year),
      level_(level),
      index_(instance.columns.size(), -1),
      unit_(price == Price::money ? kMoney : kTaken),
      lp_(std::make_unique<ClpSimplex>()) {
  for (std::size_t i = 0; i < instance.cells.size(); ++i) {
    const PlanCell& cell = instance.cells[i];
    level_[i] = std::min(level_[i], cell.top);
    if (level_[i] <= cell.base + kSecond) continue;
    cells_.push_back(static_cast<int>(i));
    if (years_.empty() || years_.back() != cell.year) years_.push_back(cell.year);
  }
  if (years_.empty()) years_.push_back(year);
  covers_ = std::make_unique<Covers>(instance, choose_columns(books));
  lp_->setLogLevel(0);
  lp_->resize(0, static_cast<int>(columns().size()));
  for (std::size_t j = 0; j < columns().size(); ++j) {
    const int column = columns()[j];
    const bool stands = books.bought(instance.columns[at(column)].option) == column;
    lp_->setColumnBounds(static_cast<int>(j), stands ? 1.0 : 0.0, 1.0);
  }
  std::vector<Column> bought;
  for (const int c : columns()) bought.push_back(instance.columns[at(c)]);
  const std::vector<Row> rows = linear_rows(instance.problem, bought);
  add_rules(rows);
  const std::vector<double> prices = price == Price::money ? money() : scarcity(books, rows);
  for (std::size_t j = 0; j < columns().size(); ++j) {
    const bool stands = lp_->columnLower()[j] >= 1;
    lp_->setObjectiveCoefficient(static_cast<int>(j), stands ? 0.0 : prices[j] / unit_);
  }
}

std::vector<double> CoverProgram::money() const {
  std::vector<double> prices;
  for (const int c : columns()) {
    prices.push_back(instance_.taken(c, years_.back()));
  }
  return prices;
}

// Of money what the last year with a level and the end leave. Whole belts take more than shares of
// belts do; so what is asked for is less what is cheap than what leaves room in each rule.
std::vector<double> CoverProgram::scarcity(const Books& books, const std::vector<Row>& rows) const {
  std::vector<double> prices(columns().size(), 0.0);
  for (const Row& row : rows) {
    const bool money = row.kind == Row::Kind::budget;
    if (money && row.year != years_.back() && row.year + 1 != instance_.problem.years) continue;
    double left = row.high, all = 0;
    for (const auto& [j, v] : row.terms) {
      if (v < 0) all = -kInfinity;  // what gives has a price of its own
      all += v;
      const int column = columns()[at(j)];
      if (books.bought(instance_.columns[at(column)].option) == column) left -= v;
    }
    if (left <= 0 || (all <= left && !money) || std::isinf(left)) continue;
    for (const auto& [j, v] : row.terms) prices[at(j)] += v / left;
  }
  return prices;
}

// Whether `other` does as much in every cell that counts for no more money; of equals the later
// stays.
bool CoverProgram::is_worse(int column, int other) const {
  bool same = true;
  for (const int year : years_) {
    const double here = instance_.taken(column, year), there = instance_.taken(other, year);
    if (there > here) return false;
    same = same && there == here;
  }
  for (const int i : cells_) {
    const double here = instance_.effect(column, i), there = instance_.effect(other, i);
    if (there < here) return false;
    same = same && there == here;
  }
  return !same || other > column;
}

// Whether a column acts and no other of its option does so for less; what gives to others counts in
// every year.
bool CoverProgram::acts(const Books& books, int column) const {
  const int option = instance_.columns[at(column)].option;
  if (instance_.limits.gives(option)) return instance_.columns[at(column)].year <= years_.back();
  if (std::none_of(cells_.begin(), cells_.end(),
                   [&](int i) { return instance_.effect(column, i) > 0; })) {
    return false;
  }
  for (int d = instance_.first_column[at(option)]; d < instance_.first_column[at(option) + 1];
       ++d) {
    if (d != column && books.may_stand(d) && is_worse(column, d)) return false;
  }
  return true;
}

// Whether buying an option helps to meet the low of an earmark or a limit, or lets others.
bool CoverProgram::may_be_asked(int option) const {
  if (instance_.limits.may_ask_for(option)) return true;
  const PlanProblem& p = instance_.problem;
  return std::any_of(p.earmarks.begin(), p.earmarks.end(), [&](const PlanEarmark& e) {
    const auto& charges = p.options[at(option)].charges;
    return limits(e).low > 0 &&
           std::any_of(charges.begin(), charges.end(),
                       [&](const PlanCharge& c) { return c.budget_class == e.budget_class; });
  });
}

// Columns of the program, as those of the instance.
std::vector<int> CoverProgram::choose_columns(const Books& books) {
  std::vector<int> columns;
  for (std::size_t o = 0; o < instance_.problem.options.size(); ++o) {
    const int option = static_cast<int>(o);
    const int site = instance_.problem.options[o].site;
    const int there = books.bought_at(site);
    for (int c = instance_.first_column[o]; c < instance_.first_column[o + 1]; ++c) {
      bool wanted = there == c;
      if (there < 0 && books.may_stand(c)) {
        // Late enough to cost nothing by then: that what must be bought can be.
        const bool last = c + 1 == instance_.first_column[o + 1];
        wanted = acts(books, c) || (last && may_be_asked(option));
      }
      if (!wanted) continue;
      index_[at(c)] = static_cast<int>(columns.size());
      columns.push_back(c);
    }
  }
  return columns;
}

void CoverProgram::add_rules(const std::vector<Row>& rows) {
  NewRows added;
  for (const Row& row : rows) {
    if (std::isinf(row.high) && std::isinf(row.low)) continue;
    const double unit = row.kind == Row::Kind::limit ? mean_term(row) : kMoney;
    for (const auto& [j, v] : row.terms) added.term(j, v / unit);
    added.end(row.low / unit, row.high / unit);
  }
  covers_->add_choices(added, true);
  added.join(*lp_);
}

bool CoverProgram::solve(int rounds, const std::function<bool()>& stop) {
  const SimplexStop handler(stop);
  lp_->passInEventHandler(&handler);
  for (int round = 0; round < rounds; ++round) {
    if (stop()) return false;
    lp_->dual();
    if (lp_->status() != 0 && lp_->status() != 1 && !stop()) lp_->primal();
    if (lp_->status() != 0) return false;
    if (separate() == 0) break;
  }
  return true;
}

double CoverProgram::price() const {
  return lp_->objectiveValue() * unit_;
}

double CoverProgram::price(int column) const {
  const int j = index_[at(column)];
  return j < 0 ? kInfinity : lp_->objective()[j] * unit_;
}

std::vector<std::pair<int, double>> CoverProgram::bought() const {
  std::vector<std::pair<int, double>> bought;
  const double* value = lp_->primalColumnSolution();
  for (std::size_t j = 0; j < columns().size(); ++j) {
    if (instance_.columns[at(columns()[j])].year > year_) continue;
    if (lp_->columnLower()[j] < 1 && value[j] > 1e-6) bought.emplace_back(columns()[j], value[j]);
  }
  sort_stably(bought, [](const auto& a, const auto& b) { return a.second > b.second; });
  return bought;
}

void CoverProgram::stand(int column) {
  lp_->setColumnBounds(index_[at(column)], 1.0, 1.0);
  lp_->setObjectiveCoefficient(index_[at(column)], 0.0);
}

void CoverProgram::bar(int column) {
  lp_->setColumnBounds(index_[at(column)], 0.0, 0.0);
}

}  // namespace abatis::plan_detail
