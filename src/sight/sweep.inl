// The sweep over one wedge, compiled once for each instruction set (sweep_*.cpp). Everything lies
// in an anonymous namespace, so that no two instruction sets share a function.
//
// Slopes are metres of height over the eye, fallen by curvature, for each ring of distance. Of
// every ray three figures are kept: an upper bound of the horizon so far (for directions between
// two rays the line between their bounds is one), the same for the current block of rings, and a
// lower bound for directions up to half way to its neighbours. docs/model/sight.md proves them.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace abatis::sight_detail {
namespace {

#include "line_lanes.hpp"
#include "line.inl"
#include "sweep_lanes.hpp"

constexpr float kUnknown = 1e30F;  // height of unknown ground in the bounds
constexpr float kNone = -1e30F;
// What sixteen operations on floats lose at most, as a share of the greatest of them.
constexpr float kRounding = 1.0F / (1 << 20);

class Sweep {
 public:
  Sweep(const Wedge& wedge, Scratch& scratch);
  WedgeCount run();

 private:
  bool set_range(std::int32_t n);
  void load_row(std::int32_t n);
  void bound_patches(std::int32_t i);
  void bound_column(std::int32_t i);
  void pass_rays(std::int32_t i);
  void judge(std::int32_t n);
  void judge_all(std::int32_t n);
  void close_block();
  void settle(const Undecided& target);
  void settle_height(const Undecided& target);
  template <bool kOpensBlock>
  void pass_rays_of(std::int32_t i);
  template <class Slope, class Visit>
  void visit_blocks(const Undecided& target, Slope slope, Visit visit);
  std::int32_t group_of(std::int32_t n, std::int32_t j) const {
    return (static_cast<std::int32_t>((static_cast<std::int64_t>(j) << w_.log_rays) / n) -
            w_.first) /
           kGroup;
  }
  std::ptrdiff_t place(std::int32_t n, std::int32_t j) const {
    return n * w_.major + j * w_.minor;
  }
  // Index of the row of cells that ray b passes at ring n.
  std::int32_t row_at(std::int32_t n, std::int32_t b) const {
    return static_cast<std::int32_t>((static_cast<std::int64_t>(n) * b) >> w_.log_rays);
  }

