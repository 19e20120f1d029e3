// The fast engine against the definition.
#include "abatis/sight/sight.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "sight/oracle.hpp"
#include "sight/random_surface.hpp"

namespace abatis {
namespace {

using testing::SightOracle;
using testing::Surface;

constexpr double kMillimetre = 1e-3;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct View {
  Observer observer;
  SightOptions options;
};

View random_view(std::uint64_t seed, const Surface& surface) {
  Random random(seed, 12);
  const auto cells = static_cast<std::uint64_t>(surface.heights.size());
  View view;
  view.observer.cell = static_cast<Cell>(random.below(cells));
  if (seed % 5 == 0) view.observer.cell = 0;
  if (seed % 5 == 1) view.observer.cell = static_cast<Cell>(cells) - 1;
  const double heights[] = {0, 0.5, 2, 30, 30, 300};
  view.observer.height_m = heights[random.below(6)];
  view.options.target_height_m = heights[random.below(6)];
  const double diagonal = std::hypot(surface.rows, surface.cols) * surface.cell;
  view.options.radius_m = random.uniform() < 0.5 ? diagonal : random.uniform(0, diagonal);
  const double refractions[] = {0, kOpticalRefraction, kRadioRefraction, 1};
  view.options.refraction = refractions[random.below(4)];
  view.options.threads = 1;
  return view;
}

bool in_range(const Surface& surface, const View& view, Cell c) {
  const double rows = c / surface.cols - view.observer.cell / surface.cols;
  const double cols = c % surface.cols - view.observer.cell % surface.cols;
  const double reach = view.options.radius_m / surface.cell;
  return rows * rows + cols * cols <= reach * reach;
}

// Cells seen, cells that are a tie; fails on a cell that is wrong.
void compare(const Surface& surface, const View& view, std::uint64_t seed, int& checked,
             int& ties) {
  const auto at = [&](Cell c) {
    return static_cast<double>(surface.heights[static_cast<std::size_t>(c)]);
  };
  std::vector<std::uint16_t> seen(surface.heights.size(), 0);
  add_view(surface.ground(), view.observer, view.options, seen.data());
  const SightOracle oracle(surface.ground(), view.options.refraction);
  const double eye = at(view.observer.cell) + view.observer.height_m;
  for (Cell c = 0; c < static_cast<Cell>(seen.size()); ++c) {
    const int found = seen[static_cast<std::size_t>(c)];
    if (std::isnan(at(c)) || !in_range(surface, view, c)) {
      ASSERT_EQ(found, 0) << "seed " << seed << ", cell " << c;
      continue;
    }
    ASSERT_EQ(found, sees(surface.ground(), view.observer, view.options, c) ? 1 : 0)
        << "the line alone says otherwise; seed " << seed << ", cell " << c;
    if (c == view.observer.cell) continue;
    const double clearance =
        oracle.clearance(view.observer.cell, eye, c, at(c) + view.options.target_height_m);
    ++checked;
    if (std::abs(clearance) < kMillimetre) {
      ++ties;
      continue;
    }
    ASSERT_EQ(found, clearance > 0 ? 1 : 0)
        << "seed " << seed << ", cell " << c << ", clearance " << clearance;
  }
}

TEST(sight, agrees_with_the_plain_walk_along_every_line) {
  int checked = 0;
  int ties = 0;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    const Surface surface = testing::random_surface(seed, seed % 20 == 0 ? 150 : 40);
    const View view = random_view(seed, surface);
    if (std::isnan(surface.heights[static_cast<std::size_t>(view.observer.cell)])) continue;
    ASSERT_NO_FATAL_FAILURE(compare(surface, view, seed, checked, ties));
  }
  EXPECT_GT(checked, 200000);
  RecordProperty("ties", ties);
}

}  // namespace
}  // namespace abatis
