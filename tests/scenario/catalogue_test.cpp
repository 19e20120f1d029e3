#include "scenario/catalogue_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::edited;
using ::testing::HasSubstr;

// The built-in catalogues with one edit in one file.
std::vector<std::string> errors_with(const std::string& name, const std::string& from,
                                     const std::string& to) {
  std::vector<CatalogueText> texts = builtin_catalogue();
  for (CatalogueText& one : texts) {
    if (one.name == name) one.text = edited(one.text, from, to);
  }
  std::vector<std::string> lines;
  for (const Error& error : read_catalogue_texts(texts, "c").errors) {
    lines.push_back(to_string(error));
  }
  return lines;
}

TEST(Catalogue, TheBuiltInOneIsCompleteAndTheSameAsTheFiles) {
  const CatalogueResult built_in = read_catalogue(std::nullopt);
  ASSERT_TRUE(built_in.errors.empty()) << to_string(built_in.errors.front());
  const CatalogueResult folder =
      read_catalogue(std::filesystem::path(ABATIS_SOURCE_DIR) / "data/catalogue");
  ASSERT_TRUE(folder.errors.empty());
  ASSERT_EQ(built_in.inputs.size(), 12U);
  for (std::size_t i = 0; i < 11; ++i) {
    EXPECT_EQ(built_in.inputs[i].sha256, folder.inputs[i].sha256);
  }
  const Catalogue& c = built_in.catalogue;
  EXPECT_THAT(ids_of(c.movers),
              ::testing::ElementsAre("heavy_tracked", "medium_tracked", "wheeled_8x8", "truck",
                                     "car", "ambulance", "foot"));
  EXPECT_THAT(ids_of(c.seasons), ::testing::ElementsAre("dry", "wet", "thaw", "frozen"));
  EXPECT_EQ(c.soils.size(), 11U);
  EXPECT_THAT(
      ids_of(c.measures),
      ::testing::ElementsAre("ditch_deepened", "anti_vehicle_ditch", "dragons_teeth", "mined_zone",
                             "bridge_prepared", "culvert_prepared", "ford_closed", "road_block",
                             "road_block_stored", "felling_prepared", "anti_tank_cover",
                             "forest_retained", "reforestation", "peat_rewetted", "roadside_trees",
                             "park", "radar_mast", "passive_radio", "acoustic_array",
                             "electro_optical", "counter_drone_site", "ew_site"));
  EXPECT_THAT(ids_of(c.trees), ::testing::ElementsAre("pine", "spruce", "birch"));
  EXPECT_THAT(ids_of(c.echelons), ::testing::ElementsAre("mod_2025", "vice_minister_2025"));
  EXPECT_EQ(c.natural_delays.size(), 2U * 7 * 4);
  for (const Measure& m : c.measures) {
    EXPECT_EQ(m.delays.size(), is_obstacle(m.rule) ? 7U * 4 : 0U) << m.id;
  }
  ASSERT_EQ(c.formations.size(), 4U);
  EXPECT_EQ(c.formations[0].frontage_m, 500);
  EXPECT_EQ(c.formations[3].frontage_m, 6000);
}

TEST(Catalogue, FiguresAreThoseOfTheProgrammeFacts) {
  const Catalogue c = read_catalogue(std::nullopt).catalogue;
  EXPECT_DOUBLE_EQ(c.movers[0].vmax_offroad_mps, 20);
  EXPECT_DOUBLE_EQ(c.movers[0].trench_width_m, 2.7);
  EXPECT_DOUBLE_EQ(c.crossing.swim_mps, 2);
  EXPECT_DOUBLE_EQ(c.crossing.swim_ice_limit_m, 0.1);
  EXPECT_DOUBLE_EQ(c.crossing.ice_mps, 25 / 3.6);
  EXPECT_DOUBLE_EQ(c.crossing.barrier_mps, 1);
  EXPECT_TRUE(c.crossing.ice.verified());
  EXPECT_FALSE(c.crossing.swimming.verified());
  EXPECT_FALSE(c.crossing.barrier.verified());
  EXPECT_EQ(c.soils[4].id, "ML");
  EXPECT_EQ(c.soils[4].rci_psi, (std::array<double, 3>{150, 80, 32}));
  for (std::size_t i = 0; i < c.soils.size(); ++i) {
    EXPECT_EQ(c.soils[i].codes, std::vector<int>{static_cast<int>(i)}) << "0 = GW ... 10 = Pt";
  }
  // Every value of landcover_osm_25m has a class.
  std::set<int> codes;
  for (const CoverClass& cover : c.covers) codes.insert(cover.codes.begin(), cover.codes.end());
  EXPECT_EQ(codes,
            (std::set<int>{0, 10, 30, 31, 40, 41, 50, 52, 54, 56, 60, 80, 81, 82, 90, 91, 92, 93}));
}

