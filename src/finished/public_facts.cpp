#include "public_facts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>

#include "abatis/base/version.hpp"
#include "abatis/finished/publish.hpp"

namespace abatis::finished {
namespace {

constexpr std::array<std::string_view, 21> kHeld{
    "stock", "stocks", "stored",   "store",   "stores",      "storage", "park",
    "parks", "depot",  "depots",   "ready",   "readiness",   "sensor",  "sensors",
    "crew",  "crews",  "emplaced", "emplace", "emplacement", "loads",   "convoy"};

// A scalar of the run as everybody may have it.
Json scalar(const Json& from) {
  if (from.is_string()) return public_text(from.get<std::string>());
  if (from.is_number() || from.is_boolean()) return from;
  return nullptr;
}

using Keys = std::initializer_list<const char*>;

// Of an object the scalars named; null for those it lacks.
Json pick(const Json& from, Keys keys) {
  Json out = Json::object();
  for (const char* key : keys) {
    const auto found = from.is_object() ? from.find(key) : from.end();
    out[key] = from.is_object() && found != from.end() ? scalar(*found) : Json(nullptr);
  }
  return out;
}

const Json& at(const Json& from, const char* key) {
  static const Json kNone;
  if (!from.is_object()) return kNone;
  const auto found = from.find(key);
  return found == from.end() ? kNone : *found;
}

Json pick_all(const Json& from, Keys keys) {
  Json out = Json::array();
  if (!from.is_array()) return out;
  for (const Json& one : from) out.push_back(pick(one, keys));
  return out;
}

Json people(const Json& from) {
  return pick(from,
              {"within_1km", "within_5km", "settlements_without_population_1km",
               "settlements_without_population_5km", "presumed_there_1km", "presumed_there_5km"});
}
Json spread(const Json& from) {
  return pick(from, {"p10", "p50", "p90", "mean"});
}
Json access(const Json& from) {
  if (!from.is_object()) return nullptr;
  Json out = pick(from, {"settlements_without_road", "settlements_without_service_today"});
  // With everything closed: what stands for good and what an order closes.
  out["plan"] = pick(at(from, "with_stored"),
                     {"households_delayed", "households_cut_off", "settlements_delayed",
                      "settlements_cut_off", "longest_delay_s"});
  return out;
}

Json totals(const Json& from) {
  Json out = pick(
      from, {"land_ha", "margin_eur_per_year", "land_without_margin_ha", "mined_ha", "person_years",
             "clearance_years", "inspections", "purchase_eur", "maintenance_eur", "liability_eur"});
  out["land"] = pick_all(at(from, "land"), {"use", "ha"});
  out["people_near_any_site"] = people(at(from, "people_near_any_site"));
  out["people_near_mined_zones"] = people(at(from, "people_near_mined_zones"));
  out["clearance_eur"] = spread(at(from, "clearance_eur"));
  out["access"] = access(at(from, "access"));
  return out;
}

Json evacuation(const Json& from) {
  if (!from.is_object()) return nullptr;
  Json out =
      pick(from, {"people", "settlements", "settlements_without_population", "presumed_there",
                  "settlements_without_road", "settlements_without_way", "people_without_way"});
  out["rules"] = pick(at(from, "rules"), {"within_m", "safe_m", "people_per_vehicle"});
  const Json& away = at(from, "away");
  for (const char* when : {"nothing_built", "orders_wait"}) {
    out[when] = pick(at(away, when), {"people", "presumed_there", "settlements", "people_cut_off",
                                      "settlements_cut_off", "longest_way_s", "at_least_s",
                                      "at_most_s", "undirected_s"});
  }
  return out;
}

// How many sites of each kind, in all or in a district.
Json counts(const std::vector<PublicSite>& sites, const std::string* district) {
  Json out = Json::array();
  const auto& kinds = public_kinds();
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto n = std::count_if(sites.begin(), sites.end(), [&](const PublicSite& s) {
      return s.kind == static_cast<int>(k) && (district == nullptr || s.district == *district);
    });
    if (n > 0) out.push_back({{"kind", kinds[k].id}, {"name", kinds[k].name}, {"sites", n}});
  }
  return out;
}

Json ledger(const RunFolder& run, const std::vector<PublicSite>& sites) {
  const Json& civil = run.civil;
  Json out = pick(
      civil, {"by", "population", "settlements", "settlements_without_population", "mined_zones"});
  out["plan"] = totals(at(civil, "plan"));
  out["plan"]["sites"] = counts(sites, nullptr);
  out["districts"] = Json::array();
  for (const Json& one : at(civil, "districts")) {
    const std::string name = at(one, "name").is_string() ? one["name"].get<std::string>() : "";
    Json row = {{"name", public_text(name)}};
    row.update(totals(one));
    row["sites"] = counts(sites, &name);
    out["districts"].push_back(std::move(row));
  }
  out["years"] = Json::array();
  for (const Json& one : at(civil, "years")) {
    Json row = pick(one, {"year", "land_ha", "margin_eur", "mined_ha", "people_1km", "person_years",
                          "cleared_ha", "inspections", "purchase_eur", "maintenance_eur"});
    row["clearance_eur"] = spread(at(one, "clearance_eur"));
    out["years"].push_back(std::move(row));
  }
  out["leaving"] = evacuation(at(civil, "evacuation"));
  return out;
}

Json money(const Json& plan) {
  const Json& from = at(plan, "money");
  Json out =
      pick(from, {"price_year", "budget_eur", "purchases_eur", "maintenance_eur", "liability_eur"});
  out["years"] = Json::array();
  for (const Json& year : at(from, "years")) {
    Json row = pick(year, {"year", "budget_eur", "carried_eur", "spent_eur"});
    row["by_class"] = pick_all(at(year, "by_class"), {"class", "purchase_eur", "maintenance_eur"});
    out["years"].push_back(std::move(row));
  }
  out["earmarks"] =
      pick_all(at(from, "earmarks"), {"class", "rule", "amount_eur", "spent_eur", "met"});
  return out;
}

Json economy(const Json& plan) {
  const Json& from = at(plan, "economy");
  if (!from.is_object()) return nullptr;
  Json out = pick(from, {"state", "price_year", "constant_eur", "current_eur", "published_eur"});
  out["years"] = pick_all(at(from, "years"), {"year", "constant_eur", "current_eur", "gdp_eur",
                                              "defence_eur", "share_of_gdp", "share_of_defence"});
  out["split"] = pick_all(at(from, "split"),
                          {"class", "published_eur", "published_share", "plan_eur", "plan_share"});
  out["whole_life"] =
      pick(at(from, "whole_life"),
           {"purchases_eur", "upkeep_eur", "upkeep_after_eur", "liability_eur", "total_eur"});
  return out;
}

Json law(const Json& plan) {
  const Json& from = at(plan, "law");
  if (!from.is_object()) return nullptr;
  Json out = pick(from, {"no_legal_advice", "first", "last"});
  out["counts"] = pick(at(from, "counts"), {"met", "not_met", "not_claimed", "not_applicable"});
  out["findings"] =
      pick_all(at(from, "findings"), {"check", "title", "state", "treaty", "article", "verdict",
                                      "from", "to", "source", "site_count"});
  out["commitments"] = pick_all(at(from, "commitments"), {"id", "text", "verdict"});
  return out;
}

// Mined zones in totals, and the hash that lets everybody hold later records against these. What
// stands where in its life before it is cleared would tell readiness.
Json records(const Json& plan) {
  const Json& from = at(plan, "records");
  if (!from.is_object()) return nullptr;
  std::map<std::string, Json> rows;
  for (const Json& zone : at(from, "zones")) {
    const std::string status = at(zone, "status").is_string() ? zone["status"] : Json("");
    const bool over = status == "cleared" || status == "released";
    Json row = pick(zone, {"state", "type_class", "marking", "life_time"});
    row["status"] = over ? status : "in the programme";
    Json& sum = rows.emplace(row.dump(), row).first->second;
    sum["zones"] = sum.value("zones", 0) + 1;
    const Json& extent = at(zone, "extent_ha");
    sum["extent_ha"] =
        sum.value("extent_ha", 0.0) + (extent.is_number() ? extent.get<double>() : 0);
  }
  Json out = pick(from, {"kept", "head"});
  out["zones"] = Json::array();
  for (auto& [key, row] : rows) out["zones"].push_back(std::move(row));
  return out;
}

// Whose data stand behind it, and under what licence.
Json sources(const Json& plan) {
  Json out = Json::array();
  for (const Json& input : at(plan, "inputs")) {
    if (at(input, "licence").is_string()) {
      out.push_back(pick(input, {"role", "source", "licence", "date", "quality"}));
    }
  }
  return out;
}

}  // namespace

