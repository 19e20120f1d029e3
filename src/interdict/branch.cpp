// What a solved relaxation says, and where to branch.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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

bool Subtree::whole(const State& state, std::vector<std::vector<Label>>& labels) const {
  labels.resize(task_.layers.size());
  for (std::size_t l = 0; l < task_.layers.size(); ++l) {
    const auto& domains = state.layers[l].domains;
    labels[l] = domains.lo;
    for (std::size_t v = 0; v < domains.lo.size(); ++v) {
      // Passes may have taken off labels that the solution has.
      const auto share_at = [&](Label k) {
        return lp_->label_share(static_cast<int>(l), static_cast<int>(v), k);
      };
      if (share_at(domains.lo[v]) < 1 - kWhole || share_at(domains.hi[v] + 1) > kWhole)
        return false;
      for (Label k = domains.lo[v] + 1; k <= domains.hi[v]; ++k) {
        const double share = share_at(k);
        if (share > kWhole && share < 1 - kWhole) return false;
        if (share > 0.5) labels[l][v] = k;
      }
    }
  }
  return true;
}

std::vector<InterdictPurchase> Subtree::plan_of(
    const std::vector<std::vector<Label>>& labels) const {
  std::vector<int> first(task_.problem->arcs.size(), -1);
  for (std::size_t l = task_.layers.size(); l-- > 0;) {
    for (const auto& arc : task_.layers[l].arcs) {
      if (labels[l][at(arc.head)] > labels[l][at(arc.tail)] + arc.length) {
        first[at(arc.id)] = static_cast<int>(l);
      }
    }
  }
  std::vector<InterdictPurchase> plan;
  for (std::size_t a = 0; a < first.size(); ++a) {
    if (first[a] >= 0) plan.push_back({static_cast<int>(a), first[a]});
  }
  return plan;
}

Shares Subtree::shares() const {
  Shares shares;
  if (task_.yearly) {
    for (std::size_t p = 0; p < lp_->purchases().size(); ++p) {
      const double share = lp_->purchase_share(static_cast<int>(p));
      if (share > kWhole) {
        shares.push_back({{lp_->purchases()[p].arc, lp_->purchases()[p].year}, share});
      }
    }
  } else {
    for (std::size_t e = 0; e < task_.layers[0].arcs.size(); ++e) {
      const double share = lp_->bought(0, static_cast<int>(e));
      if (share > kWhole) shares.push_back({{task_.layers[0].arcs[e].id, 0}, share});
    }
  }
  return shares;
}

void Subtree::take(const std::vector<InterdictPurchase>& plan) {
  const auto objective = task_.objective(plan);
  if (objective <= best_.objective) return;
  best_ = {objective, plan};
  look_above(objective);
}

// Buys what is needed earliest first. False when the budgets do not allow it that way.
bool Subtree::schedule(std::vector<InterdictPurchase>& plan) const {
  sort_stably(plan, [](const auto& a, const auto& b) { return a.year < b.year; });
  auto left = task_.problem->budgets;
  for (auto& purchase : plan) {
    const auto cost = task_.problem->arcs[at(purchase.arc)].cost;
    int year = 0;
    while (year <= purchase.year && left[at(year)] < cost) ++year;
    if (year > purchase.year) return false;
    left[at(year)] -= cost;
    purchase.year = year;
  }
  return true;
}

// The purchase of several years that is nearest to one half; -1 when all are whole.
int Subtree::undecided_purchase(const State& state) const {
  int found = -1;
  double best = 0.5 - kWhole;
  for (std::size_t p = 0; p < lp_->purchases().size(); ++p) {
    const double distance = std::abs(lp_->purchase_share(static_cast<int>(p)) - 0.5);
    if (state.fixed[p] >= 0 || distance >= best) continue;
    best = distance;
    found = static_cast<int>(p);
  }
  return found;
}

