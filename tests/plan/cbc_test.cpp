// The planner against an independent solver: the whole problem as one mixed-integer program (the
// inner shortest paths by their duals; Israeli & Wood 2002), solved by Cbc, on problems too large
// to enumerate.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "random_problem.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;

// In the LP format: potentials p(t,k,n) with p(head) <= p(tail) + time + delays of what is bought.
class SingleLevel {
 public:
  explicit SingleLevel(const PlanProblem& problem) : p_(problem) {
    for (int t = 0; t < p_.years; ++t) {
      for (std::size_t k = 0; k < p_.cases.size(); ++k) add_cell(t, k);
    }
    add_rules();
  }
  std::string text() const {
    std::string all =
        "maximize\n obj:" + objective_ + "\nsubject to\n" + rows_ + "bounds\n" + bounds_;
    all += "binaries\n";
    for (std::size_t o = 0; o < p_.options.size(); ++o) {
      for (int u = 0; u < p_.years; ++u) all += " " + bought(o, u) + "\n";
    }
    return all + "end\n";
  }

 private:
  static std::string bought(std::size_t option, int year) {
    return fmt::format("x_{}_{}", option, year);
  }
  void row(const std::string& terms, const std::string& end) {
    rows_ += fmt::format(" r{}:{} {}\n", ++count_, terms, end);
  }

  void add_cell(int t, std::size_t k) {
    const NetworkCase& c = p_.cases[k];
    const Graph& g = *p_.graphs[static_cast<std::size_t>(c.graph)];
    const auto node = [&](std::int32_t n) { return fmt::format("p_{}_{}_{}", t, k, n); };
    for (const auto s : c.sources) bounds_ += fmt::format(" {} = 0\n", node(s));
    for (std::int32_t n = 0; n < g.nodes(); ++n) {
      for (auto a = g.first[static_cast<std::size_t>(n)];
           a < g.first[static_cast<std::size_t>(n) + 1]; ++a) {
        const auto arc = static_cast<std::size_t>(a);
        std::string terms = fmt::format(" {} - {}", node(g.to[arc]), node(n));
        for (std::size_t o = 0; o < p_.options.size() && g.site[arc] >= 0; ++o) {
          if (p_.options[o].site != g.site[arc]) continue;
          const auto& by_age = p_.options[o].delay_s[static_cast<std::size_t>(c.speed)];
          for (int u = 0; u <= t && !by_age.empty(); ++u) {
            const double delay =
                by_age[std::min(static_cast<std::size_t>(t - u), by_age.size() - 1)];
            if (delay > 0) terms += fmt::format(" - {:.12g} {}", delay, bought(o, u));
          }
        }
        row(terms, fmt::format("<= {:.12g}", g.time_s[arc]));
      }
    }
    const std::string z = fmt::format("z_{}_{}", t, k);
    for (const auto target : c.targets) row(fmt::format(" {} - {}", z, node(target)), "<= 0");
    objective_ +=
        fmt::format(" + {:.12g} {}", p_.year_weights[static_cast<std::size_t>(t)] * c.weight, z);
  }

  // One option a site, budgets with everything carried over, earmarks.
  void add_rules() {
    for (int s = 0; s < p_.sites; ++s) {
      std::string terms;
      for (std::size_t o = 0; o < p_.options.size(); ++o) {
        for (int u = 0; u < p_.years && p_.options[o].site == s; ++u) terms += " + " + bought(o, u);
      }
      if (!terms.empty()) row(terms, "<= 1");
    }
    double have = 0;
    for (int t = 0; t < p_.years; ++t) {
      have += p_.budget[static_cast<std::size_t>(t)];
      std::string terms;
      for (std::size_t o = 0; o < p_.options.size(); ++o) {
        for (int u = 0; u <= t; ++u) {
          terms += fmt::format(" + {:.12g} {}",
                               p_.options[o].cost() + (t - u) * p_.options[o].maintenance(),
                               bought(o, u));
        }
      }
      row(terms, fmt::format("<= {:.12g}", have));
    }
    for (const PlanEarmark& e : p_.earmarks) {
      std::string terms;
      for (std::size_t o = 0; o < p_.options.size(); ++o) {
        for (const PlanCharge& charge : p_.options[o].charges) {
          for (int u = 0; u < p_.years && charge.budget_class == e.budget_class; ++u) {
            terms +=
                fmt::format(" + {:.12g} {}", charge.cost + (p_.years - 1 - u) * charge.maintenance,
                            bought(o, u));
          }
        }
      }
      // A class without options: nothing is spent on it.
      if (terms.empty()) terms = " 0 " + bought(0, 0);
      row(terms, fmt::format("{} {:.12g}", e.rule == EarmarkRule::at_most ? "<=" : ">=", e.amount));
    }
  }

  const PlanProblem& p_;
  std::string objective_, rows_, bounds_;
  int count_ = 0;
};

// The optimum by Cbc; nothing when it proves that there is none.
std::optional<double> by_cbc(const PlanProblem& problem) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("abatis_cbc_{}", ::getpid());
  fs::create_directories(folder);
  std::ofstream(folder / "p.lp") << SingleLevel(problem).text();
  const std::string command = fmt::format(
      "cbc {0}/p.lp -ratioGap 0 -allowableGap 0 solve solution {0}/out.txt "
      "> {0}/log.txt 2>&1",
      folder.string());
  const int status = std::system(command.c_str());
  const auto text = read_file(folder / "out.txt");
  fs::remove_all(folder);
  if (status != 0 || !text) throw std::runtime_error("cbc failed");
  if (text->find("nfeasible") != std::string::npos) return std::nullopt;
  const auto at = text->find("objective value");
  if (text->find("Optimal") == std::string::npos || at == std::string::npos) {
    throw std::runtime_error("cbc did not finish: " + text->substr(0, 100));
  }
  return std::abs(std::stod(text->substr(at + 15)));
}

TEST(PlanAgainstCbc, OptimaAreEqualOnTheSingleLevelProgram) {
  if (std::system("command -v cbc > /dev/null 2>&1") != 0) GTEST_SKIP() << "skipped: no cbc";
  test::Shape shape;
  shape.max_years = 3;
  shape.max_sites = 12;
  shape.max_options = 24;
  shape.max_cases = 3;
  shape.maintenance = shape.earmarks = true;
  shape.budgets = 2;
  int solved = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    auto random = test::random_problem(seed, shape);
    PlanProblem& p = random.problem;
    p.carry_over = 1;
    for (PlanEarmark& e : p.earmarks) {
      if (e.rule == EarmarkRule::exactly) e.rule = EarmarkRule::at_least;
      e.amount *= 0.5;
    }
    const auto expected = by_cbc(p);
    const auto found = solve_plan(p, silent_monitor());
    ASSERT_EQ(found.has_value(), expected.has_value());
    if (!found) continue;
    ++solved;
    EXPECT_NEAR(found->objective, *expected, 1e-5 * (1 + *expected));
    EXPECT_GE(found->bound, *expected - 1e-5 * (1 + *expected));
  }
  EXPECT_GT(solved, 30);
}

}  // namespace
}  // namespace abatis
