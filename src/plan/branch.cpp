// The root and the nodes of the tree.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"
#include "tree.hpp"

namespace abatis::plan_detail {

namespace {

constexpr double kFraction = 1e-6;
constexpr int kRootRounds = 400;
constexpr int kNodeRounds = 60;
// Rounds at the root that move the bound by less than this share of what is open count as stalled.
// Where a round takes seconds the time is soon better spent on plans.
constexpr double kMoved = 1e-4, kMovedLarge = 2e-3;
constexpr int kStalled = 15, kStalledLarge = 3;
constexpr int kFruitlessLarge = 40, kFruitlessSmall = 2;  // sets of tries before the tree
constexpr int kFruitlessNode = 20;
constexpr int kPatience = 12;  // solves that a slack cut survives

}  // namespace

// Cuts at a point halfway between the relaxation and the best fractional point known: deeper than
// those at the relaxation itself (Ben-Ameur & Neto 2007), which are taken when these find nothing.
int Tree::separate_between() {
  const auto keep_better = [this](const std::vector<double>& x, double value) {
    if (value <= centre_value_) return;
    centre_ = x;
    centre_value_ = value;
  };
  const auto add_paths = [this](const std::vector<Answer>& answers) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      pool_.add(instance_.cells[i].kase, answers[i].path);
    }
  };
  if (!centre_.empty()) {
    std::vector<double> middle(x_.size());
    for (std::size_t c = 0; c < x_.size(); ++c) middle[c] = 0.5 * (x_[c] + centre_[c]);
    const std::vector<Answer> answers = instance_.separate(middle);
    add_paths(answers);
    keep_better(middle, instance_.objective(answers));
    if (const int found = separate(x_, z_, false); found > 0) return found;
  }
  const std::vector<Answer> answers = instance_.separate(x_);
  keep_better(x_, instance_.objective(answers));
  return add_answers(answers, z_);
}

// One round at the root; false when there is nothing more to do there.
bool Tree::root_round() {
  if (stop()) return false;
  const Master::Outcome outcome = master_.solve();
  if (outcome == Master::Outcome::infeasible) {
    exhausted_ = true;
    in_node_ = false;
    return false;
  }
  if (outcome == Master::Outcome::failed) return false;
  ++rounds_;
  monitor_.advance(1);
  std::vector<double> gain;
  const double bound = master_.bound(&gain);
  if (gain_.empty() || bound < gain_bound_) {
    gain_ = std::move(gain);
    gain_bound_ = bound;
  }
  current_ = std::min(current_, tightened(bound));
  root_bound_ = current_;
  prices_ = master_.prices();
  master_.solution(x_, z_);
  report("relaxation");
  if (gap_reached() || current_ <= cutoff()) return false;
  master_.purge(kPatience);
  if (separate(x_, z_, false) >= static_cast<int>(instance_.cells.size() / 4 + 1)) return true;
  return separate_between() > 0;
}

void Tree::root() {
  monitor_.begin("plan: relaxation", 0, "rounds");
  apply(-1);
  if (large()) equilibrate();
  if (stopped_ || gap_reached()) return;
  int next_try = 6, stalled = 0;
  double before = kInfinity;
  for (int round = 1; round <= kRootRounds && root_round(); ++round) {
    if (round == next_try) {
      if (!large()) try_rounding(x_, 4);
      report("relaxation");
      next_try += next_try;
    }
    const double reach = best_ ? gain_bound_ - best_->objective : gain_bound_;
    stalled = before - gain_bound_ < (large() ? kMovedLarge : kMoved) * reach ? stalled + 1 : 0;
    before = gain_bound_;
    if (stalled >= (large() ? kStalledLarge : kStalled)) break;
  }
  if (stopped_ || exhausted_) return;
  if (!gap_reached() && !large()) try_rounding(x_, 8);
  if (!gap_reached() && !large() && !centre_.empty()) try_rounding(centre_, 8);
  if (!gap_reached()) thin_everything(x_);
  search_neighbours(x_, large() ? kFruitlessLarge : kFruitlessSmall);
  fix_by_reduced_cost();
  report("root");
}

