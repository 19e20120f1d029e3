#pragma once
// The ground that sites take: which cells, of what use, in whose municipality.

#include <vector>

#include "abatis/measures/sites.hpp"

namespace abatis {

// The cells of a site: its own, those of the site it upgrades, or those that its geometry touches.
// Ascending where they follow from the geometry.
std::vector<Cell> ground_of(const Grid& grid, const SiteSet& sites, const Site& site);

// Fills the districts of the set, and land and district of every site. A site that touches no cell
// of the grid lies in none of the districts and on unknown ground. O(cells of the sites).
void find_land(const Terrain& terrain, SiteSet& set);

// m2 that an option takes from other use. Of an upgrade, what it takes beyond what stands there.
double land_taken_m2(const Scenario& scenario, const SiteSet& sites, const Site& site,
                     const Option& option);

// Shares of the land of a site in a district, or of all where that is below 0.
double share_in(const Site& site, int district);
// The same of farm land; 1 in all where none of it is.
double farmed_share_in(const Catalogue& catalogue, const Site& site, int district);
// EUR a year that `m2` of it yielded in the district, or in all; covers without a margin nothing.
double margin_eur_year(const Catalogue& catalogue, const Site& site, double m2, int district);

}  // namespace abatis
