#include "observers.hpp"

#include <cmath>
#include <cstdio>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/words.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::sight_detail {
namespace {

namespace fs = std::filesystem;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Result<AskedObserver> read_line(const std::string& line, bool heights, const Where& where) {
  AskedObserver observer;
  char rest = 0;
  const bool read =
      heights ? std::sscanf(line.c_str(), "%lf,%lf,%lf%c", &observer.at.x, &observer.at.y,
                            &observer.height_m, &rest) == 3
              : std::sscanf(line.c_str(), "%lf,%lf%c", &observer.at.x, &observer.at.y, &rest) == 2;
  const bool finite = std::isfinite(observer.at.x) && std::isfinite(observer.at.y) &&
                      (!heights || std::isfinite(observer.height_m));
  if (!read || !finite) {
    return input_error(
        fmt::format("{} is not {}", in_quotes(line), heights ? "x, y and a height" : "x and y"),
        where, "write lines of finite numbers under the head x,y or x,y,height");
  }
  return observer;
}

Result<std::vector<AskedObserver>> read_table(const fs::path& file) {
  ABATIS_TRY(const std::string text, read_file(file));
  std::istringstream lines(text);
  std::vector<AskedObserver> observers;
  std::string line;
  bool heights = false;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const Where where{.file = file.string(), .line = number};
    if (number == 1) {
      heights = line == "x,y,height";
      if (heights || line == "x,y") continue;
      return input_error(fmt::format("{} is no head of a table of observers", in_quotes(line)),
                         where, "begin it with x,y or x,y,height");
    }
    ABATIS_TRY(const AskedObserver observer, read_line(line, heights, where));
    observers.push_back(observer);
  }
  return observers;
}

Result<std::vector<AskedObserver>> read_points(const fs::path& file, const fs::path& raster) {
  ABATIS_TRY(const RasterInfo info, raster_info(raster));
  if (info.epsg == 0) {
    return input_error("the surface has no EPSG code to bring the observers to",
                       {.file = raster.string(), .item = "--observers"},
                       "give the observers as a CSV table in the raster's CRS, or with --at");
  }
  ABATIS_TRY(const Layer layer, read_layer(file, info.epsg));
  const bool heights = layer.field("height") >= 0;
  std::vector<AskedObserver> observers;
  for (const Feature& feature : layer.features) {
    if (feature.geometry.kind != GeometryKind::point) {
      return input_error("observers are points; the layer has lines or areas",
                         {.file = file.string(), .item = layer.name});
    }
    const double height = heights ? layer.number(feature, "height", kNan) : kNan;
    for (const auto& part : feature.geometry.parts) {
      observers.push_back({.at = part.front(), .height_m = height});
    }
  }
  return observers;
}

}  // namespace

Result<std::vector<AskedObserver>> read_observers(const fs::path& file, const fs::path& raster) {
  auto observers = file.extension() == ".csv" ? read_table(file) : read_points(file, raster);
  if (observers && observers->empty()) {
    return input_error("the file has no observer", {.file = file.string()});
  }
  return observers;
}

}  // namespace abatis::sight_detail