  const Wedge& w_;
  Scratch& scratch_;
  WedgeCount count_;
  std::int32_t rays_ = 0;    // of the wedge, both ends counted, whole vectors
  std::int32_t active_ = 0;  // of them: those that may still lead to a target, whole vectors
  std::int32_t from_ = 0, to_ = 0;  // targets of the ring: from_ <= j < to_
  std::int32_t low_ = 0, high_ = 0;  // rows of cells that are loaded: low_ <= q < high_
  std::int32_t block_ = 0;
  std::int32_t block_stride_ = 0;
  // Rows of ring n and of the ring before it: heights over the eye, slopes, slopes of targets, what
  // patches between the rings add to the slopes at their edges.
  float *z_[2], *s_[2], *bulge_[2];
  float *t_, *more_, *less_, *reciprocal_;
  float *upper_, *here_, *fresh_, *lower_;
};

Sweep::Sweep(const Wedge& wedge, Scratch& scratch) : w_(wedge), scratch_(scratch) {
  rays_ = (w_.last - w_.first + 1 + 15) / 16 * 16 + 16;
  const auto row = static_cast<std::size_t>(w_.rings + kPad + kTail + 15) / 16 * 16;
  scratch_.rows.assign(row * 10, 0.0F);
  float* next = scratch_.rows.data();
  for (float** p : {&z_[0], &z_[1], &s_[0], &s_[1], &bulge_[0], &bulge_[1], &t_, &more_, &less_,
                    &reciprocal_}) {
    *p = next + kPad;
    next += row;
  }
  for (std::int32_t q = 0; q < static_cast<std::int32_t>(row) - kPad; ++q) {
    reciprocal_[q] = 1.0F / static_cast<float>(std::max(q, 1));
  }
  scratch_.rays.assign(static_cast<std::size_t>(rays_) * 4, kNone);
  upper_ = scratch_.rays.data();
  here_ = upper_ + rays_;
  fresh_ = here_ + rays_;
  lower_ = fresh_ + rays_;
  block_stride_ = (w_.rings / kBlock + 1 + 15) / 16 * 16;
  scratch_.blocks.assign(
      static_cast<std::size_t>((w_.last - w_.first) / kGroup + 1) *
          static_cast<std::size_t>(block_stride_),
      kNone);
  scratch_.undecided.clear();
}

// The targets of ring n and the rays around them; false when there will be none any more.
bool Sweep::set_range(std::int32_t n) {
  const double room = w_.reach2 - static_cast<double>(n) * n;
  if (room < 0) return false;
  auto most = static_cast<std::int32_t>(std::min(std::sqrt(room), static_cast<double>(n)));
  most = std::min(most, w_.above);
  const std::int64_t rays = std::int64_t{1} << w_.log_rays;
  if (static_cast<std::int64_t>(w_.first) * n > most * rays) return false;
  const auto first_after = [&](std::int32_t b) {  // least j whose slope is not before ray b
    return static_cast<std::int32_t>((static_cast<std::int64_t>(b) * n + rays - 1) >> w_.log_rays);
  };
  from_ = w_.first == 0 ? (w_.with_axis ? 0 : 1) : first_after(w_.first);
  to_ = w_.last == rays ? (w_.with_diagonal ? n + 1 : n) : first_after(w_.last);
  to_ = std::min(to_, most + 1);
  const auto last_ray = static_cast<std::int32_t>(std::min<std::int64_t>(
      w_.last, most * rays / n + 1));
  active_ = std::min(rays_, (last_ray - w_.first + 1 + kLanes - 1) / kLanes * kLanes);
  low_ = row_at(n, w_.first) - 3;
  high_ = row_at(n, w_.first + active_) + 5 + 2 * kLanes;
  high_ = std::min(high_, w_.rings + kTail);
  return true;
}

void Sweep::load_row(std::int32_t n) {
  std::swap(z_[0], z_[1]);
  std::swap(s_[0], s_[1]);
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
    for (std::int32_t q = first; q < end; ++q) z[q] = over_eye(from[q * w_.minor]);
  }
  // Beyond the raster no line leads to a target: any height does.
  for (std::int32_t q = low_; q < first; ++q) z[q] = z[first];
  for (std::int32_t q = end; q < high_; ++q) z[q] = z[end - 1];
  const float inverse = n > 0 ? 1.0F / static_cast<float>(n) : 0.0F;
  const auto fall = static_cast<float>(w_.curve);
  const float straight = fall * static_cast<float>(n);
  const float across = fall * inverse;
  float* s = s_[1];
  for (std::int32_t q = low_; q < high_; ++q) {
    const auto y = static_cast<float>(q);
    s[q] = z[q] * inverse - (straight + across * (y * y));
  }
  const float above = static_cast<float>(w_.target_height) * inverse;
  if (w_.foot == w_.surface) {
    for (std::int32_t q = from_; q < to_; ++q) t_[q] = s[q] + above;
    return;
  }
  const float* foot = w_.foot + n * w_.major;
  for (std::int32_t q = from_; q < to_; ++q) {
    const auto y = static_cast<float>(q);
    t_[q] = over_eye(foot[q * w_.minor]) * inverse - (straight + across * (y * y)) + above;
  }
}

float most_of(float a, float b) {
  return a > b ? a : b;
}

