// Cases of a scenario, from drawn terrain.

#include "abatis/corridors/corridors.hpp"

#include <cstring>
#include <set>

#include <gtest/gtest.h>

#include "measures/drawn_world.hpp"

namespace abatis {
namespace {
using abatis::testing::DrawnWorld;

// Two bridges over a river with a delay of an hour; the objective in the east.
const std::vector<std::string> kBridges{
    "RRR........w.............", "RRR........w.............", "RRR========^=========....",
    "RRR........w........=....", "RRR........w........=....", "RRR........w........O....",
    "RRR........w........=....", "RRR........w........=....", "RRR========^=========....",
    "RRR........w.............", "RRR........w............."};

DrawnWorld bridges() {
  DrawnWorld world(kBridges);
  world.scenario.catalogue.formations = {{"company", "Company", 500, {"test"}},
                                         {"battalion", "Battalion", 1500, {"test"}}};
  return world;
}

CorridorRules rules() {
  CorridorRules r;
  r.slack = 0.3;
  r.routes = {.count = 3, .apart_m = 300, .overlap = 0.5};
  r.lasting_m = 200;
  return r;
}

Result<std::vector<CaseCorridors>> find(const DrawnWorld& world, int threads = 1) {
  const auto cases = chosen_cases(world.scenario, {});
  return find_corridors(world.scenario, world.terrain, world.mobility, cases.value(), rules(),
                        threads, silent_monitor());
}

TEST(Corridors, RoutesRunOverTheBridges) {
  const DrawnWorld world = bridges();
  const auto found = find(world);
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), world.scenario.cases.size());
  const CaseCorridors& tank = found->front();
  ASSERT_EQ(tank.routes.size(), 2U);
  std::set<std::int32_t> crossed;
  for (const RouteCorridor& r : tank.routes) {
    for (const Cell c : r.route.cells) {
      const Cell region = *world.grid().cell_at(tank.grid.centre(c));
      EXPECT_EQ(world.terrain.natural[region] != 0 && world.terrain.bridge[region] == 0, false);
      if (world.terrain.bridge[region] == 1) crossed.insert(world.grid().row_of(region));
    }
  }
  EXPECT_EQ(crossed, (std::set<std::int32_t>{2, 8}));
  ASSERT_EQ(tank.chokes.size(), 2U);
  for (const ChokePoint& choke : tank.chokes) EXPECT_EQ(choke.section.width_m, 100);
  // 600 m between the roads: two avenues for a company, one for a battalion.
  ASSERT_EQ(tank.avenues.size(), 3U);
  EXPECT_EQ(tank.avenues[2].routes, (std::vector<int>{0, 1}));
  EXPECT_EQ(tank.avenues[2].narrowest.width_m, 100) << "one bridge at a time";
  EXPECT_EQ(tank.avenues[2].fits, -1);
}

TEST(Corridors, SlackRasterIsTheSetAndNoMore) {
  const auto found = find(bridges());
  ASSERT_TRUE(found);
  const CaseCorridors& one = found->front();
  std::int64_t cells = 0;
  float least = 1;
  for (std::size_t i = 0; i < one.slack.values.size(); ++i) {
    EXPECT_EQ(is_nodata(one.slack.values[i]), is_nodata(one.widest.values[i]));
    if (is_nodata(one.slack.values[i])) continue;
    ++cells;
    least = std::min(least, one.slack.values[i]);
    EXPECT_LE(one.slack.values[i], 0.3F);
  }
  EXPECT_EQ(least, 0.0F);
  EXPECT_EQ(one.area_m2, 1e4 * static_cast<double>(cells));
}

TEST(Corridors, TheSameBitsOnAnyNumberOfThreads) {
  const DrawnWorld world = bridges();
  const auto one = find(world, 1);
  ASSERT_TRUE(one);
  for (const int threads : {2, 8}) {
    const auto other = find(world, threads);
    ASSERT_TRUE(other);
    ASSERT_EQ(other->size(), one->size());
    for (std::size_t k = 0; k < one->size(); ++k) {
      const CaseCorridors& a = (*one)[k];
      const CaseCorridors& b = (*other)[k];
      EXPECT_EQ(a.index, b.index);
      EXPECT_EQ(a.best_s, b.best_s);
      EXPECT_EQ(a.widest, b.widest);
      EXPECT_EQ(0, std::memcmp(a.slack.values.data(), b.slack.values.data(),
                               a.slack.values.size() * sizeof(float)));
      ASSERT_EQ(a.routes.size(), b.routes.size());
      for (std::size_t r = 0; r < a.routes.size(); ++r) {
        EXPECT_EQ(a.routes[r].route.cells, b.routes[r].route.cells);
        EXPECT_EQ(a.routes[r].narrowest.width_m, b.routes[r].narrowest.width_m);
      }
    }
  }
}

TEST(Corridors, AnAxisWithoutAWayIsNamed) {
  DrawnWorld world = bridges();
  for (std::int32_t r = 0; r < world.grid().rows; ++r) world.wall[world.grid().at(r, 15)] = 1;
  world.fill_mobility();
  const auto found = find(world);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::input);
  EXPECT_NE(found.error().message.find("is cut off"), std::string::npos) << found.error().message;
  EXPECT_NE(found.error().message.find(world.scenario.axes[0].id), std::string::npos);
}

TEST(Corridors, AnObjectiveOnItsEntryIsNamed) {
  DrawnWorld world = bridges();
  world.scenario.objectives[0].radius_m = 1e5;
  const auto found = find(world);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("its own entry"), std::string::npos)
      << found.error().message;
}

TEST(Corridors, AFilterThatNamesNothingIsAnError) {
  const DrawnWorld world = bridges();
  const Scenario& s = world.scenario;
  EXPECT_EQ(chosen_cases(s, {}).value().size(), s.cases.size());
  EXPECT_EQ(chosen_cases(s, {.mover = "car"}).value().size(), s.cases.size() / 2);
  const auto unknown = chosen_cases(s, {.mover = "tnak"});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().where.item, "--mover");
  EXPECT_NE(unknown.error().hint.find("tank"), std::string::npos) << unknown.error().hint;
  EXPECT_FALSE(chosen_cases(s, {.axis = "none"}));
  EXPECT_FALSE(chosen_cases(s, {.season = "none"}));
}

}  // namespace
}  // namespace abatis
