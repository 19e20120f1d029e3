// The catalogue of measures and what hangs on it: trees, definitions of echelons. Each wrong figure
// is refused at its place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "abatis/scenario/catalogue_files.hpp"
#include "marked.hpp"
#include "scenario/catalogue_reader.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::edited;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::place_of;
using ::testing::StartsWith;

std::string builtin_text(const std::string& name) {
  for (const CatalogueText& one : builtin_catalogue()) {
    if (one.name == name) return one.text;
  }
  throw std::logic_error("no catalogue file " + name);
}

// Errors of the built-in catalogue with `text` in the place of one file.
std::vector<std::string> errors_with(const std::string& name, const std::string& text) {
  std::vector<CatalogueText> texts = builtin_catalogue();
  for (CatalogueText& one : texts) {
    if (one.name == name) one.text = text;
  }
  std::vector<std::string> lines;
  for (const Error& error : read_catalogue_texts(texts, "c").errors) {
    lines.push_back(to_string(error));
  }
  return lines;
}

// Keys written below the id of a measure.
std::string with_keys(const std::string& text, const std::string& id, const std::string& keys) {
  return edited(text, "id = \"" + id + "\"\n", "id = \"" + id + "\"\n" + keys + "\n");
}

// Without what begins with `from` after `after` and ends with `until`.
std::string cut(std::string text, const std::string& after, const std::string& from,
                const std::string& until) {
  const std::size_t begin = text.find(from, text.find(after));
  if (begin == std::string::npos) throw std::logic_error("no " + from + " after " + after);
  const std::size_t end = text.find(until, begin);
  if (end == std::string::npos) throw std::logic_error("no " + until + " after " + from);
  return text.erase(begin, end + until.size() - begin);
}

struct Wrong {
  const char* file;
  const char* from;
  const char* to;
  const char* at;        // the bar is where the error is
  const char* expected;  // part of the only error
};

class WrongFigure : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongFigure, IsRefusedAtItsPlace) {
  const Wrong& wrong = GetParam();
  const std::string text = edited(builtin_text(wrong.file), wrong.from, wrong.to);
  const auto errors = errors_with(wrong.file, text);
  ASSERT_EQ(errors.size(), 1U) << wrong.to << (errors.empty() ? "" : "\n" + errors[0]);
  EXPECT_THAT(errors[0], StartsWith(std::string("c/") + wrong.file + ":" +
                                    place_of(text, wrong.at) + ": error: "));
  EXPECT_THAT(errors[0], HasSubstr(wrong.expected));
}

constexpr const char* kFile = "measures.toml";

INSTANTIATE_TEST_SUITE_P(
    Ditches, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "[\"2.5 m\", \"0.5 m\", \"1.2 m\"]", "[\"0 m\", \"0 m\", \"1.2 m\"]",
              "section_before = |[", "no section of a ditch: 0 m wide at the top"},
        Wrong{kFile, "[\"2.5 m\", \"0.5 m\", \"1.2 m\"]", "[\"2.5 m\", \"0.5 m\", \"0 m\"]",
              "section_before = |[", "0.5 m at the bottom, 0 m deep"},
        Wrong{kFile, "[\"2.5 m\", \"0.5 m\", \"1.2 m\"]", "[\"2.5 m\", \"0.5 m\", \"-1.2 m\"]",
              "\"0.5 m\", |\"-1.2 m\"]", "must be between 0 m and 100 m"},
        Wrong{kFile, "[\"2.5 m\", \"0.5 m\", \"1.2 m\"]", "[\"2.5 m\", \"0.5 m\"]",
              "section_before = |[", "expected 3 values, got 2"},
        Wrong{kFile, "[\"4 m\", \"1 m\", \"2 m\"]", "[\"2 m\", \"0.4 m\", \"1 m\"]",
              "section_after = |[", "not larger than before"},
        Wrong{kFile, "rule = \"belt_segment\"\n",
              "rule = \"belt_segment\"\nsection_after = [\"4 m\", \"1 m\", \"3 m\"]\n",
              "section_after = |[\"4 m\", \"1 m\", \"3 m\"]",
              "only measures with rule = \"mapped_ditch\" have it"}));

