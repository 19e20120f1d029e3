#include "abatis/report/outcome.hpp"

#include <atomic>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "fixture.hpp"
#include "report/maps.hpp"

namespace abatis {
namespace {

// The fixture's network times are the grid's own, found case by case with targets and without
// predecessors: another way to the same figures.
TEST(Outcome, TimesAreTheGridsOwn) {
  const auto made = fixture::make_fixture();
  const auto outcome = compute_outcome(made->view(), 2, silent_monitor());
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  ASSERT_EQ(outcome->cases.size(), 8U);
  for (std::size_t k = 0; k < 8; ++k) {
    const CaseOutcome& c = outcome->cases[k];
    EXPECT_DOUBLE_EQ(c.before_s, made->plan.baseline_s[k]);
    EXPECT_DOUBLE_EQ(c.after_s, made->plan.time_s.back()[k]);
    EXPECT_DOUBLE_EQ(c.network_after_s, made->plan.time_s.back()[k]);
    EXPECT_GT(c.after_s, c.before_s);
    ASSERT_GE(c.path_before.size(), 2U);
    ASSERT_GE(c.path_after.size(), 2U);
    // A path ends at the objective it leads to.
    const Axis& axis = made->scenario.axes[static_cast<std::size_t>(made->scenario.cases[k].axis)];
    const Objective& to = made->scenario.objectives[static_cast<std::size_t>(axis.objective)];
    EXPECT_LE(std::hypot(c.path_after.back().x - to.at.x, c.path_after.back().y - to.at.y),
              to.radius_m + made->terrain.grid.cell);
  }
}

TEST(Outcome, FieldsNeverGetFasterAndReachTheObjective) {
  const auto made = fixture::make_fixture();
  const auto outcome = compute_outcome(made->view(), 1, silent_monitor());
  ASSERT_TRUE(outcome);
  ASSERT_EQ(outcome->shown_case.size(), 2U);
  EXPECT_EQ(outcome->shown_case[0], 0);  // heavy tracked, dry: the heaviest weight
  EXPECT_EQ(outcome->shown_case[1], 4);
  for (std::size_t a = 0; a < 2; ++a) {
    const Raster<float>& before = outcome->before[a];
    const Raster<float>& after = outcome->after[a];
    ASSERT_EQ(before.grid, made->terrain.grid);
    std::size_t more = 0;
    for (std::size_t i = 0; i < before.values.size(); ++i) {
      ASSERT_EQ(std::isnan(before.values[i]), std::isnan(after.values[i]));
      if (std::isnan(before.values[i])) continue;
      ASSERT_GE(after.values[i], before.values[i] * (1 - 1e-6F));
      more += static_cast<std::size_t>(after.values[i] > before.values[i] + 1);
    }
    EXPECT_GT(more, before.values.size() / 10);
    const Raster<float> delay = report::delay_bought(before, after);
    for (const float d : delay.values) ASSERT_TRUE(std::isnan(d) || d >= 0);
  }
}

TEST(Outcome, SameBitsOnAnyNumberOfThreads) {
  const auto made = fixture::make_fixture();
  const auto one = compute_outcome(made->view(), 1, silent_monitor());
  ASSERT_TRUE(one);
  for (const int threads : {2, 8}) {
    const auto many = compute_outcome(made->view(), threads, silent_monitor());
    ASSERT_TRUE(many);
    for (std::size_t a = 0; a < 2; ++a) {
      // NaN differs from itself: compare bytes.
      EXPECT_EQ(0, std::memcmp(one->after[a].values.data(), many->after[a].values.data(),
                               one->after[a].values.size() * sizeof(float)));
    }
    for (std::size_t k = 0; k < one->cases.size(); ++k) {
      EXPECT_EQ(one->cases[k].after_s, many->cases[k].after_s);
      EXPECT_EQ(one->cases[k].path_after, many->cases[k].path_after);
    }
    EXPECT_EQ(one->without_measure, many->without_measure);
  }
}

TEST(Outcome, NothingBuiltChangesNothing) {
  const auto made = fixture::make_fixture({"", true});
  const auto outcome = compute_outcome(made->view(), 2, silent_monitor());
  ASSERT_TRUE(outcome);
  for (const CaseOutcome& c : outcome->cases) EXPECT_EQ(c.before_s, c.after_s);
  EXPECT_EQ(report::upper_value(report::delay_bought(outcome->before[0], outcome->after[0]), 1), 0);
}

TEST(Outcome, SaysWhichAxisHasNoWay) {
  const auto made = fixture::make_fixture();
  for (SpeedRaster& speed : made->mobility.speeds) {
    for (std::int32_t row = 0; row < made->terrain.grid.rows; ++row) {
      speed.speed_mps[made->terrain.grid.at(row, 50)] = 0;  // a wall west of the first objective
    }
  }
  const auto outcome = compute_outcome(made->view(), 2, silent_monitor());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::input);
  EXPECT_NE(outcome.error().message.find("Kaliningrad to Marijampol"), std::string::npos);
}

class StopAfter : public Monitor {
 public:
  explicit StopAfter(int done) : left_(done) {}
  void advance(std::int64_t done) override { left_ -= static_cast<int>(done); }
  bool stop_requested() const override { return left_ <= 0; }

 private:
  std::atomic<int> left_;
};

TEST(Outcome, StopsWhenAsked) {
  const auto made = fixture::make_fixture();
  StopAfter monitor(3);
  const auto outcome = compute_outcome(made->view(), 2, monitor);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::interrupted);
}

}  // namespace
}  // namespace abatis
