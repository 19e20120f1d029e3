#pragma once
// Branch and cut: cuts at fractional points, branching on "bought by the end of year t".

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "cover_program.hpp"
#include "equilibrium.hpp"
#include "heuristic.hpp"
#include "instance.hpp"
#include "master.hpp"
#include "neighbours.hpp"
#include "paths.hpp"

namespace abatis::plan_detail {

class Tree {
 public:
  // `seconds`: time that was spent on the problem before.
  Tree(const Instance& instance, Monitor& monitor, double seconds = 0);
  // Only the relaxation: its bound, or nothing when it was not finished or settles the problem.
  std::optional<double> relaxation_bound();
  // Fills status, objective, bound, root_bound, prices and counts. False when no whole plan was
  // found: `exhausted()` then says whether that is a proof.
  bool solve(PlanResult& result);
  bool exhausted() const { return exhausted_; }
  PlanStatus stopped_by() const { return status_; }

 private:
  // One decision: the option is bought in `year` or before, or it is not.
  struct Node {
    int parent = -1;
    int option = -1, year = 0;
    bool bought = false;
    double bound = 0;
    double share = 0;  // of the purchase in the relaxation before the decision
    int depth = 0;
  };
  enum class Verdict { done, branch };
  // What branching on an option has done to the bound so far, per unit of fraction.
  struct History {
    double sum = 0;
    int count = 0;
  };

  void weigh_givers();
  void start();
  bool large() const;
  bool very_large() const;
  void equilibrate();
  void bound_years();
  void thin_everything(const std::vector<double>& x);
  void thin_start();
  struct BeltsWay {
    int late = -1;       // the year to begin with, -1 = the first
    double share = 0.5;  // from which on purchases are made (Belts)
    bool anew = false;   // with no known paths to begin with
  };
  // `reached`: by year, of plans before (Belts).
  void build_belts(const std::array<BeltsWay, 2>& ways, const std::vector<double>& x,
                   std::vector<double>& reached);
  void build_belts(const std::vector<double>& x);
  void thin(Books books, const std::vector<double>& liking, const std::vector<double>& x);
  Incumbent polished(const Incumbent& plan, const std::vector<double>& x);
  // `until`: share of the time that may be over by then.
  void search_neighbours(const std::vector<double>& x, int fruitless, double until = 1);
  void root();
  bool root_round();
  int separate_between();
  void branch_loop();
  Verdict explore(int node);
  bool round_at_node(double& before, int& stalled);
  bool apply(int node);
  int take_open();
  std::optional<Node> choose(int node) const;
  std::optional<Node> choose_undecided(int node) const;
  double score(int option, double share) const;
  void learn(const Node& node, double after);
  bool offer(const Incumbent& found);
  bool reopen(const Incumbent& found);
  void close(RouteCut cut);
  int separate_routes(const std::vector<double>& x);
  void try_rounding(const std::vector<double>& x, int passes);
  std::optional<Books> whole(const std::vector<double>& x) const;
  int separate(const std::vector<double>& x, const std::vector<double>& z, bool exact);
  int add_answers(const std::vector<Answer>& answers, const std::vector<double>& z);
  void fix_by_reduced_cost();
  std::vector<double> reduced_by_option() const;
  double tightened(double bound) const;
  double cutoff() const;
  double global_bound() const;
  bool gap_reached() const;
  bool stop();
  double spent() const;
  void report(const char* what);

  const Instance& instance_;
  Monitor& monitor_;
  PathPool pool_;
  Master master_;
  Heuristic heuristic_;
  Neighbours neighbours_;
  std::optional<Incumbent> best_;
  std::vector<Node> nodes_;
  std::vector<int> open_;           // heap by bound
  std::vector<double> upper_;       // by column, after fixing at the root
  std::vector<double> node_upper_;  // by column, in the node in work
  std::vector<int> must_;           // options to be bought in the node in work
  std::vector<History> up_, down_;  // by option
  std::vector<double> impact_;      // by option: weighted delay, s
  std::vector<double> weight_;      // the same with a share of what is given to others
  std::vector<double> centre_;      // best fractional point known, by column
  double centre_value_ = 0;         // its objective
  std::vector<double> gain_;        // by column: reduced costs at the root
  double gain_bound_ = 0;           // the bound they belong to
  std::vector<double> x_, z_;
  double current_ = 0;  // bound of the node in work
  double closed_ = 0;   // highest bound among nodes given up within tolerance
  double root_bound_ = 0;
  double step_ = 0;  // the objective moves in steps of this, 0 = unknown
  std::vector<LimitPrice> prices_;
  std::int64_t done_ = 0, rounds_ = 0, cuts_ = 0;
  std::atomic<PlanStatus> status_ = PlanStatus::optimal;  // stop() is asked on threads
  bool relaxation_only_ = false;
  std::atomic<bool> stopped_ = false;
  bool exhausted_ = false, in_node_ = false;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace abatis::plan_detail