// Sets the bounds that lead to a node; false when they contradict each other.
bool Tree::apply(int node) {
  const PlanProblem& p = instance_.problem;
  node_upper_ = upper_;
  must_.clear();
  const auto bar = [&](int option, int from, int to) {
    for (int c = instance_.first_column[at(option)]; c < instance_.first_column[at(option) + 1];
         ++c) {
      const int year = instance_.columns[at(c)].year;
      if (year >= from && year <= to) node_upper_[at(c)] = 0;
    }
  };
  const auto require = [&](int option) {
    if (std::find(must_.begin(), must_.end(), option) != must_.end()) return;
    must_.push_back(option);
    for (const int other : instance_.site_options[at(p.options[at(option)].site)]) {
      if (other != option) bar(other, 0, p.years);
    }
  };
  for (const PlanFixed& f : p.fixed) {
    bar(f.option, 0, f.year - 1);
    bar(f.option, f.year + 1, p.years);
    require(f.option);
  }
  for (int n = node; n >= 0; n = nodes_[at(n)].parent) {
    const Node& decision = nodes_[at(n)];
    if (decision.option < 0) continue;
    if (decision.bought) {
      bar(decision.option, decision.year + 1, p.years);
      require(decision.option);
    } else {
      bar(decision.option, 0, decision.year);
    }
  }
  for (const PlanConflict& c : p.conflicts) {
    for (const int m : must_) {
      if (m == c.option_a) bar(c.option_b, 0, p.years);
      if (m == c.option_b) bar(c.option_a, 0, p.years);
    }
  }
  for (const int m : must_) {
    bool open = false;
    for (int c = instance_.first_column[at(m)]; c < instance_.first_column[at(m) + 1]; ++c) {
      open = open || node_upper_[at(c)] > 0;
    }
    if (!open) return false;
  }
  master_.set_bounds(node_upper_, must_);
  return true;
}

// Estimated product of what both children lose (Achterberg, Koch & Martin 2005).
double Tree::score(int option, double share) const {
  const auto rate = [&](const std::vector<History>& history) {
    const History& h = history[at(option)];
    return h.count > 0 ? h.sum / h.count : 0.1 * weight_[at(option)];
  };
  const double least = 1e-9 * (1 + instance_.baseline);
  return std::max(least, rate(up_) * (1 - share)) * std::max(least, rate(down_) * share);
}

void Tree::learn(const Node& node, double after) {
  if (node.option < 0 || !std::isfinite(after)) return;
  History& h = (node.bought ? up_ : down_)[at(node.option)];
  const double moved = node.bought ? 1 - node.share : node.share;
  if (moved < 1e-3) return;
  h.sum += std::max(0.0, node.bound - after) / moved;
  ++h.count;
}

// The best fractional decision: first whether an option is bought at all, then by when.
std::optional<Tree::Node> Tree::choose(int node) const {
  Node best;
  double best_score = -1;
  bool best_at_all = false;
  const int last = instance_.problem.years - 1;
  for (std::size_t o = 0; o < instance_.problem.options.size(); ++o) {
    double sum = 0;
    const int option = static_cast<int>(o);
    for (int c = instance_.first_column[o]; c < instance_.first_column[o + 1]; ++c) {
      sum += x_[at(c)];
      const bool at_all = c + 1 == instance_.first_column[o + 1];
      if (sum < kFraction || sum > 1 - kFraction || (best_at_all && !at_all)) continue;
      const double value = score(option, sum);
      if (value <= best_score && best_at_all == at_all) continue;
      best_score = value;
      best_at_all = at_all;
      best.option = option;
      best.year = at_all ? last : instance_.columns[at(c)].year;
      best.share = sum;
    }
  }
  if (best.option < 0) return choose_undecided(node);
  best.parent = node;
  return best;
}

// Any decision still open, for points that are whole but do not settle the node.
std::optional<Tree::Node> Tree::choose_undecided(int node) const {
  for (std::size_t o = 0; o < instance_.problem.options.size(); ++o) {
    std::vector<int> open;
    for (int c = instance_.first_column[o]; c < instance_.first_column[o + 1]; ++c) {
      if (node_upper_[at(c)] > 0) open.push_back(c);
    }
    const int option = static_cast<int>(o);
    const bool required = std::find(must_.begin(), must_.end(), option) != must_.end();
    if (open.empty() || (required && open.size() == 1)) continue;
    Node next;
    next.parent = node;
    next.option = option;
    next.share = 0.5;
    next.year = required ? instance_.columns[at(open.front())].year : instance_.problem.years - 1;
    return next;
  }
  return std::nullopt;
}

