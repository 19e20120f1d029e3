#pragma once
// Bytes at places of a file without a name.

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "abatis/base/error.hpp"

namespace abatis::travel_detail {

// A new file in `folder` that has no name and is gone when closed. ErrorCode::io names the folder.
Result<int> open_nameless(const std::filesystem::path& folder);
// All of it or an error; EINTR and short transfers are gone on with. Thread safe.
Status write_at(int file, const void* from, std::size_t bytes, std::int64_t at,
                const std::filesystem::path& folder);
Status read_at(int file, void* to, std::size_t bytes, std::int64_t at,
               const std::filesystem::path& folder);

}  // namespace abatis::travel_detail
