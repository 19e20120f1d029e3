// The narrowest lines against every pair of cells.

#include <gtest/gtest.h>

#include <cmath>

#include "abatis/base/random.hpp"
#include "drawn_gap.hpp"
#include "gap/narrowest.hpp"

namespace abatis::gap_detail {
namespace {

using testing::DrawnGap;
using testing::Map;

// Whether the segment between two cell centres touches the closed square of a third, in whole
// numbers: twice the coordinates, and the separating axes of a segment and a square.
bool touches_cell(const Grid& grid, Cell from, Cell to, Cell cell) {
  const std::int64_t x0 = 2 * grid.col_of(from), y0 = 2 * grid.row_of(from);
  const std::int64_t x1 = 2 * grid.col_of(to), y1 = 2 * grid.row_of(to);
  const std::int64_t x = 2 * grid.col_of(cell), y = 2 * grid.row_of(cell);
  if (std::max(x0, x1) < x - 1 || std::min(x0, x1) > x + 1) return false;
  if (std::max(y0, y1) < y - 1 || std::min(y0, y1) > y + 1) return false;
  int above = 0, below = 0;
  for (const std::int64_t dx : {-1, 1}) {
    for (const std::int64_t dy : {-1, 1}) {
      const std::int64_t side = (x1 - x0) * (y + dy - y0) - (y1 - y0) * (x + dx - x0);
      above += side > 0;
      below += side < 0;
    }
  }
  return above < 4 && below < 4;
}

bool slow_passes(const Raster<std::uint8_t>& mask, Cell from, Cell to) {
  for (Cell c = 0; c < static_cast<Cell>(mask.grid.size()); ++c) {
    if (c == from || c == to || mask[c] != 0) continue;
    if (touches_cell(mask.grid, from, to, c)) return false;
  }
  return true;
}

Map random_states(Random& random, int rows, int cols, double hostile) {
  Map map(static_cast<std::size_t>(rows), std::string(static_cast<std::size_t>(cols), 'L'));
  for (auto& row : map) {
    for (char& c : row) {
      if (random.uniform() < hostile) c = random.below(2) == 0 ? 'R' : 'B';
      if (random.uniform() < 0.03) c = ' ';
    }
  }
  return map;
}

TEST(Narrowest, AStraightLineSeesWhatASlowOneSees) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 0);
    Raster<std::uint8_t> mask({.epsg = 3346, .cell = 1, .rows = 9, .cols = 13}, 1);
    for (auto& v : mask.values) v = random.uniform() < 0.12 ? 0 : 1;
    for (Cell a = 0; a < static_cast<Cell>(mask.grid.size()); ++a) {
      for (Cell b = 0; b < static_cast<Cell>(mask.grid.size()); b += 3) {
        ASSERT_EQ(straight_passes(mask, a, b), slow_passes(mask, a, b)) << a << " to " << b;
      }
    }
  }
}

TEST(Narrowest, IsTheNearestPairThatSeesEachOther) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 1);
    const DrawnGap drawn(random_states(random, 9, 12, 0.06), Map(9, std::string(12, '.')));
    const GapGround ground = make_ground(drawn.scenario, drawn.terrain, drawn.scenario.gaps[0]);
    const GapLine line = narrowest_straight(ground);
    double best = kUnreachable;
    for (const Cell a : ground.hostile[0]) {
      for (const Cell b : ground.hostile[1]) {
        if (!slow_passes(ground.half, a, b)) continue;
        const double dr = ground.half.grid.row_of(a) - ground.half.grid.row_of(b);
        const double dc = ground.half.grid.col_of(a) - ground.half.grid.col_of(b);
        best = std::min(best, std::hypot(dr, dc));
      }
    }
    if (ground.touching != kNoCell || !std::isfinite(best)) {
      EXPECT_FALSE(line.why.empty());
      EXPECT_TRUE(line.line.empty());
      continue;
    }
    ++found;
    ASSERT_TRUE(line.why.empty()) << line.why;
    // Between centres it is the least; from edge to edge, less by what lies in the end cells.
    EXPECT_LE(line.length_m, 100 * best);
    EXPECT_GE(line.length_m, 100 * best - 100 * std::sqrt(2.0) - 1e-9);
    const double drawn_m =
        std::hypot(line.line[1].x - line.line[0].x, line.line[1].y - line.line[0].y);
    EXPECT_NEAR(line.length_m, drawn_m, 1e-6);
  }
  EXPECT_GT(found, 100);
}

TEST(Narrowest, FromEdgeToEdge) {
  const DrawnGap drawn({"RLLLB"}, {"....."});
  const Gap gap = drawn.gap();
  EXPECT_DOUBLE_EQ(gap.straight.length_m, 300);
  EXPECT_DOUBLE_EQ(gap.overland.length_m, 300);
  EXPECT_DOUBLE_EQ(gap.overland.graph_length_m, 300);
}

TEST(Narrowest, OverlandGoesRoundALakeOrOverItsBridge) {
  const Map states(5, "RLLLLLLB");
  const Map lake{"........", "...~....", "...~....", "...~....", "...~...."};
  Map bridged = lake;
  bridged[3][3] = '^';
  const Gap round = DrawnGap(states, lake).gap();
  const Gap over = DrawnGap(states, bridged).gap();
  EXPECT_DOUBLE_EQ(round.straight.length_m, 600) << "a lake is ground of the gap";
  EXPECT_DOUBLE_EQ(round.overland.length_m, 600) << "along the top row";
  EXPECT_DOUBLE_EQ(over.overland.length_m, 600);
  Map wide = lake;
  for (auto& row : wide) row[3] = '~';
  const Gap none = DrawnGap(states, wide).gap();
  EXPECT_TRUE(none.straight.why.empty());
  EXPECT_NE(none.overland.why.find("no way over dry"), std::string::npos) << none.overland.why;
}

TEST(Narrowest, OverlandIsNoLongerThanItsGraphAndNoShorterThanStraight) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 2);
    Map ground(14, std::string(20, '.'));
    for (auto& row : ground) {
      for (char& c : row) c = random.uniform() < 0.25 ? '~' : '.';
    }
    Map states(14, "R" + std::string(18, 'L') + "B");
    const Gap gap = DrawnGap(states, ground).gap();
    if (!gap.overland.why.empty()) continue;
    EXPECT_LE(gap.overland.length_m, gap.overland.graph_length_m + 1e-6);
    EXPECT_GE(gap.overland.length_m, gap.straight.length_m - 1e-6);
  }
}

TEST(Narrowest, SaysWhyThereIsNone) {
  EXPECT_NE(DrawnGap({"RRB", "LLL"}, {"...", "..."}).gap().straight.why.find("touch"),
            std::string::npos);
  EXPECT_NE(
      DrawnGap({"R LB", "L  L"}, {"....", "...."}).gap().straight.why.find("no straight line"),
      std::string::npos);
  const Gap none = DrawnGap({"LRR   BL"}, {"........"}).gap();
  EXPECT_NE(none.straight.why.find("no straight line"), std::string::npos) << none.straight.why;
  EXPECT_NE(none.overland.why.find("no way over dry"), std::string::npos) << none.overland.why;
}

}  // namespace
}  // namespace abatis::gap_detail
