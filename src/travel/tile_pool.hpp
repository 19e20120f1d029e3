#pragma once
// Memory of the tiles at the front of a search: taken in large pieces that the system may back by
// large pages, used again as tiles are settled, and put aside in a file when there is no more.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "abatis/base/error.hpp"
#include "tile.hpp"

namespace abatis::travel_detail {

// A tile of the front: its times, and those around it that its neighbours have offered.
struct alignas(64) LiveTile {
  double time[kTileCells];
  std::atomic_flag lock;  // guards the offers
  // Followed by the offers, `reach` rows north and south of it with the corners, then columns west
  // and east; the nearest first.
  double* north_south(int south, int k, int reach) {
    return offers() + (south * reach + k) * (kTile + 2 * kRing);
  }
  double* west_east(int east, int k, int reach) {
    return offers() + 2 * reach * (kTile + 2 * kRing) + (east * reach + k) * kTile;
  }
  double* offers() { return reinterpret_cast<double*>(this + 1); }
  static constexpr int offer_count(int reach) {
    return 2 * reach * (kTile + 2 * kRing) + 2 * reach * kTile;
  }
  static constexpr std::size_t bytes(int reach) {
    const std::size_t all = sizeof(LiveTile) + static_cast<std::size_t>(offer_count(reach)) * 8;
    return (all + 63) / 64 * 64;
  }
};

class TilePool {
 public:
  explicit TilePool(int reach) : bytes_(LiveTile::bytes(reach)) {}
  LiveTile* take();
  void give_back(LiveTile* tile) { free_.push_back(tile); }

 private:
  struct Release {
    void operator()(std::byte* p) const;
  };
  void grow();

  std::size_t bytes_;  // of a tile
  std::vector<std::unique_ptr<std::byte[], Release>> chunks_;
  std::vector<LiveTile*> free_;
};

// Tiles put aside in a file without a name: it is gone with this object, whatever happens.
class SpillFile {
 public:
  SpillFile() = default;
  SpillFile(SpillFile&& other) noexcept;
  SpillFile& operator=(SpillFile&& other) noexcept;
  ~SpillFile();
  // In an existing folder that can be written to.
  static Result<SpillFile> create(const std::filesystem::path& folder, int reach);
  bool is_open() const { return file_ >= 0; }

  Result<std::int64_t> put(LiveTile& tile);        // returns its place
  Status take(std::int64_t slot, LiveTile& tile);  // the place is free afterwards

 private:
  Status transfer(bool write, std::int64_t slot, LiveTile& tile) const;

  int file_ = -1;
  int reach_ = 1;
  std::filesystem::path folder_;
  std::int64_t slots_ = 0;
  std::vector<std::int64_t> free_;
};

}  // namespace abatis::travel_detail
