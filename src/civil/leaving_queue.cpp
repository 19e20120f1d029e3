// Traffic on the tree of quickest ways: point queues of a fluid, link by link towards the sink.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "leaving_flow.hpp"

namespace abatis::civil_detail {
namespace {

constexpr double kSame = 1e-9;  // relative: rates and times that differ by less are one

// Vehicles that pass a place: a rate (vehicles/s) from one time (s) to another.
struct Piece {
  double from = 0, to = 0, rate = 0;
};
using Pieces = std::vector<Piece>;

void append(Pieces& pieces, Piece piece) {
  if (!(piece.to > piece.from) || !(piece.rate > 0)) return;
  if (!pieces.empty()) {
    Piece& last = pieces.back();
    const bool joins = std::abs(last.to - piece.from) <= kSame * (1 + last.to);
    if (joins && std::abs(last.rate - piece.rate) <= kSame * last.rate) {
      last.to = piece.to;
      return;
    }
  }
  pieces.push_back(piece);
}

// The sum of several, as pieces that follow each other.
Pieces sum_of(const std::vector<Pieces>& parts) {
  struct Change {
    double time, rate;
  };
  std::vector<Change> changes;
  for (const Pieces& part : parts) {
    for (const Piece& piece : part) {
      changes.push_back({piece.from, piece.rate});
      changes.push_back({piece.to, -piece.rate});
    }
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.time < b.time; });
  Pieces out;
  double rate = 0;
  for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
    rate += changes[i].rate;
    // What is left of rates that cancel is no traffic.
    if (rate > 1e-12) append(out, {changes[i].time, changes[i + 1].time, rate});
  }
  return out;
}

// A queue before a link, from arrivals to departures.
class PointQueue {
 public:
  PointQueue(double at_once, const Pieces& arrivals, double capacity) : capacity_(capacity) {
    length_.push_back({0, at_once});
    double time = 0;
    double waiting = at_once;
    for (const Piece& piece : arrivals) {
      serve(time, waiting, piece.from, 0);
      serve(time, waiting, piece.to, piece.rate);
    }
    if (waiting > 0) serve(time, waiting, time + waiting / capacity_, 0);
  }
  const Pieces& departures() const { return departures_; }

  // How long whoever arrives at `time` waits, behind all that arrived by then.
  double wait(double time) const {
    const auto after = std::upper_bound(length_.begin(), length_.end(), time,
                                        [](double t, const Length& one) { return t < one.time; });
    if (after == length_.begin()) return 0;
    const Length& a = *(after - 1);
    if (after == length_.end()) return a.vehicles / capacity_;
    const double share = (time - a.time) / (after->time - a.time);
    return (a.vehicles + share * (after->vehicles - a.vehicles)) / capacity_;
  }
  double longest_wait() const {
    double most = 0;
    for (const Length& one : length_) most = std::max(most, one.vehicles / capacity_);
    return most;
  }

 private:
  struct Length {
    double time, vehicles;
  };
  // Goes on to `until` with arrivals at `rate`.
  void serve(double& time, double& waiting, double until, double rate) {
    if (!(until > time)) return;
    if (waiting > 0) {
      const double falls = capacity_ - rate;
      const double empty = falls > 0 ? time + waiting / falls : until;
      const double end = std::min(empty, until);
      append(departures_, {time, end, capacity_});
      waiting = empty <= until && falls > 0 ? 0 : waiting - falls * (end - time);
      note(end, waiting);
      time = end;
      if (!(until > time)) return;
    }
    append(departures_, {time, until, std::min(rate, capacity_)});
    waiting += std::max(0.0, rate - capacity_) * (until - time);
    note(until, waiting);
    time = until;
  }
  void note(double time, double vehicles) {
    if (time > length_.back().time)
      length_.push_back({time, vehicles});
    else
      length_.back().vehicles = vehicles;
  }

  double capacity_;  // vehicles/s
  Pieces departures_;
  std::vector<Length> length_;
};

struct Traveller {
  std::size_t source = 0;
  double time = 0;  // at which its last vehicle is at the node
};

class Traffic {
 public:
  Traffic(const LeavingNet& net, const QuickestTree& tree,
          const std::vector<LeavingSource>& sources)
      : net_(net),
        tree_(tree),
        here_(at(net.nodes)),
        at_once_(at(net.nodes), 0.0),
        arriving_(at(net.nodes)) {
    out_.vehicles.assign(net.links.size(), 0);
    out_.wait_s.assign(net.links.size(), 0);
    out_.way.resize(sources.size());
    out_.passed_s.resize(sources.size());
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const int node = sources[s].node;
      if (node == net.sink || tree.next[at(node)] < 0) continue;
      here_[at(node)].push_back({s, 0});
      at_once_[at(node)] += sources[s].vehicles;
    }
  }

  TreeTraffic go() {
    // A node before those nearer to the sink; links of no time keep the order of the tree.
    for (const int node : upstream_first()) pass(node);
    return std::move(out_);
  }

 private:
  std::vector<int> upstream_first() const {
    std::vector<int> left(at(net_.nodes), 0);  // children not yet served
    for (int n = 0; n < net_.nodes; ++n) {
      if (tree_.next[at(n)] >= 0) ++left[at(net_.links[at(tree_.next[at(n)])].to)];
    }
    std::vector<int> order;
    for (int n = 0; n < net_.nodes; ++n) {
      if (left[at(n)] == 0 && tree_.next[at(n)] >= 0) order.push_back(n);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      const int to = net_.links[at(tree_.next[at(order[i])])].to;
      if (--left[at(to)] == 0 && tree_.next[at(to)] >= 0) order.push_back(to);
    }
    return order;
  }

  void pass(int node) {
    if (here_[at(node)].empty()) return;
    const int l = tree_.next[at(node)];
    const LeavingLink& link = net_.links[at(l)];
    const double drive = static_cast<double>(link.time_ms) / 1000;
    const PointQueue queue(at_once_[at(node)], sum_of(arriving_[at(node)]),
                           static_cast<double>(link.capacity_per_h) / 3600);
    out_.wait_s[at(l)] = queue.longest_wait();
    Pieces after = queue.departures();
    for (Piece& piece : after) {
      out_.vehicles[at(l)] += piece.rate * (piece.to - piece.from);
      piece.from += drive;
      piece.to += drive;
    }
    arriving_[at(link.to)].push_back(std::move(after));
    for (const Traveller& one : here_[at(node)]) {
      const double passed = one.time + queue.wait(one.time) + drive;
      out_.way[one.source].push_back(l);
      out_.passed_s[one.source].push_back(passed);
      out_.cleared_s = std::max(out_.cleared_s, passed);
      here_[at(link.to)].push_back({one.source, passed});
    }
    arriving_[at(node)].clear();
  }

  const LeavingNet& net_;
  const QuickestTree& tree_;
  std::vector<std::vector<Traveller>> here_;   // by node
  std::vector<double> at_once_;                // vehicles that start at the node
  std::vector<std::vector<Pieces>> arriving_;  // by node, from each link
  TreeTraffic out_;
};

}  // namespace

TreeTraffic tree_traffic(const LeavingNet& net, const QuickestTree& tree,
                         const std::vector<LeavingSource>& sources) {
  return Traffic(net, tree, sources).go();
}

}  // namespace abatis::civil_detail
