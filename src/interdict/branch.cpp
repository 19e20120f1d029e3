// What a solved relaxation says, and where to branch.

#include <algorithm>
#include <array>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "abatis/base/sort.hpp"
#include "subtree.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kWhole = 1e-5;
constexpr int kProbed = 8;
constexpr int kProbePasses = 3;
constexpr std::int64_t kGuessEvery = 16;  // nodes

}  // namespace

bool Subtree::whole(const State& state, std::vector<Label>& labels) const {
  const auto& domains = state.layer.domains;
  labels = domains.lo;
  for (int v = 0; v < task_.layer.nodes(); ++v) {
    const Label lo = domains.lo[at(v)], hi = domains.hi[at(v)];
    // Passes may have taken off labels that the solution has.
    if (lp_->label_share(v, lo) < 1 - kWhole || lp_->label_share(v, hi + 1) > kWhole) return false;
    for (Label k = lo + 1; k <= hi; ++k) {
      const double share = lp_->label_share(v, k);
      if (share > kWhole && share < 1 - kWhole) return false;
      if (share > 0.5) labels[at(v)] = k;
    }
  }
  return true;
}

std::vector<InterdictPurchase> Subtree::plan_of(const std::vector<Label>& labels) const {
  std::vector<InterdictPurchase> plan;
  for (const auto& arc : task_.layer.arcs) {
    if (labels[at(arc.head)] > labels[at(arc.tail)] + arc.length) plan.push_back({arc.id, 0});
  }
  return plan;
}

Shares Subtree::shares() const {
  Shares shares;
  for (std::size_t e = 0; e < task_.layer.arcs.size(); ++e) {
    const double share = lp_->bought(static_cast<int>(e));
    if (share > kWhole) shares.push_back({{task_.layer.arcs[e].id, 0}, share});
  }
  return shares;
}

void Subtree::take(const std::vector<InterdictPurchase>& plan) {
  const auto objective = task_.objective(plan);
  if (objective <= best_.objective) return;
  best_ = {objective, plan};
  look_above(objective);
}

// A solved relaxation: is it a plan, or near one? True: the state is done with.
bool Subtree::inspect(const State& state) {
  std::vector<Label> labels;
  if (whole(state, labels)) {
    take(plan_of(labels));
    return true;
  }
  if (++since_guess_ < kGuessEvery) return false;
  since_guess_ = 0;
  take(task_.guess(shares()));
  return over();
}

// For each node the label that is nearest to one half.
void Subtree::take_hints(State& state) const {
  std::vector<std::pair<double, Branch>> scored;
  const auto& domains = state.layer.domains;
  for (int v = 0; v < task_.layer.nodes(); ++v) {
    double best = 0.5 - kWhole;
    Label label = domains.lo[at(v)];
    for (Label k = label + 1; k <= domains.hi[at(v)]; ++k) {
      const double distance = std::abs(lp_->label_share(v, k) - 0.5);
      if (distance >= best - 1e-9) continue;
      best = distance;
      label = k;
    }
    if (label > domains.lo[at(v)]) scored.push_back({0.5 - best + gains_[at(v)], {v, label}});
  }
  sort_stably(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
  state.hints.clear();
  for (const auto& one : scored) state.hints.push_back(one.second);
}

bool Subtree::apply(State& state, const Branch& branch, bool up) {
  auto& lo = state.layer.domains.lo[at(branch.node)];
  auto& hi = state.layer.domains.hi[at(branch.node)];
  if (up) {
    lo = std::max(lo, branch.label);
  } else {
    hi = std::min(hi, branch.label - 1);
  }
  return lo <= hi;
}

// The branch whose two sides raise the bound most, by a few passes on each side.
Subtree::Choice Subtree::choose(State& state, std::vector<State>& children) {
  const Cost before = state.bound();
  double best = -1;
  int tried = 0;
  for (std::size_t i = 0; i < state.hints.size() && tried < kProbed; ++i) {
    const Branch branch = state.hints[i];
    const auto& domains = state.layer.domains;
    if (branch.label <= domains.lo[at(branch.node)] || branch.label > domains.hi[at(branch.node)]) {
      continue;
    }
    ++tried;
    std::vector<State> sides(2, state);
    std::array<bool, 2> alive{};
    double score = 1;
    for (const bool up : {false, true}) {
      auto& side = sides[up ? 1 : 0];
      alive[up ? 1 : 0] = apply(side, branch, up) && settle(side, kProbePasses, true);
      const double gain = static_cast<double>(side.bound() - before) / static_cast<double>(kUnit);
      score *= std::max(gain, 0.02);
    }
    if (!alive[0] && !alive[1]) return Choice::hopeless;
    if (!alive[0] || !alive[1]) {
      state = std::move(sides[alive[0] ? 0 : 1]);
      return Choice::again;
    }
    auto& gain = gains_[at(branch.node)];
    gain = 0.5 * (gain + std::min(1.0, 2 * std::sqrt(score)));
    if (score <= best) continue;
    best = score;
    children = std::move(sides);
  }
  if (tried == 0) return Choice::again;
  if (children[1].bound() < children[0].bound()) std::swap(children[0], children[1]);
  return Choice::made;
}

}  // namespace abatis::interdiction