// A solved relaxation: is it a plan, or near one? True: the state is done with. Labels can be whole
// while their arcs do not fit into the budgets of single years: then purchases are branched on.
bool Subtree::inspect(const State& state, std::vector<State>& children) {
  std::vector<std::vector<Label>> labels;
  if (whole(state, labels)) {
    auto plan = plan_of(labels);
    if (task_.yearly && !schedule(plan)) {
      plan.clear();
      const int purchase = undecided_purchase(state);
      for (const bool up : {true, false}) {
        if (purchase < 0) break;
        State child = state;
        apply(child, {.purchase = purchase}, up);
        children.push_back(std::move(child));
      }
      if (!children.empty()) return false;
      for (std::size_t p = 0; p < lp_->purchases().size(); ++p) {
        if (lp_->purchase_share(static_cast<int>(p)) < 0.5) continue;
        plan.push_back({lp_->purchases()[p].arc, lp_->purchases()[p].year});
      }
    }
    take(plan);
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
  for (std::size_t l = 0; l < task_.layers.size(); ++l) {
    const auto& domains = state.layers[l].domains;
    for (std::size_t v = 0; v < domains.lo.size(); ++v) {
      double best = 0.5 - kWhole;
      Branch branch{.node = static_cast<int>(v)};
      for (Label k = domains.lo[v] + 1; k <= domains.hi[v]; ++k) {
        const double share = lp_->label_share(static_cast<int>(l), static_cast<int>(v), k);
        if (std::abs(share - 0.5) >= best - 1e-9) continue;
        best = std::abs(share - 0.5);
        branch.layer = static_cast<int>(l);
        branch.label = k;
      }
      if (branch.layer >= 0) scored.emplace_back(0.5 - best + gains_[l][v], branch);
    }
  }
  sort_stably(scored, [](const auto& a, const auto& b) { return a.first > b.first; });
  state.hints.clear();
  for (const auto& one : scored) state.hints.push_back(one.second);
}

bool Subtree::apply(State& state, const Branch& branch, bool up) const {
  if (branch.purchase >= 0) {
    state.fixed[at(branch.purchase)] = up ? 1 : 0;
    return true;
  }
  auto& domains = state.layers[at(branch.layer)].domains;
  if (up) {
    domains.lo[at(branch.node)] = std::max(domains.lo[at(branch.node)], branch.label);
  } else {
    domains.hi[at(branch.node)] = std::min(domains.hi[at(branch.node)], branch.label - 1);
  }
  return domains.lo[at(branch.node)] <= domains.hi[at(branch.node)];
}

// The branch whose two sides raise the bound most, by a few passes on each side.
Subtree::Choice Subtree::choose(State& state, std::vector<State>& children) {
  const Cost before = value(state);
  double best = -1;
  int tried = 0;
  for (std::size_t i = 0; i < state.hints.size() && tried < kProbed; ++i) {
    const Branch branch = state.hints[i];
    const auto& domains = state.layers[at(branch.layer)].domains;
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
      const double gain = static_cast<double>(value(side) - before) / static_cast<double>(kUnit);
      score *= std::max(gain, 0.02);
    }
    if (!alive[0] && !alive[1]) return Choice::hopeless;
    if (!alive[0] || !alive[1]) {
      state = std::move(sides[alive[0] ? 0 : 1]);
      return Choice::again;
    }
    auto& gain = gains_[at(branch.layer)][at(branch.node)];
    gain = 0.5 * (gain + std::min(1.0, 2 * std::sqrt(score)));
    if (score <= best) continue;
    best = score;
    children = std::move(sides);
  }
  if (tried == 0) return Choice::none;
  if (value(children[1]) < value(children[0])) std::swap(children[0], children[1]);
  return Choice::made;
}

// The same by a few pivots of the simplex: prices differ between plans of several years.
Subtree::Choice Subtree::choose_by_lp(State& state, std::vector<State>& children) {
  std::vector<LabelLp::Probe> probes;
  for (const auto& hint : state.hints) {
    const auto& domains = state.layers[at(hint.layer)].domains;
    if (hint.label <= domains.lo[at(hint.node)] || hint.label > domains.hi[at(hint.node)]) continue;
    if (probes.size() < kProbed) probes.push_back({hint.layer, hint.node, hint.label});
  }
  if (probes.empty()) return Choice::none;
  lp_->probe(probes);
  bool again = false;
  double best = -1;
  const LabelLp::Probe* chosen = nullptr;
  for (const auto& probe : probes) {
    const Branch branch{.layer = probe.layer, .node = probe.node, .label = probe.label};
    if (probe.down == kInfinity || probe.up == kInfinity) {
      if (probe.down == probe.up || !apply(state, branch, probe.down == kInfinity)) {
        return Choice::hopeless;
      }
      again = true;
      continue;
    }
    const double score = std::max(probe.down, 1e-3) * std::max(probe.up, 1e-3);
    auto& gain = gains_[at(probe.layer)][at(probe.node)];
    gain = 0.5 * (gain + std::min(1.0, 2 * std::sqrt(score)));
    if (score <= best) continue;
    best = score;
    chosen = &probe;
  }
  if (again) return Choice::again;
  const Branch branch{.layer = chosen->layer, .node = chosen->node, .label = chosen->label};
  const bool up_first = chosen->up < chosen->down;
  for (const bool up : {up_first, !up_first}) {
    State child = state;
    if (apply(child, branch, up)) children.push_back(std::move(child));
  }
  return Choice::made;
}

}  // namespace abatis::interdiction
