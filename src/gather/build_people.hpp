#pragma once
// What people need and who governs them, made up where no package holds it: services in the real
// towns and villages, and municipalities around the real towns.

#include "abatis/geo/layer.hpp"
#include "build_cover.hpp"
#include "build_recipe.hpp"
#include "build_roads.hpp"
#include "build_sources.hpp"

namespace abatis::gather {

// Points of class clinic (in towns), school and shelter (in larger villages and towns, the shelter
// beside the school), and crossing (where a main road leaves the region in a state that shares an
// open border). All synthetic: nothing says where a real one is.
Layer make_services(const Recipe& recipe, const Inputs& inputs, const Ground& ground,
                    const Roads& roads);

// The land of each state by the nearest of its towns, one feature a town. Outlines run along cells.
// A state without a town is one municipality of its largest settlement, if it has any.
Layer make_municipalities(const Inputs& inputs, const Ground& ground);

}  // namespace abatis::gather
