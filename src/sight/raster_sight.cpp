#include "abatis/sight/raster_sight.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/large_pages.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "observers.hpp"
#include "window.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using sight_detail::AskedObserver;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint64_t kFixedBytes = std::uint64_t{160} << 20U;  // the program, GDAL, threads
constexpr std::size_t kMostObservers = 65535;

double seconds_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double cpu_seconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// One run over one surface.
class Job {
 public:
  Job(const RasterSight& task, Monitor& monitor) : task_(task), monitor_(monitor) {}
  Result<RasterSightReport> run();

 private:
  const fs::path& first_file() const { return task_.surface ? *task_.surface : *task_.terrain; }
  const char* observer_option() const { return task_.observers ? "--observers" : "--at"; }
  Status check_numbers() const;
  Status open();
  Status place_observers();
  Result<Observer> place(const AskedObserver& asked);
  Status check_memory() const;
  Result<LargeArray<float>> read_one(const fs::path& path, const char* option, bool heights);
  Status read();
  Status stand(Observer& observer, PlacedObserver& placed);
  void warn();
  Status look_around();
  Status write();

  const RasterSight& task_;
  Monitor& monitor_;
  std::optional<RasterReader> first_;
  RasterPlace place_;
  double metres_ = 1;                   // to a unit of the CRS
  RasterWindow window_;                 // what is read and looked at
  std::vector<Observer> observers_;     // by cells of the raster, and of the window once they stand
  LargeArray<float> surface_, ground_;  // of the window, as all that follows
  LargeArray<std::uint16_t> seen_;
  LargeArray<float> height_;
  RasterSightReport report_;
};

Status Job::check_numbers() const {
  if (!task_.surface && !task_.terrain) {
    return input_error("there is nothing to look over", {.item = "--surface"},
                       "give --surface FILE, or --terrain FILE with --canopy or --buildings");
  }
  if (task_.surface && (task_.canopy || task_.buildings)) {
    return input_error("a surface has its canopy and buildings on it",
                       {.item = task_.canopy ? "--canopy" : "--buildings"},
                       "give them with --terrain and without --surface");
  }
  const auto height = [](double value, const char* option) -> Status {
    if (value >= 0 && value <= kMaxSightHeight) return {};
    return input_error(fmt::format("a height of {} m", value), {.item = option},
                       fmt::format("give 0 to {:g} m", kMaxSightHeight));
  };
  ABATIS_CHECK(height(task_.observer_height_m, "--observer-height"));
  ABATIS_CHECK(height(task_.options.target_height_m, "--target-height"));
  if (!(task_.options.radius_m > 0) || !std::isfinite(task_.options.radius_m)) {
    return input_error(fmt::format("a radius of {} m", task_.options.radius_m),
                       {.item = "--radius"}, "give metres above 0");
  }
  if (!(task_.options.refraction >= 0 && task_.options.refraction <= 1)) {
    return input_error(fmt::format("a refraction of {}", task_.options.refraction),
                       {.item = "--refraction"},
                       "give 0 (none) to 1 (as if the earth were flat); light 1/7, radio 1/4");
  }
  if (task_.at.empty() == !task_.observers) {
    return input_error("observers are given in one way", {.item = "--at"},
                       "give --at X,Y[;X,Y...] or --observers FILE");
  }
  for (const auto& input :
       {task_.surface, task_.terrain, task_.canopy, task_.buildings, task_.observers}) {
    std::error_code unknown;  // neither may exist
    if (input && fs::equivalent(*input, task_.out, unknown)) {
      return input_error("the output would replace an input", {.file = task_.out.string()},
                         "write to another file");
    }
  }
  return {};
}

Status Job::open() {
  ABATIS_TRY(first_, RasterReader::open(first_file()));
  place_ = first_->place();
  if (place_.metres_per_unit > 0) {
    metres_ = place_.metres_per_unit;
  } else if (place_.crs_wkt.empty()) {
    report_.warnings.push_back("the surface names no CRS: its units are taken as metres");
  } else {
    return input_error(
        "the raster is in degrees, or its CRS has no length", {.file = first_file().string()},
        "warp it into a projected CRS first: gdalwarp -t_srs EPSG:CODE -tr SIZE SIZE");
  }
  const double rings = task_.options.radius_m / (place_.cell * metres_);
  if (rings > kMaxSightRings) {
    return fail(ErrorCode::limit,
                fmt::format("a radius of {:g} m is {:.0f} cells; {} are taken",
                            task_.options.radius_m, rings, kMaxSightRings),
                {.file = first_file().string(), .item = "--radius"},
                "take larger cells: gdalwarp -tr SIZE SIZE -r max");
  }
  report_.raster_cells = static_cast<std::int64_t>(place_.size());
  return {};
}

