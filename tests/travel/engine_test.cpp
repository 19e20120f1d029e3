// Rasters of many tiles, on several threads, with little memory: the same bits as a plain search.
#include <filesystem>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/travel/travel.hpp"
#include "travel/random_ground.hpp"
#include "travel/src_engine.hpp"
#include "travel/travel_oracle.hpp"

namespace abatis {
namespace {

using testing::GroundWish;
using testing::plain_times;
using testing::random_ground;
using testing::RandomGround;

// The random ground as speeds, barriers and heights.
struct Ground {
  Raster<float> speed;
  Raster<std::int32_t> barrier;
  Raster<float> elevation;
  std::vector<double> delay_s, slope, pace;
  std::vector<Cell> sources;

  explicit Ground(const RandomGround& random) {
    const testing::OracleInput& in = random.input;
    const Grid grid{.epsg = 3346, .cell = in.cell, .rows = in.rows, .cols = in.cols};
    speed = Raster<float>(grid, 0.0F);
    barrier = Raster<std::int32_t>(grid, 0);
    elevation = Raster<float>(grid, 0.0F);
    for (std::size_t c = 0; c < grid.size(); ++c) {
      speed.values[c] = static_cast<float>(in.friction[c]);
      if (!in.barrier.empty()) barrier.values[c] = in.barrier[c];
      if (!in.elevation.empty()) elevation.values[c] = static_cast<float>(in.elevation[c]);
    }
    delay_s = in.delay_s;
    sources = random.sources;
    slope = {-0.5, -0.1, 0.0, 0.3};
    pace = {1.7, 0.8, 1.0, 2.5};
  }
  TravelInput input(bool barriers, bool hills) const {
    TravelInput in{.speed_mps = &speed};
    if (barriers) {
      in.barrier = &barrier;
      in.delay_s = delay_s;
    }
    if (hills) in.slope = {.elevation_m = &elevation, .slope = slope, .pace = pace};
    return in;
  }
};

Raster<float> patchy_speeds(std::uint64_t seed, std::int32_t side) {
  Random random(seed, 4);
  Raster<float> speed({.epsg = 3346, .cell = 30, .rows = side, .cols = side}, 0.0F);
  for (float& v : speed.values) v = static_cast<float>(random.uniform(0.5, 20));
  return speed;
}

struct Kind {
  int neighbours;
  bool barriers, hills;
};
constexpr Kind kKinds[] = {{8, false, false},  {8, true, false}, {8, false, true},
                           {16, false, false}, {16, true, true}, {32, true, false}};

TEST(travel_tiles, many_tiles_give_the_bits_of_a_plain_search_there_and_back) {
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    for (const Kind& kind : kKinds) {
      const RandomGround random =
          random_ground(seed, {.largest = 110, .barriers = kind.barriers, .hills = kind.hills});
      const Ground ground(random);
      const TravelInput input = ground.input(kind.barriers, kind.hills);
      const TravelOptions options{.neighbours = kind.neighbours};
      ASSERT_EQ(travel_time(input, ground.sources, options).time_s,
                plain_times(input, kind.neighbours, ground.sources, false))
          << "seed " << seed << ", " << kind.neighbours << " neighbours";
      ASSERT_EQ(travel_time_to(input, ground.sources, options).time_s,
                plain_times(input, kind.neighbours, ground.sources, true))
          << "seed " << seed << ", " << kind.neighbours << " neighbours, backwards";
    }
  }
}

// Ponds, lines of delay and walls over many tiles: ground inside a tile that was handed over
// already is reached late, or never.
TEST(travel_tiles, ground_reached_long_after_the_rest_of_its_tile_is_found_once) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed, 6);
    Raster<float> speed = patchy_speeds(seed, 260);
    Raster<std::int32_t> barrier(speed.grid, 0);
    const std::vector<double> delay_s = {0, 50, 3000, 40000, kUnreachable};
    for (int k = 0; k < 60; ++k) {  // rings around patches, each of one barrier or of water
      const auto row = static_cast<std::int32_t>(random.below(250));
      const auto col = static_cast<std::int32_t>(random.below(250));
      const auto side = 3 + static_cast<std::int32_t>(random.below(25));
      const auto id = static_cast<std::int32_t>(random.below(5));
      for (std::int32_t r = row; r <= row + side; ++r) {
        for (std::int32_t c = col; c <= col + side; ++c) {
          const bool edge = r == row || c == col || r == row + side || c == col + side;
          if (!edge || !speed.grid.inside(r, c)) continue;
          if (id == 0) speed[speed.grid.at(r, c)] = 0.0F;
          barrier[speed.grid.at(r, c)] = id;
        }
      }
    }
    const TravelInput input{.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s};
    const std::vector<Cell> sources = {static_cast<Cell>(random.below(speed.grid.size()))};
    for (const int neighbours : {8, 16}) {
      ASSERT_EQ(travel_time(input, sources, {.neighbours = neighbours, .threads = 2}).time_s,
                plain_times(input, neighbours, sources, false))
          << "seed " << seed << ", " << neighbours << " neighbours";
      ASSERT_EQ(travel_time_to(input, sources, {.neighbours = neighbours}).time_s,
                plain_times(input, neighbours, sources, true))
          << "seed " << seed << ", " << neighbours << " neighbours, backwards";
    }
  }
}

