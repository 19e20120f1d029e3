#include "abatis/civil/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "abatis/base/parallel.hpp"
#include "abatis/measures/site_land.hpp"
#include "clearance.hpp"
#include "land.hpp"
#include "near_people.hpp"

namespace abatis {
namespace {

using namespace civil_detail;

// From the first zone near a settlement to the last clearance near it.
struct Exposure {
  double from = 0, to = 0;
  double years() const { return to - from; }
};

class Keeping {
 public:
  Keeping(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites, int threads)
      : scenario_(scenario), terrain_(terrain), sites_(sites), threads_(threads) {}

  Ledger go(const std::vector<CivilPurchase>& bought) {
    out_.districts = sites_.districts;
    count_population();
    keep_sites(bought);
    find_exposure();
    keep_totals();
    keep_years();
    find_ways();
    return std::move(out_);
  }

 private:
  const Option& option_of(const CivilPurchase& p) const {
    return sites_.sites[static_cast<std::size_t>(p.site)]
        .options[static_cast<std::size_t>(p.option)];
  }
  const Measure& measure_of(const SiteLedger& site) const {
    return scenario_.catalogue.measures[static_cast<std::size_t>(site.measure)];
  }
  double first_year() const { return scenario_.first_year; }
  double plan_end() const { return scenario_.first_year + scenario_.years; }

  void count_population();
  void keep_sites(const std::vector<CivilPurchase>& bought);
  void keep_site(const CivilPurchase& bought, SiteLedger& site, std::vector<Near>& near) const;
  void find_exposure();
  Totals totals_of(int district) const;
  void add_sites(int district, Totals& out) const;
  void keep_totals();
  void keep_years();
  YearLedger year_of(int year) const;
  void find_ways();

