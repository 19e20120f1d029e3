#pragma once
// SHA-256 of bytes, values and files, for manifests and the stage cache.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "abatis/base/error.hpp"

namespace abatis {

class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void bytes(const void* data, std::size_t size);
  // Length first, so that ("ab","c") and ("a","bc") differ.
  void text(std::string_view value);
  template <class T>
    requires std::is_arithmetic_v<T>
  void value(T v) {
    bytes(&v, sizeof v);
  }
  // Finishes; the hasher must not be used afterwards. 64 lower-case hex digits.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
Result<std::string> sha256_file(const std::filesystem::path& path);

}  // namespace abatis
