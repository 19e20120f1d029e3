#pragma once
// The objective as the known paths see it: never below the true one, equal where the shortest
// path is known, and cheap to update when one purchase changes. Local search runs on it.

#include <memory>
#include <vector>

#include "instance.hpp"
#include "paths.hpp"

namespace abatis::plan_detail {

class Surrogate {
 public:
  // `use` lists, by case, the paths of the pool to look at.
  Surrogate(const Instance& instance, const PathPool& pool,
            const std::vector<std::vector<int>>& use, const std::vector<int>& plan);
  double value() const { return value_; }
  const std::vector<double>& times() const { return time_; }  // by cell, s
  // Change of value when the columns in `drop` go and those in `take` come; with a tail, and a
  // small part of the change of the mean. Only cells in which their effects differ are looked at,
  // and of those all paths only where the shortest gets longer.
  double change(const std::vector<int>& drop, const std::vector<int>& take);
  void apply(const std::vector<int>& drop, const std::vector<int>& take);
  // Adds one path to a case; the plan is needed to price it.
  void add_path(int kase, const Path& path, const std::vector<int>& plan);

 private:
  struct Visit {
    int path = 0, count = 0;
  };
  struct Delta {
    int site = 0;
    double by = 0;  // s a visit
  };
  void find_deltas(int cell, const std::vector<int>& drop, const std::vector<int>& take);
  double least_after(int cell);
  void settle(int cell);
  const std::vector<Visit>& visits(int cell, int site) const {
    return (*visits_)[at(instance_.cells[at(cell)].kase)][at(site)];
  }

  using Visits = std::vector<std::vector<std::vector<Visit>>>;  // by case, site
  const Instance& instance_;
  std::vector<std::vector<double>> length_;  // by cell, path
  std::shared_ptr<Visits> visits_;           // by copies together until a path is added to one
  std::vector<double> time_;                 // by cell
  std::vector<double> after_;                // by cell: scratch of change()
  std::vector<int> shortest_;                // by cell: a path, -1 = `top` is less
  std::vector<Delta> deltas_;                // of the cell in work
  std::vector<double> scratch_;
  double value_ = 0;
};

}  // namespace abatis::plan_detail
