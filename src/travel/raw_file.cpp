#include "raw_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace abatis::travel_detail {
namespace {

tl::unexpected<Error> io_error(const char* what, int code, const std::filesystem::path& folder) {
  return fail(ErrorCode::io, fmt::format("{}: {}", what, std::strerror(code)),
              {.file = folder.string(), .item = "scratch file"},
              code == ENOSPC ? "free some disk, write elsewhere, or allow more --memory"
                             : "choose an output folder that can be written to");
}

}  // namespace

Result<int> open_nameless(const std::filesystem::path& folder) {
  const std::filesystem::path place = folder.empty() ? "." : folder;
  std::string name = (place / ".abatis-scratch-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return io_error("a scratch file cannot be made", errno, place);
  ::unlink(name.c_str());
  return file;
}

Status write_at(int file, const void* from, std::size_t bytes, std::int64_t at,
                const std::filesystem::path& folder) {
  const char* rest = static_cast<const char*>(from);
  while (bytes > 0) {
    const ssize_t done = ::pwrite(file, rest, bytes, at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return io_error("a scratch file cannot be written", errno, folder);
    rest += done;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return {};
}

Status read_at(int file, void* to, std::size_t bytes, std::int64_t at,
               const std::filesystem::path& folder) {
  char* rest = static_cast<char*>(to);
  while (bytes > 0) {
    const ssize_t done = ::pread(file, rest, bytes, at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0)
      return io_error("a scratch file cannot be read", done == 0 ? EIO : errno, folder);
    rest += done;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return {};
}

}  // namespace abatis::travel_detail
