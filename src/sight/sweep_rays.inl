// The bounds of the horizon along the rays. Included by sweep.inl only, inside an anonymous
// namespace.

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

void Sweep::note_least_lower() {
  // For heights the bounds of blocks must be close: there nothing is passed over.
  for (std::int32_t b = 0; b < active_ && w_.height == nullptr; b += kLanes) {
    // So far under that a target on the least bound itself is clear of what is passed over.
    float lowest = least_lane(least(Floats::load(lower_ + b), Floats::load(lower_end_ + b)));
    if (b > 0) lowest = std::min({lowest, lower_[b - 1], lower_end_[b - 1]});
    least_lower_[b / kLanes] = lowest - 4 * kRounding * (std::abs(lowest) + 0.01F);
  }
}
