// Neighbours of a plan, and the rules beside money, on the small world.

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/run/run.hpp"
#include "plan_of.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using abatis::testing::plan_of;
using abatis::testing::TinyWorld;
using Json = nlohmann::json;

constexpr const char* kTradeoffs = R"([tradeoffs]
money = ["50 %", "75 %", "150 %"]
harm_metric = "clearance"
harm = ["0 %", "50 %"]
growth_years = ["80 %", "150 %"]
gap = "1 %"
time_limit = "60 s"
provenance = "made by the test"

[plan])";

std::string refusal_of(const TinyWorld& world) {
  const auto summary = run(testing::options_of(world), silent_monitor());
  return summary ? std::string("none") : to_string(summary.error().front());
}

double at(const Json& row, const char* key) {
  return row.at(key).get<double>();
}

// Each point's plan and bound bracket what can be had, and more means never prove less.
void expect_rising(const Json& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    SCOPED_TRACE(points[i].dump());
    ASSERT_TRUE(points[i].at("found").get<bool>());
    EXPECT_GE(at(points[i], "bound_s"), at(points[i], "objective_s"));
    EXPECT_GE(at(points[i], "objective_s") * (1 + 1e-9), at(points[i], "baseline_s"));
    if (i == 0) continue;
    EXPECT_GT(at(points[i], "level"), at(points[i - 1], "level"));
    EXPECT_GE(at(points[i], "bound_s") * (1 + 1e-9), at(points[i - 1], "objective_s"));
  }
}

TEST(Tradeoffs, BracketWhatMoneyHarmAndEarmarksBuy) {
  TinyWorld world("tradeoffs");
  world.edit("[plan]", kTradeoffs);
  const Json plan = plan_of(world);
  const Json& t = plan.at("tradeoffs");
  const double objective = at(plan.at("result"), "objective_s");
  const double bound = at(plan.at("result"), "bound_s");

  ASSERT_EQ(t.at("money").size(), 4U);
  expect_rising(t.at("money"));
  EXPECT_EQ(t.at("money")[2].at("label"), "the plan");
  EXPECT_DOUBLE_EQ(at(t.at("money")[2], "objective_s"), objective);
  EXPECT_LT(at(t.at("money")[0], "objective_s"), at(t.at("money")[3], "objective_s"));
  for (const Json& p : t.at("money")) {
    EXPECT_LE(at(p, "spent_eur"), at(p, "budget_eur") + 1);
    EXPECT_NEAR(at(p, "budget_eur"), 8e6 * at(p, "level"), 1);
  }

  ASSERT_EQ(t.at("harm").size(), 3U) << "what the plan buys must be cleared one day";
  expect_rising(t.at("harm"));
  for (const Json& p : t.at("harm")) {
    if (!p.at("harm_limit").is_null()) {
      EXPECT_LE(at(p, "harm"), at(p, "harm_limit") + 1e-6);
    }
  }
  EXPECT_EQ(at(t.at("harm")[0], "harm"), 0);
  EXPECT_GT(at(t.at("harm")[2], "harm"), 0);

  ASSERT_EQ(t.at("earmarks").size(), 1U);
  const Json& free = t.at("earmarks")[0];
  EXPECT_EQ(free.at("label"), "free split");
  EXPECT_GE(at(free, "objective_s"), objective - 1e-6) << "it starts from the plan";
  EXPECT_GE(at(free, "bound_s") * (1 + 1e-9), objective);

  EXPECT_EQ(t.at("marginal").size() % 4, 0U);
  ASSERT_GE(t.at("robust").size(), 5U);
  EXPECT_DOUBLE_EQ(at(t.at("robust")[0], "plan_s"), objective);
  EXPECT_DOUBLE_EQ(at(t.at("robust")[0], "bound_s"), bound);
  double low = 0, high = 0;
  for (const Json& p : t.at("robust")) {
    EXPECT_GE(at(p, "bound_s"), at(p, "plan_s"));
    EXPECT_GE(at(p, "regret_at_most_s"), at(p, "regret_at_least_s"));
    if (p.at("label") == "delays at their low") low = at(p, "plan_s");
    if (p.at("label") == "delays at their high") high = at(p, "plan_s");
  }
  EXPECT_LE(low, objective + 1e-6);
  EXPECT_GE(high, objective - 1e-6);
  for (const char* name : {"tradeoffs", "marginal", "robustness", "free_split"}) {
    EXPECT_TRUE(fs::exists(world.out() / "tables" / (std::string(name) + ".csv"))) << name;
  }
}