Result<Observer> Job::place(const AskedObserver& asked) {
  const Point& at = asked.at;
  const double col = std::floor((at.x - place_.west) / place_.cell);
  const double row = std::floor((place_.north - at.y) / place_.cell);
  const Point end = place_.centre(place_.rows - 1, place_.cols - 1);
  const Point last{end.x + place_.cell / 2, end.y - place_.cell / 2};
  if (!(col >= 0 && row >= 0 && col < place_.cols && row < place_.rows)) {
    return input_error(fmt::format("{:.10g},{:.10g} lies outside the raster", at.x, at.y),
                       {.file = first_file().string(), .item = observer_option()},
                       fmt::format("give x from {:.10g} to {:.10g} and y from {:.10g} to {:.10g}",
                                   place_.west, last.x, last.y, place_.north));
  }
  const Observer observer{
      .cell = static_cast<Cell>(row) * place_.cols + static_cast<Cell>(col),
      .height_m = std::isnan(asked.height_m) ? task_.observer_height_m : asked.height_m};
  if (!(observer.height_m >= 0 && observer.height_m <= kMaxSightHeight)) {
    return input_error(
        fmt::format("a height of {} m at {:.10g},{:.10g}", observer.height_m, at.x, at.y),
        {.file = task_.observers ? task_.observers->string() : "", .item = observer_option()},
        fmt::format("give 0 to {:g} m", kMaxSightHeight));
  }
  const Point centre = place_.centre(observer.cell / place_.cols, observer.cell % place_.cols);
  const double edge = std::min({centre.x - place_.west, last.x - centre.x, place_.north - centre.y,
                                centre.y - last.y}) *
                      metres_;
  report_.observers.push_back(
      {.asked = at, .centre = centre, .beyond_m = std::max(0.0, task_.options.radius_m - edge)});
  return observer;
}

Status Job::place_observers() {
  std::vector<AskedObserver> asked;
  if (task_.observers) {
    ABATIS_TRY(asked, sight_detail::read_observers(*task_.observers, first_file()));
  }
  for (const Point& point : task_.at) asked.push_back({.at = point});
  if (asked.size() > kMostObservers) {
    return fail(ErrorCode::limit,
                fmt::format("{} observers; {} are taken at once", asked.size(), kMostObservers),
                {.item = "--observers"}, "run them in parts and add the counts");
  }
  for (const AskedObserver& one : asked) {
    ABATIS_TRY(const Observer observer, place(one));
    observers_.push_back(observer);
  }
  window_ = sight_detail::window_around(observers_, place_,
                                        task_.options.radius_m / (place_.cell * metres_));
  return {};
}

// Surface and ground, result, and the finished file in memory beside what it is made of.
Status Job::check_memory() const {
  const std::uint64_t rasters = task_.terrain ? 3 : 1;
  const std::uint64_t need =
      kFixedBytes + window_.size() * (4 * rasters + 4) + place_.size() * (4 + 4);
  const std::uint64_t free = available_memory();
  if (need <= free) return {};
  return fail(ErrorCode::limit,
              fmt::format("the run needs about {} MiB of memory; {} MiB are free", need >> 20U,
                          free >> 20U),
              {.file = first_file().string()},
              "cut the raster to what is looked at: "
              "gdal_translate -projwin");
}

// The window of a raster of the same cells; unknown is NaN. `heights`: over the terrain, so below 0
// is wrong.
Result<LargeArray<float>> Job::read_one(const fs::path& path, const char* option, bool heights) {
  std::optional<RasterReader> opened;
  if (path != first_file()) {
    ABATIS_TRY(opened, RasterReader::open(path));
    if (!opened->place().same_cells(place_)) {
      return input_error(fmt::format("its cells are not those of {}", first_file().string()),
                         {.file = path.string(), .item = option},
                         "warp it onto them: gdalwarp -te -ts");
    }
  }
  RasterReader& reader = opened ? *opened : *first_;
  LargeArray<float> values(window_.size());
  ABATIS_CHECK(sight_detail::read_heights(
      reader, window_, heights, {.file = path.string(), .item = option}, monitor_, values.data()));
  return values;
}

Status Job::read() {
  const auto from = std::chrono::steady_clock::now();
  const int files = (task_.surface ? 1 : 0) + (task_.terrain ? 1 : 0) + (task_.canopy ? 1 : 0) +
                    (task_.buildings ? 1 : 0);
  monitor_.begin("reading", std::int64_t{window_.rows} * files, "rows");
  if (task_.surface) {
    ABATIS_TRY(surface_, read_one(*task_.surface, "--surface", false));
  }
  if (task_.terrain) {
    ABATIS_TRY(ground_, read_one(*task_.terrain, "--terrain", false));
  }
  if (!task_.surface) {
    LargeArray<float> canopy, buildings;
    if (task_.canopy) {
      ABATIS_TRY(canopy, read_one(*task_.canopy, "--canopy", true));
    }
    if (task_.buildings) {
      ABATIS_TRY(buildings, read_one(*task_.buildings, "--buildings", true));
    }
    surface_ = LargeArray<float>(window_.size());
    sight_surface(ground_.data(), canopy.data(), buildings.data(), ground_.size(), surface_.data());
  }
  // What stands on unknown terrain is unknown.
  report_.unknown = sight_detail::count_unknown(
      surface_.data(), ground_.empty() ? nullptr : ground_.data(), surface_.size());
  if (report_.unknown == static_cast<std::int64_t>(surface_.size())) {
    return input_error("no cell within the radius has a height", {.file = first_file().string()},
                       "look at its nodata value: gdalinfo -stats");
  }
  report_.read_s = seconds_since(from);
  return {};
}

