// How trees grow: the check values of the model, and what holds of any species.

#include "abatis/measures/trees.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "abatis/scenario/catalogue_files.hpp"

namespace abatis {
namespace {

const Catalogue& builtin() {
  static const Catalogue catalogue = load_catalogue().value();
  return catalogue;
}

const TreeSpecies& species(const std::string& id) {
  const auto& trees = builtin().trees;
  return *std::find_if(trees.begin(), trees.end(), [&](const auto& t) { return t.id == id; });
}

const Mover& mover(const std::string& id) {
  const auto& movers = builtin().movers;
  return *std::find_if(movers.begin(), movers.end(), [&](const auto& m) { return m.id == id; });
}

constexpr double kAges[] = {5, 10, 15, 20, 30, 40};

struct Check {
  const char* id;
  double site_index_m, index_age;
  double heights_m[6];  // at kAges
};

TEST(Trees, HeightsAreTheCheckValuesOfTheModel) {
  const Check checks[] = {
      {"pine", 28, 100, {0.8, 2.5, 4.8, 7.4, 12.3, 16.5}},
      {"spruce", 32, 100, {0.3, 2.0, 4.5, 7.3, 12.8, 17.6}},
      {"birch", 22, 50, {3.8, 7.0, 10.1, 12.7, 16.9, 19.9}},
  };
  for (const Check& check : checks) {
    const TreeSpecies& tree = species(check.id);
    EXPECT_EQ(tree.site_index_m, check.site_index_m) << check.id;
    EXPECT_EQ(tree.index_age, check.index_age) << check.id;
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_NEAR(tree_height_m(tree, kAges[i]), check.heights_m[i], 0.05)
          << check.id << " at " << kAges[i];
    }
  }
}

// The form goes through the point it starts from.
TEST(Trees, AtTheIndexAgeTheHeightIsTheSiteIndex) {
  for (const TreeSpecies& tree : builtin().trees) {
    EXPECT_NEAR(tree_height_m(tree, tree.index_age), tree.site_index_m, 1e-9) << tree.id;
  }
}

// Path invariance of the dynamic form (Elfving & Kiviste 1997): from any point of its curve the
// same curve goes on.
TEST(Trees, ALaterStartOnTheSameCurveIsTheSameCurve) {
  for (const TreeSpecies& tree : builtin().trees) {
    for (const double age : {12.0, 25.0, 60.0}) {
      TreeSpecies other = tree;
      other.index_age = age;
      other.site_index_m = tree_height_m(tree, age);
      for (const double at : kAges) {
        EXPECT_NEAR(tree_height_m(other, at), tree_height_m(tree, at), 1e-9) << tree.id;
      }
    }
  }
}

TEST(Trees, HeightRisesWithAgeAndWithTheSite) {
  for (const TreeSpecies& tree : builtin().trees) {
    TreeSpecies better = tree;
    better.site_index_m += 4;
    double last = -1;
    for (double age = 0; age <= 120; age += 0.5) {
      const double height = tree_height_m(tree, age);
      EXPECT_GE(height, last) << tree.id << " at " << age;
      EXPECT_GE(tree_height_m(better, age), height) << tree.id << " at " << age;
      if (age > 3) {
        EXPECT_GT(height, last) << tree.id << " at " << age;
      }
      last = height;
    }
  }
}

TEST(Trees, BeforeTheFirstYearOfTheFormThereIsNothing) {
  EXPECT_EQ(tree_height_m(species("pine"), 0), 0);
  EXPECT_EQ(tree_height_m(species("spruce"), 3), 0) << "its age counts three years less";
  EXPECT_GT(tree_height_m(species("spruce"), 3.5), 0);
  EXPECT_EQ(tree_height_m(species("birch"), 0), 1.3) << "breast height";
}

TEST(Trees, StemsThinThemselvesOutAndAreNeverMoreThanPlanted) {
  for (const TreeSpecies& tree : builtin().trees) {
    for (const double planted : {200.0, 2500.0, 40000.0}) {
      double last = planted;
      for (int age = 0; age <= 120; ++age) {
        const Stand stand = stand_at(tree, planted, age);
        EXPECT_LE(stand.stems_per_ha, last) << tree.id << " at " << age;
        EXPECT_GT(stand.stems_per_ha, 0);
        last = stand.stems_per_ha;
      }
    }
    EXPECT_EQ(stems_standing(tree, 1e6, 0.25), tree.stems_at_25cm);
    EXPECT_NEAR(stems_standing(tree, 1e6, 0.125), tree.stems_at_25cm * std::pow(2, 1.605), 1e-6);
    EXPECT_EQ(stems_standing(tree, 2500, 0), 2500) << "seedlings";
  }
}

TEST(Trees, StemsThickenFromBreastHeightOn) {
  const TreeSpecies& pine = species("pine");
  EXPECT_EQ(stem_diameter_m(pine, 1.3), 0);
  EXPECT_NEAR(stem_diameter_m(pine, 11.3), 0.01 * 1.15 * std::pow(10, 1.03), 1e-12);
  EXPECT_LT(stem_diameter_m(pine, 10), stem_diameter_m(pine, 12));
}

// Square spacing: 2,500 stems per ha stand 2 m apart.
TEST(Trees, AStandStopsWhoNeitherFitsNorPushes) {
  const Mover& heavy = mover("heavy_tracked");  // 3.7 m + 0.3 m, pushes over 25 cm
  EXPECT_FALSE(stand_stops(heavy, {15, 0.25, 2500})) << "pushed over";
  EXPECT_TRUE(stand_stops(heavy, {15, 0.26, 2500}));
  EXPECT_FALSE(stand_stops(heavy, {20, 0.30, 400})) << "5 m apart: 4.7 m between the stems";
  const Mover& foot = mover("foot");
  EXPECT_FALSE(stand_stops(foot, {10, 0.10, 2500}));
}

TEST(Trees, TheAgeThatStopsIsTheFirst) {
  const TreeSpecies& pine = species("pine");
  for (const Mover& one : builtin().movers) {
    const int age = age_that_stops(pine, 2500, one, 80);
    for (int earlier = 0; earlier < (age < 0 ? 81 : age); ++earlier) {
      EXPECT_FALSE(stand_stops(one, stand_at(pine, 2500, earlier))) << one.id << " at " << earlier;
    }
    if (age >= 0) {
      EXPECT_TRUE(stand_stops(one, stand_at(pine, 2500, age))) << one.id;
    }
  }
  // In a plan of ten years new planting stops no tank.
  const int heavy = age_that_stops(pine, 2500, mover("heavy_tracked"), 80);
  EXPECT_TRUE(heavy < 0 || heavy > 10) << heavy;
}

}  // namespace
}  // namespace abatis
