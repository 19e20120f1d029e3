#include "abatis/base/random.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace abatis {
namespace {

// Known answers of Random123 for philox4x32-10.
TEST(Random, PhiloxKnownAnswers) {
  using Four = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t f = 0xffffffff;
  EXPECT_EQ(philox4x32({f, f, f, f}, {f, f}),
            (Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, StreamsAreRepeatableAndDiffer) {
  Random a(7, 1);
  Random b(7, 1);
  Random c(7, 2);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const auto x = a.bits();
    EXPECT_EQ(x, b.bits());
    differs = differs || x != c.bits();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, UniformStaysInRangeWithTheRightMean) {
  Random random(1, 0);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    const double n = random.normal();
    sum += u;
    squares += n * n;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0, 5 * std::sqrt(2.0 / kDraws));
}

TEST(Random, BelowReachesEveryValue) {
  Random random(3, 0);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 500; ++i) seen.insert(random.below(5));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
}

TEST(Random, HashedUniformIsAPureFunctionOfItsPlace) {
  EXPECT_EQ(hashed_uniform(9, -4, 17), hashed_uniform(9, -4, 17));
  EXPECT_NE(hashed_uniform(9, -4, 17), hashed_uniform(9, 17, -4));
  EXPECT_NE(hashed_uniform(9, -4, 17), hashed_uniform(10, -4, 17));
}

}  // namespace
}  // namespace abatis
