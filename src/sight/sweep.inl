// The sweep over one wedge, compiled once for each instruction set (sweep_*.cpp). Everything lies
// in an anonymous namespace, so that no two instruction sets share a function.
//
// Slopes are metres of height over the eye, fallen by curvature, for each ring of distance. Of
// every ray are kept: an upper bound of the horizon so far (for directions between two rays the
// line between their bounds is one), the same for the current block of rings, and a line that the
// horizon does not fall below on the way to the next ray. docs/model/sight.md proves them.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace abatis::sight_detail {
namespace {

#include "line_lanes.hpp"

#include "line.inl"
#include "sweep_lanes.hpp"

constexpr std::int64_t kOpenShare = 100;  // one undecided target in so many: as dear as more rays
constexpr float kUnknown = 1e30F;  // height of unknown ground in the bounds
constexpr float kNone = -1e30F;
constexpr double kMaxHeight = 1e5;  // of known ground and eyes, m, either way
constexpr std::int32_t kKept = 16;  // rings whose findings are handed over at once
static_assert(kKept % kBlock == 0, "what is settled late must not be handed over before");
// What sixteen operations on floats lose at most, as a share of the greatest of them.
constexpr float kRounding = 1.0F / (1 << 20);

// Vectors that lie across two lines of the cache take two accesses.
constexpr std::size_t kLine = 16;  // floats
float* on_line(std::vector<float>& memory) {
  const auto at = reinterpret_cast<std::uintptr_t>(memory.data());
  return memory.data() + (0 - at / sizeof(float)) % kLine;
}

class Sweep {
 public:
  Sweep(const Wedge& wedge, Scratch& scratch);
  WedgeCount run();

 private:
  bool set_range(std::int32_t n);
  const float* turned(std::int32_t n, std::int32_t first, std::int32_t end);
  void load_row(std::int32_t n);
  void note_size();
  void bound_patches();
  void bound_column();
  void pass_rays(std::int32_t i);
  void judge(std::int32_t n);
  void judge_all(std::int32_t n);
  void mark(std::int32_t n, std::int32_t j, unsigned bits) {
    found_[(j & ~15) + (n - 1) % kKept] |= static_cast<std::uint16_t>(bits << (j & 15));
  }
  float lower_bound(std::int32_t n, std::int32_t j) const;
  void hand_over(std::int32_t last);
  void close_block();
  void set_level(int level);
  bool wants_rays(std::int32_t n) const;
  void refine();
  void note_least_lower();
  template <class Slope, class Visit>
  void visit_blocks(const Undecided& target, Slope slope, Visit visit);
  void settle(const Undecided& target);
  void settle_height(const Undecided& target);
  std::int32_t group_of(std::int32_t n, std::int32_t j) const {
    // Exact: both are whole and below 2^31, so no quotient that is not whole rounds to one.
    const double ray = static_cast<double>(static_cast<std::int64_t>(j) << w_.shift) /
                       static_cast<double>(static_cast<std::int64_t>(n) * w_.step);
    return (static_cast<std::int32_t>(ray) - w_.first) / kGroup;
  }
  std::ptrdiff_t place(std::int32_t n, std::int32_t j) const { return n * w_.major + j * w_.minor; }
  // Index of the row of cells that ray b passes at ring n.
  std::int32_t row_at(std::int32_t n, std::int32_t b) const {
    return static_cast<std::int32_t>((static_cast<std::int64_t>(n) * b * step_) >> w_.shift);
  }

