#pragma once
#include "abatis/measures/sites.hpp"

namespace abatis::measures {

// Appends a site for each that offers an upgrade of the scenario, in their order: cover added to an
// obstacle that was bought bare, or another measure in the place of the first. An upgrade needs one
// of its first options, stored in the same park where both are stored.
void add_upgrades(const Scenario& scenario, SiteSet& set);

}  // namespace abatis::measures
