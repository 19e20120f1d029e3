// Instances after published recipes (Israeli & Wood 2002) with values found by an independent
// branch and cut. They lie beside the repository; without them the tests are skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "abatis/base/sort.hpp"
#include "abatis/plan/plan.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

struct Known {
  std::unique_ptr<Graph> graph;
  PlanProblem problem;
};

std::filesystem::path instances() {
  return std::filesystem::path(ABATIS_SOURCE_DIR) / ".." / "shared" / "instances";
}

struct Arc {
  int tail = 0, head = 0, length = 0, delay = 0, cost = 0;
};

Known read_instance(const std::filesystem::path& file) {
  Known known;
  PlanProblem& p = known.problem;
  std::ifstream in(file);
  std::string line, kind, role;
  std::vector<Arc> arcs;
  int nodes = 0;
  NetworkCase c;
  c.weight = 1;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    words >> kind;
    int number = 0;
    if (kind == "p") {
      words >> role >> nodes >> number >> p.years;
    } else if (kind == "n") {
      words >> number >> role;
      (role == "s" ? c.sources : c.targets).push_back(number);
    } else if (kind == "b") {
      double amount = 0;
      while (words >> amount) p.budget.push_back(amount * 1e6);
    } else if (kind == "a") {
      Arc a;
      words >> a.tail >> a.head >> a.length >> a.delay >> a.cost;
      arcs.push_back(a);
    }
  }
  sort_stably(arcs, [](const Arc& a, const Arc& b) { return a.tail < b.tail; });
  known.graph = std::make_unique<Graph>();
  Graph& g = *known.graph;
  g.first.assign(static_cast<std::size_t>(nodes) + 1, 0);
  for (const Arc& a : arcs) {
    ++g.first[static_cast<std::size_t>(a.tail) + 1];
    g.to.push_back(a.head);
    g.time_s.push_back(a.length);
    g.site.push_back(a.cost > 0 ? p.sites : -1);
    if (a.cost == 0) continue;
    p.options.push_back({p.sites, {{0, a.cost * 1e6, 0}}, {{static_cast<double>(a.delay)}}});
    ++p.sites;
  }
  for (std::size_t n = 1; n < g.first.size(); ++n) g.first[n] += g.first[n - 1];
  p.year_weights.assign(static_cast<std::size_t>(p.years), 1.0);
  p.graphs = {known.graph.get()};
  p.cases = {c};
  p.carry_over = 0;
  p.gap = 0;
  p.node_limit = 1000000;
  return known;
}

struct Value {
  const char* arguments;
  const char* name;
  double value;
};

class KnownInstance : public ::testing::TestWithParam<Value> {};

TEST_P(KnownInstance, ObjectiveAndBoundAreTheKnownValue) {
  const auto generator = instances() / "spni_instances.py";
  if (!std::filesystem::exists(generator)) {
    GTEST_SKIP() << "skipped: " << generator << " is not there";
  }
  const TempFolder folder;
  const auto file = folder / "grid.spni";
  const std::string command = "python3 '" + generator.string() + "' gen " + GetParam().arguments +
                              " -o '" + file.string() + "' > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  const Known known = read_instance(file);
  const auto result = solve_plan(known.problem, silent_monitor());
  ASSERT_TRUE(result.has_value()) << to_string(result.error());
  EXPECT_EQ(result->objective, GetParam().value);
  EXPECT_NEAR(result->bound, GetParam().value, 1e-6 * GetParam().value);
  EXPECT_EQ(result->status, PlanStatus::optimal);
}

const auto kNamed = [](const auto& test) { return std::string("grid_") + test.param.name; };

#ifdef ABATIS_SLOW_TESTS
INSTANTIATE_TEST_SUITE_P(Plan, KnownInstance,
                         ::testing::Values(Value{"--rows 10 --budget 10 --seed 1", "10_10_1", 31},
                                           Value{"--rows 10 --budget 10 --seed 2", "10_10_2", 26},
                                           Value{"--rows 10 --budget 10 --seed 3", "10_10_3", 24},
                                           Value{"--rows 20 --budget 5 --seed 1", "20_5_1", 44},
                                           Value{"--rows 20 --budget 5 --seed 2", "20_5_2", 44},
                                           Value{"--rows 20 --budget 5 --seed 3", "20_5_3", 43},
                                           Value{"--rows 30 --budget 5 --seed 1", "30_5_1", 57},
                                           Value{"--rows 30 --budget 5 --seed 3", "30_5_3", 64}),
                         kNamed);
#else
INSTANTIATE_TEST_SUITE_P(Plan, KnownInstance,
                         ::testing::Values(Value{"--rows 10 --budget 5 --seed 1", "10_5_1", 28},
                                           Value{"--rows 10 --budget 5 --seed 2", "10_5_2", 22},
                                           Value{"--rows 10 --budget 5 --seed 3", "10_5_3", 20}),
                         kNamed);
#endif

}  // namespace
}  // namespace abatis
