#pragma once
// Eight doubles side by side, by the instruction set this file is compiled for. Included by
// sweep.inl only, inside an anonymous namespace: nothing of it may be shared between instruction
// sets. Each operation rounds once, so that all give the same bits.

#if defined(__AVX512F__)
struct Where {
  __mmask8 m;
  bool any() const { return m != 0; }
  friend Where operator&(Where a, Where b) { return {static_cast<__mmask8>(a.m & b.m)}; }
  friend Where operator|(Where a, Where b) { return {static_cast<__mmask8>(a.m | b.m)}; }
};
struct Doubles {
  __m512d v;
  static Doubles all(double x) { return {_mm512_set1_pd(x)}; }
  static Doubles steps() { return {_mm512_setr_pd(0, 1, 2, 3, 4, 5, 6, 7)}; }
  // Floats at places of an array: whole numbers held in doubles.
  static Doubles gather(const float* p, Doubles at) {
    alignas(32) std::int32_t places[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(places), _mm512_cvttpd_epi32(at.v));
    return {
        _mm512_cvtps_pd(_mm256_setr_ps(p[places[0]], p[places[1]], p[places[2]], p[places[3]],
                                       p[places[4]], p[places[5]], p[places[6]], p[places[7]]))};
  }
  void store(double* p) const { _mm512_storeu_pd(p, v); }
  Doubles cut() const { return {_mm512_roundscale_pd(v, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC)}; }
  friend Doubles operator+(Doubles a, Doubles b) { return {_mm512_add_pd(a.v, b.v)}; }
  friend Doubles operator-(Doubles a, Doubles b) { return {_mm512_sub_pd(a.v, b.v)}; }
  friend Doubles operator*(Doubles a, Doubles b) { return {_mm512_mul_pd(a.v, b.v)}; }
  friend Doubles operator/(Doubles a, Doubles b) { return {_mm512_div_pd(a.v, b.v)}; }
  friend Where operator<(Doubles a, Doubles b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)};
  }
  friend Where operator<=(Doubles a, Doubles b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)};
  }
};
Where is_unknown(Doubles a) {
  return {_mm512_cmp_pd_mask(a.v, a.v, _CMP_UNORD_Q)};
}
Doubles pick(Where where, Doubles yes, Doubles no) {
  return {_mm512_mask_blend_pd(where.m, no.v, yes.v)};
}
Doubles root(Doubles a) {
  return {_mm512_sqrt_pd(a.v)};
}
#elif defined(__AVX2__)
struct Where {
  __m256d a, b;
  bool any() const { return _mm256_movemask_pd(_mm256_or_pd(a, b)) != 0; }
  friend Where operator&(Where x, Where y) {
    return {_mm256_and_pd(x.a, y.a), _mm256_and_pd(x.b, y.b)};
  }
  friend Where operator|(Where x, Where y) {
    return {_mm256_or_pd(x.a, y.a), _mm256_or_pd(x.b, y.b)};
  }
};
struct Doubles {
  __m256d a, b;
  static Doubles all(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
  static Doubles steps() { return {_mm256_setr_pd(0, 1, 2, 3), _mm256_setr_pd(4, 5, 6, 7)}; }
  static Doubles gather(const float* p, Doubles at) {
    return {_mm256_cvtps_pd(_mm_i32gather_ps(p, _mm256_cvttpd_epi32(at.a), 4)),
            _mm256_cvtps_pd(_mm_i32gather_ps(p, _mm256_cvttpd_epi32(at.b), 4))};
  }
  void store(double* p) const {
    _mm256_storeu_pd(p, a);
    _mm256_storeu_pd(p + 4, b);
  }
  Doubles cut() const {
    return {_mm256_round_pd(a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC),
            _mm256_round_pd(b, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC)};
  }
  friend Doubles operator+(Doubles x, Doubles y) {
    return {_mm256_add_pd(x.a, y.a), _mm256_add_pd(x.b, y.b)};
  }
  friend Doubles operator-(Doubles x, Doubles y) {
    return {_mm256_sub_pd(x.a, y.a), _mm256_sub_pd(x.b, y.b)};
  }
  friend Doubles operator*(Doubles x, Doubles y) {
    return {_mm256_mul_pd(x.a, y.a), _mm256_mul_pd(x.b, y.b)};
  }
  friend Doubles operator/(Doubles x, Doubles y) {
    return {_mm256_div_pd(x.a, y.a), _mm256_div_pd(x.b, y.b)};
  }
  friend Where operator<(Doubles x, Doubles y) {
    return {_mm256_cmp_pd(x.a, y.a, _CMP_LT_OQ), _mm256_cmp_pd(x.b, y.b, _CMP_LT_OQ)};
  }
  friend Where operator<=(Doubles x, Doubles y) {
    return {_mm256_cmp_pd(x.a, y.a, _CMP_LE_OQ), _mm256_cmp_pd(x.b, y.b, _CMP_LE_OQ)};
  }
};
Where is_unknown(Doubles x) {
  return {_mm256_cmp_pd(x.a, x.a, _CMP_UNORD_Q), _mm256_cmp_pd(x.b, x.b, _CMP_UNORD_Q)};
}
Doubles pick(Where where, Doubles yes, Doubles no) {
  return {_mm256_blendv_pd(no.a, yes.a, where.a), _mm256_blendv_pd(no.b, yes.b, where.b)};
}
Doubles root(Doubles x) {
  return {_mm256_sqrt_pd(x.a), _mm256_sqrt_pd(x.b)};
}
#else
struct Where {
  bool m[8];
  bool any() const {
    bool found = false;
    for (const bool x : m) found = found || x;
    return found;
  }
  friend Where operator&(Where a, const Where& b) {
    for (int i = 0; i < 8; ++i) a.m[i] = a.m[i] && b.m[i];
    return a;
  }
  friend Where operator|(Where a, const Where& b) {
    for (int i = 0; i < 8; ++i) a.m[i] = a.m[i] || b.m[i];
    return a;
  }
};
struct Doubles {
  double v[8];
  static Doubles all(double x) {
    Doubles out;
    for (double& y : out.v) y = x;
    return out;
  }
  static Doubles steps() { return {{0, 1, 2, 3, 4, 5, 6, 7}}; }
  static Doubles gather(const float* p, const Doubles& at) {
    Doubles out;
    for (int i = 0; i < 8; ++i) {
      out.v[i] = static_cast<double>(p[static_cast<std::ptrdiff_t>(at.v[i])]);
    }
    return out;
  }
  void store(double* p) const {
    for (int i = 0; i < 8; ++i) p[i] = v[i];
  }
  Doubles cut() const {
    Doubles out;
    for (int i = 0; i < 8; ++i) out.v[i] = static_cast<double>(static_cast<std::int64_t>(v[i]));
    return out;
  }
  friend Doubles operator+(Doubles a, const Doubles& b) {
    for (int i = 0; i < 8; ++i) a.v[i] += b.v[i];
    return a;
  }
  friend Doubles operator-(Doubles a, const Doubles& b) {
    for (int i = 0; i < 8; ++i) a.v[i] -= b.v[i];
    return a;
  }
  friend Doubles operator*(Doubles a, const Doubles& b) {
    for (int i = 0; i < 8; ++i) a.v[i] *= b.v[i];
    return a;
  }
  friend Doubles operator/(Doubles a, const Doubles& b) {
    for (int i = 0; i < 8; ++i) a.v[i] /= b.v[i];
    return a;
  }
  friend Where operator<(const Doubles& a, const Doubles& b) {
    Where out;
    for (int i = 0; i < 8; ++i) out.m[i] = a.v[i] < b.v[i];
    return out;
  }
  friend Where operator<=(const Doubles& a, const Doubles& b) {
    Where out;
    for (int i = 0; i < 8; ++i) out.m[i] = a.v[i] <= b.v[i];
    return out;
  }
};
Where is_unknown(const Doubles& a) {
  Where out;
  for (int i = 0; i < 8; ++i) out.m[i] = a.v[i] != a.v[i];
  return out;
}
Doubles pick(const Where& where, Doubles yes, const Doubles& no) {
  for (int i = 0; i < 8; ++i) yes.v[i] = where.m[i] ? yes.v[i] : no.v[i];
  return yes;
}
Doubles root(Doubles a) {
  for (double& x : a.v) x = std::sqrt(x);
  return a;
}
#endif
