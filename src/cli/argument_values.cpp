#include "argument_values.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "abatis/base/words.hpp"

namespace abatis::cli {

namespace {

// The number that `text` begins with, and how much of the text it is: 0 where there is none.
double leading_number(const std::string& text, std::size_t& used) {
  try {
    return std::stod(text, &used);
  } catch (const std::logic_error&) {
    used = 0;
    return 0;
  }
}

}  // namespace

Result<std::uint64_t> parse_size(const std::string& text, const char* option) {
  std::size_t used = 0;
  const double value = leading_number(text, used);
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

Result<double> parse_share(const std::string& text, const std::string& option) {
  std::size_t used = 0;
  double value = leading_number(text, used);
  std::string unit = used == 0 ? "?" : text.substr(used);
  unit.erase(0, unit.find_first_not_of(' ') == std::string::npos ? unit.size()
                                                                 : unit.find_first_not_of(' '));
  if ((!unit.empty() && unit != "%") || !std::isfinite(value)) {
    return input_error(fmt::format("{} is not a share", in_quotes(text)), {.item = option},
                       "write it like 10% or 0.1");
  }
  return unit == "%" ? value / 100 : value;
}

Result<std::optional<double>> parse_gap(const Arguments& arguments) {
  if (!arguments.has("gap")) return std::nullopt;
  ABATIS_TRY(const double gap, parse_share(arguments.text("gap"), "--gap"));
  if (!(gap >= 0 && gap < 1)) {
    return input_error(fmt::format("a gap of {:g} %", 100 * gap), {.item = "--gap"},
                       "give a share from 0 to below 1: 2% or 0.02 stops at 2 %");
  }
  return gap;
}

Result<std::optional<double>> parse_time(const Arguments& arguments) {
  if (!arguments.has("time")) return std::nullopt;
  const double seconds = std::atof(arguments.text("time").c_str());
  if (!(seconds > 0 && seconds < 1e8)) {
    return input_error(fmt::format("a time of {} s", arguments.text("time")), {.item = "--time"},
                       "give seconds above 0, up to 100000000");
  }
  return seconds;
}

Result<std::optional<std::uint64_t>> parse_seed(const Arguments& arguments) {
  if (!arguments.has("seed")) return std::nullopt;
  const std::string text = arguments.text("seed");
  std::int64_t seed = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (wrong != std::errc{} || end != text.data() + text.size() || seed < 0) {
    return input_error(fmt::format("{} is no seed", in_quotes(text)), {.item = "--seed"},
                       "give a whole number from 0 to 9223372036854775807");
  }
  return static_cast<std::uint64_t>(seed);
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