// How far the surface of each patch between rings i and i + 1 may rise above the slopes at its
// edges, as a slope, and what rounding adds.
void Sweep::bound_patches(std::int32_t i) {
  std::swap(bulge_[0], bulge_[1]);
  const float *z0 = z_[0], *z1 = z_[1], *s0 = s_[0], *s1 = s_[1];
  float* bulge = bulge_[1];
  const auto bend = static_cast<float>(4.0 * w_.curve) + 1e-6F;
  const float inverse = 1.0F / static_cast<float>(std::max(i, 1));
  const float extra = kRounding * bend * static_cast<float>(i + 1);
  for (std::int32_t q = low_; q < high_ - 1; ++q) {
    const float top = most_of(most_of(z0[q], z0[q + 1]), most_of(z1[q], z1[q + 1]));
    const float twist = (z0[q + 1] - z0[q]) + (z1[q] - z1[q + 1]);
    const float rise = top > 0.5F * kUnknown ? kUnknown : most_of(0.0F, twist);
    const float size = most_of(most_of(std::abs(s0[q]), std::abs(s0[q + 1])),
                               most_of(std::abs(s1[q]), std::abs(s1[q + 1])));
    const float steepest = most_of(static_cast<float>(q + 1), 0.0F) * inverse;
    const float u = steepest < 1.0F ? steepest : 1.0F;
    bulge[q] = (u * rise + bend) * (0.25F * inverse) + (size * kRounding + extra);
  }
  if (i > 0) return;
  // Over the first strip slopes fall to minus infinity at the eye, the higher it is the sooner.
  const auto over = static_cast<float>(w_.eye - static_cast<double>(*w_.surface));
  const float rise = most_of(0.0F, (z0[1] - z0[0]) + (z1[0] - z1[1]));
  const float top = most_of(most_of(z0[0], z0[1]), most_of(z1[0], z1[1]));
  const float size = most_of(most_of(std::abs(z0[0]), std::abs(z0[1])),
                             most_of(std::abs(z1[0]), std::abs(z1[1])));
  std::fill(bulge + low_, bulge + high_, 0.0F);
  bulge[0] = top > 0.5F * kUnknown ? kUnknown
                                   : most_of(0.0F, rise + bend - over) + size * kRounding + 1e-6F;
}

// For column i of cells: what to add to the slopes at rays so that the line between two rays is
// above the surface between them, and what to take off so that it is below.
void Sweep::bound_column(std::int32_t i) {
  const float *s = s_[0], *back = bulge_[0], *on = bulge_[1];
  const auto width = static_cast<float>(i) / static_cast<float>(std::int64_t{1} << w_.log_rays);
  const float kink = 0.25F * width;
  const float half = 0.5F * width;
  const float touch = static_cast<float>(4.0 * kTouch) / static_cast<float>(i) +
                      kRounding * static_cast<float>(4.0 * w_.curve) * static_cast<float>(i + 1);
  const std::int32_t end = std::min(high_ - 3, w_.rings + kTail - 4);
  for (std::int32_t q = low_ + 2; q < end; ++q) {
    const float d0 = s[q] - s[q - 1];
    const float d1 = s[q + 1] - s[q];
    const float d2 = s[q + 2] - s[q + 1];
    const float peak = most_of(0.0F, most_of(d0 - d1, d1 - d2));
    const float patches_back =
        most_of(most_of(back[q - 2], back[q - 1]), most_of(back[q], back[q + 1]));
    const float patches_on = most_of(most_of(on[q - 1], on[q]), most_of(on[q + 1], on[q + 2]));
    more_[q] = kink * peak + most_of(patches_back, patches_on);
    const float steep = most_of(std::abs(d0), most_of(std::abs(d1), std::abs(d2)));
    const float size = most_of(most_of(std::abs(s[q - 1]), std::abs(s[q])),
                               most_of(std::abs(s[q + 1]), std::abs(s[q + 2])));
    less_[q] = half * steep + size * kRounding + touch;
  }
}

