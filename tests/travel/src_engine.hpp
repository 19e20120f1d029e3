#pragma once
// The engine with limits that its public callers do not set.

#include <algorithm>
#include <filesystem>
#include <limits>
#include <vector>

#include "abatis/travel/travel.hpp"
#include "travel/ground.hpp"
#include "travel/moves.hpp"
#include "travel/tile_engine.hpp"

namespace abatis::testing {

struct EngineRun {
  std::vector<double> time_s;
  travel_detail::EngineResult result;
};

inline EngineRun run_with(const TravelInput& input, std::vector<Cell> sources, int neighbours,
                          int threads, std::size_t most_tiles,
                          const std::filesystem::path& folder) {
  using namespace travel_detail;
  const Grid& grid = input.speed_mps->grid;
  EngineRun run{.time_s = std::vector<double>(grid.size(), kUnreachable), .result = {}};
  const Tiling tiling{grid.rows, grid.cols};
  const GroundSource ground(input, neighbours, false);
  FieldSink sink(tiling, run.time_s.data());
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  run.result = run_engine({.tiling = tiling,
                           .source = &ground,
                           .sink = &sink,
                           .sources = sources,
                           .targets = {},
                           .bound_s = kUnreachable,
                           .reach = reach(neighbours),
                           .threads = threads,
                           .max_live_tiles = most_tiles,
                           .spill_folder = folder},
                          silent_monitor());
  return run;
}

}  // namespace abatis::testing
