#include "tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "abatis/base/sort.hpp"

namespace abatis::interdiction {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr double kWhole = 1e-5;
constexpr int kRootPasses = 200;
constexpr int kNodePasses = 4;
constexpr int kProbed = 8;
constexpr int kProbePasses = 3;
constexpr Cost kMixed = 16;

std::size_t at(std::int64_t index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Tree::Tree(TreeTask task) : task_(std::move(task)) {
  const auto& problem = *task_.problem;
  const Cost unit = task_.yearly ? kUnit : 0;
  Cost most = 0;
  for (const auto& layer : task_.layers) most += layer.root.hi[at(layer.sink)] + 1;
  const Cost blocked = 4 * kUnit * (task_.yearly ? most : static_cast<Cost>(task_.limit) + 1);
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

Cost Tree::value(const State& state) const {
  Cost sum = state.constant;
  for (const auto& layer : state.layers) sum += layer.messages.value;
  return sum;
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

bool Tree::refuted_by_passes() {
  if (!settle(root_, 1, true)) return true;
  // From nothing the bound rises slowly at first, so passes are counted and not their gain.
  return !ascents_[0].settle(root_.layers[0], kRootPasses, 0, room(root_, 0));
}

double Tree::root() {
  if (task_.yearly ? !settle(root_, 1, true) : refuted_by_passes()) return kNone;
  lp_ = std::make_unique<LabelLp>(*task_.problem, task_.layers, root_.layers, task_.yearly);
  lp_->begin_with(root_.layers);
  root_.fixed.assign(lp_->purchases().size(), -1);
  if (!relax(root_)) return kNone;
  if (task_.stop()) return 0;
  lp_->drop_slack_rows();
  return lp_value_;
}

// An optimal dual of the simplex lies in a corner, where passes move little; a part of the messages
// of before takes it out of there.
void Tree::adopt_duals(State& state) {
  auto layers = state.layers;
  const Cost constant = lp_->take_duals(layers, state.fixed);
  Cost sum = constant;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    ascents_[l].complete(layers[l]);
    if (!task_.yearly) {
      auto& mixed = layers[l].messages.message;
      const auto& before = state.layers[l].messages.message;
      for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] += (before[i] - mixed[i]) / kMixed;
    }
    ascents_[l].sum_up(layers[l]);
    sum += layers[l].messages.value;
  }
  if (sum <= value(state)) return;
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
  lp_value_ = solution.value;
  adopt_duals(state);
  take_hints(state);
  return settle(state, kNodePasses, false);
}

bool Tree::whole(const State& state, std::vector<std::vector<Label>>& labels) const {
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

std::vector<InterdictPurchase> Tree::plan_of(const std::vector<std::vector<Label>>& labels) const {
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

bool Tree::make_guess() {
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
  end_ = TreeEnd::found;
  return true;
}

// For each node the label that is nearest to one half.
void Tree::take_hints(State& state) const {
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

bool Tree::apply(State& state, const Branch& branch, bool up) const {
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
Tree::Choice Tree::choose(State& state, std::vector<State>& children) {
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
Tree::Choice Tree::choose_by_lp(State& state, std::vector<State>& children) {
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
    if (probe.down == kNone || probe.up == kNone) {
      if (probe.down == probe.up || !apply(state, branch, probe.down == kNone)) {
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

// Buys what is needed earliest first. False when the budgets do not allow it that way.
bool Tree::schedule(std::vector<InterdictPurchase>& plan) const {
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
int Tree::undecided_purchase(const State& state) const {
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
bool Tree::inspect(State& state, int depth, std::vector<State>& children, bool& over) {
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
    over = task_.found(plan);
    if (over) end_ = TreeEnd::found;
    return true;
  }
  over = (depth == 0 || nodes_ % 16 == 0) && make_guess();
  return over;
}

bool Tree::visit(State state, int depth) {
  ++nodes_;
  for (bool relaxed = depth == 0;;) {
    if (task_.stop()) {
      end_ = TreeEnd::stopped;
      return true;
    }
    if (!relaxed) {
      if (task_.yearly && !settle(state, 1, true)) return false;
      if (!relax(state)) return false;
      if (task_.stop()) continue;
      if (nodes_ % 64 == 0) lp_->drop_slack_rows();
    }
    std::vector<State> children;
    bool over = false;
    if (inspect(state, depth, children, over)) return over;
    Choice choice = Choice::made;
    if (children.empty()) {
      choice = task_.yearly ? choose_by_lp(state, children) : choose(state, children);
    }
    if (choice == Choice::hopeless) return false;
    if (choice == Choice::made) {
      for (auto& child : children) {
        if (visit(std::move(child), depth + 1)) return true;
      }
      return false;
    }
    relaxed = false;  // domains have shrunk: the relaxation has more to say
  }
}

TreeEnd Tree::run() {
  end_ = TreeEnd::nothing_left;
  visit(root_, 0);
  return end_;
}

}  // namespace abatis::interdiction
