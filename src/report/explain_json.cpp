// What an explanation says to a program.

#include "explain_names.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

int calendar(const ExplainView& view, int year) {
  return view.scenario.first_year + year;
}

Json option_json(const ExplainView& view, int problem_option) {
  const Option& option = option_of(view, problem_option);
  const auto id = [&](int measure) {
    return valid_utf8(view.scenario.catalogue.measures[static_cast<std::size_t>(measure)].id);
  };
  return {
      {"measure", id(option.measure)},
      {"cover", option.cover < 0 ? Json(nullptr) : Json(id(option.cover))},
      {"park", option.park < 0 ? Json(nullptr) : Json(valid_utf8(site_at(view, option.park).id))}};
}

Json costs_json(const ExplainView& view, const Purchase& p) {
  Json classes = Json::array();
  for (const PlanCharge& c : view.problem.options[static_cast<std::size_t>(p.option)].charges) {
    classes.push_back(
        {{"class", valid_utf8(view.problem.class_names[static_cast<std::size_t>(c.budget_class)])},
         {"cost_eur", c.cost},
         {"maintenance_eur_per_year", c.maintenance}});
  }
  return {{"by_class", std::move(classes)}, {"until_the_end_eur", whole_cost(view, p)}};
}

Json purchase_json(const ExplainView& view, const Purchase& p) {
  const PlanOrigin& from = view.origin[static_cast<std::size_t>(p.option)];
  return {{"site", valid_utf8(site_at(view, from.site).id)},
          {"option", option_json(view, p.option)},
          {"year", calendar(view, p.year)}};
}

Json ground_json(const ExplainView& view, const GroundWay& way) {
  Json crossings = Json::array();
  for (const Entered& c : way.crossings) {
    if (c.site >= 0) {
      crossings.push_back({{"site", valid_utf8(site_at(view, c.site).id)}});
    } else {
      crossings.push_back(
          {{"natural",
            valid_utf8(view.scenario.catalogue.naturals[static_cast<std::size_t>(c.natural)].id)}});
    }
  }
  return {{"time_s", number(way.time_s)}, {"crosses", std::move(crossings)}};
}

Json way_json(const ExplainView& view, const WayThrough& way, const GroundWay* ground) {
  const Scenario& s = view.scenario;
  const Case& c = s.cases[static_cast<std::size_t>(way.kase)];
  Json years = Json::array(), sites = Json::array();
  for (const int y : way.years) years.push_back(calendar(view, y));
  for (const int site : way.sites) sites.push_back(valid_utf8(site_at(view, site).id));
  return {{"axis", valid_utf8(s.axes[static_cast<std::size_t>(c.axis)].id)},
          {"mover", valid_utf8(s.catalogue.movers[static_cast<std::size_t>(c.mover)].id)},
          {"season", valid_utf8(s.catalogue.seasons[static_cast<std::size_t>(c.season)].id)},
          {"years", std::move(years)},
          {"worst_year", calendar(view, way.year)},
          {"time_s", number(way.time_s)},
          {"plan_s", number(way.plan_s)},
          {"loss_s", number(way.loss_s)},
          {"sites", std::move(sites)},
          {"ground", ground == nullptr ? Json(nullptr) : ground_json(view, *ground)}};
}

Json loss_json(const ExplainView& view, const SiteLoss& loss) {
  const int acts = acts_from(view, loss.purchase);
  Json ways = Json::array(), fallen = Json::array();
  for (std::size_t i = 0; i < loss.ways.size(); ++i) {
    ways.push_back(
        way_json(view, loss.ways[i], i < view.ground.size() ? &view.ground[i] : nullptr));
  }
  for (const Purchase& p : loss.fallen) fallen.push_back(purchase_json(view, p));
  return {{"option", option_json(view, loss.purchase.option)},
          {"year", calendar(view, loss.purchase.year)},
          {"acts_from", acts < 0 ? Json(nullptr) : Json(calendar(view, acts))},
          {"costs", costs_json(view, loss.purchase)},
          {"objective_without_s", number(loss.objective_s)},
          {"falls_with_it", std::move(fallen)},
          {"objective_without_all_s", number(loss.fallen_objective_s)},
          {"ways", std::move(ways)}};
}

Json offer_json(const ExplainView& view, const OptionOffer& o) {
  Json against = Json::array();
  for (const std::string& rule : o.against) against.push_back(valid_utf8(rule));
  return {{"option", option_json(view, o.option)},
          {"objective_for_nothing_s", number(o.free_s)},
          {"costs", costs_json(view, {o.option, o.year})},
          {"year", calendar(view, o.year)},
          {"objective_in_year_s", number(o.year_s)},
          {"against", std::move(against)},
          {"reduced_cost_s", number(o.reduced_s)},
          {"no_plan_with_it_above_s", number(best_with(view, o))}};
}

Json decision_json(const ExplainView& view, const OptionDecision& d) {
  using Answer = OptionDecision::Answer;
  return {
      {"option", option_json(view, d.option)},
      {"year", calendar(view, d.year)},
      {"possible", d.answer == Answer::open ? Json(nullptr) : Json(d.answer == Answer::possible)},
      {"objective_found_s", d.answer == Answer::possible ? number(d.objective_s) : Json(nullptr)},
      {"why", valid_utf8(d.why)}};
}

}  // namespace

std::string explain_json(const ExplainView& view) {
  const Site& s = site_at(view, view.site.site);
  Json offers = Json::array();
  for (const OptionOffer& o : view.site.offers) offers.push_back(offer_json(view, o));
  const Json json = {
      {"event", "explained"},
      {"site", valid_utf8(s.id)},
      {"name", valid_utf8(s.name)},
      {"in_plan", view.site.in.has_value()},
      {"objective_s", number(view.site.objective_s)},
      {"baseline_s", number(view.priced.baseline)},
      {"bought", view.site.in ? loss_json(view, *view.site.in) : Json(nullptr)},
      {"options", std::move(offers)},
      {"decision", view.site.fix ? decision_json(view, *view.site.fix) : Json(nullptr)}};
  return json.dump();
}

}  // namespace abatis
