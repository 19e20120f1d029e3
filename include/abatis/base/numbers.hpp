#pragma once
// What the arithmetic of every room needs of numbers.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace abatis {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A signed number that is known to be 0 or more, as the index of a vector.
constexpr std::size_t at(std::int64_t i) {
  return static_cast<std::size_t>(i);
}

}  // namespace abatis