  const Wedge& w_;
  Scratch& scratch_;
  WedgeCount count_;
  // Near the observer rays are dense: only every 2^level-th is kept there. step_, first_ and last_
  // are those of the wedge for these.
  int level_ = 0;
  std::int32_t step_ = 0, first_ = 0, last_ = 0;
  std::int32_t rays_ = 0;           // of the wedge, both ends counted, whole vectors
  std::int32_t active_ = 0;         // of them: those that may still lead to a target, whole vectors
  std::int32_t from_ = 0, to_ = 0;  // targets of the ring: from_ <= j < to_
  std::int32_t low_ = 0, high_ = 0;  // rows of cells that are loaded: low_ <= q < high_
  float* tile_;  // heights of sixteen rings from tile_ring_ on, to before row of cells tile_end_
  std::ptrdiff_t tile_step_ = 0;
  std::int32_t tile_ring_ = -1, tile_end_ = 0;
  std::int32_t block_ = 0;
  std::int32_t block_stride_ = 0;
  bool last_block_ = false;
  bool open_ = false;  // whether the bounds left much undecided in the latest block
  std::int64_t targets_before_ = 0;
  // By row of cells q. Of the last rings, the latest last: heights over the eye, slopes, the
  // greatest of these.
  float *z_[2], *s_[3];
  float size_[3] = {0, 0, 0};
  float first_rise_ = 0;  // of the patch at the observer
  float* kink_;           // of the ring before the latest: how far cells stand out, m
  float* rise_;           // of the patches between the two latest rings: by how much they bulge
  float* target_;         // slopes of the targets of the latest ring
  float* reciprocal_;     // 1 / q
  // Targets seen in up to 16 rings, not handed over yet: by 16 targets side by side, by ring.
  std::uint16_t* found_;
  std::int32_t found_from_ = 0, found_to_ = 0;
  // By ray.
  float *upper_, *here_;
  // Of the bin from ray b to the next: a line that the horizon does not fall below, at both ends.
  float *lower_, *lower_end_;
  float* beside_;       // what the latest ring of cells alone asks of the two above
  float* least_lower_;  // by vector of rays: the least in the bins around, as a block closed
};

Sweep::Sweep(const Wedge& wedge, Scratch& scratch) : w_(wedge), scratch_(scratch) {
  set_level(0);
  const auto row = static_cast<std::size_t>(w_.rings + kPad + kTail + 15) / 16 * 16;
  if (scratch_.rows.size() < row * 9 + kLine) scratch_.rows.assign(row * 9 + kLine, 0.0F);
  float* next = on_line(scratch_.rows);
  for (float** p :
       {&z_[0], &z_[1], &s_[0], &s_[1], &s_[2], &kink_, &rise_, &target_, &reciprocal_}) {
    *p = next + kPad;
    next += row;
  }
  tile_step_ = static_cast<std::ptrdiff_t>(row) + 32;  // whole squares, and one before index 0
  const std::size_t tile = (row + 32) * 16 + kLine;
  if (scratch_.tile.size() < tile) scratch_.tile.resize(tile);
  tile_ = on_line(scratch_.tile) + 16;
  for (std::int32_t q = 0; q < static_cast<std::int32_t>(row) - kPad; ++q) {
    reciprocal_[q] = 1.0F / static_cast<float>(std::max(q, 1));
  }
  scratch_.rays.assign(static_cast<std::size_t>(rays_) * 6 + 96 + kLine, kNone);
  upper_ = on_line(scratch_.rays);
  here_ = upper_ + rays_;
  beside_ = here_ + rays_;
  lower_ = beside_ + rays_;
  lower_end_ = lower_ + rays_;
  least_lower_ = lower_end_ + rays_;
  block_stride_ = (w_.rings / kBlock + 1 + 15) / 16 * 16;
  const std::size_t blocks = static_cast<std::size_t>((w_.last - w_.first) / kGroup + 1) *
                             static_cast<std::size_t>(block_stride_);
  if (scratch_.blocks.size() < blocks) scratch_.blocks.resize(blocks);
  scratch_.undecided.clear();
  scratch_.found.assign(row, 0);
  found_ = scratch_.found.data();
  found_from_ = w_.rings;
  // Bounds of least heights must be close.
  int level = 0;
  while (w_.height == nullptr && level < kLevels && (w_.rings >> (level + 1)) > kBlock) ++level;
  set_level(level);
}

void Sweep::set_level(int level) {
  level_ = level;
  step_ = w_.step << level;
  first_ = w_.first >> level;
  last_ = w_.last >> level;
  rays_ = (last_ - first_ + 1 + 15) / 16 * 16 + 16;
}

// Whether rays will be too far apart in the block after ring n: a third of a row where they leave
// much undecided, else half a row.
bool Sweep::wants_rays(std::int32_t n) const {
  const std::int64_t apart = (static_cast<std::int64_t>(n) + kBlock) * step_;
  return apart * (open_ ? 3 : 2) > std::int64_t{1} << w_.shift;
}

// Takes in every ray half way between two, after a block has closed: lines hold at their middle.
void Sweep::refine() {
  const std::int32_t rays = std::min(rays_ - 1, active_ + 2 * kLanes);
  set_level(level_ - 1);
  active_ = std::min(rays_, 2 * active_);
  for (std::int32_t b = std::min(rays, (rays_ - 2) / 2); b-- > 0;) {
    upper_[2 * b + 1] = 0.5F * (upper_[b] + upper_[b + 1]);
    lower_end_[2 * b + 1] = lower_end_[b];
    lower_[2 * b + 1] = lower_end_[2 * b] = 0.5F * (lower_[b] + lower_end_[b]);
    upper_[2 * b] = upper_[b];
    lower_[2 * b] = lower_[b];
    here_[2 * b + 1] = 0.5F * (here_[b] + here_[b + 1]);
    here_[2 * b] = here_[b];
  }
  note_least_lower();
}

// The targets of ring n and the rays around them; false when there will be none any more.
bool Sweep::set_range(std::int32_t n) {
  const double room = w_.reach2 - static_cast<double>(n) * n;
  if (room < 0) return false;
  auto most = static_cast<std::int32_t>(std::min(std::sqrt(room), static_cast<double>(n)));
  most = std::min(most, w_.above);
  const std::int64_t whole = std::int64_t{1} << w_.shift;
  const std::int64_t spacing = static_cast<std::int64_t>(n) * step_;  // of rays, 1 / whole rows
  if (first_ * spacing > most * whole) return false;
  const auto first_after = [&](std::int32_t b) {  // least j whose slope is not before ray b
    return static_cast<std::int32_t>((b * spacing + whole - 1) >> w_.shift);
  };
  from_ = w_.first == 0 ? (w_.with_axis ? 0 : 1) : first_after(first_);
  to_ = std::min(first_after(last_), w_.with_diagonal ? n + 1 : n);
  to_ = std::min(to_, most + 1);
  const auto last_ray =
      static_cast<std::int32_t>(std::min<std::int64_t>(last_, most * whole / spacing + 1));
  active_ = std::min(rays_, (last_ray - first_ + 1 + kLanes - 1) / kLanes * kLanes);
  low_ = row_at(n, first_) - 3;
  high_ = row_at(n, first_ + active_) + 5 + 2 * kLanes;
  high_ = std::min(high_, w_.rings + kTail);
  return true;
}

#include "sweep_rows.inl"

#include "sweep_rays.inl"

#include "sweep_targets.inl"

WedgeCount Sweep::run() {
  std::int32_t last = 0;
  low_ = -3;
  from_ = to_ = 0;
  high_ = 5 + 2 * kLanes;
  load_row(0);
  for (std::int32_t n = 1; n <= w_.rings; ++n) {
    if (!set_range(n)) break;
    load_row(n);
    if (n > 1) {
      bound_column();
      pass_rays(n - 2);
      if ((n - 1) % kBlock == 0) close_block();
      if ((n - 1) % kKept == 0) hand_over(n - 1);
    }
    bound_patches();
    if (n == 1) first_rise_ = rise_[0];
    if (w_.height != nullptr) {
      judge_all(n);
    } else {
      judge(n);
    }
    if (level_ > 0 && n > 1 && (n - 1) % kBlock == 0 && wants_rays(n)) refine();
    last = n;
  }
  last_block_ = true;
  close_block();
  if (last > 0) hand_over(last);
  return count_;
}

WedgeCount run(const Wedge& wedge, Scratch& scratch) {
  return Sweep(wedge, scratch).run();
}

Kernels make_kernels(const char* name) {
  return {.name = name, .run = run, .sees = sees, .least_height = least_height};
}

}  // namespace
}  // namespace abatis::sight_detail
