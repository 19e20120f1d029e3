#pragma once
// The catalogue of measures for a script: one JSON object per measure, SI units but for money (EUR
// per unit of the measure) and rates (units an hour).

#include <string>

#include "abatis/scenario/catalogue.hpp"

namespace abatis::cli {

// What the table says; `whole` adds all that `abatis measures explain` says.
std::string measure_json(const Catalogue& catalogue, int measure, bool whole);

}  // namespace abatis::cli
