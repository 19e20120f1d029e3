#include "abatis/base/simd.hpp"

#include <cstdlib>
#include <string_view>

namespace abatis {

Simd chosen_simd() {
#if defined(__x86_64__)
  const char* asked = std::getenv("ABATIS_SIMD");
  const std::string_view limit = asked == nullptr ? "avx512" : asked;
  const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  const bool avx512 =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  if (limit == "avx512" && avx2 && avx512) return Simd::avx512;
  if (limit != "plain" && avx2) return Simd::avx2;
#endif
  return Simd::plain;
}

}  // namespace abatis
