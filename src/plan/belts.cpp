#include "belts.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "abatis/base/sort.hpp"
#include "cover_program.hpp"

namespace abatis::plan_detail {

namespace {
constexpr int kFirstRounds = 150, kRounds = 60;  // of covers, before and after something stands
constexpr double kShare = 0.5;    // shares from here on are bought, or the greatest below it
constexpr double kSlack = 0.02;   // of the way to a level that a cell may lack in the end
constexpr double kRise = 0.02;    // of the way to the top that makes another look worth it
}  // namespace

Belts::Belts(const Instance& instance, PathPool& pool, Heuristic& heuristic,
             std::function<bool()> stop)
    : instance_(instance),
      pool_(pool),
      heuristic_(heuristic),
      givers_(instance),
      stop_(std::move(stop)) {}

bool Belts::put(Books& books, int column) const {
  if (books.can_add(column)) {
    books.add(column);
    return true;
  }
  if (books.bought_at(instance_.site_of(column)) >= 0) return false;
  const std::optional<Change> change = givers_.put(books, column);
  if (!change) return false;
  if (books.paid() && !books.upper_limits_broken()) return true;
  undo(books, *change);
  return false;
}

bool Belts::reaches(const Books& books, int cell, double level) const {
  const PlanCell& where = instance_.cells[at(cell)];
  std::vector<double> delay(at(instance_.problem.sites), 0.0);
  for (const int c : books.plan()) {
    delay[at(instance_.problem.place_of(instance_.site_of(c)))] += instance_.effect(c, cell);
  }
  GraphSearch::Scratch scratch;
  const double enough = level - kSlack * (level - where.base);
  return instance_.shortest(where.kase, delay, scratch).time >= enough;
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
  std::sort(fresh.begin(), fresh.end(), [&](int a, int b) {
    return cost(a) != cost(b) ? cost(a) > cost(b) : a < b;
  });
  for (const int c : fresh) {
    if (stop_() || !books.can_remove(c)) continue;
    books.remove(c);
    bool needed = false;
    for (std::size_t i = 0; i < instance_.cells.size() && !needed; ++i) {
      const int cell = static_cast<int>(i);
      needed = instance_.cells[i].year == year && instance_.effect(c, cell) > 0 &&
               !reaches(books, cell, level[i]);
    }
    if (needed) books.add(c);
  }
}

bool Belts::raise(Books& books, int year, const std::vector<double>& level) const {
  Books now = books;
  auto program = std::make_unique<CoverProgram>(instance_, pool_, now, year, level);
  for (int rounds = kFirstRounds;; rounds = kRounds) {
    if (stop_() || !program->solve(rounds)) { if (getenv("BELTS")) fprintf(stderr, "  fail year %d level %.0f at plan %zu (%zu)\n", year, level[static_cast<size_t>(year>0?(year)*8:0)], now.plan().size(), books.plan().size()); return false; }
    const auto bought = program->bought();
    if (bought.empty()) break;
    const double least = std::min(kShare, bought.front().second);
    bool same = true;  // whether the program knows all that stands
    for (const auto& [column, share] : bought) {
      if (share < least) break;
      const std::size_t stood = now.plan().size();
      if (!put(now, column)) {
        if (getenv("BELTS")) fprintf(stderr, "  cannot put %s y%d share %.2f\n", instance_.problem.option_names[at(instance_.columns[at(column)].option)].c_str(), instance_.columns[at(column)].year, share);
        program->bar(column);
        continue;
      }
      program->stand(column);
      same = same && now.plan().size() == stood + 1;
    }
    if (!same) program = std::make_unique<CoverProgram>(instance_, pool_, now, year, level);
  }
  prune(now, books, year, level);
  books = std::move(now);
  return true;
}

// The highest share of the way from their times now to the top that is found, by halving, the same
// for all cells of a year that are in `cells`; the others stay where they are at least.
bool Belts::raise_most(Books& books, int year, const std::vector<char>& kases, int halvings) const {
  const std::vector<Answer> now = instance_.separate(books.as_point());
  double room = 0, all = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year != year || !kases[at(cell.kase)]) continue;
    room += cell.weight * (cell.top - now[i].time);
    all += cell.weight * (cell.top - cell.base);
  }
  if (room <= kRise * all) return false;
  const auto levels = [&](double part) {
    std::vector<double> level(instance_.cells.size(), 0.0);
    for (std::size_t i = 0; i < level.size(); ++i) {
      const PlanCell& cell = instance_.cells[i];
      if (cell.year == view_ && year < view_) level[i] = std::max(now[i].time, cell.base + view_part_ * (cell.top - cell.base));
      if (cell.year != year) continue;
      const double wanted = cell.base + part * (cell.top - cell.base);
      level[i] = kases[at(cell.kase)] ? std::max(wanted, now[i].time) : now[i].time;
    }
    return level;
  };
  double least = 1;  // share of the way that is gone already
  for (std::size_t i = 0; i < now.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    if (cell.year != year || !kases[at(cell.kase)] || cell.top <= cell.base) continue;
    least = std::min(least, (now[i].time - cell.base) / (cell.top - cell.base));
  }
  std::optional<Books> best;
  double low = least, high = 1;
  int refine = halvings;
  const auto look = [&](double part) {
    Books tried = books;
    if (!raise(tried, year, levels(part))) {
      high = part;
      return;
    }
    low = part;
    best = std::move(tried);
  };
  for (const double part : {1.0, 0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}) {
    if (best || part <= least + kRise || stop_()) break;
    look(part);
  }
  while (best && refine-- > 0 && high - low > kRise && !stop_()) look(0.5 * (low + high));
  if (getenv("BELTS")) { std::string k; for (char c : kases) k += c ? '1' : '0'; fprintf(stderr, "year %d %s: part %.3f, plan %zu\n", year, k.c_str(), low, best ? best->plan().size() : 0); }
  if (best) books = std::move(*best);
  return best.has_value();
}

