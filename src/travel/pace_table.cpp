#include "pace_table.hpp"

#include <cmath>
#include <cstdio>
#include <sstream>

#include <fmt/format.h>

#include "abatis/base/files.hpp"

namespace abatis::travel_detail {
namespace {

// Walking speed falls as exp(-3.5 |slope + 0.05|): W. Tobler, Three presentations on geographical
// analysis and modeling, NCGIA Technical Report 93-1, 1993. Relative to flat ground.
PaceTable tobler() {
  PaceTable table;
  for (int k = -100; k <= 100; ++k) {
    const double slope = k / 100.0;
    table.slope.push_back(slope);
    table.pace.push_back(std::exp(3.5 * (std::abs(slope + 0.05) - 0.05)));
  }
  return table;
}

}  // namespace

Result<PaceTable> read_pace(const std::string& name_or_file) {
  if (name_or_file == "tobler") return tobler();
  ABATIS_TRY(const std::string text, read_file(name_or_file, 1U << 20U));
  std::istringstream lines(text);
  PaceTable table;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || (number == 1 && line == "slope,pace")) continue;
    double slope = 0;
    double pace = 0;
    char rest = 0;
    const bool read = std::sscanf(line.c_str(), "%lf,%lf%c", &slope, &pace, &rest) == 2;
    const Where where{.file = name_or_file, .line = number};
    if (!read || !std::isfinite(slope) || !std::isfinite(pace)) {
      return input_error(fmt::format("\"{}\" is not a slope and a pace", line), where,
                         "write lines such as 0.10,1.25 under the head slope,pace");
    }
    if (!(pace > 0)) {
      return input_error(fmt::format("pace {} is not above 0", pace), where,
                         "a pace multiplies the time on flat ground; 1 changes nothing");
    }
    if (!table.slope.empty() && !(slope > table.slope.back())) {
      return input_error(fmt::format("slope {} does not come after {}", slope, table.slope.back()),
                         where, "order the lines by slope (rise/run, downhill negative)");
    }
    table.slope.push_back(slope);
    table.pace.push_back(pace);
  }
  if (table.slope.empty()) {
    return input_error("the table is empty", {.file = name_or_file},
                       "write lines such as 0.10,1.25 under the head slope,pace");
  }
  return table;
}

}  // namespace abatis::travel_detail
