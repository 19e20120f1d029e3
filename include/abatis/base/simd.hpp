#pragma once
// Which instructions the kernels of every room run on.

#include <cstdint>

namespace abatis {

enum class Simd : std::uint8_t { plain, avx2, avx512 };

// The best that this machine has (AVX2 with FMA; AVX-512 F, VL, DQ and BW), or less where the
// environment asks for it: ABATIS_SIMD = plain or avx2. Results are the same bits on each.
Simd chosen_simd();

}  // namespace abatis
