// Where files may lie: hostile paths, missing layers, data and catalogue folders.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/scenario/scenario.hpp"
#include "scenario_text.hpp"
#include "support/real_data.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using testing::edited;
using ::testing::ElementsAre;
using testing::errors_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::valid_scenario;

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  ASSERT_TRUE(write_file(file, text));
}

void put_layers(const fs::path& data) {
  put(data / "elevation/elevation.tif", "e");
  put(data / "landcover/landcover.tif", "l");
  put(data / "admin/states.fgb", "s");
}

std::vector<std::string> errors_in(const fs::path& file, const ScenarioOptions& options = {}) {
  std::vector<std::string> lines;
  const auto s = load_scenario(file, options);
  if (!s) {
    for (const Error& error : s.error()) lines.push_back(to_string(error));
  }
  return lines;
}

TEST(ScenarioFiles, HostilePathsAreRefusedAtTheirPlace) {
  for (const char* path : {"../../etc/passwd", "/etc/passwd", "a/../../b", "elevation/..", ".."}) {
    const auto errors = errors_of(edited(valid_scenario(), "elevation/elevation.tif", path));
    ASSERT_EQ(errors.size(), 1U) << path;
    EXPECT_THAT(errors[0], HasSubstr("s.toml:18:8: error: path \"")) << path;
  }
}

TEST(ScenarioFiles, ALinkOutOfTheDataFolderIsRefused) {
  const TempFolder folder;
  put_layers(folder.path() / "data");
  put(folder.path() / "secret.tif", "secret");
  fs::remove(folder.path() / "data/elevation/elevation.tif");
  fs::create_symlink(folder.path() / "secret.tif", folder.path() / "data/elevation/elevation.tif");
  put(folder.path() / "s.toml", valid_scenario());
  ScenarioOptions options;
  options.data_root = folder.path() / "data";
  const auto errors = errors_in(folder.path() / "s.toml", options);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("by a link"));
}

TEST(ScenarioFiles, MissingLayersAreToldAtTheirKeys) {
  const TempFolder folder;
  put_layers(folder.path() / "data");
  fs::remove(folder.path() / "data/admin/states.fgb");
  fs::remove(folder.path() / "data/landcover/landcover.tif");
  const fs::path file = folder.path() / "s.toml";
  put(file, edited(valid_scenario(), "years = 3", "years = 3\ndata = \"data\""));
  const auto errors = errors_in(file);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_THAT(errors[0], HasSubstr(":27:8: error: layer landcover: no file"));
  EXPECT_THAT(errors[1], HasSubstr(":35:8: error: layer states: no file \"admin/states.fgb\""));
  EXPECT_THAT(errors_in(file, testing::without_layers()), IsEmpty());
}

TEST(ScenarioFiles, InputsAreHashedInOrder) {
  const TempFolder folder;
  put_layers(folder.path() / "data");
  const fs::path file = folder.path() / "s.toml";
  const std::string text = edited(valid_scenario(), "years = 3", "years = 3\ndata = \"data\"");
  put(file, text);
  const auto s = load_scenario(file);
  ASSERT_TRUE(s) << to_string(s.error().front());
  ASSERT_EQ(s->inputs.size(), 16U);
  EXPECT_EQ(s->inputs[0].role, "scenario");
  EXPECT_EQ(s->inputs[0].sha256, sha256_hex(text));
  EXPECT_EQ(s->inputs[1].shown, "built-in catalogue/movers.toml");
  EXPECT_EQ(s->inputs[13].role, "elevation");
  EXPECT_EQ(s->inputs[13].sha256, sha256_hex("e"));
  EXPECT_EQ(s->inputs[15].shown, "admin/states.fgb");
  EXPECT_EQ(s->layers[2].file, fs::weakly_canonical(folder.path() / "data/admin/states.fgb"));
}

TEST(ScenarioFiles, DataFolderByOptionThenKeyThenFallback) {
  const TempFolder folder;
  for (const char* name : {"key", "option", "fallback"}) put_layers(folder.path() / name);
  const fs::path plain = folder.path() / "plain.toml", keyed = folder.path() / "keyed.toml";
  put(plain, valid_scenario());
  put(keyed, edited(valid_scenario(), "years = 3", "years = 3\ndata = \"key\""));
  const auto root = [&](const fs::path& file, bool option, bool fallback) {
    ScenarioOptions options;
    if (option) options.data_root = folder.path() / "option";
    if (fallback) options.data_fallback = folder.path() / "fallback";
    const auto s = load_scenario(file, options);
    return s ? s->data_root.filename().string() : to_string(s.error().front());
  };
  EXPECT_EQ(root(keyed, true, true), "option");
  EXPECT_EQ(root(keyed, false, true), "key");
  EXPECT_EQ(root(plain, false, true), "fallback");
  EXPECT_THAT(root(plain, false, false), HasSubstr(":1:1: error: no data folder is named"));
}

