#pragma once
// `abatis data fetch`: fills a data folder from public sources, and can be cut off at any moment.
//
//   auto sources = read_fetch_sources("data/gather/sources.toml");
//   auto plan = plan_fetch(*sources, {.lonlat = {22.3, 53.7, 24.3, 54.6}});
//   auto report = fetch(*plan, "my-data", {}, monitor);
//
// A file arrives as `NAME.part` and gets its name only when it is whole and of its declared type;
// a later run continues a part where it stopped, if the server still has the same file.
// `checksums.json` in the folder holds URL, SHA-256, size and date of every file, and
// `ATTRIBUTION.md` the licences. docs/reference/data-fetch.md has the catalogue's keys.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/grid.hpp"

namespace abatis {

// What the bytes of a file must be. tiff, pbf and zip are also proved whole: every offset in a
// TIFF, every block of an OSM PBF and the directory of a zip must lie within the file.
enum class FetchType : std::uint8_t { any, tiff, pbf, zip };

// One entry of the catalogue. In `url` and `file`, {ns} {lat} {ew} {lon} are the hemisphere letters
// and whole degrees (2 and 3 digits) of a tile's south-west corner; {west} {south} {east} {north}
// are the window in degrees.
struct FetchSource {
  std::string id;
  std::string title;
  std::string url;       // http or https
  std::string file;      // inside the data folder
  int tile_degrees = 0;  // 0: one file; else one file for each tile that meets the window
  FetchType type = FetchType::any;
  std::uint64_t max_bytes = 0;  // per file; more is refused
  bool may_be_absent = false;   // 404 means that there is nothing there (tiles of open sea)
  std::string sha256;           // "" = not known ahead
  std::string mosaic;           // .vrt over all tiles of this source, "" = none
  std::string licence;
  std::string attribution;
  std::string provenance;
};

// Reads the catalogue (TOML). Unknown keys, missing keys, wrong types, two sources of one id and
// placeholders that do not exist are errors with line and column.
Result<std::vector<FetchSource>> read_fetch_sources(const std::filesystem::path& file);

struct FetchItem {
  FetchSource source;  // its url and file still with placeholders
  std::string url;
  std::string file;
};

struct FetchWindow {
  Bounds lonlat;                  // degrees
  std::vector<std::string> only;  // ids of sources; empty = all
  // "http://127.0.0.1:8080" instead of each source's scheme and host, for a mirror ("" = as is).
  std::string base_url;
};

struct FetchPlan {
  std::vector<FetchItem> items;
};

// Expands tiles and placeholders. Two items for one file, an unknown id, a window that is not in
// degrees and more than 10,000 files are errors.
Result<FetchPlan> plan_fetch(const std::vector<FetchSource>& sources, const FetchWindow& window);

struct FetchOptions {
  double connect_timeout_s = 20;
  double stall_timeout_s = 30;  // gives up an attempt that brings no byte for so long
  int retries = 4;              // after the first attempt, for what may pass (5xx, cut-offs)
  double backoff_s = 1.0;       // before the first retry; doubles up to 30 s
  int max_redirects = 5;
  bool replace_changed = false;  // fetch again what is no longer as it was fetched
  std::string today;             // ISO date to write down; "" = of the clock, UTC
};

enum class FetchStatus : std::uint8_t {
  fetched,  // now
  kept,     // was there, and is what was fetched
  adopted,  // was there, put by someone else, is of the declared type; now recorded
  absent,   // the source has no such file, and that may be
};

struct FetchedFile {
  std::string file;
  std::string source;
  std::string url;
  FetchStatus status = FetchStatus::fetched;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::uint64_t resumed_at = 0;  // bytes that an earlier run had brought
};

struct FetchReport {
  std::vector<FetchedFile> files;  // those that are in order
  Errors errors;                   // one for each that is not; the others were still fetched
  std::uint64_t bytes_received = 0;
};

// Fetches what is missing, one file after another. Errors of single files are in the report; an
// Error is returned when the folder cannot be used (io), another run holds it (io), or the user
// stopped (interrupted: parts and finished files stay, and the next run goes on from there).
Result<FetchReport> fetch(const FetchPlan& plan, const std::filesystem::path& folder,
                          const FetchOptions& options, Monitor& monitor);

}  // namespace abatis
