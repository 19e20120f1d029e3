#pragma once
// The plan of a small world, which keeps its schema.

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "run_of.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_world.hpp"

namespace abatis::testing {

inline nlohmann::json plan_of(const TinyWorld& world, int threads = 2, bool fresh = false) {
  RunOptions options = options_of(world, threads);
  options.fresh = fresh;
  run_or_throw(options);
  auto plan = nlohmann::json::parse(read_file(world.out() / "plan.json").value());
  const std::filesystem::path schema =
      std::filesystem::path(ABATIS_SOURCE_DIR) / "docs/reference/plan.schema.json";
  EXPECT_EQ(schema_fault(plan, nlohmann::json::parse(read_file(schema).value())), "");
  return plan;
}

}  // namespace abatis::testing
