// The solver against an independent one: the plain mixed-integer program in Cbc, on problems too
// large to try all choices of.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "random_cover.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;

// In the LP format: first z_j <= sum of y, then K u_j <= sum of y, with u_j whole.
std::string plain_program(const CoverProblem& problem) {
  std::string objective = "maximize\n obj: 0 y0\n", rows, bounds, binaries = "binaries\n";
  for (std::size_t d = 0; d < problem.demand.size(); ++d) {
    const auto& point = problem.demand[d];
    std::string near;
    for (std::size_t s = 0; s < problem.sites.size(); ++s) {
      const auto& site = problem.sites[s];
      if (std::hypot(site.x - point.x, site.y - point.y) <=
          site.radius.value_or(problem.radius) + 1e-12) {
        near += fmt::format(" - y{}", s);
      }
    }
    if (near.empty()) continue;
    objective +=
        fmt::format(" + {:.12g} z{} + {:.12g} u{}\n", (1 - problem.backup_share) * point.weight, d,
                    problem.backup_share * point.weight, d);
    rows += fmt::format(" f{}: z{}{} <= 0\n b{}: {} u{}{} <= 0\n", d, d, near, d, problem.backup, d,
                        near);
    bounds += fmt::format(" z{} <= 1\n", d);
    binaries += fmt::format(" u{}\n", d);
  }
  std::string limit;
  for (std::size_t s = 0; s < problem.sites.size(); ++s) {
    binaries += fmt::format(" y{}\n", s);
    if (problem.sites[s].standing) {
      bounds += fmt::format(" y{} = 1\n", s);
    } else {
      limit += fmt::format(" + {:.12g} y{}", problem.choose ? 1 : problem.sites[s].cost, s);
    }
  }
  if (!limit.empty()) {
    rows += fmt::format(" limit:{} <= {:.12g}\n", limit,
                        problem.choose ? static_cast<double>(*problem.choose) : *problem.budget);
  }
  return objective + "subject to\n none: y0 <= 1\n" + rows + "bounds\n" + bounds + binaries +
         "end\n";
}

double by_cbc(const CoverProblem& problem) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("abatis_cover_{}", ::getpid());
  fs::create_directories(folder);
  std::ofstream(folder / "p.lp") << plain_program(problem);
  const std::string command = fmt::format(
      "cbc {0}/p.lp -ratioGap 0 -allowableGap 0 solve solution {0}/out.txt > {0}/log.txt 2>&1",
      folder.string());
  const int status = std::system(command.c_str());
  const auto text = read_file(folder / "out.txt");
  fs::remove_all(folder);
  if (status != 0 || !text) throw std::runtime_error("cbc failed");
  const auto at = text->find("objective value");
  if (text->find("Optimal") == std::string::npos || at == std::string::npos) {
    throw std::runtime_error("cbc did not finish: " + text->substr(0, 100));
  }
  return std::abs(std::stod(text->substr(at + 15)));
}

TEST(CoverAgainstCbc, OptimaAreEqualOnThePlainProgram) {
  if (std::system("command -v cbc > /dev/null 2>&1") != 0) GTEST_SKIP() << "skipped: no cbc";
  int with_tree = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    CoverProblem problem = test::random_cover(seed, 40, 160);
    if (problem.sites.empty()) continue;
    if (problem.budget) *problem.budget *= 2;
    const auto found = cover(problem, {}, silent_monitor());
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(found->value, found->bound);
    EXPECT_NEAR(found->value, by_cbc(problem), 1e-6 * (1 + found->value));
    with_tree += found->nodes > 0;
  }
  EXPECT_GE(with_tree, 2);
}

}  // namespace
}  // namespace abatis
