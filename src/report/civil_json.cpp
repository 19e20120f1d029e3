#include "civil.hpp"

#include <cmath>

#include "evacuation.hpp"
#include "facts.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

Json people_json(const People& people) {
  return {{"within_1km", people.within_1km},
          {"within_5km", people.within_5km},
          {"settlements_without_population_1km", people.unknown_1km},
          {"settlements_without_population_5km", people.unknown_5km},
          {"presumed_there_1km", people.presumed_1km},
          {"presumed_there_5km", people.presumed_5km}};
}

Json spread_json(const Spread& spread) {
  return {{"p10", std::round(spread.p10)},
          {"p50", std::round(spread.p50)},
          {"p90", std::round(spread.p90)},
          {"mean", std::round(spread.mean)}};
}

Json triangular_json(const Triangular& t) {
  return {{"min", t.min}, {"mode", t.mode}, {"max", t.max}};
}

Json change_json(const AccessChange& change) {
  return {{"households_delayed", rounded(change.delayed, 10)},
          {"households_cut_off", rounded(change.cut_off, 10)},
          {"settlements_delayed", change.settlements_delayed},
          {"settlements_cut_off", change.settlements_cut_off},
          {"longest_delay_s", seconds(change.worst_s)}};
}

class CivilWriting {
 public:
  explicit CivilWriting(const CivilView& view) : view_(view), ledger_(view.ledger) {}

  Json go(bool sites) const {
    Json out = {{"format", "abatis-civil/1"},
                {"marking", kMarking},
                {"scenario", valid_utf8(view_.scenario.id)},
                {"by", ledger_.districts.municipalities ? "municipality" : "nearest town"},
                {"population", ledger_.population},
                {"settlements", ledger_.settlements},
                {"settlements_without_population", ledger_.without_population},
                {"mined_zones", ledger_.zones},
                {"mined_zones_stored", ledger_.stored_zones},
                {"figures", figures_json()},
                {"land_uses", uses_json()},
                {"plan", totals_json(ledger_.plan, -1)},
                {"districts", districts_json()},
                {"years", years_json()},
                {"services", services_json()},
                {"evacuation", evacuation_json(view_)}};
    if (sites) out["sites"] = sites_json();
    return out;
  }

 private:
  std::string measure_id(int measure) const {
    return valid_utf8(view_.scenario.catalogue.measures[static_cast<std::size_t>(measure)].id);
  }
  std::string use_id(std::size_t cover) const {
    const auto& covers = view_.scenario.catalogue.covers;
    return cover < covers.size() ? valid_utf8(covers[cover].id) : "unknown";
  }
  Json figures_json() const;
  Json uses_json() const;
  Json totals_json(const Totals& totals, int district) const;
  Json access_json(int district) const;
  Json districts_json() const;
  Json years_json() const;
  Json services_json() const;
  Json sites_json() const;

  const CivilView& view_;
  const Ledger& ledger_;
};

Json CivilWriting::figures_json() const {
  const Catalogue& catalogue = view_.scenario.catalogue;
  const CivilFigures& c = catalogue.civil;
  Json access = nullptr;
  if (ledger_.access.assessed) {
    access = {{"mover",
               valid_utf8(catalogue.movers[static_cast<std::size_t>(ledger_.access.mover)].name)},
              {"season",
               valid_utf8(catalogue.seasons[static_cast<std::size_t>(ledger_.access.season)].name)},
              {"delayed_s", c.delayed_s},
              {"to_road_m", c.to_road_m},
              {"household", c.household},
              {"provenance", valid_utf8(c.access.source)}};
  }
  return {{"clearance_eur_per_m2", triangular_json(c.clearance_eur_m2)},
          {"clearance_provenance", valid_utf8(c.clearance_cost.source)},
          {"clearance_ha_per_year", c.clearance_m2_year / kM2PerHa},
          {"clearance_capacity_provenance", valid_utf8(c.clearance_rate.source)},
          {"inspection_years", c.inspection_years},
          {"inspection_provenance", valid_utf8(c.inspection.source)},
          {"access", std::move(access)}};
}

// Land uses that something is taken from.
Json CivilWriting::uses_json() const {
  Json out = Json::array();
  const auto& covers = view_.scenario.catalogue.covers;
  for (std::size_t c = 0; c < ledger_.plan.land_m2.size(); ++c) {
    if (ledger_.plan.land_m2[c] <= 0) continue;
    const bool known = c < covers.size();
    const bool priced = known && !covers[c].margin_provenance.source.empty();
    out.push_back({{"use", use_id(c)},
                   {"name", known ? valid_utf8(covers[c].name) : "Unknown"},
                   {"margin_eur_per_ha", priced ? Json(covers[c].margin_eur_ha) : Json(nullptr)},
                   {"provenance", priced ? Json(valid_utf8(covers[c].margin_provenance.source))
                                         : Json(nullptr)}});
  }
  return out;
}

