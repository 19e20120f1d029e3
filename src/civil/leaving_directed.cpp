// Ways told to people, round what would be the queues of their own.

#include <algorithm>
#include <cmath>
#include <utility>

#include "leaving_flow.hpp"

namespace abatis::civil_detail {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

class Directions {
 public:
  Directions(const LeavingNet& net, const Closed& closed, const std::vector<LeavingSource>& sources)
      : net_(net),
        closed_(closed),
        sources_(sources),
        out_(at(net.nodes)),
        best_(quickest_tree(net, closed)),
        traffic_(tree_traffic(net, best_, sources)) {
    for (std::size_t l = 0; l < net.links.size(); ++l) {
      if (closed.empty() || !closed[l]) out_[at(net.links[l].from)].push_back(static_cast<int>(l));
    }
  }

  void spread(int rounds);
  void turn_off(int tries);
  QuickestTree take() { return std::move(best_); }

 private:
  struct Turn {
    int node = 0, link = 0;
    double vehicles = 0;  // that it takes with it
  };
  int worst_link() const;
  std::vector<Turn> turns(int worst) const;
  bool sooner(const QuickestTree& tree);

  const LeavingNet& net_;
  const Closed& closed_;
  const std::vector<LeavingSource>& sources_;
  std::vector<std::vector<int>> out_;  // links by node
  QuickestTree best_;
  TreeTraffic traffic_;  // of `best_`
};

bool Directions::sooner(const QuickestTree& tree) {
  TreeTraffic traffic = tree_traffic(net_, tree, sources_);
  if (traffic.cleared_s >= traffic_.cleared_s * (1 - 1e-9)) return false;
  traffic_ = std::move(traffic);
  best_ = tree;
  return true;
}

// Trees that are quickest with the waits of the trees before added to the drives.
void Directions::spread(int rounds) {
  std::vector<double> wait_s(net_.links.size(), 0);
  LeavingNet seen = net_;
  TreeTraffic last = traffic_;
  for (int round = 1; round <= rounds; ++round) {
    for (std::size_t l = 0; l < net_.links.size(); ++l) {
      wait_s[l] += (last.wait_s[l] - wait_s[l]) / round;
      seen.links[l].time_ms = net_.links[l].time_ms + std::llround(wait_s[l] * 1000);
    }
    const QuickestTree tree = quickest_tree(seen, closed_);
    last = tree_traffic(net_, tree, sources_);
    sooner(tree);
  }
}

// Where whoever is away last waits longest; -1 where nobody waits.
int Directions::worst_link() const {
  int worst = -1;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    if (traffic_.passed_s[s].empty() || traffic_.passed_s[s].back() < traffic_.cleared_s) continue;
    for (const int l : traffic_.way[s]) {
      if (traffic_.wait_s[at(l)] <= 0) continue;
      if (worst < 0 || traffic_.wait_s[at(l)] > traffic_.wait_s[at(worst)]) worst = l;
    }
  }
  return worst;
}

// Links by which a node before `worst` gets to one that is not: no circle can come of them. Those
// that take most with them first.
std::vector<Directions::Turn> Directions::turns(int worst) const {
  enum Side : char { unknown, through, beside };
  std::vector<Side> side(at(net_.nodes), unknown);
  side[at(net_.sink)] = beside;
  std::vector<int> way;
  for (int n = 0; n < net_.nodes; ++n) {
    way.clear();
    int v = n;
    while (side[at(v)] == unknown && best_.next[at(v)] >= 0 && best_.next[at(v)] != worst) {
      way.push_back(v);
      v = net_.links[at(best_.next[at(v)])].to;
    }
    if (side[at(v)] == unknown) side[at(v)] = best_.next[at(v)] == worst ? through : unknown;
    for (const int one : way) side[at(one)] = side[at(v)];
  }
  std::vector<Turn> found;
  for (int n = 0; n < net_.nodes; ++n) {
    if (side[at(n)] != through || !(traffic_.vehicles[at(best_.next[at(n)])] > 0)) continue;
    for (const int l : out_[at(n)]) {
      if (side[at(net_.links[at(l)].to)] != beside) continue;
      found.push_back({n, l, traffic_.vehicles[at(best_.next[at(n)])]});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Turn& a, const Turn& b) { return a.vehicles > b.vehicles; });
  return found;
}

// Before the worst queue one node after another is sent another way, while that helps.
void Directions::turn_off(int tries) {
  bool better = true;
  while (better && tries > 0) {
    better = false;
    const int worst = worst_link();
    if (worst < 0) return;
    for (const Turn& turn : turns(worst)) {
      if (tries-- <= 0) return;
      QuickestTree tree = best_;
      tree.next[at(turn.node)] = turn.link;
      if ((better = sooner(tree))) break;
    }
  }
}

}  // namespace

QuickestTree directed_tree(const LeavingNet& net, const Closed& closed,
                           const std::vector<LeavingSource>& sources, int tries) {
  Directions directions(net, closed, sources);
  directions.spread(tries / 4);
  directions.turn_off(tries - tries / 4);
  return directions.take();
}

}  // namespace abatis::civil_detail
