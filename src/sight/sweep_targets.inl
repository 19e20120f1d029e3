// Targets: decided by the bounds, or by following their lines, and counted. Included by sweep.inl
// only, inside an anonymous namespace.

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
