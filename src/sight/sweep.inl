// The sweep over one wedge, compiled once for each instruction set (sweep_*.cpp). Everything lies
// in an anonymous namespace, so that no two instruction sets share a function.
//
// Slopes are metres of height over the eye, fallen by curvature, for each ring of distance. Of
// every ray three figures are kept: an upper bound of the horizon so far (for directions between
// two rays the line between their bounds is one), the same for the current block of rings, and a
// lower bound for directions up to half way to its neighbours. docs/model/sight.md proves them.

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

// Takes in every ray half way between two, after a block has closed: a chord holds at its middle,
// and what is a lower bound half way from either ray is one around the middle if it is the lesser.
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

// Heights of ring n, from row of cells `first` to before `end`, where memory runs along the major
// axis: sixteen rings are read at once, as a row of memory holds them.
const float* Sweep::turned(std::int32_t n, std::int32_t first, std::int32_t end) {
  const std::int32_t ring = n & -16;
  if (ring != tile_ring_) {
    tile_ring_ = ring;
    tile_end_ = first & -16;
  }
  const std::ptrdiff_t step = tile_step_;
  for (; tile_end_ < end; tile_end_ += 16) {
    float* to = tile_ + tile_end_;
    const float* from = w_.surface + ring * w_.major + tile_end_ * w_.minor;
    if (ring + 15 <= w_.rings && tile_end_ >= -w_.below && tile_end_ + 15 <= w_.above) {
      w_.major > 0 ? turn(from, w_.minor, to, step)
                   : turn(from - 15, w_.minor, to + 15 * step, -step);
      continue;
    }
    const std::int32_t rings = std::min(w_.rings - ring, 15);
    for (std::int32_t r = std::max(0, -w_.below - tile_end_);
         r < 16 && tile_end_ + r <= w_.above; ++r) {
      for (std::int32_t k = 0; k <= rings; ++k) {
        to[k * step + r] = from[k * w_.major + r * w_.minor];
      }
    }
  }
  return tile_ + (n - ring) * step;
}

void Sweep::load_row(std::int32_t n) {
  std::swap(z_[0], z_[1]);
  std::rotate(s_, s_ + 1, s_ + 3);
  float* z = z_[1];
  const std::int32_t first = std::max(low_, -w_.below);
  const std::int32_t end = std::min(high_, w_.above + 1);
  const float* from = w_.surface + n * w_.major;
  const auto near = static_cast<float>(w_.eye);
  const auto rest = static_cast<float>(w_.eye - static_cast<double>(near));
  const auto over_eye = [&](float height) {
    return height == height ? (height - near) - rest : kUnknown;
  };
  if (w_.minor == 1) {
    for (std::int32_t q = first; q < end; ++q) z[q] = over_eye(from[q]);
  } else if (w_.minor == -1) {
    for (std::int32_t q = first; q < end; ++q) z[q] = over_eye(from[-q]);
  } else {
    const float* ring = turned(n, first, end);
    for (std::int32_t q = first; q < end; ++q) z[q] = over_eye(ring[q]);
  }
  // Beyond the raster no line leads to a target: any height does.
  for (std::int32_t q = low_; q < first; ++q) z[q] = z[first];
  for (std::int32_t q = end; q < high_; ++q) z[q] = z[end - 1];
  const float inverse = n > 0 ? 1.0F / static_cast<float>(n) : 0.0F;
  const auto fall = static_cast<float>(w_.curve);
  const float straight = fall * static_cast<float>(n);
  const float across = fall * inverse;
  float* s = s_[2];
  for (std::int32_t q = low_; q < high_; ++q) {
    const auto y = static_cast<float>(q);
    s[q] = z[q] * inverse - (straight + across * (y * y));
  }
  note_size();
  const float above = static_cast<float>(w_.target_height) * inverse;
  if (w_.foot == w_.surface) {
    for (std::int32_t q = from_; q < to_; ++q) target_[q] = s[q] + above;
    return;
  }
  const float* foot = w_.foot + n * w_.major;
  for (std::int32_t q = from_; q < to_; ++q) {
    const auto y = static_cast<float>(q);
    target_[q] = over_eye(foot[q * w_.minor]) * inverse - (straight + across * (y * y)) + above;
  }
}

