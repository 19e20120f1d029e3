#include <cmath>

#include "evacuation.hpp"
#include "evacuation_names.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

// Whose bound it is.
Json bound_by(const CivilView& view, const LeavingTotals& t) {
  if (t.bound_by_settlement >= 0) {
    return valid_utf8(view.terrain.settlements[index(t.bound_by_settlement)].name);
  }
  if (t.bound_by < 0) return nullptr;
  return valid_utf8(view.ledger.districts.names[index(t.bound_by)]);
}

Json totals_json(const CivilView& view, const LeavingTotals& t) {
  return {{"people", t.people},
          {"settlements", t.settlements},
          {"settlements_without_population", t.unknown},
          {"presumed_there", t.presumed},
          {"people_cut_off", t.people_cut_off},
          {"settlements_cut_off", t.settlements_cut_off},
          {"settlements_without_population_cut_off", t.unknown_cut_off},
          {"presumed_there_cut_off", t.presumed_cut_off},
          {"longest_way_s", seconds(t.free_s)},
          {"at_least_s", seconds(t.at_least_s)},
          {"at_most_s", seconds(t.at_most_s)},
          {"undirected_s", seconds(t.undirected_s)},
          {"bound_by", bound_by(view, t)}};
}

Json goal_json(const CivilView& view, LeavingGoal goal) {
  Json out = Json::object();
  for (std::size_t k = 0; k < kInPlace; ++k) {
    out[leaving_key(static_cast<InPlace>(k))] =
        totals_json(view, view.evacuation->totals[static_cast<std::size_t>(goal)][k]);
  }
  return out;
}

Json bottlenecks_json(const CivilView& view) {
  Json out = Json::array();
  for (const Bottleneck& one : view.evacuation->bottlenecks) {
    out.push_back({{"when", leaving_key(one.in_place)},
                   {"class", valid_utf8(view.scenario.catalogue.roads[index(one.road)].id)},
                   {"ref", valid_utf8(one.ref)},
                   {"length_m", std::round(one.length_m)},
                   {"capacity_per_h", one.capacity_per_h},
                   {"vehicles", std::round(one.vehicles)},
                   {"wait_s", seconds(one.wait_s)},
                   {"relief_s_per_100_vehicles_per_h", std::round(one.relief_s * 10) / 10}});
  }
  return out;
}

Json orders_json(const CivilView& view) {
  Json out = Json::array();
  for (const LeavingOrder& one : view.evacuation->orders) {
    const SiteLedger& site = view.ledger.sites[index(one.purchase)];
    Json names = Json::array();
    for (const int s : one.settlements) {
      names.push_back(valid_utf8(view.terrain.settlements[index(s)].name));
    }
    out.push_back(
        {{"site", valid_utf8(view.sites.sites[index(site.bought.site)].id)},
         {"measure", valid_utf8(view.scenario.catalogue.measures[index(site.measure)].id)},
         {"kind", one.stored ? "stored" : "in_place"},
         {"settlements", std::move(names)},
         {"people", one.people},
         {"settlements_without_population", one.unknown},
         {"presumed_there", one.presumed},
         {"not_before_s", seconds(one.not_before_s)},
         {"settlements_only_way", one.settlements_only_way},
         {"people_only_way", one.people_only_way},
         {"longest_detour_s", seconds(one.detour_s)},
         {"work_s", seconds(one.work_s)},
         {"stands_s", seconds(one.stands_s)},
         {"needed_s", seconds(one.needed_s)},
         {"impossible", one.impossible}});
  }
  return out;
}

}  // namespace

Json evacuation_json(const CivilView& view) {
  if (view.evacuation == nullptr) return nullptr;
  const Evacuation& e = *view.evacuation;
  const Catalogue& catalogue = view.scenario.catalogue;
  Json rules = {{"within_m", e.rules.within_m},
                {"safe_m", e.rules.safe_m},
                {"zone_provenance", valid_utf8(e.rules.zone.source)},
                {"people_per_vehicle", e.rules.people_per_vehicle},
                {"traffic_provenance", valid_utf8(e.rules.traffic.source)},
                {"presumed_provenance", valid_utf8(catalogue.civil.presumed.source)},
                {"mover", valid_utf8(catalogue.movers[index(e.mover)].name)},
                {"season", valid_utf8(catalogue.seasons[index(e.season)].name)}};
  return {{"rules", std::move(rules)},
          {"people", e.people},
          {"settlements", e.settlements},
          {"settlements_without_population", e.without_population},
          {"presumed_there", e.presumed},
          {"settlements_without_road", e.without_road},
          {"settlements_without_way", e.without_way},
          {"people_without_way", e.people_without_way},
          {"roads_without_capacity", e.unknown_capacity},
          {"away", goal_json(view, LeavingGoal::away)},
          {"shelter", e.shelters ? goal_json(view, LeavingGoal::shelter) : Json(nullptr)},
          {"bottlenecks", bottlenecks_json(view)},
          {"orders", orders_json(view)},
          {"orders_that_wait_for_nobody", e.orders_free}};
}

}  // namespace abatis::report
