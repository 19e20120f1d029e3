#pragma once
// Places in text as errors name them, so that a test says where by what stands there.

#include <algorithm>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace abatis::testing {

// "LINE:COLUMN" of the bar in `marked` ("crews = |0"), the rest of which stands once in `text`.
inline std::string place_of(const std::string& text, const std::string& marked) {
  const std::size_t bar = marked.find('|');
  if (bar == std::string::npos) throw std::logic_error("no bar in: " + marked);
  const std::string words = marked.substr(0, bar) + marked.substr(bar + 1);
  const std::size_t begin = text.find(words);
  if (begin == std::string::npos) throw std::logic_error("the text has no: " + words);
  if (text.find(words, begin + 1) != std::string::npos) {
    throw std::logic_error("the text has twice: " + words);
  }
  const std::string before = text.substr(0, begin + bar);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1;
  return fmt::format("{}:{}", line, before.size() - start + 1);
}

}  // namespace abatis::testing
