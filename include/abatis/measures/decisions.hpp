#pragma once
// What a user decided about sites, held against the sites that were found.

#include "abatis/base/error.hpp"
#include "abatis/measures/sites.hpp"

namespace abatis {

// Checks every decision of the scenario and makes what is built already cost nothing but its upkeep
// and act by its age: at such a site only that option is left. A site found without cover in a
// decision is built without. Errors: a site that is not there, with those whose names are nearest;
// a measure that the site does not offer.
Status apply_decisions(const Scenario& scenario, SiteSet& sites);

}  // namespace abatis
