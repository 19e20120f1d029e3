#include "subtree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "abatis/base/numbers.hpp"
#include "clusters.hpp"

namespace abatis::interdiction {
namespace {

constexpr int kRootPasses = 200;
constexpr int kWayPasses = 20;
constexpr int kNodePasses = 4;
constexpr Cost kMixed = 16;
constexpr std::int64_t kDropEvery = 64;  // nodes
constexpr double kTriplePatience = 40;
constexpr Cost kTriplesWithin = 10;  // this part of the limit

}  // namespace

Subtree::Subtree(const TreeTask& task) : task_(task), limit_(task.limit) {
  State root;
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
    root.layers.push_back(std::move(state));
    gains_.emplace_back(at(layer.nodes()));
  }
  open_.push_back(std::move(root));
}

Subtree::Subtree(const Subtree& from, std::vector<State> open)
    : task_(from.task_),
      limit_(from.limit_),
      ascents_(from.ascents_),
      lp_(std::make_unique<LabelLp>(*from.lp_)),
      open_(std::move(open)),
      gains_(from.gains_) {}

std::unique_ptr<Subtree> Subtree::split() {
  const auto later = open_.begin() + static_cast<std::ptrdiff_t>(open_.size() / 2);
  std::vector<State> open(std::make_move_iterator(open_.begin()), std::make_move_iterator(later));
  open_.erase(open_.begin(), later);
  return std::unique_ptr<Subtree>(new Subtree(*this, std::move(open)));
}

void Subtree::look_above(std::int64_t objective) {
  limit_ = std::min(limit_, task_.limit_after(objective));
}

Cost Subtree::room(const State& state, std::size_t layer) const {
  Cost others = state.constant;
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    if (l != layer) others += state.layers[l].messages.value;
  }
  return static_cast<Cost>(limit_) * kUnit - others;
}

Cost Subtree::value(const State& state) const {
  Cost sum = state.constant;
  for (const auto& layer : state.layers) sum += layer.messages.value;
  return sum;
}

bool Subtree::settle(State& state, int passes, bool refresh) {
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

bool Subtree::refuted_by_ways() {
  auto& root = open_.front();
  if (!propagate(task_.layers[0], root.layers[0].domains)) return true;
  const Cost most = room(root, 0);
  ascents_[0].begin_with_ways(root.layers[0], most);
  return value(root) > most || !ascents_[0].settle(root.layers[0], kWayPasses, kUnit / 128, most);
}

bool Subtree::refuted_by_passes() {
  if (passed_) return false;
  passed_ = true;
  auto& root = open_.front();
  if (!propagate(task_.layers[0], root.layers[0].domains)) return true;
  ascents_[0].sum_up(root.layers[0]);
  // From nothing the bound rises slowly at first, so passes are counted and not their gain.
  return !ascents_[0].settle(root.layers[0], kRootPasses, 0, room(root, 0));
}

// Messages of each year as if it alone had to reach its highest length at least cost. For the first
// rows: of all years together no arc has a price yet, so their messages say nothing.
std::vector<LayerState> Subtree::each_year_alone(std::vector<LayerState> layers) {
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const auto& layer = task_.layers[l];
    auto& state = layers[l];
    state.domains.lo[at(layer.sink)] = state.domains.hi[at(layer.sink)];
    if (!propagate(layer, state.domains)) continue;
    for (std::size_t e = 0; e < layer.arcs.size(); ++e) {
      state.price[e] = kUnit * task_.problem->arcs[at(layer.arcs[e].id)].cost;
    }
    ascents_[l].sum_up(state);
    ascents_[l].settle(state, kRootPasses, 0, std::numeric_limits<Cost>::max() / 4);
  }
  return layers;
}

double Subtree::relax_root() {
  auto& root = open_.front();
  if (task_.yearly ? !settle(root, 1, true) : refuted_by_passes()) return kInfinity;
  lp_ = std::make_unique<LabelLp>(*task_.problem, task_.layers, root.layers, task_.yearly);
  lp_->begin_with(task_.yearly ? each_year_alone(root.layers) : root.layers);
  root.fixed.assign(lp_->purchases().size(), -1);
  if (!relax(root, task_.stop)) return kInfinity;
  if (task_.stop()) return 0;
  lp_->drop_slack_rows();
  root.relaxed = true;
  return lp_value_;
}

// An optimal dual of the simplex lies in a corner, where passes move little; a part of the messages
// of before takes it out of there.
void Subtree::adopt_duals(State& state) {
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
bool Subtree::relax(State& state, const std::function<bool()>& stop) {
  for (std::size_t l = 0; l < state.layers.size(); ++l) {
    lp_->restrict_layer(static_cast<int>(l), state.layers[l].domains);
  }
  if (task_.yearly) lp_->restrict_purchases(state.fixed);
  const auto solution = lp_->solve(limit_, stop);
  if (solution.stopped) return true;
  if (solution.value == kInfinity) return false;
  lp_value_ = solution.value;
  adopt_duals(state);
  take_hints(state);
  return settle(state, kNodePasses, false) && (task_.yearly || tighten(state, stop));
}

// Of one year: triples on top of what the linear program says, where they may refute the state.
bool Subtree::tighten(State& state, const std::function<bool()>& stop) {
  auto& layer = state.layers[0];
  const Cost most = static_cast<Cost>(limit_) * kUnit;
  if (nodes_ == 0 || most - layer.messages.value > most / kTriplesWithin) return true;
  auto clusters = Clusters::make(task_.layers[0], layer, most, kMostWork);
  if (!clusters) return true;
  if (!clusters->settle(kTriplePatience, stop)) return false;
  clusters->narrow(layer.domains);
  return propagate(task_.layers[0], layer.domains);
}

// Branches until the state is a leaf or has children; they become open.
void Subtree::visit(State state, const std::function<bool()>& stop) {
  ++nodes_;
  for (;; state.relaxed = false) {  // again: domains have shrunk, the relaxation has more to say
    if (!state.relaxed) {
      if (task_.yearly && !settle(state, 1, true)) return;
      if (!relax(state, stop)) return;
      if (stop()) {
        stopped_ = true;
        return;
      }
      if (nodes_ % kDropEvery == 0) lp_->drop_slack_rows();
    }
    std::vector<State> children;
    if (inspect(state, children)) return;
    Choice choice = Choice::made;
    if (children.empty()) {
      choice = task_.yearly ? choose_by_lp(state, children) : choose(state, children);
    }
    if (choice == Choice::hopeless) return;
    if (choice != Choice::made) continue;
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      child->relaxed = false;
      open_.push_back(std::move(*child));
    }
    return;
  }
}

void Subtree::search(std::int64_t nodes, const std::function<bool()>& stop) {
  for (; nodes > 0 && !open_.empty() && !over() && !stopped_; --nodes) {
    stopped_ = stop();
    if (stopped_) return;
    State next = std::move(open_.back());
    open_.pop_back();
    visit(std::move(next), stop);
  }
}

}  // namespace abatis::interdiction
