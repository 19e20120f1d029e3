// One least-cost search of our own, timed, as the other side of a comparison.
//   bench_travel_kernel heap|library|floor F.tif X,Y [T.tif]
// heap: heap_dijkstra(). library: travel_time() of the travel room, exact in double precision.
// floor: no search at all, friction read once and time written once in memory.
// F.tif holds seconds per cell edge; T.tif receives seconds. Standard output: one line of JSON.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "abatis/geo/io.hpp"
#include "abatis/travel/travel.hpp"
#include "heap_dijkstra.hpp"

namespace {

using namespace abatis;

struct Stopwatch {
  std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
  std::clock_t cpu = std::clock();
  double wall_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  }
  double cpu_s() const { return static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC; }
};

Result<Raster<float>> read_friction(const std::filesystem::path& path) {
  ABATIS_TRY(const RasterInfo info, raster_info(path));
  const Grid grid{.epsg = info.epsg,
                  .origin_x = info.bounds.min_x,
                  .origin_y = info.bounds.max_y,
                  .cell = info.cell_x,
                  .rows = static_cast<std::int32_t>(info.rows),
                  .cols = static_cast<std::int32_t>(info.cols)};
  return read_raster<float>(path, grid, Resampling::nearest);
}

std::vector<double> library(const Raster<float>& friction, Cell source) {
  Raster<float> speed(friction.grid, 0.0F);
  for (std::size_t c = 0; c < speed.values.size(); ++c) {
    const float f = friction.values[c];
    if (f > 0) speed.values[c] = static_cast<float>(friction.grid.cell / static_cast<double>(f));
  }
  return travel_time({.speed_mps = &speed}, std::vector<Cell>{source}).time_s;
}

// One pass over the friction, one over the times: single precision, as a raster product is.
void pass_once(const Raster<float>& friction, Raster<float>& time) {
  for (std::size_t c = 0; c < time.values.size(); ++c) {
    time.values[c] = friction.values[c] * 1.5F;
  }
}

Status run(const std::vector<std::string>& words) {
  char* rest = nullptr;
  const double x = std::strtod(words[2].c_str(), &rest);
  const double y = *rest == ',' ? std::strtod(rest + 1, nullptr) : 0.0;
  const Stopwatch reading;
  ABATIS_TRY(const Raster<float> friction, read_friction(words[1]));
  const double read_s = reading.wall_s();
  const auto source = friction.grid.cell_at({x, y});
  if (!source) return input_error("the source is not on the raster", {.item = words[2]});
  Raster<float> time(friction.grid, 0.0F);
  const Stopwatch computing;
  if (words[0] == "floor") {
    pass_once(friction, time);
  } else {
    const std::vector<double> cost =
        words[0] == "heap" ? bench::heap_dijkstra(friction, *source) : library(friction, *source);
    for (std::size_t c = 0; c < cost.size(); ++c) {
      time.values[c] = std::isfinite(cost[c]) ? static_cast<float>(cost[c]) : nodata<float>();
    }
  }
  const double compute_s = computing.wall_s();
  const double compute_cpu_s = computing.cpu_s();
  const Stopwatch writing;
  if (words.size() > 3) ABATIS_CHECK(write_cog(words[3], time, {.unit = "s"}));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{{\"read_s\": {:.4f}, \"compute_s\": {:.4f}, \"compute_cpu_s\": {:.4f}, "
      "\"write_s\": {:.4f}, \"peak_mb\": {:.1f}, \"cells\": {}}}\n",
      read_s, compute_s, compute_cpu_s, writing.wall_s(),
      static_cast<double>(usage.ru_maxrss) / 1024.0, friction.grid.size());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 3 || (words[0] != "heap" && words[0] != "library" && words[0] != "floor")) {
    fmt::print(stderr, "usage: bench_travel_kernel heap|library|floor F.tif X,Y [T.tif]\n");
    return 2;
  }
  const Status ended = run(words);
  if (ended) return 0;
  fmt::print(stderr, "{}\n", to_string(ended.error()));
  return exit_code(ended.error().code);
}
