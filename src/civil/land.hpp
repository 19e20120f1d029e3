#pragma once
// The ground that a purchase takes from other use.

#include <vector>

#include "abatis/civil/ledger.hpp"

namespace abatis::civil_detail {

// The cells of a site: its own, those of the site it upgrades, or those that its geometry touches.
std::vector<Cell> cells_of(const Grid& grid, const SiteSet& sites, const Site& site);

// Fills land, margin and district of `ledger`, whose purchase and measure stand.
void take_land(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
               const Districts& districts, const std::vector<Cell>& cells, SiteLedger& ledger);

}  // namespace abatis::civil_detail