float most_of(float a, float b) {
  return a > b ? a : b;
}

// The greatest slope either way of the ring just loaded: what roundings are a share of. Floats of
// one sign are in the order of their bits.
void Sweep::note_size() {
  std::rotate(size_, size_ + 1, size_ + 3);
  const float *z = z_[1], *s = s_[2];
  std::int32_t most = 0;
  for (std::int32_t q = low_; q < high_; ++q) {
    const std::int32_t bits = std::bit_cast<std::int32_t>(s[q]) & 0x7fffffff;
    const std::int32_t known = z[q] < 0.5F * kUnknown ? bits : 0;
    most = known > most ? known : most;
  }
  size_[2] = std::bit_cast<float>(most);
}

// By how much the surface of each patch between the two latest rings bends down along a line,
// for each unit of its slope u.
void Sweep::bound_patches() {
  const float *z0 = z_[0], *z1 = z_[1];
  float* rise = rise_;
  for (std::int32_t q = low_; q < high_ - 1; ++q) {
    const float top = most_of(most_of(z0[q], z0[q + 1]), most_of(z1[q], z1[q + 1]));
    const float twist = (z0[q + 1] - z0[q]) + (z1[q] - z1[q + 1]);
    rise[q] = top > 0.5F * kUnknown ? kUnknown : most_of(0.0F, twist);
  }
}

// For the column of cells before the latest: how far the height at q stands out over those beside,
// both differences taken together.
void Sweep::bound_column() {
  const float* z = z_[0];
  float* kink = kink_;
  const std::int32_t end = std::min(high_ - 3, w_.rings + kTail - 4);
  for (std::int32_t q = low_ + 1; q < end; ++q) {
    kink[q] = (z[q] - z[q - 1]) + (z[q] - z[q + 1]);
  }
}