// A comb of walls: the way runs up and down through the same tiles, so that most of a tile is final
// long before the rest of it is reached at all. Some walls are barriers of infinite delay.
TEST(travel_tiles, a_labyrinth_finer_than_the_tiles_is_walked_to_its_end) {
  for (const bool walls : {true, false}) {
    Raster<float> speed = patchy_speeds(7, 230);
    Raster<std::int32_t> barrier(speed.grid, 0);
    Random random(7, 8);
    const std::vector<double> delay_s = {0, 20, kUnreachable};
    for (Cell c = 0; c < static_cast<Cell>(speed.values.size()); c += 37) barrier[c] = 1;
    for (std::int32_t col = 6; col < 230; col += 7) {
      const std::int32_t gap = col % 2 == 0 ? 0 : 229;
      for (std::int32_t row = 0; row < 230; ++row) {
        if (row == gap) continue;
        if (walls) speed[speed.grid.at(row, col)] = 0.0F;
        barrier[speed.grid.at(row, col)] = 2;
      }
    }
    const TravelInput input{.speed_mps = &speed, .barrier = &barrier, .delay_s = delay_s};
    const std::vector<Cell> sources = {speed.grid.at(100, 0)};
    for (const int neighbours : {8, 16, 32}) {
      for (const int threads : {1, 2}) {
        ASSERT_EQ(
            travel_time(input, sources, {.neighbours = neighbours, .threads = threads}).time_s,
            plain_times(input, neighbours, sources, false))
            << neighbours << " neighbours";
      }
    }
  }
}

TEST(travel_tiles, any_number_of_threads_gives_the_same_bits_and_predecessors) {
  for (std::uint64_t seed = 101; seed <= 112; ++seed) {
    const Ground ground(random_ground(seed, {.largest = 300, .barriers = true}));
    const TravelInput input = ground.input(true, false);
    const TimeField one = travel_time(input, ground.sources, {.predecessors = true, .threads = 1});
    for (const int threads : {2, 8}) {
      const TimeField many =
          travel_time(input, ground.sources, {.predecessors = true, .threads = threads});
      ASSERT_EQ(one.time_s, many.time_s) << "seed " << seed << ", " << threads << " threads";
      ASSERT_EQ(one.predecessor, many.predecessor) << "seed " << seed;
    }
  }
}

