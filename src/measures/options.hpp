#pragma once
// What the scenario's measures offer at a site.

#include <vector>

#include "site_ground.hpp"

namespace abatis::measures {

// Sections where the catalogue gives none, both unverified: a field ditch as dug for drainage, and
// the 4 m x 2 m that MODEL section 11 computes 5,000 m3 per km for.
inline constexpr DitchSection kDrainageSection{2.5, 0.5, 1.2};
inline constexpr DitchSection kDeepenedSection{4.0, 1.0, 2.0};
DitchSection section_before(const Measure& measure);
DitchSection section_after(const Measure& measure);

// Share of the full effect at this age (whole years since purchase): 0 before the lead time, then
// linear over the growth years (at once where there are none).
double phase_in(const Measure& measure, int age);

// Mean costs for a quantity in the measure's unit, and full delays by speed index phased in.
Option make_option(const Scenario& scenario, int measure_index, double quantity, int crossings,
                   const std::vector<double>& full_delay_s);

// Adds an option for each measure of the scenario with the site's rule that suits the ground and
// delays someone; notes say why a measure does not suit.
void add_options(const SiteGround& ground, const Felling& felling, Candidate& candidate);

}  // namespace abatis::measures
