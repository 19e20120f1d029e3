// One line of sight, followed exactly: every patch of the surface that it passes over, in double
// precision, in the same order of operations on every instruction set. Included by sweep.inl only,
// inside an anonymous namespace.
//
// Along the line, at x rings from the observer, with u = j / n: the surface, fallen by
// k (1 + u^2) x^2, against the straight line to the target. Between two crossings of grid lines the
// bilinear surface is a parabola in x.

constexpr double kLowest = -1e30;  // below every slope
constexpr int kStrips = 8;         // strips between two rings that are looked at side by side

struct Line {
  const float* surface;
  std::ptrdiff_t major, minor;
  std::int32_t n, j, above;
  double eye;
  double inverse;  // 1 / n
  double u;
  double steps;   // 1 / u, 0 along the axis
  double curve;   // k (1 + u^2)
  double target;  // the target over the eye, fallen, m
  double rise;    // of the line, m a ring
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
  line.steps = j > 0 ? rings / across : 0.0;
  line.curve = wedge.curve * (1.0 + line.u * line.u);
  const double foot = static_cast<double>(wedge.foot[n * wedge.major + j * wedge.minor]);
  line.target =
      foot + wedge.target_height - wedge.eye - wedge.curve * (rings * rings + across * across);
  line.rise = line.target / rings;
  return line;
}

Doubles least_of(const Doubles& a, const Doubles& b) {
  return pick(a < b, a, b);
}
Doubles most_of(const Doubles& a, const Doubles& b) {
  return pick(b < a, a, b);
}

// The pieces of the line in strips [first, first + kStrips), each strip two of them: to where it
// crosses a row of cells inside the strip (to its end when it crosses none), and on to its end.
struct Strips {
  Doubles x0;              // ring at which the strip begins
  Doubles before;          // length of the first piece, rings
  Doubles z0, z1, z2;      // surface at the three places, over the eye, m
  Doubles twist1, twist2;  // z00 + z11 - z01 - z10 of the patch of each piece
  Where crosses;           // whether there is a second piece
};

Strips strips_of(const Line& line, std::int32_t first) {
  const Doubles zero = Doubles::all(0), one = Doubles::all(1);
  const Doubles n = Doubles::all(line.n), j = Doubles::all(line.j);
  const Doubles inverse = Doubles::all(line.inverse);
  Strips out;
  // Strips past the target stand for the last one.
  out.x0 = least_of(Doubles::all(first) + Doubles::steps(), n - one);
  const Doubles y = out.x0 * j;  // in n-ths of a cell: exact
  Doubles q = (y * inverse).cut();
  Doubles rest = y - q * n;
  const Where under = rest < zero;
  q = q - pick(under, one, zero);
  rest = rest + pick(under, n, zero);
  const Where over = n <= rest;
  q = q + pick(over, one, zero);
  rest = rest - pick(over, n, zero);
  const Doubles on = rest + j;
  const Where carried = n <= on;  // the line reaches the next row of cells
  const Doubles next = on - pick(carried, n, zero);
  out.crosses = carried & (zero < next);
  // A row beyond the raster is one that the line does not pass over.
  const Doubles above = Doubles::all(line.above),
                minor = Doubles::all(static_cast<double>(line.minor));
  const Doubles major = Doubles::all(static_cast<double>(line.major));
  const Doubles here = out.x0 * major;
  const Doubles there = here + major;
  const Doubles r0 = q * minor;
  const Doubles r1 = least_of(q + one, above) * minor;
  const Doubles r2 = least_of(q + one + one, above) * minor;
  const Doubles a0 = Doubles::gather(line.surface, here + r0);
  const Doubles a1 = Doubles::gather(line.surface, here + r1);
  const Doubles a2 = Doubles::gather(line.surface, here + r2);
  const Doubles b0 = Doubles::gather(line.surface, there + r0);
  const Doubles b1 = Doubles::gather(line.surface, there + r1);
  const Doubles b2 = Doubles::gather(line.surface, there + r2);
  const Doubles f = rest * inverse, g = next * inverse;
  const Doubles begin = pick(f <= zero, a0, a0 + f * (a1 - a0));
  const Doubles low = pick(carried, b1, b0), high = pick(carried, b2, b1);
  const Doubles end = pick(g <= zero, low, low + g * (high - low));
  out.before = pick(out.crosses, (one - f) * Doubles::all(line.steps), one);
  const Doubles middle = pick(out.crosses, a1 + out.before * (b1 - a1), end);
  const Doubles eye = Doubles::all(line.eye);
  out.z0 = begin - eye;
  out.z1 = middle - eye;
  out.z2 = end - eye;
  out.twist1 = line.j == 0 ? zero : a0 + b1 - a1 - b0;
  out.twist2 = pick(out.crosses, a1 + b2 - a2 - b1, zero);
  return out;
}

// Whether a parabola that is `from` and `to` at the ends of [0, 1] and bends by `bend` t^2 falls
// below -kTouch between them, both ends being above it. Unknown ground (NaN) does.
Where dips(const Doubles& from, const Doubles& to, const Doubles& bend) {
  const Doubles zero = Doubles::all(0);
  const Doubles slope = to - from - bend;
  const Where inside = (zero < bend) & (slope < zero) & (zero < slope + bend + bend);
  const Doubles deep = Doubles::all(4) * bend * (from + Doubles::all(kTouch));
  return is_unknown(bend) | (inside & (deep < slope * slope));
}

