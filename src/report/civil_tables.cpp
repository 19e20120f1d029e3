#include <algorithm>
#include <cmath>
#include <numeric>

#include "civil.hpp"
#include "csv.hpp"
#include "evacuation.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

void add_people(Csv& csv, const People& people) {
  csv.whole(people.within_1km).whole(people.within_5km);
  csv.whole(people.unknown_1km).whole(people.unknown_5km);
  csv.whole(people.presumed_1km).whole(people.presumed_5km);
}

void add_spread(Csv& csv, const Spread& spread) {
  csv.number(std::round(spread.p10)).number(std::round(spread.p50));
  csv.number(std::round(spread.p90)).number(std::round(spread.mean));
}

std::string sites_csv(const CivilView& view) {
  Csv csv({"site",
           "measure",
           "year",
           "district",
           "stored",
           "land_ha",
           "margin_eur_per_year",
           "land_without_margin_ha",
           "people_1km",
           "people_5km",
           "settlements_without_population_1km",
           "settlements_without_population_5km",
           "presumed_there_1km",
           "presumed_there_5km",
           "purchase_eur",
           "maintenance_eur",
           "liability_eur",
           "mined_ha",
           "clearance_eur_p10",
           "clearance_eur_p50",
           "clearance_eur_p90",
           "clearance_eur_mean",
           "stands_from",
           "cleared_at",
           "inspections",
           "person_years"});
  for (const SiteLedger& site : view.ledger.sites) {
    csv.text(view.sites.sites[static_cast<std::size_t>(site.bought.site)].id);
    csv.text(view.scenario.catalogue.measures[static_cast<std::size_t>(site.measure)].id);
    csv.whole(view.scenario.first_year + site.bought.year);
    csv.text(view.ledger.districts.names[static_cast<std::size_t>(site.district)]);
    csv.text(site.stored ? "yes" : "no").number(ha(site.land_m2));
    csv.number(std::round(site.margin_eur_year)).number(ha(site.unpriced_m2));
    add_people(csv, site.people);
    csv.number(site.purchase_eur).number(site.maintenance_eur).number(site.liability_eur);
    if (site.mined_m2 > 0) {
      csv.number(ha(site.mined_m2));
      add_spread(csv, site.clearance_eur);
      csv.number(site.stands_from).number(std::round(site.cleared_at * 100) / 100);
      csv.whole(site.inspections).number(std::round(site.person_years));
    } else {
      for (int column = 0; column < 9; ++column) csv.empty();
    }
    csv.end();
  }
  return csv.take();
}

void add_access(Csv& csv, const CivilView& view, int district) {
  for (const InPlace in_place : {InPlace::built, InPlace::all}) {
    if (!view.ledger.access.assessed) {
      csv.empty().empty();
      continue;
    }
    const AccessSummary summary =
        summarise(view.scenario, view.terrain, view.ledger.access,
                  view.ledger.districts.of_settlement, district, in_place);
    csv.number(std::round(summary.any.delayed * 10) / 10);
    csv.number(std::round(summary.any.cut_off * 10) / 10);
  }
}

// A row for each district, and the plan as the last.
std::string districts_csv(const CivilView& view) {
  Csv csv({"district",
           "land_ha",
           "margin_eur_per_year",
           "land_without_margin_ha",
           "people_1km_any",
           "people_5km_any",
           "unknown_1km_any",
           "unknown_5km_any",
           "presumed_1km_any",
           "presumed_5km_any",
           "people_1km_mined",
           "people_5km_mined",
           "unknown_1km_mined",
           "unknown_5km_mined",
           "presumed_1km_mined",
           "presumed_5km_mined",
           "mined_ha",
           "person_years",
           "clearance_eur_p10",
           "clearance_eur_p50",
           "clearance_eur_p90",
           "clearance_eur_mean",
           "clearance_years",
           "inspections",
           "purchase_eur",
           "maintenance_eur",
           "liability_eur",
           "households_delayed_built",
           "households_cut_off_built",
           "households_delayed_with_stored",
           "households_cut_off_with_stored"});
  const auto add = [&](const std::string& name, const Totals& t, int district) {
    csv.text(name).number(ha(std::accumulate(t.land_m2.begin(), t.land_m2.end(), 0.0)));
    csv.number(std::round(t.margin_eur_year)).number(ha(t.unpriced_m2));
    add_people(csv, t.near_any);
    add_people(csv, t.near_mined);
    csv.number(ha(t.mined_m2)).number(std::round(t.person_years));
    add_spread(csv, t.clearance_eur);
    csv.number(std::round(t.clearance_years * 100) / 100).whole(t.inspections);
    csv.number(t.purchase_eur).number(t.maintenance_eur).number(t.liability_eur);
    add_access(csv, view, district);
    csv.end();
  };
  const Ledger& ledger = view.ledger;
  for (std::size_t d = 0; d < ledger.by_district.size(); ++d) {
    add(ledger.districts.names[d], ledger.by_district[d], static_cast<int>(d));
  }
  add("the plan", ledger.plan, -1);
  return csv.take();
}

