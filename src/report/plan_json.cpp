// plan.json: the one statement of the plan that the page, the schema and later tools share.
#include <cmath>

#include "abatis/base/version.hpp"
#include "abatis/geo/io.hpp"
#include "abatis/report/products.hpp"
#include "civil.hpp"
#include "facts.hpp"
#include "json.hpp"
#include "law_facts.hpp"
#include "obstacle_json.hpp"
#include "text.hpp"
#include "tradeoffs.hpp"
#include "watch.hpp"

namespace abatis {
namespace {

using namespace report;

Json texts(const std::vector<std::string>& values) {
  Json out = Json::array();
  for (const std::string& value : values) out.push_back(text(value));
  return out;
}
Json numbers(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(number(value));
  return out;
}
Json triangle(const Triangular& t) {
  return {{"min", t.min}, {"mode", t.mode}, {"max", t.max}, {"mean", t.mean()}};
}
std::string colour(const std::array<std::uint8_t, 3>& rgb) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "#";
  for (const std::uint8_t c : rgb) {
    out += kHex[c >> 4U];
    out += kHex[c & 15U];
  }
  return out;
}
const char* name_of(EarmarkRule rule) {
  switch (rule) {
    case EarmarkRule::at_least:
      return "at_least";
    case EarmarkRule::at_most:
      return "at_most";
    case EarmarkRule::exactly:
      return "exactly";
  }
  return "";
}
Json scenario_json(const Scenario& s) {
  return {{"id", text(s.id)},
          {"title", text(s.title)},
          {"description", text(s.description)},
          {"seed", s.seed},
          {"first_year", s.first_year},
          {"years", s.years},
          {"crs", "EPSG:" + std::to_string(s.grid.epsg)},
          {"cell_m", s.grid.cell},
          {"rows", s.grid.rows},
          {"cols", s.grid.cols},
          {"price_year", s.money.price_year},
          {"friendly", texts(s.friendly)},
          {"adversary", texts(s.adversary)}};
}

Json result_json(const RunView& view) {
  const PlanResult& plan = view.plan;
  return {{"status", to_string(plan.status)},
          {"objective_s", number(plan.objective)},
          {"bound_s", number(plan.bound)},
          {"baseline_s", number(plan.baseline)},
          {"root_bound_s", number(plan.root_bound)},
          {"gap", number(plan.gap())},
          {"delay_gap", number(plan.delay_gap())},
          {"asked_gap", view.problem.gap},
          {"search_seed", view.problem.seed},
          {"searches", view.searches},
          {"nodes", plan.nodes},
          {"cuts", plan.cuts},
          {"rounds", plan.rounds}};
}

Json axes_json(const RunView& view, const Outcome& outcome) {
  const Scenario& s = view.scenario;
  Json out = Json::array();
  for (std::size_t a = 0; a < s.axes.size(); ++a) {
    const Axis& axis = s.axes[a];
    out.push_back({{"id", text(axis.id)},
                   {"name", text(axis.name)},
                   {"entry", text(s.entries[static_cast<std::size_t>(axis.entry)].name)},
                   {"objective", text(s.objectives[static_cast<std::size_t>(axis.objective)].name)},
                   {"weight", axis.weight},
                   {"shown_case", outcome.shown_case[a]}});
  }
  return out;
}

Json cases_json(const RunView& view, const Outcome& outcome) {
  const Scenario& s = view.scenario;
  Json out = Json::array();
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    const Case& c = s.cases[k];
    const CaseOutcome& o = outcome.cases[k];
    std::vector<double> by_year;
    for (const auto& year : view.plan.time_s) by_year.push_back(year[k]);
    out.push_back(
        {{"axis", c.axis},
         {"mover", text(s.catalogue.movers[static_cast<std::size_t>(c.mover)].name)},
         {"season", text(s.catalogue.seasons[static_cast<std::size_t>(c.season)].name)},
         {"weight", c.weight},
         {"speed", view.network.cases[k].speed},
         {"baseline_s", number(view.plan.baseline_s[k])},
         {"time_s", numbers(by_year)},
         {"grid", {{"before_s", number(o.before_s)}, {"after_s", number(o.after_s)}}},
         {"network",
          {{"before_s", number(o.network_before_s)}, {"after_s", number(o.network_after_s)}}}});
  }
  return out;
}

