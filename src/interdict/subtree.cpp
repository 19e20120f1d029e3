#include "subtree.hpp"

#include <algorithm>

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

Subtree::Subtree(const TreeTask& task)
    : task_(task),
      limit_(task.limit),
      ascent_(task.layer, 4 * (most() + kUnit)),
      gains_(at(task.layer.nodes())) {
  State root;
  root.layer.domains = task_.layer.root;
  for (const auto& arc : task_.layer.arcs) {
    root.layer.price.push_back(kUnit * task_.problem->arcs[at(arc.id)].cost);
  }
  ascent_.clear(root.layer);
  open_.push_back(std::move(root));
}

Subtree::Subtree(const Subtree& from, std::vector<State> open)
    : task_(from.task_),
      limit_(from.limit_),
      ascent_(from.ascent_),
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

bool Subtree::settle(State& state, int passes, bool refresh) {
  if (!propagate(task_.layer, state.layer.domains)) return false;
  if (refresh) ascent_.sum_up(state.layer);
  return ascent_.settle(state.layer, passes, kUnit / 128, most());
}

bool Subtree::refuted_by_ways() {
  auto& root = open_.front();
  if (!propagate(task_.layer, root.layer.domains)) return true;
  ascent_.begin_with_ways(root.layer, most());
  return root.bound() > most() || !ascent_.settle(root.layer, kWayPasses, kUnit / 128, most());
}

bool Subtree::refuted_by_passes() {
  if (passed_) return false;
  passed_ = true;
  auto& root = open_.front();
  if (!propagate(task_.layer, root.layer.domains)) return true;
  ascent_.sum_up(root.layer);
  // From nothing the bound rises slowly at first, so passes are counted and not their gain.
  return !ascent_.settle(root.layer, kRootPasses, 0, most());
}

double Subtree::relax_root() {
  if (refuted_by_passes()) return kInfinity;
  auto& root = open_.front();
  lp_ = std::make_unique<LabelLp>(*task_.problem, task_.layer, root.layer.domains);
  lp_->begin_with(root.layer.messages);
  if (!relax(root, task_.stop)) return kInfinity;
  if (task_.stop()) return 0;
  lp_->drop_slack_rows();
  root.relaxed = true;
  return lp_value_;
}

// An optimal dual of the simplex lies in a corner, where passes move little; a part of the messages
// of before takes it out of there.
void Subtree::adopt_duals(State& state) {
  auto layer = state.layer;
  lp_->take_duals(layer);
  ascent_.complete(layer);
  auto& mixed = layer.messages.message;
  const auto& before = state.layer.messages.message;
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] += (before[i] - mixed[i]) / kMixed;
  ascent_.sum_up(layer);
  if (layer.messages.value > state.bound()) state.layer = std::move(layer);
}

// Solves the relaxation within the state's domains. False: nothing within the limit is there.
bool Subtree::relax(State& state, const std::function<bool()>& stop) {
  lp_->restrict_to(state.layer.domains);
  const auto solution = lp_->solve(limit_, stop);
  if (solution.stopped) return true;
  if (solution.value == kInfinity) return false;
  lp_value_ = solution.value;
  adopt_duals(state);
  take_hints(state);
  return settle(state, kNodePasses, false) && tighten(state, stop);
}

// Triples on top of what the linear program says, where they may refute the state.
bool Subtree::tighten(State& state, const std::function<bool()>& stop) {
  auto& layer = state.layer;
  if (nodes_ == 0 || most() - state.bound() > most() / kTriplesWithin) return true;
  auto clusters = Clusters::make(task_.layer, layer, most(), kMostWork);
  if (!clusters) return true;
  if (!clusters->settle(kTriplePatience, stop)) return false;
  clusters->narrow(layer.domains);
  return propagate(task_.layer, layer.domains);
}

// Branches until the state is a leaf or has children; they become open.
void Subtree::visit(State state, const std::function<bool()>& stop) {
  ++nodes_;
  for (;; state.relaxed = false) {  // again: domains have shrunk, the relaxation has more to say
    if (!state.relaxed) {
      if (!relax(state, stop)) return;
      if (stop()) {
        stopped_ = true;
        return;
      }
      if (nodes_ % kDropEvery == 0) lp_->drop_slack_rows();
    }
    if (inspect(state)) return;
    std::vector<State> children;
    const Choice choice = choose(state, children);
    if (choice == Choice::hopeless) return;
    if (choice == Choice::again) continue;
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
