#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "plan/rounding.hpp"

namespace abatis {
namespace {

using plan_detail::rounded;
using plan_detail::RoundedCover;

double sum(const std::vector<double>& value, const std::vector<double>& x) {
  double sum = 0;
  for (std::size_t j = 0; j < x.size(); ++j) sum += value[j] * x[j];
  return sum;
}

// Each gives 0.6 of what is asked for; 1.67 of them are bought, and two are needed.
TEST(Rounding, TwoAreNeededWhereOneDoesNotDo) {
  const std::vector<double> x{0.8, 0.6, 0.267};
  const RoundedCover cover = rounded(std::vector<double>{0.6, 0.6, 0.6}, x);
  ASSERT_EQ(cover.value.size(), 3U);
  for (const double v : cover.value) EXPECT_NEAR(v, 0.5, 1e-9);
  EXPECT_NEAR(cover.lack, 1 - 1.667 / 2, 1e-9);
}

// What is bought whole leaves 0.4 to ask for, of which the other does more than all.
TEST(Rounding, WhatIsBoughtWholeLeavesLessToAskFor) {
  const RoundedCover cover = rounded(std::vector<double>{0.6, 0.8}, std::vector<double>{1, 0.5});
  ASSERT_EQ(cover.value.size(), 2U);
  EXPECT_NEAR(cover.value[1], 1 - cover.value[0], 1e-9);
  EXPECT_GT(cover.lack, 0.1);
}

TEST(Rounding, NothingWhereTheRowIsWholeAlready) {
  EXPECT_TRUE(
      rounded(std::vector<double>{1, 1, 1}, std::vector<double>{0.5, 0.5, 0}).value.empty());
  EXPECT_TRUE(rounded(std::vector<double>{0.7, 0.5}, std::vector<double>{1, 1}).value.empty());
}

TEST(Rounding, HoldsForAllWholePurchasesThatKeepTheCover) {
  int cut = 0, tight = 0;
  for (std::uint64_t seed = 1; seed <= 20000; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed, 31);
    const std::size_t terms = 1 + random.below(9);
    std::vector<double> a(terms), x(terms);
    for (std::size_t j = 0; j < terms; ++j) {
      // Alike, in tenths and any; as coefficients of a cover are.
      a[j] = j > 0 && random.below(3) == 0 ? a[j - 1] : random.uniform(0.05, 1);
      if (random.below(3) == 0) a[j] = 0.1 * static_cast<double>(1 + random.below(10));
      x[j] = random.below(4) == 0 ? static_cast<double>(random.below(2)) : random.uniform();
    }
    const RoundedCover cover = rounded(a, x);
    if (cover.value.empty()) continue;
    ++cut;
    EXPECT_GT(cover.lack, 0);
    EXPECT_NEAR(sum(cover.value, x), 1 - cover.lack, 1e-9);
    for (const double v : cover.value) EXPECT_TRUE(v == 0 || v > 1e-10);  // no rounding left over
    bool met = false;
    for (std::size_t bits = 0; bits < std::size_t{1} << terms; ++bits) {
      std::vector<double> whole(terms);
      for (std::size_t j = 0; j < terms; ++j) whole[j] = (bits >> j) & 1 ? 1.0 : 0.0;
      if (sum(a, whole) < 1 - 1e-12) continue;
      const double has = sum(cover.value, whole);
      EXPECT_GE(has, 1 - 1e-7);
      met = met || has < 1 + 1e-7;
    }
    tight += met ? 1 : 0;
  }
  EXPECT_GT(cut, 5000);
  EXPECT_GT(tight, cut / 2);
}

}  // namespace
}  // namespace abatis
