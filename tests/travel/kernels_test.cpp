// Every instruction set's kernels give the same bits as the plain ones.
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/numbers.hpp"
#include "abatis/base/random.hpp"
#include "travel/tile.hpp"

namespace abatis::travel_detail {

Kernels kernels_plain();
#if defined(__x86_64__)
Kernels kernels_avx2();
Kernels kernels_avx512();
#endif

namespace {

std::vector<Kernels> others() {
  std::vector<Kernels> all;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) all.push_back(kernels_avx2());
  if (__builtin_cpu_supports("avx512f") != 0) all.push_back(kernels_avx512());
#endif
  return all;
}

// A tile with random ground, some times in its ring, and planes of moves when asked.
std::unique_ptr<TileScratch> random_tile(std::uint64_t seed, std::vector<double>& planes,
                                         const Kernels& plain) {
  Random random(seed, 7);
  auto tile = std::make_unique<TileScratch>();
  std::memset(static_cast<void*>(tile.get()), 0, sizeof(TileScratch));
  for (Form* form : {&tile->rows, &tile->cols}) {
    for (double& t : form->time) t = kInfinity;
    for (double& s : form->slow) s = kInfinity;
    form->reach = 1;
  }
  for (int r = -1; r <= kTile; ++r) {
    for (int c = -1; c <= kTile; ++c) {
      if (random.uniform() < 0.8) tile->rows.slow[place(r, c)] = random.uniform(0.1, 9);
    }
  }
  plain.transpose_slow(*tile);
  for (int k = 0; k < kTile; ++k) {
    tile->cols.slow[place(-1, k)] = tile->rows.slow[place(k, -1)];
    tile->cols.slow[place(kTile, k)] = tile->rows.slow[place(k, kTile)];
    tile->rows.time[place(-1, k)] = random.uniform(0, 50);
    tile->cols.time[place(kTile, k)] = random.uniform(0, 50);
  }
  tile->rows.ahead = std::uint64_t{1} << static_cast<unsigned>(kRing - 1);
  tile->cols.back = std::uint64_t{1} << static_cast<unsigned>(kRing + kTile);
  if (seed % 2 == 0) return tile;
  planes.assign(2 * kTileCells, 0.0);
  for (int k = 0; k < kTileCells; ++k) {
    planes[static_cast<std::size_t>(k)] =
        random.uniform() < 0.9 ? random.uniform(0, 20) : kInfinity;
  }
  plain.transpose_plane(planes.data(), planes.data() + kTileCells);
  for (Form* form : {&tile->rows, &tile->cols}) {
    const double* plane = planes.data() + (form == &tile->rows ? 0 : kTileCells);
    form->move_count = 2;
    for (auto& list : form->moves) {
      list[0] = {1, 0, 1.0, plane};
      list[1] = {1, form == &tile->rows ? 1 : -1, 1.5, plane};
    }
  }
  return tile;
}

TEST(travel_kernels, settle_a_tile_to_the_same_bits_on_every_instruction_set) {
  if (others().empty()) GTEST_SKIP() << "this processor has none but the plain instructions";
  const Kernels plain = kernels_plain();
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    std::vector<double> planes;
    const auto start = random_tile(seed, planes, plain);
    auto expected = std::make_unique<TileScratch>(*start);
    plain.settle(*expected);
    for (const Kernels& kernels : others()) {
      auto tile = std::make_unique<TileScratch>(*start);
      kernels.settle(*tile);
      ASSERT_EQ(std::memcmp(tile->rows.time, expected->rows.time, sizeof(tile->rows.time)), 0)
          << kernels.name << ", seed " << seed;
      std::vector<double> a(kTileCells), b(kTileCells);
      ASSERT_EQ(kernels.take_times(tile->rows, a.data()),
                plain.take_times(expected->rows, b.data()));
      ASSERT_EQ(a, b);
    }
  }
}

TEST(travel_kernels, move_and_scale_rows_alike) {
  const Kernels plain = kernels_plain();
  Random random(9, 9);
  std::vector<float> friction(70);
  for (float& f : friction) f = static_cast<float>(random.uniform(-1, 9));
  friction[3] = std::numeric_limits<float>::quiet_NaN();
  friction[69] = 0.0F;
  for (const Kernels& kernels : others()) {
    for (const int count : {1, 8, 63, 70}) {
      std::vector<double> a(70, 0), b(70, 0);
      plain.scale_friction(friction.data(), 0.7, a.data(), count);
      kernels.scale_friction(friction.data(), 0.7, b.data(), count);
      ASSERT_EQ(a, b) << kernels.name;
      plain.scale_speed(friction.data(), 0.7, a.data(), count);
      kernels.scale_speed(friction.data(), 0.7, b.data(), count);
      ASSERT_EQ(a, b) << kernels.name;
    }
    std::vector<double> now(kTile), before(kTile);
    for (int k = 0; k < kTile; ++k) {
      before[static_cast<std::size_t>(k)] = random.uniform(0, 9);
      now[static_cast<std::size_t>(k)] = random.uniform(0, 9);
    }
    double x = kInfinity;
    double y = kInfinity;
    ASSERT_EQ(plain.fell(now.data(), before.data(), x), kernels.fell(now.data(), before.data(), y));
    ASSERT_EQ(x, y);
  }
}

}  // namespace
}  // namespace abatis::travel_detail
