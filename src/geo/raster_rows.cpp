#include "abatis/geo/raster_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "gdal_session.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

// Rows are read and written once, in order, a band of them at a time: GDAL is to keep one row of
// blocks, so that no block is unpacked twice, and little more.
void keep_one_row_of_blocks(GDALRasterBand& band) {
  int width = 0;
  int height = 0;
  band.GetBlockSize(&width, &height);
  const auto bytes = static_cast<GIntBig>(GDALGetDataTypeSizeBytes(band.GetRasterDataType()));
  const GIntBig row = (static_cast<GIntBig>(band.GetXSize()) + width) * height * bytes;
  GDALSetCacheMax64(std::max<GIntBig>(row * 5 / 4, GIntBig{1} << 20U));
}

Result<RasterPlace> place_of(GDALDataset& dataset, const fs::path& path) {
  std::array<double, 6> to_crs{};
  if (dataset.GetGeoTransform(to_crs.data()) != CE_None) {
    return input_error("the raster is not georeferenced", {.file = path.string()},
                       "give it a geotransform (gdal_translate -a_ullr) or a world file");
  }
  if (to_crs[2] != 0.0 || to_crs[4] != 0.0 || !(to_crs[1] > 0.0) || !(to_crs[5] < 0.0)) {
    return input_error("the raster is rotated, or north is not up", {.file = path.string()},
                       "warp it first: gdalwarp makes it north up");
  }
  if (std::abs(to_crs[1] + to_crs[5]) > 1e-6 * to_crs[1]) {
    return input_error(
        fmt::format("cells are {} wide and {} high; square ones are needed", to_crs[1], -to_crs[5]),
        {.file = path.string()}, "warp it first: gdalwarp -tr SIZE SIZE");
  }
  const std::int64_t cells =
      static_cast<std::int64_t>(dataset.GetRasterXSize()) * dataset.GetRasterYSize();
  if (cells > std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorCode::limit, fmt::format("the raster has {} cells; 2^31 - 1 are taken", cells),
                {.file = path.string()}, "cut it into parts, or make the cells larger");
  }
  RasterPlace place{.rows = dataset.GetRasterYSize(),
                    .cols = dataset.GetRasterXSize(),
                    .west = to_crs[0],
                    .north = to_crs[3],
                    .cell = to_crs[1]};
  if (const OGRSpatialReference* crs = dataset.GetSpatialRef(); crs != nullptr) {
    place.crs_wkt = gdal::wkt_of(*crs);
    if (crs->IsProjected() != 0) place.metres_per_unit = crs->GetLinearUnits();
  }
  return place;
}

}  // namespace

bool RasterPlace::same_cells(const RasterPlace& other) const {
  const double slack = cell / 1000.0;
  return rows == other.rows && cols == other.cols && std::abs(west - other.west) <= slack &&
         std::abs(north - other.north) <= slack && std::abs(cell - other.cell) * cols <= slack;
}

struct RasterReader::Impl {
  fs::path path;
  RasterPlace place;
  gdal::Source source;
  GDALRasterBand* band = nullptr;
  bool has_nodata = false;
  double nodata = 0;
  double scale = 1;
  double offset = 0;
};

RasterReader::RasterReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RasterReader::RasterReader(RasterReader&&) noexcept = default;
RasterReader& RasterReader::operator=(RasterReader&&) noexcept = default;
RasterReader::~RasterReader() = default;

const RasterPlace& RasterReader::place() const {
  return impl_->place;
}

Result<RasterReader> RasterReader::open(const fs::path& path) {
  gdal::Session session;
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  ABATIS_TRY(impl->source, gdal::open_source(path, gdal::Content::raster, session));
  ABATIS_TRY(impl->place, place_of(*impl->source.dataset, path));
  impl->band = impl->source.dataset->GetRasterBand(1);
  if (impl->band == nullptr || GDALDataTypeIsComplex(impl->band->GetRasterDataType()) != 0) {
    return input_error("the file has no band of real numbers", {.file = path.string()});
  }
  keep_one_row_of_blocks(*impl->band);
  int known = 0;
  impl->nodata = impl->band->GetNoDataValue(&known);
  impl->has_nodata = known != 0;
  const double scale = impl->band->GetScale(&known);
  if (known != 0) impl->scale = scale;
  const double offset = impl->band->GetOffset(&known);
  if (known != 0) impl->offset = offset;
  return RasterReader(std::move(impl));
}

