#pragma once
// Values on a Grid, row-major from the north-west, contiguous.

#include <limits>
#include <vector>

#include "abatis/geo/grid.hpp"

namespace abatis {

// The value that stands for `unknown`: NaN for floating point, the largest value for integers.
template <class T>
constexpr T nodata() {
  if constexpr (std::numeric_limits<T>::has_quiet_NaN) {
    return std::numeric_limits<T>::quiet_NaN();
  } else {
    return std::numeric_limits<T>::max();
  }
}

template <class T>
bool is_nodata(T v) {
  if constexpr (std::numeric_limits<T>::has_quiet_NaN) {
    return v != v;
  } else {
    return v == nodata<T>();
  }
}

template <class T>
struct Raster {
  Grid grid;
  std::vector<T> values;

  Raster() = default;
  Raster(const Grid& g, T fill) : grid(g), values(g.size(), fill) {}
  T& operator[](Cell c) { return values[static_cast<std::size_t>(c)]; }
  const T& operator[](Cell c) const { return values[static_cast<std::size_t>(c)]; }
  bool operator==(const Raster&) const = default;
};

}  // namespace abatis
