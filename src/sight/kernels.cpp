#include "abatis/base/simd.hpp"
#include "sweep.hpp"

namespace abatis::sight_detail {

Kernels kernels_plain();
#if defined(__x86_64__)
Kernels kernels_avx2();
Kernels kernels_avx512();
#endif

namespace {

Kernels choose() {
#if defined(__x86_64__)
  const Simd simd = chosen_simd();
  if (simd == Simd::avx512) return kernels_avx512();
  if (simd == Simd::avx2) return kernels_avx2();
#endif
  return kernels_plain();
}

}  // namespace

const Kernels& kernels() {
  static const Kernels kChosen = choose();
  return kChosen;
}

}  // namespace abatis::sight_detail
