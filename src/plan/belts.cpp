#include "belts.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "cover_program.hpp"
#include "spares.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kFirstRounds = 150, kRounds = 60;  // of covers, before and after something stands
constexpr double kSlack = 0.02;    // of the way to a level that a cell may lack in the end
constexpr double kRise = 0.02;     // of the way to the top that makes a look worth it
constexpr double kFall = 0.97;     // of the way to a level is what is left of it when it falls
constexpr int kMostFalls = 12;     // on the way to one plan
constexpr double kNearTop = 0.95;  // of the way to the top
constexpr double kHope = 0.1;      // of the way, above what plans before had

// Shares of the way to the top to be looked for, from the greatest down.
std::vector<double> parts_from(double reached) {
  std::vector<double> parts;
  if (reached < 1) parts = {std::min(1.0, reached + kHope), reached};
  for (const double part : {1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}) {
    if (parts.empty() || part < parts.back()) parts.push_back(part);
  }
  return parts;
}

}  // namespace

Belts::Belts(const Instance& instance, PathPool& pool, Heuristic& heuristic, Price price,
             double share, std::function<bool()> stop)
    : instance_(instance),
      pool_(pool),
      heuristic_(heuristic),
      givers_(instance),
      price_(price),
      share_(share),
      stop_(std::move(stop)) {
  const std::vector<NetworkCase>& cases = instance.problem.cases;
  std::vector<char> taken(cases.size(), 0);
  for (std::size_t k = 0; k < cases.size(); ++k) {
    if (taken[k]) continue;
    std::vector<char> group(cases.size(), 0);
    for (std::size_t m = k; m < cases.size(); ++m) {
      if (cases[m].axis == cases[k].axis) group[m] = taken[m] = 1;
    }
    groups_.push_back(std::move(group));
  }
  if (groups_.size() == 1) groups_.clear();  // that is all cases
  for (std::size_t k = 0; k < cases.size() && cases.size() > 1; ++k) {
    groups_.emplace_back(cases.size(), 0);
    groups_.back()[k] = 1;
  }
}

// Puts a column in with what it needs; `alone`: nothing else came or went.
bool Belts::put(Books& books, int column, bool& alone) const {
  if (books.can_add(column)) {
    books.add(column);
    return true;
  }
  if (books.bought_at(instance_.site_of(column)) >= 0) return false;
  const std::optional<Change> change = givers_.put(books, column);
  if (!change) return false;
  if (books.paid() && !books.upper_limits_broken() && !books.limits_overdrawn()) {
    alone = false;
    return true;
  }
  undo(books, *change);
  return false;
}

// The dearest first, what the levels do not need goes.
void Belts::prune(Books& books, const Books& before, int year,
                  const std::vector<double>& level) const {
  std::vector<int> fresh;
  for (const int c : books.plan()) {
    if (before.bought_at(instance_.site_of(c)) != c) fresh.push_back(c);
  }
  const auto cost = [&](int c) {
    return instance_.problem.options[at(instance_.columns[at(c)].option)].cost();
  };
  std::sort(fresh.begin(), fresh.end(),
            [&](int a, int b) { return cost(a) != cost(b) ? cost(a) > cost(b) : a < b; });
  std::vector<int> cells;
  std::vector<double> least;
  for (std::size_t i = 0; i < level.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year != year) continue;
    cells.push_back(static_cast<int>(i));
    least.push_back(level[i] - kSlack * (level[i] - cell.base));
  }
  Spares spares(instance_, pool_, books, std::move(cells), std::move(least));
  for (const int c : fresh) {
    if (stop_()) return;
    if (books.can_remove(c) && spares.take(c)) books.remove(c);
  }
}

bool Belts::raise(Books& books, int year, std::vector<double> level, int* falls) const {
  Books now = books;
  auto program = std::make_unique<CoverProgram>(instance_, pool_, now, year, level, price_);
  for (int rounds = kFirstRounds;; rounds = kRounds) {
    if (stop_()) return false;
    if (!program->solve(rounds, stop_)) {
      const bool may_fall = falls && rounds == kRounds && *falls < kMostFalls;
      if (!may_fall || !lower(now, level)) return false;
      ++*falls;
      program = std::make_unique<CoverProgram>(instance_, pool_, now, year, level, price_);
      continue;
    }
    const auto bought = program->bought();
    if (bought.empty()) break;
    const double least = std::min(share_, bought.front().second);
    bool same = true;  // whether the program knows all that stands
    for (const auto& [column, share] : bought) {
      if (share < least) break;
      if (put(now, column, same)) {
        program->stand(column);
      } else {
        program->bar(column);
      }
    }
    if (!same) program = std::make_unique<CoverProgram>(instance_, pool_, now, year, level, price_);
  }
  prune(now, books, year, level);
  books = std::move(now);
  return true;
}

// Levels above what stands come nearer to what is there with nothing built; false when none is.
bool Belts::lower(const Books& books, std::vector<double>& level) const {
  const std::vector<Answer> now = instance_.separate(books.as_point());
  bool lowered = false;
  for (std::size_t i = 0; i < level.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (level[i] <= std::max(now[i].time, cell.base) + kSecond) continue;
    level[i] = std::max(now[i].time, cell.base + kFall * (level[i] - cell.base));
    lowered = true;
  }
  return lowered;
}

