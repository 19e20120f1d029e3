#include "abatis/base/text.hpp"

namespace abatis {

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  if (text.empty()) return 0;
  const unsigned a = byte(0);
  const unsigned b = byte(1);
  if (a < 0x80U) return 1;
  if (a >= 0xC2U && a <= 0xDFU) return tail(1) ? 2 : 0;
  if (a >= 0xE0U && a <= 0xEFU) {
    if ((a == 0xE0U && b < 0xA0U) || (a == 0xEDU && b > 0x9FU)) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (a >= 0xF0U && a <= 0xF4U) {
    if ((a == 0xF0U && b < 0x90U) || (a == 0xF4U && b > 0x8FU)) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

}  // namespace abatis
