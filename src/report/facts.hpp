#pragma once
// What every product says, computed once: purchases in full, money by year and class, checks
// against the earmarks. Products only format what stands here, so they cannot disagree.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/report/outcome.hpp"

namespace abatis::report {

// Stands in every product: what it may be used for.
inline constexpr const char* kMarking = "restricted working document: full resolution";
inline constexpr const char* kPublicMarking = "public edition: no sites, places or stock";

struct PurchaseFact {
  int problem_option = 0;
  int site = 0;                // index into SiteSet::sites
  int option = 0;              // index into Site::options
  int measure = 0;             // index into Catalogue::measures
  int cover = -1;              // the same of the cover bought with it, -1 = none
  int year = 0;                // index, 0 = first year
  int acts_year = -1;          // index of the first year with any delay; -1 = not within the plan
  double maintenance_eur = 0;  // sum over the years of the plan
  std::vector<double> last_delay_s;  // in the plan's last year, by speed index
};

struct MoneyCell {
  double purchase_eur = 0, maintenance_eur = 0;
  double total() const { return purchase_eur + maintenance_eur; }
};

struct EarmarkFact {
  int earmark = 0;  // index into Scenario::earmarks
  double spent_eur = 0;
  bool met = false;
};

struct MeasureFact {
  int measure = 0;     // index into Catalogue::measures
  int candidates = 0;  // sites that offer it
  int bought = 0;
  double quantity = 0, cost_eur = 0, maintenance_eur = 0, liability_eur = 0;
  int first_year = -1, last_year = -1;         // of purchase, as indices; -1 = none
  double least_delay_s = 0, most_delay_s = 0;  // of one site that offers it, full grown, by speed
  double farmed_ha = 0, earthwork_m3 = 0;      // farm land taken, earth moved, of what is bought
};

// Settlements near bought sites: centre to the nearest cell of a site. A first indication, not
// the ledger of MODEL section 12.
struct PeopleFact {
  std::int64_t within_1km = 0, within_5km = 0;  // inhabitants on record
  int settlements_within_5km = 0;
  int settlements_without_population = 0;  // of those within 5 km
};

struct Facts {
  PeopleFact people;
  std::vector<PurchaseFact> purchases;        // by year, then site
  std::vector<std::string> classes;           // budget classes, in scenario order
  std::vector<std::vector<MoneyCell>> money;  // [year][class]
  std::vector<EarmarkFact> earmarks;
  std::vector<MeasureFact> measures;  // in scenario order
  double budget_eur = 0, purchases_eur = 0, maintenance_eur = 0, liability_eur = 0;
  double mean_before_s = 0, mean_after_s = 0;  // weighted mean over cases, first/last state
  double worst_grid_error = 0;                 // max |T_network - T_grid| / T_grid
  int unverified = 0, figures = 0;             // catalogue entries with provenance
  std::vector<int> measure_of_site;            // bought measure by site, -1 = none
  std::vector<int> option_of_site;             // bought option by site, -1 = none
  std::vector<int> year_of_site;               // year index by site, -1 = none
};

Facts collect_facts(const RunView& view, const Outcome& outcome);

// Ids of the cover bought with an option and of the park that stores it; "" without.
std::string cover_id(const RunView& view, const Option& option);
std::string park_id(const RunView& view, const Option& option);

// The delay (s) that an option bought `age` years ago gives for a speed index.
double delay_at(const Option& option, int speed, int age);

// What this version does not account for; said in every product.
std::vector<std::string> not_assessed(const RunView& view);
// The scenario's own caveats and those that follow from its inputs and catalogue.
std::vector<std::string> caveats(const RunView& view, const Facts& facts);

// A point that stands for a site on lists: the vertex half way along a line, the mean of the
// vertices of a polygon's first ring.
Point middle_of(const Geometry& geometry);

// The name of an input as products show it: never a path of the machine that made them.
std::string shown_name(const InputFile& input);

std::string axis_label(const Scenario& scenario, int axis);
std::string case_label(const Scenario& scenario, const Case& c);  // "heavy tracked, dry"
// The case's index into Mobility::speeds.
inline int speed_of(const RunView& view, std::size_t case_index) {
  return view.network.cases[case_index].speed;
}

}  // namespace abatis::report
