#include "abatis/travel/raster_travel.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <system_error>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/base/numbers.hpp"
#include "abatis/base/parallel.hpp"
#include "enclosed.hpp"
#include "pace_table.hpp"
#include "raster_ground.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

using namespace travel_detail;

// The program, GDAL and its blocks, threads' own memory.
constexpr std::uint64_t kFixedBytes = std::uint64_t{160} << 20U;
// Tiles of the front for each row and column of tiles. Fronts measured on patchy ground had 8 to 9
// (bench/README.md); a longer one waits in the scratch file, or takes more memory than foreseen.
constexpr std::uint64_t kFrontTiles = 10;
constexpr std::uint64_t kLeastFront = 256;  // tiles

double seconds_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double cpu_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{} MiB", (bytes + (1U << 20U) - 1) >> 20U);
}

// One run over one raster.
class Job {
 public:
  Job(const RasterTravel& task, Monitor& monitor) : task_(task), monitor_(monitor) {}
  Result<RasterTravelReport> run();

 private:
  Status open();
  Status choose_memory();
  Status read();
  Status look_at_row(std::int32_t row, const float* values);
  Status find_sources();
  Result<Cell> cell_at(const Point& point, const char* option) const;
  Status compute();
  Status write();
  void look_at_targets();
  std::string cell_words(std::int32_t row, std::int32_t col) const;
  fs::path folder() const { return task_.out.has_parent_path() ? task_.out.parent_path() : "."; }
  std::optional<fs::path> scratch() const {
    return report_.in_scratch_file ? std::optional(folder()) : std::nullopt;
  }

  const RasterTravel& task_;
  Monitor& monitor_;
  RasterTravelReport report_;
  std::optional<RasterReader> raster_;
  RasterPlace place_;
  Tiling tiling_;
  double half_cell_ = 0.5;
  std::optional<PaceTable> pace_;
  std::optional<FloatTiles> friction_, elevation_;
  std::optional<RasterGround> ground_;  // friction before, times after
  std::vector<Cell> sources_, targets_;
  std::size_t front_ = SIZE_MAX;
};

std::string Job::cell_words(std::int32_t row, std::int32_t col) const {
  const Point at = place_.centre(row, col);
  return fmt::format("row {}, column {} (x {:.10g}, y {:.10g})", row, col, at.x, at.y);
}

Status Job::open() {
  ABATIS_TRY(raster_, RasterReader::open(task_.friction));
  place_ = raster_->place();
  tiling_ = {place_.rows, place_.cols};
  report_.cells = static_cast<std::int64_t>(place_.size());
  report_.tiles = tiling_.size();
  const bool metres = task_.unit == FrictionUnit::s_per_metre || task_.elevation;
  if (metres && !(place_.metres_per_unit > 0)) {
    return input_error("the raster's CRS is not in metres", {.file = task_.friction.string()},
                       task_.elevation
                           ? "slopes need a projected raster: warp it with gdalwarp -t_srs"
                           : "warp it with gdalwarp -t_srs, or give friction per cell "
                             "(--friction-unit s-per-cell)");
  }
  if (task_.unit == FrictionUnit::s_per_metre)
    half_cell_ = place_.cell * place_.metres_per_unit / 2;
  if (task_.elevation) {
    ABATIS_TRY(pace_, read_pace(task_.pace));
  }
  return {};
}

Status Job::choose_memory() {
  const RasterTravelNeed need =
      raster_travel_need(place_.rows, place_.cols, task_.neighbours, task_.elevation.has_value());
  const std::uint64_t allowed =
      task_.memory_bytes > 0 ? task_.memory_bytes : available_memory() / 10 * 9;
  if (need.in_memory <= allowed) return {};
  if (need.least_memory > allowed) {
    return fail(ErrorCode::limit,
                fmt::format("{} of memory are needed at least, {} are allowed",
                            megabytes(need.least_memory), megabytes(allowed)),
                {.file = task_.friction.string(), .item = "--memory"},
                fmt::format("allow {}; all in memory takes {}", megabytes(need.least_memory),
                            megabytes(need.in_memory)));
  }
  ABATIS_CHECK(ensure_writable_folder(folder()));
  std::error_code unknown;
  const fs::space_info disk = fs::space(folder(), unknown);
  if (!unknown && disk.available < need.scratch) {
    return fail(
        ErrorCode::limit,
        fmt::format("the scratch file needs {} of disk, {} are free", megabytes(need.scratch),
                    megabytes(disk.available)),
        {.file = folder().string()},
        fmt::format("write to another disk, or allow {} of --memory", megabytes(need.in_memory)));
  }
  report_.in_scratch_file = true;
  const std::uint64_t kept =
      need.least_memory - kLeastFront * live_tile_bytes(reach(task_.neighbours));
  front_ = static_cast<std::size_t>((allowed - kept) / live_tile_bytes(reach(task_.neighbours)));
  return {};
}

