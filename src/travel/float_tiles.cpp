#include "float_tiles.hpp"

#include <cstring>
#include <utility>

#include <unistd.h>

#include "abatis/base/large_pages.hpp"
#include "raw_file.hpp"

namespace abatis::travel_detail {

Result<FloatTiles> FloatTiles::make(std::size_t count, std::size_t values,
                                    const std::optional<std::filesystem::path>& folder) {
  FloatTiles tiles;
  tiles.values_ = values;
  if (folder) {
    tiles.folder_ = *folder;
    ABATIS_TRY(tiles.file_, open_nameless(*folder));
  } else {
    tiles.memory_ = static_cast<float*>(allocate_large(count * values * sizeof(float)));
  }
  return tiles;
}

FloatTiles::FloatTiles(FloatTiles&& other) noexcept
    : values_(other.values_),
      memory_(std::exchange(other.memory_, nullptr)),
      file_(std::exchange(other.file_, -1)),
      folder_(std::move(other.folder_)),
      failure_(std::move(other.failure_)) {}

FloatTiles& FloatTiles::operator=(FloatTiles&& other) noexcept {
  std::swap(values_, other.values_);
  std::swap(memory_, other.memory_);
  std::swap(file_, other.file_);
  std::swap(folder_, other.folder_);
  std::swap(failure_, other.failure_);
  return *this;
}

FloatTiles::~FloatTiles() {
  if (memory_ != nullptr) free_large(memory_);
  if (file_ >= 0) ::close(file_);
}

const float* FloatTiles::get(std::size_t tile, float* scratch) const {
  if (memory_ != nullptr) return memory_ + tile * values_;
  const std::size_t bytes = values_ * sizeof(float);
  auto status = read_at(file_, scratch, bytes, static_cast<std::int64_t>(tile * bytes), folder_);
  if (!status) {
    keep(std::move(status));
    std::memset(scratch, 0, bytes);
  }
  return scratch;
}

float* FloatTiles::change(std::size_t tile, float* scratch) {
  if (memory_ != nullptr) return memory_ + tile * values_;
  get(tile, scratch);
  return scratch;
}

void FloatTiles::put(std::size_t tile, const float* from) {
  if (memory_ != nullptr) {
    float* to = memory_ + tile * values_;
    if (to != from) std::memcpy(to, from, values_ * sizeof(float));
    return;
  }
  const std::size_t bytes = values_ * sizeof(float);
  keep(write_at(file_, from, bytes, static_cast<std::int64_t>(tile * bytes), folder_));
}

void FloatTiles::keep(Status status) const {
  if (status) return;
  const std::scoped_lock lock(failure_->mutex);
  if (failure_->first) failure_->first = std::move(status);
}

Status FloatTiles::failure() const {
  const std::scoped_lock lock(failure_->mutex);
  return failure_->first;
}

}  // namespace abatis::travel_detail