// Takes every ray over the strip from column i of cells to column i + 1, both included.
void Sweep::pass_rays(std::int32_t i) {
  const float *s0 = s_[0], *s1 = s_[1];
  float *upper = upper_, *highest = here_, *beside_ray = beside_;
  float *lower = lower_, *lower_end = lower_end_;
  const double rays =
      static_cast<double>(std::int64_t{1} << w_.shift) / static_cast<double>(step_);
  const double whole_row = static_cast<double>(std::int64_t{1} << w_.shift);
  const float inverse = 1.0F / static_cast<float>(std::max(i, 1));
  const auto bend = static_cast<float>(4.0 * w_.curve) + 1e-6F;
  const float blur =
      kRounding * (most_of(size_[0], size_[1]) + bend * static_cast<float>(i + 1)) + bend * inverse;
  float above = blur;
  if (i == 0) {
    // Over the first strip slopes fall to minus infinity at the eye, the higher it is the sooner.
    const auto over = static_cast<float>(w_.eye - static_cast<double>(*w_.surface));
    above += most_of(0.0F, first_rise_ + bend - over);
  }
  const float under = blur + static_cast<float>(4.0 * kTouch) * inverse;
  const Ints fraction_bits = Ints::all((1 << w_.shift) - 1);
  const Floats unit = Floats::all(static_cast<float>(1.0 / whole_row));
  const Floats ring = Floats::all(static_cast<float>(i));
  const Floats none = Floats::all(0.0F), whole = Floats::all(1.0F);
  const Floats per_width = Floats::all(static_cast<float>(rays / (i + 1)));  // bins a row
  const Floats known = Floats::all(static_cast<float>(8 * kMaxHeight));
  const Floats kink = Floats::all(static_cast<float>(1.0 / rays));
  const Floats quarter = Floats::all(0.25F * inverse);
  const Floats blur_above = Floats::all(above), blur_under = Floats::all(under);
  // Places along column i and slopes, in parts of a row of cells. Those of rays past the diagonal
  // may pass 2^31; nothing depends on them.
  const auto part = [](std::int64_t x) { return static_cast<std::int32_t>(x); };
  const std::int64_t step = step_;
  Ints ray = Ints::steps(step_) + Ints::all(part(step * first_));
  Ints y = ray * Ints::all(i);
  const Ints y_step = Ints::all(part(step * i * kLanes));
  const Ints ray_step = Ints::all(part(step * kLanes));
  const Ints spacing = Ints::all(part(step * (i + 1)));
  const Ints one = Ints::all(1);
  // Of the last ray of a vector at column i + 1.
  auto last_y = static_cast<std::uint32_t>(step * (first_ + kLanes - 1) * (i + 1));
  const auto last_step = static_cast<std::uint32_t>(step * kLanes * (i + 1));
  for (std::int32_t b = 0; b < active_; b += kLanes) {
    const Ints row = y.shifted_down(w_.shift);
    const std::int32_t base = row.first();
    // Cells that are all below the horizon of all these rays raise neither it nor anything else:
    // those from the row of the first at column i to the one past the last at column i + 1.
    const float horizon_here = least_lower_[b / kLanes];
    const auto last_row = static_cast<std::int32_t>(last_y >> w_.shift);
    const unsigned around = (4U << (last_row - base)) - 1U;
    last_y += last_step;
    const Floats cells = most(Floats::load(s0 + base), Floats::load(s1 + base));
    if ((below(Floats::all(horizon_here - above), cells).bits() & around) == 0) {
      most(Floats::all(horizon_here), Floats::load(highest + b)).store(highest + b);
      Floats::all(horizon_here).store(beside_ray + b);
      y = y + y_step;
      ray = ray + ray_step;
      continue;
    }
    const Ints next_y = y + ray;
    const Ints next_row = next_y.shifted_down(w_.shift);
    const Ints at = row - Ints::all(base);
    const Ints next = next_row - Ints::all(base);
    const Mask crosses = below(row, next_row);
    const Floats f = Floats::of(y & fraction_bits) * unit;
    const Floats g = Floats::of(next_y & fraction_bits) * unit;
    const Floats left = whole - f;
    const Floats here = Floats::load(s0 + base);
    const Floats low = here.at(at), high = here.at(at + one);
    const Floats begin = i > 0 ? add_product(low, f, high - low) : Floats::all(kNone);
    const Floats there = Floats::load(s1 + base);
    const Floats corner = there.at(next);
    const Floats end = add_product(corner, g, there.at(next + one) - corner);
    // Along the row of cells slopes are linear in u: g i / q of the way from ring i + 1 back.
    const Floats share = g * ring * Floats::load(reciprocal_ + base).at(next);
    const Floats crossing = add_product(corner, share, high - corner);
    const Floats middle = pick(crosses, crossing, end);
    const Floats rise = Floats::load(rise_ + base);
    const Floats first_bulge =
        rise.at(at) * least(Floats::of(ray) * unit, left) - size_of(begin - middle) * ring;
    const Floats second_bulge =
        pick(crosses, rise.at(next) * g - size_of(middle - end) * ring, none);
    const Floats bulge = most(none, most(first_bulge, second_bulge));
    const Floats top = add_product(most(most(begin, end), middle), bulge, quarter);
    // A cell of column i + 1 between this ray and a neighbour stands out over their chord.
    const Floats kinks = Floats::load(kink_ + base);
    const Floats low_kink = kinks.at(next), high_kink = kinks.at(next + one);
    const Floats low_part = least(g * per_width, whole);
    const Floats high_part = least((whole - g) * per_width, whole);
    const Floats high_share = high_part * (whole - high_part);
    const Floats low_peak = most(low_kink, none) * (low_part * (whole - low_part));
    const Floats high_peak = most(high_kink, none) * high_share;
    const Floats beside = add_product(end + blur_above, most(low_peak, high_peak), kink);
    beside.store(beside_ray + b);
    const Floats bound = most(top + blur_above, beside);
    most(bound, Floats::load(upper + b)).store(upper + b);
    most(bound, Floats::load(highest + b)).store(highest + b);
    // The same column up to the next ray is above its chord less what a cell there lies below it.
    const Ints after_y = next_y + spacing;
    const Ints after = after_y.shifted_down(w_.shift) - Ints::all(base);
    const Floats after_f = Floats::of(after_y & fraction_bits) * unit;
    const Floats after_corner = there.at(after);
    const Floats after_rise = there.at(after + one) - after_corner;
    const Floats after_end = add_product(after_corner, after_f, after_rise);
    const Floats valley = most(none - high_kink, none);
    const Floats falls = add_product(blur_under, valley * high_share, kink);
    const Floats first_lower = end - falls, last_lower = after_end - falls;
    const Floats old_first = Floats::load(lower + b), old_last = Floats::load(lower_end + b);
    const Mask higher = below(old_first + old_last, first_lower + last_lower);
    const Mask better = higher & below(valley, known);
    pick(better, first_lower, old_first).store(lower + b);
    pick(better, last_lower, old_last).store(lower_end + b);
    y = y + y_step;
    ray = ray + ray_step;
  }
}

