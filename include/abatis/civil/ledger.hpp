#pragma once
// What a plan does to those who live there (MODEL section 12; docs/model/civil.md). Every metric
// stands by itself: nothing here is weighed against delay or against another metric.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "abatis/civil/access.hpp"
#include "abatis/measures/sites.hpp"
#include "abatis/scenario/scenario.hpp"
#include "abatis/terrain/districts.hpp"
#include "abatis/terrain/terrain.hpp"

namespace abatis {

// One purchase of a plan.
struct CivilPurchase {
  int site = 0, option = 0;  // indices into SiteSet::sites and Site::options
  int year = 0;              // index, 0 = the first year of the plan
};

struct LandTaken {
  int cover = -1;    // index into Catalogue::covers, -1 = unknown
  int district = 0;  // index into Districts::names
  double m2 = 0;
};

// People whose settlement's point lies within a distance of a cell of something.
struct People {
  std::int64_t within_1km = 0, within_5km = 0;      // on record
  int unknown_1km = 0, unknown_5km = 0;             // settlements there without a population
  std::int64_t presumed_1km = 0, presumed_5km = 0;  // people presumed in those
};

// A triangular distribution by its quantiles, and its mean.
struct Spread {
  double p10 = 0, p50 = 0, p90 = 0, mean = 0;
};
// The value below which the share `q` in [0, 1] of a triangular distribution lies, in closed form
// (Kotz & van Dorp 2004, section 1.2).
double quantile(const Triangular& t, double q);
Spread spread_of(const Triangular& t, double times = 1);

// The ledger of one purchase.
struct SiteLedger {
  CivilPurchase bought;
  int measure = 0;
  int district = 0;             // that holds most of its cells
  std::vector<LandTaken> land;  // by cover, then district; none twice
  double land_m2 = 0;
  double margin_eur_year = 0;  // that the land yielded
  double unpriced_m2 = 0;      // of it: cover unknown, or without a margin
  People people;
  bool stored = false;         // held in a park until an order
  double purchase_eur = 0;     // with its cover
  double maintenance_eur = 0;  // over the years of the plan
  double liability_eur = 0;    // at the end of its life, undiscounted
  // Of mined zones; 0 and empty for the rest.
  double mined_m2 = 0;
  Spread clearance_eur;
  double stands_from = 0, cleared_at = 0;  // calendar years, with fractions
  std::int64_t inspections = 0;            // of its marking until it is cleared
  double person_years = 0;                 // of people within 1 km, while it stands
};

// The same for a district or the whole plan. Settlements and people count once, however many sites
// are near; a settlement counts in its own district, land where it lies.
struct Totals {
  std::vector<double> land_m2;  // by cover, the last is unknown
  double margin_eur_year = 0, unpriced_m2 = 0;
  std::vector<People> near_measure;  // of each measure, by index into Catalogue::measures
  People near_any, near_mined;
  double mined_m2 = 0;
  Spread clearance_eur;
  double clearance_years = 0;  // at the stated capacity, if it cleared nothing else
  std::int64_t inspections = 0;
  double person_years = 0;  // each settlement from the first zone near it to the last clearance
  double purchase_eur = 0, maintenance_eur = 0, liability_eur = 0;
};

// What happens in one calendar year.
struct YearLedger {
  int year = 0;
  double land_m2 = 0;           // taken in the year
  double margin_eur = 0;        // lost in the year on all land taken by then
  double mined_m2 = 0;          // that stand in the year, at its end
  std::int64_t people_1km = 0;  // within 1 km of a mined zone that stands in the year
  double person_years = 0;
  double cleared_m2 = 0;
  Spread clearance_eur;
  std::int64_t inspections = 0;
  double purchase_eur = 0, maintenance_eur = 0;
};

struct Ledger {
  Districts districts;
  std::vector<SiteLedger> sites;                // in the order of the purchases
  std::vector<Totals> by_district;              // as Districts::names
  Totals plan;                                  // their sum
  std::vector<YearLedger> years;                // of the plan and until all is cleared
  std::int64_t population = 0;                  // of friendly settlements, on record
  int settlements = 0, without_population = 0;  // friendly ones
  int stored_zones = 0, zones = 0;
  Access access;
};

// A zone, stored or not, counts as standing from the first year it acts (purchase and lead time)
// and until it is cleared: from the end of the plan on zones are cleared one after another at the
// stated capacity, in the order they came. Land is that of the measure's width or area, spread
// evenly over the cells of the site. Pure; the same on any number of threads. O(sites x settlements
// + cells).
Ledger compute_ledger(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
                      const std::vector<CivilPurchase>& bought, int threads);

}  // namespace abatis
