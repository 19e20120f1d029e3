#include <algorithm>
#include <cmath>

#include "abatis/geo/rasterize.hpp"
#include "json.hpp"
#include "screen.hpp"
#include "shapes.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

constexpr double kPageTolerance = 0.5;  // of a cell

Json sums_json(const RoadSums& sums) {
  return {{"km", rounded(sums[0])},
          {"vehicle_km_per_h", std::round(sums[1])},
          {"person_km", std::round(sums[2])}};
}

Json sums_list(const std::vector<RoadSums>& list) {
  Json out = Json::array();
  for (const RoadSums& sums : list) out.push_back(sums_json(sums));
  return out;
}

class ScreenWriting {
 public:
  explicit ScreenWriting(const ScreenView& view) : view_(view), s_(view.screening) {}

  Json head() const {
    const ScreeningRules& rules = view_.scenario.screening;
    return {{"format", "abatis-screen/1"},
            {"marking", kMarking},
            {"scenario", valid_utf8(view_.scenario.id)},
            {"zone_m", rules.zone_m},
            {"viewer_spacing_m", rules.spacing_m},
            {"rows_of", view_.of_plan ? "plan"
                        : s_.chosen   ? "choice"
                                      : "none"},
            {"roads", sums_json(s_.zone)},
            {"stretches_count", view_.roads.stretches.size()},
            {"sight_lines", view_.roads.lines.size()},
            {"cases", cases()},
            {"judged", s_.judged},
            {"years", years()},
            {"all_rows", seen(s_.all_rows)},
            {"choice", choice()},
            {"rows", rows()},
            {"felling_conflicts", felling()},
            {"sensors", sensors()},
            {"provenance", valid_utf8(rules.provenance.source)}};
  }

