#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gdal_utils.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "gdal_session.hpp"

namespace abatis {
namespace {

namespace fs = std::filesystem;

struct FreeOptions {
  void operator()(GDALBuildVRTOptions* o) const { GDALBuildVRTOptionsFree(o); }
};

}  // namespace

Status write_mosaic(const fs::path& path, const std::vector<fs::path>& files) {
  if (files.empty()) return input_error("a mosaic needs files", {.file = path.string()});
  gdal::Session session;
  std::vector<gdal::Source> sources;
  std::vector<GDALDatasetH> handles;
  for (const fs::path& file : files) {
    ABATIS_TRY(gdal::Source source, gdal::open_source(file, gdal::Content::raster, session));
    if (source.unpacked != nullptr) {
      return input_error("a mosaic cannot hold zip archives", {.file = file.string()});
    }
    handles.push_back(GDALDataset::ToHandle(source.dataset.get()));
    sources.push_back(std::move(source));
  }
  // Strict: a tile of another CRS would otherwise be left out with a warning.
  CPLStringList arguments;
  arguments.AddString("-strict");
  const std::unique_ptr<GDALBuildVRTOptions, FreeOptions> options(
      GDALBuildVRTOptionsNew(arguments.List(), nullptr));
  // Built in its folder, so that the names of the tiles are relative to it.
  const fs::path temporary = temporary_beside(path);
  int usage_error = 0;
  gdal::Dataset made(
      GDALDataset::FromHandle(GDALBuildVRT(temporary.c_str(), static_cast<int>(handles.size()),
                                           handles.data(), nullptr, options.get(), &usage_error)));
  const bool done = made != nullptr;
  made.reset();
  if (!done || session.failed()) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return tl::unexpected(session.error(ErrorCode::input, "the mosaic cannot be made", path));
  }
  return commit_file(temporary, path);
}

}  // namespace abatis
