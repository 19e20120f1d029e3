#include "tile.hpp"

#include <immintrin.h>

#include "tile_kernel.inl"

namespace abatis::travel_detail {

Kernels kernels_avx512() {
  return make_kernels("avx512");
}

}  // namespace abatis::travel_detail
