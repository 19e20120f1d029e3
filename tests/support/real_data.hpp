#pragma once
// Where the real geodata lie: $ABATIS_DATA, else ../shared/data beside the source folder.

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

namespace abatis {

inline std::optional<std::filesystem::path> real_data() {
  namespace fs = std::filesystem;
  std::error_code ec;
  const char* set = std::getenv("ABATIS_DATA");
  const fs::path folder = set != nullptr && *set != '\0'
                              ? fs::path(set)
                              : fs::path(ABATIS_SOURCE_DIR).parent_path() / "shared" / "data";
  if (fs::is_directory(folder / "osm", ec)) return folder;
  return std::nullopt;
}

}  // namespace abatis

// Leaves the test when the data are not there.
#define ABATIS_REAL_DATA(folder)                                                    \
  const auto folder##_found = abatis::real_data();                                  \
  if (!folder##_found) GTEST_SKIP() << "skipped: no real geodata; set ABATIS_DATA"; \
  const std::filesystem::path folder = *folder##_found
