#include "raster_ground.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "abatis/base/numbers.hpp"
#include "move_planes.hpp"

namespace abatis::travel_detail {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Rows [from - ring, from + kTile + ring) of a raster, read once each.
class Band {
 public:
  Band(const RasterPlace& place, int ring)
      : place_(place),
        ring_(ring),
        rows_(kTile + 2 * ring),
        values_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(place.cols), kNan) {}

  const float* row(std::int32_t r) const {
    return values_.data() + static_cast<std::size_t>(r) * static_cast<std::size_t>(place_.cols);
  }

  // Keeps what the next tiles share with these, and reads the rest.
  Status advance(RasterReader& raster, std::int32_t from,
                 const std::function<Status(std::int32_t, const float*)>& look) {
    const auto cols = static_cast<std::size_t>(place_.cols);
    const std::int32_t kept = from == 0 ? ring_ : 2 * ring_;
    if (from > 0) {
      std::memmove(values_.data(), values_.data() + static_cast<std::size_t>(kTile) * cols,
                   static_cast<std::size_t>(kept) * cols * sizeof(float));
    }
    const std::int32_t first = from - ring_ + kept;
    const std::int32_t last = std::min(from + kTile + ring_, place_.rows);
    float* to = values_.data() + static_cast<std::size_t>(kept) * cols;
    if (last > first) {
      ABATIS_CHECK(raster.read(first, last - first, to));
      for (std::int32_t r = first; r < last; ++r) {
        ABATIS_CHECK(look(r, to + static_cast<std::size_t>(r - first) * cols));
      }
    }
    const auto filled = static_cast<std::size_t>(kept + std::max(last - first, 0)) * cols;
    std::fill(values_.begin() + static_cast<std::ptrdiff_t>(filled), values_.end(), kNan);
    return {};
  }

 private:
  RasterPlace place_;
  int ring_;
  std::int32_t rows_;
  std::vector<float> values_;
};

}  // namespace

Status read_ringed(RasterReader& raster, int ring, FloatTiles& tiles, Monitor& monitor,
                   const std::function<Status(std::int32_t row, const float* values)>& look) {
  const RasterPlace& place = raster.place();
  const Tiling tiling{place.rows, place.cols};
  const int side = kTile + 2 * ring;
  Band band(place, ring);
  std::vector<float> tile(ringed_cells(ring));
  for (std::int32_t r = 0; r < tiling.tile_rows(); ++r) {
    if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped while reading");
    ABATIS_CHECK(band.advance(raster, r * kTile, look));
    for (std::int32_t c = 0; c < tiling.tile_cols(); ++c) {
      const std::int32_t west = c * kTile - ring;
      const std::int32_t from = std::max(west, 0);
      const std::int32_t to = std::min(west + side, place.cols);
      if (from > west || to < west + side) std::fill(tile.begin(), tile.end(), kNan);
      for (int k = 0; k < side; ++k) {
        std::memcpy(tile.data() + k * side + (from - west), band.row(k) + from,
                    static_cast<std::size_t>(to - from) * sizeof(float));
      }
      tiles.put(tiling.tile_of(r * kTile, c * kTile), tile.data());
    }
    monitor.advance(std::min<std::int64_t>((r + 1) * kTile, place.rows));
  }
  return tiles.failure();
}

void RasterGround::fill(std::int32_t row, std::int32_t col, const double* known,
                        TileScratch& scratch) const {
  const int ring = reach(neighbours_);
  const int side = kTile + 2 * ring;
  const std::size_t tile = tiling_.tile_of(row, col);
  std::array<float, ringed_cells(kRing)> buffer;
  const float* friction = cells_.get(tile, buffer.data());
  if (written_[tile] != 0) {  // times and, where there are none, friction with the sign turned
    std::copy_n(friction, side * side, buffer.data());
    for (int r = ring; r < kTile + ring; ++r) {
      for (int c = ring; c < kTile + ring; ++c) {
        float& value = buffer[static_cast<std::size_t>(r * side + c)];
        value = value < 0.0F ? -value : kNan;
      }
    }
    friction = buffer.data();
  }
  for (int r = 0; r < side; ++r) {
    kernels_.scale_friction(friction + r * side, half_cell_,
                            scratch.rows.slow + place(r - ring, -ring), side);
  }
  close_known(known, scratch);
  kernels_.transpose_slow(scratch);
  ring_to_columns(scratch, ring);
  scratch.rows.move_count = scratch.cols.move_count = 0;
  scratch.rows.reach = scratch.cols.reach = ring;
  if (neighbours_ == 8 && !slopes_) return;
  MoveSpace& space = MoveSpace::of_this_thread();
  space.barrier.fill(0);
  MoveRules rules{.neighbours = neighbours_};
  if (slopes_) {
    const float* heights = slopes_->elevation->get(tile, buffer.data());
    for (int r = 0; r < side; ++r) {
      std::copy_n(heights + r * side, side, space.elevation.data() + place(r - ring, -ring));
    }
    rules.slope = &slopes_->pace;
    rules.cell_m = slopes_->cell_m;
  }
  make_moves(rules, space, kernels_, scratch);
}

void RasterGround::write(std::int32_t row, std::int32_t col, const double* time) {
  const int ring = reach(neighbours_);
  const int side = kTile + 2 * ring;
  const std::size_t tile = tiling_.tile_of(row, col);
  std::array<float, ringed_cells(kRing)> buffer;
  float* cells = cells_.change(tile, buffer.data());
  const bool first = written_[tile] == 0;
  for (int r = 0; r < kTile; ++r) {
    float* to = cells + (r + ring) * side + ring;
    const double* from = time + r * kTile;
    for (int c = 0; c < kTile; ++c) {
      const float open = first ? -to[c] : to[c];
      to[c] = from[c] < kInfinity ? static_cast<float>(from[c]) : open;
    }
  }
  cells_.put(tile, cells);
  written_[tile] = 1;
}

void RasterGround::read(std::int32_t row, std::int32_t col, double* time) const {
  std::array<float, kTileCells> floats;
  times(tiling_.tile_of(row, col), floats.data());
  for (std::size_t i = 0; i < kTileCells; ++i) {
    time[i] = std::isnan(floats[i]) ? kInfinity : static_cast<double>(floats[i]);
  }
}

void RasterGround::times(std::size_t tile, float* to) const {
  if (written_[tile] == 0) {
    std::fill_n(to, kTileCells, kNan);
    return;
  }
  const int ring = reach(neighbours_);
  const int side = kTile + 2 * ring;
  std::array<float, ringed_cells(kRing)> buffer;
  const float* cells = cells_.get(tile, buffer.data());
  for (int r = 0; r < kTile; ++r) {
    const float* from = cells + (r + ring) * side + ring;
    for (int c = 0; c < kTile; ++c) to[r * kTile + c] = from[c] >= 0.0F ? from[c] : kNan;
  }
}

std::optional<double> RasterGround::time(Cell cell) const {
  const std::int32_t row = cell / tiling_.cols;
  const std::int32_t col = cell % tiling_.cols;
  std::array<float, kTileCells> floats;
  times(tiling_.tile_of(row, col), floats.data());
  const float t = floats[static_cast<std::size_t>((row % kTile) * kTile + col % kTile)];
  return std::isnan(t) ? std::nullopt : std::optional(static_cast<double>(t));
}

}  // namespace abatis::travel_detail
