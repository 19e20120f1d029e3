// Every instruction set gives the same bits as the plain one.
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "sight/random_surface.hpp"
#include "sight/sweep.hpp"

namespace abatis::sight_detail {

Kernels kernels_plain();
#if defined(__x86_64__)
Kernels kernels_avx2();
Kernels kernels_avx512();
#endif

namespace {

std::vector<Kernels> others() {
  std::vector<Kernels> all;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0) {
    all.push_back(kernels_avx2());
  }
  if (__builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0) {
    all.push_back(kernels_avx512());
  }
#endif
  return all;
}

// The octant to the south-east along rows, from the north-western corner, as one wedge.
Wedge octant(const testing::Surface& surface, double eye) {
  Wedge wedge{.surface = surface.heights.data(),
              .foot = surface.heights.data(),
              .major = 1,
              .minor = surface.cols,
              .rings = surface.cols - 1,
              .above = surface.rows - 1,
              .eye = static_cast<double>(surface.heights[0]) + eye,
              .target_height = 2,
              .curve = 6e-5,
              .reach2 = 1e9,
              .shift = 20,
              .with_axis = true,
              .with_diagonal = true};
  wedge.step = (1 << 20) / (2 * (wedge.rings + 8));
  wedge.last = ((1 << 20) / wedge.step + 32) / 16 * 16;
  return wedge;
}

TEST(sight_kernels, give_the_same_bits_on_every_instruction_set) {
  if (others().empty()) GTEST_SKIP() << "this processor has none but the plain instructions";
  const Kernels plain = kernels_plain();
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    testing::Surface surface = testing::random_surface(seed, 90);
    if (surface.cols < 2) continue;
    if (std::isnan(surface.heights[0])) surface.heights[0] = 5;
    const std::size_t cells = surface.heights.size();
    Wedge wedge = octant(surface, 10);
    std::vector<std::uint16_t> seen(cells, 0);
    std::vector<float> height(cells, 1e9F);
    Scratch scratch;
    wedge.seen = seen.data();
    plain.run(wedge, scratch);
    wedge.seen = nullptr;
    wedge.height = height.data();
    plain.run(wedge, scratch);
    for (const Kernels& kernels : others()) {
      std::vector<std::uint16_t> other_seen(cells, 0);
      std::vector<float> other_height(cells, 1e9F);
      wedge.height = nullptr;
      wedge.seen = other_seen.data();
      kernels.run(wedge, scratch);
      wedge.seen = nullptr;
      wedge.height = other_height.data();
      kernels.run(wedge, scratch);
      ASSERT_EQ(seen, other_seen) << kernels.name << ", seed " << seed;
      ASSERT_EQ(std::memcmp(height.data(), other_height.data(), cells * sizeof(float)), 0)
          << kernels.name << ", seed " << seed;
      const std::int32_t n = wedge.rings;
      const std::int32_t j = std::min(n, wedge.above);
      const double a = plain.least_height(wedge, n, j);
      const double b = kernels.least_height(wedge, n, j);
      ASSERT_EQ(std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b)), true);
      ASSERT_EQ(plain.sees(wedge, n, j), kernels.sees(wedge, n, j));
    }
  }
}

}  // namespace
}  // namespace abatis::sight_detail
