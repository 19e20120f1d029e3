#include "tile_pool.hpp"

#include <new>
#include <utility>

#include <unistd.h>

#include "abatis/base/large_pages.hpp"
#include "raw_file.hpp"

namespace abatis::travel_detail {
namespace {

constexpr std::size_t kChunk = std::size_t{4} << 20U;

}  // namespace

void TilePool::Release::operator()(std::byte* p) const {
  free_large(p);
}

LiveTile* TilePool::take() {
  if (free_.empty()) grow();
  LiveTile* tile = free_.back();
  free_.pop_back();
  return tile;
}

void TilePool::grow() {
  chunks_.emplace_back(static_cast<std::byte*>(allocate_large(kChunk)));
  for (std::size_t at = 0; at + bytes_ <= kChunk; at += bytes_) {
    free_.push_back(new (chunks_.back().get() + at) LiveTile);
  }
}

SpillFile::SpillFile(SpillFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      reach_(other.reach_),
      folder_(std::move(other.folder_)),
      slots_(other.slots_),
      free_(std::move(other.free_)) {}

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(reach_, other.reach_);
  std::swap(folder_, other.folder_);
  std::swap(slots_, other.slots_);
  std::swap(free_, other.free_);
  return *this;
}

SpillFile::~SpillFile() {
  if (file_ >= 0) ::close(file_);
}

Result<SpillFile> SpillFile::create(const std::filesystem::path& folder, int reach) {
  SpillFile spill;
  ABATIS_TRY(spill.file_, open_nameless(folder));
  spill.reach_ = reach;
  spill.folder_ = folder;
  return spill;
}

Status SpillFile::transfer(bool write, std::int64_t slot, LiveTile& tile) const {
  const std::size_t offers =
      static_cast<std::size_t>(LiveTile::offer_count(reach_)) * sizeof(double);
  const std::int64_t at = slot * static_cast<std::int64_t>(sizeof(tile.time) + offers);
  const std::int64_t then = at + static_cast<std::int64_t>(sizeof(tile.time));
  if (write) {
    ABATIS_CHECK(write_at(file_, tile.time, sizeof(tile.time), at, folder_));
    return write_at(file_, tile.offers(), offers, then, folder_);
  }
  ABATIS_CHECK(read_at(file_, tile.time, sizeof(tile.time), at, folder_));
  return read_at(file_, tile.offers(), offers, then, folder_);
}

Result<std::int64_t> SpillFile::put(LiveTile& tile) {
  const std::int64_t slot = free_.empty() ? slots_ : free_.back();
  ABATIS_CHECK(transfer(true, slot, tile));
  if (free_.empty()) {
    ++slots_;
  } else {
    free_.pop_back();
  }
  return slot;
}

Status SpillFile::take(std::int64_t slot, LiveTile& tile) {
  ABATIS_CHECK(transfer(false, slot, tile));
  free_.push_back(slot);
  return {};
}

}  // namespace abatis::travel_detail
