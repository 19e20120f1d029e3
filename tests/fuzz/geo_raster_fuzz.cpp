// Bytes as a raster file: reading gives a raster of the grid asked for or an Error, never a crash.
// The first byte chooses the name's extension and the resampling.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "abatis/geo/io.hpp"
#include "fuzz/scratch_file.hpp"

namespace {

constexpr abatis::Grid kGrid{3346, 500000, 6050000, 100, 24, 20};

template <class T>
void read(const std::filesystem::path& path, abatis::Resampling resampling) {
  const auto raster = abatis::read_raster<T>(path, kGrid, resampling, 1, 4326);
  if (raster && raster->values.size() != kGrid.size()) std::abort();
  if (!raster && raster.error().message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr const char* kNames[] = {".tif", ".asc", ".vrt", ".zip"};
  const std::filesystem::path path =
      abatis::fuzz::scratch_file(kNames[data[0] % 4], data + 1, size - 1);
  const auto resampling = static_cast<abatis::Resampling>(data[0] / 4 % 5);
  if (data[0] >= 128) {
    read<std::uint8_t>(path, resampling);
  } else {
    read<float>(path, resampling);
  }
  const auto info = abatis::raster_info(path);
  if (info && (info->rows < 1 || info->cols < 1)) std::abort();
  return 0;
}
