#pragma once
// The small scenario with something at its end, read or refused.

#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "marked.hpp"
#include "scenario_text.hpp"

namespace abatis::testing {

inline constexpr const char* kProvenance = "provenance = \"the test\"\n";

inline Scenario parsed(const std::string& more, const std::string& before = valid_scenario()) {
  const auto s = parse_scenario(before + more, "s.toml", without_layers());
  if (!s) throw std::runtime_error(to_string(s.error().front()));
  return *s;
}

// The only error of the scenario with `more` at its end.
inline void expect_refused(const std::string& more, const std::string& message,
                           const std::string& before = valid_scenario()) {
  EXPECT_THAT(errors_of(before + more), ::testing::ElementsAre(::testing::HasSubstr(message)))
      << more;
}

// `at` has a bar where the only error is.
inline void expect_error(const std::string& text, const std::string& at,
                         const std::string& message) {
  EXPECT_THAT(errors_of(text), ::testing::ElementsAre(::testing::StartsWith(
                                   "s.toml:" + place_of(text, at) + ": error: " + message)));
}

}  // namespace abatis::testing