std::optional<Books> Belts::build(const std::vector<double>& share) const {
  if (getenv("VIEW")) { view_ = atoi(getenv("VIEW")); view_part_ = atof(getenv("PART")); }
  (void)share;
  std::optional<Books> books = heuristic_.keep({});
  if (!books) return std::nullopt;
  for (const auto& [first, end] : instance_.year_cells()) {
    if (stop_()) return std::nullopt;
    const int year = instance_.cells[first].year;
    const std::size_t cases = instance_.problem.cases.size();
    raise_most(*books, year, std::vector<char>(cases, 1), 2);
    std::vector<char> done(cases, 0);
    for (std::size_t k = 0; k < cases; ++k) {
      if (done[k]) continue;
      std::vector<char> group(cases, 0);
      for (std::size_t m = k; m < cases; ++m) {
        const NetworkCase& a = instance_.problem.cases[k];
        const NetworkCase& b = instance_.problem.cases[m];
        if (a.sources == b.sources && a.targets == b.targets) group[m] = done[m] = 1;
      }
      raise_most(*books, year, group, 1);
    }
    for (std::size_t k = 0; k < cases; ++k) {
      std::vector<char> group(cases, 0);
      group[k] = 1;
      raise_most(*books, year, group, 1);
    }
    if (getenv("BELTS")) { fprintf(stderr, "year %d obj %.1f, plan %zu\n", year, instance_.objective(instance_.separate(books->as_point())), books->plan().size()); }
  }
  const std::vector<double> none(instance_.cells.size(), 0.0);
  const bool met = raise(*books, instance_.problem.years - 1, none);
  if (getenv("BELTS")) { fprintf(stderr, "met %d lows %d obj %.1f, plan %zu\n", met, books->lower_limits_met(), instance_.objective(instance_.separate(books->as_point())), books->plan().size()); }
  if (!met && !heuristic_.fill(*books)) return std::nullopt;
  return books;
}

}  // namespace abatis::plan_detail
