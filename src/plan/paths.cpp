#include "paths.hpp"

#include <algorithm>

#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::plan_detail {

PathPool::PathPool(const Instance& instance)
    : instance_(instance),
      paths_(instance.problem.cases.size()),
      index_(instance.problem.cases.size()) {}

int PathPool::add(int kase, const Path& path) {
  constexpr std::uint64_t kPrime = 1099511628211U;
  std::uint64_t hash = 1469598103934665603U;
  for (const auto& [site, count] : path.steps) {
    hash = (hash ^ static_cast<std::uint64_t>(site)) * kPrime;
    hash = (hash ^ static_cast<std::uint64_t>(count)) * kPrime;
  }
  auto& index = index_[at(kase)];
  auto& paths = paths_[at(kase)];
  const auto [begin, end] = index.equal_range(hash);
  for (auto i = begin; i != end; ++i) {
    const Path& known = paths[at(i->second)];
    if (known.steps == path.steps && known.length <= path.length) return i->second;
  }
  const int number = static_cast<int>(paths.size());
  paths.push_back(path);
  index.emplace(hash, number);
  ++size_;
  return number;
}

void PathPool::add(const PathPool& other) {
  for (std::size_t k = 0; k < other.paths_.size(); ++k) {
    for (const Path& path : other.paths_[k]) add(static_cast<int>(k), path);
  }
}

void PathPool::check_cell(int cell, const std::vector<int>& used, const std::vector<double>& x,
                          double z, double tolerance, std::vector<Cut>& out) const {
  const PlanCell& where = instance_.cells[at(cell)];
  std::vector<std::vector<Push>> pushes(at(instance_.problem.sites));
  for (const int c : used) {
    const double effect = instance_.effect(c, cell);
    if (effect > 0) pushes[at(instance_.site_of(c))].push_back({effect, x[at(c)]});
  }
  const auto& paths = paths_[at(where.kase)];
  for (std::size_t p = 0; p < paths.size(); ++p) {
    double allowed = paths[p].length;
    const double cap = where.top - allowed;
    if (cap <= 0) continue;
    for (const auto& [site, count] : paths[p].steps) {
      for (const Push& push : pushes[at(site)]) {
        allowed += std::min(count * push.effect, cap) * push.share;
      }
      if (allowed >= z - tolerance) break;
    }
    if (allowed < z - tolerance) out.push_back({cell, static_cast<int>(p), z - allowed});
  }
  sort_stably(out, [](const Cut& a, const Cut& b) { return a.violation > b.violation; });
}

std::vector<std::vector<Cut>> PathPool::check_all(const std::vector<double>& x,
                                                  const std::vector<double>& z,
                                                  double tolerance) const {
  std::vector<int> used;
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (x[c] > 0) used.push_back(static_cast<int>(c));
  }
  std::vector<std::vector<Cut>> found(instance_.cells.size());
  parallel_for(found.size(), instance_.problem.threads, [&](std::size_t i) {
    check_cell(static_cast<int>(i), used, x, z[i], tolerance, found[i]);
  });
  return found;
}

}  // namespace abatis::plan_detail
