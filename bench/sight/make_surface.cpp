// Writes made-up relief to look around in:
//   bench_sight_surface SIZE FOLDER SEED
// FOLDER/terrain.tif and FOLDER/surface.tif (terrain and forest), float, 30 m, uncompressed tiles.
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "relief.hpp"

int main(int argc, char** argv) {
  using namespace abatis;
  const std::int32_t size = argc == 4 ? std::atoi(argv[1]) : 0;
  if (size < 1 || size > 46000) {
    fmt::print(stderr, "bench_sight_surface SIZE FOLDER SEED; SIZE is 1 to 46000 cells\n");
    return 2;
  }
  const std::filesystem::path folder = argv[2];
  const bench::Relief relief = bench::made_relief(size, std::strtoull(argv[3], nullptr, 10));
  const auto write = [&]() -> Status {
    ABATIS_CHECK(ensure_writable_folder(folder));
    ABATIS_CHECK(write_cog(folder / "terrain.tif", relief.terrain, {.unit = "m"}));
    return write_cog(folder / "surface.tif", relief.surface, {.unit = "m"});
  };
  const Status written = write();
  if (written) return 0;
  fmt::print(stderr, "{}\n", to_string(written.error()));
  return exit_code(written.error().code);
}
