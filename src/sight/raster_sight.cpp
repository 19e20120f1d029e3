#include "abatis/sight/raster_sight.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/large_pages.hpp"
#include "abatis/base/memory.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "observers.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;
using sight_detail::AskedObserver;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint64_t kFixedBytes = std::uint64_t{160} << 20U;  // the program, GDAL, threads
constexpr std::size_t kMostObservers = 65535;
constexpr std::size_t kMostInBytes = 254;  // observers; 255 is unknown ground

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
  Status check_numbers() const;
  Status open();
  Status check_memory() const;
  Result<LargeArray<float>> read_one(const fs::path& path, const char* option, bool heights);
  Status read();
  Status place_observers();
  Result<Observer> place(const AskedObserver& asked);
  Status look_around();
  Status write();
  Status write_counts();
  std::string cell_words(Cell cell) const;

  const RasterSight& task_;
  Monitor& monitor_;
  RasterPlace place_;
  double metres_ = 1;  // to a unit of the CRS
  LargeArray<float> surface_, ground_;
  std::vector<Observer> observers_;
  LargeArray<std::uint16_t> seen_;
  LargeArray<float> height_;
  RasterSightReport report_;
};

std::string Job::cell_words(Cell cell) const {
  const Point at = place_.centre(cell / place_.cols, cell % place_.cols);
  return fmt::format("row {}, column {} ({:.10g},{:.10g})", cell / place_.cols, cell % place_.cols,
                     at.x, at.y);
}

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
  ABATIS_TRY(const RasterReader reader, RasterReader::open(first_file()));
  place_ = reader.place();
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
  return check_memory();
}

// Surface and ground, result, and the finished file in memory beside what it is made of.
Status Job::check_memory() const {
  const std::uint64_t rasters = task_.terrain ? 3 : 1;
  const std::uint64_t need = kFixedBytes + place_.size() * (4 * rasters + 4 + 4 + 4);
  const std::uint64_t free = available_memory();
  if (need <= free) return {};
  return fail(ErrorCode::limit,
              fmt::format("the run needs about {} MiB of memory; {} MiB are free", need >> 20U,
                          free >> 20U),
              {.file = first_file().string()},
              "cut the raster to what is looked at: "
              "gdal_translate -projwin");
}

// A raster of the same cells; unknown is NaN. `heights`: over the terrain, so below 0 is wrong.
Result<LargeArray<float>> Job::read_one(const fs::path& path, const char* option, bool heights) {
  ABATIS_TRY(RasterReader reader, RasterReader::open(path));
  if (!reader.place().same_cells(place_)) {
    return input_error(fmt::format("its cells are not those of {}", first_file().string()),
                       {.file = path.string(), .item = option},
                       "warp it onto them: gdalwarp -te -ts");
  }
  LargeArray<float> values(place_.size(), kNan);
  constexpr std::int32_t kBand = 512;
  for (std::int32_t row = 0; row < place_.rows; row += kBand) {
    if (monitor_.stop_requested()) {
      return fail(ErrorCode::interrupted, "stopped; nothing was written");
    }
    const std::int32_t count = std::min(kBand, place_.rows - row);
    float* to =
        values.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(place_.cols);
    ABATIS_CHECK(reader.read(row, count, to));
    monitor_.advance(count);
  }
  for (std::size_t c = 0; c < values.size(); ++c) {
    const auto value = static_cast<double>(values[c]);
    if (std::isnan(value)) continue;
    if (std::abs(value) <= kMaxSightHeight && !(heights && value < 0)) continue;
    return input_error(fmt::format("{} m at {}", value, cell_words(static_cast<Cell>(c))),
                       {.file = path.string(), .item = option},
                       heights ? "heights over the terrain are 0 or more; declare what is unknown "
                                 "as nodata: gdal_edit.py -a_nodata"
                               : "that is no height; declare what is unknown as nodata: "
                                 "gdal_edit.py -a_nodata");
  }
  return values;
}

Status Job::read() {
  const auto from = std::chrono::steady_clock::now();
  const int files = (task_.surface ? 1 : 0) + (task_.terrain ? 1 : 0) + (task_.canopy ? 1 : 0) +
                    (task_.buildings ? 1 : 0);
  monitor_.begin("reading", std::int64_t{place_.rows} * files, "rows");
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
    surface_ = LargeArray<float>(place_.size(), kNan);
    sight_surface(ground_.data(), canopy.data(), buildings.data(), ground_.size(), surface_.data());
  }
  for (std::size_t c = 0; c < surface_.size(); ++c) {
    // What stands on unknown terrain is unknown.
    if (!ground_.empty() && std::isnan(ground_[c])) surface_[c] = kNan;
    report_.unknown += std::isnan(surface_[c]) ? 1 : 0;
  }
  if (report_.unknown == report_.raster_cells) {
    return input_error("no cell of the raster has a height", {.file = first_file().string()},
                       "look at its nodata value: gdalinfo -stats");
  }
  report_.read_s = seconds_since(from);
  return {};
}

