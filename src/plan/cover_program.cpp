#include "cover_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <ClpSimplex.hpp>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "rounding.hpp"
#include "simplex_stop.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kMoney = 1e6;        // unit of rows on money, EUR
constexpr double kTaken = 0.01;       // unit of prices by scarcity
constexpr double kSpare = 1.5;        // times what a cover asks for: with more it is not rounded
constexpr double kLack = 0.02;        // of what a cover asks for: less is let go
constexpr std::size_t kPerCell = 15;  // covers added at a time
constexpr std::size_t kFewKnown = 1;  // known covers a cell below which new ones are looked for
constexpr int kPathLooks = 6;         // shortest paths at a time, each away from those before
constexpr double kAway = 0.15;        // share of what a path lacks put on each of its sites then

// Rows on their way to the program, which takes many at once far quicker than one by one.
class NewRows {
 public:
  void term(int column, double value) {
    index_.push_back(column);
    value_.push_back(value);
  }
  void end(double low, double high) {
    low_.push_back(std::isinf(low) ? -COIN_DBL_MAX : low);
    high_.push_back(std::isinf(high) ? COIN_DBL_MAX : high);
    start_.push_back(static_cast<CoinBigIndex>(index_.size()));
  }
  void join(ClpSimplex& lp) const {
    lp.addRows(static_cast<int>(low_.size()), low_.data(), high_.data(), start_.data(),
               index_.data(), value_.data());
  }

 private:
  std::vector<double> low_, high_, value_;
  std::vector<CoinBigIndex> start_{0};
  std::vector<int> index_;
};
}  // namespace

CoverProgram::~CoverProgram() = default;

CoverProgram::CoverProgram(const Instance& instance, PathPool& pool, const Books& books, int year,
                           const std::vector<double>& level, Price price)
    : instance_(instance),
      pool_(pool),
      year_(year),
      level_(level),
      index_(instance.columns.size(), -1),
      at_site_(at(instance.problem.sites)),
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
  choose_columns(books);
  lp_->setLogLevel(0);
  lp_->resize(0, static_cast<int>(columns_.size()));
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const int column = columns_[j];
    const bool stands = books.bought(instance.columns[at(column)].option) == column;
    lp_->setColumnBounds(static_cast<int>(j), stands ? 1.0 : 0.0, 1.0);
  }
  std::vector<Column> columns;
  for (const int c : columns_) columns.push_back(instance.columns[at(c)]);
  const std::vector<Row> rows = linear_rows(instance.problem, columns);
  add_rules(columns, rows);
  const std::vector<double> prices = price == Price::money ? money() : scarcity(books, rows);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const bool stands = lp_->columnLower()[j] >= 1;
    lp_->setObjectiveCoefficient(static_cast<int>(j), stands ? 0.0 : prices[j] / unit_);
  }
}

std::vector<double> CoverProgram::money() const {
  std::vector<double> prices;
  for (const int c : columns_) {
    prices.push_back(instance_.taken(c, years_.back()));
  }
  return prices;
}

