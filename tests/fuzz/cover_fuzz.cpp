// Untrusted CSV of demand and sites: whatever the bytes, the answer is valid rows or at most twenty
// errors of bounded size. The text is read as sites and as demand; where both are there and few
// they are solved too, for a moment: a choice that the check accepts, under a bound.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "abatis/cover/cover.hpp"

namespace {

void demand_that(bool holds) {
  if (!holds) std::abort();
}

void check(const abatis::Errors& errors) {
  demand_that(!errors.empty() && errors.size() <= 20);
  for (const auto& error : errors) {
    demand_that(!error.message.empty() && to_string(error).size() < 500);
  }
}

bool sound(double value, double low) {
  return value >= low && value <= abatis::kMaxCoverValue;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // libFuzzer hands out bytes; text is read as char.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto points = abatis::parse_demand(text, "d.csv");
  const auto sites = abatis::parse_cover_sites(text, "s.csv");
  if (!points) check(points.error());
  if (!sites) check(sites.error());
  if (!points || !sites) return 0;
  for (const auto& point : *points) {
    demand_that(sound(point.x, -abatis::kMaxCoverValue) && sound(point.weight, 0));
  }
  for (const auto& site : *sites) {
    demand_that(sound(site.y, -abatis::kMaxCoverValue) && sound(site.cost, 0));
  }
  if (points->size() > 40) return 0;
  abatis::CoverProblem problem{.demand = *points, .sites = *sites, .radius = 2};
  problem.backup = 1 + static_cast<int>(size % 3);
  if (size % 2 == 0) {
    problem.budget = 3;
  } else {
    problem.choose = 2;
  }
  const auto found = abatis::cover(problem, {.time_s = 0.05}, abatis::silent_monitor());
  demand_that(found.has_value());
  demand_that(found->value <= found->bound);
  const auto value = abatis::cover_value(problem, found->chosen);
  demand_that(value && value->value == found->value);
  return 0;
}
