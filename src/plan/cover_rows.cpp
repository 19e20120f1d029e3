// The rows of a program of covers: which paths lack something, and what whole purchases would have
// to add up to there.
#include <algorithm>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "cover_program.hpp"
#include "new_rows.hpp"
#include "rounding.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kLack = 0.02;        // of what a cover asks for: less is let go
constexpr double kSpare = 1.5;        // times what a cover asks for: with more it is not rounded
constexpr std::size_t kPerCell = 15;  // covers added at a time
constexpr std::size_t kFewKnown = 1;  // known covers a cell below which new ones are looked for
constexpr int kPathLooks = 6;         // shortest paths at a time, each away from those before
constexpr double kAway = 0.15;        // share of what a path lacks put on each of its sites then
}  // namespace

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

// What each purchase on a path gives, as a share of what the path lacks with nothing built.
CoverProgram::Terms CoverProgram::terms(int cell, const Path& path) const {
  const double asked = level_[at(cell)] - path.length;
  std::vector<Term> terms;
  for (const auto& [site, count] : path.steps) {
    for (const int j : at_site_[at(site)]) {
      const double e = std::min(count * instance_.effect(columns_[at(j)], cell), asked);
      if (e > 0) terms.push_back({j, e / asked});
    }
  }
  return terms;
}

void CoverProgram::add(const std::vector<Found>& covers) {
  NewRows added;
  for (const Found& cover : covers) {
    if (!present_.insert({cover.cell, cover.path}).second) continue;
    const Path& path = pool_.of(instance_.cells[at(cover.cell)].kase)[at(cover.path)];
    for (const Term& term : terms(cover.cell, path)) added.term(term.column, term.share);
    added.end(1.0, kInfinity);
  }
  added.join(*lp_);
}

// Roundings of the known covers of a cell that x violates, the most violated first.
std::vector<CoverProgram::Terms> CoverProgram::roundings(int cell,
                                                         const std::vector<double>& x) const {
  std::vector<std::pair<double, Terms>> found;
  std::vector<double> a, bought;
  for (const Path& path : pool_.of(instance_.cells[at(cell)].kase)) {
    if (path.length >= level_[at(cell)] - kSecond) continue;
    Terms row = terms(cell, path);
    a.clear();
    bought.clear();
    double has = 0;
    for (const Term& term : row) {
      a.push_back(term.share);
      bought.push_back(std::clamp(x[at(term.column)], 0.0, 1.0));
      has += a.back() * bought.back();
    }
    if (has > kSpare) continue;
    const RoundedCover cover = rounded(a, bought);
    if (cover.lack <= kLack) continue;
    for (std::size_t k = 0; k < row.size(); ++k) row[k].share = cover.value[k];
    std::erase_if(row, [](const Term& term) { return term.share <= 0; });
    found.emplace_back(cover.lack, std::move(row));
  }
  sort_stably(found, [](const auto& p, const auto& q) { return p.first > q.first; });
  if (found.size() > kPerCell) found.resize(kPerCell);
  std::vector<Terms> rows;
  for (auto& [_, row] : found) rows.push_back(std::move(row));
  return rows;
}

// Adds what covers that are met as shares ask of whole purchases; how many rows.
int CoverProgram::round(const std::vector<double>& x) {
  std::vector<std::vector<Terms>> found(cells_.size());
  parallel_for(cells_.size(), instance_.problem.threads,
               [&](std::size_t i) { found[i] = roundings(cells_[i], x); });
  NewRows added;
  int rows = 0;
  for (const std::vector<Terms>& of_cell : found) {
    for (const Terms& row : of_cell) {
      for (const Term& term : row) added.term(term.column, term.share);
      added.end(1.0, kInfinity);
      ++rows;
    }
  }
  added.join(*lp_);
  return rows;
}

}  // namespace abatis::plan_detail
