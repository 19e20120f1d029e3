#pragma once
// Whether a site reaches a point: decided on the decimals as they are written, where the five
// figures have at most nine places; else in double precision.

#include <vector>

#include "abatis/cover/cover.hpp"

namespace abatis::covering {

class Within {
 public:
  // Both must outlive this.
  explicit Within(const CoverProblem& problem);

  // Squared distances up to `sure_in` of a site reach for certain, those above `sure_out` do not,
  // whatever is lost in rounding.
  double sure_in(int site) const { return sites_[static_cast<std::size_t>(site)].in; }
  double sure_out(int site) const { return sites_[static_cast<std::size_t>(site)].out; }
  bool operator()(int site, double x, double y) const {
    const Site& at = sites_[static_cast<std::size_t>(site)];
    const double square = (at.x - x) * (at.x - x) + (at.y - y) * (at.y - y);
    if (square <= at.in) return true;
    return square <= at.out && exactly(site, x, y);
  }

 private:
  struct Site {
    double x = 0, y = 0, in = 0, out = 0;
  };
  bool exactly(int site, double x, double y) const;

  const CoverProblem& problem_;
  std::vector<Site> sites_;
};

}  // namespace abatis::covering
