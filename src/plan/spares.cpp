#include "spares.hpp"

#include <algorithm>
#include <utility>

namespace abatis::plan_detail {

namespace {
int visits(const Path& path, int site) {
  const auto step = std::lower_bound(path.steps.begin(), path.steps.end(), std::pair{site, 0});
  return step != path.steps.end() && step->first == site ? step->second : 0;
}
}  // namespace

Spares::Spares(const Instance& instance, PathPool& pool, const Books& books, std::vector<int> cells,
               std::vector<double> least)
    : instance_(instance),
      pool_(pool),
      cells_(std::move(cells)),
      least_(std::move(least)),
      stands_(cells_.size(), std::vector<double>(at(instance.problem.sites), 0.0)),
      delay_(stands_),
      length_(cells_.size()) {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    for (const int c : books.plan()) {
      const int site = instance.site_of(c);
      stands_[i][at(site)] += instance.effect(c, cells_[i]);
      delay_[i][at(instance.problem.place_of(site))] += instance.effect(c, cells_[i]);
    }
  }
}

double Spares::length(std::size_t i, const Path& path) const {
  double sum = path.length;
  for (const auto& [site, count] : path.steps) sum += count * stands_[i][at(site)];
  return sum;
}

// Paths that came to the pool since.
void Spares::catch_up(std::size_t i) {
  const std::vector<Path>& paths = pool_.of(kase(i));
  while (length_[i].size() < paths.size()) {
    length_[i].push_back(length(i, paths[length_[i].size()]));
  }
}

bool Spares::known_short(std::size_t i, int site, double effect) const {
  const std::vector<Path>& paths = pool_.of(kase(i));
  for (std::size_t p = 0; p < length_[i].size(); ++p) {
    const int count = visits(paths[p], site);
    if (count > 0 && length_[i][p] - count * effect < least_[i]) return true;
  }
  return false;
}

bool Spares::take(int column) {
  const int site = instance_.site_of(column);
  const auto place = at(instance_.problem.place_of(site));
  std::vector<std::size_t> acting;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (instance_.effect(column, cells_[i]) <= 0) continue;
    catch_up(i);
    if (known_short(i, site, instance_.effect(column, cells_[i]))) return false;
    acting.push_back(i);
  }
  for (const std::size_t i : acting) {
    std::vector<double> without = delay_[i];
    without[place] = std::max(0.0, without[place] - instance_.effect(column, cells_[i]));
    const Answer answer = instance_.shortest(kase(i), without, scratch_, least_[i]);
    if (answer.time >= least_[i]) continue;
    pool_.add(kase(i), answer.path);
    return false;
  }
  for (const std::size_t i : acting) {
    const double effect = instance_.effect(column, cells_[i]);
    stands_[i][at(site)] = std::max(0.0, stands_[i][at(site)] - effect);
    delay_[i][place] = std::max(0.0, delay_[i][place] - effect);
    const std::vector<Path>& paths = pool_.of(kase(i));
    for (std::size_t p = 0; p < length_[i].size(); ++p) {
      length_[i][p] -= visits(paths[p], site) * effect;
    }
  }
  return true;
}

}  // namespace abatis::plan_detail
