// Views from several places over made-up relief, without files:
//   bench_sight_kernel SIZE RADIUS_M OBSERVERS [terrain|surface|noisy] [seen|height] [threads]
//   [seed]
// Standard output: one line of JSON; million cells a CPU second of all threads.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "abatis/base/random.hpp"
#include "abatis/sight/sight.hpp"
#include "relief.hpp"

namespace {

double cpu_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace abatis;
  if (argc < 4) {
    fmt::print(stderr,
               "bench_sight_kernel SIZE RADIUS_M OBSERVERS [terrain|surface|noisy] "
               "[seen|height] [threads] [seed]\n");
    return 2;
  }
  const auto word = [&](int k, const char* otherwise) {
    return std::string(argc > k ? argv[k] : otherwise);
  };
  const std::int32_t size = std::atoi(argv[1]);
  const std::string what = word(4, "terrain");
  const bool height = word(5, "seen") == "height";
  const std::uint64_t seed = std::strtoull(word(7, "1").c_str(), nullptr, 10);
  bench::Relief relief = bench::made_relief(size, seed);
  Raster<float>& raster = what == "terrain" ? relief.terrain : relief.surface;
  if (what == "noisy") {  // forest whose every cell differs by up to 10 m
    for (Cell c = 0; c < static_cast<Cell>(raster.values.size()); ++c) {
      if (raster[c] - relief.terrain[c] > 1.0F) {
        raster[c] = relief.terrain[c] + static_cast<float>(15 + 10 * hashed_uniform(seed, c, 7));
      }
    }
  }
  const SightGround ground{
      .rows = size, .cols = size, .cell_m = 30, .surface = raster.values.data()};
  const SightOptions options{.radius_m = std::atof(argv[2]),
                             .threads = std::atoi(word(6, "1").c_str())};
  std::vector<std::uint16_t> seen(height ? 0 : raster.values.size(), 0);
  std::vector<float> least(height ? raster.values.size() : 0,
                           std::numeric_limits<float>::quiet_NaN());
  Random random(seed, 5);
  SightCount sum;
  const double began = cpu_seconds();
  const int observers = std::atoi(argv[3]);
  for (int k = 0; k < observers; ++k) {
    const auto near = [&] { return static_cast<std::int32_t>(size * random.uniform(0.45, 0.55)); };
    const std::int32_t row = near();
    const Observer observer{.cell = row * size + near(), .height_m = 30};
    const SightCount count = height ? lower_heights(ground, observer, options, least.data())
                                    : add_view(ground, observer, options, seen.data());
    sum.targets += count.targets;
    sum.followed += count.followed;
    sum.strips += count.strips;
  }
  const double cpu = cpu_seconds() - began;
  std::int64_t views = 0;
  for (const std::uint16_t s : seen) views += s;
  fmt::print(
      "{{\"cells\": {}, \"cpu_s\": {:.4f}, \"mcells_per_cpu_s\": {:.2f}, \"seen\": {:.4f}, "
      "\"followed\": {:.4f}, \"strips\": {:.3f}}}\n",
      sum.targets, cpu, static_cast<double>(sum.targets) / cpu / 1e6,
      static_cast<double>(views) / static_cast<double>(sum.targets),
      static_cast<double>(sum.followed) / static_cast<double>(sum.targets),
      static_cast<double>(sum.strips) / static_cast<double>(sum.targets));
  return 0;
}
