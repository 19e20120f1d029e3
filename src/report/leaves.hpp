#pragma once
// One printable page for each municipality that the plan touches: what changes for it, with a map.

#include <vector>

#include "civil.hpp"

namespace abatis::report {

// leaves/NAME.html; nothing for a district without land taken, people near or ways changed.
std::vector<Table> make_leaves(const CivilView& view);

}  // namespace abatis::report
