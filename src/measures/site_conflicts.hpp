#pragma once
// Which sites undo each other, by the catalogue's conflicts.

#include <vector>

#include "site_ground.hpp"

namespace abatis::measures {

// Every pair of options whose measures conflict and whose sites lie within the distance, or are
// joined by the same run of water. `sites[i]` stands at index i of the SiteSet. By first site, then
// second. Near pairs are found on a grid of squares: O(points + pairs).
std::vector<SiteConflict> find_conflicts(const Scenario& scenario, const Grid& grid,
                                         const std::vector<const Candidate*>& sites);

}  // namespace abatis::measures
