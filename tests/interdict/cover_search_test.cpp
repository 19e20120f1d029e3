// Plans by covers: what is called a plan is one, and targets that can be reached are.

#include <gtest/gtest.h>

#include "abatis/interdict/interdict.hpp"
#include "interdict/cover_search.hpp"
#include "interdict/grids.hpp"

namespace abatis {
namespace {
using abatis::interdiction::bare_lengths;
using abatis::interdiction::CoverSearch;
using abatis::interdiction::Ways;
using abatis::testing::make_grid;

struct Ends {
  explicit Ends(const InterdictProblem& problem)
      : ways(problem),
        from(ways.lengths(bare_lengths(problem), problem.source, true)),
        to(ways.lengths(bare_lengths(problem), problem.sink, false)) {}
  Ways ways;
  std::vector<std::int64_t> from, to;
};

TEST(InterdictCovers, ReachKnownBestLengths) {
  for (const auto& [size, budget, seed, value] :
       std::vector<std::tuple<int, std::int64_t, std::uint64_t, std::int64_t>>{
           {10, 5, 1, 28}, {10, 20, 2, 32}, {20, 10, 2, 48}, {50, 5, 1, 104}}) {
    const auto problem = make_grid({.rows = size, .cols = size, .seed = seed}, {budget});
    const Ends ends(problem);
    CoverSearch covers(problem, ends.from, ends.to);
    ASSERT_TRUE(covers.reach({value}, 200'000'000)) << size << " b" << budget << " s" << seed;
    EXPECT_GE(yearly_lengths(problem, covers.plan()).value().front(), value);
  }
}

TEST(InterdictCovers, NeverClaimWhatCannotBe) {
  const auto problem = make_grid({.rows = 10, .cols = 10, .seed = 1}, {5});
  const Ends ends(problem);
  CoverSearch covers(problem, ends.from, ends.to);
  EXPECT_FALSE(covers.reach({29}, 5'000'000)) << "28 is the best";
  EXPECT_TRUE(covers.reach({28}, 50'000'000)) << "and is found after the failure";
}

TEST(InterdictCovers, SeveralYearsKeepToTheirBudgets) {
  const auto problem = make_grid({.rows = 8, .cols = 8, .cost = 3, .seed = 3}, {3, 0, 4, 2});
  const Ends ends(problem);
  CoverSearch covers(problem, ends.from, ends.to);
  const auto base = ends.from[static_cast<std::size_t>(problem.sink)];
  int reached = 0;
  for (std::int64_t more = 0; more < 4; ++more) {
    const std::vector<std::int64_t> targets{base, base, base + more, base + more};
    if (!covers.reach(targets, 20'000'000)) continue;
    ++reached;
    const auto lengths = yearly_lengths(problem, covers.plan());
    ASSERT_TRUE(lengths) << to_string(lengths.error());
    for (std::size_t y = 0; y < targets.size(); ++y) EXPECT_GE((*lengths)[y], targets[y]);
  }
  EXPECT_GE(reached, 2) << "a delay of one or more is always within 7";
}

TEST(InterdictCovers, YearsStayBelowTheirTargetsByNoMoreThanTheyMay) {
  const auto problem = make_grid({.rows = 8, .cols = 8, .seed = 5}, {1, 1, 1, 1});
  const Ends ends(problem);
  CoverSearch covers(problem, ends.from, ends.to);
  const auto base = ends.from[static_cast<std::size_t>(problem.sink)];
  const std::vector<std::int64_t> targets{base + 3, base + 4, base + 4, base + 6};
  int reached = 0;
  for (std::int64_t spare = 17; spare >= 0; --spare) {
    if (!covers.reach(targets, 20'000'000, spare)) continue;
    ++reached;
    const auto lengths = yearly_lengths(problem, covers.plan());
    ASSERT_TRUE(lengths) << to_string(lengths.error());
    std::int64_t below = 0;
    for (std::size_t y = 0; y < targets.size(); ++y) {
      below += std::max<std::int64_t>(0, targets[y] - (*lengths)[y]);
    }
    EXPECT_LE(below, spare);
  }
  EXPECT_GE(reached, 1) << "17 is what all may lack";
}

}  // namespace
}  // namespace abatis
