// Gap over time on a synthetic belt problem.
//   bench_plan [sites] [years] [axes] [share] [gap] [seconds] [threads] [rows] [columns] [seed]
//   [parks]
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "abatis/base/parallel.hpp"
#include "belt_problem.hpp"

namespace {

using Clock = std::chrono::steady_clock;

class Timed : public abatis::Monitor {
 public:
  void searched(const abatis::SearchState& s) override {
    if (s.what == said_ && s.best == best_) return;
    said_ = s.what;
    best_ = s.best;
    note(fmt::format("{}: objective {:.6g}, bound {:.6g}, gap {:.2f} %", s.what, s.best.value_or(0),
                     s.bound, 100 * s.gap()));
  }
  void note(std::string_view line) override {
    const double s = std::chrono::duration<double>(Clock::now() - began_).count();
    fmt::print("{:7.2f} s  {}\n", s, line);
    std::fflush(stdout);
  }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

 private:
  Clock::time_point began_ = Clock::now();
};

double argument(const std::vector<std::string>& arguments, std::size_t i, double otherwise) {
  return i < arguments.size() ? std::strtod(arguments[i].c_str(), nullptr) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  abatis::bench::BeltShape shape;
  shape.sites = static_cast<int>(argument(arguments, 0, 400));
  shape.years = static_cast<int>(argument(arguments, 1, 10));
  shape.axes = static_cast<int>(argument(arguments, 2, 4));
  shape.share_of_sites = argument(arguments, 3, 0.2);
  shape.rows = static_cast<int>(argument(arguments, 7, 60));
  shape.columns = static_cast<int>(argument(arguments, 8, 200));
  shape.seed = static_cast<std::uint64_t>(argument(arguments, 9, 1));
  shape.parks = static_cast<int>(argument(arguments, 10, 0));
  auto belt = abatis::bench::belt_problem(shape);
  belt.problem.gap = argument(arguments, 4, 0.05);
  belt.problem.time_limit_s = argument(arguments, 5, 120);
  belt.problem.threads = static_cast<int>(argument(arguments, 6, 2));
  fmt::print("{} options at {} sites, {} years, {} cases, {} nodes, {} arcs\n",
             belt.problem.options.size(), belt.problem.sites, belt.problem.years,
             belt.problem.cases.size(), belt.graphs[0]->nodes(), belt.graphs[0]->to.size());
  Timed monitor;
  const auto result = abatis::solve_plan(belt.problem, monitor);
  if (!result) {
    fmt::print("{}\n", abatis::to_string(result.error()));
    return 1;
  }
  const std::string broken = abatis::broken_rule(belt.problem, result->purchases);
  if (!broken.empty()) fmt::print("BROKEN: {}\n", broken);
  int parks = 0;
  for (const abatis::Purchase& p : result->purchases) {
    const int site = belt.problem.options[static_cast<std::size_t>(p.option)].site;
    if (site >= shape.sites && site < shape.sites + shape.parks) ++parks;
  }
  if (shape.parks > 0) fmt::print("{} of {} parks open\n", parks, shape.parks);
  fmt::print(
      "{}: {:.1f} s, gap {:.2f} %, delay gap {:.1f} %, objective {:.1f}, bound {:.1f}, baseline "
      "{:.1f}, {} purchases, {} nodes, {} rounds, {} cuts\n",
      abatis::to_string(result->status), monitor.seconds(), 100 * result->gap(),
      100 * result->delay_gap(), result->objective, result->bound, result->baseline,
      result->purchases.size(), result->nodes, result->rounds, result->cuts);
  return 0;
}
