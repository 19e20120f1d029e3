#include "tree.hpp"

#include <algorithm>
#include <cmath>

#include "abatis/base/numbers.hpp"

namespace abatis::plan_detail {

namespace {

constexpr double kViolation = 1e-7;  // of the master's unit of time
constexpr double kWhole = 1e-6;

bool is_whole(double v) {
  return std::abs(v - std::round(v)) < 1e-12;
}

// When all times and delays are whole seconds and all cells weigh the same, objectives differ by
// multiples of that weight, and a bound may be rounded down to the next of them.
double objective_step(const Instance& instance) {
  if (instance.cells.empty() || !instance.is_mean()) return 0;
  const double weight = instance.cells.front().weight;
  for (const PlanCell& c : instance.cells) {
    if (c.weight != weight) return 0;
  }
  for (const Graph* graph : instance.problem.graphs) {
    if (!std::all_of(graph->time_s.begin(), graph->time_s.end(), is_whole)) return 0;
  }
  for (const PlanOption& o : instance.problem.options) {
    for (const auto& by_age : o.delay_s) {
      if (!std::all_of(by_age.begin(), by_age.end(), is_whole)) return 0;
    }
  }
  return weight;
}

}  // namespace

Tree::Tree(const Instance& instance, Monitor& monitor, double seconds)
    : instance_(instance),
      monitor_(monitor),
      pool_(instance),
      master_(instance, pool_, [this] { return stop(); }),
      heuristic_(instance, pool_, [this] { return stop(); }),
      neighbours_(instance, pool_, heuristic_, [this] { return stop(); }),
      upper_(instance.columns.size(), 1.0),
      up_(instance.problem.options.size()),
      down_(instance.problem.options.size()),
      impact_(instance.problem.options.size(), 0.0),
      step_(objective_step(instance)) {
  for (std::size_t o = 0; o < impact_.size(); ++o) {
    if (instance.columns_of(static_cast<int>(o)).empty()) continue;
    for (std::size_t i = 0; i < instance.cells.size(); ++i) {
      impact_[o] +=
          instance.cells[i].weight * instance.effect(instance.first_column[o], static_cast<int>(i));
    }
  }
  weigh_givers();
  began_ -= std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(std::min(seconds, 1e8)));
}

// What an option gives lets others act: it counts for their delay by its part of what they use.
void Tree::weigh_givers() {
  weight_ = impact_;
  for (const PlanLimit& limit : instance_.problem.limits) {
    double used = 0, acting = 0;
    for (const PlanUse& use : limit.uses) {
      if (use.amount <= 0) continue;
      used += use.amount;
      acting += impact_[at(use.option)];
    }
    for (const PlanUse& use : limit.uses) {
      if (use.amount >= 0 || !instance_.limits.gives(use.option) || used <= 0) continue;
      weight_[at(use.option)] += acting * std::min(1.0, -use.amount / used);
    }
  }
}

std::optional<double> Tree::relaxation_bound() {
  PlanResult ignored;
  relaxation_only_ = true;
  solve(ignored);
  if (stopped_ || exhausted_ || gap_reached()) return std::nullopt;
  return root_bound_;
}

// Share of the time that is over.
double Tree::spent() const {
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began_;
  return time.count() / instance_.problem.time_limit_s;
}

bool Tree::stop() {
  if (stopped_) return true;
  if (monitor_.stop_requested()) {
    stopped_ = true;
    status_ = PlanStatus::interrupted;
  } else if (spent() > 1) {
    stopped_ = true;
    status_ = PlanStatus::time_limit;
  }
  return stopped_;
}

double Tree::tightened(double bound) const {
  if (step_ <= 0) return bound;
  const double steps = (bound - instance_.constant) / step_;
  return std::min(bound, instance_.constant + step_ * std::floor(steps + 1e-5));
}

// Nodes whose bound is not above this cannot hold a plan that is better by more than rounding.
double Tree::cutoff() const {
  if (!best_) return -kInfinity;
  double weight = 0;
  for (const PlanCell& c : instance_.cells) weight += c.weight;
  return best_->objective + 1e-9 * std::abs(best_->objective) +
         3 * kViolation * master_.time_unit() * weight;
}

double Tree::global_bound() const {
  double bound = std::max(closed_, best_ ? best_->objective : -kInfinity);
  if (in_node_) bound = std::max(bound, current_);
  for (const int n : open_) bound = std::max(bound, nodes_[at(n)].bound);
  return std::max(std::min(bound, instance_.problem.known_bound),
                  best_ ? best_->objective : -kInfinity);
}

bool Tree::gap_reached() const {
  return best_ &&
         global_bound() - best_->objective <= instance_.problem.gap * std::abs(best_->objective);
}

void Tree::report(const char* what) {
  if (relaxation_only_) return;  // its plans are not those of the search
  monitor_.searched({what, best_ ? std::optional(best_->objective) : std::nullopt, global_bound()});
}

bool Tree::offer(const Incumbent& found) {
  if (best_ && found.objective <= best_->objective) return false;
  if (instance_.routes && instance_.routes->broken(found.purchases) >= 0) return reopen(found);
  if (!broken_rule(instance_.problem, found.purchases).empty()) return false;
  best_ = found;
  report("better plan");
  return true;
}

