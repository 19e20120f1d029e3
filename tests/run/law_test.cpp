// A kept plan held against the law: the worked example, what is refused, what is claimed.
#include "abatis/run/law.hpp"

#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/run/run.hpp"
#include "run_of.hpp"
#include "support/json_schema.hpp"
#include "support/temp_folder.hpp"
#include "support/tiny_world.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::schema_fault;
using abatis::testing::TinyWorld;
using abatis::testing::words_of;
using Json = nlohmann::json;
using ::testing::HasSubstr;

// A world whose plan must buy mined zones, run once with all its products.
class KeptLaw : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyWorld("law");
    const auto made = run(run_options(), silent_monitor());
    ASSERT_TRUE(made) << to_string(made.error().front());
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  static RunOptions run_options() {
    RunOptions options;
    options.scenario = world_->scenario();
    options.out = world_->out();
    options.program = "test";
    return options;
  }
  LawOptions options(const char* on = nullptr) const {
    LawOptions o;
    o.plan = world_->out();
    o.program = "test";
    if (on != nullptr) o.on = parse_date(on);
    return o;
  }
  // Of a measure that the plan buys: tiny plans may buy no mined zone.
  static std::string bought() {
    const Json plan = Json::parse(read_file(world_->out() / "plan.json").value());
    return plan.at("purchases").at(0).at("measure");
  }
  fs::path own(const std::string& text) const {
    const fs::path file = folder_.path() / "own.toml";
    EXPECT_TRUE(write_file(file, text));
    return file;
  }
  static std::string mine_law(const char* more = "") {
    return "[[devices]]\nmeasures = [\"" + bought() +
           "\"]\ndevice = \"anti_personnel_mine\"\nprovenance = \"made up\"\n" + more;
  }
  static std::string war(const char* until = "") {
    return std::string("[[conflicts]]\nstate = \"LTU\"\nfrom = \"2025-11-01\"\n") + until +
           "provenance = \"made up\"\n";
  }
  TempFolder folder_;
  static TinyWorld* world_;
};
TinyWorld* KeptLaw::world_ = nullptr;

