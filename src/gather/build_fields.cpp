#include "build_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::gather {

std::uint64_t stream_seed(std::uint64_t seed, Stream stream) {
  // Weyl step (golden ratio): distinct keys for the counter-based generator, which mixes them.
  return seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(stream);
}

namespace {

std::array<double, 4> bspline(double t) {
  const double u = 1.0 - t;
  return {u * u * u / 6.0, (3 * t * t * t - 6 * t * t + 4) / 6.0,
          (3 * u * u * u - 6 * u * u + 4) / 6.0, t * t * t / 6.0};
}

// Standard deviation of the spline surface over uniform lattice values in [-1, 1]: the mean over a
// cell of (sum of squared weights) is 151/315 per axis, the values' variance 1/3.
const double kSplineSd = (151.0 / 315.0) / std::sqrt(3.0);

}  // namespace

Raster<float> noise_octave(const Grid& grid, std::uint64_t seed, double wavelength_m, int threads) {
  const Bounds b = grid.bounds();
  const auto low = [&](double v) { return static_cast<std::int64_t>(std::floor(v)) - 1; };
  const std::int64_t x0 = low(b.min_x / wavelength_m), y0 = low(b.min_y / wavelength_m);
  const auto nx = static_cast<std::size_t>(low(b.max_x / wavelength_m) + 4 - x0);
  const auto ny = static_cast<std::size_t>(low(b.max_y / wavelength_m) + 4 - y0);
  std::vector<double> lattice(nx * ny);
  parallel_for(ny, threads, [&](std::size_t j) {
    for (std::size_t i = 0; i < nx; ++i)
      lattice[j * nx + i] = 2.0 * hashed_uniform(seed, x0 + static_cast<std::int64_t>(i),
                                                 y0 + static_cast<std::int64_t>(j)) -
                            1.0;
  });
  Raster<float> out(grid, 0.0F);
  parallel_for(static_cast<std::size_t>(grid.rows), threads, [&](std::size_t row) {
    const double y = grid.origin_y - (static_cast<double>(row) + 0.5) * grid.cell;
    const double v = y / wavelength_m;
    const double fv = std::floor(v);
    const auto wy = bspline(v - fv);
    const auto j = static_cast<std::size_t>(static_cast<std::int64_t>(fv) - 1 - y0);
    for (std::int32_t col = 0; col < grid.cols; ++col) {
      const double u = (grid.origin_x + (col + 0.5) * grid.cell) / wavelength_m;
      const double fu = std::floor(u);
      const auto wx = bspline(u - fu);
      const auto i = static_cast<std::size_t>(static_cast<std::int64_t>(fu) - 1 - x0);
      double sum = 0;
      for (std::size_t dj = 0; dj < 4; ++dj) {
        const double* line = &lattice[(j + dj) * nx + i];
        sum += wy[dj] * (wx[0] * line[0] + wx[1] * line[1] + wx[2] * line[2] + wx[3] * line[3]);
      }
      out[grid.at(static_cast<std::int32_t>(row), col)] = static_cast<float>(sum / kSplineSd);
    }
  });
  return out;
}

Raster<float> noise(const Grid& grid, std::uint64_t seed, double wavelength_m, int octaves,
                    double persistence, int threads) {
  Raster<float> out(grid, 0.0F);
  double amplitude = 1, power = 0;
  for (int o = 0; o < octaves; ++o) {
    const auto octave =
        noise_octave(grid, seed + static_cast<std::uint64_t>(o) * 7919U, wavelength_m, threads);
    const auto a = static_cast<float>(amplitude);
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] += a * octave.values[i];
    power += amplitude * amplitude;
    amplitude *= persistence;
    wavelength_m /= 2;
  }
  const auto scale = static_cast<float>(1.0 / std::sqrt(power));
  for (float& v : out.values) v *= scale;
  return out;
}

namespace {

// One box blur of 2r+1 cells along a strided line, edges repeated. Running sums in double keep the
// error far below what a float can show.
void box_line(const float* in, float* out, std::size_t n, std::size_t stride, std::size_t r) {
  const auto at = [&](std::ptrdiff_t i) {
    const auto last = static_cast<std::ptrdiff_t>(n) - 1;
    return static_cast<double>(
        in[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, last)) * stride]);
  };
  const auto radius = static_cast<std::ptrdiff_t>(r);
  double sum = 0;
  for (std::ptrdiff_t i = -radius; i <= radius; ++i) sum += at(i);
  const double scale = 1.0 / (2.0 * static_cast<double>(r) + 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    out[i * stride] = static_cast<float>(sum * scale);
    const auto here = static_cast<std::ptrdiff_t>(i);
    sum += at(here + radius + 1) - at(here - radius);
  }
}

}  // namespace

