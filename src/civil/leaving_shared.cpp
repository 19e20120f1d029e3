// Roads shared out among those who leave, so that nobody queues: a flow that is the same all along,
// every way of it used until the last vehicle has set out.

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "abatis/base/numbers.hpp"
#include "abatis/roads/flow.hpp"
#include "leaving_flow.hpp"

namespace abatis::civil_detail {
namespace {

constexpr std::int64_t kParts = 1000;  // flows are whole thousandths of a vehicle an hour
constexpr int kHalvings = 10;          // of the span between bound and queues
constexpr int kTurns = 3;              // at one time, with the drives of the flow before

struct Way {
  double hours = 0, per_h = 0;
};

// When ways that take `per_h` each have brought `vehicles`: the quickest flow of these ways.
double cleared_h(std::vector<Way> ways, double vehicles) {
  std::sort(ways.begin(), ways.end(), [](const Way& a, const Way& b) { return a.hours < b.hours; });
  double per_h = 0, under_way = 0, time = kInfinity;
  for (const Way& way : ways) {
    if (way.hours >= time) break;
    per_h += way.per_h;
    under_way += way.per_h * way.hours;
    time = (vehicles + under_way) / per_h;
  }
  return time;
}

class Sharing {
 public:
  Sharing(const LeavingNet& net, const Closed& closed, const std::vector<LeavingSource>& sources)
      : net_(net) {
    const QuickestTree tree = quickest_tree(net, closed);
    for (const LeavingSource& one : sources) {
      const std::int64_t ms = tree.time_ms[at(one.node)];
      if (one.node == net.sink || !(one.vehicles > 0) || ms >= kNever) continue;
      sources_.push_back(one);
      drive_h_.push_back(static_cast<double>(ms) / kMsPerHour);
    }
    for (std::size_t l = 0; l < net.links.size(); ++l) {
      if (closed.empty() || !closed[l]) open_.push_back(l);
    }
  }

  double go(double at_least_s, double at_most_s) {
    double low = at_least_s / 3600, high = at_most_s / 3600;
    best_h_ = high;
    for (int i = 0; i < kHalvings && !sources_.empty() && low < high; ++i) {
      const double time = (low + high) / 2;
      (carried(time) ? high : low) = time;
    }
    return best_h_ * 3600;
  }

 private:
  // Whether the roads carry rates by which each place would be away by `time`. Drives are those of
  // the flow before, as they grow with it.
  bool carried(double time) {
    std::vector<double> drive = drive_h_;
    for (int turn = 0; turn < kTurns; ++turn) {
      const std::optional<double> found = shared(time, drive);
      if (!found) return false;
      best_h_ = std::min(best_h_, *found);
      if (*found <= time) break;
    }
    return true;
  }

  std::optional<double> shared(double time, std::vector<double>& drive) {
    const int source = net_.nodes;
    FlowNetwork flow(net_.nodes + 1);
    for (const std::size_t l : open_) {
      const LeavingLink& link = net_.links[l];
      flow.add(link.from, link.to, link.capacity_per_h * kParts, link.time_ms);
    }
    std::int64_t all = 0;
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      if (!(time > drive[s])) return std::nullopt;
      const double rate = sources_[s].vehicles / (time - drive[s]) * static_cast<double>(kParts);
      if (!(rate < 1e15)) return std::nullopt;
      const auto parts = static_cast<std::int64_t>(std::ceil(rate));
      flow.add(source, sources_[s].node, parts, 0);
      all += parts;
    }
    if (flow.cheapest(source, net_.sink) < all) return std::nullopt;
    return last(flow, drive);
  }

  // Takes the flow apart into ways, place by place; `drive` becomes the mean of each.
  double last(const FlowNetwork& flow, std::vector<double>& drive) {
    std::vector<std::int64_t> left(net_.links.size(), 0);
    std::vector<std::vector<std::size_t>> out(at(net_.nodes));
    for (std::size_t e = 0; e < open_.size(); ++e) {
      left[open_[e]] = flow.flow(static_cast<int>(e));
      if (left[open_[e]] > 0) out[at(net_.links[open_[e]].from)].push_back(open_[e]);
    }
    double latest = 0;
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      std::int64_t parts = flow.flow(static_cast<int>(open_.size() + s));
      std::vector<Way> ways;
      double sum = 0, hours = 0;
      while (parts > 0) {
        const auto [amount, way_h] = take_way(sources_[s].node, parts, out, left);
        if (amount == 0) continue;  // a circle, gone now
        parts -= amount;
        const double per_h = static_cast<double>(amount) / static_cast<double>(kParts);
        ways.push_back({way_h, per_h});
        sum += per_h;
        hours += per_h * way_h;
      }
      drive[s] = hours / sum;
      latest = std::max(latest, cleared_h(std::move(ways), sources_[s].vehicles));
    }
    return latest;
  }

  // One way to the sink along what is left, at most `parts` of it; none where it ran in a circle.
  std::pair<std::int64_t, double> take_way(int from, std::int64_t parts,
                                           std::vector<std::vector<std::size_t>>& out,
                                           std::vector<std::int64_t>& left) {
    std::vector<std::size_t> way;
    std::vector<int> nodes{from};
    std::int64_t ms = 0;
    while (nodes.back() != net_.sink) {
      auto& links = out[at(nodes.back())];
      while (left[links.back()] == 0) links.pop_back();
      const LeavingLink& link = net_.links[links.back()];
      way.push_back(links.back());
      ms += link.time_ms;
      const auto again = std::find(nodes.begin(), nodes.end(), link.to);
      if (again != nodes.end()) {
        way.erase(way.begin(), way.begin() + (again - nodes.begin()));
        take(way, INT64_MAX, left);
        return {0, 0};
      }
      nodes.push_back(link.to);
    }
    return {take(way, parts, left), static_cast<double>(ms) / kMsPerHour};
  }
  static std::int64_t take(const std::vector<std::size_t>& way, std::int64_t most,
                           std::vector<std::int64_t>& left) {
    for (const std::size_t l : way) most = std::min(most, left[l]);
    for (const std::size_t l : way) left[l] -= most;
    return most;
  }

  const LeavingNet& net_;
  std::vector<LeavingSource> sources_;  // with somebody, and a way
  std::vector<double> drive_h_;         // of each, on empty roads
  std::vector<std::size_t> open_;       // links
  double best_h_ = 0;
};

}  // namespace

double shared_out(const LeavingNet& net, const Closed& closed,
                  const std::vector<LeavingSource>& sources, double at_least_s, double at_most_s) {
  return Sharing(net, closed, sources).go(at_least_s, at_most_s);
}

}  // namespace abatis::civil_detail