Json measures_json(const RunView& view, const Outcome& outcome, const Facts& facts) {
  const Scenario& s = view.scenario;
  const auto year = [&](int index) {
    return index < 0 ? Json(nullptr) : Json(s.first_year + index);
  };
  Json out = Json::array();
  for (std::size_t i = 0; i < facts.measures.size(); ++i) {
    const MeasureFact& fact = facts.measures[i];
    const Measure& m = s.catalogue.measures[static_cast<std::size_t>(fact.measure)];
    Json delays = Json::array();
    for (const MeasureDelay& delay : m.delays) {
      delays.push_back(
          {{"mover", text(s.catalogue.movers[static_cast<std::size_t>(delay.mover)].name)},
           {"season", text(s.catalogue.seasons[static_cast<std::size_t>(delay.season)].name)},
           {"delay_s", triangle(delay.delay_s)},
           {"provenance", text(delay.provenance.source)}});
    }
    out.push_back({{"id", text(m.id)},
                   {"name", text(m.name)},
                   {"class", text(m.budget_class)},
                   {"rule", to_string(m.rule)},
                   {"unit", text(m.unit)},
                   {"unit_cost_eur", triangle(m.unit_cost_eur)},
                   {"liability_eur_per_unit", triangle(m.liability_eur)},
                   {"maintenance_share", m.maintenance_share},
                   {"lead_years", m.lead_years},
                   {"growth_years", m.growth_years},
                   {"symbol", text(m.symbol)},
                   {"colour", colour(m.colour)},
                   {"note", text(m.note)},
                   {"provenance", text(m.provenance.source)},
                   {"acts_provenance", m.acts.source.empty() ? Json(nullptr) : text(m.acts.source)},
                   {"stored", m.emplacement.stored()},
                   {"delays", std::move(delays)},
                   {"site_delay_s", {number(fact.least_delay_s), number(fact.most_delay_s)}},
                   {"first_year", year(fact.first_year)},
                   {"last_year", year(fact.last_year)},
                   {"farm_land_ha", fact.farmed_ha},
                   {"earthwork_m3", std::round(fact.earthwork_m3)},
                   {"candidates", fact.candidates},
                   {"bought", fact.bought},
                   {"quantity", fact.quantity},
                   {"cost_eur", fact.cost_eur},
                   {"maintenance_eur", fact.maintenance_eur},
                   {"liability_eur", fact.liability_eur},
                   {"objective_without_s", number(outcome.without_measure[i])}});
  }
  return out;
}

