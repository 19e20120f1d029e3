#pragma once
// A raster of floats cut into tiles that each lie in one piece, in memory or in a scratch file.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "abatis/base/error.hpp"

namespace abatis::travel_detail {

class FloatTiles {
 public:
  // `count` tiles of `values` floats. In a scratch file of `folder` when it is named.
  static Result<FloatTiles> make(std::size_t count, std::size_t values,
                                 const std::optional<std::filesystem::path>& folder);
  FloatTiles(FloatTiles&& other) noexcept;
  FloatTiles& operator=(FloatTiles&& other) noexcept;
  ~FloatTiles();

  // The tile's values: where they lie, or read into `scratch` from the file. Thread safe for
  // different tiles. What cannot be read or written is kept as failure(), and reads as zeros.
  const float* get(std::size_t tile, float* scratch) const;
  // The tile will be wanted soon.
  void expect(std::size_t tile) const {
    if (memory_ == nullptr) return;
    const char* from = reinterpret_cast<const char*>(memory_ + tile * values_);
    for (std::size_t at = 0; at < values_ * sizeof(float); at += 64)
      __builtin_prefetch(from + at, 0, 2);
  }
  // The same, to be changed; put() must follow.
  float* change(std::size_t tile, float* scratch);
  void put(std::size_t tile, const float* from);  // `from` may be what change() gave
  Status failure() const;

 private:
  FloatTiles() = default;
  void keep(Status status) const;

  std::size_t values_ = 0;
  float* memory_ = nullptr;
  int file_ = -1;
  std::filesystem::path folder_;
  struct Failure {
    std::mutex mutex;
    Status first;
  };
  std::unique_ptr<Failure> failure_ = std::make_unique<Failure>();
};

}  // namespace abatis::travel_detail
