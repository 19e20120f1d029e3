// Ends of an axis, and the corridors between them.

#include <gtest/gtest.h>

#include "abatis/travel/travel.hpp"
#include "drawn_world.hpp"
#include "measures/corridor.hpp"

namespace abatis {
namespace {

using testing::DrawnWorld;

const std::vector<std::string> kPlain{
    "RRR.................", "RRR.................", "RRR===============O=",
    "RRR.................", "RRR.....~~~.........",
};

TEST(AxisCells, StartOnTheBorderAndEndAroundTheObjective) {
  DrawnWorld world(kPlain);
  world.scenario.objectives[0].radius_m = 100;
  const auto cells =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  ASSERT_TRUE(cells) << to_string(cells.error());
  const Grid& g = world.grid();
  EXPECT_EQ(cells->sources,
            (std::vector<Cell>{g.at(0, 2), g.at(1, 2), g.at(2, 2), g.at(3, 2), g.at(4, 2)}));
  EXPECT_EQ(cells->targets,
            (std::vector<Cell>{g.at(1, 18), g.at(2, 17), g.at(2, 18), g.at(2, 19), g.at(3, 18)}));
}

TEST(AxisCells, AnObjectiveInALakeIsAnErrorWithItsPlace) {
  DrawnWorld world(kPlain);
  world.scenario.objectives[0].at = world.at(4, 9);
  world.scenario.objectives[0].where = {.file = "a.toml", .line = 7, .column = 3};
  const auto cells =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  ASSERT_FALSE(cells);
  EXPECT_EQ(cells.error().code, ErrorCode::input);
  EXPECT_EQ(cells.error().where.line, 7);
  EXPECT_NE(cells.error().message.find("goal"), std::string::npos);
  EXPECT_NE(cells.error().message.find("water"), std::string::npos);
  EXPECT_FALSE(cells.error().hint.empty());
}

TEST(AxisCells, AnObjectiveOutsideTheRegionOrWalledInIsAnError) {
  DrawnWorld world(kPlain);
  world.scenario.objectives[0].at = {0, 0};
  auto cells =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  ASSERT_FALSE(cells);
  EXPECT_NE(cells.error().message.find("outside"), std::string::npos);

  world.scenario.objectives[0].at = world.at(0, 10);
  world.wall[world.grid().at(0, 10)] = 1;
  world.fill_mobility();
  cells =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  ASSERT_FALSE(cells);
  EXPECT_NE(cells.error().message.find("tank in dry"), std::string::npos);
}

TEST(AxisCells, AnEntryNobodyPassesIsAnError) {
  DrawnWorld world(kPlain);
  for (std::int32_t r = 0; r < 5; ++r) world.wall[world.grid().at(r, 2)] = 1;
  world.fill_mobility();
  const auto cells =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  ASSERT_FALSE(cells);
  EXPECT_NE(cells.error().message.find("'west' has 5 border cells, and none is passable"),
            std::string::npos);
}

TEST(Corridor, HoldsExactlyTheCellsOfWaysWithinTheSlack) {
  std::vector<std::string> map(31, "RRR.................");
  map[15] = "RRR===============O=";
  DrawnWorld world(map);
  world.scenario.sites.corridor_slack = 0.3;
  const auto naturals = natural_barriers(world.terrain);
  const auto corridor = measures::find_corridor(world.scenario, world.terrain, world.mobility,
                                                naturals, 1, silent_monitor());
  ASSERT_TRUE(corridor) << to_string(corridor.error());
  ASSERT_EQ(corridor->factor, 1);
  const auto ends =
      axis_cells(world.scenario, world.terrain, world.mobility.speeds[0], world.scenario.axes[0]);
  TravelInput input;
  input.speed_mps = &world.mobility.speeds[0].speed_mps;
  const auto from = travel_time(input, ends->sources).time_s;
  const auto to = travel_time_to(input, ends->targets).time_s;
  const double best = from[static_cast<std::size_t>(ends->targets[0])];
  const Grid& g = world.grid();
  int inside = 0, outside = 0;
  for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
    const auto i = static_cast<std::size_t>(c);
    const double ratio = (from[i] + to[i]) / best;
    if (ratio <= 1.3) {
      ++inside;
      EXPECT_NEAR(corridor->ratio_at(c), ratio, 1e-5) << g.row_of(c) << ", " << g.col_of(c);
    } else if (corridor->holds(c)) {
      // The corridor is one cell wider than its ways.
      bool beside = false;
      for (std::int32_t r = g.row_of(c) - 1; r <= g.row_of(c) + 1; ++r) {
        for (std::int32_t k = g.col_of(c) - 1; k <= g.col_of(c) + 1; ++k) {
          if (!g.inside(r, k)) continue;
          const auto j = static_cast<std::size_t>(g.at(r, k));
          beside = beside || (from[j] + to[j]) / best <= 1.3;
        }
      }
      EXPECT_TRUE(beside);
    } else {
      ++outside;
    }
  }
  EXPECT_GT(inside, 15);
  EXPECT_GT(outside, 10);
  // Along the road one moves east.
  EXPECT_GT(corridor->east[static_cast<std::size_t>(g.at(15, 10))], 0.9F);
}

TEST(Corridor, AnAxisCutOffFromItsObjectiveIsNamed) {
  DrawnWorld world({"RRR..X.....", "RRR==X==O==", "RRR..X....."});
  const auto sites = world.sites();
  ASSERT_FALSE(sites);
  EXPECT_EQ(sites.error().code, ErrorCode::input);
  EXPECT_NE(sites.error().message.find("axis 'only'"), std::string::npos);
  EXPECT_NE(sites.error().message.find("goal"), std::string::npos);
}

}  // namespace
}  // namespace abatis
