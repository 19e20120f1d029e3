#include "within.hpp"

#include <algorithm>
#include <cmath>

#include "scale.hpp"

namespace abatis::covering {
namespace {

int decimals_of(const CoverProblem& problem) {
  int decimals = 0;
  std::int64_t whole = 0;
  const auto holds = [&](double value) {
    while (decimals <= kMaxDecimals && !whole_at(value, decimals, whole)) ++decimals;
    return decimals <= kMaxDecimals;
  };
  if (!holds(problem.radius)) return -1;
  for (const auto& site : problem.sites) {
    if (!holds(site.x) || !holds(site.y) || (site.radius && !holds(*site.radius))) return -1;
  }
  for (const auto& point : problem.demand) {
    if (!holds(point.x) || !holds(point.y)) return -1;
  }
  // A finer scale may be too fine for a figure that came before.
  const auto fits = [&](double value) { return whole_at(value, decimals, whole); };
  bool all = fits(problem.radius);
  for (const auto& site : problem.sites) {
    all = all && fits(site.x) && fits(site.y) && (!site.radius || fits(*site.radius));
  }
  for (const auto& point : problem.demand) all = all && fits(point.x) && fits(point.y);
  return all ? decimals : -1;
}

}  // namespace

// A coordinate is off by 2^-53 of itself at most, so a squared distance near r^2 by some 2^-50 of
// r times the furthest coordinate, and the square of 2^-51 of that.
Within::Within(const CoverProblem& problem) : problem_(problem) {
  double furthest = 0;
  for (const auto& site : problem.sites) {
    furthest = std::max({furthest, std::abs(site.x), std::abs(site.y)});
  }
  for (const auto& point : problem.demand) {
    furthest = std::max({furthest, std::abs(point.x), std::abs(point.y)});
  }
  const double off = std::ldexp(furthest, -48);
  for (const auto& site : problem.sites) {
    const double r = site.radius.value_or(problem.radius);
    const double margin = r * (off + std::ldexp(r, -48)) + off * off;
    sites_.push_back({site.x, site.y, r * r - margin, r * r + margin});
  }
}

bool Within::exactly(int site, double x, double y) const {
  std::call_once(once_, [&] { decimals_ = decimals_of(problem_); });
  const auto& at = problem_.sites[static_cast<std::size_t>(site)];
  const double r = at.radius.value_or(problem_.radius);
  if (decimals_ < 0) return (at.x - x) * (at.x - x) + (at.y - y) * (at.y - y) <= r * r;
  const auto whole = [&](double value) {
    std::int64_t result = 0;
    whole_at(value, decimals_, result);
    return static_cast<Wide>(result);
  };
  const Wide dx = whole(at.x) - whole(x);
  const Wide dy = whole(at.y) - whole(y);
  return dx * dx + dy * dy <= whole(r) * whole(r);
}

}  // namespace abatis::covering
