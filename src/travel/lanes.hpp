#pragma once
// Eight doubles, by the instruction set this file is compiled for. Included by tile_kernel.inl
// only, inside an anonymous namespace: nothing of it may be shared between instruction sets.

#if defined(__AVX512F__)
struct Lanes {
  __m512d v;
  static Lanes load(const double* p) { return {_mm512_loadu_pd(p)}; }
  static Lanes all(double x) { return {_mm512_set1_pd(x)}; }
  static Lanes floats(const float* p) { return {_mm512_cvtps_pd(_mm256_loadu_ps(p))}; }
  void store(double* p) const { _mm512_storeu_pd(p, v); }
  friend Lanes operator+(Lanes a, Lanes b) { return {_mm512_add_pd(a.v, b.v)}; }
  friend Lanes operator*(Lanes a, Lanes b) { return {_mm512_mul_pd(a.v, b.v)}; }
  friend Lanes operator/(Lanes a, Lanes b) { return {_mm512_div_pd(a.v, b.v)}; }
};
Lanes least(Lanes a, Lanes b) {
  return {_mm512_min_pd(a.v, b.v)};
}
unsigned below(Lanes a, Lanes b) {
  return _mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ);
}
Lanes pick(unsigned mask, Lanes yes, Lanes no) {
  return {_mm512_mask_blend_pd(static_cast<__mmask8>(mask), no.v, yes.v)};
}
// Eight lanes that begin one before, or one after, those of `here`.
Lanes one_back(Lanes before, Lanes here) {
  return {_mm512_castsi512_pd(
      _mm512_alignr_epi64(_mm512_castpd_si512(here.v), _mm512_castpd_si512(before.v), 7))};
}
Lanes one_on(Lanes here, Lanes after) {
  return {_mm512_castsi512_pd(
      _mm512_alignr_epi64(_mm512_castpd_si512(after.v), _mm512_castpd_si512(here.v), 1))};
}
void transpose_block(const double* from, int from_stride, double* to, int to_stride) {
  __m512d a[8];
  __m512d b[8];
  for (int i = 0; i < 8; ++i) a[i] = _mm512_loadu_pd(from + i * from_stride);
  for (int i = 0; i < 8; i += 2) {
    b[i] = _mm512_unpacklo_pd(a[i], a[i + 1]);
    b[i + 1] = _mm512_unpackhi_pd(a[i], a[i + 1]);
  }
  for (int i = 0; i < 2; ++i) {  // even columns, odd columns
    const __m512d p = _mm512_shuffle_f64x2(b[i], b[i + 2], 0x88);
    const __m512d q = _mm512_shuffle_f64x2(b[i], b[i + 2], 0xdd);
    const __m512d r = _mm512_shuffle_f64x2(b[i + 4], b[i + 6], 0x88);
    const __m512d s = _mm512_shuffle_f64x2(b[i + 4], b[i + 6], 0xdd);
    _mm512_storeu_pd(to + (i + 0) * to_stride, _mm512_shuffle_f64x2(p, r, 0x88));
    _mm512_storeu_pd(to + (i + 4) * to_stride, _mm512_shuffle_f64x2(p, r, 0xdd));
    _mm512_storeu_pd(to + (i + 2) * to_stride, _mm512_shuffle_f64x2(q, s, 0x88));
    _mm512_storeu_pd(to + (i + 6) * to_stride, _mm512_shuffle_f64x2(q, s, 0xdd));
  }
}
#elif defined(__AVX2__)
struct Lanes {
  __m256d a, b;
  static Lanes load(const double* p) { return {_mm256_loadu_pd(p), _mm256_loadu_pd(p + 4)}; }
  static Lanes all(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
  static Lanes floats(const float* p) {
    return {_mm256_cvtps_pd(_mm_loadu_ps(p)), _mm256_cvtps_pd(_mm_loadu_ps(p + 4))};
  }
  void store(double* p) const {
    _mm256_storeu_pd(p, a);
    _mm256_storeu_pd(p + 4, b);
  }
  friend Lanes operator+(Lanes x, Lanes y) {
    return {_mm256_add_pd(x.a, y.a), _mm256_add_pd(x.b, y.b)};
  }
  friend Lanes operator*(Lanes x, Lanes y) {
    return {_mm256_mul_pd(x.a, y.a), _mm256_mul_pd(x.b, y.b)};
  }
  friend Lanes operator/(Lanes x, Lanes y) {
    return {_mm256_div_pd(x.a, y.a), _mm256_div_pd(x.b, y.b)};
  }
};
Lanes least(Lanes x, Lanes y) {
  return {_mm256_min_pd(x.a, y.a), _mm256_min_pd(x.b, y.b)};
}
unsigned below(Lanes x, Lanes y) {
  const int low = _mm256_movemask_pd(_mm256_cmp_pd(x.a, y.a, _CMP_LT_OQ));
  const int high = _mm256_movemask_pd(_mm256_cmp_pd(x.b, y.b, _CMP_LT_OQ));
  return static_cast<unsigned>(low) | (static_cast<unsigned>(high) << 4U);
}
Lanes pick(unsigned mask, Lanes yes, Lanes no) {
  const __m256i bits = _mm256_setr_epi64x(1, 2, 4, 8);
  const auto half = [&](unsigned m, __m256d y, __m256d n) {
    const __m256i set = _mm256_and_si256(_mm256_set1_epi64x(static_cast<long long>(m)), bits);
    return _mm256_blendv_pd(n, y, _mm256_castsi256_pd(_mm256_cmpeq_epi64(set, bits)));
  };
  return {half(mask, yes.a, no.a), half(mask >> 4U, yes.b, no.b)};
}
__m256d last_and_three(__m256d x, __m256d y) {  // x3 y0 y1 y2
  return _mm256_shuffle_pd(_mm256_permute2f128_pd(x, y, 0x21), y, 0x5);
}
__m256d three_and_first(__m256d x, __m256d y) {  // x1 x2 x3 y0
  return _mm256_shuffle_pd(x, _mm256_permute2f128_pd(x, y, 0x21), 0x5);
}
// Eight lanes that begin one before, or one after, those of `here`.
Lanes one_back(Lanes before, Lanes here) {
  return {last_and_three(before.b, here.a), last_and_three(here.a, here.b)};
}
Lanes one_on(Lanes here, Lanes after) {
  return {three_and_first(here.a, here.b), three_and_first(here.b, after.a)};
}
void transpose_block(const double* from, int from_stride, double* to, int to_stride) {
  for (int r = 0; r < 8; r += 4) {
    for (int c = 0; c < 8; c += 4) {
      const double* f = from + r * from_stride + c;
      const __m256d x0 = _mm256_loadu_pd(f);
      const __m256d x1 = _mm256_loadu_pd(f + from_stride);
      const __m256d x2 = _mm256_loadu_pd(f + 2 * from_stride);
      const __m256d x3 = _mm256_loadu_pd(f + 3 * from_stride);
      const __m256d l0 = _mm256_unpacklo_pd(x0, x1);
      const __m256d h0 = _mm256_unpackhi_pd(x0, x1);
      const __m256d l1 = _mm256_unpacklo_pd(x2, x3);
      const __m256d h1 = _mm256_unpackhi_pd(x2, x3);
      double* t = to + c * to_stride + r;
      _mm256_storeu_pd(t, _mm256_permute2f128_pd(l0, l1, 0x20));
      _mm256_storeu_pd(t + to_stride, _mm256_permute2f128_pd(h0, h1, 0x20));
      _mm256_storeu_pd(t + 2 * to_stride, _mm256_permute2f128_pd(l0, l1, 0x31));
      _mm256_storeu_pd(t + 3 * to_stride, _mm256_permute2f128_pd(h0, h1, 0x31));
    }
  }
}
#else
struct Lanes {
  double v[8];
  static Lanes load(const double* p) {
    Lanes out;
    for (int i = 0; i < 8; ++i) out.v[i] = p[i];
    return out;
  }
  static Lanes all(double x) {
    Lanes out;
    for (double& y : out.v) y = x;
    return out;
  }
  static Lanes floats(const float* p) {
    Lanes out;
    for (int i = 0; i < 8; ++i) out.v[i] = static_cast<double>(p[i]);
    return out;
  }
  void store(double* p) const {
    for (int i = 0; i < 8; ++i) p[i] = v[i];
  }
  friend Lanes operator+(Lanes a, const Lanes& b) {
    for (int i = 0; i < 8; ++i) a.v[i] += b.v[i];
    return a;
  }
  friend Lanes operator*(Lanes a, const Lanes& b) {
    for (int i = 0; i < 8; ++i) a.v[i] *= b.v[i];
    return a;
  }
  friend Lanes operator/(Lanes a, const Lanes& b) {
    for (int i = 0; i < 8; ++i) a.v[i] /= b.v[i];
    return a;
  }
};
Lanes least(Lanes a, const Lanes& b) {
  for (int i = 0; i < 8; ++i) a.v[i] = a.v[i] < b.v[i] ? a.v[i] : b.v[i];
  return a;
}
unsigned below(const Lanes& a, const Lanes& b) {
  unsigned mask = 0;
  for (unsigned i = 0; i < 8; ++i) mask |= static_cast<unsigned>(a.v[i] < b.v[i]) << i;
  return mask;
}
Lanes pick(unsigned mask, Lanes yes, const Lanes& no) {
  for (unsigned i = 0; i < 8; ++i) yes.v[i] = ((mask >> i) & 1U) != 0 ? yes.v[i] : no.v[i];
  return yes;
}
// Eight lanes that begin one before, or one after, those of `here`.
Lanes one_back(const Lanes& before, const Lanes& here) {
  Lanes out;
  out.v[0] = before.v[7];
  for (int i = 1; i < 8; ++i) out.v[i] = here.v[i - 1];
  return out;
}
Lanes one_on(const Lanes& here, const Lanes& after) {
  Lanes out;
  for (int i = 0; i < 7; ++i) out.v[i] = here.v[i + 1];
  out.v[7] = after.v[0];
  return out;
}
void transpose_block(const double* from, int from_stride, double* to, int to_stride) {
  for (int r = 0; r < 8; ++r) {
    for (int c = 0; c < 8; ++c) to[c * to_stride + r] = from[r * from_stride + c];
  }
}
#endif
