#pragma once
// Private to gather: one address into one file, with libcurl.

#include <cstdint>
#include <filesystem>
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/gather/fetch.hpp"

namespace abatis::gather {

struct Transfer {
  std::string url;
  std::filesystem::path part;  // grows here; what it is a part of stands in PART.from
  std::uint64_t max_bytes = 0;
  bool may_be_absent = false;
};

struct Transferred {
  bool absent = false;           // 404 or 410 where that may be
  std::uint64_t bytes = 0;       // of the whole file
  std::uint64_t received = 0;    // in this call
  std::uint64_t resumed_at = 0;  // where an earlier part was taken up
};

// Brings the whole file to `part`, trying again as `options` say. The part of an earlier run is
// taken up only when the server confirms (If-Range) that it still has the same file.
Result<Transferred> transfer(const Transfer& what, const FetchOptions& options, Monitor& monitor);

// Removes a part and what is known of it.
void forget_part(const std::filesystem::path& part);

}  // namespace abatis::gather
