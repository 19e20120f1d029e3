#pragma once
// Large arrays on large pages where the system offers them: a page fault for every 4 KiB costs more
// than many a pass over the memory.

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace abatis {

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

// An array of numbers on large pages, of a size chosen once; every element has the value given, or
// none yet.
template <class T>
  requires std::is_arithmetic_v<T>
class LargeArray {
 public:
  LargeArray() = default;
  explicit LargeArray(std::size_t size)
      : values_(static_cast<T*>(allocate_large(size * sizeof(T)))), size_(size) {}
  LargeArray(std::size_t size, T value) : LargeArray(size) {
    std::uninitialized_fill_n(values_.get(), size, value);
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }
  T& operator[](std::size_t i) { return values_.get()[i]; }
  const T& operator[](std::size_t i) const { return values_.get()[i]; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

 private:
  struct Free {
    void operator()(T* values) const { free_large(values); }
  };
  std::unique_ptr<T, Free> values_;
  std::size_t size_ = 0;
};

}  // namespace abatis
