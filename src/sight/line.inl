// One line of sight, followed exactly: every patch of the surface that it passes over, in double
// precision, in the same order of operations on every instruction set. Included by sweep.inl only,
// inside an anonymous namespace.
//
// Along the line, at x rings from the observer, with u = j / n: the surface, fallen by
// k (1 + u^2) x^2, against the straight line to the target. Between two crossings of grid lines the
// bilinear surface is a parabola in x.

constexpr double kLowest = -1e30;  // below every slope
constexpr int kStrips = 8;  // strips between two rings that are looked at side by side

struct Line {
  const float* surface;
  std::ptrdiff_t major, minor;
  std::int32_t n, j, above;
  double eye;
  double inverse;  // 1 / n
  double u;
  double curve;    // k (1 + u^2)
  double target;   // the target over the eye, fallen, m
  double rise;     // of the line, m a ring
};

Line line_to(const Wedge& wedge, std::int32_t n, std::int32_t j) {
  const double rings = n;
  const double across = j;
  Line line{.surface = wedge.surface,
            .major = wedge.major,
            .minor = wedge.minor,
            .n = n,
            .j = j,
            .above = wedge.above,
            .eye = wedge.eye};
  line.inverse = 1.0 / rings;
  line.u = across / rings;
  line.curve = wedge.curve * (1.0 + line.u * line.u);
  const double foot = static_cast<double>(wedge.foot[n * wedge.major + j * wedge.minor]);
  line.target = foot + wedge.target_height - wedge.eye -
                wedge.curve * (rings * rings + across * across);
  line.rise = line.target / rings;
  return line;
}

// The pieces of the line in strips [first, first + kStrips), each strip two of them: to where it
// crosses a row of cells inside the strip (to its end when it crosses none), and on to its end.
struct Strips {
  double x0[kStrips];                              // ring at which the strip begins
  double before[kStrips];                          // length of the first piece, rings
  double z0[kStrips], z1[kStrips], z2[kStrips];    // surface at the three places, over the eye, m
  double twist1[kStrips], twist2[kStrips];         // z00 + z11 - z01 - z10 of the patch of each
  double crosses[kStrips];                         // 1 when there is a second piece, else 0
};

double pick_first(bool first, double a, double b) {
  return first ? a : b;
}

Strips strips_of(const Line& line, std::int32_t first) {
  Strips out;
  const double n = line.n;
  const double j = line.j;
  double fraction[kStrips];
  double next[kStrips];
  std::int32_t row[kStrips];
  std::int32_t carried[kStrips];  // 1 where the line reaches the next row of cells
  for (int k = 0; k < kStrips; ++k) {
    const std::int32_t at = first + k < line.n ? first + k : line.n - 1;
    const double y = static_cast<double>(at) * j;  // in n-ths of a cell: exact
    auto q = static_cast<std::int32_t>(y * line.inverse);
    double rest = y - static_cast<double>(q) * n;
    q -= rest < 0 ? 1 : 0;
    rest += rest < 0 ? n : 0;
    q += rest >= n ? 1 : 0;
    rest -= rest >= n ? n : 0;
    double on = rest + j;
    carried[k] = on >= n ? 1 : 0;
    on -= on >= n ? n : 0;
    row[k] = q;
    fraction[k] = rest * line.inverse;
    next[k] = on * line.inverse;
    out.x0[k] = at;
    out.crosses[k] = carried[k] != 0 && on > 0 ? 1.0 : 0.0;
  }
  for (int k = 0; k < kStrips; ++k) {
    const std::int32_t q = row[k];
    const std::ptrdiff_t here = static_cast<std::ptrdiff_t>(out.x0[k]) * line.major;
    const std::ptrdiff_t there = here + line.major;
    // A row beyond the raster is one that the line does not pass over.
    const std::int32_t q1 = q + 1 < line.above ? q + 1 : line.above;
    const std::int32_t q2 = q + 2 < line.above ? q + 2 : line.above;
    const auto at = [&](std::ptrdiff_t base, std::int32_t r) {
      return static_cast<double>(line.surface[base + r * line.minor]);
    };
    const double a0 = at(here, q), a1 = at(here, q1), a2 = at(here, q2);
    const double b0 = at(there, q), b1 = at(there, q1), b2 = at(there, q2);
    const double f = fraction[k];
    const double g = next[k];
    const bool crosses = out.crosses[k] != 0;
    const double begin = pick_first(f == 0, a0, a0 + f * (a1 - a0));
    const double low = pick_first(carried[k] != 0, b1, b0);
    const double high = pick_first(carried[k] != 0, b2, b1);
    const double end = pick_first(g == 0, low, low + g * (high - low));
    const double before = pick_first(crosses, (1.0 - f) / line.u, 1.0);
    const double middle = pick_first(crosses, a1 + before * (b1 - a1), end);
    out.before[k] = before;
    out.z0[k] = begin - line.eye;
    out.z1[k] = middle - line.eye;
    out.z2[k] = end - line.eye;
    out.twist1[k] = pick_first(line.j == 0, 0.0, a0 + b1 - a1 - b0);
    out.twist2[k] = pick_first(crosses, a1 + b2 - a2 - b1, 0.0);
  }
  return out;
}

