#include "abatis/base/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace abatis {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::size_t kCompared = 64;

// Distance for suggestions: a word that was cut short ("anti_tank") is as near as one slip.
int nearness(std::string_view text, std::string_view candidate) {
  constexpr std::size_t kWorthCompleting = 3;
  if (text.size() >= kWorthCompleting && candidate.starts_with(text)) return 1;
  return edit_distance(text, candidate);
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, kCompared);
  b = b.substr(0, kCompared);
  // Three rows of the table: a swap looks two rows back.
  std::array<std::array<int, kCompared + 1>, 3> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& now = row[i % 3];
    const auto& up = row[(i + 2) % 3];
    const auto& two_up = row[(i + 1) % 3];
    now[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      now[j] = std::min({up[j] + 1, now[j - 1] + 1, up[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1])) {
        now[j] = std::min(now[j], two_up[j - 2] + 1);
      }
    }
  }
  return row[a.size() % 3][b.size()];
}

std::string nearest_hint(std::string_view text, std::span<const std::string> known,
                         std::string_view what) {
  if (known.empty()) return fmt::format("there is no {} to choose from", what);
  const std::string* best = nullptr;
  int best_distance = 0;
  for (const std::string& candidate : known) {
    const int distance = nearness(text, candidate);
    if (best == nullptr || distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  // A third of the letters may differ: more is a different word.
  const auto longest = static_cast<int>(std::max(std::min(text.size(), kCompared), best->size()));
  if (best_distance < longest && best_distance <= std::max(1, longest / 3)) {
    return fmt::format("did you mean {}?", in_quotes(*best));
  }
  constexpr std::size_t kListed = 16;
  const auto shown = known.first(std::min(known.size(), kListed));
  return fmt::format("known: {}{}", fmt::join(shown, ", "), known.size() > kListed ? ", ..." : "");
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, length);
    // Bytes that go on with a character take no room.
    const auto room = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
      return (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
    }));
    if (column > 0 && column + 1 + room > width) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += room;
    text.remove_prefix(length);
    if (text.empty()) break;
    if (text.front() == '\n') {
      out += '\n';
      column = 0;
    }
    text.remove_prefix(1);
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShown = 60;
  std::string out = "\"";
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool starts_character = (byte & 0xC0U) != 0x80U;
    if (starts_character && ++characters > kShown) return out + "...\"";
    if (byte == '\n') {
      out += "\\n";
    } else if (byte < 0x20U || byte == 0x7FU) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += text[i];
    }
  }
  return out + "\"";
}

}  // namespace abatis