TEST_F(KeptLaw, TheRunCarriesItsFindings) {
  const Json plan = Json::parse(read_file(world_->out() / "plan.json").value());
  const Json law = Json::parse(read_file(world_->out() / "law.json").value());
  const Json schema = Json::parse(
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/law.schema.json").value());
  EXPECT_EQ(schema_fault(law, schema), "");
  for (const auto& [name, value] : plan.at("law").items()) EXPECT_EQ(law.at(name), value) << name;
  EXPECT_THAT(law.at("no_legal_advice").get<std::string>(), HasSubstr("No legal advice"));
  std::set<std::string> checks, bought;
  for (const auto& f : law.at("findings")) checks.insert(f.at("check"));
  for (const char* id : {"L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10",
                         "L11.habitats", "L11.eia", "L11.sea", "L11.wfd", "L11.espoo", "L12"}) {
    EXPECT_TRUE(checks.contains(id)) << id;
  }
  for (const auto& p : plan.at("purchases")) bought.insert(p.at("site"));
  for (const auto& f : law.at("findings")) {
    EXPECT_FALSE(f.at("evidence").get<std::string>().empty());
    for (const auto& s : f.at("sites")) EXPECT_TRUE(bought.contains(s)) << s;
    const std::string verdict = f.at("verdict");
    EXPECT_EQ(f.at("mend").is_null(), verdict == "met" || verdict == "not applicable") << f.dump();
  }
  EXPECT_THAT(read_file(world_->out() / "tables/law.csv").value(), HasSubstr("No legal advice"));
  const std::string programme = read_file(world_->out() / "tables/programme.csv").value();
  EXPECT_THAT(programme, HasSubstr("total,"));
}

TEST_F(KeptLaw, TheSamePlanBeforeAndAfterTheWithdrawal) {
  const auto ottawa = [&](const char* day, const std::optional<fs::path>& own) {
    LawOptions o = options(day);
    o.own = own;
    const auto checked = check_kept_law(o);
    EXPECT_TRUE(checked) << words_of(checked.error());
    const Json json = Json::parse(checked->json);
    for (const auto& f : json.at("findings")) {
      if (f.at("check") == "L1" && f.at("treaty").get<std::string>().starts_with("Ottawa")) {
        EXPECT_THAT(f.at("evidence").get<std::string>(), HasSubstr("2025-06-27"));
        return f.at("verdict").get<std::string>();
      }
    }
    return std::string("missing");
  };
  EXPECT_EQ(ottawa("2025-12-26", {}), "met");
  EXPECT_EQ(ottawa("2025-12-28", {}), "not applicable");
  EXPECT_EQ(ottawa("2025-12-28", own(war())), "met") << "at war at the expiry: still bound";
  EXPECT_EQ(ottawa("2026-06-01", own(war("until = \"2026-05-31\"\n"))), "not applicable");
}

TEST_F(KeptLaw, WhatATreatyForbidsIsRefusedWithItsArticle) {
  LawOptions o = options("2025-12-26");
  o.own = own(mine_law());
  const std::string before = read_file(world_->out() / "law.json").value();
  const auto refused = check_kept_law(o);
  ASSERT_FALSE(refused);
  EXPECT_THAT(words_of(refused.error()),
              HasSubstr("Ottawa Convention (anti-personnel mines) forbids"));
  EXPECT_THAT(words_of(refused.error()), HasSubstr("(Art. 1(1)), in force there on 2025-12-26"));
  EXPECT_EQ(exit_code(refused.error().front().code), 2);
  EXPECT_EQ(read_file(world_->out() / "law.json").value(), before) << "nothing is written";
  o.on = parse_date("2025-12-28");
  EXPECT_TRUE(check_kept_law(o)) << "no longer a party; what Protocol II asks is not claimed";
  o.own = own(mine_law(war().c_str()));
  EXPECT_FALSE(check_kept_law(o)) << "at war at the expiry";
  // Protocol II's own limits hold on.
  for (const auto& [key, article] :
       {std::pair{"delivery = \"remote\"\n", "Art. 6"}, std::pair{"detectable = false\n", "Art. 4"},
        std::pair{"marked = false\n", "Art. 5(2)"},
        std::pair{"resists_detectors = true\n", "Art. 3(5)"}}) {
    o.own = own(mine_law(key));
    const auto limited = check_kept_law(o);
    ASSERT_FALSE(limited) << key;
    EXPECT_THAT(words_of(limited.error()), HasSubstr(article));
  }
}

TEST_F(KeptLaw, ARunIsRefusedToo) {
  const fs::path beside = world_->scenario().parent_path() / "law.toml";
  ASSERT_TRUE(write_file(beside, mine_law("detectable = false\n")));
  const auto refused = run(run_options(), silent_monitor());
  ASSERT_TRUE(write_file(beside, "[[conflict]]\n"));
  const auto broken = run(run_options(), silent_monitor());
  fs::remove(beside);
  ASSERT_FALSE(refused);
  EXPECT_THAT(words_of(refused.error()), HasSubstr("Art. 4"));
  ASSERT_FALSE(broken);
  EXPECT_THAT(words_of(broken.error()), HasSubstr("law.toml:1:"));
  EXPECT_TRUE(run(run_options(), silent_monitor()));
}

TEST_F(KeptLaw, ClaimsCountFromTheirDay) {
  const auto verdict = [&](const std::string& claim) {
    LawOptions o = options();
    o.own = own(claim);
    const auto checked = check_kept_law(o);
    EXPECT_TRUE(checked) << words_of(checked.error());
    const Json json = Json::parse(checked->json);
    for (const auto& f : json.at("findings")) {
      if (f.at("check") == "L11.sea") return f.at("verdict").get<std::string>();
    }
    return std::string("missing");
  };
  const std::string claim =
      "[[claims]]\nabout = \"L11.sea\"\nby = \"ministry\"\nevidence = \"file 7\"\ndate = ";
  EXPECT_EQ(verdict(claim + "\"2026-01-01\"\n"), "met");
  EXPECT_EQ(verdict(claim + "\"2040-01-01\"\n"), "not claimed");
  EXPECT_EQ(verdict(claim + "\"2026-01-01\"\nsites = [\"elsewhere\"]\n"), "not claimed");
}

TEST_F(KeptLaw, ThePublicEditionNamesNoSite) {
  LawOptions o = options();
  o.open = true;
  const auto checked = check_kept_law(o);
  ASSERT_TRUE(checked) << words_of(checked.error());
  const Json plan = Json::parse(read_file(world_->out() / "plan.json").value());
  for (const auto& product : checked->products) {
    const std::string text = read_file(world_->out() / product).value();
    for (const auto& p : plan.at("purchases")) {
      EXPECT_EQ(text.find(p.at("site").get<std::string>()), std::string::npos) << product;
    }
  }
}

TEST_F(KeptLaw, NoPlanNoCheck) {
  LawOptions o = options();
  o.plan = folder_.path();
  EXPECT_THAT(words_of(check_kept_law(o).error()), HasSubstr("no plan.json"));
}

}  // namespace
}  // namespace abatis
