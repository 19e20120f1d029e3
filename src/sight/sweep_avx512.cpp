#include "sweep.hpp"

#include <immintrin.h>

#include "sweep.inl"

namespace abatis::sight_detail {

Kernels kernels_avx512() {
  return make_kernels("avx512");
}

}  // namespace abatis::sight_detail
