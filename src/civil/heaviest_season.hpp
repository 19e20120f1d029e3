#pragma once

#include <algorithm>

#include "abatis/scenario/scenario.hpp"

namespace abatis::civil_detail {

// The season of the scenario that weighs most, as an index into the catalogue; of equals the first.
inline int heaviest_season(const Scenario& scenario) {
  const auto heaviest =
      std::max_element(scenario.seasons.begin(), scenario.seasons.end(),
                       [](const SeasonUse& a, const SeasonUse& b) { return a.weight < b.weight; });
  return heaviest->season;
}

}  // namespace abatis::civil_detail
