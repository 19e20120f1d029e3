#pragma once
// Days of the proleptic Gregorian calendar, as treaties count them.

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace abatis {

struct Date {
  int year = 1970, month = 1, day = 1;
  auto operator<=>(const Date&) const = default;
};

// "2025-12-27"; nothing for anything else, days that do not exist included. Years 1800 to 2999.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(const Date& date);

// The same day so many months later, or the last day of that month where it has no such day.
Date months_after(const Date& date, int months);
Date next_day(const Date& date);

}  // namespace abatis
