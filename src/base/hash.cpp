#include "abatis/base/hash.hpp"

#include <array>
#include <fstream>
#include <stdexcept>

#include <openssl/evp.h>

namespace abatis {

struct Hasher::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1) {
      throw std::runtime_error("SHA-256 is not available in this OpenSSL");
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Hasher::Hasher() : state_(std::make_unique<State>()) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::bytes(const void* data, std::size_t size) {
  if (EVP_DigestUpdate(state_->context, data, size) != 1) {
    throw std::runtime_error("SHA-256 update failed");
  }
}

void Hasher::text(std::string_view value) {
  this->value(static_cast<std::uint64_t>(value.size()));
  bytes(value.data(), value.size());
}

std::string Hasher::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(state_->context, digest.data(), &size) != 1) {
    throw std::runtime_error("SHA-256 failed to finish");
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2UL * size);
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Hasher hasher;
  hasher.bytes(bytes.data(), bytes.size());
  return hasher.hex();
}

Result<std::string> sha256_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return input_error("cannot read file", {.file = path.string()},
                       "check that it exists and that you may read it");
  }
  Hasher hasher;
  std::array<char, 1U << 16U> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    hasher.bytes(buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return fail(ErrorCode::io, "reading failed part way", {.file = path.string()});
  return hasher.hex();
}

}  // namespace abatis
