#include "abatis/store/stage_cache.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "abatis-stage-1\n";
constexpr std::size_t kDigestSize = 64;
constexpr std::uint64_t kMaxStageBytes = 64ULL << 30U;

}  // namespace

Result<StageCache> StageCache::open(const fs::path& out) {
  const fs::path folder = out / ".stages";
  ABATIS_CHECK(ensure_writable_folder(folder));
  const fs::path lock_file = folder / "lock";
  const int lock = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) {
    return fail(ErrorCode::io, fmt::format("cannot create lock: {}", std::strerror(errno)),
                {.file = lock_file.string()});
  }
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return fail(ErrorCode::io, "another run is at work in this output folder",
                {.file = out.string()}, "wait for it, or choose another folder with -o");
  }
  return StageCache(folder, lock);
}

StageCache::StageCache(StageCache&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

StageCache& StageCache::operator=(StageCache&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(lock_, other.lock_);
  return *this;
}

StageCache::~StageCache() {
  if (lock_ >= 0) ::close(lock_);
}

fs::path StageCache::path_of(std::string_view stage, std::string_view key) const {
  return folder_ / fmt::format("{}-{}.bin", stage, key.substr(0, 24));
}

std::optional<std::string> StageCache::get(std::string_view stage, std::string_view key) const {
  auto bytes = read_file(path_of(stage, key), kMaxStageBytes);
  const std::size_t head = kMagic.size() + kDigestSize;
  if (!bytes || bytes->size() < head || !bytes->starts_with(kMagic)) return std::nullopt;
  const std::string_view all = *bytes;
  const std::string_view payload = all.substr(head);
  if (sha256_hex(payload) != all.substr(kMagic.size(), kDigestSize)) return std::nullopt;
  bytes->erase(0, head);
  return std::move(*bytes);
}

Status StageCache::put(std::string_view stage, std::string_view key, std::string_view bytes) const {
  std::string file;
  file.reserve(kMagic.size() + kDigestSize + bytes.size());
  file += kMagic;
  file += sha256_hex(bytes);
  file += bytes;
  const fs::path kept = path_of(stage, key);
  ABATIS_CHECK(write_file(kept, file));
  const std::string prefix = fmt::format("{}-", stage);
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder_, ec)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && entry.path() != kept) fs::remove(entry.path(), ec);
  }
  return {};
}

}  // namespace abatis
