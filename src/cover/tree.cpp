// Branch and bound on the relaxation: the open node of the highest bound first, then down from it.

#include <algorithm>
#include <cmath>
#include <queue>

#include "abatis/base/numbers.hpp"
#include "search.hpp"

namespace abatis::covering {
namespace {

constexpr double kFraction = 1e-6;
constexpr int kReliable = 2;      // times that a site's effect is measured
constexpr int kMeasured = 4;      // sites measured at a node, at most
constexpr int kPivots = 30;       // of a measurement
constexpr int kColumnRounds = 3;  // at a node

}  // namespace

void Search::by_tree(const Instance& instance, DualLp& lp, Node root) {
  const auto lower_bound = [](const Node& a, const Node& b) { return a.bound < b.bound; };
  std::vector<Node> open;  // a heap
  open.push_back(std::move(root));
  effects_.assign(instance.row.size(), {});
  State state(instance);
  while (!open.empty()) {
    std::pop_heap(open.begin(), open.end(), lower_bound);
    Node node = std::move(open.back());
    open.pop_back();
    lower(node.bound, "tree");
    if (node.bound <= cutoff()) {
      dropped(node.bound);
      lower(std::max(node.bound, best_.value), "tree");
      return;
    }
    for (Node& next : dive(instance, lp, std::move(node), state)) {
      open.push_back(std::move(next));
      std::push_heap(open.begin(), open.end(), lower_bound);
    }
    if (stop()) break;
  }
  std::int64_t most = std::max(best_.value, dropped_);
  for (const Node& node : open) most = std::max(most, node.bound);
  lower(most, "tree");
}

// Follows one child after another down; what was left beside the way.
std::vector<Search::Node> Search::dive(const Instance& instance, DualLp& lp, Node node,
                                       State& state) {
  std::vector<Node> beside;
  for (;;) {
    ++nodes_;
    if (!tighten(instance, lp, node, state)) {
      if (stopped_) beside.push_back(std::move(node));
      return beside;
    }
    node.basis = std::make_shared<DualLp::Basis>(lp.basis());
    const Branch branch = choose_branch(instance, lp, node);
    if (stopped_) {
      beside.push_back(std::move(node));
      return beside;
    }
    Node other = node;
    node.fate[at(branch.site)] = branch.in_first ? Fate::in : Fate::out;
    other.fate[at(branch.site)] = branch.in_first ? Fate::out : Fate::in;
    beside.push_back(std::move(other));
  }
}

// Solves a node and decides what its bound allows, until nothing more is decided. False when the
// node is done with.
bool Search::tighten(const Instance& instance, DualLp& lp, Node& node, State& state) {
  int rounds = 0;
  for (bool first = true;; first = false) {
    std::int64_t money = instance.budget;
    int open = 0;
    for (int s = 0; s < instance.sites(); ++s) {
      if (node.fate[at(s)] == Fate::in) money -= instance.cost[at(s)];
    }
    if (money < 0) return false;  // no choice at all
    for (int s = 0; s < instance.sites(); ++s) {
      if (node.fate[at(s)] != Fate::open) continue;
      if (instance.cost[at(s)] > money) {
        node.fate[at(s)] = Fate::out;
      } else {
        ++open;
      }
    }
    std::vector<int> order;
    if (open == 0) {
      for (int s = 0; s < instance.sites(); ++s) {
        if (node.fate[at(s)] == Fate::in) order.push_back(s);
      }
      from_sites(instance, state, order, false);
      return false;
    }
    lp.decide(node.fate);
    if (first && node.basis) lp.restore(*node.basis);
    const bool solved = lp.solve([this] { return stop(); });
    const Bound bound = bound_by(instance, lp.prices(), node.fate);
    node.bound = std::min(node.bound, bound.value);
    if (!solved && stopped_) return false;
    if (node.bound > cutoff()) {
      for (int s = 0; s < instance.sites(); ++s) {
        if (lp.shares()[at(s)] > kFraction) order.push_back(s);
      }
      std::sort(order.begin(), order.end(), [&](int a, int b) {
        const double ya = lp.shares()[at(a)], yb = lp.shares()[at(b)];
        return ya != yb ? ya > yb : a < b;
      });
      from_sites(instance, state, order, nodes_ <= 10 || nodes_ % 20 == 0);
    }
    if (node.bound <= cutoff()) {
      dropped(node.bound);
      return false;
    }
    const bool decided = decide_by(bound, node.fate) > 0;
    const bool columns = rounds++ < kColumnRounds && lp.add_columns() > 0;
    if (!decided && !columns) return true;
  }
}

// The open site whose two sides take most off the bound, by what such decisions took before and a
// few pivots where little is known. With none in parts, one that is taken whole.
Search::Branch Search::choose_branch(const Instance& instance, DualLp& lp, const Node& node) {
  struct Candidate {
    double score = 0;
    int site = 0;
    double share = 0;
  };
  const auto score = [&](const Candidate& c) {
    const Effect& e = effects_[at(c.site)];
    const auto mean = [](double sum, int count) { return count > 0 ? sum / count : -1.0; };
    double in = mean(e.in, e.ins), out = mean(e.out, e.outs);
    if (in < 0 || out < 0) in = out = 1;  // unknown: the most divided first
    return std::max(in * (1 - c.share), 1e-9) * std::max(out * c.share, 1e-9);
  };
  std::vector<Candidate> candidates;
  int whole = -1, any = -1;
  for (int s = 0; s < instance.sites(); ++s) {
    if (node.fate[at(s)] != Fate::open) continue;
    const double share = lp.shares()[at(s)];
    any = any < 0 ? s : any;
    if (share >= 1 - kFraction && whole < 0) whole = s;
    if (share > kFraction && share < 1 - kFraction) candidates.push_back({0, s, share});
  }
  if (candidates.empty()) return {whole >= 0 ? whole : any, true};
  const double before = lp.value();
  std::vector<Candidate> known, unknown;
  for (Candidate& c : candidates) {
    c.score = score(c);
    const Effect& e = effects_[at(c.site)];
    (std::min(e.ins, e.outs) >= kReliable ? known : unknown).push_back(c);
  }
  const auto better = [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.site < b.site;
  };
  std::sort(unknown.begin(), unknown.end(), better);
  if (unknown.size() > kMeasured) unknown.resize(kMeasured);
  for (Candidate& c : unknown) {
    double drop[2] = {0, 0};
    for (const bool in : {false, true}) {
      auto fate = node.fate;
      fate[at(c.site)] = in ? Fate::in : Fate::out;
      lp.decide(fate);
      lp.restore(*node.basis);
      lp.solve([this] { return stop(); }, kPivots);
      if (stopped_) return {};
      drop[in] = std::max(0.0, before - lp.value());
    }
    Effect& e = effects_[at(c.site)];
    e.in += drop[1] / (1 - c.share);
    e.out += drop[0] / c.share;
    ++e.ins;
    ++e.outs;
    c.score = std::max(drop[1], 1e-9) * std::max(drop[0], 1e-9);
    known.push_back(c);
  }
  const auto chosen = *std::min_element(known.begin(), known.end(), better);
  return {chosen.site, chosen.share >= 0.5};
}

}  // namespace abatis::covering
