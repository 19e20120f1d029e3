#pragma once

#include <cstddef>

#include "abatis/measures/sites.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis::civil_detail {

// Stands built, with a gate in every road that people keep.
inline bool has_gates(const Scenario& scenario, const Site& site, int option_index) {
  const Option& option = site.options[static_cast<std::size_t>(option_index)];
  const Measure& measure = scenario.catalogue.measures[static_cast<std::size_t>(option.measure)];
  return site.gates > 0 && option.park < 0 && measure.gate_cost_eur.max > 0;
}

}  // namespace abatis::civil_detail
