#include "year_program.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "new_rows.hpp"
#include "simplex_stop.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kMeur = 1e6;         // unit of rows on money, EUR
constexpr int kRounds = 400;          // of rows
constexpr double kLeastShare = 0.01;  // of a range: below it no paths are looked for
constexpr double kProven = 1e-7;      // by which rows that are added up are broken at least
constexpr double kHolding = 1e-9;     // dual of a row that holds the program back
}  // namespace

YearProgram::YearProgram(const Instance& instance, const YearGroup& group, PathPool& pool,
                         const TimeRanges& ranges, double price)
    : instance_(instance), group_(group), pool_(pool), ranges_(ranges) {
  const auto columns = static_cast<int>(group.covers->size());
  lp_.setLogLevel(0);
  lp_.resize(0, columns + static_cast<int>(group.cells.size()));
  for (int j = 0; j < lp_.numberColumns(); ++j) lp_.setColumnBounds(j, 0, 1);
  for (int j = 0; j < columns; ++j) lp_.setObjectiveCoefficient(j, price * group.cost[at(j)]);
  for (std::size_t i = 0; i < group.cells.size(); ++i) {
    const double weight = instance.cells[at(group.cells[i])].weight;
    lp_.setObjectiveCoefficient(columns + static_cast<int>(i), -weight * width(i));
    offset_ += weight * ranges.low[i];
  }
  NewRows rules;
  for (const Row& row : group.rules) {
    const double unit = row.kind == Row::Kind::limit ? mean_term(row) : kMeur;
    for (const auto& [j, v] : row.terms) rules.term(j, v / unit);
    rules.end(-kInfinity, row.high / unit);
  }
  group.covers->add_choices(rules, false);
  rules.join(lp_);
  rules_ = lp_.numberRows();
  NewRows rows;
  for (const CellPath& spot : ranges.covers) add(spot, true, rows);
  for (const CellPath& spot : ranges.cuts) add(spot, false, rows);
  for (const auto& rounding : ranges.roundings) add(rounding, rows);
  rows.join(lp_);
}

const std::vector<Path>& YearProgram::paths(int cell) const {
  return pool_.of(instance_.cells[at(group_.cells[at(cell)])].kase);
}

double YearProgram::level(int cell, bool is_cover) const {
  return is_cover ? ranges_.low[at(cell)] : ranges_.high[at(cell)];
}

// Share of what a path lacks to the level that its row asks for at x.
double YearProgram::part(int cell, bool is_cover, const Path& path, const double* x) const {
  if (is_cover) return 1;
  const double v = x[group_.covers->size() + at(cell)];
  const double low = ranges_.low[at(cell)], high = ranges_.high[at(cell)];
  if (path.length <= low) return v;
  return (low - path.length + (high - low) * v) / (high - path.length);
}

double YearProgram::lack(int cell, bool is_cover, const Path& path, const double* x) const {
  const double level = this->level(cell, is_cover);
  if (path.length >= level - kSecond) return 0;
  return group_.covers->lack(group_.cells[at(cell)], level, path, x, part(cell, is_cover, path, x));
}

void YearProgram::add(const CellPath& spot, bool is_cover, NewRows& rows) {
  const Path& path = paths(spot.cell)[at(spot.path)];
  const double level = this->level(spot.cell, is_cover);
  if (path.length >= level - kSecond) return;
  if (!(is_cover ? covers_ : cuts_).insert(spot).second) return;
  for (const auto& [j, share] : group_.covers->terms(group_.cells[at(spot.cell)], level, path)) {
    rows.term(j, share);
  }
  const int v = static_cast<int>(group_.covers->size()) + spot.cell;
  const double low = ranges_.low[at(spot.cell)];
  if (is_cover) {
    rows.end(1, kInfinity);
  } else if (path.length <= low) {
    rows.term(v, -1);
    rows.end(0, kInfinity);
  } else {
    rows.term(v, -(level - low) / (level - path.length));
    rows.end((low - path.length) / (level - path.length), kInfinity);
  }
  tags_.push_back({is_cover, spot, nullptr});
}

void YearProgram::add(const std::shared_ptr<const Covers::Terms>& rounding, NewRows& rows) {
  for (const auto& [j, share] : *rounding) rows.term(j, share);
  rows.end(1, kInfinity);
  tags_.push_back({true, {}, rounding});
}

double YearProgram::solve(const std::function<bool()>& stop) {
  const SimplexStop handler(stop);
  lp_.passInEventHandler(&handler);
  double least = kInfinity;
  for (int round = 0; round < kRounds && !stop(); ++round) {
    lp_.dual();
    if (lp_.status() != 0 && lp_.status() != 1 && !stop()) lp_.primal();
    if (lp_.status() == 1) return is_proven_infeasible() ? -kInfinity : least;
    least = std::min(least, bound());
    if (lp_.status() != 0) break;
    const double* x = lp_.primalColumnSolution();
    if (!separate(x) && !round_covers(x)) break;
  }
  return least;
}

