#include "land.hpp"

#include "abatis/measures/site_land.hpp"

namespace abatis::civil_detail {

void take_land(const Scenario& scenario, const SiteSet& sites, SiteLedger& ledger) {
  const Site& site = sites.sites[static_cast<std::size_t>(ledger.bought.site)];
  const Option& option = site.options[static_cast<std::size_t>(ledger.bought.option)];
  ledger.land_m2 = land_taken_m2(scenario, sites, site, option);
  ledger.district = site.district;
  ledger.margin_eur_year = margin_eur_year(scenario.catalogue, site, ledger.land_m2, -1);
  for (const LandShare& land : site.land) {
    const double m2 = ledger.land_m2 * land.share;
    if (m2 <= 0) continue;
    ledger.land.push_back({land.cover, land.district, m2});
    const bool priced =
        land.cover >= 0 && !scenario.catalogue.covers[static_cast<std::size_t>(land.cover)]
                                .margin_provenance.source.empty();
    if (!priced) ledger.unpriced_m2 += m2;
  }
}

}  // namespace abatis::civil_detail
