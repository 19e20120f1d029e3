#pragma once
#include <string>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/mobility/mobility.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// Proves that every case has a way from its entry to its objective with nothing built, and says
// how long it takes. An axis that is cut off is an input error naming axis, mover and season.
Result<std::string> check_travel(const Scenario& scenario, const Terrain& terrain,
                                 const Mobility& mobility, int threads, Monitor& monitor);

// "2 h 05 min"
std::string duration_text(double seconds);

}  // namespace abatis
