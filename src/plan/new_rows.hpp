#pragma once
#include <cmath>
#include <vector>

#include <ClpSimplex.hpp>

namespace abatis::plan_detail {

// Rows on their way to the program, which takes many at once far quicker than one by one.
class NewRows {
 public:
  void term(int column, double value) {
    index_.push_back(column);
    value_.push_back(value);
  }
  void end(double low, double high) {
    low_.push_back(std::isinf(low) ? -COIN_DBL_MAX : low);
    high_.push_back(std::isinf(high) ? COIN_DBL_MAX : high);
    start_.push_back(static_cast<CoinBigIndex>(index_.size()));
  }
  void join(ClpSimplex& lp) const {
    lp.addRows(static_cast<int>(low_.size()), low_.data(), high_.data(), start_.data(),
               index_.data(), value_.data());
  }

 private:
  std::vector<double> low_, high_, value_;
  std::vector<CoinBigIndex> start_{0};
  std::vector<int> index_;
};

}  // namespace abatis::plan_detail
