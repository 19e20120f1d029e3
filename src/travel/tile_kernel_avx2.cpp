#include "tile.hpp"

#include <immintrin.h>

#include "tile_kernel.inl"

namespace abatis::travel_detail {

Kernels kernels_avx2() {
  return make_kernels("avx2");
}

}  // namespace abatis::travel_detail
