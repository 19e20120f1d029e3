#pragma once
// Why a site is in a plan or out of it: what its purchase and its options do, by shortest paths.

#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/plan/plan.hpp"

namespace abatis {

// A way that a case would take through the site if nothing were bought there, faster than the
// plan lets it be; in the years in which it takes the same sites.
struct WayThrough {
  int kase = 0;
  std::vector<int> years;          // ascending
  int year = 0;                    // of them, the one with the most lost
  double time_s = 0, plan_s = 0;   // in that year: by this way, and under the plan
  double loss_s = 0;               // objective seconds, all its years: weights x (plan - time)
  std::vector<int> sites;          // entered, in order, bought or not
  std::vector<std::int32_t> arcs;  // of the case's graph, in that year
};

// What stands there in the plan, taken away with nothing in its place.
struct SiteLoss {
  Purchase purchase;
  double objective_s = 0;  // of the plan without it
  // What relies on it: without it a limit to which it gives would be overdrawn, so these go too.
  std::vector<Purchase> fallen;
  double fallen_objective_s = 0;  // of the plan without all of these
  std::vector<WayThrough> ways;   // the largest loss first
};

// An option that is not bought.
struct OptionOffer {
  int option = 0;
  // Objective of the plan with it, given for nothing in the first year, in the place of what is
  // bought at the site: no year gives more.
  double free_s = 0;
  int year = 0;                      // in which the fewest rules stand against it, the earliest
  double year_s = 0;                 // objective with it bought in that year
  std::vector<std::string> against;  // rules that the plan with it would break then, in words
  // Reduced cost at the root relaxation, objective seconds; PlanResult::reduced_s. Nothing when no
  // relaxation was solved.
  std::optional<double> reduced_s;
};

// Whether some plan has the option, as a decision of the user: PlanFixed in `year`.
struct OptionDecision {
  enum class Answer { possible, impossible, open } answer = Answer::open;
  int option = 0, year = 0;
  double objective_s = 0;  // possible: of the first such plan found; the best may score more
  std::string why;         // impossible: the rules; open: what was tried
};

struct SiteExplanation {
  int site = 0;
  double objective_s = 0;             // of the plan
  std::optional<SiteLoss> in;         // nothing bought there: empty
  std::vector<OptionOffer> offers;    // every other option of the site, in their order
  std::optional<OptionDecision> fix;  // of a site that is out: its likeliest option
};

// `purchases` keep every rule of `problem`; `priced`, when given, is a result of solve_plan for the
// same problem, whose reduced costs are read. Exact but for `fix`, which searches for any plan for
// some seconds at most, and for reduced costs, which hold for the relaxation.
// Errors: purchases that break a rule; a site without options or unknown. Deterministic on any
// number of threads but for that limit of time. O(options of the site x years x cases) shortest
// paths.
Result<SiteExplanation> explain_site(const PlanProblem& problem,
                                     const std::vector<Purchase>& purchases, int site,
                                     const PlanResult* priced, Monitor& monitor);

}  // namespace abatis
