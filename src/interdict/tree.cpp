#include "tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace abatis::interdiction {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kWhole = 1e-5;
constexpr int kRootPasses = 100;
constexpr int kNodePasses = 4;
constexpr int kProbed = 8;
constexpr int kProbeIterations = 40;

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

Tree::Tree(TreeTask task) : task_(std::move(task)) {
  const auto& problem = *task_.problem;
  const Cost unit = task_.yearly ? kUnit : 0;
  Cost most = 0;
  for (const auto& layer : task_.layers) most += layer.root.hi[at(layer.sink)] + 1;
  const Cost blocked =
      4 * kUnit * (task_.yearly ? most : static_cast<Cost>(task_.limit) + 1);
  for (const auto& layer : task_.layers) {
    ascents_.emplace_back(layer, unit, blocked);
    LayerState state;
    state.domains = layer.root;
    for (const auto& arc : layer.arcs) {
      state.price.push_back(task_.yearly ? 0 : kUnit * problem.arcs[at(arc.id)].cost);
    }
    ascents_.back().clear(state);
    root_.layers.push_back(std::move(state));
    gains_.emplace_back(at(layer.nodes()));
  }
}

Cost Tree::room(const State& state, std::size_t layer) const {
  Cost others = state.constant;
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    if (l != layer) others += state.layers[l].messages.value;
  }
  return static_cast<Cost>(task_.limit) * kUnit - others;
}

// A node's label never falls from one year to the next.
void Tree::link_years(State& state, bool& alive) const {
  const int nodes = task_.problem->nodes;
  (void)nodes;
  (void)state;
  (void)alive;
}

bool Tree::settle(State& state, int passes, bool refresh) {
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    auto& layer = state.layers[l];
    if (!propagate(task_.layers[l], layer.domains)) return false;
    if (refresh) ascents_[l].sum_up(layer);
  }
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    if (!ascents_[l].settle(state.layers[l], passes, kUnit / 128, room(state, l))) return false;
  }
  return true;
}

double Tree::root() {
  if (!settle(root_, task_.yearly ? 1 : kRootPasses, true)) return kNone;
  lp_ = std::make_unique<LabelLp>(*task_.problem, task_.layers, root_.layers, task_.yearly);
  lp_->begin_with(root_.layers);
  root_.fixed.assign(lp_->purchases().size(), -1);
  if (!relax(root_)) return kNone;
  return root_.value;
}

void Tree::adopt_duals(State& state) {
  auto layers = state.layers;
  const Cost constant = lp_->take_duals(layers, state.fixed);
  Cost value = constant, before = state.constant;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    ascents_[l].complete(layers[l]);
    ascents_[l].sum_up(layers[l]);
    value += layers[l].messages.value;
    before += state.layers[l].messages.value;
  }
  if (value < before) return;
  state.layers = std::move(layers);
  state.constant = constant;
}

// Solves the relaxation within the state's domains. False: nothing within the limit is there.
bool Tree::relax(State& state) {
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    lp_->restrict_layer(static_cast<int>(l), state.layers[l].domains);
  }
  if (task_.yearly) lp_->restrict_purchases(state.fixed);
  const auto solution = lp_->solve(task_.limit, task_.stop);
  if (solution.stopped) return true;
  if (solution.value == kNone) return false;
  state.value = solution.value;
  adopt_duals(state);
  return settle(state, kNodePasses, false);
}

bool Tree::whole(const State& state, std::vector<std::vector<Label>>& labels) const {
  labels.resize(task_.layers.size());
  for (std::size_t l = 0; l < task_.layers.size(); ++l) {
    const auto& domains = state.layers[l].domains;
    labels[l] = domains.lo;
    for (std::size_t v = 0; v < domains.lo.size(); ++v) {
      for (Label k = domains.lo[v] + 1; k <= domains.hi[v]; ++k) {
        const double share = lp_->label_share(static_cast<int>(l), static_cast<int>(v), k);
        if (share > kWhole && share < 1 - kWhole) return false;
        if (share > 0.5) labels[l][v] = k;
      }
    }
  }
  return true;
}