// Whether a parabola that is `from` and `to` at the ends of [0, 1] and bends by `bend` t^2 falls
// below -kTouch between them, both ends being above it. Unknown ground (NaN) does.
bool dips(double from, double to, double bend) {
  const double slope = to - from - bend;
  const bool inside = bend > 0 && slope < 0 && slope + 2.0 * bend > 0;
  return !(bend == bend) || (inside && slope * slope > 4.0 * bend * (from + kTouch));
}

// Whether the surface rises above the line in strips [first, first + kStrips).
bool blocked(const Line& line, std::int32_t first) {
  const Strips strips = strips_of(line, first);
  bool any = false;
  for (int k = 0; k < kStrips; ++k) {
    const double x0 = strips.x0[k];
    const double t = strips.before[k];
    const double x1 = x0 + t;
    const double x2 = x0 + 1.0;
    const double g0 = line.rise * x0 - strips.z0[k] + line.curve * (x0 * x0);
    const double g1 = line.rise * x1 - strips.z1[k] + line.curve * (x1 * x1);
    const double g2 = line.rise * x2 - strips.z2[k] + line.curve * (x2 * x2);
    const double rest = 1.0 - t;
    const bool clear = g0 >= -kTouch && g1 >= -kTouch && g2 >= -kTouch;
    const bool first_dips = dips(g0, g1, (line.curve - strips.twist1[k] * line.u) * (t * t));
    const bool second_dips = dips(g1, g2, (line.curve - strips.twist2[k] * line.u) * (rest * rest));
    any = any || !clear || first_dips || (strips.crosses[k] != 0 && second_dips);
  }
  return any;
}

// Greatest slope from the eye to a parabola over rings [x0, x0 + length] that is z0 and z1 (over
// the eye, fallen) at its ends and bends by `bend` x^2. On it the slope is q0/x + q1 + q2 x.
double greatest_slope(double x0, double length, double z0, double z1, double bend) {
  const double slope = (z1 - z0) / length - bend * length;
  const double q2 = bend;
  const double q1 = slope - 2.0 * bend * x0;
  const double q0 = z0 - slope * x0 + bend * (x0 * x0);
  const double x1 = x0 + length;
  // At the eye itself the slope is that of the surface where the eye lies on it, else below all.
  const double at0 = x0 > 0 ? z0 / x0 : (z0 < 0 ? kLowest : q1);
  const double at1 = z1 / x1;
  const bool bulges = q0 < 0 && q2 < 0;
  const double product = bulges ? q0 * q2 : 1.0;
  const double top = std::sqrt(bulges ? q0 / q2 : 1.0);
  const bool inside = bulges && top > x0 && top < x1;
  double most = at0 > at1 ? at0 : at1;
  const double bulge = q1 - 2.0 * std::sqrt(product);
  most = inside && bulge > most ? bulge : most;
  return most;
}

// Greatest slope from the eye to the surface in strips [first, first + kStrips), m a ring; NaN
// where there is unknown ground.
double horizon(const Line& line, std::int32_t first) {
  const Strips strips = strips_of(line, first);
  double most = kLowest;
  bool unknown = false;
  for (int k = 0; k < kStrips; ++k) {
    const double x0 = strips.x0[k];
    const double t = strips.before[k];
    const double x1 = x0 + t;
    const double x2 = x0 + 1.0;
    const double z0 = strips.z0[k] - line.curve * (x0 * x0);
    const double z1 = strips.z1[k] - line.curve * (x1 * x1);
    const double z2 = strips.z2[k] - line.curve * (x2 * x2);
    const double bend1 = strips.twist1[k] * line.u - line.curve;
    const double bend2 = strips.twist2[k] * line.u - line.curve;
    const bool crosses = strips.crosses[k] != 0;
    const double a = greatest_slope(x0, t, z0, z1, bend1);
    const double b = greatest_slope(crosses ? x1 : x0, crosses ? 1.0 - t : 1.0, crosses ? z1 : z0,
                                    crosses ? z2 : z1, crosses ? bend2 : bend1);
    const double sum = z0 + z1 + z2 + bend1 + bend2;
    unknown = unknown || !(sum == sum);
    most = a > most ? a : most;
    most = b > most ? b : most;
  }
  return unknown ? std::numeric_limits<double>::quiet_NaN() : most;
}

// Least height above foot at which a target at the end of the line stands on the slope.
double height_at(const Wedge& wedge, const Line& line, double slope) {
  const double height = slope * static_cast<double>(line.n) - (line.target - wedge.target_height);
  return height > 0 ? height : 0.0 * height;  // NaN stays
}

bool sees(const Wedge& wedge, std::int32_t n, std::int32_t j) {
  const Line line = line_to(wedge, n, j);
  for (std::int32_t first = 0; first < n; first += kStrips) {
    if (blocked(line, first)) return false;
  }
  return true;
}

double least_height(const Wedge& wedge, std::int32_t n, std::int32_t j) {
  const Line line = line_to(wedge, n, j);
  double most = kLowest;
  for (std::int32_t first = 0; first < n; first += kStrips) {
    const double slope = horizon(line, first);
    if (!(slope == slope)) return slope;
    most = slope > most ? slope : most;
  }
  return height_at(wedge, line, most);
}
