// corridors.json and the tables: the figures of each case.

#include <cmath>

#include <fmt/format.h>

#include "abatis/base/version.hpp"
#include "abatis/geo/io.hpp"
#include "corridor_facts.hpp"
#include "corridor_files.hpp"
#include "csv.hpp"
#include "facts.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

Json fits_json(const CorridorView& view, int formation) {
  return formation < 0 ? Json(nullptr) : Json(formation_id(view, formation));
}

Json numbers_from_one(const std::vector<int>& indices) {
  Json out = Json::array();
  for (const int i : indices) out.push_back(i + 1);
  return out;
}

Json rules_json(const CorridorView& view) {
  const CorridorRules& r = view.rules;
  return {{"slack", r.slack},
          {"routes", r.routes.count},
          {"apart_m", r.routes.apart_m},
          {"overlap", r.routes.overlap},
          {"ends", r.ends},
          {"rise", r.rise},
          {"around", r.around},
          {"choke_below_m", r.choke_below_m},
          {"lasting_m", r.lasting_m},
          {"most_closed", r.most_closed}};
}

Json formations_json(const CorridorView& view) {
  Json out = Json::array();
  for (const Formation& f : view.scenario.catalogue.formations) {
    out.push_back({{"id", valid_utf8(f.id)},
                   {"name", valid_utf8(f.name)},
                   {"frontage_m", f.frontage_m},
                   {"provenance", valid_utf8(f.provenance.source)}});
  }
  return out;
}

Json routes_json(const CorridorView& view, const CaseCorridors& one) {
  Json out = Json::array();
  for (const RouteCorridor& r : one.routes) {
    Json share = Json::array();
    for (std::size_t f = 0; f < r.fits_share.size(); ++f) {
      share.push_back(
          {{"formation", formation_id(view, static_cast<int>(f))}, {"share", r.fits_share[f]}});
    }
    Json along = Json::array();
    Json width = Json::array();
    for (const Section& s : r.sections) {
      along.push_back(std::round(s.along_m));
      width.push_back(std::round(s.width_m));
    }
    out.push_back({{"route", static_cast<int>(out.size()) + 1},
                   {"time_s", r.route.time_s},
                   {"slack", r.route.time_s / one.best_s - 1},
                   {"length_m", r.route.length_m},
                   {"overlap", r.route.overlap},
                   {"narrowest_m", number(r.narrowest.width_m)},
                   {"fits", fits_json(view, r.fits)},
                   {"fits_share", std::move(share)},
                   {"along_m", std::move(along)},
                   {"width_m", std::move(width)}});
  }
  return out;
}

Json chokes_json(const CorridorView& view, const CaseCorridors& one, const CorridorFacts& facts,
                 const std::vector<Point>& lonlat) {
  Json out = Json::array();
  for (std::size_t i = 0; i < one.chokes.size(); ++i) {
    const ChokePoint& c = one.chokes[i];
    out.push_back({{"choke", static_cast<int>(i) + 1},
                   {"kind", facts.chokes[i].kind},
                   {"name", valid_utf8(facts.chokes[i].name)},
                   {"lon", std::round(lonlat[i].x * 1e5) / 1e5},
                   {"lat", std::round(lonlat[i].y * 1e5) / 1e5},
                   {"width_m", c.section.width_m},
                   {"stretch_m", c.length_m},
                   {"progress", c.section.progress},
                   {"around", number(c.around)},
                   {"fits", fits_json(view, c.fits)},
                   {"routes", numbers_from_one(c.routes)}});
  }
  return out;
}

Json mobility_json(const CorridorView& view, const CaseCorridors& one) {
  Json out = Json::array();
  for (const MobilityCorridor& m : one.mobility) {
    out.push_back({{"formation", formation_id(view, m.formation)},
                   {"area_m2", m.area_m2},
                   {"from", m.from},
                   {"to", m.to},
                   {"through", m.through}});
  }
  return out;
}

Json avenues_json(const CorridorView& view, const CaseCorridors& one) {
  Json out = Json::array();
  for (const Avenue& a : one.avenues) {
    out.push_back({{"avenue", static_cast<int>(out.size()) + 1},
                   {"formation", formation_id(view, a.formation)},
                   {"routes", numbers_from_one(a.routes)},
                   {"time_s", a.time_s},
                   {"length_m", a.length_m},
                   {"narrowest_m", number(a.narrowest.width_m)},
                   {"fits", fits_json(view, a.fits)}});
  }
  return out;
}

// Null where more cells than the rule allows would have to be closed.
Json closure_json(const CaseCorridors& one) {
  if (!one.closure.found) return nullptr;
  const auto cells = static_cast<double>(one.closure.cells.size());
  return {{"cells", one.closure.cells.size()}, {"width_m", cells * one.grid.cell}};
}