Status RasterReader::read(std::int32_t row, std::int32_t count, float* to) {
  return read({.row = row, .col = 0, .rows = count, .cols = impl_->place.cols}, to);
}

Status RasterReader::read(const RasterWindow& window, float* to) {
  gdal::Session session;
  const CPLErr done =
      impl_->band->RasterIO(GF_Read, window.col, window.row, window.cols, window.rows, to,
                            window.cols, window.rows, GDT_Float32, 0, 0, nullptr);
  if (done != CE_None || session.failed()) {
    return tl::unexpected(
        session.error(ErrorCode::input, "the raster cannot be read", impl_->path,
                      fmt::format("rows {} to {}", window.row, window.row + window.rows - 1)));
  }
  const std::size_t values = window.size();
  if (impl_->has_nodata && !std::isnan(impl_->nodata)) {
    const auto nodata = static_cast<float>(impl_->nodata);
    for (std::size_t i = 0; i < values; ++i) {
      if (to[i] == nodata) to[i] = std::numeric_limits<float>::quiet_NaN();
    }
  }
  if (impl_->scale != 1.0 || impl_->offset != 0.0) {
    for (std::size_t i = 0; i < values; ++i) {
      to[i] = static_cast<float>(static_cast<double>(to[i]) * impl_->scale + impl_->offset);
    }
  }
  return {};
}

struct RasterWriter::Impl {
  fs::path path;
  fs::path temporary;
  std::int32_t cols = 0;
  gdal::Dataset dataset;
  bool finished = false;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    dataset.reset();
    std::error_code ignored;  // it may never have been made
    if (!finished && !temporary.empty()) fs::remove(temporary, ignored);
  }
};

RasterWriter::RasterWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RasterWriter::RasterWriter(RasterWriter&&) noexcept = default;
RasterWriter& RasterWriter::operator=(RasterWriter&&) noexcept = default;
RasterWriter::~RasterWriter() = default;

Result<RasterWriter> RasterWriter::create(const fs::path& path, const RasterPlace& place,
                                          const std::string& description, const std::string& unit) {
  gdal::Session session;
  if (path.has_parent_path()) ABATIS_CHECK(ensure_writable_folder(path.parent_path()));
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->temporary = temporary_beside(path);
  impl->cols = place.cols;
  CPLStringList options;
  options.SetNameValue("TILED", "YES");
  options.SetNameValue("BIGTIFF", "IF_SAFER");
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  impl->dataset.reset(driver->Create(impl->temporary.c_str(), place.cols, place.rows, 1,
                                     GDT_Float32, options.List()));
  if (impl->dataset == nullptr) {
    return tl::unexpected(session.error(ErrorCode::io, "the raster cannot be made", path));
  }
  std::array<double, 6> to_crs{place.west, place.cell, 0.0, place.north, 0.0, -place.cell};
  impl->dataset->SetGeoTransform(to_crs.data());
  if (!place.crs_wkt.empty()) impl->dataset->SetProjection(place.crs_wkt.c_str());
  GDALRasterBand* band = impl->dataset->GetRasterBand(1);
  keep_one_row_of_blocks(*band);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  band->SetDescription(description.c_str());
  band->SetUnitType(unit.c_str());
  return RasterWriter(std::move(impl));
}

Status RasterWriter::write(std::int32_t row, std::int32_t count, const float* from) {
  gdal::Session session;
  // GDAL takes a buffer to write from as not constant, and only reads it.
  const CPLErr done = impl_->dataset->GetRasterBand(1)->RasterIO(
      GF_Write, 0, row, impl_->cols, count, const_cast<float*>(from), impl_->cols, count,
      GDT_Float32, 0, 0, nullptr);
  if (done != CE_None || session.failed()) {
    return tl::unexpected(session.error(ErrorCode::io, "the raster cannot be written", impl_->path,
                                        fmt::format("rows {} to {}", row, row + count - 1)));
  }
  return {};
}

Status RasterWriter::finish() {
  gdal::Session session;
  impl_->dataset.reset();
  if (session.failed()) {  // what fails on closing is said on closing
    return tl::unexpected(
        session.error(ErrorCode::io, "the raster cannot be written", impl_->path));
  }
  ABATIS_CHECK(commit_file(impl_->temporary, impl_->path));
  impl_->finished = true;
  return {};
}

}  // namespace abatis