TEST(Tradeoffs, AreTheSameOnAnyNumberOfThreads) {
  TinyWorld world("tradeoff_threads");
  world.edit("[plan]", kTradeoffs);
  const Json one = plan_of(world, 1, true);
  const Json two = plan_of(world, 2, true);
  EXPECT_EQ(one.at("tradeoffs"), two.at("tradeoffs"));
}

TEST(Decisions, AreKeptAndWhatStandsCostsNothing) {
  TinyWorld world("decisions");
  const Json free = plan_of(world);
  ASSERT_FALSE(free.at("purchases").empty());
  const std::string bought = free.at("purchases")[0].at("site");
  const auto year_of = [](const Json& plan, const std::string& site) {
    for (const Json& p : plan.at("purchases")) {
      if (p.at("site") == site) return p.at("year").get<int>();
    }
    return -1;
  };
  const auto decide = [&](const std::string& from, const std::string& what) {
    const std::string to = "[[decisions]]\nsite = \"" + bought + "\"\n" + what +
                           "\nprovenance = \"the test\"\n\n[plan]";
    world.edit(from, to);
    return to;
  };
  std::string now = decide("[plan]", "never = true");
  EXPECT_EQ(year_of(plan_of(world), bought), -1);
  now = decide(now, "build = 2028");
  EXPECT_EQ(year_of(plan_of(world), bought), 2028);
  now = decide(now, "built = 2015");
  const Json standing = plan_of(world);
  EXPECT_EQ(year_of(standing, bought), 2026);
  for (const Json& p : standing.at("purchases")) {
    if (p.at("site") == bought) {
      EXPECT_EQ(at(p, "cost_eur"), 0);
    }
  }
  EXPECT_GE(at(standing.at("result"), "bound_s") * (1 + 1e-9),
            at(free.at("result"), "objective_s"));

  now = decide(now, "build = 2035");
  EXPECT_NE(refusal_of(world).find("2035"), std::string::npos);
  now = decide(now, "never = true\nbuilt = 2015");
  EXPECT_NE(refusal_of(world).find("one of build"), std::string::npos);
  world.edit("site = \"" + bought + "\"\nnever = true\nbuilt = 2015",
             "site = \"E1-B1-999\"\nnever = true");
  const std::string refused = refusal_of(world);
  EXPECT_NE(refused.find("there is no site E1-B1-999"), std::string::npos) << refused;
  EXPECT_NE(refused.find("scenario.toml:"), std::string::npos) << refused;
}

TEST(Rules, CapacitiesAndHarmLimitsHold) {
  TinyWorld world("capacities");
  world.edit("[plan]", R"([[capacities]]
id = "diggers"
name = "digger crews"
unit = "crew-weeks"
each_year = 3
measures = ["anti_vehicle_ditch", "mined_zone", "ditch_deepened"]
per_unit = [2, 1.5, 1]
provenance = "made by the test"

[[harm_limits]]
metric = "mined_area"
at_most = "20 ha"
provenance = "made by the test"

[plan])");
  const Json plan = plan_of(world);
  std::map<int, double> weeks;
  double mined_km = 0;
  for (const Json& p : plan.at("purchases")) {
    const std::string measure = p.at("measure");
    const double quantity = at(p, "quantity");
    const double per_unit = measure == "anti_vehicle_ditch" ? 2
                            : measure == "mined_zone"       ? 1.5
                            : measure == "ditch_deepened"   ? 1
                                                            : 0;
    weeks[p.at("year").get<int>()] += per_unit * quantity;
    if (measure == "mined_zone") mined_km += quantity;
  }
  double most = 0;
  for (const auto& [year, sum] : weeks) most = std::max(most, sum);
  EXPECT_LE(most, 3 + 1e-6);
  EXPECT_GT(most, 1) << "the capacity is used";
  EXPECT_LE(mined_km * 0.2, 0.2 + 1e-9) << "20 ha of zones 200 m deep are 1 km";
  bool named = false;
  for (const Json& limit : plan.at("limits"))
    named = named || limit.at("limit") == "capacity diggers";
  EXPECT_TRUE(named);
}