Raster<float> blurred(const Raster<float>& field, double sigma_m, int threads) {
  const Grid& g = field.grid;
  // Three boxes of width w have variance 3 (w^2 - 1) / 12.
  const double cells = sigma_m / g.cell;
  const double width = std::sqrt(4.0 * cells * cells + 1.0);
  const auto r = static_cast<std::size_t>(std::max(0.0, std::round((width - 1.0) / 2.0)));
  if (r == 0) return field;
  Raster<float> a = field, b(g, 0.0F);
  const auto rows = static_cast<std::size_t>(g.rows), cols = static_cast<std::size_t>(g.cols);
  for (int pass = 0; pass < 3; ++pass) {
    parallel_for(rows, threads, [&](std::size_t row) {
      box_line(&a.values[row * cols], &b.values[row * cols], cols, 1, r);
    });
    parallel_for(cols, threads,
                 [&](std::size_t col) { box_line(&b.values[col], &a.values[col], rows, cols, r); });
  }
  return a;
}

std::vector<Cell> nearest_marked(const Raster<std::uint8_t>& mask) {
  const Grid& g = mask.grid;
  std::vector<Cell> nearest(g.size(), kNoCell);
  for (std::size_t i = 0; i < nearest.size(); ++i)
    if (mask.values[i] != 0) nearest[i] = static_cast<Cell>(i);
  const auto distance2 = [&](std::int32_t row, std::int32_t col, Cell source) {
    const std::int64_t dr = row - g.row_of(source), dc = col - g.col_of(source);
    return dr * dr + dc * dc;
  };
  const auto offer = [&](std::int32_t row, std::int32_t col, std::int32_t dr, std::int32_t dc) {
    if (!g.inside(row + dr, col + dc)) return;
    const Cell candidate = nearest[static_cast<std::size_t>(g.at(row + dr, col + dc))];
    if (candidate == kNoCell) return;
    Cell& mine = nearest[static_cast<std::size_t>(g.at(row, col))];
    if (mine == kNoCell || distance2(row, col, candidate) < distance2(row, col, mine))
      mine = candidate;
  };
  // Danielsson's sequential sweeps: down with both directions along the row, then up.
  const auto sweep = [&](std::int32_t row, std::int32_t back) {
    for (std::int32_t c = 0; c < g.cols; ++c) {
      offer(row, c, back, 0);
      offer(row, c, back, -1);
      offer(row, c, back, 1);
      offer(row, c, 0, -1);
    }
    for (std::int32_t c = g.cols - 1; c >= 0; --c) offer(row, c, 0, 1);
  };
  for (std::int32_t row = 0; row < g.rows; ++row) sweep(row, -1);
  for (std::int32_t row = g.rows - 1; row >= 0; --row) sweep(row, 1);
  return nearest;
}

Raster<float> slope_percent_of(const Raster<float>& z, int threads) {
  const Grid& g = z.grid;
  Raster<float> out(g, 0.0F);
  parallel_for(static_cast<std::size_t>(g.rows), threads, [&](std::size_t r) {
    const auto row = static_cast<std::int32_t>(r);
    for (std::int32_t col = 0; col < g.cols; ++col) {
      const auto h = [&](std::int32_t dr, std::int32_t dc) {
        return static_cast<double>(
            z[g.at(std::clamp(row + dr, 0, g.rows - 1), std::clamp(col + dc, 0, g.cols - 1))]);
      };
      const double dx =
          (h(-1, 1) + 2 * h(0, 1) + h(1, 1) - h(-1, -1) - 2 * h(0, -1) - h(1, -1)) / (8 * g.cell);
      const double dy =
          (h(-1, -1) + 2 * h(-1, 0) + h(-1, 1) - h(1, -1) - 2 * h(1, 0) - h(1, 1)) / (8 * g.cell);
      out[g.at(row, col)] = static_cast<float>(100.0 * std::sqrt(dx * dx + dy * dy));
    }
  });
  return out;
}

float threshold_for_share(const Raster<float>& field, const std::vector<std::uint8_t>& selected,
                          double share) {
  std::vector<float> values;
  for (std::size_t i = 0; i < selected.size(); ++i)
    if (selected[i] != 0) values.push_back(field.values[i]);
  if (values.empty() || share <= 0) return std::numeric_limits<float>::infinity();
  if (share >= 1) return -std::numeric_limits<float>::infinity();
  const auto rank = static_cast<std::ptrdiff_t>((1.0 - share) * static_cast<double>(values.size()));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

Result<std::vector<Point>> tendency_centres(const std::vector<Tendency>& tendencies, int epsg) {
  std::vector<Point> points;
  for (const Tendency& t : tendencies) points.push_back({t.lon, t.lat});
  if (points.empty()) return points;
  return transform(points, kWgs84, epsg);
}

double tendency_at(const std::vector<Tendency>& tendencies, const std::vector<Point>& centres,
                   Point p) {
  double sum = 0;
  for (std::size_t i = 0; i < tendencies.size(); ++i) {
    const double d = std::hypot(p.x - centres[i].x, p.y - centres[i].y) / tendencies[i].radius_m;
    if (d < 3) sum += tendencies[i].weight * std::exp(-d * d);
  }
  return sum;
}

}  // namespace abatis::gather
