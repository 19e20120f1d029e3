#pragma once
// Tables of what a slope does to the time of a move.

#include <string>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis::travel_detail {

struct PaceTable {
  std::vector<double> slope;  // rise/run in the direction of travel, ascending
  std::vector<double> pace;   // factor of time, above 0
};

// "tobler", or a CSV file with the columns `slope,pace`. Errors name the line.
Result<PaceTable> read_pace(const std::string& name_or_file);

}  // namespace abatis::travel_detail
