#pragma once
// Where a user wants to look from.

#include <filesystem>
#include <limits>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis::sight_detail {

struct AskedObserver {
  Point at;
  double height_m = std::numeric_limits<double>::quiet_NaN();  // NaN = that of all
};

// A CSV table (by its extension), or a layer of points brought into the CRS of `raster`.
Result<std::vector<AskedObserver>> read_observers(const std::filesystem::path& file,
                                                  const std::filesystem::path& raster);

}  // namespace abatis::sight_detail
