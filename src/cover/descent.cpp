// Subgradients of the bound with even prices, in floating point; what comes out is bounded anew in
// whole numbers.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "prices.hpp"

namespace abatis::covering {
namespace {

constexpr std::size_t kBlock = 4096;  // of groups or sites that one call of a loop looks at

class Descent {
 public:
  Descent(const Instance& instance, Prices& prices, const DescentOptions& options)
      : instance_(instance), options_(options), price_(prices.group) {
    weight_.assign(instance.weight.begin(), instance.weight.end());
    site_.resize(instance.row.size());
    part_.resize(instance.row.size());
    move_.assign(weight_.size(), 0);
    order_.resize(instance.row.size());
    std::iota(order_.begin(), order_.end(), 0);
  }

  double run(const std::function<void(const std::vector<int>&)>& look,
             const std::function<bool()>& stop) {
    double best = std::numeric_limits<double>::infinity();
    std::vector<double> best_price = price_;
    double pace = 1.0;
    int since = 0;
    for (int k = 0; k < options_.iterations && !stop(); ++k) {
      const double value = evaluate();
      if (k == 0 || value < best) {
        if (k == 0 || value < best - 1e-3 * (best - options_.target)) since = 0;
        best = value;
        best_price = price_;
      }
      if (best - options_.target <= std::max(options_.gap * best, 0.5)) break;
      if (k % 25 == 24) look(taken_);
      if (++since > 12) {
        pace *= 0.6;
        since = 0;
        if (pace < 0.004) break;
      }
      if (!step(value, pace)) break;
    }
    look(taken_);
    price_ = best_price;
    return best;
  }

 private:
  template <class Body>
  void blocks(std::size_t count, const Body& body) {
    const std::size_t blocks = (count + kBlock - 1) / kBlock;
    parallel_for(blocks, blocks > 8 ? options_.threads : 1,
                 [&](std::size_t b) { body(b * kBlock, std::min(count, (b + 1) * kBlock)); });
  }

  // The bound at the prices; sets what the knapsack takes of each site.
  double evaluate() {
    blocks(site_.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t s = begin; s < end; ++s) {
        double sum = static_cast<double>(instance_.own[s]);
        for (const int g : instance_.reach[static_cast<int>(s)]) sum += price_[at(g)];
        site_[s] = sum;
      }
    });
    double value = static_cast<double>(instance_.base);
    for (std::size_t g = 0; g < weight_.size(); ++g) {
      value += instance_.cap[g] * (weight_[g] - instance_.need[g] * price_[g]);
    }
    return value + knapsack();
  }

  double knapsack() {
    const auto rate = [&](int s) {
      return site_[at(s)] / static_cast<double>(instance_.cost[at(s)]);
    };
    std::sort(order_.begin(), order_.end(), [&](int a, int b) {
      const double ra = rate(a), rb = rate(b);
      return ra != rb ? ra > rb : a < b;
    });
    std::fill(part_.begin(), part_.end(), 0.0);
    taken_.clear();
    double money = static_cast<double>(instance_.budget);
    double value = 0;
    for (const int s : order_) {
      const double cost = static_cast<double>(instance_.cost[at(s)]);
      const double part = std::min(1.0, money / cost);
      if (part <= 0) break;
      part_[at(s)] = part;
      if (part >= 1) taken_.push_back(s);
      money -= part * cost;
      value += part * site_[at(s)];
      if (part < 1) break;
    }
    return value;
  }

  // Against the subgradient, each price in proportion to its group's weight and to the gap that is
  // left (Polyak), carried on from earlier steps.
  bool step(double value, double pace) {
    slope_.resize(weight_.size());
    for (std::size_t g = 0; g < weight_.size(); ++g)
      slope_[g] = -instance_.need[g] * instance_.cap[g];
    for (std::size_t s = 0; s < part_.size(); ++s) {
      if (part_[s] <= 0) continue;
      for (const int g : instance_.reach[static_cast<int>(s)]) slope_[at(g)] += part_[s];
    }
    double norm = 0;
    constexpr double kCarry = 0.6;
    for (std::size_t g = 0; g < weight_.size(); ++g) {
      const double top = weight_[g] / instance_.need[g];
      double move = slope_[g] + kCarry * move_[g];
      if ((price_[g] <= 0 && move > 0) || (price_[g] >= top && move < 0)) move = 0;
      move_[g] = move;
      norm += weight_[g] * move * move;
    }
    if (norm <= 0) return false;
    const double length = pace * (value - options_.target) / norm;
    for (std::size_t g = 0; g < weight_.size(); ++g) {
      const double top = weight_[g] / instance_.need[g];
      price_[g] = std::clamp(price_[g] - length * weight_[g] * move_[g], 0.0, top);
    }
    return true;
  }

  const Instance& instance_;
  const DescentOptions& options_;
  std::vector<double>& price_;
  std::vector<double> weight_, site_, part_, slope_, move_;
  std::vector<int> order_, taken_;
};

}  // namespace

double descend(const Instance& instance, Prices& prices, const DescentOptions& options,
               const std::function<void(const std::vector<int>&)>& look,
               const std::function<bool()>& stop) {
  if (instance.sites() == 0) return static_cast<double>(instance.base);
  return Descent(instance, prices, options).run(look, stop);
}

}  // namespace abatis::covering