bool speaks_of_what_is_held(const std::string& text) {
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (std::find(kHeld.begin(), kHeld.end(), word) != kHeld.end()) return true;
    word.clear();
  }
  return false;
}

Json public_text(const std::string& text) {
  return speaks_of_what_is_held(text) ? Json(nullptr) : Json(text);
}

const std::vector<PublicKind>& public_kinds() {
  static const std::vector<PublicKind> kKinds{
      {"mined_zone", "Mined zone", "#7a2f3a", true},
      {"obstacle_belt", "Obstacle belt", "#2f6f4f", true},
      {"ditch", "Ditch deepened", "#5f8f6b", true},
      {"forest", "Forest kept or planted", "#8fae6b", true},
      {"peat", "Peat rewetted", "#6b8299", true},
      {"roadside_trees", "Trees along a road", "#a8b87a", true},
      {"crossing", "Road or water crossing", "#444444", false}};
  return kKinds;
}

int kind_of(const std::string& rule, bool mined) {
  static const std::map<std::string, std::string> kOf{{"belt_segment", "obstacle_belt"},
                                                      {"mapped_ditch", "ditch"},
                                                      {"standing_forest", "forest"},
                                                      {"open_land", "forest"},
                                                      {"peatland", "peat"},
                                                      {"roadside", "roadside_trees"},
                                                      {"bridge", "crossing"},
                                                      {"culvert", "crossing"},
                                                      {"ford", "crossing"},
                                                      {"road_point", "crossing"}};
  const auto found = kOf.find(rule);
  if (found == kOf.end()) return -1;
  const std::string id = mined ? "mined_zone" : found->second;
  const auto& kinds = public_kinds();
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const PublicKind& k) { return id == k.id; });
  return static_cast<int>(kind - kinds.begin());
}

