#include "covers.hpp"

#include <algorithm>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "new_rows.hpp"
#include "rounding.hpp"

namespace abatis::plan_detail {

namespace {
constexpr double kSpare = 1.5;  // times what a cover asks for: with more it is not rounded
}

Covers::Covers(const Instance& instance, std::vector<int> columns)
    : instance_(instance), columns_(std::move(columns)), at_site_(at(instance.problem.sites)) {
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    at_site_[at(instance.site_of(columns_[j]))].push_back(static_cast<int>(j));
  }
}

Covers::Terms Covers::terms(int cell, double level, const Path& path) const {
  const double asked = level - path.length;
  Terms terms;
  for (const auto& [site, count] : path.steps) {
    for (const int j : at_site_[at(site)]) {
      const double e = std::min(count * instance_.effect(columns_[at(j)], cell), asked);
      if (e > 0) terms.push_back({j, e / asked});
    }
  }
  return terms;
}

double Covers::lack(int cell, double level, const Path& path, const double* x, double part) const {
  const double asked = level - path.length;
  double has = 0;
  for (const auto& [site, count] : path.steps) {
    for (const int j : at_site_[at(site)]) {
      has += std::min(count * instance_.effect(columns_[at(j)], cell), asked) * x[j];
    }
    if (has >= part * asked) return 0;
  }
  return part - has / asked;
}

// By place, of the columns of the program, s; capped where more could not matter.
std::vector<double> Covers::delays(int cell, double level, const double* x, double part) const {
  const PlanProblem& p = instance_.problem;
  std::vector<double> delay(at(p.sites), 0.0);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    if (x[j] <= 0) continue;
    const int site = instance_.site_of(columns_[j]);
    const double cap = std::max(0.0, level - instance_.through(cell, site));
    const double share = part < 1 ? std::min(1.0, x[j] / part) : x[j];
    delay[at(p.place_of(site))] += share * std::min(instance_.effect(columns_[j], cell), cap);
  }
  return delay;
}

std::vector<Covers::Terms> Covers::roundings(int cell, double level, const std::vector<Path>& paths,
                                             const double* x) const {
  std::vector<std::pair<double, Terms>> found;
  std::vector<double> a, bought;
  for (const Path& path : paths) {
    if (path.length >= level - kSecond) continue;
    Terms row = terms(cell, level, path);
    a.clear();
    bought.clear();
    double has = 0;
    for (const Term& term : row) {
      a.push_back(term.share);
      bought.push_back(std::clamp(x[term.column], 0.0, 1.0));
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

void Covers::add_choices(NewRows& rows, bool every_link) const {
  const PlanProblem& p = instance_.problem;
  const auto option = [&](std::size_t j) { return instance_.columns[at(columns_[j])].option; };
  const auto one_of = [&](const std::vector<int>& among) {
    if (among.size() < 2) return;
    for (const int j : among) rows.term(j, 1.0);
    rows.end(-kInfinity, 1.0);
  };
  for (const std::vector<int>& among : at_site_) one_of(among);
  for (const PlanConflict& conflict : p.conflicts) {
    std::vector<int> among;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (option(j) == conflict.option_a || option(j) == conflict.option_b) {
        among.push_back(static_cast<int>(j));
      }
    }
    one_of(among);
  }
  for (const Link& link : links_of(p, instance_.limits)) {
    if (!every_link && !link.by_year_end) continue;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const bool user = std::binary_search(link.users.begin(), link.users.end(), option(j));
      const bool giver = std::binary_search(link.givers.begin(), link.givers.end(), option(j));
      if (user != giver) rows.term(static_cast<int>(j), user ? 1.0 : -1.0);
    }
    rows.end(-kInfinity, 0.0);
  }
}

}  // namespace abatis::plan_detail