// Takes every ray over column i of cells and over the row of cells that it may cross on its way to
// ring i + 1. The first column of a block belongs to the block before it, too: it bounds the
// surface between the two.
template <bool kOpensBlock>
void Sweep::pass_rays_of(std::int32_t i) {
  const float *s0 = s_[0], *s1 = s_[1];
  const std::int32_t mask = (1 << w_.log_rays) - 1;
  const Ints fraction_bits = Ints::all(mask);
  const Floats unit = Floats::all(1.0F / static_cast<float>(std::int64_t{1} << w_.log_rays));
  const Floats ring = Floats::all(static_cast<float>(i));
  Ints y = Ints::steps(i) + Ints::all(static_cast<std::int32_t>(
                                static_cast<std::uint32_t>(i) * static_cast<std::uint32_t>(w_.first)));
  Ints ray = Ints::steps(1) + Ints::all(w_.first);
  const Ints y_step = Ints::all(i * kLanes);
  const Ints ray_step = Ints::all(kLanes);
  const Ints one = Ints::all(1);
  for (std::int32_t b = 0; b < active_; b += kLanes) {
    const Ints row = y.shifted_down(w_.log_rays);
    const std::int32_t base = row.first();
    const Ints next_y = y + ray;
    const Ints next_row = next_y.shifted_down(w_.log_rays);
    const Ints at = row - Ints::all(base);
    const Ints after = at + one;
    const Floats f = Floats::of(y & fraction_bits) * unit;
    const Floats g = Floats::of(next_y & fraction_bits) * unit;
    const Floats here = Floats::load(s0 + base);
    const Floats a = here.at(at);
    const Floats z = here.at(after);
    const Floats column = add_product(a, f, z - a);
    // Along the row of cells slopes are linear in u: f_next i / j of the way from ring i + 1 back.
    const Floats corner = Floats::load(s1 + base).at(after);
    const Floats share = g * ring * Floats::load(reciprocal_ + base).at(after);
    const Floats crossing = add_product(corner, share, z - corner);
    const Floats seen = most_where(below(row, next_row), column, crossing);
    const Floats bound = seen + Floats::load(more_ + base).at(at);
    most(bound, Floats::load(upper_ + b)).store(upper_ + b);
    most(bound, Floats::load(here_ + b)).store(here_ + b);
    if constexpr (kOpensBlock) bound.store(fresh_ + b);
    most(column - Floats::load(less_ + base).at(at), Floats::load(lower_ + b)).store(lower_ + b);
    y = y + y_step;
    ray = ray + ray_step;
  }
}

void Sweep::pass_rays(std::int32_t i) {
  if (i % kBlock != 0) {
    pass_rays_of<false>(i);
    return;
  }
  pass_rays_of<true>(i);
  close_block();
  std::swap(here_, fresh_);
}

// Decides the targets of ring n by the bounds; the others are kept for settle().
void Sweep::judge(std::int32_t n) {
  const float inverse = 1.0F / static_cast<float>(n);
  const Floats inverse_n = Floats::all(inverse);
  const Ints rays_per_row = Ints::all(1 << w_.log_rays);
  const Ints n_all = Ints::all(n);
  const Ints none = Ints::all(0);
  const Ints one = Ints::all(1);
  const Ints first_ray = Ints::all(w_.first);
  const Floats slack = Floats::all(kRounding);
  const Floats least_slack =
      Floats::all(kRounding * static_cast<float>(4.0 * w_.curve) * static_cast<float>(n) +
                  static_cast<float>(4.0 * kTouch) * inverse);
  const float* s = s_[1];
  for (std::int32_t j = from_; j < to_; j += kLanes) {
    const Ints scaled = (Ints::steps(1) + Ints::all(j)) * rays_per_row;
    Ints ray = (Floats::of(scaled) * inverse_n).cut();
    Ints rest = scaled - ray * n_all;
    const Mask under = below(rest, none);
    ray = add_where(under, ray, Ints::all(-1));
    rest = add_where(under, rest, n_all);
    const Mask over = below(n_all - one, rest);
    ray = add_where(over, ray, one) - first_ray;
    rest = add_where(over, rest, Ints::all(-n));
    const int left = to_ - j;
    const unsigned lanes = left >= kLanes ? (1U << kLanes) - 1U : (1U << left) - 1U;
    ray = within(ray, 0, rays_ - 2);  // of lanes past the last target
    const Floats f = Floats::of(rest) * inverse_n;
    const Floats u0 = Floats::gather(upper_, ray);
    const Floats u1 = Floats::gather(upper_, ray + one);
    const Floats upper = add_product(u0, f, u1 - u0);
    const Ints nearest = add_where(below(Floats::all(0.5F), f), ray, one);
    const Floats lower = Floats::gather(lower_, nearest);
    const Floats target = Floats::load(t_ + j);
    const Floats ground = Floats::load(s + j);
    const Floats low_blur =
        add_product(least_slack, slack, most(size_of(target), size_of(lower)));
    const Floats blur = add_product(least_slack, slack,
                                    most(size_of(target), most(size_of(u0), size_of(u1))));
    const Floats over_ground = target - ground;
    const Floats bulge = most(Floats::load(bulge_[1] + j), Floats::load(bulge_[1] + j - 1));
    const unsigned unknown = (below(Floats::all(0.4F * kUnknown * inverse), ground).bits() |
                              below(Floats::all(0.4F * kUnknown * inverse), target).bits());
    const unsigned known = lanes & ~unknown;
    const unsigned seen = known & below(upper + blur, target).bits() &
                          below(bulge + blur, over_ground).bits();
    const unsigned hidden =
        below(target + low_blur, lower).bits() | below(over_ground + low_blur, Floats::all(0.0F)).bits();
    count_.targets += __builtin_popcount(known);
    for (unsigned m = seen; m != 0; m &= m - 1) {
      w_.seen[place(n, j + __builtin_ctz(m))] += 1;
    }
    for (unsigned m = known & ~seen & ~hidden; m != 0; m &= m - 1) {
      scratch_.undecided.push_back({n, j + __builtin_ctz(m)});
    }
  }
}

