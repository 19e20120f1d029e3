#include "scenario/diagnostics.hpp"

#include <gtest/gtest.h>

namespace abatis {
namespace {

TEST(Diagnostics, SortsByPlaceAndCountsTheRest) {
  Diagnostics diagnostics("f.toml");
  for (int line = 300; line > 0; --line) diagnostics.error({line, 1}, "wrong");
  const Errors errors = diagnostics.sorted();
  ASSERT_EQ(errors.size(), Diagnostics::kMaxErrors + 1);
  EXPECT_EQ(to_string(errors[0]), "f.toml:1:1: error: wrong");
  EXPECT_EQ(errors[199].where.line, 200);
  EXPECT_EQ(errors.back().message, "and 100 more errors");
}

}  // namespace
}  // namespace abatis
