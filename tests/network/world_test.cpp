// The public calls, on a whole small scenario: layers to network.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "abatis/network/network.hpp"
#include "abatis/travel/travel.hpp"
#include "small_world.hpp"

namespace abatis {
namespace {

using World = testing::SmallWorld;

// Layers are read once for all tests.
const World& world() {
  static const auto made = std::make_unique<World>("network");
  return *made;
}

TEST(NetworkWorld, IsWithinToleranceOfTheGridOnEveryCase) {
  const World& w = world();
  ASSERT_FALSE(w.sites.sites.empty());
  const auto network = w.build();
  ASSERT_TRUE(network.has_value()) << to_string(network.error());
  ASSERT_EQ(network->cases.size(), w.scenario.cases.size());
  ASSERT_EQ(network->graphs.size(), network->cases.size());
  EXPECT_EQ(network->error.plans, 2 + w.scenario.network.check_plans);
  EXPECT_LE(network->error.worst, w.scenario.network.tolerance);
  // By room travel alone, with nothing built and under a state that was not tried.
  const std::vector<SiteDelays> states = {
      SiteDelays(w.mobility.speeds.size(), std::vector<double>(w.sites.sites.size(), 0.0)),
      w.state(1), w.state(2)};
  double worst = 0;
  for (std::size_t i = 0; i < network->cases.size(); ++i) {
    const NetworkCase& c = network->cases[i];
    EXPECT_EQ(c.weight, w.scenario.cases[i].weight);
    const auto k = static_cast<std::size_t>(c.speed);
    const SpeedRaster& speed = w.mobility.speeds[k];
    EXPECT_EQ(speed.mover, c.mover);
    EXPECT_EQ(speed.season, c.season);
    const AxisCells ends = testing::TinyWorld::must(axis_cells(
        w.scenario, w.terrain, speed, w.scenario.axes[static_cast<std::size_t>(c.axis)]));
    for (const SiteDelays& state : states) {
      const auto delays = barrier_delays(w.sites, w.mobility, c.speed, state[k]);
      const TimeField field = travel_time({&speed.speed_mps, &w.sites.barrier, delays},
                                          ends.sources, {.targets = ends.targets});
      const double grid =
          field.time_s[static_cast<std::size_t>(nearest_target(field, ends.targets))];
      const double time = least_time(network->graphs[static_cast<std::size_t>(c.graph)], c.sources,
                                     c.targets, state[k]);
      EXPECT_GE(time, grid * (1 - 1e-9));
      worst = std::max(worst, time / grid - 1);
    }
  }
  const auto checked = check_network(w.scenario, w.terrain, w.mobility, w.sites, *network, states,
                                     2, silent_monitor());
  ASSERT_TRUE(checked.has_value()) << to_string(checked.error());
  EXPECT_NEAR(checked->worst, worst, 1e-9);
}

TEST(NetworkWorld, RefiningBringsAnyStateWithinTolerance) {
  const World& w = world();
  const auto network = w.build();
  ASSERT_TRUE(network.has_value()) << to_string(network.error());
  Scenario strict = w.scenario;
  strict.network.tolerance = 1e-6;
  const std::vector<SiteDelays> states = {w.state(3), w.state(4)};
  const auto refined =
      refine_network(strict, w.terrain, w.mobility, w.sites, *network, states, 2, silent_monitor());
  ASSERT_TRUE(refined.has_value()) << to_string(refined.error());
  const auto checked = check_network(w.scenario, w.terrain, w.mobility, w.sites, *refined, states,
                                     2, silent_monitor());
  ASSERT_TRUE(checked.has_value());
  EXPECT_LE(checked->worst, 1e-6);
  EXPECT_EQ(refined->error.plans, network->error.plans + 2);
  for (std::size_t k = 0; k < network->extra_nodes.size(); ++k) {
    EXPECT_TRUE(std::includes(refined->extra_nodes[k].begin(), refined->extra_nodes[k].end(),
                              network->extra_nodes[k].begin(), network->extra_nodes[k].end()));
  }
}

// What a bound on times relies on when it is carried over to a refined network.
TEST(NetworkWorld, RefiningMakesNoTimeLongerThanTheStretch) {
  const World& w = world();
  const auto network = w.build();
  ASSERT_TRUE(network.has_value()) << to_string(network.error());
  // Where paths of two states run become nodes, at a tolerance that both are off; then these nodes
  // at the tolerance of the first network, with arcs left out as there.
  const std::vector<SiteDelays> states = {w.state(5), w.state(6)};
  Scenario strict = w.scenario;
  strict.network.tolerance = 1e-6;
  const auto finest =
      refine_network(strict, w.terrain, w.mobility, w.sites, *network, states, 2, silent_monitor());
  ASSERT_TRUE(finest.has_value()) << to_string(finest.error());
  const auto refined = refine_network(w.scenario, w.terrain, w.mobility, w.sites, *finest, states,
                                      2, silent_monitor());
  ASSERT_TRUE(refined.has_value()) << to_string(refined.error());
  const double stretch = refined_stretch(w.scenario.network);
  EXPECT_LE(stretch, 1.0011);
  int shorter = 0;
  for (unsigned seed = 5; seed < 60; ++seed) {
    const SiteDelays state = w.state(seed);
    for (std::size_t i = 0; i < network->cases.size(); ++i) {
      const NetworkCase &before = network->cases[i], &after = refined->cases[i];
      const auto k = static_cast<std::size_t>(before.speed);
      const double was = least_time(network->graphs[static_cast<std::size_t>(before.graph)],
                                    before.sources, before.targets, state[k]);
      const double is = least_time(refined->graphs[static_cast<std::size_t>(after.graph)],
                                   after.sources, after.targets, state[k]);
      EXPECT_LE(is, was * stretch) << "seed " << seed << ", case " << i;
      shorter += is < was * (1 - 1e-9) ? 1 : 0;
    }
  }
  EXPECT_GT(shorter, 0);  // the refinement did something
}

TEST(NetworkWorld, AWalledInObjectiveIsAnErrorThatNamesTheAxis) {
  const World& w = world();
  Mobility walled = w.mobility;
  const Cell objective = *w.terrain.grid.cell_at(w.scenario.objectives[0].at);
  const auto reach = static_cast<std::int32_t>(w.scenario.objectives[0].radius_m / 100) + 2;
  for (SpeedRaster& speed : walled.speeds) {
    for (Cell c = 0; c < static_cast<Cell>(w.terrain.grid.size()); ++c) {
      const std::int32_t rows =
          std::abs(w.terrain.grid.row_of(c) - w.terrain.grid.row_of(objective));
      const std::int32_t cols =
          std::abs(w.terrain.grid.col_of(c) - w.terrain.grid.col_of(objective));
      if (std::max(rows, cols) == reach) speed.speed_mps[c] = 0;
    }
  }
  const auto network = build_network(w.scenario, w.terrain, walled, w.sites, 2, silent_monitor());
  ASSERT_FALSE(network.has_value());
  EXPECT_EQ(network.error().code, ErrorCode::input);
  EXPECT_THAT(network.error().message, ::testing::HasSubstr("cut off from every objective"));
  EXPECT_THAT(network.error().message, ::testing::HasSubstr(w.scenario.axes[0].id));
}

TEST(NetworkWorld, AStateOfTheWrongShapeIsRefused) {
  const World& w = world();
  const auto network = w.build();
  ASSERT_TRUE(network.has_value());
  const auto checked = check_network(w.scenario, w.terrain, w.mobility, w.sites, *network,
                                     {SiteDelays{{1.0}}}, 1, silent_monitor());
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::internal);
}

}  // namespace
}  // namespace abatis
