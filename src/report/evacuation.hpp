#pragma once
// Leaving the border zone, for civil.json, its tables, the map layer and the words
// (docs/model/evacuation.md).

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "abatis/geo/io.hpp"
#include "civil.hpp"

namespace abatis::report {

nlohmann::ordered_json evacuation_json(const CivilView& view);  // null where it is not assessed
std::vector<Table> evacuation_tables(const CivilView& view);    // none where it is not
std::vector<std::string> evacuation_words(const CivilView& view);
// Bottlenecks, a row for each piece of road and direction under one InPlace.
StyledLayer bottleneck_layer(const CivilView& view);
// A table for the leaf of a district; "" where nobody of it lives in the zone.
std::string evacuation_leaf(const CivilView& view, int district);

}  // namespace abatis::report
