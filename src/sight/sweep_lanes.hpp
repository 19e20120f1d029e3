#pragma once
// Floats and integers side by side, by the instruction set this file is compiled for. Included by
// sweep.inl only, inside an anonymous namespace: nothing of it may be shared between instruction
// sets. `add_product` may round once or twice; only bounds use it, which allow for both.

#if defined(__AVX512F__)
constexpr int kLanes = 16;
struct Mask {
  __mmask16 m;
  unsigned bits() const { return m; }
};
struct Ints {
  __m512i v;
  static Ints all(int x) { return {_mm512_set1_epi32(x)}; }
  static Ints steps(int step) {
    return {
        _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                           _mm512_set1_epi32(step))};
  }
  int first() const { return _mm512_cvtsi512_si32(v); }
  void store(std::int32_t* p) const { _mm512_storeu_si512(p, v); }
  friend Ints operator+(Ints a, Ints b) { return {_mm512_add_epi32(a.v, b.v)}; }
  friend Ints operator-(Ints a, Ints b) { return {_mm512_sub_epi32(a.v, b.v)}; }
  friend Ints operator*(Ints a, Ints b) { return {_mm512_mullo_epi32(a.v, b.v)}; }
  friend Ints operator&(Ints a, Ints b) { return {_mm512_and_si512(a.v, b.v)}; }
  Ints shifted_down(int by) const { return {_mm512_srl_epi32(v, _mm_cvtsi32_si128(by))}; }
};
struct Floats {
  __m512 v;
  static Floats load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static Floats all(float x) { return {_mm512_set1_ps(x)}; }
  static Floats of(Ints a) { return {_mm512_cvtepi32_ps(a.v)}; }
  static Floats gather(const float* p, Ints at) { return {_mm512_i32gather_ps(at.v, p, 4)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  Ints cut() const { return {_mm512_cvttps_epi32(v)}; }
  // The lane of this vector that each index names.
  Floats at(Ints index) const { return {_mm512_permutexvar_ps(index.v, v)}; }
  friend Floats operator+(Floats a, Floats b) { return {_mm512_add_ps(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {_mm512_sub_ps(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {_mm512_mul_ps(a.v, b.v)}; }
};
Floats add_product(Floats sum, Floats a, Floats b) {
  return {_mm512_fmadd_ps(a.v, b.v, sum.v)};
}
Floats most(Floats a, Floats b) {
  return {_mm512_max_ps(a.v, b.v)};
}
Floats size_of(Floats a) {
  return {_mm512_abs_ps(a.v)};
}
Ints within(Ints a, int low, int high) {
  return {_mm512_min_epi32(_mm512_max_epi32(a.v, _mm512_set1_epi32(low)), _mm512_set1_epi32(high))};
}
Mask below(Floats a, Floats b) {
  return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)};
}
Mask below(Ints a, Ints b) {
  return {_mm512_cmplt_epi32_mask(a.v, b.v)};
}
// a + b where the mask is set.
Ints add_where(Mask where, Ints a, Ints b) {
  return {_mm512_mask_add_epi32(a.v, where.m, a.v, b.v)};
}
Mask operator&(Mask a, Mask b) {
  return {static_cast<__mmask16>(a.m & b.m)};
}
Mask operator|(Mask a, Mask b) {
  return {static_cast<__mmask16>(a.m | b.m)};
}
Floats least(Floats a, Floats b) {
  return {_mm512_min_ps(a.v, b.v)};
}
float least_lane(Floats a) {
  return _mm512_reduce_min_ps(a.v);
}
Floats pick(Mask where, Floats yes, Floats no) {
  return {_mm512_mask_blend_ps(where.m, no.v, yes.v)};
}
// p[at], the first lane's the least place that matters. Gathers are slow where processors keep them
// from leaking what other programs read: rows of 16 are looked up instead while all are within 96
// of the first, up to 95 past which p is read.
struct Ascending {
  __m512i offset;
  __mmask16 second, third, beyond;
  int first;
  explicit Ascending(Ints at)
      : offset(_mm512_sub_epi32(at.v, _mm512_set1_epi32(at.first()))),
        second(_mm512_cmpge_epi32_mask(offset, _mm512_set1_epi32(32))),
        third(_mm512_cmpge_epi32_mask(offset, _mm512_set1_epi32(64))),
        beyond(_mm512_cmpge_epi32_mask(offset, _mm512_set1_epi32(96))),
        first(at.first()) {}
  Floats of(const float* p) const {
    p += first;
    if (beyond != 0) return Floats::gather(p, {offset});
    const auto pair = [&](int k) {
      return _mm512_permutex2var_ps(_mm512_loadu_ps(p + k), offset, _mm512_loadu_ps(p + k + 16));
    };
    __m512 found = _mm512_mask_blend_ps(second, pair(0), pair(32));
    if (third != 0) found = _mm512_mask_blend_ps(third, found, pair(64));
    return {found};
  }
};
// Number k of row r of a square of sixteen rows becomes number r of row k; steps from row to row.
void turn(const float* from, std::ptrdiff_t step, float* to, std::ptrdiff_t to_step) {
  __m512 a[16], b[16];
  for (int r = 0; r < 16; ++r) a[r] = _mm512_loadu_ps(from + r * step);
  for (int r = 0; r < 16; r += 2) {
    b[r] = _mm512_unpacklo_ps(a[r], a[r + 1]);
    b[r + 1] = _mm512_unpackhi_ps(a[r], a[r + 1]);
  }
  const auto low = [](__m512 x, __m512 y) {
    return _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(x), _mm512_castps_pd(y)));
  };
  const auto high = [](__m512 x, __m512 y) {
    return _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(x), _mm512_castps_pd(y)));
  };
  for (int r = 0; r < 16; r += 4) {
    a[r] = low(b[r], b[r + 2]);
    a[r + 1] = high(b[r], b[r + 2]);
    a[r + 2] = low(b[r + 1], b[r + 3]);
    a[r + 3] = high(b[r + 1], b[r + 3]);
  }
  // Quarter k of a[r + c] is numbers r to r + 3 of row 4 k + c.
  for (int c = 0; c < 4; ++c) {
    const __m512 even = _mm512_shuffle_f32x4(a[c], a[c + 4], 0x88);
    const __m512 odd = _mm512_shuffle_f32x4(a[c], a[c + 4], 0xdd);
    const __m512 more_even = _mm512_shuffle_f32x4(a[c + 8], a[c + 12], 0x88);
    const __m512 more_odd = _mm512_shuffle_f32x4(a[c + 8], a[c + 12], 0xdd);
    _mm512_storeu_ps(to + c * to_step, _mm512_shuffle_f32x4(even, more_even, 0x88));
    _mm512_storeu_ps(to + (c + 4) * to_step, _mm512_shuffle_f32x4(odd, more_odd, 0x88));
    _mm512_storeu_ps(to + (c + 8) * to_step, _mm512_shuffle_f32x4(even, more_even, 0xdd));
    _mm512_storeu_ps(to + (c + 12) * to_step, _mm512_shuffle_f32x4(odd, more_odd, 0xdd));
  }
}
// Sixteen words of sixteen bits.
struct Words {
  __m256i v;
  static Words load(const std::uint16_t* p) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
  }
  // The last word first.
  Words reversed() const {
    const __m256i swap = _mm256_setr_epi8(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1, 14,
                                          15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
    return {_mm256_permute4x64_epi64(_mm256_shuffle_epi8(v, swap), 0x4e)};
  }
  // Bit k of each word.
  unsigned bit(int k) const {
    return _mm256_test_epi16_mask(v, _mm256_set1_epi16(static_cast<short>(1U << k)));
  }
};
// p[k] += 1 for each bit k.
void add_ones(std::uint16_t* p, unsigned bits) {
  const auto mask = static_cast<__mmask16>(bits);
  const __m256i old = _mm256_maskz_loadu_epi16(mask, p);
  _mm256_mask_storeu_epi16(p, mask, _mm256_add_epi16(old, _mm256_set1_epi16(1)));
}
#elif defined(__AVX2__)
constexpr int kLanes = 8;
struct Mask {
  __m256i m;
  unsigned bits() const {
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(m)));
  }
};
struct Ints {
  __m256i v;
  static Ints all(int x) { return {_mm256_set1_epi32(x)}; }
  static Ints steps(int step) {
    return {_mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(step))};
  }
  int first() const { return _mm_cvtsi128_si32(_mm256_castsi256_si128(v)); }
  void store(std::int32_t* p) const { _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v); }
  friend Ints operator+(Ints a, Ints b) { return {_mm256_add_epi32(a.v, b.v)}; }
  friend Ints operator-(Ints a, Ints b) { return {_mm256_sub_epi32(a.v, b.v)}; }
  friend Ints operator*(Ints a, Ints b) { return {_mm256_mullo_epi32(a.v, b.v)}; }
  friend Ints operator&(Ints a, Ints b) { return {_mm256_and_si256(a.v, b.v)}; }
  Ints shifted_down(int by) const { return {_mm256_srl_epi32(v, _mm_cvtsi32_si128(by))}; }
};
struct Floats {
  __m256 v;
  static Floats load(const float* p) { return {_mm256_loadu_ps(p)}; }
  static Floats all(float x) { return {_mm256_set1_ps(x)}; }
  static Floats of(Ints a) { return {_mm256_cvtepi32_ps(a.v)}; }
  static Floats gather(const float* p, Ints at) { return {_mm256_i32gather_ps(p, at.v, 4)}; }
  void store(float* p) const { _mm256_storeu_ps(p, v); }
  Ints cut() const { return {_mm256_cvttps_epi32(v)}; }
  // The lane of this vector that each index names.
  Floats at(Ints index) const { return {_mm256_permutevar8x32_ps(v, index.v)}; }
  friend Floats operator+(Floats a, Floats b) { return {_mm256_add_ps(a.v, b.v)}; }
  friend Floats operator-(Floats a, Floats b) { return {_mm256_sub_ps(a.v, b.v)}; }
  friend Floats operator*(Floats a, Floats b) { return {_mm256_mul_ps(a.v, b.v)}; }
};
Floats add_product(Floats sum, Floats a, Floats b) {
  return {_mm256_fmadd_ps(a.v, b.v, sum.v)};
}
Floats most(Floats a, Floats b) {
  return {_mm256_max_ps(a.v, b.v)};
}
Floats size_of(Floats a) {
  return {_mm256_andnot_ps(_mm256_set1_ps(-0.0F), a.v)};
}
Ints within(Ints a, int low, int high) {
  return {_mm256_min_epi32(_mm256_max_epi32(a.v, _mm256_set1_epi32(low)), _mm256_set1_epi32(high))};
}
Mask below(Floats a, Floats b) {
  return {_mm256_castps_si256(_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ))};
}
Mask below(Ints a, Ints b) {
  return {_mm256_cmpgt_epi32(b.v, a.v)};
}
// a + b where the mask is set.
Ints add_where(Mask where, Ints a, Ints b) {
  return {_mm256_add_epi32(a.v, _mm256_and_si256(where.m, b.v))};
}
Mask operator&(Mask a, Mask b) {
  return {_mm256_and_si256(a.m, b.m)};
}
Mask operator|(Mask a, Mask b) {
  return {_mm256_or_si256(a.m, b.m)};
}
Floats least(Floats a, Floats b) {
  return {_mm256_min_ps(a.v, b.v)};
}
float least_lane(Floats a) {
  const __m128 four = _mm_min_ps(_mm256_castps256_ps128(a.v), _mm256_extractf128_ps(a.v, 1));
  const __m128 two = _mm_min_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_min_ss(two, _mm_shuffle_ps(two, two, 1)));
}
Floats pick(Mask where, Floats yes, Floats no) {
  return {_mm256_blendv_ps(no.v, yes.v, _mm256_castsi256_ps(where.m))};
}
#else
constexpr int kLanes = 8;
struct Mask {
  bool m[kLanes];
  unsigned bits() const {
    unsigned all = 0;
    for (unsigned i = 0; i < kLanes; ++i) all |= static_cast<unsigned>(m[i]) << i;
    return all;
  }
};
struct Ints {
  std::int32_t v[kLanes];
  static Ints all(int x) {
    Ints out;
    for (std::int32_t& y : out.v) y = x;
    return out;
  }
  static Ints steps(int step) {
    Ints out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = i * step;
    return out;
  }
  int first() const { return v[0]; }
  void store(std::int32_t* p) const {
    for (int i = 0; i < kLanes; ++i) p[i] = v[i];
  }
  // Products may pass 2^31 and come back by subtraction: the arithmetic is that of unsigned.
  template <class Operation>
  static Ints each(const Ints& a, const Ints& b, Operation operation) {
    Ints out;
    for (int i = 0; i < kLanes; ++i) {
      out.v[i] = static_cast<std::int32_t>(
          operation(static_cast<std::uint32_t>(a.v[i]), static_cast<std::uint32_t>(b.v[i])));
    }
    return out;
  }
  friend Ints operator+(const Ints& a, const Ints& b) {
    return each(a, b, [](std::uint32_t x, std::uint32_t y) { return x + y; });
  }
  friend Ints operator-(const Ints& a, const Ints& b) {
    return each(a, b, [](std::uint32_t x, std::uint32_t y) { return x - y; });
  }
  friend Ints operator*(const Ints& a, const Ints& b) {
    return each(a, b, [](std::uint32_t x, std::uint32_t y) { return x * y; });
  }
  friend Ints operator&(const Ints& a, const Ints& b) {
    return each(a, b, [](std::uint32_t x, std::uint32_t y) { return x & y; });
  }
  Ints shifted_down(int by) const {
    return each(*this, all(by), [](std::uint32_t x, std::uint32_t y) { return x >> y; });
  }
};
struct Floats {
  float v[kLanes];
  static Floats load(const float* p) {
    Floats out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = p[i];
    return out;
  }
  static Floats all(float x) {
    Floats out;
    for (float& y : out.v) y = x;
    return out;
  }
  static Floats of(const Ints& a) {
    Floats out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = static_cast<float>(a.v[i]);
    return out;
  }
  static Floats gather(const float* p, const Ints& at) {
    Floats out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = p[at.v[i]];
    return out;
  }
  void store(float* p) const {
    for (int i = 0; i < kLanes; ++i) p[i] = v[i];
  }
  Ints cut() const {
    Ints out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = static_cast<std::int32_t>(v[i]);
    return out;
  }
  // The lane of this vector that each index names.
  Floats at(const Ints& index) const {
    Floats out;
    for (int i = 0; i < kLanes; ++i) out.v[i] = v[index.v[i] & (kLanes - 1)];
    return out;
  }
  friend Floats operator+(Floats a, const Floats& b) {
    for (int i = 0; i < kLanes; ++i) a.v[i] += b.v[i];
    return a;
  }
  friend Floats operator-(Floats a, const Floats& b) {
    for (int i = 0; i < kLanes; ++i) a.v[i] -= b.v[i];
    return a;
  }
  friend Floats operator*(Floats a, const Floats& b) {
    for (int i = 0; i < kLanes; ++i) a.v[i] *= b.v[i];
    return a;
  }
};
Floats add_product(const Floats& sum, const Floats& a, const Floats& b) {
  return sum + a * b;
}
Floats most(Floats a, const Floats& b) {
  for (int i = 0; i < kLanes; ++i) a.v[i] = a.v[i] > b.v[i] ? a.v[i] : b.v[i];
  return a;
}
Floats size_of(Floats a) {
  for (float& x : a.v) x = x < 0 ? -x : x;
  return a;
}
Ints within(Ints a, int low, int high) {
  for (std::int32_t& x : a.v) x = x < low ? low : x > high ? high : x;
  return a;
}
Mask below(const Floats& a, const Floats& b) {
  Mask out;
  for (int i = 0; i < kLanes; ++i) out.m[i] = a.v[i] < b.v[i];
  return out;
}
Mask below(const Ints& a, const Ints& b) {
  Mask out;
  for (int i = 0; i < kLanes; ++i) out.m[i] = a.v[i] < b.v[i];
  return out;
}
// a + b where the mask is set.
Ints add_where(const Mask& where, Ints a, const Ints& b) {
  for (int i = 0; i < kLanes; ++i) a.v[i] += where.m[i] ? b.v[i] : 0;
  return a;
}
Mask operator&(Mask a, const Mask& b) {
  for (int i = 0; i < kLanes; ++i) a.m[i] = a.m[i] && b.m[i];
  return a;
}
Mask operator|(Mask a, const Mask& b) {
  for (int i = 0; i < kLanes; ++i) a.m[i] = a.m[i] || b.m[i];
  return a;
}
Floats least(Floats a, const Floats& b) {
  for (int i = 0; i < kLanes; ++i) a.v[i] = a.v[i] < b.v[i] ? a.v[i] : b.v[i];
  return a;
}
float least_lane(const Floats& a) {
  float least = a.v[0];
  for (const float x : a.v) least = x < least ? x : least;
  return least;
}
Floats pick(const Mask& where, Floats yes, const Floats& no) {
  for (int i = 0; i < kLanes; ++i) yes.v[i] = where.m[i] ? yes.v[i] : no.v[i];
  return yes;
}
#endif

