#pragma once
// People of a region: where they live, what they need to reach, and who governs them.

#include "abatis/base/error.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/terrain.hpp"
#include "inputs.hpp"

namespace abatis::terrain_detail {

// Settlements, services and municipalities of the layers into `terrain`, whose grid stands.
// Errors, naming layer, feature and cell: a population below 0; a service of unknown class; a
// municipality without a name, one that lies in the region and covers no cell of it, two that
// share more than 1 % of the cells of the smaller. Smaller overlaps go to the first by name and are
// told in the notes, as are municipalities of which no cell is in the region.
Status read_people(const Scenario& scenario, const Inputs& inputs, Terrain& terrain);

}  // namespace abatis::terrain_detail
