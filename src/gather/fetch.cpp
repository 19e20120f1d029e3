#include "abatis/gather/fetch.hpp"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/geo/io.hpp"
#include "fetch_check.hpp"
#include "fetch_ledger.hpp"
#include "fetch_transfer.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

// Two runs in one folder would write into the same parts. The kernel lets go of the lock with the
// process, so none is ever left behind.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : fd_(::open((folder / ".fetch.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    held_ = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
  }
  ~FolderLock() {
    if (fd_ >= 0) ::close(fd_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  bool held() const { return held_; }

 private:
  int fd_ = -1;
  bool held_ = false;
};

std::string today_utc() {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr)));
}

// One item of the plan, from what the folder holds to what it should hold.
class Fetcher {
 public:
  Fetcher(const fs::path& folder, const FetchOptions& options, Monitor& monitor,
          gather::Ledger& ledger)
      : folder_(folder), options_(options), monitor_(monitor), ledger_(ledger) {
    date_ = options.today.empty() ? today_utc() : options.today;
  }
  std::uint64_t received = 0;

  Result<FetchedFile> get(const FetchItem& item) {
    ABATIS_TRY(const fs::path path, path_inside(folder_, item.file));
    std::error_code ec;
    if (fs::exists(path, ec)) {
      ABATIS_TRY(std::optional<FetchedFile> there, present(item, path));
      if (there) return std::move(*there);
    }
    return bring(item, path);
  }

 private:
  // What is there already, or nothing when it has to be fetched again.
  Result<std::optional<FetchedFile>> present(const FetchItem& item, const fs::path& path) {
    ABATIS_TRY(std::string hash, sha256_file(path));
    std::error_code ec;
    const std::uint64_t bytes = fs::file_size(path, ec);
    FetchedFile file{item.file, item.source.id, item.url, FetchStatus::kept, bytes, hash};
    const auto known = ledger_.find(item.file);
    if (known == ledger_.end()) {
      ABATIS_CHECK(gather::check_file_type(path, item.source.type));
      ABATIS_CHECK(check_hash(item, path, hash));
      file.status = FetchStatus::adopted;
      ABATIS_CHECK(record(item, file));
      return std::optional(std::move(file));
    }
    if (known->second.sha256 == hash && known->second.url == item.url) {
      return std::optional(std::move(file));
    }
    if (options_.replace_changed) return std::optional<FetchedFile>();
    const bool moved = known->second.sha256 == hash;
    return input_error(
        moved ? fmt::format("was fetched from {}, and {} is asked for now", known->second.url,
                            item.url)
              : fmt::format("has changed since it was fetched on {} (SHA-256 {}..., was {}...)",
                            known->second.date, hash.substr(0, 12),
                            known->second.sha256.substr(0, 12)),
        {.file = path.string()}, "remove it, or ask for changed files to be replaced");
  }

  Result<FetchedFile> bring(const FetchItem& item, const fs::path& path) {
    std::error_code ec;
    fs::create_directories(path.parent_path(), ec);
    const fs::path part = path.string() + ".part";
    auto moved = gather::transfer(
        {item.url, part, item.source.max_bytes, item.source.may_be_absent}, options_, monitor_);
    if (!moved) return tl::unexpected(std::move(moved).error());
    received += moved->received;
    FetchedFile file{item.file, item.source.id, item.url, FetchStatus::absent};
    if (moved->absent) return file;
    ABATIS_TRY(file.sha256, sha256_file(part));
    auto fit = gather::check_file_type(part, item.source.type);
    if (fit) fit = check_hash(item, part, file.sha256);
    if (!fit) {
      gather::forget_part(part);
      fit.error().where.file = path.string();
      fit.error().message = fmt::format("{}: what came {}", item.url, fit.error().message);
      return tl::unexpected(std::move(fit).error());
    }
    file.status = FetchStatus::fetched;
    file.bytes = moved->bytes;
    file.resumed_at = moved->resumed_at;
    ABATIS_CHECK(commit_file(part, path));
    gather::forget_part(part);
    ABATIS_CHECK(record(item, file));
    return file;
  }

  static Status check_hash(const FetchItem& item, const fs::path& path, const std::string& hash) {
    if (item.source.sha256.empty() || item.source.sha256 == hash) return {};
    return input_error(
        fmt::format("has the SHA-256 {}; the catalogue says {}", hash, item.source.sha256),
        {.file = path.string()});
  }

  // After each file: what is on the disk is always in the ledger, whenever a run ends.
  Status record(const FetchItem& item, const FetchedFile& file) {
    ledger_[item.file] = {
        item.source.id, item.url,          file.sha256,         file.bytes,
        date_,          item.source.title, item.source.licence, item.source.attribution};
    return gather::write_ledger(folder_, ledger_);
  }

  const fs::path& folder_;
  const FetchOptions& options_;
  Monitor& monitor_;
  gather::Ledger& ledger_;
  std::string date_;
};

// One raster for all tiles of each source that asks for one, those of earlier windows too.
void write_mosaics(const FetchPlan& plan, const fs::path& folder, const gather::Ledger& ledger,
                   Errors& errors) {
  std::set<std::string> seen;
  for (const FetchItem& item : plan.items) {
    const FetchSource& source = item.source;
    if (source.mosaic.empty() || !seen.insert(source.id).second) continue;
    const auto path = path_inside(folder, source.mosaic);
    std::vector<fs::path> tiles;
    for (const auto& [file, entry] : ledger) {
      std::error_code ec;
      if (entry.source == source.id && fs::exists(folder / file, ec))
        tiles.push_back(folder / file);
    }
    if (path && tiles.empty()) continue;  // nothing but open sea
    Status status = path.map([](auto&&) {});
    if (path) status = write_mosaic(*path, tiles);
    if (!status) errors.push_back(std::move(status).error());
  }
}

}  // namespace

Result<FetchReport> fetch(const FetchPlan& plan, const fs::path& folder,
                          const FetchOptions& options, Monitor& monitor) {
  ABATIS_CHECK(ensure_writable_folder(folder));
  const FolderLock lock(folder);
  if (!lock.held()) {
    return fail(ErrorCode::io, "another run is fetching into this folder",
                {.file = folder.string()}, "wait for it to end");
  }
  ABATIS_TRY(gather::Ledger ledger, gather::read_ledger(folder));
  Fetcher fetcher(folder, options, monitor, ledger);
  FetchReport report;
  for (const FetchItem& item : plan.items) {
    auto file = fetcher.get(item);
    report.bytes_received = fetcher.received;
    if (file) {
      report.files.push_back(std::move(*file));
      continue;
    }
    if (file.error().code == ErrorCode::interrupted) {
      return tl::unexpected(std::move(file).error());
    }
    if (file.error().where.item.empty()) file.error().where.item = "source " + item.source.id;
    report.errors.push_back(std::move(file).error());
  }
  write_mosaics(plan, folder, ledger, report.errors);
  return report;
}

}  // namespace abatis