Status Job::look_at_row(std::int32_t row, const float* values) {
  std::int64_t closed = 0;
  bool wrong = false;
  for (std::int32_t c = 0; c < place_.cols; ++c) {
    closed += std::isnan(values[c]) ? 1 : 0;
    wrong = wrong || values[c] <= 0.0F || std::isinf(values[c]);
  }
  report_.impassable += closed;
  if (!wrong) return {};
  for (std::int32_t c = 0; c < place_.cols; ++c) {
    if (!(values[c] <= 0.0F || std::isinf(values[c]))) continue;
    return input_error(fmt::format("friction {} at {}", values[c], cell_words(row, c)),
                       {.file = task_.friction.string(), .item = "band 1"},
                       "friction is a finite time above 0; mark cells that cannot be crossed "
                       "as nodata");
  }
  return {};
}

Status Job::read() {
  const auto from = std::chrono::steady_clock::now();
  const int ring = reach(task_.neighbours);
  monitor_.begin("reading", place_.rows, "rows");
  ABATIS_TRY(friction_, FloatTiles::make(tiling_.size(), ringed_cells(ring), scratch()));
  ABATIS_CHECK(
      read_ringed(*raster_, ring, *friction_, monitor_,
                  [&](std::int32_t row, const float* values) { return look_at_row(row, values); }));
  if (task_.elevation) {
    ABATIS_TRY(RasterReader heights, RasterReader::open(*task_.elevation));
    if (!heights.place().same_cells(place_)) {
      return input_error("its cells are not those of the friction raster",
                         {.file = task_.elevation->string(), .item = "--elevation"},
                         "warp it onto them: gdalwarp -te -ts");
    }
    ABATIS_TRY(elevation_, FloatTiles::make(tiling_.size(), ringed_cells(ring), scratch()));
    ABATIS_CHECK(read_ringed(heights, ring, *elevation_, monitor_,
                             [](std::int32_t, const float*) { return Status{}; }));
  }
  ABATIS_CHECK(find_sources());
  raster_.reset();
  report_.read_s = seconds_since(from);
  return {};
}

Result<Cell> Job::cell_at(const Point& point, const char* option) const {
  const double col = std::floor((point.x - place_.west) / place_.cell);
  const double row = std::floor((place_.north - point.y) / place_.cell);
  if (!(col >= 0 && row >= 0 && col < place_.cols && row < place_.rows)) {
    const Point end = place_.centre(place_.rows - 1, place_.cols - 1);
    return input_error(
        fmt::format("{:.10g},{:.10g} lies outside the raster", point.x, point.y),
        {.file = task_.friction.string(), .item = option},
        fmt::format("give x from {:.10g} to {:.10g} and y from {:.10g} to {:.10g}", place_.west,
                    end.x + place_.cell / 2, end.y - place_.cell / 2, place_.north));
  }
  return static_cast<Cell>(row) * place_.cols + static_cast<Cell>(col);
}

Status Job::find_sources() {
  const auto passable = [&](Cell c) {
    std::vector<float> buffer(ringed_cells(kRing));
    const std::int32_t row = c / place_.cols;
    const std::int32_t col = c % place_.cols;
    const int ring = reach(task_.neighbours);
    const float* tile = friction_->get(tiling_.tile_of(row, col), buffer.data());
    return !std::isnan(tile[(row % kTile + ring) * (kTile + 2 * ring) + col % kTile + ring]);
  };
  for (const Point& point : task_.from_points) {
    ABATIS_TRY(const Cell c, cell_at(point, "--from"));
    if (!passable(c)) {
      return input_error(fmt::format("{:.10g},{:.10g} lies on nodata, at {}", point.x, point.y,
                                     cell_words(c / place_.cols, c % place_.cols)),
                         {.file = task_.friction.string(), .item = "--from"},
                         "choose a cell that can be crossed");
    }
    sources_.push_back(c);
  }
  for (const Point& point : task_.to) {
    ABATIS_TRY(const Cell c, cell_at(point, "--to"));
    targets_.push_back(c);
  }
  if (task_.from_raster) {
    ABATIS_TRY(RasterReader starts, RasterReader::open(*task_.from_raster));
    if (!starts.place().same_cells(place_)) {
      return input_error("its cells are not those of the friction raster",
                         {.file = task_.from_raster->string(), .item = "--from"},
                         "warp it onto them: gdalwarp -te -ts");
    }
    std::vector<float> row(static_cast<std::size_t>(place_.cols));
    for (std::int32_t r = 0; r < place_.rows; ++r) {
      ABATIS_CHECK(starts.read(r, 1, row.data()));
      for (std::int32_t c = 0; c < place_.cols; ++c) {
        const float v = row[static_cast<std::size_t>(c)];
        if (!std::isnan(v) && v != 0.0F) sources_.push_back(r * place_.cols + c);
      }
    }
    if (sources_.empty()) {
      return input_error("no cell of it is a source", {.file = task_.from_raster->string()},
                         "sources are the cells that are neither nodata nor 0");
    }
  }
  std::sort(sources_.begin(), sources_.end());
  sources_.erase(std::unique(sources_.begin(), sources_.end()), sources_.end());
  return {};
}

