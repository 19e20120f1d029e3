// Prices of the limits at given flows, the bound, and what the prices say to a reader.
#include <algorithm>
#include <cmath>

#include "equilibrium.hpp"

namespace abatis::plan_detail {

namespace {

constexpr int kPriceSteps = 12;

// Solves a x = b for a symmetric positive definite matrix of the listed rows (Cholesky), with a
// ridge; n is a dozen.
std::vector<double> solve_dense(std::vector<double> a, std::vector<double> b) {
  const std::size_t n = b.size();
  double trace = 0;
  for (std::size_t i = 0; i < n; ++i) trace += a[i * n + i];
  for (std::size_t i = 0; i < n; ++i) a[i * n + i] += 1e-9 * trace + 1e-12;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) {
      for (std::size_t i = j; i < n; ++i) a[i * n + j] -= a[i * n + k] * a[j * n + k];
    }
    const double root = std::sqrt(std::max(a[j * n + j], 1e-15));
    for (std::size_t i = j; i < n; ++i) a[i * n + j] /= root;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}

}  // namespace

// The part of the smoothed bound that depends on prices.
double Equilibrium::smoothed(const std::vector<double>& prices) const {
  double sum = 0;
  for (std::size_t l = 0; l < limits_.size(); ++l) sum += limits_[l].room * prices[l];
  std::vector<double> worth;
  for (std::size_t s = 0; s < site_columns_.size(); ++s) {
    worth.clear();
    if (!required_[s]) worth.push_back(0.0);
    for (const int c : site_columns_[s]) {
      if (barred_[at(c)]) continue;
      double w = benefit_[at(c)];
      for (const Use& use : use_[at(c)]) w -= use.amount * prices[at(use.limit)];
      worth.push_back(w);
    }
    if (worth.empty()) continue;
    const double top = *std::max_element(worth.begin(), worth.end());
    double total = 0;
    for (const double w : worth) total += std::exp((w - top) / temperature_);
    sum += top + temperature_ * std::log(total);
  }
  return sum;
}

void Equilibrium::slopes(std::vector<double>& gradient, std::vector<double>& curvature) const {
  const std::size_t n = limits_.size();
  gradient.resize(n);
  curvature.assign(n * n, 0.0);
  for (std::size_t l = 0; l < n; ++l) gradient[l] = limits_[l].room;
  std::vector<double> mean(n, 0.0);
  std::vector<char> seen(n, 0);
  std::vector<std::size_t> touched;  // limits that columns of the site use, ascending
  for (const auto& columns : site_columns_) {
    for (const int c : columns) {
      const double x = x_[at(c)];
      if (x < 1e-12) continue;
      const auto& uses = use_[at(c)];
      for (auto i = uses.begin(); i != uses.end(); ++i) {
        const std::size_t l = at(i->limit);
        if (!seen[l]) touched.push_back(l);
        seen[l] = 1;
        mean[l] += x * i->amount;
        for (auto j = uses.begin(); j <= i; ++j) {
          curvature[l * n + at(j->limit)] += x * i->amount * j->amount;
        }
      }
    }
    std::sort(touched.begin(), touched.end());
    for (auto i = touched.begin(); i != touched.end(); ++i) {
      gradient[*i] -= mean[*i];
      for (auto j = touched.begin(); j <= i; ++j) curvature[*i * n + *j] -= mean[*i] * mean[*j];
    }
    for (const std::size_t l : touched) {
      mean[l] = 0;
      seen[l] = 0;
    }
    touched.clear();
  }
  for (std::size_t l = 0; l < n; ++l) {
    for (std::size_t m = 0; m <= l; ++m) {
      curvature[l * n + m] /= temperature_;
      curvature[m * n + l] = curvature[l * n + m];
    }
  }
}

