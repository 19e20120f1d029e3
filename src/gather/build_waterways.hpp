#pragma once
// Lines of water: rivers and streams from the drainage of the relief, and synthetic field ditches.

#include <string>
#include <vector>

#include "abatis/geo/layer.hpp"
#include "build_cover.hpp"
#include "build_recipe.hpp"
#include "build_relief.hpp"

namespace abatis::gather {

// class river or stream, name (of the recipe's rivers), quality. Lines run downstream from a spring
// or a joint to the next joint; inside lakes there are none.
Layer trace_waterways(const Recipe& recipe, const Relief& relief);

// Field drains (class ditch, quality): straight runs of 0.8 to 3 km along the field grid of their
// block, on flat farmland, meadow and drained wetland with heavy or peaty soil, drawn to the
// recipe's length.
Layer draw_ditches(const Recipe& recipe, const Relief& relief, const Ground& ground);

}  // namespace abatis::gather