Result<Json> case_json(const CorridorView& view, const CaseCorridors& one) {
  const CorridorFacts facts = corridor_facts(view, one);
  std::vector<Point> points;
  for (const ChokeFact& c : facts.chokes) points.push_back(c.at);
  ABATIS_TRY(const auto lonlat, transform(points, view.scenario.grid.epsg, kWgs84));
  const Case& c = view.scenario.cases[static_cast<std::size_t>(one.index)];
  return Json{
      {"case", facts.name},
      {"axis", facts.axis},
      {"mover", facts.mover},
      {"season", facts.season},
      {"weight", c.weight},
      {"best_s", one.best_s},
      {"area_m2", one.area_m2},
      {"files",
       {{"slack", slack_file(facts)}, {"width", width_file(facts)}, {"map", map_file(facts)}}},
      {"routes", routes_json(view, one)},
      {"choke_points", chokes_json(view, one, facts, lonlat)},
      {"mobility_corridors", mobility_json(view, one)},
      {"avenues", avenues_json(view, one)},
      {"least_closure", closure_json(one)}};
}

std::string routes_csv(const CorridorView& view) {
  Csv csv({"case", "axis", "mover", "season", "route", "time_s", "slack", "length_m", "overlap",
           "narrowest_m", "fits"});
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    for (std::size_t r = 0; r < one.routes.size(); ++r) {
      const RouteCorridor& c = one.routes[r];
      csv.text(facts.name).text(facts.axis).text(facts.mover).text(facts.season);
      csv.whole(static_cast<std::int64_t>(r) + 1).number(c.route.time_s);
      csv.number(c.route.time_s / one.best_s - 1).number(c.route.length_m).number(c.route.overlap);
      csv.number(c.narrowest.width_m).text(formation_words(view, c.fits)).end();
    }
  }
  return csv.take();
}

std::string chokes_csv(const CorridorView& view) {
  Csv csv({"case", "axis", "mover", "season", "choke", "kind", "name", "x", "y", "width_m",
           "stretch_m", "progress", "around", "fits", "routes"});
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    for (std::size_t i = 0; i < one.chokes.size(); ++i) {
      const ChokePoint& c = one.chokes[i];
      const ChokeFact& f = facts.chokes[i];
      csv.text(facts.name).text(facts.axis).text(facts.mover).text(facts.season);
      csv.whole(static_cast<std::int64_t>(i) + 1).text(f.kind).text(f.name);
      csv.number(f.at.x)
          .number(f.at.y)
          .number(c.section.width_m)
          .number(c.length_m)
          .number(c.section.progress)
          .number(c.around);
      csv.text(formation_words(view, c.fits)).text(numbered(c.routes)).end();
    }
  }
  return csv.take();
}

std::string avenues_csv(const CorridorView& view) {
  Csv csv({"case", "axis", "mover", "season", "formation", "routes", "time_s", "length_m",
           "narrowest_m", "fits"});
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    for (const Avenue& a : one.avenues) {
      csv.text(facts.name).text(facts.axis).text(facts.mover).text(facts.season);
      csv.text(formation_id(view, a.formation)).text(numbered(a.routes)).number(a.time_s);
      csv.number(a.length_m).number(a.narrowest.width_m).text(formation_words(view, a.fits)).end();
    }
  }
  return csv.take();
}

}  // namespace

namespace report {

std::vector<Table> corridor_tables(const CorridorView& view) {
  return {{"tables/routes.csv", "routes with time, length and width", routes_csv(view)},
          {"tables/choke_points.csv", "choke points with place and width", chokes_csv(view)},
          {"tables/avenues.csv", "avenues of approach by formation", avenues_csv(view)}};
}

}  // namespace report

Result<std::string> corridors_json(const CorridorView& view) {
  const Scenario& s = view.scenario;
  Json cases = Json::array();
  for (const CaseCorridors& one : view.cases) {
    ABATIS_TRY(Json json, case_json(view, one));
    cases.push_back(std::move(json));
  }
  Json caveats = Json::array();
  for (const std::string& caveat : s.caveats) caveats.push_back(valid_utf8(caveat));
  const Json json{{"format", "abatis-corridors"},
                  {"version", 1},
                  {"program", fmt::format("abatis {}", version())},
                  {"marking", kMarking},
                  {"scenario", {{"id", valid_utf8(s.id)}, {"title", valid_utf8(s.title)}}},
                  {"rules", rules_json(view)},
                  {"formations", formations_json(view)},
                  {"cases", std::move(cases)},
                  {"caveats", std::move(caveats)}};
  return json.dump(1) + "\n";
}

std::vector<std::string> corridors_in_words(const CorridorView& view) {
  std::vector<std::string> words;
  for (const CaseCorridors& one : view.cases) {
    const CorridorFacts facts = corridor_facts(view, one);
    const RouteCorridor& best = one.routes.front();
    words.push_back(fmt::format(
        "{}: {} over {:.1f} km; {} route{} within {}, narrowest {:.0f} m ({}), {} choke point{}",
        facts.title, duration(one.best_s), best.route.length_m / 1000, one.routes.size(),
        one.routes.size() == 1 ? "" : "s", percent(view.rules.slack, 0), best.narrowest.width_m,
        formation_words(view, best.fits), one.chokes.size(), one.chokes.size() == 1 ? "" : "s"));
  }
  return words;
}

}  // namespace abatis
