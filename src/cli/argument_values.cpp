#include "argument_values.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace abatis::cli {

Result<std::uint64_t> parse_size(const std::string& text, const char* option) {
  std::size_t used = 0;
  double value = 0;
  try {
    value = std::stod(text, &used);
  } catch (const std::logic_error&) {
    used = 0;
  }
  const std::string unit = text.substr(used);
  const double scale = unit.empty()    ? 1
                       : unit == "MiB" ? 1024.0 * 1024.0
                       : unit == "GiB" ? 1024.0 * 1024.0 * 1024.0
                       : unit == "MB"  ? 1e6
                       : unit == "GB"  ? 1e9
                                       : 0;
  const double bytes = value * scale;
  if (used == 0 || !(bytes >= 1 && bytes < 1e18)) {
    return input_error(fmt::format("\"{}\" is not a size", text), {.item = option},
                       "write it like 512MiB or 4GiB");
  }
  return static_cast<std::uint64_t>(bytes);
}

Result<int> parse_threads(const Arguments& arguments) {
  const int threads = std::atoi(arguments.text("threads", "0").c_str());
  if (threads < 0 || threads > 1024) {
    return input_error(fmt::format("{} threads", threads), {.item = "--threads"},
                       "give 0 (all cores) to 1024");
  }
  return threads;
}

std::optional<std::vector<Point>> parse_points(const std::string& text) {
  std::vector<Point> points;
  std::istringstream parts(text);
  std::string part;
  while (std::getline(parts, part, ';')) {
    Point p;
    char rest = 0;
    if (std::sscanf(part.c_str(), " %lf , %lf %c", &p.x, &p.y, &rest) != 2) return std::nullopt;
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
    points.push_back(p);
  }
  if (points.empty()) return std::nullopt;
  return points;
}

}  // namespace abatis::cli
