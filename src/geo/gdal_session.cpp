#include "gdal_session.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <system_error>

#include <cpl_http.h>
#include <cpl_vsi_virtual.h>
#include <fmt/format.h>

#include "abatis/base/files.hpp"

namespace abatis::gdal {
namespace fs = std::filesystem;
namespace {

// Drivers of files that hold geodata. Drivers that fetch over a network, talk to a database or
// follow references to elsewhere are left out, and so are those that parse what nobody plans
// with: each is a way in for a hostile file.
constexpr std::array kDrivers{
    "GTiff",  "COG",  "VRT",      "HFA",    "AAIGrid",        "DTED",       "SRTMHGT",
    "EHdr",   "ENVI", "USGSDEM",  "XYZ",    "JP2OpenJPEG",    "PNG",        "JPEG",
    "netCDF", "SAGA", "RST",      "MEM",    "GPKG",           "FlatGeobuf", "GeoJSON",
    "SQLite", "GPX",  "GML",      "KML",    "ESRI Shapefile", "OSM",        "GeoJSONSeq",
    "CSV",    "DXF",  "TopoJSON", "Memory", "MapInfo File",   "OpenFileGDB"};

// Answers for a file system that is not on this machine.
class NoFileSystem final : public VSIFilesystemHandler {
 public:
  VSIVirtualHandle* Open(const char* name, const char*, bool, CSLConstList) override {
    CPLError(CE_Failure, CPLE_OpenFailed, "%s is not on this machine, and nothing is fetched",
             name);
    return nullptr;
  }
  int Stat(const char*, VSIStatBufL*, int) override {
    errno = ENOENT;
    return -1;
  }
};

CPLHTTPResult* refuse_fetch(const char* url, CSLConstList, GDALProgressFunc, void*,
                            CPLHTTPFetchWriteFunc, void*, void*) {
  CPLError(CE_Failure, CPLE_AppDefined, "%s is not on this machine, and nothing is fetched", url);
  auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("network access is off");
  return result;
}

void keep_local_drivers() {
  GDALDriverManager* manager = GetGDALDriverManager();
  std::vector<GDALDriver*> unwanted;
  for (int i = 0; i < manager->GetDriverCount(); ++i) {
    GDALDriver* driver = manager->GetDriver(i);
    const std::string_view name = driver->GetDescription();
    if (std::find(kDrivers.begin(), kDrivers.end(), name) == kDrivers.end()) {
      unwanted.push_back(driver);
    }
  }
  for (GDALDriver* driver : unwanted) {
    manager->DeregisterDriver(driver);
    delete driver;
  }
}

void shut_out_network() {
  // GDAL's file manager owns what is installed; what it replaces has no owner any more.
  auto* nowhere = new NoFileSystem;
  static auto* replaced = new std::vector<VSIFilesystemHandler*>;
  for (const char* name : {"curl", "curl_streaming", "s3", "s3_streaming", "gs", "gs_streaming",
                           "az", "az_streaming", "adls", "oss", "oss_streaming", "swift",
                           "swift_streaming", "hdfs", "webhdfs", "stdin", "stdout"}) {
    for (const char* end : {"/", "?"}) {
      const std::string prefix = fmt::format("/vsi{}{}", name, end);
      replaced->push_back(VSIFileManager::GetHandler(prefix.c_str()));
      VSIFileManager::InstallHandler(prefix, nowhere);
    }
  }
  CPLHTTPSetFetchCallback(refuse_fetch, nullptr);
  OSRSetPROJEnableNetwork(0);
  CPLSetConfigOption("GML_DOWNLOAD_SCHEMA", "NO");
}

void start_gdal() {
  CPLSetErrorHandler(CPLQuietErrorHandler);
  // Side files (.aux.xml) would be written beside inputs, and would change what they mean.
  CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
  CPLSetConfigOption("GDAL_NUM_THREADS", "1");
  CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO");
  CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", nullptr);
  // Overviews on their way into a file stay in memory: packing them there costs more than the rest.
  CPLSetConfigOption("COG_TMP_COMPRESSION", "NONE");
  CPLSetConfigOption("CPL_DEBUG", "OFF");
  GDALSetCacheMax64(GIntBig{128} << 20U);
  GDALAllRegister();
  keep_local_drivers();
  shut_out_network();
}

Error refuse(const fs::path& path, std::string message, std::string hint = {}) {
  return Error{ErrorCode::input, std::move(message), {.file = path.string()}, std::move(hint)};
}

// The path as GDAL may see it: absolute, so that no prefix ("PG:", "/vsi...") has a meaning.
Result<fs::path> local_file(const fs::path& path) {
  const std::string text = path.string();
  if (text.empty() || text.find('\0') != std::string::npos) {
    return tl::unexpected(refuse(path, "no file is named"));
  }
  std::error_code ec;
  const fs::path full = fs::absolute(path, ec).lexically_normal();
  if (ec || full.string().rfind("/vsi", 0) == 0) {
    return tl::unexpected(refuse(path, "is not a path on this machine", "name a local file"));
  }
  const fs::file_status status = fs::status(full, ec);
  if (status.type() == fs::file_type::not_found) {
    return tl::unexpected(refuse(path, "no such file"));
  }
  const bool geodatabase = fs::is_directory(status) && full.extension() == ".gdb";
  if (!fs::is_regular_file(status) && !geodatabase) {
    return tl::unexpected(refuse(path, "not a regular file"));
  }
  return full;
}

struct FreeList {
  void operator()(char** list) const { CSLDestroy(list); }
};

// Unpacks the one file of an archive into memory: reading it in place would inflate it anew for
// every jump of an index, and would not check its CRC.
Result<std::unique_ptr<MemoryFile>> unpack(const fs::path& zip, Session& session) {
  constexpr vsi_l_offset kLargest = vsi_l_offset{2} << 30U;
  const std::string root = fmt::format("/vsizip/{{{}}}", zip.string());
  const std::unique_ptr<char*, FreeList> names(VSIReadDirRecursive(root.c_str()));
  std::vector<std::string> files;
  for (char** name = names.get(); name != nullptr && *name != nullptr; ++name) {
    const std::string_view text(*name);
    if (!text.empty() && text.back() != '/') files.emplace_back(text);
  }
  if (files.empty()) {
    return tl::unexpected(session.error(ErrorCode::input, "not a readable zip archive", zip));
  }
  if (files.size() > 1) {
    return tl::unexpected(
        refuse(zip, fmt::format("zip archive holds {} files, and one is expected", files.size()),
               "unpack it and name the file"));
  }
  const std::string inner = root + "/" + files.front();
  VSIStatBufL stat{};
  VSILFILE* in = VSIFOpenL(inner.c_str(), "rb");
  if (in == nullptr || VSIStatL(inner.c_str(), &stat) != 0) {
    if (in != nullptr) VSIFCloseL(in);
    return tl::unexpected(session.error(ErrorCode::input, "cannot open", zip, files.front()));
  }
  const auto size = static_cast<vsi_l_offset>(stat.st_size);
  auto memory = std::make_unique<MemoryFile>(fs::path(files.front()).extension().string());
  VSILFILE* out = VSIFOpenL(memory->name().c_str(), "wb");
  std::vector<char> block(std::size_t{1} << 20U);
  vsi_l_offset total = 0;
  while (size <= kLargest && total <= size) {
    const std::size_t got = VSIFReadL(block.data(), 1, block.size(), in);
    if (got == 0) break;
    total += VSIFWriteL(block.data(), 1, got, out);
  }
  VSIFCloseL(in);
  VSIFCloseL(out);
  if (size > kLargest) {
    return tl::unexpected(Error{ErrorCode::limit,
                                fmt::format("holds {} bytes, more than {}", size, kLargest),
                                {.file = zip.string(), .item = files.front()},
                                "unpack it and name the file"});
  }
  if (total != size || session.failed()) {
    return tl::unexpected(
        session.error(ErrorCode::input, "archive is damaged or cut off", zip, files.front()));
  }
  return memory;
}

}  // namespace

Session::Session() {
  static std::once_flag started;
  std::call_once(started, start_gdal);
  CPLPushErrorHandlerEx(&Session::collect, this);
  CPLErrorReset();
}

Session::~Session() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void Session::collect(CPLErr level, CPLErrorNum, const char* message) {
  if (level < CE_Failure) return;
  auto* session = static_cast<Session*>(CPLGetErrorHandlerUserData());
  constexpr std::size_t kEnough = 4;  // a broken file repeats itself
  if (session->failures_.size() < kEnough &&
      std::find(session->failures_.begin(), session->failures_.end(), message) ==
          session->failures_.end()) {
    session->failures_.emplace_back(message);
  }
}

std::string Session::words(std::string_view otherwise) const {
  if (failures_.empty()) return std::string(otherwise);
  return fmt::format("{}", fmt::join(failures_, "; "));
}

Error Session::error(ErrorCode code, std::string_view what, const fs::path& path,
                     std::string item) const {
  std::string message(what);
  if (failed()) message += ": " + words("");
  return Error{code, std::move(message), {.file = path.string(), .item = std::move(item)}, {}};
}

MemoryFile::MemoryFile(std::string_view extension) {
  static std::atomic<std::uint64_t> next{0};
  folder_ = fmt::format("/vsimem/abatis-{}", next.fetch_add(1));
  name_ = fmt::format("{}/data{}", folder_, extension);
}

MemoryFile::~MemoryFile() {
  VSIRmdirRecursive(folder_.c_str());
}

std::string_view MemoryFile::bytes() const {
  vsi_l_offset size = 0;
  const GByte* data = VSIGetMemFileBuffer(name_.c_str(), &size, FALSE);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Result<Source> open_source(const fs::path& path, Content content, Session& session) {
  ABATIS_TRY(const fs::path file, local_file(path));
  Source source;
  std::string name = file.string();
  if (file.extension() == ".zip") {
    auto unpacked = unpack(file, session);
    if (!unpacked) {
      unpacked.error().where.file = path.string();
      return tl::unexpected(std::move(unpacked).error());
    }
    source.unpacked = std::move(*unpacked);
    name = source.unpacked->name();
  }
  const unsigned kind = content == Content::raster ? GDAL_OF_RASTER : GDAL_OF_VECTOR;
  source.dataset.reset(GDALDataset::Open(
      name.c_str(), kind | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, nullptr, nullptr));
  if (!source.dataset) {
    const char* what = content == Content::raster ? "cannot be read as a raster"
                                                  : "cannot be read as a vector layer";
    Error error = session.error(ErrorCode::input, what, path);
    error.hint = "the file is empty, damaged or of another kind: fetch or write it again";
    return tl::unexpected(std::move(error));
  }
  session.forget();
  return source;
}

Status publish(const MemoryFile& file, const fs::path& path) {
  return write_file(path, file.bytes());
}

}  // namespace abatis::gdal