INSTANTIATE_TEST_SUITE_P(
    Money, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "[\"10 kEUR/km\"", "[\"10 USD/km\"", "unit_cost = [|\"10 USD/km\"",
              "unknown unit \"USD/km\""},
        Wrong{kFile, "[\"10 kEUR/km\"", "[\"10 EUR/ha\"", "unit_cost = [|\"10 EUR/ha\"",
              "EUR/ha is no unit of it"},
        Wrong{kFile, "[\"10 kEUR/km\"", "[10", "unit_cost = [|10,", "got the bare number 10"},
        Wrong{kFile, "[\"10 kEUR/km\"", "[\"-10 kEUR/km\"", "unit_cost = [|\"-10 kEUR/km\"",
              "must be more than 0"},
        Wrong{kFile, "[\"40 kEUR/piece\", \"120 kEUR/piece\", \"300 kEUR/piece\"]",
              "[\"40 kEUR/piece\", \"120 kEUR/piece\", \"100 kEUR/piece\"]",
              "unit_cost = |[\"40 kEUR/piece\", \"120 kEUR/piece\", \"100 kEUR/piece\"]",
              "must not fall"},
        Wrong{kFile, "id = \"bridge_prepared\"\n",
              "id = \"bridge_prepared\"\ncrossing_cost = [\"1 EUR/piece\", \"2 EUR/piece\", \"3 "
              "EUR/piece\"]\n",
              "crossing_cost = |[\"1 EUR/piece\"", "only measures with rule = \"belt_segment\""}));

INSTANTIATE_TEST_SUITE_P(
    Stored, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "emplacement_rate = [\"0.03 km/h\", \"0.06 km/h\", \"0.12 km/h\"]\n", "",
              "loads = |30", "needs its `emplacement_rate`"},
        Wrong{kFile, "loads = 30\n", "", "emplacement_rate = |[\"0.03 km/h\"", "needs its `loads`"},
        Wrong{kFile, "[\"0.3 /h\", \"0.6 /h\", \"1.2 /h\"]",
              "[\"0.3 km/h\", \"0.6 /h\", \"1.2 /h\"]", "emplacement_rate = [|\"0.3 km/h\"",
              "km/h is no unit of it"},
        Wrong{kFile, "[\"0.3 /h\", \"0.6 /h\", \"1.2 /h\"]", "[\"0 /h\", \"0.6 /h\", \"1.2 /h\"]",
              "emplacement_rate = [|\"0 /h\"", "must be more than 0"},
        Wrong{kFile, "loads = 30", "loads = 0", "loads = |0\n", "loads must be more than 0"},
        Wrong{kFile, "id = \"forest_retained\"\n", "id = \"forest_retained\"\nloads = 3\n",
              "loads = |3\n", "only measures with an obstacle's rule have it"},
        Wrong{kFile, "acts_provenance = \"one crew with a crane truck: unverified\"\n", "",
              "|[[measures]]\nid = \"road_block_stored\"", "say where the figures"},
        Wrong{kFile, "crews = 6\n", "", "|[[measures]]\nid = \"park\"", "a park needs `crews`"},
        Wrong{kFile, "crews = 6\n", "crews = 0\n", "crews = |0", "crews must be between 1 and"},
        Wrong{kFile, "convoy = \"truck\"", "convoy = \"trukc\"", "convoy = |\"trukc\"",
              "did you mean \"truck\"?"},
        Wrong{kFile, "id = \"road_block\"\n", "id = \"road_block\"\ncrews = 2\n", "crews = |2",
              "only measures with rule = \"park\" have it"}));

