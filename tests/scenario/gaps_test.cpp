// The [[gaps]] section: what is resolved, and what is told where.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario_text.hpp"

namespace abatis {
namespace {

using testing::Edit;
using testing::edited;
using ::testing::ElementsAre;
using testing::errors_of;
using ::testing::HasSubstr;
using testing::without_layers;

std::string with_gap() {
  return testing::valid_scenario() + R"(
[[entries]]
id = "east"
name = "East"
state = "BLR"
into = ["LTU"]
lon = [22.8, 23.1]
lat = [54.2, 54.3]

[[gaps]]
id = "bridge"
name = "The bridge"
between = ["RUS", "BLR"]
joins = ["POL", "LTU"]
)";
}

TEST(Gaps, AreResolvedWithTheEntriesOfTheirStates) {
  const auto s = parse_scenario(with_gap(), "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  ASSERT_EQ(s->gaps.size(), 1U);
  const LandBridge& gap = s->gaps[0];
  EXPECT_THAT(gap.between, ElementsAre(0, 1));
  EXPECT_THAT(gap.joins, ElementsAre(1, 0)) << "friendly is LTU, POL";
  EXPECT_THAT(gap.entries, ElementsAre(0, 1));
  EXPECT_EQ(gap.depth_m, 20e3);
  EXPECT_FALSE(gap.within);
}

TEST(Gaps, DepthEntriesAndBounds) {
  const auto s =
      parse_scenario(with_gap() +
                         "depth = \"7 km\"\nentries = [\"east\", \"west\"]\nlon = [22.5, 23]\n"
                         "lat = [54, 54.5]\n",
                     "s.toml", without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  const LandBridge& gap = s->gaps[0];
  EXPECT_EQ(gap.depth_m, 7000);
  EXPECT_THAT(gap.entries, ElementsAre(1, 0));
  ASSERT_TRUE(gap.within);
  EXPECT_NEAR(gap.within->max_y - gap.within->min_y, 56e3, 2e3);
}

TEST(Gaps, AScenarioWithoutAnyIsValid) {
  const auto s = parse_scenario(testing::valid_scenario(), "s.toml", without_layers());
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->gaps.empty());
}

class GapEdit : public ::testing::TestWithParam<Edit> {};

TEST_P(GapEdit, HasOneErrorThatSaysIt) {
  const Edit& edit = GetParam();
  const auto errors = errors_of(edited(with_gap(), edit.from, edit.to));
  ASSERT_EQ(errors.size(), 1U) << edit.to << (errors.empty() ? "" : "\n" + errors[0]);
  EXPECT_THAT(errors[0], HasSubstr(edit.expected));
}

INSTANTIATE_TEST_SUITE_P(
    Section, GapEdit,
    ::testing::Values(
        Edit{"between = [\"RUS\", \"BLR\"]", "between = [\"RUS\", \"BRL\"]",
             "did you mean \"BLR\"?"},
        Edit{"between = [\"RUS\", \"BLR\"]", "between = [\"RUS\", \"LTU\"]",
             "s.toml:102:19: error: there is no adversary state \"LTU\""},
        Edit{"between = [\"RUS\", \"BLR\"]", "between = [\"RUS\"]", "expected two of them, got 1"},
        Edit{"between = [\"RUS\", \"BLR\"]", "between = [\"RUS\", \"RUS\"]", "stands twice"},
        Edit{"between = [\"RUS\", \"BLR\"]",
             "betwen = [\"RUS\", \"BLR\"]\nbetween = [\"RUS\", \"BLR\"]",
             "unknown key \"betwen\" in gaps"},
        Edit{"joins = [\"POL\", \"LTU\"]", "joins = [\"POL\", \"LVA\"]", "friendly state \"LVA\""},
        Edit{"joins = [\"POL\", \"LTU\"]", "joins = [\"POL\", \"LTU\"]\ndepth = \"0 km\"",
             "must be more than 0"},
        Edit{"joins = [\"POL\", \"LTU\"]", "joins = [\"POL\", \"LTU\"]\nentries = [\"wset\"]",
             "did you mean \"west\"?"},
        Edit{"joins = [\"POL\", \"LTU\"]", "joins = [\"POL\", \"LTU\"]\nentries = [\"west\"]",
             "no entry of BLR"},
        Edit{"joins = [\"POL\", \"LTU\"]", "joins = [\"POL\", \"LTU\"]\nlon = [22, 23]",
             "lon and lat come together"},
        Edit{"joins = [\"POL\", \"LTU\"]",
             "joins = [\"POL\", \"LTU\"]\nlon = [2, 3]\nlat = [54, 55]", "outside the region"},
        Edit{"joins = [\"POL\", \"LTU\"]",
             "joins = [\"POL\", \"LTU\"]\nlon = [23, 22]\nlat = [54, 55]", "expected [low, high]"},
        Edit{"state = \"BLR\"", "state = \"RUS\"", "no entry of BLR"},
        Edit{"name = \"The bridge\"\n", "", "gaps lacks the key \"name\""}));

TEST(Gaps, TwoOfOneIdAreRefused) {
  const std::string text = with_gap();
  const auto errors = errors_of(text + text.substr(text.find("[[gaps]]")));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("gap \"bridge\""));
}

}  // namespace
}  // namespace abatis
