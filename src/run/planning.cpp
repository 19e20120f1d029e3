#include "planning.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "abatis/plan/plan.hpp"
#include "plan_check.hpp"

namespace abatis {
namespace {

constexpr int kMaxRough = 3;  // rough plans that may refine the network
constexpr double kRoughGap = 0.3;
constexpr int kMaxReplans = 2;       // full plans that may
constexpr double kShare = 0.9;       // of the time left, for a search that another may follow
constexpr double kLeastTime = 0.02;  // of the time limit, for a search after it is over

class Planning {
 public:
  Planning(const PlanGround& ground, PlannedNetwork begun, int threads, Monitor& monitor)
      : ground_(ground),
        threads_(threads),
        monitor_(monitor),
        kept_(std::move(begun)),
        has_plan_(kept_.searches > 0) {
    if (has_plan_) known_bound_ = kept_.plan.bound;
    if (!has_plan_) kept_.rough = true;
    ++kept_.searches;
  }

  Result<PlannedNetwork> go() {
    ABATIS_CHECK(rounds());
    return std::move(kept_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  Status rounds();
  Status search(double gap, double share);
  void keep_prices(PlanResult& plan) const;
  Result<bool> refine();
  Result<bool> round(double gap);

  double limit() const { return ground_.scenario.plan.time_limit_s; }
  double left() const {
    return limit() - std::chrono::duration<double>(Clock::now() - began_).count();
  }
  bool late() const { return left() <= 0; }
  bool stopped() const { return kept_.plan.status == PlanStatus::interrupted; }

  const PlanGround& ground_;
  int threads_;
  Monitor& monitor_;
  PlannedNetwork kept_;          // the last plan and the network it belongs to
  std::optional<Network> next_;  // refined, no plan on it yet
  bool has_plan_;
  double stretch_ = 1;  // from the network of the last plan to the one that is next
  double known_bound_ = std::numeric_limits<double>::infinity();  // on the network that is next
  Clock::time_point began_ = Clock::now();
};

// One search on the network as it is, with a share of the time that is left. An interruption keeps
// the plan of the search before.
Status Planning::search(double gap, double share) {
  const Network& network = next_ ? *next_ : kept_.network;
  PlanProblem problem = make_problem(ground_.scenario, ground_.sites, network, nullptr);
  problem.threads = threads_;
  problem.seed = kept_.seed;
  problem.gap = gap;
  problem.time_limit_s = std::max(share * left(), kLeastTime * limit());
  if (has_plan_) problem.start = kept_.plan.purchases;
  problem.known_bound = known_bound_;
  auto plan = solve_plan(problem, monitor_);
  if (!plan) {
    if (plan.error().code != ErrorCode::interrupted || !has_plan_) {
      return tl::unexpected(std::move(plan.error()));
    }
    kept_.plan.status = PlanStatus::interrupted;
    return {};
  }
  if (plan->root_bound > known_bound_ && !kept_.plan.prices.empty()) keep_prices(*plan);
  if (next_) kept_.network = std::move(*next_);
  next_.reset();
  kept_.plan = std::move(*plan);
  has_plan_ = true;
  known_bound_ = kept_.plan.bound;
  stretch_ = 1;
  return {};
}

// Prices of a relaxation that a search did not come near to are those of the search before.
void Planning::keep_prices(PlanResult& plan) const {
  plan.prices = kept_.plan.prices;
  plan.reduced_s = kept_.plan.reduced_s;
  for (double& r : plan.reduced_s) r *= stretch_;
  plan.reduced_bound = stretch_ * kept_.plan.reduced_bound;
}

// True: the grid found a faster way than the network, which was refined.
Result<bool> Planning::refine() {
  const PlanProblem problem = make_problem(ground_.scenario, ground_.sites, kept_.network, nullptr);
  Network network = kept_.network;
  const auto refined =
      refine_for_plan(ground_.scenario, ground_.terrain, ground_.mobility, ground_.sites, problem,
                      kept_.plan, network, threads_, monitor_);
  if (!refined) {
    if (refined.error().code != ErrorCode::interrupted) return refined;
    kept_.plan.status = PlanStatus::interrupted;  // a plan is there: it is kept, and marked
    return false;
  }
  if (*refined) {
    monitor_.note("plan: the grid found a faster way than the network; refined, planning again");
    next_ = std::move(network);
    stretch_ = refined_stretch(ground_.scenario.network);
    known_bound_ *= stretch_;
  } else {
    kept_.network = std::move(network);  // with the error that was measured
  }
  return refined;
}

Result<bool> Planning::round(double gap) {
  ABATIS_CHECK(search(gap, kShare));
  return stopped() ? Result<bool>(false) : refine();
}

Status Planning::rounds() {
  const double asked = ground_.scenario.plan.gap;
  for (int round_of = 0; kept_.rough && round_of < kMaxRough; ++round_of) {
    ABATIS_TRY(const bool refined, round(std::max(kRoughGap, asked)));
    if (stopped()) return {};
    if (!refined || late()) break;
  }
  kept_.rough = false;
  for (int round_of = 0; round_of < kMaxReplans; ++round_of) {
    ABATIS_TRY(const bool refined, round(asked));
    if (!refined) return {};
    if (late()) break;
  }
  return search(asked, 1);  // what error is left now, the outcome measures
}

}  // namespace

bool answers(const PlannedNetwork& kept, const RunOptions& options, double gap) {
  if (options.seed && *options.seed != kept.seed) return false;
  switch (kept.plan.status) {
    case PlanStatus::interrupted:
      return false;
    case PlanStatus::optimal:
      return true;
    case PlanStatus::node_limit:
    case PlanStatus::time_limit:
      if (options.last != Stage::plan && !options.gap && !options.time_limit_s) return true;
      break;
    case PlanStatus::within_gap:
      break;
  }
  return kept.plan.gap() <= gap;
}

std::optional<PlannedNetwork> to_begin_from(std::optional<PlannedNetwork> kept,
                                            const RunOptions& options, Monitor& monitor) {
  if (!kept || options.fresh) return std::nullopt;
  if (options.seed && *options.seed != kept->seed) {
    monitor.note(fmt::format("plan: the kept plan has seed {}; planning anew with seed {}",
                             kept->seed, *options.seed));
    return std::nullopt;
  }
  return kept;
}

Result<PlannedNetwork> plan_on_grid(const PlanGround& ground, PlannedNetwork begun, int threads,
                                    Monitor& monitor) {
  return Planning(ground, std::move(begun), threads, monitor).go();
}

std::string say_kept(const PlannedNetwork& kept) {
  const char* how = "ended within its gap";
  if (kept.plan.status == PlanStatus::optimal) how = "proven optimal";
  if (kept.plan.status == PlanStatus::interrupted) how = "interrupted";
  if (kept.plan.status == PlanStatus::node_limit) how = "stopped by its limit of nodes";
  if (kept.plan.status == PlanStatus::time_limit) how = "stopped by its time limit";
  return fmt::format("gap {:.2f} %, {}", 100 * kept.plan.gap(), how);
}

}  // namespace abatis
