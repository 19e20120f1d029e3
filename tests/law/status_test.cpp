// The Ottawa withdrawals of 2025 as the worked example, and random conflicts against a slow oracle.
#include "abatis/law/status.hpp"

#include <ctime>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/base/random.hpp"

namespace abatis {
namespace {

LawData shipped() {
  auto law = load_law(std::nullopt, std::nullopt);
  if (!law) throw std::runtime_error(to_string(law.error().front()));
  return std::move(*law);
}
TreatyStatus of(const LawData& law, const char* treaty, const char* state, const char* day) {
  return status_on(law, law.treaty(treaty), law.state(state), parse_date(day).value());
}

TEST(Ottawa, FiveStatesLeaveSixMonthsAfterTheirNotice) {
  const LawData law = shipped();
  struct Case {
    const char *state, *last, *first;
  };
  for (const Case& one :
       {Case{"LTU", "2025-12-26", "2025-12-27"}, Case{"LVA", "2025-12-26", "2025-12-27"},
        Case{"EST", "2025-12-26", "2025-12-27"}, Case{"FIN", "2026-01-09", "2026-01-10"},
        Case{"POL", "2026-02-19", "2026-02-20"}}) {
    EXPECT_TRUE(of(law, "ottawa", one.state, one.last).in_force) << one.state;
    EXPECT_FALSE(of(law, "ottawa", one.state, one.first).in_force) << one.state;
    EXPECT_EQ(of(law, "ottawa", one.state, one.last).until, parse_date(one.first)) << one.state;
    // What lies ahead of a day is not told on it.
    EXPECT_EQ(of(law, "ottawa", one.state, "2025-06-01").until, std::nullopt);
  }
  EXPECT_FALSE(of(law, "ottawa", "LTU", "2003-10-31").in_force);
  EXPECT_TRUE(of(law, "ottawa", "LTU", "2003-11-01").in_force);
  EXPECT_FALSE(of(law, "ottawa", "RUS", "2026-01-01").in_force);
  EXPECT_TRUE(of(law, "ottawa", "BLR", "2026-01-01").in_force);
  EXPECT_THAT(of(law, "ottawa", "LTU", "2025-12-28").words,
              ::testing::HasSubstr("no longer a party"));
}

TEST(Ottawa, AStateAtWarAtTheExpiryStaysBound) {
  LawData law = shipped();
  const auto war = [&](const char* from, std::optional<Date> until) {
    law.conflicts = {{law.state("LTU"), parse_date(from).value(), until, {"made up"}}};
  };
  war("2025-11-01", Date{2026, 5, 31});
  EXPECT_TRUE(of(law, "ottawa", "LTU", "2025-12-28").in_force);
  EXPECT_TRUE(of(law, "ottawa", "LTU", "2025-12-28").waiting_for_peace);
  EXPECT_TRUE(of(law, "ottawa", "LTU", "2026-05-31").in_force);
  EXPECT_FALSE(of(law, "ottawa", "LTU", "2026-06-01").in_force);
  EXPECT_FALSE(of(law, "ottawa", "LVA", "2025-12-28").in_force) << "its neighbour is at peace";
  war("2025-11-01", std::nullopt);
  EXPECT_TRUE(of(law, "ottawa", "LTU", "2040-01-01").in_force);
  EXPECT_THAT(of(law, "ottawa", "LTU", "2025-12-28").words,
              ::testing::HasSubstr("no effect before the armed conflict ends (Art. 20(3))"));
  war("2025-11-01", Date{2025, 12, 26});  // over the day before
  EXPECT_FALSE(of(law, "ottawa", "LTU", "2025-12-27").in_force);
  war("2025-12-28", std::nullopt);  // begins the day after
  EXPECT_FALSE(of(law, "ottawa", "LTU", "2025-12-28").in_force);
}

TEST(Status, OtherTreaties) {
  const LawData law = shipped();
  EXPECT_TRUE(of(law, "ccm", "LTU", "2025-03-05").in_force);
  EXPECT_FALSE(of(law, "ccm", "LTU", "2025-03-06").in_force);
  EXPECT_FALSE(of(law, "espoo", "RUS", "2026-01-01").in_force);
  EXPECT_THAT(of(law, "espoo", "RUS", "2026-01-01").words, ::testing::HasSubstr("signed"));
  EXPECT_TRUE(of(law, "habitats", "LTU", "2026-01-01").in_force);
  EXPECT_FALSE(of(law, "habitats", "LTU", "2004-04-30").in_force);
  EXPECT_FALSE(of(law, "habitats", "BLR", "2026-01-01").in_force);
  for (const char* state : {"LTU", "LVA", "EST", "FIN", "POL", "RUS", "BLR"}) {
    EXPECT_TRUE(of(law, "ccw_p2", state, "2026-01-01").in_force) << state;
  }
}

// Day by day: bound until the expiry, and on while a conflict that held the expiry holds.
TEST(Status, RandomConflictsAsCountedDayByDay) {
  const auto seed = static_cast<std::uint64_t>(std::time(nullptr));
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed, 7);
  LawData law = shipped();
  const int state = law.state("LTU");
  const Date expiry{2025, 12, 27};
  const auto day_near = [&] {
    Date day{2025, 11, 20};
    for (auto n = random.below(80); n > 0; --n) day = next_day(day);
    return day;
  };
  for (int round = 0; round < 300; ++round) {
    law.conflicts.clear();
    for (auto n = random.below(4); n > 0; --n) {
      Date a = day_near(), b = day_near();
      if (b < a) std::swap(a, b);
      law.conflicts.push_back({state, a, b, {"random"}});
      if (random.below(12) == 0) law.conflicts.back().until.reset();
    }
    for (Date day{2025, 11, 15}; day < Date{2026, 2, 25}; day = next_day(day)) {
      bool bound = day < expiry;
      for (const auto& c : law.conflicts) {
        const bool held = c.from <= expiry && (!c.until || *c.until >= expiry);
        bound = bound || (held && (!c.until || day <= *c.until));
      }
      ASSERT_EQ(status_on(law, law.treaty("ottawa"), state, day).in_force, bound)
          << to_string(day) << " round " << round;
    }
  }
}

}  // namespace
}  // namespace abatis