  Json stretches() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < view_.roads.stretches.size(); ++i) {
      const RoadStretch& stretch = view_.roads.stretches[i];
      Json seen = Json::array();
      for (const auto& by_case : s_.stretches) {
        seen.push_back({{"now", rounded(by_case[i].now)},
                        {"leaf", rounded(by_case[i].leaf)},
                        {"bare", rounded(by_case[i].bare)}});
      }
      out.push_back({{"id", stretch.id},
                     {"road", road_id(stretch.road)},
                     {"near", valid_utf8(stretch.near)},
                     {"length_m", std::round(stretch.length_m)},
                     {"border_m", std::round(stretch.border_m)},
                     {"capacity_per_h", road(stretch.road).capacity_per_h},
                     {"people", std::round(people(i))},
                     {"seen", std::move(seen)}});
    }
    return out;
  }

  // Lines in whole metres of the grid's CRS from its north-west corner, x east and y south; what is
  // seen in the case judged, by year.
  Json drawn() const {
    const Grid& grid = view_.terrain.grid;
    const auto flat = [&](const std::vector<Point>& line) {
      Json out = Json::array();
      for (const Point p : simplify(line, kPageTolerance * grid.cell)) {
        out.push_back(std::llround(p.x - grid.origin_x));
        out.push_back(std::llround(grid.origin_y - p.y));
      }
      return out;
    };
    Json roads = Json::array();
    for (std::size_t i = 0; i < view_.roads.stretches.size(); ++i) {
      Json leaf = Json::array(), bare = Json::array();
      for (const auto& year : s_.stretch_years) {
        leaf.push_back(rounded(year[i].leaf, 100));
        bare.push_back(rounded(year[i].bare, 100));
      }
      const double now = s_.stretches[static_cast<std::size_t>(s_.judged)][i].now;
      Json one = {{"id", view_.roads.stretches[i].id},
                  {"line", flat(view_.roads.stretches[i].line)},
                  {"rank", road(view_.roads.stretches[i].road).rank},
                  {"now", rounded(now, 100)}};
      // Most stretches have no row: they are as they were in every year.
      if (std::any_of(s_.stretch_years.begin(), s_.stretch_years.end(),
                      [&](const auto& year) { return year[i].leaf < now; })) {
        one["leaf"] = std::move(leaf);
        one["bare"] = std::move(bare);
      }
      roads.push_back(std::move(one));
    }
    Json rows = Json::array();
    for (std::size_t c = 0; c < view_.roads.candidates.size(); ++c) {
      rows.push_back({{"site", valid_utf8(row_site(view_, c).id)},
                      {"line", flat(row_site(view_, c).geometry.parts.front())},
                      {"planted", s_.planted[c]}});
    }
    Json border = Json::array();
    for (const Feature& feature : border_layer({view_.scenario, view_.terrain}).features) {
      for (const auto& part : feature.geometry.parts) border.push_back(flat(part));
    }
    return {{"roads", std::move(roads)}, {"rows", std::move(rows)}, {"border", std::move(border)}};
  }

 private:
  const RoadClass& road(int index) const {
    return view_.scenario.catalogue.roads[static_cast<std::size_t>(index)];
  }
  std::string road_id(int index) const { return valid_utf8(road(index).id); }

  double people(std::size_t stretch) const {
    double most = 0;
    for (const RoadSample& sample : view_.roads.samples) {
      if (sample.stretch == static_cast<int>(stretch)) most = std::max(most, sample.people);
    }
    return most;
  }

  Json cases() const {
    Json out = Json::array();
    for (std::size_t k = 0; k < s_.cases.size(); ++k) {
      const Viewer& viewer = viewer_of(view_, s_.cases[k]);
      const RoadTarget& target = target_of(view_, s_.cases[k]);
      const auto placed =
          std::count_if(view_.roads.viewers.begin(), view_.roads.viewers.end(),
                        [&](const PlacedViewer& p) { return p.viewer == s_.cases[k].viewer; });
      out.push_back({{"viewer", viewer.id},
                     {"viewer_name", valid_utf8(viewer.name)},
                     {"height_m", viewer.height_m},
                     {"range_m", viewer.range_m},
                     {"depth_m", viewer.depth_m},
                     {"placed", placed},
                     {"target", target.id},
                     {"target_name", valid_utf8(target.name)},
                     {"target_height_m", target.height_m},
                     {"seen", sums_json(s_.open[k])}});
    }
    return out;
  }

  Json seen(const SeenByCase& by_case) const {
    return {{"leaf", sums_list(by_case.leaf)}, {"bare", sums_list(by_case.bare)}};
  }

  Json years() const {
    Json out = Json::array();
    for (const ScreenYear& year : s_.years) {
      Json one = seen(year.planted);
      one["year"] = year.year;
      out.push_back(std::move(one));
    }
    return out;
  }

  Json choice() const {
    if (!s_.chosen) return nullptr;
    const RowChoice& rule = view_.scenario.screening.choice;
    return {{"metric", to_string(rule.metric)},
            {"unit", unit_of(rule.metric)},
            {"viewer", viewer_of(view_, judged_case(view_)).id},
            {"target", target_of(view_, judged_case(view_)).id},
            {"leaves", rule.bare ? "bare" : "leaf"},
            {"plant", rule.plant},
            {"by_year", rule.by_year},
            {"limit", s_.chosen->limit},
            {"limit_unit", rule.length_m > 0 ? "km" : "EUR"},
            {"cost", rounded(s_.chosen->cost)},
            {"hidden", rounded(s_.chosen->value)},
            {"bound", rounded(s_.chosen->bound)},
            {"all_candidates", rounded(s_.chosen->most)},
            {"nodes", s_.chosen->nodes},
            {"sites", s_.chosen->sites}};
  }

  Json rows() const {
    Json out = Json::array();
    for (std::size_t c = 0; c < view_.roads.candidates.size(); ++c) {
      const RowCandidate& row = view_.roads.candidates[c];
      const RowWorth& worth = s_.worth[c];
      const auto measure = static_cast<std::size_t>(row.measure);
      const bool chosen = s_.chosen && std::find(s_.chosen->sites.begin(), s_.chosen->sites.end(),
                                                 row_site(view_, c).id) != s_.chosen->sites.end();
      Json stretches = Json::array();
      for (const int i : worth.stretches) {
        stretches.push_back(view_.roads.stretches[static_cast<std::size_t>(i)].id);
      }
      out.push_back({{"site", valid_utf8(row_site(view_, c).id)},
                     {"name", valid_utf8(row_site(view_, c).name)},
                     {"near", valid_utf8(row_site(view_, c).nearest_place)},
                     {"measure", valid_utf8(view_.scenario.catalogue.measures[measure].id)},
                     {"km", rounded(row.length_m / 1000)},
                     {"cost_eur", std::round(row.cost.value)},
                     {"chosen", chosen},
                     {"planted", s_.planted[c] == 0 ? Json(nullptr) : Json(s_.planted[c])},
                     {"hidden_by_year_leaf", sums_list(worth.leaf)},
                     {"hidden_by_year_bare", sums_list(worth.bare)},
                     {"hidden_by_left", sums_json(worth.left)},
                     {"hidden_by_right", sums_json(worth.right)},
                     {"hidden_by_case", sums_list(worth.last)},
                     {"stretches", std::move(stretches)}});
    }
    return out;
  }

  Json felling() const {
    Json out = Json::array();
    for (const FellingConflict& c : s_.felling) {
      out.push_back({{"row", valid_utf8(row_site(view_, static_cast<std::size_t>(c.candidate)).id)},
                     {"site", valid_utf8(view_.sites.sites[static_cast<std::size_t>(c.site)].id)},
                     {"why", valid_utf8(c.why)}});
    }
    return out;
  }

  Json sensors() const {
    Json out = Json::array();
    for (std::size_t i = 0; i < s_.sensors.size(); ++i) {
      const OwnSensor& sensor = view_.scenario.screening.sensors[i];
      Json rows = Json::array();
      for (const SensorConflict& c : s_.conflicts) {
        if (c.sensor != static_cast<int>(i)) continue;
        rows.push_back(
            {{"row", valid_utf8(row_site(view_, static_cast<std::size_t>(c.candidate)).id)},
             {"hidden_km2", rounded(c.hidden_km2)}});
      }
      out.push_back({{"id", sensor.id},
                     {"name", valid_utf8(sensor.name)},
                     {"height_m", sensor.height_m},
                     {"range_m", sensor.range_m},
                     {"seen_km2", rounded(s_.sensors[i].seen_km2)},
                     {"hidden_km2", rounded(s_.sensors[i].hidden_km2)},
                     {"rows", std::move(rows)},
                     {"provenance", valid_utf8(sensor.provenance.source)}});
    }
    return out;
  }

  const ScreenView& view_;
  const Screening& s_;
};

}  // namespace

std::string screen_json(const ScreenView& view) {
  const ScreenWriting writing(view);
  Json out = writing.head();
  out["stretches"] = writing.stretches();
  return out.dump(2) + "\n";
}

std::string screen_page_json(const ScreenView& view) {
  const ScreenWriting writing(view);
  Json out = writing.head();
  out["drawn"] = writing.drawn();
  return out.dump();
}

}  // namespace abatis
