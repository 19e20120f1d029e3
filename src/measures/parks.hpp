#pragma once
// Counter-mobility parks: where they may stand, and how far what they store has to go.

#include <vector>

#include "site_ground.hpp"

namespace abatis::measures {

// What stored obstacles need to know of the ground.
struct Logistics {
  std::vector<Candidate> parks;  // one option each is added later
  double warning_s = 0;          // mean
};

// Parks are looked for at settlements on a road, inside the band of distance that the park's
// measure gives. They are chosen one by one so that the mean travel time of a convoy from the
// nearest park to the stored obstacles falls most, in the slowest season of the scenario; for each
// of `needing` the travel time from every park chosen stands in Candidate::from_park_s, and the
// earliest arrival of each mover in Site::arrival_s. Errors: those of axis_cells.
Result<Logistics> plan_logistics(const SiteGround& ground, const std::vector<Candidate*>& needing,
                                 Combine combine, int threads, Monitor& monitor);

}  // namespace abatis::measures
