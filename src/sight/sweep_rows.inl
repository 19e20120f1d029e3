// What one ring of cells gives the sweep: heights, slopes and the figures that bounds are made of.
// Included by sweep.inl only, inside an anonymous namespace.

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
