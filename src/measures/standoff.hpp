#pragma once
// How far ground is from where people are and from what is protected.

#include <string>

#include "site_ground.hpp"

namespace abatis::measures {

// Distance (m) of every cell from what the scenario's standoffs keep measures from, by
// StandoffFrom; empty where none asks. Dwellings are built-up cells and points of settlements, a
// route its least-time ways with nothing built, in every season. Errors: those of route_cells.
Result<StandoffDistances> standoff_distances(const SiteGround& ground,
                                             const Raster<std::int32_t>& naturals, int threads);

// Empty when the site is far enough from everything; else from what it is not, for the reader.
std::string too_near(const SiteGround& ground, int measure, const Site& site);

}  // namespace abatis::measures