// One projected Newton step (Bertsekas 1982); false when nothing moves any more.
bool Equilibrium::price_step() {
  const std::size_t n = limits_.size();
  std::vector<double> gradient, curvature;
  slopes(gradient, curvature);
  std::vector<std::size_t> free;
  double open = 0, rooms = 0;
  for (std::size_t l = 0; l < n; ++l) {
    rooms = std::max(rooms, std::abs(limits_[l].room));
    if (limits_[l].price <= 0 && gradient[l] >= 0) continue;
    free.push_back(l);
    open = std::max(open, std::abs(gradient[l]));
  }
  if (free.empty() || open <= 1e-6 * (1 + rooms)) return false;
  std::vector<double> a, b;
  for (const std::size_t l : free) {
    b.push_back(-gradient[l]);
    for (const std::size_t m : free) a.push_back(curvature[l * n + m]);
  }
  const std::vector<double> step = solve_dense(a, b);
  std::vector<double> now(n), next(n);
  for (std::size_t l = 0; l < n; ++l) now[l] = limits_[l].price;
  const double before = smoothed(now);
  for (double length = 1; length > 1e-4; length *= 0.4) {
    next = now;
    for (std::size_t f = 0; f < free.size(); ++f) {
      next[free[f]] = std::max(0.0, now[free[f]] + length * step[f]);
    }
    if (smoothed(next) >= before) continue;
    for (std::size_t l = 0; l < n; ++l) limits_[l].price = next[l];
    reprice();
    return true;
  }
  // Newton overshoots where no site is undecided: a short step down the slope still helps.
  for (double length = temperature_; length > 1e-9 * temperature_; length *= 0.1) {
    next = now;
    for (const std::size_t l : free) {
      next[l] = std::max(0.0, now[l] - length * gradient[l] / (1 + open));
    }
    if (smoothed(next) >= before) continue;
    for (std::size_t l = 0; l < n; ++l) limits_[l].price = next[l];
    reprice();
    return true;
  }
  return false;
}

void Equilibrium::settle_prices() {
  for (int k = 0; k < kPriceSteps && price_step(); ++k) {
  }
}

double Equilibrium::bound(std::vector<double>* gain) const {
  // Benefits are summed anew from the flows: running sums would carry rounding into a proof.
  std::vector<double> benefit(x_.size(), 0.0);
  double sum = instance_.constant;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const PlanCell& cell = instance_.cells[i];
    double all = 0;
    for (const Route& r : routes_[i]) all += r.share;
    for (const Route& r : routes_[i]) {
      if (r.share <= 0) continue;
      const Path& path = pool_.of(cell.kase)[at(r.path)];
      const double weight = weight_[i] * r.share / all;
      const double cap = std::max(0.0, cell.top - path.length);
      sum += weight * path.length;
      for (const auto& [site, count] : path.steps) {
        for (const int c : site_columns_[at(site)]) {
          const double effect = count * instance_.effect(c, static_cast<int>(i));
          benefit[at(c)] += weight * std::min(effect, cap);
        }
      }
    }
  }
  for (const Limit& limit : limits_) sum += limit.room * limit.price;
  if (gain != nullptr) gain->assign(x_.size(), 0.0);
  for (std::size_t s = 0; s < site_columns_.size(); ++s) {
    double best = required_[s] ? -1e300 : 0.0;
    for (const int c : site_columns_[s]) {
      if (!barred_[at(c)]) best = std::max(best, benefit[at(c)] - price_[at(c)]);
    }
    if (site_columns_[s].empty()) continue;
    sum += best;
    for (const int c : site_columns_[s]) {
      if (gain != nullptr && !barred_[at(c)]) {
        (*gain)[at(c)] = std::min(0.0, benefit[at(c)] - price_[at(c)] - best);
      }
    }
  }
  return sum + 1e-11 * std::abs(sum);  // rounding of the sums above
}

std::vector<Cut> Equilibrium::used_paths(double share) const {
  std::vector<Cut> used;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    for (const Route& r : routes_[i]) {
      if (r.share > share) used.push_back({static_cast<int>(i), r.path, 0.0});
    }
  }
  return used;
}

std::vector<LimitPrice> Equilibrium::prices() const {
  RulePrices by_rule(instance_.problem);
  for (const Limit& limit : limits_) by_rule.add(limit.kind, limit.index, limit.price / limit.unit);
  return by_rule.prices(instance_.baseline);
}

}  // namespace abatis::plan_detail