// The plan that x stands for when x is whole and keeps the rules.
std::optional<Books> Tree::whole(const std::vector<double>& x) const {
  Books books(instance_);
  for (std::size_t c = 0; c < x.size(); ++c) {
    if (std::abs(x[c] - std::round(x[c])) > kWhole) return std::nullopt;
  }
  for (std::size_t c = 0; c < x.size(); ++c) {
    const int column = static_cast<int>(c);
    if (x[c] < 0.5 || books.is_fixed(column)) continue;
    if (!books.may_stand(column) || books.bought_at(instance_.site_of(column)) >= 0) {
      return std::nullopt;
    }
    books.add(column);
  }
  if (!books.in_limits() || !books.paid()) return std::nullopt;
  if (instance_.routes && instance_.routes->broken(books.purchases()) >= 0) return std::nullopt;
  return books;
}

int Tree::add_answers(const std::vector<Answer>& answers, const std::vector<double>& z) {
  std::vector<Cut> cuts;
  const double tolerance = kViolation * master_.time_unit();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const int cell = static_cast<int>(i);
    const int path = pool_.add(instance_.cells[i].kase, answers[i].path);
    if (answers[i].time < z[i] - tolerance && !master_.has(cell, path)) {
      cuts.push_back({cell, path, z[i] - answers[i].time});
    }
  }
  master_.add(cuts);
  cuts_ += static_cast<std::int64_t>(cuts.size());
  return static_cast<int>(cuts.size());
}

// Adds cuts violated at (x, z): links of limits, and of known paths, or exactly the most violated
// ones.
int Tree::separate(const std::vector<double>& x, const std::vector<double>& z, bool exact) {
  const int links = master_.add_links(x) + (instance_.routes ? separate_routes(x) : 0);
  cuts_ += links;
  if (exact) return links + add_answers(instance_.separate(x), z);
  const std::vector<Cut> cuts =
      pool_.violated(x, z, kViolation * master_.time_unit(), 2,
                     [this](int cell, int path) { return master_.has(cell, path); });
  master_.add(cuts);
  cuts_ += static_cast<std::int64_t>(cuts.size());
  return links + static_cast<int>(cuts.size());
}

void Tree::start() {
  const std::vector<double> nothing(instance_.columns.size(), 0.0);
  const std::vector<double> everything = [&] {
    std::vector<double> x(instance_.columns.size(), 0.0);
    for (std::size_t o = 0; o < instance_.problem.options.size(); ++o) {
      if (!instance_.columns_of(static_cast<int>(o)).empty()) {
        x[at(instance_.first_column[o])] = 1.0;
      }
    }
    return x;
  }();
  std::vector<double> z;
  for (const PlanCell& cell : instance_.cells) z.push_back(cell.top);
  for (const auto* x : {&nothing, &everything}) add_answers(instance_.separate(*x), z);
  const auto offer_kept = [this](const std::vector<Purchase>& plan) {
    const std::optional<Books> books = heuristic_.keep(plan);
    if (books && books->in_limits()) offer(heuristic_.measure(*books));
  };
  offer_kept({});
  if (instance_.problem.start.empty()) return;
  const double before = best_ ? best_->objective : -kInfinity;
  offer_kept(instance_.problem.start);
  const bool kept = best_ && best_->objective > before &&
                    best_->purchases.size() >= instance_.problem.start.size();
  if (!kept) thin_start();
}

void Tree::fix_by_reduced_cost() {
  if (!best_ || gain_.empty()) return;
  for (std::size_t c = 0; c < gain_.size(); ++c) {
    if (upper_[c] > 0 && gain_bound_ + gain_[c] <= best_->objective) upper_[c] = 0;
  }
}

// What the bound of the relaxation loses at least when an option is bought in its best year.
std::vector<double> Tree::reduced_by_option() const {
  if (gain_.empty()) return {};
  std::vector<double> reduced(instance_.problem.options.size(), kInfinity);
  for (std::size_t c = 0; c < gain_.size(); ++c) {
    double& least = reduced[at(instance_.columns[c].option)];
    least = std::min(least, 0.0 - gain_[c]);
  }
  return reduced;
}

bool Tree::solve(PlanResult& result) {
  std::vector<double> tops;
  for (const PlanCell& cell : instance_.cells) tops.push_back(cell.top);
  current_ = instance_.value(tops);  // nothing beats everything, bought at once
  root_bound_ = current_;
  in_node_ = true;
  start();
  root();
  if (!stopped_ && !exhausted_ && !relaxation_only_ && !gap_reached()) branch_loop();
  result.root_bound = root_bound_;
  result.nodes = done_;
  result.cuts = cuts_;
  result.rounds = rounds_;
  result.prices = prices_;
  result.reduced_bound = gain_bound_;
  result.reduced_s = reduced_by_option();
  if (!best_) return false;
  result.objective = best_->objective;
  result.purchases = best_->purchases;
  result.bound = std::max(best_->objective, tightened(global_bound()));
  result.status = status_;
  return true;
}

}  // namespace abatis::plan_detail
