#pragma once
// The keys of a measure with rule = "sensor".

#include "abatis/scenario/measure.hpp"
#include "table_reader.hpp"

namespace abatis {

// What is missing, idle or makes no sense is told; other rules must have none of the keys.
void read_sensor(TableReader& r, Measure& m);

}  // namespace abatis
