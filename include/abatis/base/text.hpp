#pragma once
// Text as bytes: UTF-8, and what XML makes of it.

#include <cstddef>
#include <string>
#include <string_view>

namespace abatis {

// Bytes of the well-formed UTF-8 sequence that `text` begins with: 1 to 4, or 0 when there is none
// (empty, cut off, an overlong form, a surrogate, above U+10FFFF). Unicode 15, table 3-7.
std::size_t utf8_length(std::string_view text);

// Every byte that begins no well-formed sequence becomes U+FFFD. JSON and GeoPackage hold nothing
// else. O(n).
std::string valid_utf8(std::string_view text);

// For XML 1.0, in content and in quoted attributes: valid UTF-8, & < > " ' escaped, control
// characters other than tab and newline left out. O(n).
std::string xml_text(std::string_view text);

}  // namespace abatis
