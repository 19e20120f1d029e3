#include "rounding.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace abatis::plan_detail {

namespace {
constexpr double kLeastFraction = 0.01;  // of a right side, below which rounding gains too little
constexpr double kReplacedFrom = 0.5;    // shares from here on are replaced first
// Sums this near to whole numbers are whole: what is left of them would spoil the scale of a row.
constexpr double kNoise = 1e-9;
constexpr double kNearWhole = 1e-6;  // shares this near to 0 or 1 are whole

class CoverRounding {
 public:
  CoverRounding(std::span<const double> a, std::span<const double> x) : a_(a), x_(x) {
    replaced_.assign(a.size(), 0);
    for (std::size_t j = 0; j < a.size(); ++j) replaced_[j] = x[j] >= kReplacedFrom;
  }

  RoundedCover best() {
    double divisor = 0;
    for (std::size_t j = 0; j < a_.size(); ++j) {
      if (x_[j] > kNearWhole && x_[j] < 1 - kNearWhole && a_[j] != divisor) look(a_[j], divisor);
    }
    if (divisor == 0) return {};
    for (const double part : {2.0, 4.0, 8.0}) look(divisor / part, divisor);
    // Further terms are replaced, or are no longer, the nearest to a half first.
    std::vector<std::size_t> order;
    for (std::size_t j = 0; j < a_.size(); ++j) {
      if (x_[j] > kNearWhole && x_[j] < 1 - kNearWhole) order.push_back(j);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
      const double here = std::abs(x_[i] - kReplacedFrom), there = std::abs(x_[j] - kReplacedFrom);
      return here != there ? here < there : i < j;
    });
    for (const std::size_t j : order) {
      replaced_[j] ^= 1;
      if (!look(divisor, divisor)) replaced_[j] ^= 1;
    }
    return std::move(best_);
  }

 private:
  // Takes the row of this divisor where it is the most violated one so far.
  bool look(double divisor, double& chosen) {
    double left = 1;
    for (std::size_t j = 0; j < a_.size(); ++j) {
      if (replaced_[j]) left -= a_[j];
    }
    const double whole = std::floor(left / divisor), fraction = left / divisor - whole;
    if (fraction < kLeastFraction || fraction > 1 - 1e-6) return false;
    const auto rounded = [&](double v) {
      const double floor = std::floor(v + kNoise);
      const double value = floor + std::min(1.0, std::max(0.0, v - floor) / fraction);
      const double nearest = std::round(value);
      return std::abs(value - nearest) < kNoise ? nearest : value;
    };
    double low = whole + 1, has = 0, length = 0;
    value_.clear();
    for (std::size_t j = 0; j < a_.size(); ++j) {
      double v = rounded((replaced_[j] ? -a_[j] : a_[j]) / divisor);
      if (replaced_[j]) {
        low -= v;
        v = -v;
      }
      value_.push_back(v);
      has += v * x_[j];
      length += v * v;
    }
    const double violation = (low - has) / std::sqrt(length);
    if (!(violation > most_) || low <= 0) return false;
    most_ = violation;
    chosen = divisor;
    best_.lack = 1 - has / low;
    best_.value = value_;
    for (double& v : best_.value) v /= low;
    return true;
  }

  std::span<const double> a_, x_;
  std::vector<char> replaced_;
  std::vector<double> value_;
  RoundedCover best_;
  double most_ = 1e-6;
};
}  // namespace

RoundedCover rounded(std::span<const double> a, std::span<const double> x) {
  return CoverRounding(a, x).best();
}

}  // namespace abatis::plan_detail
