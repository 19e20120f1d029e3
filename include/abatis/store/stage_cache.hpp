#pragma once
// Stages are cached by the hash of what went into them and renamed into place whole: a killed run
// loses the running stage at most, and a second run is instant.
//
//   StageCache cache = *StageCache::open(out);
//   if (auto bytes = cache.get("terrain", key)) ...
//   cache.put("terrain", key, bytes);

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "abatis/base/error.hpp"

namespace abatis {

class StageCache {
 public:
  // Creates `out`/.stages and locks it for this process; a second run in the same folder is an
  // error that says so. The lock goes with the object, or with the process.
  static Result<StageCache> open(const std::filesystem::path& out);
  StageCache(StageCache&& other) noexcept;
  StageCache& operator=(StageCache&& other) noexcept;
  StageCache(const StageCache&) = delete;
  StageCache& operator=(const StageCache&) = delete;
  ~StageCache();

  // The bytes stored for this stage under this key, or nothing when there are none or they are
  // damaged (their checksum is verified).
  std::optional<std::string> get(std::string_view stage, std::string_view key) const;

  // Stores, then drops the stage's entries under other keys, so the folder stays bounded.
  Status put(std::string_view stage, std::string_view key, std::string_view bytes) const;

 private:
  StageCache(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
  std::filesystem::path path_of(std::string_view stage, std::string_view key) const;
  std::filesystem::path folder_;
  int lock_ = -1;
};

}  // namespace abatis
