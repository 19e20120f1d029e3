// Years, quantiles and inspections, against slower ways to the same.

#include "civil/clearance.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

using civil_detail::inspections;
using civil_detail::inspections_in;
using civil_detail::years_in;

double share_below(const Triangular& t, double x) {
  if (x <= t.min) return 0;
  if (x >= t.max) return 1;
  const double width = t.max - t.min;
  if (x < t.mode) return (x - t.min) * (x - t.min) / (width * (t.mode - t.min));
  return 1 - (t.max - x) * (t.max - x) / (width * (t.max - t.mode));
}

TEST(Quantile, IsWhereTheShareLies) {
  constexpr std::uint64_t kSeed = 20260209;
  SCOPED_TRACE(kSeed);
  Random random(kSeed, 1);
  for (int i = 0; i < 1000; ++i) {
    const double a = random.uniform(0, 10);
    const double b = random.uniform(a, 20);
    const Triangular t{a, random.uniform(a, b), b};
    const double q = random.uniform();
    EXPECT_NEAR(share_below(t, quantile(t, q)), q, 1e-9);
  }
}

TEST(Quantile, OfOneValueIsThatValue) {
  EXPECT_EQ(quantile({3, 3, 3}, 0.1), 3);
  EXPECT_EQ(quantile({3, 3, 3}, 0.9), 3);
  EXPECT_DOUBLE_EQ(quantile({1, 1, 2}, 0), 1);
  EXPECT_DOUBLE_EQ(quantile({1, 2, 2}, 1), 2);
}

TEST(Quantile, OfThePublishedPriceOfClearance) {
  const Spread spread = spread_of({0.08, 1, 8.5});
  EXPECT_NEAR(spread.p10, 0.9601, 1e-4);
  EXPECT_NEAR(spread.p50, 2.8808, 1e-4);
  EXPECT_NEAR(spread.p90, 5.9870, 1e-4);
  EXPECT_NEAR(spread.mean, 9.58 / 3, 1e-12);
}

TEST(Years, AreSharedOut) {
  EXPECT_DOUBLE_EQ(years_in(2026.5, 2028.25, 2026), 0.5);
  EXPECT_DOUBLE_EQ(years_in(2026.5, 2028.25, 2027), 1);
  EXPECT_DOUBLE_EQ(years_in(2026.5, 2028.25, 2028), 0.25);
  EXPECT_DOUBLE_EQ(years_in(2026.5, 2028.25, 2029), 0);
}

TEST(Inspections, AreCountedOneByOne) {
  constexpr std::uint64_t kSeed = 7;
  SCOPED_TRACE(kSeed);
  Random random(kSeed, 2);
  for (int i = 0; i < 500; ++i) {
    const double from = 2026 + random.uniform(0, 5);
    const double to = from + random.uniform(0, 12);
    const double interval = random.uniform(0.1, 4);
    std::int64_t slowly = 0;
    for (int k = 1; from + k * interval < to; ++k) ++slowly;
    EXPECT_EQ(inspections(from, to, interval), slowly);
    std::int64_t by_year = 0;
    for (int year = 2026; year < 2050; ++year) {
      by_year += inspections_in(from, to, interval, year);
    }
    EXPECT_EQ(by_year, slowly);
  }
}

}  // namespace
}  // namespace abatis