Json purchases_json(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  Json out = Json::array();
  std::vector<Point> points;
  for (const PurchaseFact& bought : facts.purchases) {
    points.push_back(middle_of(view.sites.sites[static_cast<std::size_t>(bought.site)].geometry));
  }
  const Result<std::vector<Point>> lonlat = transform(points, s.grid.epsg, kWgs84);
  for (std::size_t i = 0; i < facts.purchases.size(); ++i) {
    const PurchaseFact& bought = facts.purchases[i];
    const Site& site = view.sites.sites[static_cast<std::size_t>(bought.site)];
    const Option& option = site.options[static_cast<std::size_t>(bought.option)];
    const PlanOption& planned =
        view.problem.options[static_cast<std::size_t>(bought.problem_option)];
    const Measure& m = s.catalogue.measures[static_cast<std::size_t>(bought.measure)];
    Json row = {
        {"site", text(site.id)},
        {"name", text(site.name)},
        {"measure", text(m.id)},
        {"year", s.first_year + bought.year},
        {"acts_from", bought.acts_year < 0 ? Json(nullptr) : Json(s.first_year + bought.acts_year)},
        {"quantity", option.quantity},
        {"unit", text(m.unit)},
        {"cost_eur", planned.cost()},
        {"maintenance_eur_per_year", planned.maintenance()},
        {"liability_eur", option.whole_liability().value},
        {"cover", option.cover < 0 ? Json(nullptr) : text(cover_id(view, option))},
        {"park", option.park < 0 ? Json(nullptr) : text(park_id(view, option))},
        {"upgrade_of", site.upgraded < 0
                           ? Json(nullptr)
                           : text(view.sites.sites[static_cast<std::size_t>(site.upgraded)].id)},
        {"echelon", site.echelon < 0 ? Json(nullptr)
                                     : text(s.echelons[static_cast<std::size_t>(site.echelon)].id)},
        {"near", text(site.nearest_place)},
        {"length_m", std::round(site.length_m)},
        {"area_m2", std::round(site.area_m2)},
        {"delay_s", numbers(bought.last_delay_s)},
        {"notes", texts(site.notes)}};
    if (lonlat) {
      const auto five = [](double v) { return std::round(v * 1e5) / 1e5; };
      row["lonlat"] = {five((*lonlat)[i].x), five((*lonlat)[i].y)};
    } else {
      row["lonlat"] = nullptr;
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json money_json(const RunView& view, const Facts& facts) {
  const Scenario& s = view.scenario;
  Json years = Json::array();
  for (std::size_t y = 0; y < facts.money.size(); ++y) {
    Json classes = Json::array();
    for (std::size_t c = 0; c < facts.classes.size(); ++c) {
      classes.push_back({{"class", text(facts.classes[c])},
                         {"purchase_eur", facts.money[y][c].purchase_eur},
                         {"maintenance_eur", facts.money[y][c].maintenance_eur}});
    }
    years.push_back({{"year", s.first_year + static_cast<int>(y)},
                     {"budget_eur", s.money.by_year[y].value},
                     {"carried_eur", y < view.plan.carried.size() ? view.plan.carried[y] : 0.0},
                     {"spent_eur", view.plan.spent[y]},
                     {"by_class", std::move(classes)}});
  }
  Json earmarks = Json::array();
  for (const EarmarkFact& fact : facts.earmarks) {
    const Earmark& e = s.earmarks[static_cast<std::size_t>(fact.earmark)];
    earmarks.push_back({{"class", text(e.budget_class)},
                        {"rule", name_of(e.rule)},
                        {"amount_eur", e.amount.value},
                        {"tolerance_eur", e.tolerance_eur},
                        {"spent_eur", fact.spent_eur},
                        {"met", fact.met},
                        {"provenance", text(e.provenance.source)}});
  }
  return {{"price_year", s.money.price_year},
          {"carry_over", s.money.carry_over},
          {"discount_rate", s.money.discount_rate},
          {"liability_share", s.money.liability_share},
          {"budget_eur", facts.budget_eur},
          {"purchases_eur", facts.purchases_eur},
          {"maintenance_eur", facts.maintenance_eur},
          {"liability_eur", facts.liability_eur},
          {"provenance", text(s.money.provenance.source)},
          {"years", std::move(years)},
          {"earmarks", std::move(earmarks)}};
}

Json prices_json(const PlanResult& plan) {
  Json out = Json::array();
  for (const LimitPrice& price : plan.prices) {
    out.push_back({{"limit", text(price.limit)},
                   {"per_meur_s", number(price.per_meur)},
                   {"per_unit_s", number(price.per_unit)},
                   {"binding", price.binding}});
  }
  return out;
}

// Routes kept open: in each season their least time with nothing built, with the plan, and at most.
Json routes_json(const RunView& view) {
  Json out = Json::array();
  std::size_t r = 0;
  for (const NetworkCase& c : view.network.cases) {
    if (!c.is_route()) continue;
    const PlanRoute& rule = view.problem.routes[r++];
    const OpenRoute& route = view.scenario.routes[static_cast<std::size_t>(c.route())];
    const Graph& graph = view.network.graphs[static_cast<std::size_t>(c.graph)];
    const std::vector<double> nothing(static_cast<std::size_t>(view.problem.sites), 0.0);
    const auto time = [&](const std::vector<double>& delays) {
      return number(least_time(graph, c.sources, c.targets, delays));
    };
    const Catalogue& catalogue = view.scenario.catalogue;
    out.push_back({{"id", text(route.id)},
                   {"name", text(route.name)},
                   {"mover", text(catalogue.movers[static_cast<std::size_t>(c.mover)].name)},
                   {"season", text(catalogue.seasons[static_cast<std::size_t>(c.season)].name)},
                   {"today_s", time(nothing)},
                   {"with_plan_s", time(site_delays(view.problem, view.plan.purchases,
                                                    view.scenario.years - 1, c.speed))},
                   {"at_most_s", number(rule.limit_s)},
                   {"provenance", text(route.provenance.source)}});
  }
  return out;
}

Json inputs_json(const Scenario& s) {
  Json out = Json::array();
  for (const InputFile& input : s.inputs) {
    Json row = {
        {"role", text(input.role)}, {"file", text(shown_name(input))}, {"sha256", input.sha256}};
    for (const LayerSource& layer : s.layers) {
      if (layer.file != input.path || to_string(layer.role) != input.role) continue;
      row["quality"] = to_string(layer.quality);
      row["source"] = text(layer.source);
      row["licence"] = text(layer.licence);
      row["date"] = text(layer.date);
      break;
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json terrain_json(const Terrain& terrain) {
  Json out = Json::array();
  for (const CellNote& note : terrain.notes) {
    out.push_back({{"layer", text(note.layer)}, {"text", text(note.text)}, {"cells", note.cells}});
  }
  return out;
}

// Null where the scenario has no [surveillance].
Json watch_of(const RunView& view) {
  if (view.watch == nullptr) return nullptr;
  WatchView watch{view.scenario, view.terrain, view.sites, *view.watch, {}};
  watch.readiness = watch_readiness(view.scenario, view.sites,
                                    watch_purchases(view.origin, view.plan.purchases), *view.watch);
  return watch_json(watch);
}

}  // namespace

std::string plan_json(const RunView& view, const Outcome& outcome, const Evacuation* evacuation) {
  const Facts facts = collect_facts(view, outcome);
  const ObstacleFacts obstacles = collect_obstacles(view, facts);
  const NetworkError& error = view.network.error;
  Json echelons = Json::array();
  for (const Echelon& e : view.scenario.echelons) {
    echelons.push_back({{"id", text(e.id)},
                        {"name", text(e.name)},
                        {"from_m", e.from_m},
                        {"to_m", e.to_m},
                        {"provenance", text(e.provenance.source)}});
  }
  Json speeds = Json::array();
  for (const SpeedRaster& speed : view.mobility.speeds) {
    const Catalogue& catalogue = view.scenario.catalogue;
    speeds.push_back(
        {{"mover", text(catalogue.movers[static_cast<std::size_t>(speed.mover)].name)},
         {"season", text(catalogue.seasons[static_cast<std::size_t>(speed.season)].name)},
         {"unknown_cells", speed.unknown_cells},
         {"cells_go_slow_veryslow_nogo", speed.class_cells}});
  }
  const Json plan = {
      {"format", "abatis-plan/1"},
      {"marking", kMarking},
      {"program", {{"name", "abatis"}, {"version", std::string(version())}}},
      {"scenario", scenario_json(view.scenario)},
      {"result", result_json(view)},
      {"words", texts(plan_in_words(view, outcome))},
      {"axes", axes_json(view, outcome)},
      {"speeds", std::move(speeds)},
      {"cases", cases_json(view, outcome)},
      {"mean_before_s", number(facts.mean_before_s)},
      {"mean_after_s", number(facts.mean_after_s)},
      {"echelons", std::move(echelons)},
      {"candidates", view.sites.sites.size()},
      {"measures", measures_json(view, outcome, facts)},
      {"purchases", purchases_json(view, facts)},
      {"money", money_json(view, facts)},
      {"belts", belts_json(view, obstacles)},
      {"parks", parks_json(view, obstacles)},
      {"readiness", readiness_json(view, obstacles)},
      {"decisions", decisions_json(view, obstacles)},
      {"quotas", quotas_json(view, obstacles)},
      {"routes", routes_json(view)},
      {"limits", prices_json(view.plan)},
      {"tradeoffs", tradeoffs_json(view)},
      {"law", view.law == nullptr ? Json(nullptr) : law_object(view.sites, *view.law, false)},
      {"records", view.records == nullptr ? Json(nullptr) : records_json(*view.records)},
      {"economy", economy_json(view, facts)},
      {"network_error",
       {{"plans", error.plans},
        {"worst", number(error.worst)},
        {"mean", number(error.mean)},
        {"worst_case", text(error.worst_case)},
        {"refinements", error.rounds},
        {"worst_of_this_plan", number(facts.worst_grid_error)},
        {"tolerance", view.scenario.network.tolerance}}},
      {"people",
       {{"within_1km", facts.people.within_1km},
        {"within_5km", facts.people.within_5km},
        {"settlements_within_5km", facts.people.settlements_within_5km},
        {"settlements_without_population", facts.people.settlements_without_population}}},
      {"civil",
       civil_json({view.scenario, view.terrain, view.sites, outcome.ledger, evacuation}, false)},
      {"watch", watch_of(view)},
      {"terrain_notes", terrain_json(view.terrain)},
      {"inputs", inputs_json(view.scenario)},
      {"unverified", {{"entries", facts.figures}, {"unverified", facts.unverified}}},
      {"caveats", texts(caveats(view, facts))},
      {"not_assessed", texts(not_assessed(view))}};
  return plan.dump(2) + "\n";
}

}  // namespace abatis