// Levels at a share of the way to the top for cells of `year` in these cases, no lower than now for
// its other cells.
std::vector<double> Belts::levels(const std::vector<Answer>& now, int year,
                                  const std::vector<char>& cases, double part) const {
  std::vector<double> level(instance_.cells.size(), 0.0);
  for (std::size_t i = 0; i < level.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year != year) continue;
    level[i] = now[i].time;
    if (!cases[at(cell.kase)]) continue;
    level[i] = std::max(level[i], cell.base + part * (cell.top - cell.base));
  }
  return level;
}

// As high as is found for cells of a year in these cases: from the top down the first level that
// can be had, then by halving. The share of the way then, nothing when no more was found.
std::optional<double> Belts::raise_most(Books& books, int year, const std::vector<char>& cases,
                                        std::span<const double> parts, int halvings) const {
  const std::vector<Answer> now = instance_.separate(books.as_point());
  double least = 1;  // share of the way to the top that is gone already
  for (std::size_t i = 0; i < now.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year != year || !cases[at(cell.kase)] || cell.top <= cell.base) continue;
    least = std::min(least, (now[i].time - cell.base) / (cell.top - cell.base));
  }
  double low = least, high = 1;
  std::optional<Books> best;
  const auto look = [&](double part) {
    Books tried = books;
    const bool found = raise(tried, year, levels(now, year, cases, part));
    (found ? low : high) = part;
    if (found) best = std::move(tried);
    return found;
  };
  for (const double part : parts) {
    if (part <= least + kRise || stop_() || look(part)) break;
  }
  for (int n = 0; n < halvings && high - low > kRise && !stop_(); ++n) look(0.5 * (low + high));
  if (!best) return std::nullopt;
  books = std::move(*best);
  return low;
}

int Belts::first_year_near_top() const {
  const std::optional<Books> books = heuristic_.keep({});
  if (!books) return -1;
  const std::vector<Answer> now = instance_.separate(books->as_point());
  const std::vector<char> all(instance_.problem.cases.size(), 1);
  for (const auto& [first, end] : instance_.year_cells()) {
    const int year = instance_.cells[first].year;
    CoverProgram program(instance_, pool_, *books, year, levels(now, year, all, kNearTop), price_);
    if (stop_()) return -1;
    if (program.solve(kFirstRounds, stop_)) return year;
  }
  return -1;
}

// The same share of the way to the top for all cases, from the top down: dives whose levels may
// fall, until one has them as they were asked for; the best of them for the year.
bool Belts::raise_falling(Books& books, int year) const {
  constexpr std::array kParts{1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
  const std::vector<Answer> now = instance_.separate(books.as_point());
  const std::vector<char> all(instance_.problem.cases.size(), 1);
  std::optional<Books> best;
  double most = worth(now, year) + kSecond;
  for (const double part : kParts) {
    Books tried = books;
    int falls = 0;
    if (!raise(tried, year, levels(now, year, all, part), &falls)) {
      if (stop_()) break;
      continue;
    }
    const double reached = worth(instance_.separate(tried.as_point()), year);
    if (reached > most) {
      most = reached;
      best = std::move(tried);
    }
    if (falls == 0) break;
  }
  if (best) books = std::move(*best);
  return best.has_value();
}

// Part of the objective that cells of a year make up, s.
double Belts::worth(const std::vector<Answer>& answers, int year) const {
  double worth = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year == year) worth += cell.weight * answers[i].time;
  }
  return worth;
}

void Belts::raise_groups(Books& books, int year) const {
  for (const std::vector<char>& group : groups_) raise_most(books, year, group, {}, 2);
}

std::optional<Books> Belts::build(std::vector<double>& reached) const {
  return build_from(0, heuristic_.keep({}), reached);
}

std::optional<Books> Belts::build_late(int year) const {
  std::optional<Books> books = heuristic_.keep({});
  if (!books || !raise_falling(*books, year)) return std::nullopt;
  raise_groups(*books, year);
  std::vector<double> reached(at(instance_.problem.years), 1);
  return build_from(year + 1, std::move(books), reached);
}

// Raises the years from one on, then buys what must be bought.
std::optional<Books> Belts::build_from(int from, std::optional<Books> books,
                                       std::vector<double>& reached) const {
  if (!books) return std::nullopt;
  const std::vector<char> all(instance_.problem.cases.size(), 1);
  for (const auto& [first, end] : instance_.year_cells()) {
    const int year = instance_.cells[first].year;
    if (year < from) continue;
    if (stop_()) return std::nullopt;
    const auto share = raise_most(*books, year, all, parts_from(reached[at(year)]), 1);
    if (!share) continue;
    reached[at(year)] = *share;
    raise_groups(*books, year);
  }
  const std::vector<double> none(instance_.cells.size(), 0.0);
  if (!raise(*books, instance_.problem.years - 1, none) && !heuristic_.fill(*books)) {
    return std::nullopt;
  }
  if (!books->in_limits() || books->limits_overdrawn() || !books->paid()) return std::nullopt;
  return books;
}

}  // namespace abatis::plan_detail