// What a plan must be able to rely on: a worse obstacle in thaw than in frost for a ditch, wheels
// no better than tracks, every delay ordered.
TEST(Catalogue, DelaysAreOrderedAcrossSeasonsAndMovers) {
  const Catalogue c = read_catalogue(std::nullopt).catalogue;
  const auto mean = [&](const Measure& m, std::size_t mover, std::size_t season) {
    return m.delays[mover * c.seasons.size() + season].delay_s.mean();
  };
  for (const Measure& m : c.measures) {
    if (!is_obstacle(m.rule)) continue;
    for (std::size_t season = 0; season < c.seasons.size(); ++season) {
      // Swimming makes light movers better there.
      if (m.rule == SiteRule::bridge || m.rule == SiteRule::ford) continue;
      EXPECT_LE(mean(m, 0, season), mean(m, 2, season)) << m.id << ": heavy tracked, wheeled";
      EXPECT_LE(mean(m, 2, season), mean(m, 3, season)) << m.id << ": wheeled, truck";
    }
    for (std::size_t mover = 0; mover < 7; ++mover) {
      if (m.id != "ditch_deepened") continue;
      EXPECT_LT(mean(m, mover, 3), mean(m, mover, 0)) << mover;
    }
  }
}

struct CatalogueEdit {
  const char* file;
  const char* from;
  const char* to;
  const char* expected;
};