// Where the height is asked for every target is settled.
void Sweep::judge_all(std::int32_t n) {
  const float unknown = 0.4F * kUnknown / static_cast<float>(n);
  for (std::int32_t j = from_; j < to_; ++j) {
    if (s_[1][j] > unknown || t_[j] > unknown) continue;
    ++count_.targets;
    scratch_.undecided.push_back({n, j});
  }
}

// The greatest slope of the block's rings, by groups of rays; then its targets.
void Sweep::close_block() {
  const std::int32_t groups = (w_.last - w_.first) / kGroup;
  float* to = scratch_.blocks.data() + block_;
  for (std::int32_t g = 0; g < groups && g * kGroup < active_; ++g) {
    const float* ray = here_ + g * kGroup;
    to[static_cast<std::ptrdiff_t>(g) * block_stride_] =
        most_of(most_of(most_of(ray[0], ray[1]), most_of(ray[2], ray[3])), ray[4]);
  }
  for (const Undecided target : scratch_.undecided) {
    if (w_.height != nullptr) {
      settle_height(target);
    } else {
      settle(target);
    }
  }
  count_.undecided += static_cast<std::int64_t>(scratch_.undecided.size());
  scratch_.undecided.clear();
  ++block_;
}

// Calls visit(first ring of strips) for the blocks of rings that may rise above `slope()` on the
// way to a target: its own, the highest, then the others from the far end. Stops when told so.
template <class Slope, class Visit>
void Sweep::visit_blocks(const Undecided& target, Slope slope, Visit visit) {
  const std::int32_t group =
      std::min(group_of(target.n, target.j), (w_.last - w_.first) / kGroup - 1);
  const float* blocks =
      scratch_.blocks.data() + static_cast<std::ptrdiff_t>(group) * block_stride_;
  const std::int32_t own = (target.n - 1) / kBlock;
  const auto take = [&](std::int32_t block) {
    const std::int32_t end = std::min(target.n, (block + 1) * kBlock);
    for (std::int32_t first = block * kBlock; first < end; first += kStrips) {
      count_.strips += kStrips;
      if (!visit(first)) return false;
    }
    return true;
  };
  const auto may_rise = [&](std::int32_t block) {
    const float least = slope();
    return !(blocks[block] < least - kRounding * (std::abs(least) + 1e-3F));
  };
  if (!take(own)) return;
  const auto highest =
      static_cast<std::int32_t>(std::max_element(blocks, blocks + own) - blocks);
  if (highest < own && may_rise(highest) && !take(highest)) return;
  for (std::int32_t block = own - 1; block >= 0; --block) {
    if (block != highest && may_rise(block) && !take(block)) return;
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
  if (seen) w_.seen[place(target.n, target.j)] += 1;
}

void Sweep::settle_height(const Undecided& target) {
  const Line line = line_to(w_, target.n, target.j);
  double most = kLowest;
  visit_blocks(
      target, [&] { return static_cast<float>(most); },
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
  low_ = -3;
  from_ = to_ = 0;
  high_ = 5 + 2 * kLanes;
  load_row(0);
  for (std::int32_t n = 1; n <= w_.rings; ++n) {
    if (!set_range(n)) break;
    load_row(n);
    bound_patches(n - 1);
    if (n > 1) {
      bound_column(n - 1);
      pass_rays(n - 1);
    }
    if (w_.height != nullptr) {
      judge_all(n);
    } else {
      judge(n);
    }
  }
  close_block();
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
