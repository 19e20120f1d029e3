// What must hold whatever the plan: parts sum to the whole, more sites never harm fewer people, and
// threads change nothing.

#include <numeric>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "civil/small_land.hpp"

namespace abatis {
namespace {

using testing::SmallLand;

struct Drawn {
  SmallLand land;
  std::vector<CivilPurchase> bought;
};

Drawn draw(std::uint64_t seed) {
  Drawn out;
  Random random(seed, 3);
  SmallLand& land = out.land;
  land.terrain.settlements.clear();
  for (int s = 0; s < 25; ++s) {
    const auto row = static_cast<std::int32_t>(random.below(11));
    const auto col = static_cast<std::int32_t>(2 + random.below(28));
    const bool unknown = random.below(5) == 0;
    land.terrain.settlements.push_back(
        {.name = "s" + std::to_string(s),
         .kind = s < 3 ? "town" : "village",
         .at = land.at(row, col),
         .population = unknown ? -1 : static_cast<std::int64_t>(random.below(900))});
  }
  for (std::int32_t col = 3; col < 29; col += 2) {
    const auto from = static_cast<std::int32_t>(random.below(5));
    const auto to = from + 1 + static_cast<std::int32_t>(random.below(5));
    const bool mined = random.below(2) == 0;
    const int site = land.add_site(col, from, to, mined ? testing::kMines : testing::kVehicleDitch);
    if (random.below(3) > 0) out.bought.push_back({site, 0, static_cast<int>(random.below(10))});
  }
  return out;
}

class Sums : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Sums, OverDistrictsAreThePlan) {
  const Drawn drawn = draw(GetParam());
  const Ledger ledger = drawn.land.ledger(drawn.bought);
  Totals sum;
  sum.land_m2.assign(ledger.plan.land_m2.size(), 0);
  for (const Totals& one : ledger.by_district) {
    for (std::size_t c = 0; c < sum.land_m2.size(); ++c) sum.land_m2[c] += one.land_m2[c];
    sum.margin_eur_year += one.margin_eur_year;
    sum.near_any.within_5km += one.near_any.within_5km;
    sum.near_mined.within_1km += one.near_mined.within_1km;
    sum.near_mined.unknown_1km += one.near_mined.unknown_1km;
    sum.mined_m2 += one.mined_m2;
    sum.clearance_eur.p90 += one.clearance_eur.p90;
    sum.inspections += one.inspections;
    sum.person_years += one.person_years;
    sum.purchase_eur += one.purchase_eur;
    sum.liability_eur += one.liability_eur;
  }
  for (std::size_t c = 0; c < sum.land_m2.size(); ++c) {
    EXPECT_NEAR(sum.land_m2[c], ledger.plan.land_m2[c], 1e-6);
  }
  EXPECT_NEAR(sum.margin_eur_year, ledger.plan.margin_eur_year, 1e-6);
  EXPECT_EQ(sum.near_any.within_5km, ledger.plan.near_any.within_5km);
  EXPECT_EQ(sum.near_mined.within_1km, ledger.plan.near_mined.within_1km);
  EXPECT_EQ(sum.near_mined.unknown_1km, ledger.plan.near_mined.unknown_1km);
  EXPECT_NEAR(sum.mined_m2, ledger.plan.mined_m2, 1e-6);
  EXPECT_NEAR(sum.clearance_eur.p90, ledger.plan.clearance_eur.p90, 1e-6);
  EXPECT_EQ(sum.inspections, ledger.plan.inspections);
  EXPECT_NEAR(sum.person_years, ledger.plan.person_years, 1e-6);
  EXPECT_NEAR(sum.purchase_eur, ledger.plan.purchase_eur, 1e-6);
  EXPECT_NEAR(sum.liability_eur, ledger.plan.liability_eur, 1e-6);
}

TEST_P(Sums, OverYearsAreThePlan) {
  const Drawn drawn = draw(GetParam());
  const Ledger ledger = drawn.land.ledger(drawn.bought);
  const auto sum = [&](auto member) {
    double total = 0;
    for (const YearLedger& year : ledger.years) total += static_cast<double>(year.*member);
    return total;
  };
  const double land = std::accumulate(ledger.plan.land_m2.begin(), ledger.plan.land_m2.end(), 0.0);
  EXPECT_NEAR(sum(&YearLedger::land_m2), land, 1e-6);
  EXPECT_NEAR(sum(&YearLedger::person_years), ledger.plan.person_years, 1e-6);
  EXPECT_NEAR(sum(&YearLedger::cleared_m2), ledger.plan.mined_m2, 1e-6);
  EXPECT_EQ(sum(&YearLedger::inspections), static_cast<double>(ledger.plan.inspections));
  EXPECT_NEAR(sum(&YearLedger::purchase_eur), ledger.plan.purchase_eur, 1e-6);
  EXPECT_NEAR(sum(&YearLedger::maintenance_eur), ledger.plan.maintenance_eur, 1e-6);
}

TEST_P(Sums, MoreSitesNeverFewerPeople) {
  const Drawn drawn = draw(GetParam());
  std::vector<CivilPurchase> some;
  Totals before;
  for (const CivilPurchase& next : drawn.bought) {
    some.push_back(next);
    const Totals now = drawn.land.ledger(some).plan;
    EXPECT_GE(now.near_any.within_1km, before.near_any.within_1km);
    EXPECT_GE(now.near_any.within_5km, before.near_any.within_5km);
    EXPECT_GE(now.near_mined.within_1km, before.near_mined.within_1km);
    EXPECT_GE(now.person_years, before.person_years);
    before = now;
  }
}

TEST_P(Sums, TheSameOnAnyNumberOfThreads) {
  const Drawn drawn = draw(GetParam());
  const Ledger one = drawn.land.ledger(drawn.bought, 1);
  const Ledger four = drawn.land.ledger(drawn.bought, 4);
  EXPECT_EQ(one.plan.person_years, four.plan.person_years);
  EXPECT_EQ(one.plan.margin_eur_year, four.plan.margin_eur_year);
  ASSERT_EQ(one.by_district.size(), four.by_district.size());
  for (std::size_t d = 0; d < one.by_district.size(); ++d) {
    EXPECT_EQ(one.by_district[d].land_m2, four.by_district[d].land_m2);
    EXPECT_EQ(one.by_district[d].person_years, four.by_district[d].person_years);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Sums, ::testing::Range<std::uint64_t>(1, 21));

}  // namespace
}  // namespace abatis
