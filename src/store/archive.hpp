#pragma once
// One description of a value's fields serves writing, reading and hashing. A description binds
// every member by a structured binding, so a member added to a struct and forgotten here does not
// compile.

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "abatis/base/hash.hpp"

namespace abatis::store {

template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

// Bytes that ended too early or hold impossible lengths: the caller rebuilds the stage.
struct ArchiveDamaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Base of the three directions; Self gives raw(void*, size) and counts(n).
template <class Self>
class Archive {
 public:
  template <class... Ts>
  void operator()(Ts&... values) {
    (one(values), ...);
  }

 private:
  Self& self() { return static_cast<Self&>(*this); }

  template <Plain T>
  void one(T& value) {
    self().raw(&value, sizeof value);
  }
  void one(std::string& value) {
    value.resize(self().count(value.size(), 1));
    self().raw(value.data(), value.size());
  }
  void one(std::filesystem::path& value) {
    std::string text = value.string();
    one(text);
    value = text;
  }
  template <class T, std::size_t N>
  void one(std::array<T, N>& values) {
    for (auto& value : values) one(value);
  }
  template <class T>
  void one(std::vector<T>& values) {
    values.resize(self().count(values.size(), Plain<T> ? sizeof(T) : 1));
    if constexpr (Plain<T>) {
      self().raw(values.data(), values.size() * sizeof(T));
    } else {
      for (auto& value : values) one(value);
    }
  }
  template <class T>
  void one(std::optional<T>& value) {
    std::uint8_t set = value.has_value() ? 1 : 0;
    one(set);
    if (set == 0) {
      value.reset();
      return;
    }
    if (!value) value.emplace();
    one(*value);
  }
  template <class... Ts>
  void one(std::variant<Ts...>& value) {
    auto index = static_cast<std::uint8_t>(value.index());
    one(index);
    if (index >= sizeof...(Ts)) throw ArchiveDamaged("unknown alternative");
    std::size_t i = 0;
    ((i++ == index ? alternative<Ts>(value) : void()), ...);
  }
  template <class T, class V>
  void alternative(V& value) {
    if (!std::holds_alternative<T>(value)) value = T{};
    if constexpr (!std::is_same_v<T, std::monostate>) one(std::get<T>(value));
  }
  template <class T>
    requires(std::is_class_v<T>)
  void one(T& value) {
    fields(self(), value);
  }
};

class Writer : public Archive<Writer> {
 public:
  explicit Writer(std::string& out) : out_(&out) {}
  void raw(const void* data, std::size_t size) {
    out_->append(static_cast<const char*>(data), size);
  }
  std::size_t count(std::size_t n, std::size_t /*least_bytes*/) {
    const auto stored = static_cast<std::uint64_t>(n);
    raw(&stored, sizeof stored);
    return n;
  }

 private:
  std::string* out_;
};

class Reader : public Archive<Reader> {
 public:
  explicit Reader(std::string_view in) : in_(in) {}
  void raw(void* data, std::size_t size) {
    if (size > in_.size()) throw ArchiveDamaged("ends too early");
    if (size > 0) std::memcpy(data, in_.data(), size);
    in_.remove_prefix(size);
  }
  // A length is believed only as far as the bytes that are left could hold it.
  std::size_t count(std::size_t /*n*/, std::size_t least_bytes) {
    std::uint64_t stored = 0;
    raw(&stored, sizeof stored);
    if (stored > in_.size() / least_bytes) throw ArchiveDamaged("impossible length");
    return static_cast<std::size_t>(stored);
  }
  bool at_end() const { return in_.empty(); }

 private:
  std::string_view in_;
};

// Feeds the fields to a hash; values are not changed.
class Digest : public Archive<Digest> {
 public:
  explicit Digest(Hasher& hasher) : hasher_(&hasher) {}
  void raw(const void* data, std::size_t size) { hasher_->bytes(data, size); }
  std::size_t count(std::size_t n, std::size_t /*least_bytes*/) {
    hasher_->value(static_cast<std::uint64_t>(n));
    return n;
  }

 private:
  Hasher* hasher_;
};

}  // namespace abatis::store