  const Scenario& scenario_;
  const Terrain& terrain_;
  const SiteSet& sites_;
  int threads_;
  Ledger out_;
  std::vector<std::vector<Near>> near_;  // by purchase, then settlement
  std::vector<Exposure> exposure_;       // by settlement
};

void Keeping::count_population() {
  for (const Settlement& place : terrain_.settlements) {
    const auto cell = terrain_.grid.cell_at(place.at);
    if (!cell || terrain_.side_of(*cell) != Side::friendly) continue;
    ++out_.settlements;
    if (place.population < 0) ++out_.without_population;
    out_.population += std::max<std::int64_t>(0, place.population);
  }
}

void Keeping::keep_site(const CivilPurchase& bought, SiteLedger& site,
                        std::vector<Near>& near) const {
  const Option& option = option_of(bought);
  site.bought = bought;
  site.measure = option.measure;
  const std::vector<Cell> cells =
      ground_of(terrain_.grid, sites_, sites_.sites[static_cast<std::size_t>(bought.site)]);
  take_land(scenario_, sites_, site);
  near = near_cells(terrain_, cells);
  site.people =
      people_of(scenario_.catalogue.civil, terrain_, near, out_.districts.of_settlement, -1);
  site.stored = option.park >= 0;
  site.purchase_eur = option.whole_cost().value;
  site.maintenance_eur =
      option.whole_maintenance().value * std::max(0, scenario_.years - 1 - bought.year);
  site.liability_eur = option.whole_liability().value;
  const Measure& measure = measure_of(site);
  if (measure.mined_depth_m <= 0) return;
  site.mined_m2 = option.quantity * 1000 * measure.mined_depth_m;
  site.clearance_eur = spread_of(scenario_.catalogue.civil.clearance_eur_m2, site.mined_m2);
  site.stands_from = first_year() + bought.year + measure.lead_years;
}

void Keeping::keep_sites(const std::vector<CivilPurchase>& bought) {
  out_.sites.resize(bought.size());
  near_.resize(bought.size());
  parallel_for(bought.size(), threads_,
               [&](std::size_t i) { keep_site(bought[i], out_.sites[i], near_[i]); });
  plan_clearance(out_.sites, plan_end(), scenario_.catalogue.civil);
  for (std::size_t i = 0; i < out_.sites.size(); ++i) {
    SiteLedger& site = out_.sites[i];
    if (site.mined_m2 <= 0) continue;
    ++out_.zones;
    if (site.stored) ++out_.stored_zones;
    site.person_years =
        static_cast<double>(site.people.within_1km) * (site.cleared_at - site.stands_from);
  }
}

void Keeping::find_exposure() {
  exposure_.resize(terrain_.settlements.size());
  for (std::size_t i = 0; i < out_.sites.size(); ++i) {
    const SiteLedger& site = out_.sites[i];
    if (site.mined_m2 <= 0) continue;
    for (std::size_t s = 0; s < exposure_.size(); ++s) {
      if (near_[i][s] != Near::within_1km) continue;
      Exposure& e = exposure_[s];
      const bool first = e.to <= 0;
      e.from = first ? site.stands_from : std::min(e.from, site.stands_from);
      e.to = std::max(e.to, site.cleared_at);
    }
  }
}

void Keeping::add_sites(int district, Totals& out) const {
  const CivilFigures& figures = scenario_.catalogue.civil;
  for (const SiteLedger& site : out_.sites) {
    double here_m2 = 0;
    for (const LandTaken& land : site.land) {
      if (district >= 0 && land.district != district) continue;
      const std::size_t use =
          land.cover < 0 ? out.land_m2.size() - 1 : static_cast<std::size_t>(land.cover);
      out.land_m2[use] += land.m2;
      here_m2 += land.m2;
      const CoverClass* cover =
          land.cover < 0 ? nullptr
                         : &scenario_.catalogue.covers[static_cast<std::size_t>(land.cover)];
      if (cover == nullptr || cover->margin_provenance.source.empty()) {
        out.unpriced_m2 += land.m2;
      } else {
        out.margin_eur_year += land.m2 / 1e4 * cover->margin_eur_ha;
      }
    }
    // A mined zone is divided as its land is; what cannot be, belongs to one district.
    const bool own = district < 0 || site.district == district;
    const double share = district < 0 ? 1 : site.land_m2 > 0 ? here_m2 / site.land_m2 : own;
    out.mined_m2 += share * site.mined_m2;
    if (!own) continue;
    out.inspections += site.inspections;
    out.purchase_eur += site.purchase_eur;
    out.maintenance_eur += site.maintenance_eur;
    out.liability_eur += site.liability_eur;
  }
  out.clearance_eur = spread_of(figures.clearance_eur_m2, out.mined_m2);
  out.clearance_years = out.mined_m2 / figures.clearance_m2_year;
}

Totals Keeping::totals_of(int district) const {
  Totals out;
  out.land_m2.assign(scenario_.catalogue.covers.size() + 1, 0);
  add_sites(district, out);
  const auto& of = out_.districts.of_settlement;
  const std::vector<Near> nobody(terrain_.settlements.size(), Near::no);
  std::vector<std::vector<Near>> by_measure(scenario_.catalogue.measures.size(), nobody);
  std::vector<Near> any = nobody;
  std::vector<Near> mined = nobody;
  for (std::size_t i = 0; i < out_.sites.size(); ++i) {
    join(by_measure[static_cast<std::size_t>(out_.sites[i].measure)], near_[i]);
    join(any, near_[i]);
    if (out_.sites[i].mined_m2 > 0) join(mined, near_[i]);
  }
  for (const auto& near : by_measure) {
    out.near_measure.push_back(people_of(scenario_.catalogue.civil, terrain_, near, of, district));
  }
  out.near_any = people_of(scenario_.catalogue.civil, terrain_, any, of, district);
  out.near_mined = people_of(scenario_.catalogue.civil, terrain_, mined, of, district);
  for (std::size_t s = 0; s < exposure_.size(); ++s) {
    if (district >= 0 && of[s] != district) continue;
    const auto people = std::max<std::int64_t>(0, terrain_.settlements[s].population);
    out.person_years += static_cast<double>(people) * exposure_[s].years();
  }
  return out;
}

void Keeping::keep_totals() {
  out_.plan = totals_of(-1);
  out_.by_district.resize(static_cast<std::size_t>(out_.districts.count()));
  parallel_for(out_.by_district.size(), threads_,
               [&](std::size_t d) { out_.by_district[d] = totals_of(static_cast<int>(d)); });
}

YearLedger Keeping::year_of(int year) const {
  const CivilFigures& figures = scenario_.catalogue.civil;
  YearLedger out{.year = year};
  for (const SiteLedger& site : out_.sites) {
    const int bought = scenario_.first_year + site.bought.year;
    if (bought == year) {
      out.land_m2 += site.land_m2;
      out.purchase_eur += site.purchase_eur;
    }
    const bool planned = year < scenario_.first_year + scenario_.years;
    if (bought < year && planned) {
      out.maintenance_eur += option_of(site.bought).whole_maintenance().value;
    }
    if (bought <= year) out.margin_eur += site.margin_eur_year;
    if (site.mined_m2 <= 0) continue;
    if (site.stands_from < year + 1 && site.cleared_at >= year + 1) out.mined_m2 += site.mined_m2;
    const double work = site.mined_m2 / figures.clearance_m2_year;
    out.cleared_m2 +=
        figures.clearance_m2_year * years_in(site.cleared_at - work, site.cleared_at, year);
    out.inspections +=
        inspections_in(site.stands_from, site.cleared_at, figures.inspection_years, year);
  }
  for (std::size_t s = 0; s < exposure_.size(); ++s) {
    const double exposed = years_in(exposure_[s].from, exposure_[s].to, year);
    if (exposed <= 0) continue;
    const auto people = std::max<std::int64_t>(0, terrain_.settlements[s].population);
    out.people_1km += people;
    out.person_years += static_cast<double>(people) * exposed;
  }
  out.clearance_eur = spread_of(figures.clearance_eur_m2, out.cleared_m2);
  return out;
}

void Keeping::keep_years() {
  double end = plan_end();
  for (const SiteLedger& site : out_.sites) end = std::max(end, site.cleared_at);
  const int last = static_cast<int>(std::ceil(end));
  for (int year = scenario_.first_year; year < last; ++year) out_.years.push_back(year_of(year));
}

void Keeping::find_ways() {
  if (terrain_.services.empty()) return;
  StandingOptions built(sites_.sites.size(), 0);
  StandingOptions all = built;
  for (const SiteLedger& site : out_.sites) {
    const auto s = static_cast<std::size_t>(site.bought.site);
    all[s] = site.bought.option + 1;
    if (!site.stored) built[s] = all[s];
  }
  out_.access = find_access(scenario_, terrain_, sites_, built, all, threads_);
}

}  // namespace

Ledger compute_ledger(const Scenario& scenario, const Terrain& terrain, const SiteSet& sites,
                      const std::vector<CivilPurchase>& bought, int threads) {
  return Keeping(scenario, terrain, sites, threads).go(bought);
}

}  // namespace abatis
