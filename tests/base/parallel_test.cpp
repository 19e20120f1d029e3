#include "abatis/base/parallel.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace abatis {
namespace {

TEST(Parallel, EveryIndexOnce) {
  for (const int threads : {1, 2, 8}) {
    for (const std::size_t count : {0UL, 1UL, 7UL, 1000UL}) {
      std::vector<std::atomic<int>> seen(count);
      parallel_for(count, threads, [&](std::size_t i) { ++seen[i]; });
      for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(seen[i], 1);
    }
  }
}

TEST(Parallel, AnExceptionReachesTheCaller) {
  for (const int threads : {1, 4}) {
    EXPECT_THROW(parallel_for(100, threads,
                              [](std::size_t i) {
                                if (i == 42) throw std::runtime_error("x");
                              }),
                 std::runtime_error);
  }
}

TEST(Parallel, ThreadCount) {
  EXPECT_EQ(thread_count(3), 3);
  EXPECT_GE(thread_count(0), 1);
}

}  // namespace
}  // namespace abatis
