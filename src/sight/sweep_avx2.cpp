#include "sweep.hpp"

#include <immintrin.h>

#include "sweep.inl"

namespace abatis::sight_detail {

Kernels kernels_avx2() {
  return make_kernels("avx2");
}

}  // namespace abatis::sight_detail
