#pragma once
// The bytes of one fuzz input as a file; the same name each time, so that a run leaves one file.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace abatis::fuzz {

inline std::filesystem::path scratch_file(const std::string& extension, const std::uint8_t* data,
                                          std::size_t size) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("abatis-fuzz-" + std::to_string(::getpid()) + extension);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  if (!out) std::abort();
  return path;
}

}  // namespace abatis::fuzz
