#pragma once
// The ground that a purchase takes from other use.

#include "abatis/civil/ledger.hpp"

namespace abatis::civil_detail {

// Fills land, margin and district of `ledger`, whose purchase and measure stand.
void take_land(const Scenario& scenario, const SiteSet& sites, SiteLedger& ledger);

}  // namespace abatis::civil_detail
