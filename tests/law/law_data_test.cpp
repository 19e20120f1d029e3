#include "abatis/law/law_data.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "law/law_files.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;

// A folder of law to spoil.
class LawFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::copy(fs::path(ABATIS_SOURCE_DIR) / "data/law", folder_,
             fs::copy_options::overwrite_existing | fs::copy_options::recursive);
  }
  void edit(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = read_file(folder_ / file).value();
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    ASSERT_TRUE(write_file(folder_ / file, text.replace(at, from.size(), to)));
  }
  std::string faults(const std::optional<fs::path>& own = std::nullopt) const {
    const auto law = load_law(folder_, own);
    std::string all;
    if (!law) {
      for (const Error& e : law.error()) all += to_string(e) + "\n";
    }
    return all;
  }
  TempFolder own_;
  fs::path folder_ = own_.path();
};
using ::testing::HasSubstr;

TEST_F(LawFolder, ShippedDataAreWhole) {
  const auto law = load_law(std::nullopt, std::nullopt);
  ASSERT_TRUE(law) << to_string(law.error().front());
  EXPECT_EQ(faults(), "");
  EXPECT_EQ(law->states.size(), 7U);
  for (const char* id : {"LTU", "LVA", "EST", "FIN", "POL", "RUS", "BLR"}) {
    EXPECT_GE(law->state(id), 0) << id;
  }
  for (const char* id : {"ottawa", "ccw_p2", "ccw_p5", "ap1", "ccm", "habitats", "eia", "sea",
                         "wfd", "espoo", "bern", "ramsar", "echr_p1"}) {
    EXPECT_GE(law->treaty(id), 0) << id;
  }
  for (const auto& act : law->acts) EXPECT_FALSE(act.provenance.source.empty());
  EXPECT_EQ(law->device_of("mined_zone")->device, DeviceClass::anti_vehicle_mine);
  EXPECT_EQ(law->device_of("of my own"), nullptr);
}

TEST_F(LawFolder, ImpossibleOrdersAreRefusedWithTheirPlace) {
  edit("acts.toml", "deposited = \"2025-06-27\"\neffective = \"2025-12-27\"",
       "deposited = \"2025-06-27\"\neffective = \"2025-06-20\"");
  EXPECT_THAT(faults(), HasSubstr("acts.toml:"));
  EXPECT_THAT(faults(), HasSubstr("effective on 2025-06-20, before the deposit on 2025-06-27"));
}

TEST_F(LawFolder, AWithdrawalTakesItsMonths) {
  edit("acts.toml", "effective = \"2025-12-27\"", "effective = \"2025-12-20\"");
  EXPECT_THAT(faults(), HasSubstr("6 months after the deposit on 2025-06-27 is 2025-12-27"));
}

TEST_F(LawFolder, OthersThatCannotBe) {
  struct Case {
    const char *file, *from, *to, *said;
  };
  const Case cases[] = {
      {"acts.toml", "state = \"LVA\"", "state = \"LAT\"", "LAT"},
      {"acts.toml", "treaty = \"ccm\"", "treaty = \"cmm\"", "cmm"},
      {"acts.toml", "deposited = \"2003-05-12\"", "deposited = \"2003-02-30\"",
       "is no day of the calendar"},
      {"acts.toml", "deposited = \"1999-02-22\"", "deposited = \"1990-02-22\"",
       "before Ottawa Convention (anti-personnel mines) was adopted"},
      {"acts.toml", "kind = \"ratification\"\ndeposited = \"2003-05-12\"",
       "kind = \"withdrawal_notice\"\ndeposited = \"2003-05-12\"", "no party then"},
      {"acts.toml", "kind = \"withdrawal_notice\"", "kind = \"ratification\"",
       "a second consent to be bound"},
      {"conflicts.toml", "from = \"2022-02-24\"", "from = \"2022-02-24\"\nuntil = \"2022-01-01\"",
       "ends on 2022-01-01, before it begins"},
      {"treaties.toml", "in_force = \"1999-03-01\"", "in_force = \"1997-01-01\"",
       "before it was adopted"},
      {"treaties.toml", "binds = \"parties\"", "binds = \"everybody\"", "everybody"},
      {"devices.toml", "device = \"anti_vehicle_mine\"", "device = \"tank_trap\"", "tank_trap"},
      {"commitments.toml", "rule = \"claim\"", "rule = \"clam\"", "claim"},
      {"states.toml", "id = \"LVA\"", "id = \"LTU\"", "LTU"},
      {"states.toml", "union_from", "union_form", "union_from"},
  };
  for (const Case& one : cases) {
    SetUp();
    edit(one.file, one.from, one.to);
    const std::string said = faults();
    EXPECT_THAT(said, HasSubstr(one.said));
    EXPECT_THAT(said, ::testing::ContainsRegex(std::string(one.file) + ":[0-9]+:[0-9]+: error"));
  }
}

TEST_F(LawFolder, MissingAndBrokenFilesAreToldOnce) {
  fs::remove(folder_ / "states.toml");
  EXPECT_THAT(faults(), HasSubstr("states.toml"));
  EXPECT_THAT(faults(), HasSubstr("holds every file of data/law"));
  SetUp();
  ASSERT_TRUE(write_file(folder_ / "treaties.toml", "[[treaties]\n"));
  const auto law = load_law(folder_, std::nullopt);
  ASSERT_FALSE(law);
  EXPECT_EQ(law.error().size(), 1U);
}

TEST_F(LawFolder, AUsersOwnFileAddsToIt) {
  const fs::path own = folder_ / "own/law.toml";
  fs::create_directories(own.parent_path());
  ASSERT_TRUE(write_file(own, R"(
[[conflicts]]
state = "LTU"
from = "2025-11-01"
until = "2026-05-31"
provenance = "made up"
[[devices]]
measures = ["mined_zone"]
device = "anti_personnel_mine"
provenance = "made up"
[[claims]]
about = "L7"
by = "municipality"
date = "2026-01-01"
evidence = "plan of warning no. 7"
)"));
  EXPECT_EQ(own_law_file(own.parent_path() / "scenario.toml"), own);
  EXPECT_EQ(own_law_file(folder_ / "scenario.toml"), std::nullopt);
  const auto law = load_law(std::nullopt, own);
  ASSERT_TRUE(law) << to_string(law.error().front());
  EXPECT_EQ(law->device_of("mined_zone")->device, DeviceClass::anti_personnel_mine);
  ASSERT_EQ(law->claims.size(), 1U);
  EXPECT_EQ(law->claims[0].date, (Date{2026, 1, 1}));
  EXPECT_NE(law->digest, load_law(std::nullopt, std::nullopt)->digest);
}

// The reference names every key.
TEST(LawReference, NamesEveryKey) {
  const std::string page = read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/law.md").value();
  for (const TableSpec* table : law_tables()) {
    for (const KeySpec& key : table->keys) {
      EXPECT_THAT(page, HasSubstr("`" + std::string(key.name) + "`")) << table->path;
    }
  }
}

}  // namespace
}  // namespace abatis
