#pragma once
// Which purchases some cells can do without.

#include <vector>

#include "books.hpp"
#include "paths.hpp"

namespace abatis::plan_detail {

class Spares {
 public:
  // What is in `books` stands. `least`: what the cells keep, s, by entry of `cells`.
  Spares(const Instance& instance, PathPool& pool, const Books& books, std::vector<int> cells,
         std::vector<double> least);
  // Takes away a column that stands when all cells keep their least without it; else nothing
  // changes, and the path that shows it is in the pool. Known paths are looked at before shortest
  // ones are looked for.
  bool take(int column);

 private:
  int kase(std::size_t i) const { return instance_.cells[at(cells_[i])].kase; }
  double length(std::size_t i, const Path& path) const;
  void catch_up(std::size_t i);
  bool known_short(std::size_t i, int site, double effect) const;

  const Instance& instance_;
  PathPool& pool_;
  std::vector<int> cells_;
  std::vector<double> least_;
  std::vector<std::vector<double>> stands_;  // by entry of cells_, site: what acts there, s
  std::vector<std::vector<double>> delay_;   // the same by place
  std::vector<std::vector<double>> length_;  // by entry of cells_, path of its case, s
  GraphSearch::Scratch scratch_;
};

}  // namespace abatis::plan_detail
