// An auditor's sums: the table against plain arithmetic on random programmes.
#include "abatis/economy/economy.hpp"

#include <cmath>
#include <ctime>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "abatis/base/random.hpp"
#include "economy/economy_files.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;

Economy shipped() {
  auto economy = load_economy("LTU", std::nullopt);
  if (!economy || !*economy) throw std::runtime_error("no economy");
  return **economy;
}

TEST(EconomyTest, PublishedFiguresAgree) {
  const Economy e = shipped();
  double sum = 0;
  for (const auto& share : e.split) sum += share.amount_eur;
  EXPECT_DOUBLE_EQ(sum, 1092e6);
  EXPECT_NEAR(e.gdp_eur * e.at(2026).defence, 4.79e9, 1e6);
  EXPECT_NEAR(0.05 * e.gdp_eur, 4.45e9, 5e6);
  EXPECT_NEAR(0.06 * e.gdp_eur, 5.34e9, 5e6);
  EXPECT_NEAR(1.1e9 * e.rates.at(0).per_eur, 1.2e9, 1e7);
  EXPECT_FALSE(load_economy("POL", std::nullopt)->has_value());
}

TEST(EconomyTest, PricesByHand) {
  Economy e = shipped();
  e.years = {{2026, 0.5, 0, 0.1, {}}, {2027, 0.1, 0.2, 0.1, {}}};
  e.gdp_eur = 1000;
  const auto t = money_table(e, 2026, 2026, {{"a", {100, 100, 100}, {0, 10, 10}}}, 7, 5);
  ASSERT_EQ(t.years.size(), 3U);
  EXPECT_DOUBLE_EQ(t.years[0].index, 1);
  EXPECT_DOUBLE_EQ(t.years[1].index, 1.1);
  EXPECT_DOUBLE_EQ(t.years[2].current_eur, 133.1);
  EXPECT_DOUBLE_EQ(t.years[1].gdp_eur, 1320);
  EXPECT_DOUBLE_EQ(t.years[1].share_of_defence, 121.0 / 132.0);
  EXPECT_FALSE(t.years[1].extrapolated);
  EXPECT_TRUE(t.years[2].extrapolated);
  EXPECT_DOUBLE_EQ(t.whole_life_eur(), 320 + 7 + 5);
  // At prices of 2027 the first year is cheaper.
  EXPECT_DOUBLE_EQ(money_table(e, 2026, 2027, {{"a", {110}, {0}}}, 0, 0).years[0].current_eur, 100);
}

TEST(EconomyTest, AddsUpToTheCentOnRandomProgrammes) {
  const auto seed = static_cast<std::uint64_t>(std::time(nullptr));
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed, 3);
  const Economy e = shipped();
  for (int round = 0; round < 100; ++round) {
    std::vector<ClassSpending> spending(1 + random.below(5));
    const auto years = 1 + random.below(30);
    for (std::size_t c = 0; c < spending.size(); ++c) {
      spending[c].budget_class = c == 0 ? "anti_tank_mines" : "class" + std::to_string(c);
      for (std::uint64_t y = 0; y < years; ++y) {
        spending[c].purchase.push_back(random.uniform(0, 3e7));
        spending[c].maintenance.push_back(random.uniform(0, 1e6));
      }
    }
    const auto t =
        money_table(e, 2026, 2026, spending, random.uniform(0, 1e8), random.uniform(0, 1e8));
    long long constant = 0, current = 0, purchase = 0, upkeep = 0;
    const auto cent = [](double eur) { return std::llround(eur * 100); };
    for (const auto& line : t.years) {
      EXPECT_EQ(cent(line.purchase_eur) + cent(line.maintenance_eur), cent(line.constant_eur));
      purchase += cent(line.purchase_eur);
      upkeep += cent(line.maintenance_eur);
      constant += cent(line.constant_eur);
      current += cent(line.current_eur);
    }
    EXPECT_EQ(constant, cent(t.total.constant_eur));
    EXPECT_EQ(current, cent(t.total.current_eur));
    EXPECT_EQ(purchase + upkeep + cent(t.upkeep_after_eur) + cent(t.liability_eur),
              cent(t.whole_life_eur()));
    double shares = 0, published = 0;
    for (const auto& line : t.split) {
      shares += line.plan_share;
      published += line.published_share;
    }
    EXPECT_NEAR(shares, 1, 1e-9);
    EXPECT_NEAR(published, 1, 1e-9);
  }
}

TEST(EconomyTest, BadFilesSayWhere) {
  TempFolder folder;
  const fs::path file = folder.path() / "economy.toml";
  const std::string text = read_file(fs::path(ABATIS_SOURCE_DIR) / "data/economy/LTU.toml").value();
  const auto fault = [&](const std::string& from, const std::string& to) {
    std::string now = text;
    EXPECT_TRUE(write_file(file, now.replace(now.find(from), from.size(), to)));
    const auto read = load_economy("LTU", file);
    return read ? std::string() : to_string(read.error().front());
  };
  EXPECT_EQ(fault("life_years = 30", "life_years = 31"), "");
  EXPECT_THAT(fault("year = 2027", "year = 2026"), HasSubstr("2026 comes after 2026"));
  EXPECT_THAT(fault("defence = ", "defense = "), HasSubstr("defence"));
  EXPECT_THAT(fault("189 MEUR", "989 MEUR"), HasSubstr("more than the amount"));
  EXPECT_THAT(fault("\"89033 MEUR\"", "\"-1 MEUR\""), HasSubstr("economy.toml:8:"));
  EXPECT_EQ(own_economy_file(folder.path() / "scenario.toml"), file);
}

TEST(EconomyReference, NamesEveryKey) {
  const std::string page =
      read_file(fs::path(ABATIS_SOURCE_DIR) / "docs/reference/economy.md").value();
  for (const TableSpec* table : economy_tables()) {
    for (const KeySpec& key : table->keys) {
      EXPECT_THAT(page, HasSubstr("`" + std::string(key.name) + "`")) << table->path;
    }
  }
}

}  // namespace
}  // namespace abatis
