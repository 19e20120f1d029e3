#include "store/archive.hpp"

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/store/stages.hpp"

namespace abatis {
namespace {

Network sample_network() {
  Network network;
  network.graphs.push_back(
      {.first = {0, 1, 2}, .to = {1, 0}, .time_s = {1.5, 2.5}, .site = {-1, 3}});
  network.node_cell = {{7, 9}};
  network.cases.push_back({.axis = 1,
                           .mover = 2,
                           .season = 3,
                           .speed = 0,
                           .graph = 0,
                           .weight = 0.25,
                           .sources = {0},
                           .targets = {1}});
  network.error = {.plans = 4, .worst = 0.003, .mean = 0.001, .worst_case = "west", .rounds = 2};
  return network;
}

TEST(Archive, ANetworkComesBackWhole) {
  const std::string bytes = to_bytes(sample_network());
  const auto back = from_bytes<Network>(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_bytes(*back), bytes);
  EXPECT_EQ(back->graphs[0].site, (std::vector<std::int32_t>{-1, 3}));
  EXPECT_EQ(back->error.worst_case, "west");
  EXPECT_EQ(back->cases[0].targets, std::vector<std::int32_t>{1});
}

TEST(Archive, EveryCutAndRandomDamageIsRefusedOrWhole) {
  const std::string bytes = to_bytes(sample_network());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(from_bytes<Network>(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(from_bytes<Network>(bytes + "x"));
  Random random(11, 0);
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = bytes;
    for (int k = 0; k < 3; ++k) {
      damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
    }
    // A length that was made absurd must not be believed; any value that reads is a whole one.
    if (const auto value = from_bytes<Network>(damaged)) {
      EXPECT_EQ(to_bytes(*value).size(), damaged.size());
    }
  }
}

TEST(Archive, AlternativesAndOptionals) {
  std::string bytes;
  store::Writer writer(bytes);
  std::vector<FieldValue> values{std::monostate{}, std::int64_t{-4}, 2.5, std::string("ąž")};
  std::optional<double> some = 1.0;
  std::optional<double> none;
  writer(values, some, none);
  std::vector<FieldValue> values2;
  std::optional<double> some2;
  std::optional<double> none2 = 3.0;
  store::Reader reader(bytes);
  reader(values2, some2, none2);
  EXPECT_EQ(values2, values);
  EXPECT_EQ(some2, some);
  EXPECT_EQ(none2, none);
  EXPECT_TRUE(reader.at_end());
}

TEST(Archive, KeysFollowTheStagesOrder) {
  Scenario scenario;
  const StageKeys keys = stage_keys(scenario, "a", 0);
  Scenario money = scenario;
  money.money.carry_over = 0.5;
  const StageKeys changed = stage_keys(money, "a", 0);
  EXPECT_EQ(changed.network, keys.network);
  EXPECT_NE(changed.plan, keys.plan);
  EXPECT_NE(changed.report, keys.report);
  Scenario grid = scenario;
  grid.grid.cell = 50;
  const StageKeys all = stage_keys(grid, "a", 0);
  EXPECT_NE(all.terrain, keys.terrain);
  EXPECT_NE(all.plan, keys.plan);
  EXPECT_NE(stage_keys(scenario, "b", 0).terrain, keys.terrain) << "another build, another key";
}

}  // namespace
}  // namespace abatis
