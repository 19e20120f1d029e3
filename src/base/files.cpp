#include "abatis/base/files.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace abatis {
namespace fs = std::filesystem;
namespace {

// What to do about a failure to write.
const char* hint_of(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "the disk is full: free some space or choose another folder";
    case EACCES:
    case EROFS:
    case EPERM:
      return "choose a folder you may write to";
    case ENOTDIR:
    case EISDIR:
      return "a file stands where a folder is needed, or a folder where a file is: choose another";
    case EFBIG:
      return "the file is larger than the file system or a limit of this shell (ulimit -f) allows";
    default:
      return "";
  }
}

tl::unexpected<Error> io_error(const std::string& what, const fs::path& path, int error) {
  return fail(ErrorCode::io, fmt::format("{}: {}", what, std::strerror(error)),
              {.file = path.string()});
}

tl::unexpected<Error> write_error(const std::string& what, const fs::path& path, int error) {
  return fail(ErrorCode::io, fmt::format("{}: {}", what, std::strerror(error)),
              {.file = path.string()}, hint_of(error));
}

// Closes on every way out.
struct Descriptor {
  int fd = -1;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  explicit Descriptor(int f) : fd(f) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

Status write_all(const fs::path& path, std::string_view bytes) {
  const Descriptor out(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (out.fd < 0) return write_error("cannot create file", path, errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(out.fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return write_error("writing failed", path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::uint64_t max_bytes) {
  std::error_code ec;
  if (!fs::is_regular_file(path, ec)) {
    return input_error(fs::exists(path, ec) ? "not a regular file" : "no such file",
                       {.file = path.string()});
  }
  const std::uint64_t size = fs::file_size(path, ec);
  if (ec) return io_error("cannot read file", path, ec.value());
  if (size > max_bytes) {
    return fail(ErrorCode::limit,
                fmt::format("file has {} bytes, more than the limit of {}", size, max_bytes),
                {.file = path.string()});
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in || !in.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return io_error("cannot read file", path, errno);
  }
  return bytes;
}

fs::path temporary_beside(const fs::path& path) {
  return path.parent_path() /
         fmt::format(".{}.{}.tmp{}", path.stem().string(), ::getpid(), path.extension().string());
}

Status commit_file(const fs::path& temporary, const fs::path& path) {
  const auto give_up = [&](const std::string& what, int error) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return write_error(what, path, error);
  };
  {
    const Descriptor file(::open(temporary.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd < 0) return give_up("cannot write file", errno);
    if (::fsync(file.fd) != 0) return give_up("writing failed", errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return give_up("cannot put the finished file in place", errno);
  }
  return {};
}

Status write_file(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = temporary_beside(path);
  if (auto status = write_all(temporary, bytes); !status) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    status.error().where.file = path.string();
    return status;
  }
  return commit_file(temporary, path);
}

Result<fs::path> path_inside(const fs::path& root, std::string_view relative) {
  const fs::path part(relative);
  const auto refuse = [&](const char* why) {
    return input_error(fmt::format("path \"{}\" {}", relative, why), {},
                       fmt::format("name a file inside {}", root.string()));
  };
  if (relative.empty()) return refuse("is empty");
  if (relative.find('\0') != std::string_view::npos) return refuse("holds a NUL byte");
  if (part.is_absolute()) return refuse("is absolute");
  for (const auto& piece : part) {
    if (piece == "..") return refuse("leaves its folder");
  }
  std::error_code ec;
  const fs::path base = fs::weakly_canonical(root, ec);
  if (ec) return io_error("cannot resolve folder", root, ec.value());
  fs::path full = fs::weakly_canonical(base / part, ec);
  if (ec) return io_error("cannot resolve path", base / part, ec.value());
  const fs::path rest = full.lexically_relative(base);
  if (rest.empty() || *rest.begin() == "..") return refuse("leads out of its folder by a link");
  return full;
}

Status ensure_writable_folder(const fs::path& folder) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return write_error("cannot create folder", folder, ec.value());
  const fs::path probe = folder / fmt::format(".probe.{}", ::getpid());
  auto status = write_all(probe, "x");
  std::error_code ignored;
  fs::remove(probe, ignored);
  if (!status) status.error().where.file = folder.string();
  return status;
}

}  // namespace abatis