// Decides the targets of ring n by the bounds; the others are kept for settle().
void Sweep::judge(std::int32_t n) {
  const float inverse = 1.0F / static_cast<float>(n);
  const Floats inverse_n = Floats::all(inverse);
  const std::int32_t spacing = n * step_;  // of rays, in parts of a row of cells
  const Ints n_all = Ints::all(spacing);
  const Floats inverse_spacing = Floats::all(1.0F / static_cast<float>(spacing));
  const Ints none = Ints::all(0);
  const Floats none_f = Floats::all(0.0F);
  const Ints one = Ints::all(1);
  const Ints first_ray = Ints::all(first_);
  const Floats slack = Floats::all(kRounding);
  const Floats least_slack =
      Floats::all(kRounding * static_cast<float>(4.0 * w_.curve) * static_cast<float>(n) +
                  static_cast<float>(4.0 * kTouch) * inverse);
  const Floats bend = Floats::all((static_cast<float>(4.0 * w_.curve) + 1e-6F) * inverse);
  const Floats before = Floats::all(static_cast<float>(n - 1) * inverse);
  const Floats far_up = Floats::all(0.4F * kUnknown * inverse);
  const float* s = s_[2];
  found_from_ = std::min(found_from_, from_);
  found_to_ = std::max(found_to_, to_);
  // Of each target the last ray not past it, and by how many parts of a row it is past that.
  const Ints scaled = (Ints::steps(1) + Ints::all(from_ & -kLanes)) * Ints::all(1 << w_.shift);
  Ints ray = (Floats::of(scaled) * inverse_spacing).cut();
  Ints rest = scaled - ray * n_all;
  const Mask under = below(rest, none);
  ray = add_where(under, ray, Ints::all(-1)) - first_ray;
  rest = add_where(under, rest, n_all);
  const auto settle_rest = [&] {
    const Mask over = below(n_all - one, rest);
    ray = add_where(over, ray, one);
    rest = add_where(over, rest, none - n_all);
  };
  settle_rest();
  const std::int64_t stride = std::int64_t{kLanes} << w_.shift;
  const Ints more_rays = Ints::all(static_cast<std::int32_t>(stride / spacing));
  const Ints more_rest = Ints::all(static_cast<std::int32_t>(stride % spacing));
  const auto advance = [&] {
    ray = ray + more_rays;
    rest = rest + more_rest;
    settle_rest();
  };
  for (std::int32_t j = from_ & -kLanes; j < to_; j += kLanes, advance()) {
    const int left = to_ - j;
    unsigned lanes = left >= kLanes ? (1U << kLanes) - 1U : (1U << left) - 1U;
    if (j < from_) lanes &= ~0U << (from_ - j);
    const Ascending at(within(ray, 0, rays_ - 2));  // of lanes that are no targets
    const Floats f = Floats::of(rest) * inverse_spacing;
    const Floats lower_first = at.of(lower_);
    const Floats lower =
        add_product(lower_first, f, at.of(lower_end_) - lower_first);
    const Floats target = Floats::load(target_ + j);
    const Floats ground = Floats::load(s + j);
    const Floats low_blur = add_product(least_slack, slack, most(size_of(target), size_of(lower)));
    const Floats over_ground = target - ground;
    const Mask too_high = below(far_up, ground) | below(far_up, target);
    const unsigned known = lanes & ~too_high.bits();
    const unsigned hidden =
        (below(target + low_blur, lower) | below(over_ground + low_blur, none_f)).bits();
    count_.targets += __builtin_popcount(known);
    if ((known & ~hidden) == 0) continue;
    const Floats u0 = at.of(upper_);
    const Floats u1 = at.of(upper_ + 1);
    const Floats upper = add_product(u0, f, u1 - u0);
    const Floats blur =
        add_product(least_slack, slack, most(size_of(target), most(size_of(u0), size_of(u1))));
    const Floats slope = Floats::of(Ints::steps(1) + Ints::all(j)) * inverse_n;
    const Floats bulge = add_product(bend, slope * Floats::load(rise_ + j - 1), inverse_n);
    // Over the last patch the line begins `clear` above the surface and ends over the ground: it
    // is above a surface that bends down by no more than the two together.
    const Floats clear = target - (upper + blur);
    const unsigned seen = known & below(none_f, clear).bits() &
                          below(bulge + blur, add_product(over_ground, clear, before)).bits() &
                          below(blur, over_ground).bits();
    mark(n, j, seen);
    for (unsigned m = known & ~seen & ~hidden; m != 0; m &= m - 1) {
      scratch_.undecided.push_back({n, j + __builtin_ctz(m), kNone});
    }
  }
}

