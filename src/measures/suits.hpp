#pragma once
// Where a measure can stand.

#include <string>

#include "site_ground.hpp"

namespace abatis::measures {

// Empty when the measure suits the site; else why not, for the reader.
std::string unsuited(const SiteGround& ground, const Measure& measure, const Site& site);

}  // namespace abatis::measures
