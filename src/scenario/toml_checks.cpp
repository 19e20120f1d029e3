// Checks on the raw text, before the TOML library sees it: malformed UTF-8 is undefined there, and
// a key of a million dots would become a million nested tables.

#include <array>
#include <cstdint>

#include "abatis/base/text.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace {

// Walks TOML just far enough to tell strings and comments from the rest.
class KeyScanner {
 public:
  explicit KeyScanner(std::string_view text) : text_(text) {}

  Place first_deep_key() {
    while (i_ < text_.size()) {
      const char c = text_[i_];
      if (c == '#') {
        skip_comment();
      } else if (c == '"' || c == '\'') {
        skip_string(c);
      } else {
        // A value is over, or a new key begins: dots are counted anew.
        if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') {
          dots_ = 0;
        } else if (c == '.' && ++dots_ > kMaxTomlDepth) {
          return at_;
        }
        step();
      }
    }
    return {};
  }

 private:
  void step() {
    if (text_[i_] == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if ((static_cast<unsigned char>(text_[i_]) & 0xC0U) != 0x80U) {
      ++at_.column;
    }
    ++i_;
  }
  void skip_comment() {
    while (i_ < text_.size() && text_[i_] != '\n') step();
  }
  void skip_string(char quote) {
    const std::array<char, 3> triple{quote, quote, quote};
    const std::string_view fence(triple.data(), triple.size());
    const bool multiline = text_.substr(i_).starts_with(fence);
    for (int n = multiline ? 3 : 1; n > 0; --n) step();
    while (i_ < text_.size()) {
      if (!multiline && text_[i_] == '\n') return;  // unterminated: the parser will say so
      if (quote == '"' && text_[i_] == '\\' && i_ + 1 < text_.size()) {
        step();
        step();
      } else if (multiline ? text_.substr(i_).starts_with(fence) : text_[i_] == quote) {
        for (int n = multiline ? 3 : 1; n > 0; --n) step();
        return;
      } else {
        step();
      }
    }
  }

  std::string_view text_;
  std::size_t i_ = 0;
  int dots_ = 0;
  Place at_{1, 1};
};

}  // namespace

Place first_malformed_character(std::string_view text) {
  Place at{1, 1};
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || text[0] == '\0') return at;
    if (text[0] == '\n') {
      at = {at.line + 1, 1};
    } else {
      ++at.column;
    }
    text.remove_prefix(length);
  }
  return {};
}

Place first_deep_key(std::string_view text) {
  return KeyScanner(text).first_deep_key();
}

}  // namespace abatis
