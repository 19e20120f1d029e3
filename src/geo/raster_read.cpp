#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

#include <fmt/format.h>
#include <gdalwarper.h>

#include "abatis/geo/io.hpp"
#include "gdal_session.hpp"

namespace abatis {
namespace {

// Cells of the target warped at once; with GDAL's own buffers this bounds the memory used.
constexpr std::int64_t kCellsAtOnce = std::int64_t{8} << 20U;
constexpr double kWarpMemory = 256.0 * 1024 * 1024;
// Largest error of the approximated coordinates, in source cells.
constexpr double kApproximation = 0.05;

GDALResampleAlg algorithm(Resampling resampling) {
  switch (resampling) {
    case Resampling::nearest:
      return GRA_NearestNeighbour;
    case Resampling::bilinear:
      return GRA_Bilinear;
    case Resampling::average:
      return GRA_Average;
    case Resampling::sum:
      return GRA_Sum;
    case Resampling::mode:
      return GRA_Mode;
  }
  return GRA_NearestNeighbour;
}

struct Band {
  GDALRasterBand* band = nullptr;
  int number = 1;
  bool has_nodata = false;
  double nodata = 0.0;
  double scale = 1.0;
  double offset = 0.0;
};

Result<Band> find_band(GDALDataset& dataset, int number, const std::filesystem::path& path) {
  if (number < 1 || number > dataset.GetRasterCount()) {
    return input_error(
        fmt::format("band {} is asked for; the file has {}", number, dataset.GetRasterCount()),
        {.file = path.string()});
  }
  Band b;
  b.number = number;
  b.band = dataset.GetRasterBand(number);
  if (GDALDataTypeIsComplex(b.band->GetRasterDataType()) != 0) {
    return input_error("the band holds complex numbers", {.file = path.string()});
  }
  int known = 0;
  b.nodata = b.band->GetNoDataValue(&known);
  b.has_nodata = known != 0;
  b.scale = b.band->GetScale(&known);
  if (known == 0) b.scale = 1.0;
  b.offset = b.band->GetOffset(&known);
  if (known == 0) b.offset = 0.0;
  return b;
}

// True when every value of the file is a value of T and `unknown` means the same in both, so that
// the warp may write T itself. Otherwise it writes doubles, which are checked one by one.
template <class T>
bool warps_directly(const Band& b, Resampling resampling) {
  if (b.scale != 1.0 || b.offset != 0.0) return false;
  if constexpr (std::is_same_v<T, float>) {
    return true;
  } else {
    if (resampling == Resampling::sum) return false;
    if (b.has_nodata && b.nodata != static_cast<double>(nodata<T>())) return false;
    const GDALDataType type = b.band->GetRasterDataType();
    if (type == gdal::type_of<T>()) return true;
    return !std::is_same_v<T, std::uint8_t> && type == GDT_Byte;
  }
}

// Rows [row, row + rows) of the target, as values of W.
struct Warp {
  GDALDataset* source;
  const Band* band;
  const OGRSpatialReference* source_crs;
  const OGRSpatialReference* target_crs;
  Resampling resampling;
};

GDALDatasetUniquePtr wrap_rows(void* values, GDALDataType type, const Grid& grid, std::int32_t row,
                               std::int32_t rows, const OGRSpatialReference& crs) {
  GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
  GDALDatasetUniquePtr target(memory->Create("", grid.cols, rows, 0, type, nullptr));
  CPLStringList options;
  options.SetNameValue("DATAPOINTER", fmt::format("{}", fmt::ptr(values)).c_str());
  target->AddBand(type, options.List());
  std::array<double, 6> to_crs{grid.origin_x, grid.cell, 0.0, grid.origin_y - row * grid.cell,
                               0.0,           -grid.cell};
  target->SetGeoTransform(to_crs.data());
  target->SetSpatialRef(&crs);
  return target;
}

struct FreeWarpOptions {
  void operator()(GDALWarpOptions* o) const { GDALDestroyWarpOptions(o); }
};
struct FreeGenImgProj {
  void operator()(void* t) const { GDALDestroyGenImgProjTransformer(t); }
};
struct FreeApprox {
  void operator()(void* t) const { GDALDestroyApproxTransformer(t); }
};

double* one_value(double v) {
  auto* p = static_cast<double*>(CPLMalloc(sizeof(double)));
  *p = v;
  return p;
}

template <class W>
bool warp_rows(const Warp& warp, const Grid& grid, std::int32_t row, std::int32_t rows, W* values) {
  constexpr GDALDataType kType = gdal::type_of<W>();
  const GDALDatasetUniquePtr target = wrap_rows(values, kType, grid, row, rows, *warp.target_crs);
  CPLStringList transform_options;
  transform_options.SetNameValue("SRC_SRS", gdal::wkt_of(*warp.source_crs).c_str());
  transform_options.SetNameValue("DST_SRS", gdal::wkt_of(*warp.target_crs).c_str());
  const std::unique_ptr<void, FreeGenImgProj> exact(GDALCreateGenImgProjTransformer2(
      GDALDataset::ToHandle(warp.source), GDALDataset::ToHandle(target.get()),
      transform_options.List()));
  if (!exact) return false;
  const std::unique_ptr<void, FreeApprox> approximate(
      GDALCreateApproxTransformer(GDALGenImgProjTransform, exact.get(), kApproximation));
  const std::unique_ptr<GDALWarpOptions, FreeWarpOptions> options(GDALCreateWarpOptions());
  options->hSrcDS = GDALDataset::ToHandle(warp.source);
  options->hDstDS = GDALDataset::ToHandle(target.get());
  options->eResampleAlg = algorithm(warp.resampling);
  options->dfWarpMemoryLimit = kWarpMemory;
  options->nBandCount = 1;
  options->panSrcBands = static_cast<int*>(CPLMalloc(sizeof(int)));
  options->panDstBands = static_cast<int*>(CPLMalloc(sizeof(int)));
  options->panSrcBands[0] = warp.band->number;
  options->panDstBands[0] = 1;
  const bool floating = GDALDataTypeIsFloating(warp.band->band->GetRasterDataType()) != 0;
  if (warp.band->has_nodata) {
    options->padfSrcNoDataReal = one_value(warp.band->nodata);
  } else if (floating) {
    options->padfSrcNoDataReal = one_value(std::numeric_limits<double>::quiet_NaN());
  } else if (std::is_same_v<W, std::uint8_t>) {
    options->padfSrcNoDataReal = one_value(nodata<std::uint8_t>());
  }
  options->padfDstNoDataReal = one_value(static_cast<double>(nodata<W>()));
  options->papszWarpOptions = CSLSetNameValue(options->papszWarpOptions, "INIT_DEST", "NO_DATA");
  options->pfnTransformer = GDALApproxTransform;
  options->pTransformerArg = approximate.get();
  GDALWarpOperation operation;
  if (operation.Initialize(options.get()) != CE_None) return false;
  return operation.ChunkAndWarpImage(0, 0, grid.cols, rows) == CE_None;
}

// A double as T: unknown stays unknown, whole numbers are rounded to, what does not fit is refused.
template <class T>
bool convert(double v, const Band& b, T& out) {
  if (!std::isfinite(v)) {
    out = nodata<T>();
    return true;
  }
  v = v * b.scale + b.offset;
  if constexpr (std::is_same_v<T, float>) {
    out = static_cast<float>(v);
    if (!std::isfinite(out)) out = nodata<float>();
  } else {
    const double rounded = std::nearbyint(v);
    if (rounded < static_cast<double>(std::numeric_limits<T>::min()) ||
        rounded > static_cast<double>(std::numeric_limits<T>::max())) {
      return false;
    }
    out = static_cast<T>(rounded);
  }
  return true;
}

Status check_grid(const Grid& grid) {
  const double cells = static_cast<double>(grid.rows) * static_cast<double>(grid.cols);
  if (grid.rows < 1 || grid.cols < 1 || !(grid.cell > 0.0) || !std::isfinite(grid.cell) ||
      !std::isfinite(grid.origin_x) || !std::isfinite(grid.origin_y) ||
      cells > static_cast<double>(std::numeric_limits<Cell>::max())) {
    return input_error(fmt::format("a grid of {} x {} cells of {} m cannot be used", grid.rows,
                                   grid.cols, grid.cell));
  }
  return {};
}

// GDAL 3.6 averages nothing into a target of a single column: it is read with a neighbour.
template <class T>
Result<Raster<T>> read_single_column(const std::filesystem::path& path, const Grid& onto,
                                     Resampling resampling, int band, int assume_epsg) {
  Grid wider = onto;
  wider.cols = 2;
  ABATIS_TRY(const Raster<T> both, read_raster<T>(path, wider, resampling, band, assume_epsg));
  Raster<T> column(onto, nodata<T>());
  for (std::int32_t row = 0; row < onto.rows; ++row)
    column[onto.at(row, 0)] = both[wider.at(row, 0)];
  return column;
}

}  // namespace

template <class T>
Result<Raster<T>> read_raster(const std::filesystem::path& path, const Grid& onto,
                              Resampling resampling, int band, int assume_epsg) {
  ABATIS_CHECK(check_grid(onto));
  if (onto.cols == 1) {
    return read_single_column<T>(path, onto, resampling, band, assume_epsg);
  }
  gdal::Session session;
  ABATIS_TRY(const gdal::Source source, gdal::open_source(path, gdal::Content::raster, session));
  std::array<double, 6> to_crs{};
  if (source.dataset->GetGeoTransform(to_crs.data()) != CE_None) {
    return input_error("the raster is not georeferenced", {.file = path.string()},
                       "give it a geotransform (gdal_translate -a_ullr) or a world file");
  }
  ABATIS_TRY(const Band b, find_band(*source.dataset, band, path));
  ABATIS_TRY(const OGRSpatialReference from,
             gdal::source_crs(source.dataset->GetSpatialRef(), assume_epsg, path, session));
  ABATIS_TRY(const OGRSpatialReference to, gdal::crs_of_epsg(onto.epsg, session));
  ABATIS_CHECK(gdal::make_transformation(from, to, path, session).map([](auto&&) {}));
  const Warp warp{source.dataset.get(), &b, &from, &to, resampling};
  const auto failure = [&](std::int32_t row) {
    Error error = session.error(ErrorCode::input, "the raster cannot be read", path,
                                fmt::format("band {}, from row {}", band, row));
    error.hint = "the file is cut off or damaged: fetch or write it again";
    return tl::unexpected(std::move(error));
  };
  Raster<T> raster(onto, nodata<T>());
  const bool direct = warps_directly<T>(b, resampling);
  const std::int64_t at_once = std::max<std::int64_t>(1, kCellsAtOnce / onto.cols);
  const auto cols = static_cast<std::size_t>(onto.cols);
  std::vector<double> strip;
  for (std::int64_t start = 0; start < onto.rows; start += at_once) {
    const auto row = static_cast<std::int32_t>(start);
    const auto rows = static_cast<std::int32_t>(std::min<std::int64_t>(at_once, onto.rows - row));
    T* out = &raster.values[static_cast<std::size_t>(row) * cols];
    const std::size_t count = static_cast<std::size_t>(rows) * cols;
    if (direct) {
      if (!warp_rows<T>(warp, onto, row, rows, out)) return failure(row);
      continue;
    }
    strip.assign(count, nodata<double>());
    if (!warp_rows<double>(warp, onto, row, rows, strip.data())) return failure(row);
    for (std::size_t i = 0; i < count; ++i) {
      if (convert(strip[i], b, out[i])) continue;
      return input_error(fmt::format("value {} does not fit the whole numbers it is read as",
                                     strip[i] * b.scale + b.offset),
                         {.file = path.string(), .item = fmt::format("band {}", band)});
    }
  }
  if constexpr (std::is_same_v<T, float>) {
    for (float& v : raster.values) {
      if (!std::isfinite(v)) v = nodata<float>();
    }
  }
  return raster;
}

template Result<Raster<float>> read_raster(const std::filesystem::path&, const Grid&, Resampling,
                                           int, int);
template Result<Raster<std::uint8_t>> read_raster(const std::filesystem::path&, const Grid&,
                                                  Resampling, int, int);
template Result<Raster<std::int16_t>> read_raster(const std::filesystem::path&, const Grid&,
                                                  Resampling, int, int);
template Result<Raster<std::int32_t>> read_raster(const std::filesystem::path&, const Grid&,
                                                  Resampling, int, int);

}  // namespace abatis