// A lower bound of the horizon before target j of ring n, while that ring is the latest.
float Sweep::lower_bound(std::int32_t n, std::int32_t j) const {
  const std::int64_t spacing = static_cast<std::int64_t>(n) * step_;
  const std::int64_t parts = static_cast<std::int64_t>(j) << w_.shift;
  const std::int64_t ray = parts / spacing - first_;
  const float f = static_cast<float>(parts % spacing) / static_cast<float>(spacing);
  return lower_[ray] + f * (lower_end_[ray] - lower_[ray]);
}

// Where the height is asked for every target is settled.
void Sweep::judge_all(std::int32_t n) {
  const float unknown = 0.4F * kUnknown / static_cast<float>(n);
  for (std::int32_t j = from_; j < to_; ++j) {
    if (s_[2][j] > unknown || target_[j] > unknown) continue;
    ++count_.targets;
    scratch_.undecided.push_back({n, j, lower_bound(n, j)});
  }
}

// Counts the targets found in the rings up to `last` since the last call. Memory runs along the
// minor axis in half of the octants; in the others 16 rings side by side are one piece of it.
void Sweep::hand_over(std::int32_t last) {
  const std::int32_t first = (last - 1) / kKept * kKept + 1;
  for (std::int32_t j = found_from_ & -16; j < found_to_; j += 16) {
    std::uint16_t* words = found_ + j;
    if (w_.minor == 1 || w_.minor == -1) {
      for (std::int32_t n = first; n <= last; ++n) {
        const unsigned bits = words[n - first];
        if (bits == 0) continue;
        add_ones(w_.seen + (w_.minor == 1 ? place(n, j) : place(n, j + 15)),
                 w_.minor == 1 ? bits : reversed(bits));
      }
    } else {
      const bool ahead = w_.major == 1;
      const Words rings = ahead ? Words::load(words) : Words::load(words).reversed();
      for (int k = 0; k < 16; ++k) {
        const unsigned bits = rings.bit(k);
        if (bits != 0) add_ones(w_.seen + place(ahead ? first : first + 15, j + k), bits);
      }
    }
    std::fill(words, words + 16, std::uint16_t{0});
  }
  found_from_ = w_.rings;
  found_to_ = 0;
}

// The greatest slope of the block's rings, by groups of rays; then its targets.
void Sweep::close_block() {
  const std::int32_t groups = (last_ - first_) / kGroup;
  float* to = scratch_.blocks.data() + block_;
  for (std::int32_t g = 0; g < groups && g * kGroup < active_; g += kLanes / kGroup) {
    const float* ray = here_ + g * kGroup;
    const Floats pairs = most(Floats::load(ray), Floats::load(ray + 1));
    const Floats next_pairs = most(Floats::load(ray + 2), Floats::load(ray + 3));
    float greatest_of[kLanes];
    most(most(pairs, next_pairs), Floats::load(ray + 4)).store(greatest_of);
    const std::int32_t end = std::min(groups, g + kLanes / kGroup);
    // Groups are kept by the rays of the last rings.
    for (std::int32_t k = g << level_; k < end << level_; ++k) {
      to[static_cast<std::ptrdiff_t>(k) * block_stride_] =
          greatest_of[((k >> level_) - g) * kGroup];
    }
  }
  // Strips of the next block begin where this one ends.
  std::copy(beside_, beside_ + rays_, here_);
  note_least_lower();
  for (const Undecided target : scratch_.undecided) {
    if (w_.height != nullptr) {
      settle_height(target);
    } else {
      settle(target);
    }
  }
  const auto undecided = static_cast<std::int64_t>(scratch_.undecided.size());
  count_.undecided += undecided;
  open_ = undecided * kOpenShare > count_.targets - targets_before_;
  targets_before_ = count_.targets;
  scratch_.undecided.clear();
  ++block_;
}

