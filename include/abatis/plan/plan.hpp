#pragma once
// The optimiser: multi-year budgeted shortest-path interdiction with a proven gap (MODEL section
// 6). It knows graphs, options and money, and nothing of maps.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/network/network.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis {

struct Purchase {
  int option = 0;
  int year = 0;
};

// What an option takes from one budget class.
struct PlanCharge {
  int budget_class = 0;
  double cost = 0;         // EUR at purchase (with the liability share charged then)
  double maintenance = 0;  // EUR per year from the year after purchase
};

struct PlanOption {
  int site = 0;                     // options of one site exclude each other
  std::vector<PlanCharge> charges;  // one at least, by class, none twice
  // Delay (s) by speed index and age, never falling with age; last value holds beyond.
  std::vector<std::vector<double>> delay_s;
  // Not a purchase but a count that limits rest on (people of a settlement near mined zones): it
  // costs and delays nothing, is taken where something bought needs it, and is in no result.
  bool counts_only = false;

  double cost() const {  // EUR at purchase, of all classes
    double sum = 0;
    for (const PlanCharge& charge : charges) sum += charge.cost;
    return sum;
  }
  double maintenance() const {  // EUR per year after, of all classes
    double sum = 0;
    for (const PlanCharge& charge : charges) sum += charge.maintenance;
    return sum;
  }
};

struct PlanConflict {
  int option_a = 0, option_b = 0;
};  // indices into options
struct PlanEarmark {
  int budget_class = 0;
  EarmarkRule rule = EarmarkRule::at_most;
  double amount = 0, tolerance = 0;  // EUR over all years, purchases and maintenance
  int line = 0;                      // of the scenario file, for messages; 0 = none
};
struct PlanFixed {
  int option = 0;
  int year = 0;
  int line = 0;  // as of an earmark
};  // must be bought in that year
struct PlanBarred {
  int option = 0;
  int from = 0, to = 0;
};  // must not be bought in these years, both included

// A linear rule on what is bought: low <= sum of the amounts of what is bought <= high. With it
// are said
//   quotas         at least 40 km of roadside trees: low = 40, each site with its kilometres;
//   stores         stored obstacles use crew hours of a park, which gives them: high = 0, users
//                  with positive amounts, the park with a negative one, by_year_end, since the park
//                  must be open first;
//   prerequisites  an option needs one of others: high = 0, +1 and -1 each, by_year_end;
//   capacities     crews build at most so much a year: high, each_year;
//   harm           mined zones take at most so much land: high.
struct PlanUse {
  int option = 0;
  double amount = 0;  // negative: gives
};
enum class LimitSpan : std::uint8_t {
  horizon,      // on all that is bought, at the end of the last year
  by_year_end,  // at the end of every year on what is bought by then
  each_year     // on what is bought in each year by itself; such a limit has no `low`
};
struct PlanLimit {
  std::string name;           // for messages and prices: "park park-003: crew hours"
  std::vector<PlanUse> uses;  // no option twice
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  LimitSpan span = LimitSpan::horizon;  // of `high`; `low` holds at the end of the last year
  std::string unit;                     // of the amounts, for messages: "km"
  // As of an earmark; 0 = it follows from the catalogue, -1 = from neither.
  int line = 0;
};

// A way of friends that stays open: its least time with all that is bought is at most `limit_s` in
// every year. What is bought delays them by the speed index that they go by.
struct PlanRoute {
  std::string name;  // for messages: "route evac-1, ambulance in thaw"
  int graph = 0, speed = 0;
  std::vector<std::int32_t> sources, targets;  // nodes of the graph
  double limit_s = 0;
  int line = 0;  // as of an earmark
};

struct PlanProblem {
  int years = 1;
  int sites = 0;
  // By site: where in the graphs it lies, for sites that share the place of another (upgrades of
  // what is bought there): delays of all of them count. Beyond its end each site is its own place,
  // and the place of a place is itself.
  std::vector<int> place;
  int place_of(int site) const {
    const auto s = static_cast<std::size_t>(site);
    return s < place.size() ? place[s] : site;
  }
  std::vector<double> year_weights;  // years
  std::vector<const Graph*> graphs;  // not owned
  std::vector<NetworkCase> cases;
  // What counts of the cases of a year: the mean of the worst part of their weight (conditional
  // value at risk). 1 = all of them, the weighted mean; 0 = the least time alone.
  double tail = 1;
  std::vector<PlanOption> options;
  std::vector<double> budget;  // EUR by year
  double carry_over = 1;
  std::vector<PlanEarmark> earmarks;
  std::vector<PlanConflict> conflicts;
  std::vector<PlanFixed> fixed;
  std::vector<PlanBarred> barred;
  std::vector<PlanLimit> limits;
  std::vector<PlanRoute> routes;
  // A plan to start from, of a similar problem perhaps: what of it keeps the rules here is used.
  std::vector<Purchase> start;
  // A bound proven before on this very problem, s: it stands beside what the search proves.
  double known_bound = std::numeric_limits<double>::infinity();
  std::uint64_t seed = 0;  // of the random numbers that the search draws
  double gap = 0.05;
  std::int64_t node_limit = 2000;
  double time_limit_s = 600;
  int threads = 0;
  // For messages and price names only; may be left empty.
  int first_year = 0;                     // calendar year of year 0
  int budget_line = 0;                    // of the scenario file, 0 = none
  std::vector<std::string> class_names;   // by budget class
  std::vector<std::string> option_names;  // by option
};

