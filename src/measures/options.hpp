#pragma once
// What the scenario's measures offer at a site.

#include <vector>

#include "parks.hpp"
#include "site_ground.hpp"

namespace abatis::measures {

// Share of the full effect at this age (whole years since purchase): 0 before the lead time, then
// linear over the growth years (at once where there are none).
double phase_in(const Measure& measure, int age);

// What options are made from, besides the site itself.
struct OptionGround {
  const SiteGround& ground;
  const Felling& felling;
  const Logistics& logistics;
  Combine combine = Combine::product;
};

// Quantity and mean money of a measure at a site; `delay_s` by speed index and age as in Option.
Option make_option(const Scenario& scenario, int measure_index, double quantity, int crossings,
                   std::vector<std::vector<double>> delay_s);

// Adds an option for each measure of the scenario with the site's rule that suits the ground and
// delays someone (or is there for something else than delay): an obstacle with and without cover,
// what is stored from each of the nearest parks that can have it ready in time. Notes say why a
// measure does not suit. Option::park is an index into Logistics::parks until the sites are put
// together.
void add_options(const OptionGround& on, Candidate& candidate);

// The option of a park itself: what it holds.
void add_park_option(const Scenario& scenario, double warning_s, Candidate& park);

}  // namespace abatis::measures
