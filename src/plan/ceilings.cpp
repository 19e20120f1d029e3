#include "ceilings.hpp"

#include <algorithm>

#include "abatis/base/parallel.hpp"
#include "still.hpp"
#include "tree.hpp"

namespace abatis::plan_detail {

namespace {

constexpr int kRounds = 8;      // of one cell
constexpr double kPays = 0.01;  // a round has to lower the ceiling by this share of what is left
constexpr double kRounding = 1e-9;  // of a time

// Passes on the wish to stop; says nothing.
class Quiet : public Monitor {
 public:
  explicit Quiet(const Monitor& outer) : outer_(outer) {}
  bool stop_requested() const override { return outer_.stop_requested(); }

 private:
  const Monitor& outer_;
};

double seconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// The ceilings of one case.
class CaseCeilings {
 public:
  CaseCeilings(const Instance& instance, int kase, Monitor& monitor,
               std::chrono::steady_clock::time_point began, std::vector<Path>& paths)
      : instance_(instance), kase_(kase), monitor_(monitor), began_(began), paths_(paths) {}

  void find(std::vector<double>& by_year) {
    double reached = 0;  // this much can be had, by the relaxation, and later years have more money
    for (const PlanCell& cell : instance_.cells) {
      if (cell.kase != kase_ || cell.top <= reached * (1 + kRounding)) continue;
      const double ceiling = lower(cell);
      if (stopped_) return;
      if (ceiling < cell.top) by_year[at(cell.year)] = ceiling;
      if (ceiling >= cell.top) reached = cell.top;
    }
  }

 private:
  double lower(const PlanCell& cell) {
    PlanProblem still = still_of(instance_.problem, cell.year, {kase_});
    still.cases.front().weight = 1;
    still.threads = 1;
    double ceiling = cell.top;
    for (int round = 0; round < kRounds; ++round) {
      const Instance instance(still, monitor_, {ceiling});
      if (instance.cells.empty()) return cell.base * (1 + kRounding);
      Tree tree(instance, monitor_, seconds_since(began_));
      tree.know({paths_});
      const double bound = tree.relax();
      stopped_ = tree.stopped();
      paths_ = tree.paths().of(0);
      if (bound < cell.base * (1 - kRounding))
        return cell.top;  // no plan at all, or only rounding: the search says
      const double before = ceiling;
      ceiling = std::min(ceiling, bound * (1 + kRounding));
      if (stopped_ || before - ceiling < kPays * (before - cell.base)) break;
    }
    return ceiling < cell.top * (1 - kRounding) ? ceiling : cell.top;
  }

  const Instance& instance_;
  int kase_;
  Monitor& monitor_;
  std::chrono::steady_clock::time_point began_;
  std::vector<Path>& paths_;
  bool stopped_ = false;
};

}  // namespace

Ceilings find_ceilings(const Instance& instance, Monitor& monitor,
                       std::chrono::steady_clock::time_point began) {
  const PlanProblem& p = instance.problem;
  const std::size_t cases = p.cases.size();
  Quiet quiet(monitor);
  monitor.begin("plan: ceilings", static_cast<std::int64_t>(cases), "cases");
  std::vector<std::vector<double>> by_case(cases, std::vector<double>(at(p.years), kUnreachable));
  Ceilings found;
  found.paths.resize(cases);
  parallel_for(cases, p.threads, [&](std::size_t k) {
    CaseCeilings(instance, static_cast<int>(k), quiet, began, found.paths[k]).find(by_case[k]);
    monitor.advance(1);
  });
  found.cell.resize(at(p.years) * cases);
  for (std::size_t k = 0; k < cases; ++k) {
    double later = kUnreachable;  // what was bought stays, so z never falls
    for (int t = p.years - 1; t >= 0; --t) {
      later = std::min(later, by_case[k][at(t)]);
      found.cell[at(t) * cases + k] = later;
    }
  }
  return found;
}

}  // namespace abatis::plan_detail
