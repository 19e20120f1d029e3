// Gap over time on the network that a run has kept: real problems without their other stages.
//   bench_plan_kept SCENARIO OUT [gap] [seconds] [threads] [DATA]
// OUT is the folder of a run (or of `abatis network`) by a program of the same formats.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/files.hpp"
#include "abatis/plan/plan.hpp"
#include "abatis/store/stages.hpp"

namespace {

using Clock = std::chrono::steady_clock;

class Timed : public abatis::Monitor {
 public:
  void note(std::string_view line) override {
    const double cpu = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    fmt::print("{:7.2f} s  {:7.2f} CPU s  {}\n", seconds(), cpu, line);
    std::fflush(stdout);
  }
  void searched(const abatis::SearchState& s) override {
    if (s.what == said_ && s.best == best_) return;
    said_ = s.what;
    best_ = s.best;
    note(fmt::format("{}: objective {:.6g}, bound {:.6g}, gap {:.2f} %", s.what, s.best.value_or(0),
                     s.bound, 100 * s.gap()));
  }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

 private:
  Clock::time_point began_ = Clock::now();
  std::string said_;
  std::optional<double> best_;
};

// The value of a stage, whatever key it was kept under: behind a line of magic and a digest.
template <class T>
std::optional<T> kept(const std::filesystem::path& out, const std::string& stage) {
  constexpr std::size_t kHead = 15 + 64;
  for (const auto& entry : std::filesystem::directory_iterator(out / ".stages")) {
    if (!entry.path().filename().string().starts_with(stage + "-")) continue;
    const auto bytes = abatis::read_file(entry.path(), std::uint64_t{1} << 34U);
    if (bytes && bytes->size() > kHead) {
      return abatis::from_bytes<T>(std::string_view(*bytes).substr(kHead));
    }
  }
  return std::nullopt;
}

double argument(const std::vector<std::string>& arguments, std::size_t i, double otherwise) {
  return i < arguments.size() ? std::strtod(arguments[i].c_str(), nullptr) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    fmt::print("bench_plan_kept SCENARIO OUT [gap] [seconds] [threads] [DATA]\n");
    return 2;
  }
  abatis::ScenarioOptions options;
  options.require_layers = false;
  if (arguments.size() > 5) options.data_root = arguments[5];
  const auto scenario = abatis::load_scenario(arguments[0], options);
  if (!scenario) {
    fmt::print("{}\n", abatis::to_string(scenario.error().front()));
    return 1;
  }
  const auto sites = kept<abatis::SiteSet>(arguments[1], "sites");
  auto planned = kept<abatis::PlannedNetwork>(arguments[1], "plan");
  auto network = planned ? std::optional(std::move(planned->network))
                         : kept<abatis::Network>(arguments[1], "network");
  if (!sites || !network) {
    fmt::print("{} keeps no sites or no network that this program reads\n", arguments[1]);
    return 1;
  }
  abatis::PlanProblem problem = abatis::make_problem(*scenario, *sites, *network, nullptr);
  problem.gap = argument(arguments, 2, problem.gap);
  problem.time_limit_s = argument(arguments, 3, problem.time_limit_s);
  problem.threads = static_cast<int>(argument(arguments, 4, 2));
  std::size_t arcs = 0, nodes = 0;
  for (const abatis::Graph* graph : problem.graphs) {
    arcs += graph->to.size();
    nodes += graph->first.size();
  }
  fmt::print("{} options at {} sites, {} years, {} cases, {} nodes, {} arcs\n",
             problem.options.size(), problem.sites, problem.years, problem.cases.size(), nodes,
             arcs);
  Timed monitor;
  const auto result = abatis::solve_plan(problem, monitor);
  if (!result) {
    fmt::print("{}\n", abatis::to_string(result.error()));
    return 1;
  }
  fmt::print(
      "{}: {:.1f} s, gap {:.2f} %, delay gap {:.1f} %, objective {:.1f}, bound {:.1f}, baseline "
      "{:.1f}, {} purchases, {} nodes, {} rounds, {} cuts\n",
      abatis::to_string(result->status), monitor.seconds(), 100 * result->gap(),
      100 * result->delay_gap(), result->objective, result->bound, result->baseline,
      result->purchases.size(), result->nodes, result->rounds, result->cuts);
  return 0;
}