// Takes an observer from its cell of the raster to that of the window, over the ground there.
Status Job::stand(Observer& observer, PlacedObserver& placed) {
  const std::int32_t row = observer.cell / place_.cols, col = observer.cell % place_.cols;
  observer.cell = (row - window_.row) * window_.cols + (col - window_.col);
  const auto cell = static_cast<std::size_t>(observer.cell);
  if (std::isnan(surface_[cell])) {
    return input_error(fmt::format("{:.10g},{:.10g} lies on nodata, at {}", placed.asked.x,
                                   placed.asked.y, sight_detail::cell_words(place_, row, col)),
                       {.file = first_file().string(), .item = observer_option()},
                       "an observer stands on known ground");
  }
  placed.surface_m = static_cast<double>(surface_[cell]);
  placed.eye_m = static_cast<double>(ground_.empty() ? surface_[cell] : ground_[cell]);
  placed.eye_m += observer.height_m;
  placed.under_surface = placed.eye_m < placed.surface_m - 1e-6;
  return {};
}

void Job::warn() {
  std::size_t beyond = 0;
  double most = 0;
  for (const PlacedObserver& observer : report_.observers) {
    beyond += observer.beyond_m > 0 ? 1 : 0;
    most = std::max(most, observer.beyond_m);
    if (!observer.under_surface) continue;
    report_.warnings.push_back(fmt::format(
        "the observer at {:.10g},{:.10g} is {:.1f} m under the surface: it sees nothing",
        observer.asked.x, observer.asked.y, observer.surface_m - observer.eye_m));
  }
  if (beyond > 0) {
    report_.warnings.push_back(fmt::format(
        "the radius reaches past the edge of the raster, by up to {:.0f} m ({} of {} observers): "
        "what lies there is neither looked at nor hides anything",
        most, beyond, report_.observers.size()));
  }
}

Status Job::look_around() {
  const auto from = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  monitor_.begin("looking", static_cast<std::int64_t>(observers_.size()), "observers");
  const SightGround ground{.rows = window_.rows,
                           .cols = window_.cols,
                           .cell_m = place_.cell * metres_,
                           .surface = surface_.data(),
                           .ground = ground_.empty() ? nullptr : ground_.data()};
  const bool counts = task_.output == SightOutput::count;
  if (counts) {
    seen_ = LargeArray<std::uint16_t>(surface_.size(), 0);
  } else {
    height_ = LargeArray<float>(surface_.size(), kNan);
  }
  for (const Observer& observer : observers_) {
    if (monitor_.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped; nothing was written");
    }
    const SightCount count = counts
                                 ? add_view(ground, observer, task_.options, seen_.data())
                                 : lower_heights(ground, observer, task_.options, height_.data());
    report_.cells += count.targets;
    report_.followed += count.followed;
    monitor_.advance(1);
  }
  report_.compute_s = seconds_since(from);
  report_.compute_cpu_s = cpu_seconds() - cpu;
  return {};
}

Status Job::write() {
  const auto from = std::chrono::steady_clock::now();
  monitor_.begin("writing", 0, "");
  if (task_.out.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(task_.out.parent_path()));
  if (task_.output == SightOutput::count) {
    ABATIS_TRY(const sight_detail::CountsWritten written,
               sight_detail::write_counts(task_.out, place_, window_, seen_.data(), surface_.data(),
                                          observers_.size()));
    report_.seen = written.seen;
    report_.most = written.most;
  } else {
    for (const float h : height_) report_.shown += std::isnan(h) ? 0 : 1;
    ABATIS_CHECK(sight_detail::write_heights(task_.out, place_, window_, height_.data()));
  }
  report_.write_s = seconds_since(from);
  return {};
}

Result<RasterSightReport> Job::run() {
  ABATIS_CHECK(check_numbers());
  ABATIS_CHECK(open());
  ABATIS_CHECK(place_observers());
  ABATIS_CHECK(check_memory());
  ABATIS_CHECK(read());
  for (std::size_t k = 0; k < observers_.size(); ++k) {
    ABATIS_CHECK(stand(observers_[k], report_.observers[k]));
  }
  warn();
  ABATIS_CHECK(look_around());
  ABATIS_CHECK(write());
  return std::move(report_);
}

}  // namespace

Result<RasterSightReport> viewshed_over_raster(const RasterSight& task, Monitor& monitor) {
  return Job(task, monitor).run();
}

}  // namespace abatis