Status Job::compute() {
  const auto from = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  monitor_.begin("travelling", report_.cells, "cells");
  std::optional<RasterGround::Slopes> slopes;
  if (pace_) {
    slopes = RasterGround::Slopes{.elevation = &*elevation_,
                                  .pace = {.slope = pace_->slope, .pace = pace_->pace},
                                  .cell_m = place_.cell * place_.metres_per_unit};
  }
  ground_.emplace(*friction_, tiling_, task_.neighbours, half_cell_, slopes);
  const EngineResult result = run_engine({.tiling = tiling_,
                                          .source = &*ground_,
                                          .sink = &*ground_,
                                          .sources = sources_,
                                          .targets = {},
                                          .bound_s = task_.bound > 0 ? task_.bound : kInfinity,
                                          .reach = reach(task_.neighbours),
                                          .threads = thread_count(task_.threads),
                                          .max_live_tiles = front_,
                                          .spill_folder = folder()},
                                         monitor_);
  ABATIS_CHECK(result.failure);
  ABATIS_CHECK(friction_->failure());
  if (result.interrupted) return fail(ErrorCode::interrupted, "stopped; nothing was written");
  report_.tile_visits = result.visits;
  report_.tiles_put_aside = result.spilled;
  report_.most_live = result.most_live;
  report_.compute_s = seconds_since(from);
  report_.compute_cpu_s = cpu_seconds() - cpu;
  return {};
}

Status Job::write() {
  const auto from = std::chrono::steady_clock::now();
  monitor_.begin("writing", place_.rows, "rows");
  ABATIS_TRY(RasterWriter out,
             RasterWriter::create(task_.out, place_, "least accumulated travel time", "s"));
  const auto cols = static_cast<std::size_t>(place_.cols);
  std::vector<float> band(static_cast<std::size_t>(kTile) * cols);
  std::vector<float> times(kTileCells);
  float latest = 0;
  for (std::int32_t r = 0; r < place_.rows; r += kTile) {
    if (monitor_.stop_requested())
      return fail(ErrorCode::interrupted, "stopped; nothing was written");
    const std::int32_t rows = std::min(kTile, place_.rows - r);
    for (std::int32_t c = 0; c < place_.cols; c += kTile) {
      ground_->times(tiling_.tile_of(r, c), times.data());
      const std::int32_t width = std::min(kTile, place_.cols - c);
      for (std::int32_t k = 0; k < rows; ++k) {
        for (std::int32_t m = 0; m < width; ++m) {
          const float t = times[static_cast<std::size_t>(k * kTile + m)];
          band[static_cast<std::size_t>(k) * cols + static_cast<std::size_t>(c + m)] = t;
          report_.reached += std::isnan(t) ? 0 : 1;
          latest = t > latest ? t : latest;
        }
      }
    }
    ABATIS_CHECK(friction_->failure());
    ABATIS_CHECK(out.write(r, rows, band.data()));
    monitor_.advance(r + rows);
  }
  ABATIS_CHECK(out.finish());
  report_.latest = static_cast<double>(latest);
  report_.write_s = seconds_since(from);
  return {};
}

void Job::look_at_targets() {
  for (std::size_t k = 0; k < targets_.size(); ++k) {
    RasterTravelTarget target{.at = task_.to[k], .time = ground_->time(targets_[k])};
    if (!target.time) {
      target.why = why_unreached(*friction_, tiling_, reach(task_.neighbours), place_, targets_[k],
                                 task_.bound > 0);
    }
    report_.targets.push_back(std::move(target));
  }
}

Result<RasterTravelReport> Job::run() {
  ABATIS_CHECK(open());
  ABATIS_CHECK(choose_memory());
  ABATIS_CHECK(read());
  ABATIS_CHECK(compute());
  look_at_targets();
  ABATIS_CHECK(write());
  return std::move(report_);
}

}  // namespace

RasterTravelNeed raster_travel_need(std::int64_t rows, std::int64_t cols, int neighbours,
                                    bool slopes) {
  const std::uint64_t tile_rows = static_cast<std::uint64_t>((rows + kTile - 1) / kTile);
  const std::uint64_t tile_cols = static_cast<std::uint64_t>((cols + kTile - 1) / kTile);
  const std::uint64_t tiles = tile_rows * tile_cols;
  const std::uint64_t ringed = ringed_cells(reach(neighbours)) * sizeof(float);
  const std::uint64_t rasters = tiles * ringed * (slopes ? 2U : 1U);
  const std::uint64_t live = live_tile_bytes(reach(neighbours));
  const std::uint64_t front = std::min(tiles, kFrontTiles * (tile_rows + tile_cols));
  // Bands of rows being read and written.
  const std::uint64_t bands =
      static_cast<std::uint64_t>(cols) * (kTile + 2 * kRing) * sizeof(float);
  const std::uint64_t fixed = kFixedBytes + bands + tiles * 128;
  return {.in_memory = fixed + rasters + front * live,
          .least_memory = fixed + std::min(tiles, kLeastFront) * live,
          .scratch = rasters + tiles * live};
}

Result<RasterTravelReport> travel_over_raster(const RasterTravel& task, Monitor& monitor) {
  return Job(task, monitor).run();
}

}  // namespace abatis
