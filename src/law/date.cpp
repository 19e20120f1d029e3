#include "abatis/law/date.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace abatis {
namespace {

namespace chr = std::chrono;

chr::year_month_day calendar(const Date& d) {
  return chr::year{d.year} / chr::month{static_cast<unsigned>(d.month)} /
         chr::day{static_cast<unsigned>(d.day)};
}
Date plain(const chr::year_month_day& d) {
  return {static_cast<int>(d.year()), static_cast<int>(static_cast<unsigned>(d.month())),
          static_cast<int>(static_cast<unsigned>(d.day()))};
}

// The number that `digits` characters write, or -1.
int number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  constexpr std::size_t kLength = 10;
  if (text.size() != kLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const Date date{number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2))};
  if (date.year < 1800 || date.year > 2999 || date.month < 1 || date.day < 1) return std::nullopt;
  if (!calendar(date).ok()) return std::nullopt;
  return date;
}

std::string to_string(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Date months_after(const Date& date, int months) {
  const chr::year_month_day moved = calendar(date) + chr::months{months};
  if (moved.ok()) return plain(moved);
  return plain(chr::year_month_day{chr::sys_days{moved.year() / moved.month() / chr::last}});
}

Date next_day(const Date& date) {
  return plain(chr::year_month_day{chr::sys_days{calendar(date)} + chr::days{1}});
}

}  // namespace abatis
