#include "purchase_tree.hpp"

#include <algorithm>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "abatis/base/sort.hpp"

namespace abatis::interdiction {
namespace {

constexpr std::size_t kBeside = 32;  // nodes looked at at once

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

std::int64_t PurchaseTree::Node::sum() const {
  return std::accumulate(most.begin(), most.end(), std::int64_t{0});
}

std::size_t PurchaseTree::Node::depth() const {
  return decisions.size() + at(std::count(kept.begin(), kept.end(), 1));
}

PurchaseTree::PurchaseTree(PurchaseTask task)
    : task_(std::move(task)),
      problem_(task_.graph->problem()),
      nothing_decided_(problem_),
      plans_(task_.most.size()),
      failures_(task_.most.size(), 0) {
  add({{}, task_.most, std::vector<char>(task_.most.size(), 0)});
}

void PurchaseTree::add(Node node) {
  const auto sum = node.sum();
  if (sum <= task_.best) return;
  const auto depth = node.depth();
  open_.emplace(std::tuple{sum, depth, made_++}, std::move(node));
}

// A year reaches one less, and so do those before it. Nothing where that is ruled out.
std::optional<PurchaseTree::Node> PurchaseTree::lowered(Node node, int year) {
  if (node.kept[at(year)] != 0) return std::nullopt;
  const auto most = --node.most[at(year)];
  for (int y = 0; y < year; ++y) {
    if (node.most[at(y)] <= most) continue;
    if (node.kept[at(y)] != 0) return std::nullopt;
    node.most[at(y)] = most;
  }
  return node;
}

bool PurchaseTree::reaches(const PurchaseDates& dates, int year, std::int64_t target,
                           Look& seen) const {
  const auto does = [&](const YearPlan& plan) {
    return plan.reach >= target && dates.admit(plan.arcs, year);
  };
  const auto& known = plans_[at(year)];
  if (std::any_of(known.rbegin(), known.rend(), does)) return true;
  auto arcs = task_.reach(dates.year_alone(year), target);
  if (!arcs) return false;
  auto standing = dates.must_stand(year);
  append(*arcs, standing);
  std::sort(arcs->begin(), arcs->end());
  seen.plans.emplace_back(year, YearPlan{std::move(*arcs), target});
  return true;
}

// Do all years reach what they are thought to? Then the first that what stands does not take there,
// or their number. Nothing where one does not: the node with less, or as it was on a stop, is all
// that follows.
std::optional<int> PurchaseTree::ask_years(const Node& node, const PurchaseDates& dates,
                                           ShortWays& ways, Look& seen) const {
  const auto fail = [&](int year) {
    if (auto less = lowered(node, year)) seen.children.push_back(std::move(*less));
    seen.failed = year;
    return std::nullopt;
  };
  int open = dates.years();
  for (int y = 0; y < dates.years(); ++y) {
    const auto state = ways.look(dates, y, node.most[at(y)]);
    if (state == ShortWays::Year::hopeless) return fail(y);
    if (state == ShortWays::Year::open) open = std::min(open, y);
  }
  std::vector<int> order(failures_.size());  // years that failed often first
  std::iota(order.begin(), order.end(), 0);
  sort_stably(order, [&](int a, int b) { return failures_[at(a)] > failures_[at(b)]; });
  for (const int y : order) {
    if (reaches(dates, y, node.most[at(y)], seen)) continue;
    if (!task_.stop()) return fail(y);
    seen.children.push_back(node);
    return std::nullopt;
  }
  return open;
}

PurchaseTree::Look PurchaseTree::look(const Node& node) const {
  Look seen;
  PurchaseDates dates = nothing_decided_;
  if (!dates.decide(node.decisions)) return seen;
  ShortWays ways(*task_.graph, ways_);
  if (const auto open = ask_years(node, dates, ways, seen)) {
    if (*open == dates.years()) {
      seen.plan = dates.schedule();
      if (const auto undated = dates.undated()) split(node, *undated, seen);
    } else if (node.kept[at(*open)] == 0) {
      split_year(node, *open, seen);
    } else {
      const auto target = node.most[at(*open)];
      const auto& way = ways.narrowest(dates, *open, target);
      const auto lack = ways.lack(way, dates, *open, target);
      split(node, {arc_of(way, *open, dates, lack), *open, true}, seen);
    }
  }
  seen.ways = std::move(ways.fresh());
  return seen;
}

// Either the year reaches what it is thought to, or less.
void PurchaseTree::split_year(const Node& node, int year, Look& seen) {
  if (auto less = lowered(node, year)) seen.children.push_back(std::move(*less));
  seen.children.push_back(node);
  seen.children.back().kept[at(year)] = 1;
}

void PurchaseTree::split(const Node& node, Decision decision, Look& seen) {
  for (const bool bought : {false, true}) {
    decision.bought = bought;
    seen.children.push_back(node);
    seen.children.back().decisions.push_back(decision);
  }
}

// The arc of a way that makes up for most of its lack and is in most known plans of this year and
// later ones.
int PurchaseTree::arc_of(const ShortWay& way, int year, const PurchaseDates& dates,
                         std::int64_t lack) const {
  int chosen = -1;
  double best = -1;
  for (const int a : way.arcs) {
    if (!dates.is_open(a, year)) continue;
    const auto used = std::min(lack, problem_.arcs[at(a)].delay);
    double score = static_cast<double>(used) / static_cast<double>(lack);
    for (int y = year; y < dates.years() && dates.is_open(a, y); ++y) {
      const auto& plans = plans_[at(y)];
      const auto with = std::count_if(plans.begin(), plans.end(), [&](const YearPlan& plan) {
        return std::binary_search(plan.arcs.begin(), plan.arcs.end(), a);
      });
      if (with > 0) score += static_cast<double>(with) / static_cast<double>(plans.size());
    }
    if (score <= best) continue;
    best = score;
    chosen = a;
  }
  return chosen;
}

void PurchaseTree::take(Look look) {
  ++nodes_;
  append(ways_, look.ways);
  for (auto& [year, plan] : look.plans) plans_[at(year)].push_back(std::move(plan));
  if (look.failed >= 0) ++failures_[at(look.failed)];
  if (look.plan) task_.best = std::max(task_.best, task_.offer(*look.plan));
  for (auto& child : look.children) add(std::move(child));
}

void PurchaseTree::run() {
  while (!open_.empty() && std::get<0>(open_.begin()->first) > task_.best && !task_.stop()) {
    const auto sum = std::get<0>(open_.begin()->first);
    task_.bound(sum);
    std::vector<Node> nodes;
    while (nodes.size() < kBeside && !open_.empty() && std::get<0>(open_.begin()->first) == sum) {
      nodes.push_back(std::move(open_.extract(open_.begin()).mapped()));
    }
    std::vector<Look> looks(nodes.size());
    parallel_for(nodes.size(), task_.threads, [&](std::size_t i) { looks[i] = look(nodes[i]); });
    for (auto& look : looks) take(std::move(look));
  }
  if (open_.empty() || std::get<0>(open_.begin()->first) <= task_.best) task_.bound(task_.best);
}

}  // namespace abatis::interdiction
