// The rows of a program of covers: which paths lack something, and what whole purchases would have
// to add up to there.
#include <algorithm>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"
#include "cover_program.hpp"
#include "new_rows.hpp"

namespace abatis::plan_detail {

namespace {
constexpr std::size_t kFewKnown = 1;  // known covers a cell below which new ones are looked for
}  // namespace

std::vector<CoverProgram::Found> CoverProgram::violated(int cell, const double* x) const {
  std::vector<Found> found;
  const auto& paths = pool_.of(instance_.cells[at(cell)].kase);
  for (std::size_t q = 0; q < paths.size(); ++q) {
    const int path = static_cast<int>(q);
    if (paths[q].length >= level_[at(cell)] - kSecond || present_.contains({cell, path})) continue;
    const double lacks = covers_->lack(cell, level_[at(cell)], paths[q], x);
    if (lacks > kLack) found.push_back({cell, path, lacks});
  }
  sort_stably(found, [](const Found& a, const Found& b) { return a.lack > b.lack; });
  if (found.size() > kPerCell) found.resize(kPerCell);
  return found;
}

int CoverProgram::separate() {
  const double* x = lp_->primalColumnSolution();
  std::vector<std::vector<Found>> known(cells_.size());
  std::vector<std::vector<Path>> fresh(cells_.size());
  parallel_for(cells_.size(), instance_.problem.threads,
               [&](std::size_t i) { known[i] = violated(cells_[i], x); });
  std::size_t all = 0;
  for (const auto& covers : known) all += covers.size();
  if (all < kFewKnown * cells_.size()) {
    parallel_for(cells_.size(), instance_.problem.threads, [&](std::size_t i) {
      const int cell = cells_[i];
      const double level = level_[at(cell)];
      if (known[i].empty()) {
        fresh[i] = covers_->shortest(cell, level, x, 1, [&](const Path& path) {
          return covers_->lack(cell, level, path, x) > kLack;
        });
      }
    });
  }
  std::vector<Found> covers;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    covers.insert(covers.end(), known[i].begin(), known[i].end());
    for (const Path& path : fresh[i]) {
      const int q = pool_.add(instance_.cells[at(cells_[i])].kase, path);
      if (covers_->lack(cells_[i], level_[at(cells_[i])], path, x) > kLack)
        covers.push_back({cells_[i], q, 0});
    }
  }
  const std::size_t before = present_.size();
  add(covers);
  const int added = static_cast<int>(present_.size() - before);
  return added > 0 ? added : round(x);
}

void CoverProgram::add(const std::vector<Found>& covers) {
  NewRows added;
  for (const Found& cover : covers) {
    if (!present_.insert({cover.cell, cover.path}).second) continue;
    const Path& path = pool_.of(instance_.cells[at(cover.cell)].kase)[at(cover.path)];
    for (const auto& [column, share] : covers_->terms(cover.cell, level_[at(cover.cell)], path)) {
      added.term(column, share);
    }
    added.end(1.0, kInfinity);
  }
  added.join(*lp_);
}

// Adds what covers that are met as shares ask of whole purchases; how many rows.
int CoverProgram::round(const double* x) {
  std::vector<std::vector<Covers::Terms>> found(cells_.size());
  parallel_for(cells_.size(), instance_.problem.threads, [&](std::size_t i) {
    const std::vector<Path>& paths = pool_.of(instance_.cells[at(cells_[i])].kase);
    found[i] = covers_->roundings(cells_[i], level_[at(cells_[i])], paths, x);
  });
  NewRows added;
  int rows = 0;
  for (const std::vector<Covers::Terms>& of_cell : found) {
    for (const Covers::Terms& row : of_cell) {
      for (const auto& [column, share] : row) added.term(column, share);
      added.end(1.0, kInfinity);
      ++rows;
    }
  }
  added.join(*lp_);
  return rows;
}

}  // namespace abatis::plan_detail
