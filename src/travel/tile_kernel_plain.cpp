#include "tile.hpp"

#include "tile_kernel.inl"

namespace abatis::travel_detail {

Kernels kernels_plain() {
  return make_kernels("plain");
}

}  // namespace abatis::travel_detail