enum class PlanStatus : std::uint8_t { optimal, within_gap, node_limit, time_limit, interrupted };
std::string_view to_string(PlanStatus status);

struct LimitPrice {     // shadow price at the root relaxation
  std::string limit;    // "budget 2027", "earmark anti_tank_mines at_least", name of a PlanLimit
  double per_meur = 0;  // objective seconds per million EUR of relaxing a limit on money, else 0
  double per_unit = 0;  // objective seconds per unit of relaxing a PlanLimit, else 0
  bool binding = false;
};

struct PlanResult {
  PlanStatus status = PlanStatus::optimal;
  double objective = 0;  // seconds: sum over years of w_t times what the tail makes of p_k, z
  double bound = 0;      // proven: no plan within the rules exceeds this
  double baseline = 0;   // the same with nothing built
  double gap() const { return objective > 0 ? (bound - objective) / objective : 0; }
  // Share of what could at most be bought that is still open: (bound-objective)/(bound-baseline).
  double delay_gap() const {
    return bound > baseline ? (bound - objective) / (bound - baseline) : 0;
  }
  std::vector<Purchase> purchases;          // by year, then option
  std::vector<std::vector<double>> time_s;  // [year][case]
  std::vector<double> baseline_s;           // [case]
  std::vector<double> spent;                // EUR by year (purchase + maintenance)
  std::vector<double> carried;              // EUR carried into each year
  // Budgets by year, then earmarks, then limits; empty when the search ended before a relaxation.
  std::vector<LimitPrice> prices;
  std::int64_t nodes = 0, cuts = 0, rounds = 0;
  double root_bound = 0;
  // Reduced costs of the root relaxation by option, in objective seconds: no plan that buys option
  // o, in whatever year, scores above reduced_bound - reduced_s[o]. 0 where the relaxation itself
  // would have it, infinity where no year takes it. A proof against an option where that is below
  // the objective; else, of whole plans, an estimate. Empty when the search ended before that.
  std::vector<double> reduced_s;
  double reduced_bound = 0;
};

// Solves by branch and cut on Clp. Errors: ErrorCode::infeasible naming the limit that makes it
// so (a budget below every option is not infeasible: it buys nothing, and says so in a note; an
// earmark that cannot be met is). Deterministic: the same bits on any number of threads unless
// time_limit_s strikes first.
Result<PlanResult> solve_plan(const PlanProblem& problem, Monitor& monitor);

// Objective of given purchases, by shortest paths alone: the oracle of tests and of the report.
double evaluate_plan(const PlanProblem& problem, const std::vector<Purchase>& purchases,
                     std::vector<std::vector<double>>* time_s = nullptr);
// Empty when the purchases keep every rule; else the first broken rule, in words.
std::string broken_rule(const PlanProblem& problem, const std::vector<Purchase>& purchases);

// "earmark anti_tank_mines at_least", as prices and messages name it.
std::string name_of_earmark(const PlanProblem& problem, const PlanEarmark& earmark);

// Delays (s, by site of the graphs: what is bought at a place counts there) in `year` for `speed`
// under purchases.
std::vector<double> site_delays(const PlanProblem& problem, const std::vector<Purchase>& purchases,
                                int year, int speed);

// The problem of a scenario; it points into `network`, which must outlive it. The cost of an option
// carries its share of the liability, due one planning period after purchase and discounted to
// then: cost + liability_share * liability / (1 + discount_rate)^years. Option order: by site, then
// by option of the site; `origin` gives (site, option) for each.
// Share of an option's liability that is charged to the budget at purchase.
double charged_liability(const Scenario& scenario);
struct PlanOrigin {
  int site = 0, option = 0;
  bool counts_only() const { return site < 0; }  // as of PlanOption
};
// What SiteSet::fixed names is bought in its year.
// Decisions are on sites that exist (see apply_decisions); the options of people near mined zones
// come last, with origin.counts_only().
PlanProblem make_problem(const Scenario& scenario, const SiteSet& sites, const Network& network,
                         std::vector<PlanOrigin>* origin);

// What a plan comes to in a metric of harm in a district (index into SiteSet::districts, below 0 in
// all), in unit_of(metric): mined zones that are stored count as those that stand, a settlement
// near several zones counts once.
double harm_of_plan(const Scenario& scenario, const SiteSet& sites,
                    const std::vector<PlanOrigin>& origin, const std::vector<Purchase>& purchases,
                    HarmMetric metric, int district = -1);

}  // namespace abatis