INSTANTIATE_TEST_SUITE_P(
    Cover, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "multiplier = [1.2, 1.6, 2.5]\n", "",
              "|[[measures]]\nid = \"anti_tank_cover\"", "cover needs its `multiplier`"},
        Wrong{kFile, "[1.2, 1.6, 2.5]", "[1.2, 2.6, 2.5]", "multiplier = |[", "must not fall"},
        Wrong{kFile, "[1.2, 1.6, 2.5]", "[0.2, 1.6, 2.5]", "multiplier = [|0.2",
              "must be between 1 and 100"},
        Wrong{kFile, "multiplier = [1.2, 1.6, 2.5]", "multiplier = [1.2, 1.6]", "multiplier = |[",
              "as 3 numbers"},
        Wrong{kFile, "multiplier = [1.2, 1.6, 2.5]\n",
              "multiplier = [1.2, 1.6, 2.5]\ndelays = []\n", "delays = |[]\n",
              "no delays of its own"},
        Wrong{kFile, "multiplier = [1.2, 1.6, 2.5]\n",
              "multiplier = [1.2, 1.6, 2.5]\nborder_distance = [\"0 km\", \"5 km\"]\n",
              "border_distance = |[\"0 km\"", "only measures with a place of their own have it"},
        Wrong{kFile, "block_at_least = \"3 h\"", "block_at_least = \"20 min\"",
              "block_at_least = |\"20 min\"", "must be above disrupt_at_most"},
        Wrong{kFile, "covered_at_least = \"50 %\"", "covered_at_least = \"150 %\"",
              "covered_at_least = |\"150 %\"", "at most 100 %"}));

INSTANTIATE_TEST_SUITE_P(
    Trees, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "stock_age = \"4 years\"", "stock_age = \"-4 years\"",
              "stock_age = |\"-4 years\"", "must be between 0"},
        Wrong{kFile, "stock_age = \"4 years\"\n", "", "|[[measures]]\nid = \"reforestation\"",
              "what is planted needs its `stock_age`"},
        Wrong{kFile, "species = \"pine\"", "species = \"pin\"", "species = |\"pin\"",
              "did you mean \"pine\"?"},
        Wrong{kFile, "stems = \"2500 /ha\"\n", "", "|[[measures]]\nid = \"reforestation\"",
              "a stand needs `stems`"},
        Wrong{kFile, "stems = \"2500 /ha\"", "stems = \"2500\"", "stems = |\"2500\"",
              "without a unit"},
        Wrong{kFile, "stock_age = \"3 years\"\n", "stock_age = \"3 years\"\nstems = \"9 /ha\"\n",
              "stems = |\"9 /ha\"", "only measures with rule = \"open_land\" have it"},
        Wrong{kFile, "stock_age = \"4 years\"\n", "stock_age = \"4 years\"\ngrowth = \"5 years\"\n",
              "growth = |\"5 years\"", "grows as its species does"},
        Wrong{"trees.toml", "b2 = -1.7829", "b2 = 0", "b2 = |0", "must be below 0"},
        Wrong{"trees.toml", "b2 = -1.7829", "b2 = 1.7829", "b2 = |1.7829", "between -10 and 0"},
        Wrong{"trees.toml", "site_index = \"22 m\"", "site_index = \"1.2 m\"",
              "site_index = |\"1.2 m\"", "must be above 1.3 m"},
        Wrong{"trees.toml", "site_index = \"32 m\"\nindex_age = \"100 years\"",
              "site_index = \"32 m\"\nindex_age = \"3 years\"", "index_age = |\"3 years\"",
              "must be above 3 years"},
        Wrong{"trees.toml", "age = \"total_less_3\"", "age = \"total_les_3\"",
              "age = |\"total_les_3\"", "did you mean \"total_less_3\"?"},
        Wrong{"trees.toml", "[1.15, 1.03]", "[1.15]", "diameter = |[1.15]", "as 2 numbers"}));

INSTANTIATE_TEST_SUITE_P(
    Siting, WrongFigure,
    ::testing::Values(
        Wrong{kFile, "[\"8 km\", \"45 km\"]", "[\"45 km\", \"8 km\"]", "border_distance = |[",
              "ends where it begins or before"},
        Wrong{kFile, "convoy = \"truck\"\n", "convoy = \"truck\"\nnot_on_soils = [\"Pt\"]\n",
              "not_on_soils = |[\"Pt\"]\n", "only measures with an obstacle's or a block's rule"},
        Wrong{kFile, "road_rank = 6", "road_rank = 0", "road_rank = |0", "between 1 and 1000"},
        Wrong{kFile, "id = \"ford_closed\"\n", "id = \"ford_closed\"\nroad_rank = 3\n",
              "road_rank = |3", "only measures with rule = \"roadside\" or \"road_point\""},
        Wrong{kFile, "only_on_covers = [\"forest\"]", "only_on_covers = [\"forrest\"]",
              "only_on_covers = [|\"forrest\"", "did you mean \"forest\"?"}));