TEST(travel_tiles, a_turned_or_mirrored_raster_gives_the_field_turned_or_mirrored) {
  for (std::uint64_t seed = 201; seed <= 220; ++seed) {
    const RandomGround random = random_ground(seed, {.largest = 90, .barriers = true});
    const std::int32_t rows = random.input.rows;
    const std::int32_t cols = random.input.cols;
    const auto times = [](const RandomGround& r) {
      const Ground ground(r);
      return travel_time(ground.input(true, false), ground.sources, {.neighbours = 16}).time_s;
    };
    const std::vector<double> field = times(random);
    ASSERT_EQ(times(turned(random)), testing::turned(field, rows, cols)) << "seed " << seed;
    ASSERT_EQ(times(mirrored(random)), testing::mirrored(field, rows, cols)) << "seed " << seed;
  }
}

TEST(travel_tiles, early_stops_show_what_is_final_and_nothing_else) {
  for (std::uint64_t seed = 301; seed <= 330; ++seed) {
    const Ground ground(random_ground(seed, {.largest = 200}));
    const TravelInput input = ground.input(false, false);
    const TimeField whole = travel_time(input, ground.sources);
    Random random(seed, 5);
    std::vector<Cell> targets;
    double limit = kUnreachable;
    for (int k = 0; k < 2; ++k) {
      targets.push_back(static_cast<Cell>(random.below(whole.time_s.size())));
      limit = std::min(limit, whole.time_s[static_cast<std::size_t>(targets.back())]);
    }
    const TimeField part = travel_time(input, ground.sources, {.targets = targets, .threads = 2});
    for (std::size_t c = 0; c < whole.time_s.size(); ++c) {
      ASSERT_EQ(part.time_s[c], whole.time_s[c] <= limit ? whole.time_s[c] : kUnreachable)
          << "seed " << seed << ", cell " << c;
    }
  }
}

TEST(travel_tiles, many_fields_at_once_are_the_fields_one_by_one) {
  const Ground ground(random_ground(401, {.largest = 150, .barriers = true}));
  std::vector<TravelRequest> requests;
  for (const int neighbours : {8, 16, 32}) {
    for (const bool to : {false, true}) {
      requests.push_back({.input = ground.input(neighbours != 16, false),
                          .from = ground.sources,
                          .to = to,
                          .options = {.neighbours = neighbours}});
    }
  }
  const std::vector<TimeField> fields = travel_times(requests, 2);
  ASSERT_EQ(fields.size(), requests.size());
  for (std::size_t k = 0; k < fields.size(); ++k) {
    const TravelRequest& r = requests[k];
    const TimeField alone =
        r.to ? travel_time_to(r.input, r.from, r.options) : travel_time(r.input, r.from, r.options);
    EXPECT_EQ(fields[k].time_s, alone.time_s) << k;
  }
}

TEST(travel_tiles, tiles_put_aside_for_want_of_memory_change_nothing) {
  const std::filesystem::path folder = ::testing::TempDir();
  for (std::uint64_t seed = 501; seed <= 512; ++seed) {
    for (const int threads : {1, 2}) {
      const Ground ground(random_ground(seed, {.largest = 400}));
      const TravelInput input = ground.input(false, false);
      const auto engine = testing::run_with(input, ground.sources, 8, threads, 5, folder);
      ASSERT_TRUE(engine.result.failure.has_value());
      ASSERT_EQ(engine.time_s, travel_time(input, ground.sources).time_s) << "seed " << seed;
    }
  }
  const Raster<float> open = patchy_speeds(1, 500);
  const std::vector<Cell> middle = {open.grid.at(250, 250)};
  const auto tight = testing::run_with({.speed_mps = &open}, middle, 8, 1, 5, folder);
  EXPECT_GT(tight.result.spilled, 0U);
  EXPECT_EQ(tight.time_s, travel_time({.speed_mps = &open}, middle).time_s);
}

TEST(travel_tiles, a_scratch_folder_that_is_not_there_is_an_error_and_not_a_crash) {
  const Raster<float> open = patchy_speeds(2, 500);
  const auto engine =
      testing::run_with({.speed_mps = &open}, {open.grid.at(250, 250)}, 8, 2, 5, "/nowhere/at/all");
  ASSERT_FALSE(engine.result.failure.has_value());
  EXPECT_EQ(engine.result.failure.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace abatis