void Sweep::note_least_lower() {
  // For heights the bounds of blocks must be close: there nothing is passed over.
  for (std::int32_t b = 0; b < active_ && w_.height == nullptr; b += kLanes) {
    // So far under that a target on the least bound itself is clear of what is passed over.
    float lowest = least_lane(least(Floats::load(lower_ + b), Floats::load(lower_end_ + b)));
    if (b > 0) lowest = std::min({lowest, lower_[b - 1], lower_end_[b - 1]});
    least_lower_[b / kLanes] = lowest - 4 * kRounding * (std::abs(lowest) + 0.01F);
  }
}

// Calls visit(first ring of strips) for the blocks of rings that may rise above `slope()` on the
// way to a target, from its own to the observer's; `slope` may rise meanwhile. Stops when told so.
template <class Slope, class Visit>
void Sweep::visit_blocks(const Undecided& target, Slope slope, Visit visit) {
  const std::int32_t group =
      std::min(group_of(target.n, target.j), (w_.last - w_.first) / kGroup - 1);
  const float* blocks =
      scratch_.blocks.data() + static_cast<std::ptrdiff_t>(group) * block_stride_;
  const std::int32_t own = (target.n - 1) / kBlock;
  // At the rim of the reach the last strips before a target are not bounded any more.
  const bool rim = last_block_ || (group + 1) * kGroup >= active_ << level_;
  const auto least = [&] {
    const float at = slope();
    return at - kRounding * (std::abs(at) + 1e-3F);
  };
  for (std::int32_t base = own & -kLanes; base >= 0; base -= kLanes) {
    unsigned high = ~below(Floats::load(blocks + base), Floats::all(least())).bits();
    if (base + kLanes > own) {
      high &= (2U << (own - base)) - 1U;
      if (rim) high |= 1U << (own - base);
    }
    high &= (1U << kLanes) - 1U;
    while (high != 0) {
      const int lane = 31 - __builtin_clz(high);
      high ^= 1U << lane;
      const std::int32_t block = base + lane;
      if (blocks[block] < least() && !(rim && block == own)) continue;
      const std::int32_t end = std::min(target.n, (block + 1) * kBlock);
      for (std::int32_t first = block * kBlock; first < end; first += kStrips) {
        count_.strips += kStrips;
        if (!visit(first)) return;
      }
    }
  }
}

void Sweep::settle(const Undecided& target) {
  const Line line = line_to(w_, target.n, target.j);
  bool seen = true;
  visit_blocks(
      target, [slope = static_cast<float>(line.rise)] { return slope; },
      [&](std::int32_t first) {
        seen = !blocked(line, first);
        return seen;
      });
  if (seen) mark(target.n, target.j, 1);
}

void Sweep::settle_height(const Undecided& target) {
  const Line line = line_to(w_, target.n, target.j);
  // The surface at the target is one that rises above the line.
  const double ground = static_cast<double>(w_.surface[place(target.n, target.j)]);
  const double foot = static_cast<double>(w_.foot[place(target.n, target.j)]);
  double most = (line.target - w_.target_height + (ground - foot)) * line.inverse;
  visit_blocks(
      target, [&] { return std::max(static_cast<float>(most), target.lower); },
      [&](std::int32_t first) {
        const double reached = greatest(horizon(line, first));
        most = !(reached <= most) ? reached : most;
        return most == most;
      });
  if (!(most == most)) return;
  const auto height = static_cast<float>(height_at(w_, line, most));
  float& to = w_.height[place(target.n, target.j)];
  if (!(to <= height)) to = height;
}

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
