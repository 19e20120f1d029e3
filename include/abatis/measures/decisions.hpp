#pragma once
// What a scenario says about sites and municipalities by name, held against those that were found.

#include "abatis/base/error.hpp"
#include "abatis/measures/sites.hpp"

namespace abatis {

// Checks every decision of the scenario and makes what is built already cost nothing but its upkeep
// and act by its age: at such a site only that option is left. A site found without cover in a
// decision is built without. Errors: a site that is not there, with those whose names are nearest;
// a measure that the site does not offer.
Status apply_decisions(const Scenario& scenario, SiteSet& sites);

// Every limit on harm in a municipality names one of the region. Error: which does not, with those
// whose names are nearest.
Status check_districts(const Scenario& scenario, const SiteSet& sites);
// Index into SiteSet::districts of a name that is there; -1 of "", which means all.
int district_named(const SiteSet& sites, const std::string& name);

}  // namespace abatis
