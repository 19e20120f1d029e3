#pragma once
// TOML text to TomlNode. The only translation unit that sees the TOML library is toml_reader.cpp.

#include <cstddef>
#include <string_view>

#include <tl/expected.hpp>

#include "toml_node.hpp"

namespace abatis {

inline constexpr std::size_t kMaxTomlBytes = std::size_t{4} << 20U;
inline constexpr int kMaxTomlDepth = 32;  // of values, and of dots in one key

struct TomlFault {
  Place at;
  std::string message;
  std::string hint;
};

// Parses untrusted text: refuses more than kMaxTomlBytes, bytes that are not UTF-8, NUL, and keys
// or values nested deeper than kMaxTomlDepth. A document that breaks the syntax has one fault, at
// its place; the text after it is not read. O(text).
tl::expected<TomlNode, TomlFault> parse_toml(std::string_view text);

// The first byte sequence that is not UTF-8 (or is NUL), or {0, 0}. Exposed for tests.
Place first_malformed_character(std::string_view text);
// The first key with more than kMaxTomlDepth dots, or {0, 0}. Exposed for tests.
Place first_deep_key(std::string_view text);

}  // namespace abatis