// Whether the surface rises above the line in strips [first, first + kStrips).
bool blocked(const Line& line, std::int32_t first) {
  const Strips s = strips_of(line, first);
  const Doubles one = Doubles::all(1);
  const Doubles rise = Doubles::all(line.rise), curve = Doubles::all(line.curve);
  const Doubles x1 = s.x0 + s.before;
  const Doubles x2 = s.x0 + one;
  const Doubles g0 = rise * s.x0 - s.z0 + curve * (s.x0 * s.x0);
  const Doubles g1 = rise * x1 - s.z1 + curve * (x1 * x1);
  const Doubles g2 = rise * x2 - s.z2 + curve * (x2 * x2);
  const Doubles least = least_of(g0, least_of(g1, g2));
  const Where below = (least < Doubles::all(-kTouch)) | is_unknown(g0 + g1 + g2);
  if (below.any()) return true;
  const Doubles u = Doubles::all(line.u);
  const Doubles rest = one - s.before;
  const Where first_dips = dips(g0, g1, (curve - s.twist1 * u) * (s.before * s.before));
  const Where second_dips = dips(g1, g2, (curve - s.twist2 * u) * (rest * rest));
  return (first_dips | (s.crosses & second_dips)).any();
}

// Over a parabola on rings [x0, x0 + length] that is z0 and z1 (over the eye, fallen) at its ends
// and bends by `bend` x^2 the slope from the eye is q0/x + q1 + q2 x; raises `most` to its greatest
// value where that lies inside, at sqrt(q0 / q2), both negative.
void raise_to_bulge(const Doubles& x0, const Doubles& length, const Doubles& z0, const Doubles& z1,
                    const Doubles& bend, Doubles& most) {
  const Doubles zero = Doubles::all(0), one = Doubles::all(1), two = Doubles::all(2);
  const Doubles x1 = x0 + length;
  // q0 and q2, times the length.
  const Doubles rise = (z1 - z0) - bend * (length * length);
  const Doubles q0 = z0 * length - rise * x0 + bend * length * (x0 * x0);
  const Doubles q2 = bend * length;
  const Where inside = (q0 < zero) & (q2 < zero) & (q0 < q2 * (x0 * x0)) & (q2 * (x1 * x1) < q0);
  if (!inside.any()) return;
  const Doubles q1 = rise - two * q2 * x0;
  const Doubles product = pick(inside, q0 * q2, one);
  const Doubles bulge = (q1 - two * root(product)) / length;
  most = pick(inside & (most < bulge), bulge, most);
}

// Greatest slopes from the eye to the surface in strips [first, first + kStrips), m a ring; NaN
// where there is unknown ground.
Doubles horizon(const Line& line, std::int32_t first) {
  const Strips s = strips_of(line, first);
  const Doubles zero = Doubles::all(0), one = Doubles::all(1);
  const Doubles u = Doubles::all(line.u), curve = Doubles::all(line.curve);
  const Doubles x1 = s.x0 + s.before;
  const Doubles x2 = s.x0 + one;
  const Doubles z0 = s.z0 - curve * (s.x0 * s.x0);
  const Doubles z1 = s.z1 - curve * (x1 * x1);
  const Doubles z2 = s.z2 - curve * (x2 * x2);
  const Doubles bend1 = s.twist1 * u - curve;
  const Doubles bend2 = s.twist2 * u - curve;
  // At the eye itself the slope is that of the surface where the eye lies on it, else below all.
  const Where at_eye = s.x0 <= zero;
  const Doubles along = (z1 - z0) / s.before - bend1 * s.before;
  const Doubles from_eye = pick(z0 < zero, Doubles::all(kLowest), along);
  Doubles most = pick(at_eye, from_eye, z0 / pick(at_eye, one, s.x0));
  most = most_of(most, most_of(z1 / x1, z2 / x2));
  raise_to_bulge(s.x0, s.before, z0, z1, bend1, most);
  if (s.crosses.any()) {
    const Doubles rest = pick(s.crosses, one - s.before, one);
    Doubles far = most;
    raise_to_bulge(x1, rest, z1, z2, bend2, far);
    most = pick(s.crosses, far, most);
  }
  const Doubles sum = z0 + z1 + z2 + bend1 + bend2;
  return pick(is_unknown(sum), sum, most);
}

// The greatest of eight slopes; NaN if one is.
double greatest(const Doubles& slopes) {
  double most = kLowest;
  double lanes[kStrips];
  slopes.store(lanes);
  bool unknown = false;
  for (const double slope : lanes) {
    unknown = unknown || !(slope == slope);
    most = slope > most ? slope : most;
  }
  return unknown ? std::numeric_limits<double>::quiet_NaN() : most;
}

// Least height above foot at which a target at the end of the line stands on the slope.
double height_at(const Wedge& wedge, const Line& line, double slope) {
  const double height = slope * static_cast<double>(line.n) - (line.target - wedge.target_height);
  return height > kTouch ? height : 0.0 * height;  // NaN stays
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
    const double slope = greatest(horizon(line, first));
    if (!(slope == slope)) return slope;
    most = slope > most ? slope : most;
  }
  return height_at(wedge, line, most);
}
