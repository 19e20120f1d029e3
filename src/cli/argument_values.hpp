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
// "x,y" or "x,y;x,y"; nothing when the text is no such list.
std::optional<std::vector<Point>> parse_points(const std::string& text);

}  // namespace abatis::cli