Result<Observer> Job::place(const AskedObserver& asked) {
  const char* option = task_.observers ? "--observers" : "--at";
  const Point& at = asked.at;
  const double col = std::floor((at.x - place_.west) / place_.cell);
  const double row = std::floor((place_.north - at.y) / place_.cell);
  const Point end = place_.centre(place_.rows - 1, place_.cols - 1);
  const Point last{end.x + place_.cell / 2, end.y - place_.cell / 2};
  if (!(col >= 0 && row >= 0 && col < place_.cols && row < place_.rows)) {
    return input_error(fmt::format("{:.10g},{:.10g} lies outside the raster", at.x, at.y),
                       {.file = first_file().string(), .item = option},
                       fmt::format("give x from {:.10g} to {:.10g} and y from {:.10g} to {:.10g}",
                                   place_.west, last.x, last.y, place_.north));
  }
  const Observer observer{
      .cell = static_cast<Cell>(row) * place_.cols + static_cast<Cell>(col),
      .height_m = std::isnan(asked.height_m) ? task_.observer_height_m : asked.height_m};
  if (!(observer.height_m >= 0 && observer.height_m <= kMaxSightHeight)) {
    return input_error(
        fmt::format("a height of {} m at {:.10g},{:.10g}", observer.height_m, at.x, at.y),
        {.file = task_.observers ? task_.observers->string() : "", .item = option},
        fmt::format("give 0 to {:g} m", kMaxSightHeight));
  }
  const auto cell = static_cast<std::size_t>(observer.cell);
  if (std::isnan(surface_[cell])) {
    return input_error(
        fmt::format("{:.10g},{:.10g} lies on nodata, at {}", at.x, at.y, cell_words(observer.cell)),
        {.file = first_file().string(), .item = option}, "an observer stands on known ground");
  }
  const Point centre = place_.centre(observer.cell / place_.cols, observer.cell % place_.cols);
  const double foot = static_cast<double>(ground_.empty() ? surface_[cell] : ground_[cell]);
  const double edge = std::min({centre.x - place_.west, last.x - centre.x, place_.north - centre.y,
                                centre.y - last.y}) *
                      metres_;
  PlacedObserver placed{.asked = at,
                        .centre = centre,
                        .surface_m = static_cast<double>(surface_[cell]),
                        .eye_m = foot + observer.height_m,
                        .beyond_m = std::max(0.0, task_.options.radius_m - edge)};
  placed.under_surface = placed.eye_m < placed.surface_m - 1e-6;
  report_.observers.push_back(placed);
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
  return {};
}

Status Job::look_around() {
  const auto from = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  monitor_.begin("looking", static_cast<std::int64_t>(observers_.size()), "observers");
  const SightGround ground{.rows = place_.rows,
                           .cols = place_.cols,
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

Status Job::write_counts() {
  const bool in_bytes = observers_.size() <= kMostInBytes;
  std::vector<std::uint8_t> bytes(in_bytes ? surface_.size() : 0);
  std::vector<std::int32_t> numbers(in_bytes ? 0 : surface_.size());
  for (std::size_t c = 0; c < surface_.size(); ++c) {
    const bool known = !std::isnan(surface_[c]);
    report_.seen += seen_[c] > 0 ? 1 : 0;
    report_.most = std::max(report_.most, static_cast<int>(seen_[c]));
    if (in_bytes) {
      bytes[c] = known ? static_cast<std::uint8_t>(seen_[c]) : nodata<std::uint8_t>();
    } else {
      numbers[c] = known ? static_cast<std::int32_t>(seen_[c]) : nodata<std::int32_t>();
    }
  }
  const RasterProduct product{.description = "observers that see the cell", .unit = "observers"};
  if (in_bytes) return write_cog(task_.out, place_, bytes.data(), product);
  return write_cog(task_.out, place_, numbers.data(), product);
}

Status Job::write() {
  const auto from = std::chrono::steady_clock::now();
  monitor_.begin("writing", 0, "");
  if (task_.out.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(task_.out.parent_path()));
  if (task_.output == SightOutput::count) {
    ABATIS_CHECK(write_counts());
  } else {
    for (const float h : height_) report_.shown += std::isnan(h) ? 0 : 1;
    ABATIS_CHECK(write_cog(task_.out, place_, height_.data(),
                           {.description = "least height that is seen", .unit = "m"}));
  }
  report_.write_s = seconds_since(from);
  return {};
}

Result<RasterSightReport> Job::run() {
  ABATIS_CHECK(check_numbers());
  ABATIS_CHECK(open());
  ABATIS_CHECK(read());
  ABATIS_CHECK(place_observers());
  ABATIS_CHECK(look_around());
  ABATIS_CHECK(write());
  return std::move(report_);
}

}  // namespace

Result<RasterSightReport> viewshed_over_raster(const RasterSight& task, Monitor& monitor) {
  return Job(task, monitor).run();
}

}  // namespace abatis
