#include "abatis/law/date.hpp"

#include <ctime>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

TEST(DateTest, ReadsDaysOfTheCalendarAlone) {
  EXPECT_EQ(parse_date("2025-12-27"), (Date{2025, 12, 27}));
  EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
  for (const char* wrong :
       {"", "2025-2-1", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-01-00",
        "2025/01/01", "2025-01-0x", "20250101xx", "1799-01-01", "-025-01-01"}) {
    EXPECT_FALSE(parse_date(wrong)) << wrong;
  }
}

TEST(DateTest, MonthsEndWhereTheDayIsMissing) {
  EXPECT_EQ(months_after({2025, 6, 27}, 6), (Date{2025, 12, 27}));
  EXPECT_EQ(months_after({2025, 8, 20}, 6), (Date{2026, 2, 20}));
  EXPECT_EQ(months_after({2025, 8, 31}, 6), (Date{2026, 2, 28}));
  EXPECT_EQ(months_after({2023, 8, 31}, 6), (Date{2024, 2, 29}));
}

// Against the C library's calendar.
TEST(DateTest, NextDayAsTheSystemCounts) {
  const std::uint64_t seed = static_cast<std::uint64_t>(std::time(nullptr));
  Random random(seed, 1);
  for (int i = 0; i < 2000; ++i) {
    const Date day{1900 + static_cast<int>(random.below(300)),
                   1 + static_cast<int>(random.below(12)), 1 + static_cast<int>(random.below(28))};
    std::tm tm{};
    tm.tm_year = day.year - 1900;
    tm.tm_mon = day.month - 1;
    tm.tm_mday = day.day + 1;
    tm.tm_hour = 12;
    timegm(&tm);
    EXPECT_EQ(next_day(day), (Date{tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday}))
        << to_string(day) << " seed " << seed;
    EXPECT_EQ(parse_date(to_string(day)), day);
  }
}

}  // namespace
}  // namespace abatis
