#pragma once
// Values that several commands read from their arguments.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"
#include "spec.hpp"

namespace abatis::cli {

// "512MiB", "4GiB", "2e9"; an error names `option`.
Result<std::uint64_t> parse_size(const std::string& text, const char* option);
// --threads: 0 (all cores) to 1024.
Result<int> parse_threads(const Arguments& arguments);
// "10%", "10 %" or "0.1". Any finite share, a negative one too: ranges are the command's.
Result<double> parse_share(const std::string& text, const std::string& option);
// --gap: a share from 0 to below 1; nothing when it is not given.
Result<std::optional<double>> parse_gap(const Arguments& arguments);
// --time: seconds above 0; nothing when it is not given.
Result<std::optional<double>> parse_time(const Arguments& arguments);
// --seed: a whole number from 0 to 2^63 - 1, as JSON can hold it; nothing when it is not given.
Result<std::optional<std::uint64_t>> parse_seed(const Arguments& arguments);
// "x,y" or "x,y;x,y"; nothing when the text is no such list.
std::optional<std::vector<Point>> parse_points(const std::string& text);

}  // namespace abatis::cli
