#pragma once
// Paths found so far, by case. A path found in one year is a valid cut in every year.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "instance.hpp"

namespace abatis::plan_detail {

struct Cut {
  int cell = 0, path = 0;  // index into the pool of the cell's case
  double violation = 0;    // s
};

class PathPool {
 public:
  explicit PathPool(const Instance& instance);
  // Index of the path in its case; an equal or shorter one with the same sites is kept.
  int add(int kase, const Path& path);
  // All paths of a pool of the same instance.
  void add(const PathPool& other);
  const std::vector<Path>& of(int kase) const { return paths_[at(kase)]; }
  // What a path allows in a cell under x: length + sum of capped effects, at most `top`.
  // At most `per_cell` cuts of each cell with z above that by more than `tolerance`, the most
  // violated first, leaving out those for which skip(cell, path) holds. By cell.
  template <class Skip>
  std::vector<Cut> violated(const std::vector<double>& x, const std::vector<double>& z,
                            double tolerance, int per_cell, const Skip& skip) const;
  std::int64_t size() const { return size_; }

 private:
  struct Push {
    double effect = 0, share = 0;
  };
  void check_cell(int cell, const std::vector<int>& used, const std::vector<double>& x, double z,
                  double tolerance, std::vector<Cut>& out) const;
  std::vector<std::vector<Cut>> check_all(const std::vector<double>& x,
                                          const std::vector<double>& z, double tolerance) const;

  const Instance& instance_;
  std::vector<std::vector<Path>> paths_;
  std::vector<std::unordered_multimap<std::uint64_t, int>> index_;
  std::int64_t size_ = 0;
};

template <class Skip>
std::vector<Cut> PathPool::violated(const std::vector<double>& x, const std::vector<double>& z,
                                    double tolerance, int per_cell, const Skip& skip) const {
  std::vector<Cut> chosen;
  for (std::vector<Cut>& found : check_all(x, z, tolerance)) {
    int taken = 0;
    for (const Cut& cut : found) {
      if (taken == per_cell) break;
      if (skip(cut.cell, cut.path)) continue;
      chosen.push_back(cut);
      ++taken;
    }
  }
  return chosen;
}

}  // namespace abatis::plan_detail