// Of money what the last year with a level and the end leave. Whole belts take more than shares of
// belts do; so what is asked for is less what is cheap than what leaves room in each rule.
std::vector<double> CoverProgram::scarcity(const Books& books, const std::vector<Row>& rows) const {
  std::vector<double> prices(columns_.size(), 0.0);
  for (const Row& row : rows) {
    const bool money = row.kind == Row::Kind::budget;
    if (money && row.year != years_.back() && row.year + 1 != instance_.problem.years) continue;
    double left = row.high, all = 0;
    for (const auto& [j, v] : row.terms) {
      if (v < 0) all = -kInfinity;  // what gives has a price of its own
      all += v;
      const int column = columns_[at(j)];
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

void CoverProgram::choose_columns(const Books& books) {
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
      index_[at(c)] = static_cast<int>(columns_.size());
      at_site_[at(site)].push_back(static_cast<int>(columns_.size()));
      columns_.push_back(c);
    }
  }
}

void CoverProgram::add_rules(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  const PlanProblem& p = instance_.problem;
  NewRows added;
  for (const Row& row : rows) {
    if (std::isinf(row.high) && std::isinf(row.low)) continue;
    const double unit = row.kind == Row::Kind::limit ? mean_term(row) : kMoney;
    for (const auto& [j, v] : row.terms) added.term(j, v / unit);
    added.end(row.low / unit, row.high / unit);
  }
  const auto one_of = [&](const std::vector<int>& among) {
    if (among.size() < 2) return;
    for (const int j : among) added.term(j, 1.0);
    added.end(-kInfinity, 1.0);
  };
  for (const std::vector<int>& among : at_site_) one_of(among);
  for (const PlanConflict& conflict : p.conflicts) {
    std::vector<int> among;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const int o = columns[j].option;
      if (o == conflict.option_a || o == conflict.option_b) among.push_back(static_cast<int>(j));
    }
    one_of(among);
  }
  for (const Link& link : links_of(p, instance_.limits)) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const int o = columns[j].option;
      const bool user = std::binary_search(link.users.begin(), link.users.end(), o);
      const bool giver = std::binary_search(link.givers.begin(), link.givers.end(), o);
      if (user != giver) added.term(static_cast<int>(j), user ? 1.0 : -1.0);
    }
    added.end(-kInfinity, 0.0);
  }
  added.join(*lp_);
}

double CoverProgram::lack(int cell, const Path& path, const std::vector<double>& x) const {
  const double asked = level_[at(cell)] - path.length;
  double has = 0;
  for (const auto& [site, count] : path.steps) {
    for (const int j : at_site_[at(site)]) {
      has += std::min(count * instance_.effect(columns_[at(j)], cell), asked) * x[at(j)];
    }
    if (has >= asked) return 0;
  }
  return 1 - has / asked;
}

// Shortest paths under x, each away from those before.
std::vector<Path> CoverProgram::shortest(int cell, const std::vector<double>& x) const {
  const PlanProblem& p = instance_.problem;
  std::vector<double> delay(at(p.sites), 0.0);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    if (x[j] <= 0) continue;
    const int site = instance_.site_of(columns_[j]);
    const double cap = std::max(0.0, level_[at(cell)] - instance_.through(cell, site));
    delay[at(p.place_of(site))] += x[j] * std::min(instance_.effect(columns_[j], cell), cap);
  }
  std::vector<Path> found;
  GraphSearch::Scratch scratch;
  const int kase = instance_.cells[at(cell)].kase;
  const double below = level_[at(cell)] - kSecond;
  const std::vector<double> ahead = instance_.ahead_of(kase, delay, below, scratch);
  for (int look = 0; look < kPathLooks && !ahead.empty(); ++look) {
    Answer answer = instance_.shortest(kase, delay, scratch, below, &ahead);
    if (!(answer.time < below)) break;
    if (look > 0 && lack(cell, answer.path, x) <= kLack) break;
    for (const auto& step : answer.path.steps) {
      delay[at(p.place_of(step.first))] += kAway * (level_[at(cell)] - answer.path.length);
    }
    found.push_back(std::move(answer.path));
  }
  return found;
}

std::vector<CoverProgram::Found> CoverProgram::violated(int cell,
                                                        const std::vector<double>& x) const {
  std::vector<Found> found;
  const auto& paths = pool_.of(instance_.cells[at(cell)].kase);
  for (std::size_t q = 0; q < paths.size(); ++q) {
    const int path = static_cast<int>(q);
    if (paths[q].length >= level_[at(cell)] - kSecond || present_.contains({cell, path})) continue;
    const double lacks = lack(cell, paths[q], x);
    if (lacks > kLack) found.push_back({cell, path, lacks});
  }
  sort_stably(found, [](const Found& a, const Found& b) { return a.lack > b.lack; });
  if (found.size() > kPerCell) found.resize(kPerCell);
  return found;
}