#if !defined(__AVX512F__)
#if defined(__AVX2__)
// p[at], the first lane's the least place that matters: as above, by rows of 8 within 48.
struct Ascending {
  __m256i offset;
  int first;
  explicit Ascending(Ints at)
      : offset(_mm256_sub_epi32(at.v, _mm256_set1_epi32(at.first()))), first(at.first()) {}
  __m256 from(int row) const {  // lanes from this row of p on
    return _mm256_castsi256_ps(_mm256_cmpgt_epi32(offset, _mm256_set1_epi32(row - 1)));
  }
  Floats of(const float* p) const {
    p += first;
    if (_mm256_movemask_ps(from(48)) != 0) return Floats::gather(p, {offset});
    __m256 found = _mm256_permutevar8x32_ps(_mm256_loadu_ps(p), offset);
    for (int row = 8; row < 48; row += 8) {
      const __m256 lanes = from(row);
      if (_mm256_movemask_ps(lanes) == 0) break;
      const __m256 here = _mm256_permutevar8x32_ps(_mm256_loadu_ps(p + row), offset);
      found = _mm256_blendv_ps(found, here, lanes);
    }
    return {found};
  }
};
#else
// p[at].
struct Ascending {
  Ints at;
  explicit Ascending(const Ints& places) : at(places) {}
  Floats of(const float* p) const { return Floats::gather(p, at); }
};
#endif
// Number k of row r of a square of sixteen rows becomes number r of row k; steps from row to row.
void turn(const float* from, std::ptrdiff_t step, float* to, std::ptrdiff_t to_step) {
  for (int r = 0; r < 16; ++r) {
    for (int k = 0; k < 16; ++k) to[k * to_step + r] = from[r * step + k];
  }
}
// Sixteen words of sixteen bits.
struct Words {
  std::uint16_t v[16];
  static Words load(const std::uint16_t* p) {
    Words out;
    for (int i = 0; i < 16; ++i) out.v[i] = p[i];
    return out;
  }
  // The last word first.
  Words reversed() const {
    Words out;
    for (int i = 0; i < 16; ++i) out.v[i] = v[15 - i];
    return out;
  }
  // Bit k of each word.
  unsigned bit(int k) const {
    unsigned all = 0;
    for (unsigned i = 0; i < 16; ++i) all |= ((static_cast<unsigned>(v[i]) >> k) & 1U) << i;
    return all;
  }
};
// p[k] += 1 for each bit k.
void add_ones(std::uint16_t* p, unsigned bits) {
  for (; bits != 0; bits &= bits - 1) p[__builtin_ctz(bits)] += 1;
}
#endif

// Sixteen bits, the last first.
unsigned reversed(unsigned bits) {
  bits = ((bits >> 1U) & 0x5555U) | ((bits & 0x5555U) << 1U);
  bits = ((bits >> 2U) & 0x3333U) | ((bits & 0x3333U) << 2U);
  bits = ((bits >> 4U) & 0x0f0fU) | ((bits & 0x0f0fU) << 4U);
  return ((bits >> 8U) & 0x00ffU) | ((bits & 0x00ffU) << 8U);
}
