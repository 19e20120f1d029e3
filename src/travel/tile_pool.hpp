#pragma once
// Memory of the tiles at the front of a search: taken in large pieces that the system may back by
// large pages, used again as tiles are settled, and put aside in a file when there is no more.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "abatis/base/error.hpp"
#include "tile.hpp"

namespace abatis::travel_detail {

// Times around a tile that its neighbours have offered.
struct Inbox {
  // [0] north, [1] south: kRing rows each, the nearest first, with the corners.
  double rows[2][kRing][kTile + 2 * kRing];
  // [0] west, [1] east: kRing columns each, the nearest first.
  double cols[2][kRing][kTile];
};

struct alignas(64) LiveTile {
  double time[kTileCells];
  Inbox inbox;
};

class TilePool {
 public:
  LiveTile* take();
  void give_back(LiveTile* tile) { free_.push_back(tile); }

 private:
  struct Release {
    void operator()(std::byte* p) const;
  };
  void grow();

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
  static Result<SpillFile> create(const std::filesystem::path& folder);
  bool is_open() const { return file_ >= 0; }

  Result<std::int64_t> put(const LiveTile& tile);         // returns its place
  Status take(std::int64_t slot, LiveTile& tile);  // the place is free afterwards

 private:
  int file_ = -1;
  std::filesystem::path folder_;
  std::int64_t slots_ = 0;
  std::vector<std::int64_t> free_;
};

}  // namespace abatis::travel_detail
