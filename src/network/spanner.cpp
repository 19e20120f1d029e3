#include "spanner.hpp"

#include <algorithm>
#include <tuple>

#include "abatis/base/numbers.hpp"

namespace abatis::network_detail {
namespace {

constexpr double kRounding = 1e-12;  // equal times may differ by the order of their sums

class Greedy {
 public:
  explicit Greedy(const std::vector<std::int32_t>& site)
      : site_(site), n_(site.size()), free_(n_ * n_, kInfinity), paid_(n_ * n_, kInfinity) {
    for (std::size_t i = 0; i < n_; ++i) free_[i * n_ + i] = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (site[i] >= 0) portals_.push_back(i);
    }
  }

  double distance(const LocalArc& arc) const {
    const std::size_t i = at(arc.from) * n_ + at(arc.to);
    return arc.charged ? std::min(free_[i], paid_[i]) : free_[i];
  }

  void add(const LocalArc& arc) {
    const std::size_t a = at(arc.from);
    const std::size_t b = at(arc.to);
    if (arc.charged) {
      for (std::size_t x = 0; x < n_; ++x) {
        const double head = free_[x * n_ + a] + arc.time_s;
        if (head == kInfinity) continue;
        for (const std::size_t y : portals_) {
          if (site_[y] == site_[b]) lower(paid_, x, y, head + free_[b * n_ + y]);
        }
      }
      return;
    }
    for (std::size_t x = 0; x < n_; ++x) {
      const double head = free_[x * n_ + a] + arc.time_s;
      if (head >= free_[x * n_ + b]) continue;  // then it shortens nothing from x
      for (std::size_t y = 0; y < n_; ++y) lower(free_, x, y, head + free_[b * n_ + y]);
      for (const std::size_t y : portals_) lower(paid_, x, y, head + paid_[b * n_ + y]);
    }
    if (site_[a] < 0 || site_[a] != site_[b]) return;
    for (std::size_t x = 0; x < n_; ++x) {  // paid at a, then on inside the site
      const double head = paid_[x * n_ + a] + arc.time_s;
      if (head == kInfinity) continue;
      for (const std::size_t y : portals_) {
        if (site_[y] == site_[a]) lower(paid_, x, y, head + free_[b * n_ + y]);
      }
    }
  }

 private:
  void lower(std::vector<double>& times, std::size_t x, std::size_t y, double to) const {
    double& time = times[x * n_ + y];
    time = std::min(time, to);
  }

  const std::vector<std::int32_t>& site_;
  std::size_t n_;
  std::vector<double> free_, paid_;  // n x n: paying for no site; for the end's site once
  std::vector<std::size_t> portals_;
};

}  // namespace

std::vector<LocalArc> needed_arcs(std::vector<LocalArc> arcs, const std::vector<std::int32_t>& site,
                                  double stretch) {
  std::sort(arcs.begin(), arcs.end(), [](const LocalArc& a, const LocalArc& b) {
    return std::tie(a.time_s, a.charged, a.from, a.to) <
           std::tie(b.time_s, b.charged, b.from, b.to);
  });
  Greedy greedy(site);
  std::vector<LocalArc> kept;
  for (const LocalArc& arc : arcs) {
    if (greedy.distance(arc) <= arc.time_s * (1 + stretch + kRounding)) continue;
    greedy.add(arc);
    kept.push_back(arc);
  }
  return kept;
}

}  // namespace abatis::network_detail
