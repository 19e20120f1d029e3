// The whole room on a small border.

#include "abatis/watch/watch.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "watch_world.hpp"

namespace abatis {
namespace {

using testing::watch_world;

Watch watch_of(const testing::DrawnWorld& world, int threads = 1) {
  auto watch = find_watch(world.scenario, world.terrain, world.mobility, threads, silent_monitor());
  if (!watch) throw std::runtime_error(to_string(watch.error()));
  return std::move(*watch);
}

TEST(Watch, WithoutTheSectionThereIsNone) {
  auto world = watch_world(1);
  world.scenario.surveillance.given = false;
  const Watch none = watch_of(world);
  EXPECT_TRUE(none.years.empty());
  EXPECT_TRUE(none.sensors.empty());
  EXPECT_TRUE(watch_readiness(world.scenario, {}, {}, none).empty());
}

TEST(Watch, CoverageGrowsWithTheYearsUnderTheBoundAndTheMoney) {
  const auto world = watch_world(1);
  const Watch watch = watch_of(world);
  ASSERT_EQ(watch.years.size(), 10U);
  EXPECT_GT(watch.sensors.size(), 3U);
  EXPECT_GE(watch.objective_bound, watch.objective);
  EXPECT_FALSE(watch.timed_out);
  for (std::size_t y = 0; y < watch.years.size(); ++y) {
    const WatchYear& year = watch.years[y];
    EXPECT_LE(year.value, year.bound + 1e-9);
    EXPECT_LE(year.spent, year.allowed + 0.01);
    EXPECT_LE(year.border[0].twice, year.border[0].once);
    EXPECT_LE(year.border[0].modalities, year.border[0].twice + 1e-12);
    EXPECT_LE(year.border[2].once, year.border[0].once + 1e-12);  // cameras see no more in fog
    double gaps = 0;
    for (const WatchGap& gap : year.gaps) gaps += gap.to_m - gap.from_m;
    EXPECT_NEAR(gaps / watch.border_m, 1 - year.border[0].once, 1e-9);
    for (std::size_t a = 1; a < year.air.size(); ++a) {
      EXPECT_GE(year.air[a][0].once, year.air[a - 1][0].once - 1e-12);
      EXPECT_LE(year.fibre[a].once, year.air[a][0].once + 1e-12);
    }
    if (y > 0) {
      EXPECT_GE(year.value, watch.years[y - 1].value);
    }
  }
  EXPECT_EQ(watch.years[0].acting, 0);  // a year of lead time
  EXPECT_GT(watch.years.back().border[0].once, 0.5);
  EXPECT_LE(watch.years.back().spent, 3e6 + 0.01);
}

TEST(Watch, IsTheSameOnAnyNumberOfThreads) {
  const auto world = watch_world(6);
  const Watch one = watch_of(world, 1), four = watch_of(world, 4);
  ASSERT_EQ(one.sensors.size(), four.sensors.size());
  for (std::size_t i = 0; i < one.sensors.size(); ++i) {
    EXPECT_EQ(one.sensors[i].place, four.sensors[i].place);
    EXPECT_EQ(one.sensors[i].measure, four.sensors[i].measure);
    EXPECT_EQ(one.sensors[i].bought, four.sensors[i].bought);
  }
  EXPECT_EQ(one.objective, four.objective);
  EXPECT_EQ(one.seen, four.seen);
  for (std::size_t i = 0; i < one.lanes.size(); ++i) {
    EXPECT_EQ(one.lanes[i].ahead_m, four.lanes[i].ahead_m);
  }
}

TEST(Watch, SensorsBecomeSitesBoughtInTheirYears) {
  const auto world = watch_world(1);
  const Watch watch = watch_of(world);
  SiteSet sites;
  sites.sites.resize(3);
  add_sensors(world.scenario, world.terrain, watch, sites);
  ASSERT_EQ(sites.sites.size(), 3 + watch.sensors.size());
  ASSERT_EQ(sites.fixed.size(), watch.sensors.size());
  for (std::size_t i = 0; i < watch.sensors.size(); ++i) {
    const Site& site = sites.sites[3 + i];
    EXPECT_EQ(sites.fixed[i].site, static_cast<int>(3 + i));
    EXPECT_EQ(sites.fixed[i].year, watch.sensors[i].bought);
    EXPECT_EQ(site.rule, SiteRule::sensor);
    EXPECT_TRUE(site.cells.empty());
    ASSERT_EQ(site.options.size(), 1U);
    EXPECT_EQ(site.options[0].measure, watch.sensors[i].measure);
    EXPECT_GT(site.options[0].cost.value, 0);
  }
}

TEST(Watch, MoreWarningNeverMakesFewerObstaclesReady) {
  const auto world = watch_world(1);
  const Watch watch = watch_of(world);
  auto catalogue = world.scenario;  // a park with one crew and one stored obstacle near, one far
  Measure park;
  park.id = "park";
  park.rule = SiteRule::park;
  park.park = {.crews = 1, .call_out_s = {60, 60, 60}, .loads = 10, .convoy = 0};
  catalogue.catalogue.measures.push_back(park);
  SiteSet sites;
  sites.sites.resize(3);
  sites.sites[0].options = {{.measure = static_cast<int>(catalogue.catalogue.measures.size()) - 1}};
  for (std::size_t s = 1; s < 3; ++s) {
    Option stored{.measure = 2, .park = 0};
    stored.travel_s = 60;
    stored.emplace_s = 120;
    stored.delay_s.assign(2, std::vector<double>(10, 3600.0));
    sites.sites[s].options = {stored};
    sites.sites[s].arrival_s = {100.0 * static_cast<double>(s), 100.0 * static_cast<double>(s)};
  }
  const auto ready = watch_readiness(catalogue, sites, {{1, 0, 0}, {2, 0, 3}}, watch);
  ASSERT_EQ(ready.size(), 10U);
  EXPECT_EQ(ready[0].stored, 0);  // two years of lead time
  EXPECT_EQ(ready[2].stored, 1);
  EXPECT_EQ(ready[9].stored, 2);
  for (const YearReadiness& year : ready) {
    for (std::size_t i = 0; i < year.counts.size(); ++i) {
      const ReadyCount& now = year.counts[i];
      EXPECT_GE(now.ready_with, now.ready_without - 1e-9);
      EXPECT_GE(now.hours_with, now.hours_without - 1e-9);
      EXPECT_NEAR(now.hours_with, now.ready_with, 1e-9);  // an hour each
      if (i > 0) {
        EXPECT_GE(now.ready_without, year.counts[i - 1].ready_without);
      }
    }
    EXPECT_NEAR(year.counts.back().ready_without, year.stored, 1e-9);  // half a day is enough
  }
}

}  // namespace
}  // namespace abatis
