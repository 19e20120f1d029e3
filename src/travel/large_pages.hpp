#pragma once
// Large arrays on large pages where the system offers them: a page fault for every 4 KiB costs more
// than the search itself.

#include <cstddef>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace abatis::travel_detail {

inline constexpr std::size_t kLargePage = std::size_t{2} << 20U;

// Not initialised; zero when first touched. To be freed by free_large. std::bad_alloc when there
// is no memory.
inline void* allocate_large(std::size_t bytes) {
  const std::size_t whole = (bytes + kLargePage - 1) / kLargePage * kLargePage;
  void* memory = ::operator new(whole, std::align_val_t{kLargePage});
#if defined(__linux__)
  ::madvise(memory, whole, MADV_HUGEPAGE);  // a wish: refusal changes nothing
#endif
  return memory;
}

inline void free_large(void* memory) {
  ::operator delete(memory, std::align_val_t{kLargePage});
}

}  // namespace abatis::travel_detail
