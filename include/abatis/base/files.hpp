#pragma once
// Files: bounded reading, writing that is whole or absent, and an output folder nothing escapes.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "abatis/base/error.hpp"

namespace abatis {

// Whole file as bytes; refuses more than `max_bytes` with ErrorCode::limit.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::uint64_t max_bytes = 64ULL << 20U);

// Writes to a temporary file beside `path`, syncs, and renames: readers see the old bytes or the
// new ones, never a part. A full disk or an unwritable folder is ErrorCode::io naming the path.
Status write_file(const std::filesystem::path& path, std::string_view bytes);

// `relative` joined to `root`, refused when it is absolute, has a `..` part, or (through links)
// leaves `root`. For every path that comes out of a file or an argument.
Result<std::filesystem::path> path_inside(const std::filesystem::path& root,
                                          std::string_view relative);

// Creates `folder` (and parents) and proves that it can be written to.
Status ensure_writable_folder(const std::filesystem::path& folder);

// A name beside `path` for a file under construction: same folder, unique to this process.
std::filesystem::path temporary_beside(const std::filesystem::path& path);
// Renames `temporary` over `path` after syncing it; removes `temporary` when that fails.
Status commit_file(const std::filesystem::path& temporary, const std::filesystem::path& path);

}  // namespace abatis
