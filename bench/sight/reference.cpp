// The plain walk along lines of sight, to hold the others to:
//   bench_sight_reference DEM X Y OBSERVER_HEIGHT TARGET_HEIGHT RADIUS REFRACTION EVERY RESULT...
// Looks at one cell in EVERY (1 = all) and compares each RESULT (a raster of the same cells in
// which what is seen is above 0). Cells whose line clears or misses the surface by less than a
// millimetre are ties and left out. Standard output: one line of JSON.
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/raster_rows.hpp"
#include "sight/oracle.hpp"

namespace {

using namespace abatis;

Result<std::vector<float>> read(const std::string& path, RasterPlace& place) {
  ABATIS_TRY(RasterReader reader, RasterReader::open(path));
  place = reader.place();
  std::vector<float> values(place.size());
  ABATIS_CHECK(reader.read(0, place.rows, values.data()));
  return values;
}

Status compare(const std::vector<std::string>& words) {
  RasterPlace place;
  ABATIS_TRY(const std::vector<float> heights, read(words[0], place));
  const auto number = [&](std::size_t k) { return std::atof(words[k].c_str()); };
  const auto row = static_cast<std::int32_t>((place.north - number(2)) / place.cell);
  const auto col = static_cast<std::int32_t>((number(1) - place.west) / place.cell);
  std::vector<std::vector<float>> results;
  for (std::size_t k = 8; k < words.size(); ++k) {
    RasterPlace other;
    ABATIS_TRY(std::vector<float> values, read(words[k], other));
    if (!other.same_cells(place)) return input_error("other cells", {.file = words[k]});
    results.push_back(std::move(values));
  }
  const SightGround ground{
      .rows = place.rows, .cols = place.cols, .cell_m = place.cell, .surface = heights.data()};
  const testing::SightOracle oracle(ground, number(6));
  const Cell from = row * place.cols + col;
  const double eye = static_cast<double>(heights[static_cast<std::size_t>(from)]) + number(3);
  const double reach = number(5) / place.cell;
  const double share = 1.0 / number(7);
  std::int64_t cells = 0, ties = 0;
  std::vector<std::int64_t> off(results.size(), 0);
  for (Cell c = 0; c < static_cast<Cell>(heights.size()); ++c) {
    if (c == from || std::hypot(c / place.cols - row, c % place.cols - col) > reach) continue;
    if (hashed_uniform(1, c, 1) >= share) continue;
    const auto at = static_cast<std::size_t>(c);
    const double clearance =
        oracle.clearance(from, eye, c, static_cast<double>(heights[at]) + number(4));
    ++cells;
    if (std::abs(clearance) < 1e-3) {
      ++ties;
      continue;
    }
    for (std::size_t k = 0; k < results.size(); ++k) {
      off[k] += (results[k][at] > 0) != (clearance > 0) ? 1 : 0;
    }
  }
  std::string list;
  for (const std::int64_t o : off) list += fmt::format("{}{}", list.empty() ? "" : ", ", o);
  fmt::print("{{\"cells\": {}, \"ties\": {}, \"off\": [{}]}}\n", cells, ties, list);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 9) {
    fmt::print(stderr,
               "bench_sight_reference DEM X Y OBSERVER_HEIGHT TARGET_HEIGHT RADIUS "
               "REFRACTION EVERY RESULT...\n");
    return 2;
  }
  const Status done = compare(words);
  if (done) return 0;
  fmt::print(stderr, "{}\n", to_string(done.error()));
  return exit_code(done.error().code);
}
