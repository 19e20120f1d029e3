#include "text.hpp"

#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace abatis::report {

double rounded(double value, double parts) {
  return std::round(value * parts) / parts;
}

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return value < 0 ? "-" + digits : digits;
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t start = text[0] == '-' ? 1 : 0;
  std::size_t point = text.find('.');
  if (point == std::string::npos) point = text.size();
  for (std::size_t i = point; i > start + 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string million_eur(double eur) {
  return fixed(eur / 1e6, 1) + " M EUR";
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "never";
  if (seconds < 0) return "-" + duration(-seconds);
  if (seconds > 0 && seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  if (seconds < 59.5) return fmt::format("{:.0f} s", seconds);
  const auto minutes = static_cast<std::int64_t>(std::llround(seconds / 60));
  if (minutes < 60) return fmt::format("{} min", minutes);
  return fmt::format("{} h {:02} min", grouped(minutes / 60), minutes % 60);
}

std::string percent(double share, int decimals) {
  return fixed(share * 100, decimals) + " %";
}

std::string csv_text(std::string_view text) {
  std::string out;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    out += '\'';
  }
  out += text;
  if (out.find_first_of(",\"\r\n;") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

std::string without_marks(std::string text) {
  constexpr std::pair<std::string_view, char> kLetters[] = {
      {"ą", 'a'}, {"ć", 'c'}, {"č", 'c'}, {"ę", 'e'}, {"ė", 'e'}, {"į", 'i'}, {"ł", 'l'},
      {"ń", 'n'}, {"ó", 'o'}, {"ś", 's'}, {"š", 's'}, {"ų", 'u'}, {"ū", 'u'}, {"ź", 'z'},
      {"ż", 'z'}, {"ž", 'z'}, {"Ą", 'A'}, {"Ć", 'C'}, {"Č", 'C'}, {"Ę", 'E'}, {"Ė", 'E'},
      {"Į", 'I'}, {"Ł", 'L'}, {"Ń", 'N'}, {"Ó", 'O'}, {"Ś", 'S'}, {"Š", 'S'}, {"Ų", 'U'},
      {"Ū", 'U'}, {"Ź", 'Z'}, {"Ż", 'Z'}, {"Ž", 'Z'}};
  for (const auto& [letter, plain] : kLetters) {
    for (auto at = text.find(letter); at != std::string::npos; at = text.find(letter, at)) {
      text.replace(at, letter.size(), 1, plain);
    }
  }
  return text;
}

std::string safe_name(const std::string& id) {
  std::string out;
  for (const char c : id) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    out += keep ? c : (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : '_';
  }
  return out.empty() ? "_" : out;
}

std::string json_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 64);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    // Outside strings JSON has none of these, so an escape is always inside one.
    if (rest[0] == '<') {
      out += "\\u003c";
    } else if (rest.starts_with("\xE2\x80\xA8")) {
      out += "\\u2028";
      i += 2;
    } else if (rest.starts_with("\xE2\x80\xA9")) {
      out += "\\u2029";
      i += 2;
    } else {
      out += rest[0];
    }
  }
  return out;
}

}  // namespace abatis::report
