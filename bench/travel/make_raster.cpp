// Writes a friction raster to measure travel on, and says where to start from.
//   bench_make_raster SIZE FOLDER [--seed N] [--elevation] [--data FOLDER]
// FOLDER/friction.tif holds seconds per cell edge, nodata = impassable; FOLDER/elevation.tif
// metres. With --data the middle of that folder's land cover and roads, else a made-up country.
// Standard output: one line of JSON.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "landscape.hpp"

namespace {

using namespace abatis;

struct Wish {
  std::int32_t size = 0;
  std::filesystem::path folder;
  std::uint64_t seed = 1;
  bool elevation = false;
  std::string data;
};

Result<Wish> parse(const std::vector<std::string>& words) {
  const char* usage = "bench_make_raster SIZE FOLDER [--seed N] [--elevation] [--data FOLDER]";
  if (words.size() < 2) return input_error("a size and a folder are needed", {}, usage);
  Wish wish{.size = std::atoi(words[0].c_str()), .folder = words[1]};
  if (wish.size < 1 || wish.size > 46000) {
    return input_error("the size is a number of cells from 1 to 46000", {.item = words[0]}, usage);
  }
  for (std::size_t k = 2; k < words.size(); ++k) {
    const bool more = k + 1 < words.size();
    if (words[k] == "--elevation") {
      wish.elevation = true;
    } else if (words[k] == "--seed" && more) {
      wish.seed = std::strtoull(words[++k].c_str(), nullptr, 10);
    } else if (words[k] == "--data" && more) {
      wish.data = words[++k];
    } else {
      return input_error("not an option, or one without its value", {.item = words[k]}, usage);
    }
  }
  return wish;
}

Status make(const Wish& wish) {
  bench::Landscape land;
  if (wish.data.empty()) {
    land = bench::made_landscape(wish.size, wish.seed, wish.elevation);
  } else {
    ABATIS_TRY(land, bench::real_landscape(wish.size, wish.data));
  }
  if (land.source == kNoCell) return input_error("every cell is impassable");
  ABATIS_CHECK(ensure_writable_folder(wish.folder));
  ABATIS_CHECK(write_cog(wish.folder / "friction.tif", land.friction,
                         {.description = "friction", .unit = "s per cell edge"}));
  if (!land.elevation.values.empty()) {
    ABATIS_CHECK(write_cog(wish.folder / "elevation.tif", land.elevation,
                           {.description = "elevation", .unit = "m"}));
  }
  std::size_t passable = 0;
  for (const float f : land.friction.values) passable += std::isnan(f) ? 0U : 1U;
  const Grid& grid = land.friction.grid;
  const Point at = grid.centre(land.source);
  fmt::print(
      "{{\"rows\": {}, \"cols\": {}, \"cell\": {}, \"epsg\": {}, \"passable\": {}, "
      "\"source\": [{}, {}], \"source_row\": {}, \"source_col\": {}}}\n",
      grid.rows, grid.cols, grid.cell, grid.epsg, passable, at.x, at.y, grid.row_of(land.source),
      grid.col_of(land.source));
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto wish = parse(std::vector<std::string>(argv + 1, argv + argc));
  const Status made = wish ? make(*wish) : Status(tl::unexpected(wish.error()));
  if (made) return 0;
  fmt::print(stderr, "{}\n", to_string(made.error()));
  return exit_code(made.error().code);
}
