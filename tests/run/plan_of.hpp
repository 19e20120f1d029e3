#pragma once
// The plan of a small world, which keeps its schema.

#include <filesystem>
#include <stdexcept>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/run/run.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis::testing {

inline nlohmann::json plan_of(const TinyWorld& world, int threads = 2, bool fresh = false) {
  RunOptions options{.scenario = world.scenario(), .out = world.out(), .threads = threads};
  options.program = "test";
  options.fresh = fresh;
  const auto summary = run(options, silent_monitor());
  if (!summary) throw std::runtime_error(to_string(summary.error().front()));
  auto plan = nlohmann::json::parse(read_file(world.out() / "plan.json").value());
  const std::filesystem::path schema =
      std::filesystem::path(ABATIS_SOURCE_DIR) / "docs/reference/plan.schema.json";
  EXPECT_EQ(schema_fault(plan, nlohmann::json::parse(read_file(schema).value())), "");
  return plan;
}

}  // namespace abatis::testing
