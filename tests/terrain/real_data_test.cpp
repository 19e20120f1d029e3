// A piece of the real border, when the data are there.

#include <gtest/gtest.h>

#include "abatis/terrain/terrain.hpp"
#include "support/real_data.hpp"

namespace abatis {
namespace {

TEST(terrain_real_data, the_border_north_of_vistytis_has_its_parts) {
  ABATIS_REAL_DATA(data);
  auto loaded = load_scenario(
      std::filesystem::path(ABATIS_SOURCE_DIR) / "data/scenarios/suwalki-real" / "scenario.toml",
      {.data_root = data});
  ASSERT_TRUE(loaded) << to_string(loaded.error().front());
  Scenario scenario = *loaded;
  // 24 x 20 km around Kybartai, on the border with the Kaliningrad region.
  scenario.grid = {
      .epsg = 3346, .origin_x = 406000, .origin_y = 6062000, .cell = 100, .rows = 200, .cols = 240};
  const auto built = build_terrain(scenario, 2, silent_monitor());
  ASSERT_TRUE(built) << to_string(built.error());
  const Terrain& t = *built;
  std::int64_t friendly = 0, adversary = 0, roads = 0, bridges = 0, rivers = 0, closed = 0;
  for (Cell c = 0; c < static_cast<Cell>(t.grid.size()); ++c) {
    friendly += t.side_of(c) == Side::friendly ? 1 : 0;
    adversary += t.side_of(c) == Side::adversary ? 1 : 0;
    roads += t.road[c] != 0 ? 1 : 0;
    bridges += t.bridge[c];
    rivers += t.natural[c] != 0 ? 1 : 0;
    closed += t.road[c] != 0 && t.natural[c] != 0 && t.bridge[c] == 0 ? 1 : 0;
    ASSERT_FALSE(is_nodata(t.elevation_m[c]));
    ASSERT_GE(t.border_distance_m[c], 0.0F);
  }
  const auto cells = static_cast<std::int64_t>(t.grid.size());
  EXPECT_GE(friendly + adversary, cells - 20);  // no sea, no third state; slivers at the edge
  EXPECT_GT(friendly, cells / 4);
  EXPECT_GT(adversary, cells / 4);
  EXPECT_GT(roads, cells / 10);
  EXPECT_GT(rivers, 100);
  EXPECT_GT(bridges, 10);
  EXPECT_LT(closed, roads / 100);
  EXPECT_GT(t.settlements.size(), 20U);
}

}  // namespace
}  // namespace abatis