std::vector<PublicSite> public_sites(const RunFolder& run) {
  std::map<std::string, std::string> rules;  // by measure
  for (const Json& measure : at(run.plan, "measures")) {
    if (at(measure, "id").is_string() && at(measure, "rule").is_string()) {
      rules[measure["id"].get<std::string>()] = measure["rule"].get<std::string>();
    }
  }
  std::vector<PublicSite> sites;
  for (const Json& one : at(run.civil, "sites")) {
    if (!at(one, "site").is_string() || !at(one, "measure").is_string()) continue;
    const auto rule = rules.find(one["measure"].get<std::string>());
    const int kind = rule == rules.end() ? -1 : kind_of(rule->second, at(one, "mined").is_object());
    if (kind < 0) continue;
    sites.push_back({one["site"].get<std::string>(), kind,
                     at(one, "district").is_string() ? one["district"].get<std::string>() : ""});
  }
  return sites;
}

Json public_facts(const RunFolder& run, const std::vector<PublicSite>& sites) {
  const Json& plan = run.plan;
  Json scenario = pick(at(plan, "scenario"), {"id", "title", "first_year", "years", "price_year"});
  return {{"format", "abatis-public/1"},
          {"marking", kPublicEdition},
          {"program", {{"name", "abatis"}, {"version", std::string(version())}}},
          {"scenario", std::move(scenario)},
          {"result",
           pick(at(plan, "result"), {"status", "objective_s", "bound_s", "baseline_s", "gap"})},
          {"mean_before_s", scalar(at(plan, "mean_before_s"))},
          {"mean_after_s", scalar(at(plan, "mean_after_s"))},
          {"money", money(plan)},
          {"economy", economy(plan)},
          {"civil", ledger(run, sites)},
          {"law", law(plan)},
          {"records", records(plan)},
          {"sources", sources(plan)}};
}

}  // namespace abatis::finished