Json CivilWriting::totals_json(const Totals& t, int district) const {
  Json land = Json::array();
  double all_m2 = 0;
  for (std::size_t c = 0; c < t.land_m2.size(); ++c) {
    all_m2 += t.land_m2[c];
    if (t.land_m2[c] > 0) land.push_back({{"use", use_id(c)}, {"ha", ha(t.land_m2[c])}});
  }
  Json near = Json::array();
  for (std::size_t m = 0; m < t.near_measure.size(); ++m) {
    const People& people = t.near_measure[m];
    if (people.within_5km == 0 && people.unknown_5km == 0) continue;
    Json row = people_json(people);
    row["measure"] = measure_id(static_cast<int>(m));
    near.push_back(std::move(row));
  }
  return {{"land_ha", ha(all_m2)},
          {"land", std::move(land)},
          {"margin_eur_per_year", std::round(t.margin_eur_year)},
          {"land_without_margin_ha", ha(t.unpriced_m2)},
          {"people_near_any_site", people_json(t.near_any)},
          {"people_near_mined_zones", people_json(t.near_mined)},
          {"people_near_measure", std::move(near)},
          {"mined_ha", ha(t.mined_m2)},
          {"person_years", std::round(t.person_years)},
          {"clearance_eur", spread_json(t.clearance_eur)},
          {"clearance_years", rounded(t.clearance_years, 100)},
          {"inspections", t.inspections},
          {"purchase_eur", std::round(t.purchase_eur)},
          {"maintenance_eur", std::round(t.maintenance_eur)},
          {"liability_eur", std::round(t.liability_eur)},
          {"access", access_json(district)}};
}

Json CivilWriting::access_json(int district) const {
  if (!ledger_.access.assessed) return nullptr;
  Json out = Json::object();
  for (const auto& [in_place, name] :
       {std::pair{InPlace::built, "built"}, std::pair{InPlace::all, "with_stored"}}) {
    const AccessSummary summary = summarise(view_.scenario, view_.terrain, ledger_.access,
                                            ledger_.districts.of_settlement, district, in_place);
    Json row = change_json(summary.any);
    for (int kind = 0; kind < kServiceKinds; ++kind) {
      row[std::string(to_string(static_cast<ServiceKind>(kind)))] =
          change_json(summary.by_service[static_cast<std::size_t>(kind)]);
    }
    out["settlements_without_road"] = summary.without_road;
    out["settlements_without_service_today"] = summary.without_service;
    out[name] = std::move(row);
  }
  return out;
}

Json CivilWriting::districts_json() const {
  Json out = Json::array();
  for (std::size_t d = 0; d < ledger_.by_district.size(); ++d) {
    Json row = {{"name", valid_utf8(ledger_.districts.names[d])}};
    row.update(totals_json(ledger_.by_district[d], static_cast<int>(d)));
    out.push_back(std::move(row));
  }
  return out;
}

Json CivilWriting::years_json() const {
  Json out = Json::array();
  for (const YearLedger& y : ledger_.years) {
    out.push_back({{"year", y.year},
                   {"land_ha", ha(y.land_m2)},
                   {"margin_eur", std::round(y.margin_eur)},
                   {"mined_ha", ha(y.mined_m2)},
                   {"people_1km", y.people_1km},
                   {"person_years", std::round(y.person_years)},
                   {"cleared_ha", ha(y.cleared_m2)},
                   {"clearance_eur", spread_json(y.clearance_eur)},
                   {"inspections", y.inspections},
                   {"purchase_eur", std::round(y.purchase_eur)},
                   {"maintenance_eur", std::round(y.maintenance_eur)}});
  }
  return out;
}

Json CivilWriting::services_json() const {
  if (!ledger_.access.assessed) return nullptr;
  Json out = Json::object();
  for (int kind = 0; kind < kServiceKinds; ++kind) {
    out[std::string(to_string(static_cast<ServiceKind>(kind)))] =
        ledger_.access.services[static_cast<std::size_t>(kind)];
  }
  out["off_road"] = ledger_.access.services_off_road;
  return out;
}

Json CivilWriting::sites_json() const {
  Json out = Json::array();
  for (const SiteLedger& site : ledger_.sites) {
    Json land = Json::array();
    for (const LandTaken& taken : site.land) {
      const std::size_t use = taken.cover < 0 ? view_.scenario.catalogue.covers.size()
                                              : static_cast<std::size_t>(taken.cover);
      land.push_back(
          {{"use", use_id(use)},
           {"district",
            valid_utf8(ledger_.districts.names[static_cast<std::size_t>(taken.district)])},
           {"ha", ha(taken.m2)}});
    }
    Json row = {
        {"site", valid_utf8(view_.sites.sites[static_cast<std::size_t>(site.bought.site)].id)},
        {"measure", measure_id(site.measure)},
        {"year", view_.scenario.first_year + site.bought.year},
        {"district", valid_utf8(ledger_.districts.names[static_cast<std::size_t>(site.district)])},
        {"stored", site.stored},
        {"land_ha", ha(site.land_m2)},
        {"land", std::move(land)},
        {"margin_eur_per_year", std::round(site.margin_eur_year)},
        {"land_without_margin_ha", ha(site.unpriced_m2)},
        {"people", people_json(site.people)},
        {"purchase_eur", std::round(site.purchase_eur)},
        {"maintenance_eur", std::round(site.maintenance_eur)},
        {"liability_eur", std::round(site.liability_eur)},
        {"mined", nullptr}};
    if (site.mined_m2 > 0) {
      row["mined"] = {{"ha", ha(site.mined_m2)},
                      {"clearance_eur", spread_json(site.clearance_eur)},
                      {"stands_from", rounded(site.stands_from, 100)},
                      {"cleared_at", rounded(site.cleared_at, 100)},
                      {"inspections", site.inspections},
                      {"person_years", std::round(site.person_years)}};
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

Json civil_json(const CivilView& view, bool sites) {
  return CivilWriting(view).go(sites);
}

}  // namespace abatis::report