std::string years_csv(const CivilView& view) {
  Csv csv({"year", "land_ha_taken", "margin_eur_lost", "mined_ha", "people_1km_mined",
           "person_years", "cleared_ha", "clearance_eur_p10", "clearance_eur_p50",
           "clearance_eur_p90", "clearance_eur_mean", "inspections", "purchase_eur",
           "maintenance_eur"});
  for (const YearLedger& y : view.ledger.years) {
    csv.whole(y.year).number(ha(y.land_m2)).number(std::round(y.margin_eur));
    csv.number(ha(y.mined_m2)).whole(y.people_1km).number(std::round(y.person_years));
    csv.number(ha(y.cleared_m2));
    add_spread(csv, y.clearance_eur);
    csv.whole(y.inspections).number(y.purchase_eur).number(y.maintenance_eur).end();
  }
  return csv.take();
}

std::string land_csv(const CivilView& view) {
  Csv csv({"district", "use", "ha", "margin_eur_per_ha"});
  const auto& covers = view.scenario.catalogue.covers;
  for (std::size_t d = 0; d < view.ledger.by_district.size(); ++d) {
    const Totals& t = view.ledger.by_district[d];
    for (std::size_t c = 0; c < t.land_m2.size(); ++c) {
      if (t.land_m2[c] <= 0) continue;
      csv.text(view.ledger.districts.names[d]);
      csv.text(c < covers.size() ? covers[c].id : "unknown").number(ha(t.land_m2[c]));
      if (c < covers.size() && !covers[c].margin_provenance.source.empty()) {
        csv.number(covers[c].margin_eur_ha);
      } else {
        csv.empty();
      }
      csv.end();
    }
  }
  return csv.take();
}

std::string access_csv(const CivilView& view) {
  Csv csv(
      {"settlement", "district", "population", "service", "before_s", "built_s", "with_stored_s"});
  for (std::size_t s = 0; s < view.ledger.access.settlements.size(); ++s) {
    const SettlementAccess& one = view.ledger.access.settlements[s];
    if (!one.has_road) continue;
    const Settlement& place = view.terrain.settlements[s];
    for (std::size_t kind = 0; kind < kServiceKinds; ++kind) {
      if (view.ledger.access.services[kind] == 0) continue;
      csv.text(place.name);
      csv.text(view.ledger.districts
                   .names[static_cast<std::size_t>(view.ledger.districts.of_settlement[s])]);
      place.population < 0 ? csv.empty() : csv.whole(place.population);
      csv.text(to_string(static_cast<ServiceKind>(kind)));
      for (const double time : one.time_s[kind]) csv.number(std::round(time));
      csv.end();
    }
  }
  return csv.take();
}

}  // namespace

double ha(double m2) {
  return rounded(m2 / kM2PerHa);
}

std::vector<Table> civil_tables(const CivilView& view) {
  std::vector<Table> tables{
      {"tables/civil_sites.csv", "harm to civilians by purchase", sites_csv(view)},
      {"tables/civil_districts.csv", "harm to civilians by municipality", districts_csv(view)},
      {"tables/civil_years.csv", "harm to civilians by year", years_csv(view)},
      {"tables/civil_land.csv", "land taken by municipality and use", land_csv(view)}};
  if (view.ledger.access.assessed) {
    tables.push_back({"tables/civil_access.csv",
                      "ways of each settlement to services, before and after", access_csv(view)});
  }
  for (Table& table : evacuation_tables(view)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace abatis::report