TEST(Rules, ThoseThatClashAreNamedWithTheirLines) {
  TinyWorld world("clash");
  world.edit("rule = \"at_most\"", "rule = \"at_least\"");
  world.edit("[plan]",
             "[[harm_limits]]\nmetric = \"mined_area\"\nat_most = \"10 ha\"\nprovenance = \"the "
             "test\"\n\n[plan]");
  const std::string why = refusal_of(world);
  EXPECT_NE(why.find("limit on mined_area at most 0.1 km2 (line "), std::string::npos) << why;
  EXPECT_NE(why.find("earmark anti_tank_mines at_least 4.000 M EUR (line "), std::string::npos)
      << why;
  EXPECT_EQ(why.find("budgets 2026"), std::string::npos) << "enough money is there: " << why;
}

TEST(Rules, RoutesStayOpen) {
  TinyWorld world("routes");
  const auto route = [](const std::string& within) {
    return "[[routes]]\nid = \"out\"\nname = \"Way out\"\nfrom = [" +
           TinyWorld::lonlat(3000, 4050) + "]\nto = [" + TinyWorld::lonlat(10500, 4050) +
           "]\nradius = \"300 m\"\nmover = \"wheeled_8x8\"\nwithin = \"" + within +
           "\"\nprovenance = \"the test\"\n\n[plan]";
  };
  world.edit("[plan]", route("1000 %"));
  const Json wide = plan_of(world);
  ASSERT_EQ(wide.at("routes").size(), 1U);
  const double today = at(wide.at("routes")[0], "today_s");
  const double hindered = at(wide.at("routes")[0], "with_plan_s");
  EXPECT_GT(today, 0);
  EXPECT_GT(hindered, 1.2 * today) << "the plan of this world is in the way";
  world.edit(route("1000 %"), route("5 %"));
  const Json open = plan_of(world);
  EXPECT_LE(at(open.at("routes")[0], "with_plan_s"), 1.05 * today * (1 + 1e-6));
  EXPECT_DOUBLE_EQ(at(open.at("routes")[0], "today_s"), today);
  EXPECT_LE(at(open.at("result"), "objective_s"), at(wide.at("result"), "bound_s") * (1 + 1e-9));
  EXPECT_FALSE(open.at("purchases").empty());
}

TEST(Rules, ObjectivesDiffer) {
  TinyWorld world("objectives");
  const Json mean = plan_of(world);
  world.edit("[plan]\n", "[plan]\nobjective = \"worst\"\n");
  const Json worst = plan_of(world);
  world.edit("objective = \"worst\"", "objective = \"worst_part\"\nworst_part = \"50 %\"");
  const Json part = plan_of(world);
  // Of the same times the worst is least, and the worst part lies between it and the mean.
  const double least = at(worst.at("result"), "objective_s");
  EXPECT_LE(least, at(part.at("result"), "bound_s") * (1 + 1e-9));
  EXPECT_LE(at(part.at("result"), "objective_s"), at(mean.at("result"), "bound_s") * (1 + 1e-9));
  EXPECT_LT(at(worst.at("result"), "baseline_s"), at(mean.at("result"), "baseline_s"));
  world.edit("objective = \"worst_part\"\nworst_part = \"50 %\"", "objective = \"worst_part\"");
  EXPECT_NE(refusal_of(world).find("worst_part"), std::string::npos);
}

}  // namespace
}  // namespace abatis