INSTANTIATE_TEST_SUITE_P(
    Echelons, WrongFigure,
    ::testing::Values(Wrong{"echelons.toml", "from = \"5 km\"", "from = \"4 km\"",
                            "from = |\"4 km\"", "begins inside the one before"},
                      Wrong{"echelons.toml", "from = \"0 km\", to = \"5 km\"",
                            "from = \"5 km\", to = \"5 km\"", "from = \"5 km\", to = |\"5 km\"",
                            "ends at 5000 m but begins at 5000 m"},
                      Wrong{"echelons.toml", "id = \"E2\"", "id = \"E1\"",
                            "{ id = |\"E1\", name = \"second echelon\", from = \"5 km\"",
                            "band \"E1\" stands twice"},
                      Wrong{"echelons.toml", "id = \"vice_minister_2025\"", "id = \"mod_2025\"",
                            "id = |\"mod_2025\"\nname = \"Lithuanian vice-minister",
                            "echelon definition \"mod_2025\" stands twice"}));

TEST(Measures, AnObstacleNeedsDelays) {
  const std::string text = cut(builtin_text(kFile), "id = \"ford_closed\"", "delays = [", "\n]\n");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(StartsWith(
                  "c/measures.toml:" + place_of(text, "|[[measures]]\nid = \"ford_closed\"") +
                  ": error: an obstacle needs delays by mover and season")));
}

TEST(Measures, WhatIsStoredNeedsAParkInTheCatalogue) {
  std::string text = builtin_text(kFile);
  text.erase(text.find("[[measures]]\nid = \"park\""));
  const auto at = [&](const char* rate) {
    return HasSubstr(":" + place_of(text, std::string("emplacement_rate = |") + rate) +
                     ": error: ");
  };
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(at("[\"0.03 km/h\""), at("[\"0.1 km/h\""), at("[\"0.3 /h\"")));
}

TEST(Measures, ANeedOfWhatDoesNotExistNamesTheNearest) {
  const std::string text =
      with_keys(builtin_text(kFile), "mined_zone", "needs = [\"park\", \"dragons_teth\"]");
  const auto errors = errors_with(kFile, text);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0],
            "c/measures.toml:" + place_of(text, "needs = [\"park\", |\"dragons_teth\"]") +
                ": error: there is no measure \"dragons_teth\" [needs]\n  hint: did you "
                "mean \"dragons_teeth\"?");
}

TEST(Measures, NeedsInACircleAreRefused) {
  const std::string plain = builtin_text(kFile);
  std::string text = with_keys(plain, "road_block", "needs = [\"road_block\"]");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr(place_of(text, "needs = [|\"road_block\"]") +
                                    ": error: needs run in a circle: road_block needs "
                                    "road_block")));
  text = with_keys(plain, "ditch_deepened", "needs = [\"anti_vehicle_ditch\"]");
  text = with_keys(text, "anti_vehicle_ditch", "needs = [\"ditch_deepened\"]");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr(place_of(text, "needs = [|\"anti_vehicle_ditch\"]") +
                                    ": error: needs run in a circle: ditch_deepened needs "
                                    "anti_vehicle_ditch needs ditch_deepened")));
  text = with_keys(plain, "ford_closed", "needs = [\"road_block\"]");
  text = with_keys(text, "road_block", "needs = [\"park\"]");
  text = with_keys(text, "park", "needs = [\"ford_closed\"]");
  // And one that leads into the circle without being of it.
  text = with_keys(text, "peat_rewetted", "needs = [\"ford_closed\"]");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr(place_of(text, "needs = [|\"road_block\"]") +
                                    ": error: needs run in a circle: ford_closed needs road_block "
                                    "needs park needs ford_closed")));
}

TEST(Measures, ACircleWithAWayOutIsNone) {
  // One of the needs is enough: the park first, then the ford, then the block.
  std::string text =
      with_keys(builtin_text(kFile), "ford_closed", "needs = [\"road_block\", \"park\"]");
  text = with_keys(text, "road_block", "needs = [\"ford_closed\"]");
  EXPECT_THAT(errors_with(kFile, text), ElementsAre());
}