double YearProgram::bound() const {
  const double* dual = lp_.dualRowSolution();
  return offset_ - least({dual, dual + lp_.numberRows()}, lp_.objective());
}

// Whether rows add up to one that no columns between 0 and 1 keep; the simplex tells which.
bool YearProgram::is_proven_infeasible() const {
  const std::unique_ptr<double[]> ray(lp_.infeasibilityRay());
  if (!ray) return false;
  std::vector<double> dual(ray.get(), ray.get() + lp_.numberRows());
  for (const double sign : {1.0, -1.0}) {
    for (double& d : dual) d *= sign;
    if (least(dual, nullptr) > kProven) return true;
  }
  return false;
}

// What row duals, whatever they are, prove an objective to be at least, columns between 0 and 1
// (Neumaier & Shcherbina 2004); without one, what they prove of 0 = 0.
double YearProgram::least(std::vector<double> dual, const double* objective) const {
  double least = 0;
  for (int i = 0; i < lp_.numberRows(); ++i) {
    const double end = dual[at(i)] > 0 ? lp_.rowLower()[i] : lp_.rowUpper()[i];
    if (std::abs(end) >= 1e30 || !std::isfinite(dual[at(i)])) dual[at(i)] = 0;
    if (dual[at(i)] != 0) least += dual[at(i)] * end;
  }
  std::vector<double> priced(at(lp_.numberColumns()), 0.0);
  lp_.matrix()->transposeTimes(dual.data(), priced.data());
  for (std::size_t j = 0; j < priced.size(); ++j) {
    least += std::min(0.0, (objective ? objective[j] : 0.0) - priced[j]);
  }
  return least;
}

bool YearProgram::separate(const double* x) {
  NewRows rows;
  const std::size_t before = tags_.size();
  for (int i = 0; i < static_cast<int>(group_.cells.size()); ++i) {
    for (const bool is_cover : {true, false}) look(i, is_cover, x, rows);
  }
  rows.join(lp_);
  return tags_.size() > before;
}

// Rows of known paths of a cell that x violates; where there are none, of new ones.
void YearProgram::look(int cell, bool is_cover, const double* x, NewRows& rows) {
  const std::set<CellPath>& present = is_cover ? covers_ : cuts_;
  std::vector<std::pair<double, CellPath>> found;
  for (std::size_t q = 0; q < paths(cell).size(); ++q) {
    const CellPath spot{cell, static_cast<int>(q)};
    if (present.contains(spot)) continue;
    const double lacks = lack(cell, is_cover, paths(cell)[q], x);
    if (lacks > kLack) found.emplace_back(lacks, spot);
  }
  sort_stably(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > kPerCell) found.resize(kPerCell);
  for (const auto& [_, spot] : found) add(spot, is_cover, rows);
  const int there = group_.cells[at(cell)], kase = instance_.cells[at(there)].kase;
  const double level = this->level(cell, is_cover);
  const double share = is_cover ? 1 : x[group_.covers->size() + at(cell)];
  if (!found.empty() || share < kLeastShare || level <= instance_.cells[at(there)].base + kSecond) {
    return;
  }
  const auto wanted = [&](const Path& path) { return lack(cell, is_cover, path, x) > kLack; };
  for (const Path& path : group_.covers->shortest(there, level, x, share, wanted)) {
    const CellPath spot{cell, pool_.add(kase, path)};
    if (wanted(path)) add(spot, is_cover, rows);
  }
}

bool YearProgram::round_covers(const double* x) {
  NewRows rows;
  const std::size_t before = tags_.size();
  for (int i = 0; i < static_cast<int>(group_.cells.size()); ++i) {
    for (Covers::Terms& row :
         group_.covers->roundings(group_.cells[at(i)], ranges_.low[at(i)], paths(i), x)) {
      add(std::make_shared<const Covers::Terms>(std::move(row)), rows);
    }
  }
  rows.join(lp_);
  return tags_.size() > before;
}

void YearProgram::leave_rows(TimeRanges& ranges) const {
  for (std::size_t k = 0; k < tags_.size(); ++k) {
    if (std::abs(lp_.dualRowSolution()[at(rules_) + k]) < kHolding) continue;
    const Tag& tag = tags_[k];
    if (tag.rounding) {
      ranges.roundings.push_back(tag.rounding);
    } else {
      (tag.is_cover ? ranges.covers : ranges.cuts).push_back(tag.spot);
    }
  }
}

}  // namespace abatis::plan_detail
