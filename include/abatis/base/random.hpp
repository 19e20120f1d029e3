#pragma once
// Counter-based random numbers (Philox4x32-10; Salmon et al., "Parallel random numbers: as easy
// as 1, 2, 3", SC11). A draw is a pure function of (seed, stream, counter): the same on any
// number of threads.

#include <array>
#include <cstdint>

namespace abatis {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

// Sequential draws from one stream. Copyable; no global state.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream);
  std::uint64_t bits();
  double uniform();                          // [0, 1), 53 bits
  std::uint64_t below(std::uint64_t bound);  // [0, bound), unbiased; bound >= 1
  double uniform(double low, double high);   // [low, high)
  double normal();                           // mean 0, sd 1
 private:
  std::array<std::uint32_t, 4> counter_{};
  std::array<std::uint32_t, 2> key_{};
  std::array<std::uint32_t, 4> block_{};
  int used_ = 4;
};

// One hashed uniform in [0, 1) for a lattice point: fields that do not depend on visiting order.
double hashed_uniform(std::uint64_t seed, std::int64_t x, std::int64_t y);

}  // namespace abatis
