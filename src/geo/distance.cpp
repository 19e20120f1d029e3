// Distances and components: whole-grid passes over a mask.
#include <cmath>
#include <cstddef>
#include <limits>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

constexpr std::int32_t kFar = std::numeric_limits<std::int32_t>::max();

// Rows between each cell and the nearest set cell of its column, kFar where the column has none.
std::vector<std::int32_t> rows_to_nearest(const Raster<std::uint8_t>& mask) {
  const auto rows = static_cast<std::size_t>(mask.grid.rows);
  const auto cols = static_cast<std::size_t>(mask.grid.cols);
  std::vector<std::int32_t> gap(mask.grid.size(), kFar);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      const std::size_t i = r * cols + c;
      if (mask.values[i] != 0) {
        gap[i] = 0;
      } else if (r > 0 && gap[i - cols] != kFar) {
        gap[i] = gap[i - cols] + 1;
      }
    }
  }
  for (std::size_t r = rows - 1; r-- > 0;) {
    for (std::size_t c = 0; c < cols; ++c) {
      const std::size_t i = r * cols + c;
      if (gap[i + cols] != kFar && gap[i + cols] + 1 < gap[i]) gap[i] = gap[i + cols] + 1;
    }
  }
  return gap;
}

// Lower envelope of the parabolas (x - q)^2 + gap[q]^2 along one row; squares stay below 2^53, so
// every sum is exact.
class RowEnvelope {
 public:
  explicit RowEnvelope(std::size_t cols) : apex_(cols), from_(cols + 1) {}

  void run(const std::int32_t* gap, std::size_t cols, double cell, float* out) {
    count_ = 0;
    for (std::size_t q = 0; q < cols; ++q) {
      if (gap[q] != kFar) add(q, gap);
    }
    if (count_ == 0) return;  // stays infinite
    std::size_t k = 0;
    for (std::size_t x = 0; x < cols; ++x) {
      while (k + 1 < count_ && from_[k + 1] < static_cast<double>(x)) ++k;
      const double dx = static_cast<double>(x) - static_cast<double>(apex_[k]);
      out[x] = static_cast<float>(cell * std::sqrt(dx * dx + height(gap[apex_[k]])));
    }
  }

 private:
  static double height(std::int32_t gap) {
    return static_cast<double>(gap) * static_cast<double>(gap);
  }

  void add(std::size_t q, const std::int32_t* gap) {
    const double x = static_cast<double>(q);
    double start = -std::numeric_limits<double>::infinity();
    while (count_ > 0) {
      const std::size_t v = apex_[count_ - 1];
      const double y = static_cast<double>(v);
      start = (height(gap[q]) + x * x - height(gap[v]) - y * y) / (2.0 * (x - y));
      if (start > from_[count_ - 1]) break;
      --count_;
      start = -std::numeric_limits<double>::infinity();
    }
    apex_[count_] = q;
    from_[count_] = start;
    ++count_;
  }

  std::vector<std::size_t> apex_;
  std::vector<double> from_;
  std::size_t count_ = 0;
};

}  // namespace

Raster<float> distance_to(const Raster<std::uint8_t>& mask) {
  Raster<float> distance(mask.grid, std::numeric_limits<float>::infinity());
  if (mask.grid.size() == 0) return distance;
  const std::vector<std::int32_t> gap = rows_to_nearest(mask);
  const auto cols = static_cast<std::size_t>(mask.grid.cols);
  RowEnvelope envelope(cols);
  for (std::size_t start = 0; start < gap.size(); start += cols) {
    envelope.run(&gap[start], cols, mask.grid.cell, &distance.values[start]);
  }
  return distance;
}

Raster<std::int32_t> connected_components(const Raster<std::uint8_t>& mask, int* count) {
  const Grid& grid = mask.grid;
  Raster<std::int32_t> labels(grid, 0);
  std::int32_t last = 0;
  std::vector<Cell> open;
  const auto visit = [&](Cell c) {
    if (mask[c] == 0 || labels[c] != 0) return;
    labels[c] = last;
    open.push_back(c);
  };
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const auto first = static_cast<Cell>(i);
    if (mask[first] == 0 || labels[first] != 0) continue;
    ++last;
    visit(first);
    while (!open.empty()) {
      const Cell c = open.back();
      open.pop_back();
      const std::int32_t row = grid.row_of(c);
      const std::int32_t col = grid.col_of(c);
      if (row > 0) visit(c - grid.cols);
      if (row + 1 < grid.rows) visit(c + grid.cols);
      if (col > 0) visit(c - 1);
      if (col + 1 < grid.cols) visit(c + 1);
    }
  }
  if (count != nullptr) *count = last;
  return labels;
}

}  // namespace abatis