int CoverProgram::separate() {
  const double* value = lp_->primalColumnSolution();
  const std::vector<double> x(value, value + columns_.size());
  std::vector<std::vector<Found>> known(cells_.size());
  std::vector<std::vector<Path>> fresh(cells_.size());
  parallel_for(cells_.size(), instance_.problem.threads,
               [&](std::size_t i) { known[i] = violated(cells_[i], x); });
  std::size_t all = 0;
  for (const auto& covers : known) all += covers.size();
  if (all < kFewKnown * cells_.size()) {
    parallel_for(cells_.size(), instance_.problem.threads, [&](std::size_t i) {
      if (known[i].empty()) fresh[i] = shortest(cells_[i], x);
    });
  }
  std::vector<Found> covers;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    covers.insert(covers.end(), known[i].begin(), known[i].end());
    for (const Path& path : fresh[i]) {
      const int q = pool_.add(instance_.cells[at(cells_[i])].kase, path);
      if (lack(cells_[i], path, x) > kLack) covers.push_back({cells_[i], q, 0});
    }
  }
  const std::size_t before = present_.size();
  add(covers);
  const int added = static_cast<int>(present_.size() - before);
  return added > 0 ? added : round(x);
}

// Rows that hold for whole purchases alone, of the covers that are met with the least to spare.
int CoverProgram::round(const std::vector<double>& x) {
  struct Rounded {
    std::vector<int> columns;
    RoundedCover cover;
  };
  std::vector<std::vector<Rounded>> found(cells_.size());
  parallel_for(cells_.size(), instance_.problem.threads, [&](std::size_t i) {
    const int cell = cells_[i];
    std::vector<double> a, share;
    for (const Path& path : pool_.of(instance_.cells[at(cell)].kase)) {
      const double asked = level_[at(cell)] - path.length;
      if (asked <= kSecond) continue;
      Rounded row;
      a.clear();
      share.clear();
      double has = 0;
      for (const auto& [site, count] : path.steps) {
        for (const int j : at_site_[at(site)]) {
          const double e = std::min(count * instance_.effect(columns_[at(j)], cell), asked) / asked;
          if (e <= 0) continue;
          row.columns.push_back(j);
          a.push_back(e);
          share.push_back(std::clamp(x[at(j)], 0.0, 1.0));
          has += e * share.back();
        }
      }
      if (has > kSpare) continue;
      row.cover = rounded(a, share);
      if (row.cover.lack > kLack) found[i].push_back(std::move(row));
    }
    sort_stably(found[i],
                [](const Rounded& p, const Rounded& q) { return p.cover.lack > q.cover.lack; });
    if (found[i].size() > kPerCell) found[i].resize(kPerCell);
  });
  NewRows added;
  int rows = 0;
  for (const std::vector<Rounded>& of_cell : found) {
    for (const Rounded& row : of_cell) {
      for (std::size_t k = 0; k < row.columns.size(); ++k) {
        if (row.cover.value[k] > 0) added.term(row.columns[k], row.cover.value[k]);
      }
      added.end(1.0, kInfinity);
      ++rows;
    }
  }
  added.join(*lp_);
  return rows;
}

void CoverProgram::add(const std::vector<Found>& covers) {
  NewRows added;
  for (const Found& cover : covers) {
    if (!present_.insert({cover.cell, cover.path}).second) continue;
    const Path& path = pool_.of(instance_.cells[at(cover.cell)].kase)[at(cover.path)];
    const double asked = level_[at(cover.cell)] - path.length;
    for (const auto& [site, count] : path.steps) {
      for (const int j : at_site_[at(site)]) {
        const double e = std::min(count * instance_.effect(columns_[at(j)], cover.cell), asked);
        if (e > 0) added.term(j, e / asked);
      }
    }
    added.end(1.0, kInfinity);
  }
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
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    if (instance_.columns[at(columns_[j])].year > year_) continue;
    if (lp_->columnLower()[j] < 1 && value[j] > 1e-6) bought.emplace_back(columns_[j], value[j]);
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
