#pragma once
// Private to geo: how this room talks to GDAL. Registers only drivers of local files, shuts the
// network out, and turns GDAL's messages into Error values.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include "abatis/base/error.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis::gdal {

// GDAL's name of a type of cells.
template <class T>
constexpr GDALDataType type_of() {
  if constexpr (std::is_same_v<T, float>) return GDT_Float32;
  if constexpr (std::is_same_v<T, double>) return GDT_Float64;
  if constexpr (std::is_same_v<T, std::uint8_t>) return GDT_Byte;
  if constexpr (std::is_same_v<T, std::int16_t>) return GDT_Int16;
  if constexpr (std::is_same_v<T, std::int32_t>) return GDT_Int32;
}

// Collects what GDAL says on this thread while it lives; nothing reaches stderr. Registers the
// drivers on first use. Every function of this room that calls GDAL holds one.
class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool failed() const { return !failures_.empty(); }
  // The failures so far in GDAL's words, or `otherwise` when it gave none.
  std::string words(std::string_view otherwise) const;
  void forget() { failures_.clear(); }
  Error error(ErrorCode code, std::string_view what, const std::filesystem::path& path,
              std::string item = {}) const;

 private:
  static void collect(CPLErr level, CPLErrorNum number, const char* message);
  std::vector<std::string> failures_;
};

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

// A file in GDAL's memory file system under a name of its own; gone with this object.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view extension);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& name() const { return name_; }
  // The bytes written so far, valid while this object lives and the file is not changed.
  std::string_view bytes() const;

 private:
  std::string folder_;
  std::string name_;
};

// A dataset opened from a user's path. Members are destroyed from the last to the first: the
// dataset closes before the memory file that it may lie in.
struct Source {
  std::unique_ptr<MemoryFile> unpacked;
  Dataset dataset;
};

enum class Content { raster, vector };

// Opens a local file read-only; a `.zip` is opened when it holds one file. Refuses everything that
// is not a file on this machine.
Result<Source> open_source(const std::filesystem::path& path, Content content, Session& session);

using Transformation = std::unique_ptr<OGRCoordinateTransformation>;

// x = east or longitude, y = north or latitude, whatever the CRS says.
Result<OGRSpatialReference> crs_of_epsg(int epsg, Session& session);
// EPSG code of a CRS, 0 when it has none.
int epsg_of(const OGRSpatialReference& crs);
std::string wkt_of(const OGRSpatialReference& crs);
// The code when there is one, else the name.
std::string describe(const OGRSpatialReference& crs);
// The CRS that `declared` (may be null) and `assume_epsg` give; an error when neither does.
Result<OGRSpatialReference> source_crs(const OGRSpatialReference* declared, int assume_epsg,
                                       const std::filesystem::path& path, Session& session);
Result<Transformation> make_transformation(const OGRSpatialReference& from,
                                           const OGRSpatialReference& to,
                                           const std::filesystem::path& path, Session& session);

// Bytes that GDAL made, put at `path` whole or not at all.
Status publish(const MemoryFile& file, const std::filesystem::path& path);

// Sets a GDAL option for this thread and clears it again.
class ThreadOption {
 public:
  ThreadOption(const char* key, const char* value) : key_(key) {
    CPLSetThreadLocalConfigOption(key, value);
  }
  ~ThreadOption() { CPLSetThreadLocalConfigOption(key_, nullptr); }
  ThreadOption(const ThreadOption&) = delete;
  ThreadOption& operator=(const ThreadOption&) = delete;

 private:
  const char* key_;
};

}  // namespace abatis::gdal