std::string conflict_with(const std::string& id) {
  return "conflicts = [{ measure = \"" + id + "\", within = \"1 km\", why = \"a test\" }]";
}

TEST(Measures, AConflictWithItselfIsRefused) {
  const std::string text = with_keys(builtin_text(kFile), "park", conflict_with("park"));
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr(place_of(text, "{ measure = |\"park\"") +
                                    ": error: a measure cannot conflict with itself")));
}

TEST(Measures, AConflictWithWhatIsNeededIsRefusedHoweverFarBack) {
  std::string text = builtin_text(kFile);
  text = with_keys(text, "ford_closed", "needs = [\"road_block\"]\n" + conflict_with("park"));
  text = with_keys(text, "road_block", "needs = [\"park\"]");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr(place_of(text, "{ measure = |\"park\"") +
                                    ": error: ford_closed needs park and conflicts with it")));
  // The same said by the other side.
  text = with_keys(builtin_text(kFile), "ford_closed", "needs = [\"park\"]");
  text = with_keys(text, "park", conflict_with("ford_closed"));
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr("error: ford_closed needs park and conflicts with it")));
  // With another need beside it there is a way.
  text = with_keys(builtin_text(kFile), "ford_closed",
                   "needs = [\"park\", \"road_block\"]\n" + conflict_with("park"));
  EXPECT_THAT(errors_with(kFile, text), ElementsAre());
}

TEST(Measures, AConflictHasItsOwnErrors) {
  const std::string text = with_keys(
      builtin_text(kFile), "park",
      "conflicts = [{ measure = \"ford_close\", within = \"-1 km\", why = \"x\" }, { measure = "
      "\"road_block\", within = \"1 km\", why = \"x\" }, { measure = \"road_block\", within = \"2 "
      "km\", why = \"y\" }]");
  EXPECT_THAT(errors_with(kFile, text),
              ElementsAre(HasSubstr("did you mean \"ford_closed\"?"),
                          HasSubstr(place_of(text, "within = |\"-1 km\"")),
                          HasSubstr("a second conflict with road_block")));
}

TEST(CatalogueFiles, AFolderIsReadWhole) {
  const auto own = load_catalogue(std::filesystem::path(ABATIS_SOURCE_DIR) / "data/catalogue");
  ASSERT_TRUE(own) << to_string(own.error().front());
  const auto builtin = load_catalogue();
  ASSERT_TRUE(builtin);
  EXPECT_EQ(ids_of(own->measures), ids_of(builtin->measures));
  const auto gone = load_catalogue("no/such/folder");
  ASSERT_FALSE(gone);
  EXPECT_THAT(to_string(gone.error().front()), StartsWith("no/such/folder: error: there is no"));
}

TEST(CatalogueFiles, FilesAreKnownByTheirNames) {
  const auto folder = std::filesystem::path(ABATIS_SOURCE_DIR) / "data/catalogue";
  EXPECT_TRUE(load_catalogue_files({folder / "measures.toml", folder / "trees.toml"}));
  const auto twice = load_catalogue_files({folder / "trees.toml", folder / "trees.toml"});
  ASSERT_FALSE(twice);
  EXPECT_THAT(to_string(twice.error().front()), HasSubstr("a second trees.toml"));
  const auto other = load_catalogue_files({"measure.toml"});
  ASSERT_FALSE(other);
  EXPECT_THAT(to_string(other.error().front()), HasSubstr("did you mean \"measures.toml\"?"));
}

TEST(CatalogueFiles, SourcesAreCountedByHowFarTheyCarry) {
  EXPECT_EQ(standing_of({"unverified"}), Standing::unverified);
  EXPECT_EQ(standing_of({"FM 5-33; width unverified"}), Standing::partly);
  EXPECT_EQ(standing_of({"FM 5-33"}), Standing::sourced);
  Catalogue c;
  c.movers.resize(2);
  c.movers[0].provenance = {"unverified"};
  c.movers[1].provenance = {"FM 5-33"};
  c.trees.resize(1);
  c.trees[0].provenance = {"a form, index unverified"};
  const SourceCount count = count_sources(c);
  EXPECT_EQ(count.all, 3);
  EXPECT_EQ(count.partly, 1);
  EXPECT_EQ(count.unverified, 1);
}

}  // namespace
}  // namespace abatis
