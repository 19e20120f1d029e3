// Several years: which of them cannot reach their targets together, and what follows for the sum.

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "losses.hpp"
#include "nested.hpp"
#include "solver.hpp"

namespace abatis::interdiction {
namespace {

constexpr Work kWindowClimb{30'000, 15'000'000};

// How hard it is tried to refute targets, nodes of the tree and years of one window at most; then
// plans are looked for, by so many rounds without a better one.
struct Effort {
  std::int64_t nodes = 0;
  std::size_t longest = 0;
  int rounds = 0;
};
constexpr std::array<Effort, 4> kEfforts{Effort{15, 3, 3}, Effort{60, 4, 6}, Effort{300, 5, 12},
                                         Effort{2000, 6, 24}};
constexpr std::size_t kFarthest = 10;  // years from a first to a last year, both included
constexpr std::size_t kShort = 3;  // years; longer windows begin with first and last years at once

}  // namespace

// Do these years, with targets within what each reaches alone, reach all of them in one plan?
Answer Solver::reach_all(std::int64_t nodes) {
  result_.bound = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  const auto arcs = static_cast<std::int64_t>(problem_.arcs.size());
  const auto stopped = [this] { return stop(); };
  const auto work = std::min(kWindowClimb.most, kWindowClimb.by_arc * arcs);
  if (covers_.reach(reach_, work, 0, stopped)) return Answer::yes;
  if (stop()) return Answer::open;
  const auto task = task_for_years(0, std::vector<std::int64_t>(reach_.size(), 0));
  std::vector<std::int64_t> money;
  for (const auto budget : problem_.budgets) {
    money.push_back(budget + (money.empty() ? 0 : money.back()));
  }
  auto nested = NestedYears::make(problem_, task.layers, money);
  if (!nested) return Answer::open;
  return search_nested(std::move(*nested), task.layers, nodes, stopped);
}

// Looks at some years for targets: the first and the last of a window, or all of it.
struct Solver::Look {
  std::vector<std::size_t> years;
  std::vector<std::int64_t> targets;
  Answer answer = Answer::open;
  std::int64_t nodes = 0;
};

void Solver::look(Look& look) const {
  const auto problem = only_years(problem_, look.years);
  const auto options = for_part(0.85);
  Quiet quiet(monitor_);
  look.answer = Solver(problem, options, quiet, look.targets).reach_all(look.nodes);
}

// Looks at windows of that length that are of use: no plan that is known reaches these targets, nor
// was it tried in vain.
std::vector<Solver::Look> Solver::looks(const std::vector<std::int64_t>& targets,
                                        std::size_t length, const std::vector<Look>& known,
                                        std::int64_t nodes, bool ends) const {
  std::vector<Look> found;
  for (std::size_t first = 0; first + length <= targets.size(); ++first) {
    Look look{.years = {}, .targets = {}, .nodes = nodes};
    for (std::size_t y = first; y < first + length; ++y) {
      if (ends && y > first && y + 1 < first + length) continue;
      look.years.push_back(y);
      look.targets.push_back(targets[y]);
    }
    bool use = false;  // lengths of the best plan
    for (std::size_t i = 0; i < look.years.size(); ++i) {
      use = use || result_.lengths[look.years[i]] < look.targets[i];
    }
    for (const auto& before : known) {
      if (before.answer == Answer::no || (before.answer == Answer::open && before.nodes < nodes)) {
        continue;
      }
      bool same = true;  // all years are in `before`, with no less
      for (std::size_t i = 0; i < look.years.size() && same; ++i) {
        const auto place = std::find(before.years.begin(), before.years.end(), look.years[i]);
        const auto at_place = static_cast<std::size_t>(place - before.years.begin());
        same = place != before.years.end() && before.targets[at_place] >= look.targets[i];
      }
      if (same && (before.answer == Answer::yes || before.years == look.years)) use = false;
    }
    if (use) found.push_back(std::move(look));
  }
  return found;
}

// Refuted targets become conflicts. True when there were any.
bool Solver::refute(const std::vector<std::int64_t>& targets, std::vector<Look>& known,
                    Losses& losses, std::size_t effort) {
  const auto [nodes, longest, rounds] = kEfforts[effort];
  const auto years = targets.size();
  const auto take_looks = [&](std::vector<Look> list) {
    parallel_for(list.size(), options_.threads, [&](std::size_t i) { look(list[i]); });
    bool any = false;
    for (auto& one : list) {
      ++result_.nodes;
      if (one.answer == Answer::no) losses.add({one.years, one.targets});
      any = any || one.answer == Answer::no;
      known.push_back(std::move(one));
    }
    return any;
  };
  for (std::size_t length = 2; length <= std::min(kShort, years) && !stop(); ++length) {
    if (take_looks(looks(targets, length, known, nodes, true))) return true;
    if (length > 2 && take_looks(looks(targets, length, known, nodes, false))) return true;
  }
  std::vector<Look> distant;
  for (std::size_t length = kShort + 1; length <= std::min(kFarthest, years); ++length) {
    for (auto& one : looks(targets, length, known, nodes, true)) distant.push_back(std::move(one));
  }
  if (take_looks(std::move(distant))) return true;
  for (std::size_t length = kShort + 1; length <= std::min(longest, years) && !stop(); ++length) {
    if (take_looks(looks(targets, length, known, nodes, false))) return true;
  }
  return false;
}

// From the least losses that are not refuted: either a plan reaches them, and is best, or some
// years cannot, and the losses change. Ends where neither is found. Returns what all years but each
// one lose at least.
std::vector<std::int64_t> Solver::search_losses() {
  const auto sum = std::accumulate(reach_.begin(), reach_.end(), std::int64_t{0});
  Losses losses(reach_, from_[at(problem_.sink)]);
  std::vector<Look> known;
  std::size_t climbed = 0;  // efforts after which plans were looked for
  for (std::int64_t spare = 0; !near_enough() && !stop();) {
    const auto targets = losses.targets(spare);
    if (!targets) {
      ++spare;
      lower_bound_to(std::max(result_.objective, sum - spare));
      continue;
    }
    bool refuted = false;
    for (std::size_t effort = 0; effort < kEfforts.size() && !refuted; ++effort) {
      refuted = refute(*targets, known, losses, effort);
      if (refuted || effort < climbed) continue;
      const auto before = result_.objective;
      climb_long(kEfforts[effort].rounds);
      climbed = effort + 1;
      if (near_enough() || stop() || result_.objective > before) break;
    }
    if (!refuted && climbed == kEfforts.size()) break;
  }
  std::vector<std::int64_t> outside;
  for (std::size_t y = 0; y < reach_.size(); ++y) {
    outside.push_back(losses.least(sum - result_.objective, y));
  }
  return outside;
}

}  // namespace abatis::interdiction