TEST(Catalogue, WrongFiguresHaveOneErrorThatSaysIt) {
  const CatalogueEdit edits[] = {
      {"movers.toml", "vci50 = \"58 psi\"", "vci50 = \"20 psi\"", "must be above vci1 of 25 psi"},
      {"movers.toml", "running = \"tracked\"", "running = \"traked\"", "did you mean \"tracked\"?"},
      {"movers.toml", "speed_road = \"60 km/h\"", "speed_road = \"60 m\"", "km/h, m/s"},
      {"movers.toml", "amphibious = false", "amphibious = \"no\"", "expected true or false"},
      {"roads.toml", "id = \"trunk\"", "id = \"motorway\"", "\"motorway\" stands twice"},
      {"seasons.toml", "road_factor = 0.9", "road_factor = 1.9", "at most 1"},
      {"seasons.toml", "moisture = \"moist\"", "moisture = \"moistt\"", "did you mean \"moist\"?"},
      {"soils.toml", "[\"380 psi\", \"300 psi\", \"240 psi\"]",
       "[\"380 psi\", \"300 psi\", \"340 psi\"]", "must not rise"},
      {"soils.toml", "codes = [1]", "codes = [0]", "code 0 is already that of GW"},
      {"soils.toml", "codes = [1]", "codes = [255]", "between 0 and 254"},
      {"landcover.toml", "soil = \"SP\"", "soil = \"SPP\"", "did you mean \"SP\"?"},
      {"landcover.toml", "colour = \"#f3efe2\"", "colour = \"#f3efeg\"", "expected a colour"},
      {"landcover.toml", "vegetation_factor = 0.85", "vegetation_factor = -0.1", "between 0 and 1"},
      {"roads.toml", "codes = [\"motorway\"", "codes = [\"trunk\"", "is already that of motorway"},
      {"water.toml", "barrier = false", "barrier = true", "a barrier needs delays"},
      {"water.toml", "codes = [\"stream\"]", "codes = [\"canal\"]", "code \"canal\" stands twice"},
      {"water.toml", "speed = \"2 m/s\"", "speed = \"2 m\"", "km/h, m/s"},
      {"water.toml", "ice_limit = \"10 cm\"", "ice_limt = \"10 cm\"",
       "did you mean \"ice_limit\"?"},
      {"water.toml", "[in_barrier]\nspeed = \"1 m/s\"\nprovenance = \"unverified\"\n", "",
       "in_barrier"},
      {"measures.toml", "kind = \"segment\"", "kind = \"point\"",
       "this rule finds sites of kind \"segment\""},
      {"measures.toml", "lead_time = \"1 years\"", "lead_time = \"1.5 years\"", "whole years"},
      {"measures.toml", "[\"3 min\", \"8 min\", \"25 min\"]", "[\"30 min\", \"8 min\", \"25 min\"]",
       "must not fall, got 1800 s, 480 s, 1500 s"},
      {"measures.toml", "[\"3 min\", \"8 min\", \"25 min\"]", "[\"3 min\", \"8 min\"]",
       "three values [min, mode, max]"},
      {"measures.toml", "seasons = [\"dry\"]", "seasons = [\"wet\"]", "stands twice"},
      {"measures.toml", "seasons = [\"dry\"]", "seasons = [\"dri\"]", "there is no season \"dri\""},
      {"formations.toml", "frontage = \"3 km\"", "frontage = \"1 km\"", "rising frontage"},
      {"formations.toml", "frontage = \"6 km\"", "frontage = \"0 km\"", "frontage"},
      {"formations.toml", "id = \"brigade\"", "id = \"company\"", "company"},
      {"landcover.toml", "margin = \"600 EUR/ha\"", "margin = \"-600 EUR/ha\"", "margin"},
      {"landcover.toml", "margin = \"600 EUR/ha\"\n", "",
       "the source of a figure that is not there"},
      {"measures.toml", "land_width = \"6 m\"", "land_area = \"6 ha\"", "unit = \"piece\""},
      {"measures.toml", "land_width = \"6 m\"", "land_width = \"-6 m\"", "land_width"},
      {"civil.toml", "\"0.08 EUR/m2\"", "\"-0.08 EUR/m2\"", "unit_cost"},
      {"civil.toml", "\"0.08 EUR/m2\"", "\"9 EUR/m2\"", "must not fall"},
      {"civil.toml", "each_year = \"60 ha\"", "each_year = \"0 ha\"", "each_year"},
      {"civil.toml", "interval = \"0.5 years\"", "interval = \"0 years\"", "interval"},
      {"civil.toml", "mover = \"car\"", "mover = \"cra\"", "did you mean \"car\"?"},
      {"civil.toml", "household = 2.3", "household = -1", "between 1 and 20"},
      {"screening.toml", "id = \"mast\"", "id = \"ground\"", "\"ground\" stands twice"},
      {"screening.toml", "range = \"5 km\"", "range = \"0 km\"", "range"},
      {"screening.toml", "height = \"1.5 m\"", "height = \"50 m\"", "height"},
      {"screening.toml", "refraction = 0.142857", "refraction = 1.2", "between 0 and 1"},
      {"screening.toml", "crown_width = \"35 %\"", "crown_width = \"0 %\"", "crown_width"},
      {"screening.toml", "species = \"birch\"", "species = \"brich\"", "did you mean \"birch\"?"},
      {"screening.toml", "species = \"birch\"", "species = \"pine\"", "there twice"},
      {"screening.toml", "bare_density = 0.25", "bare_density = 1.25", "denser than with them"},
  };
  for (const CatalogueEdit& edit : edits) {
    const auto errors = errors_with(edit.file, edit.from, edit.to);
    ASSERT_GE(errors.size(), 1U) << edit.to;
    EXPECT_LE(errors.size(), 2U) << edit.to << "\n" << errors[0] << "\n" << errors.back();
    EXPECT_THAT(errors[0], HasSubstr(std::string("c/") + edit.file)) << edit.to;
    bool found = false;
    for (const std::string& error : errors) {
      found = found || error.find(edit.expected) != std::string::npos;
    }
    EXPECT_TRUE(found) << edit.to << "\n" << errors[0];
  }
}

TEST(Catalogue, MissingDelaysAreCountedAndNamed) {
  const auto errors =
      errors_with("measures.toml", "movers = [\"heavy_tracked\"]", "movers = [\"foot\"]");
  ASSERT_FALSE(errors.empty());
  const auto fewer = errors_with("seasons.toml", "id = \"frozen\"", "id = \"icy\"");
  ASSERT_FALSE(fewer.empty());
  EXPECT_THAT(fewer[0], HasSubstr("there is no season \"frozen\""));
  const auto more = errors_with(
      "measures.toml",
      "{ movers = [\"heavy_tracked\"], seasons = [\"dry\"], delay = [\"3 min\", \"8 min\", \"25 "
      "min\"], provenance = \"unverified\" },\n",
      "");
  ASSERT_EQ(more.size(), 1U);
  EXPECT_THAT(more[0], HasSubstr("1 of 28 delays are missing: heavy_tracked in dry"));
}

TEST(Catalogue, AFileThatCannotBeReadHidesWhatFollowsFromIt) {
  std::vector<CatalogueText> texts = builtin_catalogue();
  texts[0].text = "[[movers";
  const auto result = read_catalogue_texts(texts, "c");
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].where.file, "c/movers.toml");
}

}  // namespace
}  // namespace abatis