// One solve and one set of cuts; true when another round is worth it.
bool Tree::round_at_node(double& before, int& stalled) {
  const Master::Outcome outcome = master_.solve();
  if (outcome == Master::Outcome::infeasible) {
    current_ = -kInfinity;
    return false;
  }
  if (outcome == Master::Outcome::failed) {  // keep the parent's bound and branch on anything
    x_.assign(x_.size(), 0.0);
    return false;
  }
  ++rounds_;
  current_ = std::min(current_, tightened(master_.bound()));
  if (current_ <= cutoff()) return false;
  master_.solution(x_, z_);
  if (const std::optional<Books> books = whole(x_)) {
    offer(heuristic_.measure(*books));
    stalled = 0;  // a whole point is left only by cuts
  }
  master_.purge(kPatience);
  const double reach = best_ ? current_ - best_->objective : current_;
  stalled = before - current_ < 0.01 * reach ? stalled + 1 : 0;
  before = current_;
  if (stalled > 3) return false;
  return separate(x_, z_, false) > 0 || separate(x_, z_, true) > 0;
}

Tree::Verdict Tree::explore(int node) {
  const Node decision = nodes_[at(node)];
  current_ = decision.bound;
  in_node_ = true;
  ++done_;
  monitor_.advance(1);
  if (!apply(node)) return Verdict::done;
  double before = kInfinity;
  int stalled = 0;
  for (int round = 0; round < kNodeRounds && !stop(); ++round) {
    if (!round_at_node(before, stalled)) break;
  }
  if (stopped_) return Verdict::branch;
  learn(decision, current_);
  if (current_ <= cutoff()) {
    if (current_ > -kInfinity) closed_ = std::max(closed_, current_);
    return Verdict::done;
  }
  if (done_ % 25 == 1) {
    if (const auto books = heuristic_.round(x_, 0.5)) {
      offer(heuristic_.improve(*books, x_, 2));
      fix_by_reduced_cost();
    }
    // Where nodes move the bound but little, the time is better spent on plans.
    if (large()) search_neighbours(x_, kFruitlessNode);
  }
  return Verdict::branch;
}

// Removes and returns the open node with the highest bound, the oldest of equals.
int Tree::take_open() {
  std::size_t best = 0;
  for (std::size_t i = 1; i < open_.size(); ++i) {
    const Node& a = nodes_[at(open_[i])];
    const Node& b = nodes_[at(open_[best])];
    if (a.bound > b.bound || (a.bound == b.bound && open_[i] < open_[best])) best = i;
  }
  const int node = open_[best];
  open_[best] = open_.back();
  open_.pop_back();
  return node;
}

void Tree::branch_loop() {
  monitor_.begin("plan: branch and cut", instance_.problem.node_limit, "nodes");
  Node first;
  first.bound = current_;
  nodes_.push_back(first);
  open_.push_back(0);
  in_node_ = false;
  int dive = -1;
  while (dive >= 0 || !open_.empty()) {
    if (stop() || gap_reached()) break;
    if (done_ >= instance_.problem.node_limit) {
      status_ = PlanStatus::node_limit;
      stopped_ = true;
      break;
    }
    if (dive < 0) dive = take_open();
    const int node = dive;
    dive = -1;
    if (nodes_[at(node)].bound <= cutoff()) {
      closed_ = std::max(closed_, nodes_[at(node)].bound);
      continue;
    }
    const Verdict verdict = explore(node);
    if (stopped_) break;  // current_ still counts in the bound
    in_node_ = false;
    if (verdict == Verdict::done) continue;
    const std::optional<Node> next = choose(node);
    if (!next) {  // everything is decided: the plan itself is the answer
      const std::vector<double> point = node_upper_;
      if (const auto books = whole(point)) offer(heuristic_.measure(*books));
      continue;
    }
    Node child = *next;
    child.bound = current_;
    child.depth = nodes_[at(node)].depth + 1;
    const bool up_first = child.share >= 0.3;
    for (const bool bought : {!up_first, up_first}) {
      child.bought = bought;
      nodes_.push_back(child);
    }
    open_.push_back(static_cast<int>(nodes_.size()) - 2);
    dive = static_cast<int>(nodes_.size()) - 1;
    if (done_ % 10 == 0) report("tree");
  }
  if (dive >= 0) open_.push_back(dive);
  exhausted_ = open_.empty() && !stopped_;
}

}  // namespace abatis::plan_detail
