#pragma once
#include <cstddef>
#include <string>

#include "abatis/civil/access.hpp"

namespace abatis::report {

inline std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// As products write what stands while people leave.
inline std::string leaving_key(InPlace in_place) {
  switch (in_place) {
    case InPlace::nothing:
      return "nothing_built";
    case InPlace::built:
      return "orders_wait";
    case InPlace::all:
      return "orders_first";
  }
  return {};
}

}  // namespace abatis::report