std::vector<InterdictPurchase> Tree::plan_of(const State& state,
                                             const std::vector<std::vector<Label>>& labels) const {
  (void)state;
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

bool Tree::make_guess(TreeEnd& end) {
  std::vector<std::pair<InterdictPurchase, double>> shares;
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
  if (!task_.guess(shares)) return false;
  end = TreeEnd::found;
  return true;
}

std::vector<Tree::Branch> Tree::candidates(const State& state) const {
  struct Scored {
    double score;
    Branch branch;
  };
  std::vector<Scored> scored;
  for (std::size_t l = 0; l < task_.layers.size(); ++l) {
    const auto& domains = state.layers[l].domains;
    for (std::size_t v = 0; v < domains.lo.size(); ++v) {
      double best = 2;
      Branch branch;
      for (Label k = domains.lo[v] + 1; k <= domains.hi[v]; ++k) {
        const double share = lp_->label_share(static_cast<int>(l), static_cast<int>(v), k);
        if (share <= kWhole || share >= 1 - kWhole) continue;
        if (std::abs(share - 0.5) >= best - 1e-9) continue;
        best = std::abs(share - 0.5);
        branch = {.layer = static_cast<int>(l), .node = static_cast<int>(v), .label = k};
        branch.up = 1 - share;  // how far the share must move
        branch.down = share;
      }
      if (branch.layer < 0) continue;
      const auto& gain = gains_[l][v];
      double score = 0.5 - best;
      if (gain.downs > 0 && gain.ups > 0) {
        score += 10 * std::min(gain.down / gain.downs, 3.0) * std::min(gain.up / gain.ups, 3.0);
      }
      scored.push_back({score, branch});
    }
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const Scored& a, const Scored& b) { return a.score > b.score; });
  std::vector<Branch> result;
  for (const auto& one : scored) result.push_back(one.branch);
  return result;
}

bool Tree::apply(State& state, const Branch& branch, bool up) {
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

double Tree::probe(const State& state, const Branch& branch, bool up) {
  auto layer = at(branch.layer);
  Domains domains = state.layers[layer].domains;
  if (up) {
    domains.lo[at(branch.node)] = branch.label;
  } else {
    domains.hi[at(branch.node)] = branch.label - 1;
  }
  if (!propagate(task_.layers[layer], domains)) return kNone;
  lp_->restrict_layer(branch.layer, domains);
  const double value = lp_->probe(task_.limit, kProbeIterations);
  lp_->restrict_layer(branch.layer, state.layers[layer].domains);
  lp_->restore_basis();
  return value;
}

void Tree::learn(const Branch& branch, bool up, double gain) {
  if (branch.layer < 0) return;
  auto& known = gains_[at(branch.layer)][at(branch.node)];
  (up ? known.up : known.down) += std::min(gain, 3.0);
  (up ? known.ups : known.downs) += 1;
}

// The branch whose two sides raise the bound most. `again`: a domain was made smaller instead, or the
// state is without hope (then no branch is returned).
Tree::Branch Tree::choose(State& state, bool& again) {
  auto list = candidates(state);
  again = false;
  if (list.empty()) return {};
  lp_->keep_basis();
  Branch best;
  double best_score = -1;
  int probed = 0, since = 0;
  for (auto& branch : list) {
    auto& known = gains_[at(branch.layer)][at(branch.node)];
    double down = 0, up = 0;
    if (known.downs > 0 && known.ups > 0) {
      down = known.down / known.downs;
      up = known.up / known.ups;
    } else {
      if (probed >= kProbed) continue;
      ++probed;
      const double below = probe(state, branch, false);
      const double above = probe(state, branch, true);
      if (below == kNone || above == kNone) {
        again = true;
        if (below == kNone && above == kNone) return {};
        if (!apply(state, branch, below == kNone)) return {};
        branch.layer = 0;
        return branch;
      }
      down = std::max(0.0, below - state.value);
      up = std::max(0.0, above - state.value);
      learn(branch, false, down);
      learn(branch, true, up);
    }
    const double score = std::max(down, 1e-3) * std::max(up, 1e-3);
    branch.down = down;
    branch.up = up;
    if (score > best_score) {
      best_score = score;
      best = branch;
      since = 0;
    } else if (++since > 2 * kProbed) {
      break;
    }
  }
  return best;
}

bool Tree::visit(State state, int depth, TreeEnd& end) {
  ++nodes_;
  for (bool solved = depth == 0;;) {
    if (task_.stop()) {
      end = TreeEnd::stopped;
      return true;
    }
    if (!solved && !settle(state, kNodePasses, true)) return false;
    if (!solved && !relax(state)) return false;
    if (task_.stop()) continue;
    std::vector<std::vector<Label>> labels;
    if (whole(state, labels)) {
      if (task_.found(plan_of(state, labels))) {
        end = TreeEnd::found;
        return true;
      }
      return false;
    }
    if ((nodes_ % 16 == 1) && make_guess(end)) return true;
    bool again = false;
    const Branch branch = choose(state, again);
    if (again && branch.layer < 0) return false;
    if (again) {
      solved = false;
      continue;
    }
    if (branch.layer < 0) return false;
    const double value = state.value;
    const bool up_first = branch.up < branch.down;
    for (const bool up : {up_first, !up_first}) {
      State child = state;
      child.value = value;
      if (apply(child, branch, up) && visit(std::move(child), depth + 1, end)) return true;
    }
    return false;
  }
}

TreeEnd Tree::run() {
  TreeEnd end = TreeEnd::nothing_left;
  visit(root_, 0, end);
  return end;
}

}  // namespace abatis::interdiction
