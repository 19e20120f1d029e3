#pragma once
// The catalogue of measures for a reader at a terminal of 80 columns.

#include <string>

#include "abatis/scenario/catalogue.hpp"

namespace abatis::cli {

// All measures, a line of figures and one of words each.
std::string measures_table(const Catalogue& catalogue);

// One measure whole: what it costs, when it acts, what it does, what it excludes and needs, where
// it can stand, and the source of every figure.
std::string explanation(const Catalogue& catalogue, int measure);

// What crossing it costs by mover and season, and of a ditch what its section does.
std::string delays_text(const Catalogue& catalogue, const Measure& measure);
std::string ditch_text(const Catalogue& catalogue, const Measure& measure);
// How what is planted grows, and whom it stops.
std::string planting_text(const Catalogue& catalogue, const Measure& measure);

}  // namespace abatis::cli
