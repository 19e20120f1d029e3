#include "abatis/base/sort.hpp"

#include <string>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

TEST(SortStably, KeepsTheOrderOfEquals) {
  constexpr std::uint64_t kSeed = 11;
  Random random(kSeed, 0);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::pair<std::uint64_t, std::string>> values(random.below(60));
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = {random.below(5), "value " + std::to_string(1000 + i)};
    }
    auto expected = values;  // by key, then by the order they came in
    std::sort(expected.begin(), expected.end());
    sort_stably(values, [](const auto& a, const auto& b) { return a.first < b.first; });
    EXPECT_EQ(values, expected) << "seed " << kSeed << ", round " << round;
  }
}

}  // namespace
}  // namespace abatis