TEST(ScenarioFiles, AMissingDataFolderIsOneError) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.toml";
  put(file, edited(valid_scenario(), "years = 3", "years = 3\ndata = \"gone\""));
  const auto errors = errors_in(file);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr(":5:8: error: there is no data folder"));
}

TEST(ScenarioFiles, DataAndCatalogueNeverLeaveTheProject) {
  const TempFolder folder;
  const fs::path file = folder.path() / "s.toml";
  put(file, edited(valid_scenario(), "years = 3",
                   "years = 3\ndata = \"../elsewhere\"\ncatalogue = \"/etc\""));
  EXPECT_THAT(errors_in(file),
              ElementsAre(HasSubstr(":5:8: error: path \"../elsewhere\" leaves its folder"),
                          HasSubstr(":6:13: error: path \"/etc\" is absolute")));
}

TEST(ScenarioFiles, TheProjectFolderHoldsTheCatalogue) {
  const TempFolder folder;
  fs::create_directories(folder.path() / "data");
  fs::copy(fs::path(ABATIS_SOURCE_DIR) / "data/catalogue", folder.path() / "data/catalogue");
  put_layers(folder.path() / "build/layers");
  const fs::path file = folder.path() / "data/scenarios/mine/scenario.toml";
  put(file, edited(valid_scenario(), "years = 3",
                   "years = 3\ndata = \"build/layers\"\ncatalogue = \"data/catalogue\""));
  const auto s = load_scenario(file);
  ASSERT_TRUE(s) << to_string(s.error().front());
  EXPECT_EQ(s->inputs[1].path, fs::weakly_canonical(folder.path() / "data/catalogue/movers.toml"));

  fs::remove(folder.path() / "data/catalogue/roads.toml");
  const auto errors = errors_in(file);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0], HasSubstr("roads.toml: error: no such file"));
}

TEST(ScenarioFiles, AFileThatIsNotThereOrTooLarge) {
  const TempFolder folder;
  EXPECT_THAT(errors_in(folder.path() / "gone.toml"),
              ElementsAre(HasSubstr("gone.toml: error: no such file")));
  EXPECT_THAT(errors_in(folder.path()), ElementsAre(HasSubstr("not a regular file")));
  put(folder.path() / "large.toml", std::string((std::size_t{4} << 20U) + 1, '#'));
  EXPECT_THAT(errors_in(folder.path() / "large.toml"),
              ElementsAre(HasSubstr("more than the limit of 4194304")));
}

class Shipped : public ::testing::TestWithParam<const char*> {};

TEST_P(Shipped, ScenarioIsValid) {
  const fs::path file =
      fs::path(ABATIS_SOURCE_DIR) / "data/scenarios" / GetParam() / "scenario.toml";
  const auto s = load_scenario(file, testing::without_layers());
  ASSERT_TRUE(s) << to_string(s.error().front());
  EXPECT_EQ(s->id, GetParam());
  EXPECT_EQ(s->years, 10);
  EXPECT_GE(s->cases.size(), 8U);
  EXPECT_FALSE(s->caveats.empty());
  // All of the programme; sensors where early warning is asked for.
  const auto sensors = std::count_if(s->measures.begin(), s->measures.end(), [&](int m) {
    return s->catalogue.measures[static_cast<std::size_t>(m)].rule == SiteRule::sensor;
  });
  EXPECT_EQ(sensors, s->surveillance.given ? 6 : 0);
  EXPECT_EQ(s->measures.size() + (s->surveillance.given ? 0 : 6), s->catalogue.measures.size());
}
INSTANTIATE_TEST_SUITE_P(All, Shipped, ::testing::Values("suwalki", "suwalki-real", "lithuania"));

class ShippedReal : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedReal, FindsItsLayers) {
  const auto data = real_data();
  if (!data) GTEST_SKIP() << "skipped: no real data folder";
  ScenarioOptions options;
  options.data_root = *data;
  const auto errors = errors_in(
      fs::path(ABATIS_SOURCE_DIR) / "data/scenarios" / GetParam() / "scenario.toml", options);
  EXPECT_THAT(errors, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(All, ShippedReal, ::testing::Values("suwalki-real", "lithuania"));

TEST(Shipped, TheWholeLineHoldsThePublishedMoney) {
  const auto s =
      load_scenario(fs::path(ABATIS_SOURCE_DIR) / "data/scenarios/lithuania/scenario.toml",
                    testing::without_layers());
  ASSERT_TRUE(s);
  double total = 0;
  for (const Euro year : s->money.by_year) total += year.value;
  EXPECT_DOUBLE_EQ(total, (812 + 112 + 83 + 85) * 1e6);
}

}  // namespace
}  // namespace abatis
