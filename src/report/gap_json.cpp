// gap.json: every figure of the gaps of a scenario.
#include <cmath>

#include "abatis/base/version.hpp"
#include "abatis/geo/io.hpp"
#include "facts.hpp"
#include "gap_names.hpp"
#include "json.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

// Points in degrees, asked for one by one and transformed together: the same walk over the result
// is made twice, first to collect and then to write.
class Degrees {
 public:
  explicit Degrees(int epsg) : epsg_(epsg) {}
  Json at(Point p) {
    if (collecting_) {
      points_.push_back(p);
      return nullptr;
    }
    const std::size_t i = next_++;
    if (i >= lonlat_.size()) return nullptr;
    const auto five = [](double v) { return std::round(v * 1e5) / 1e5; };
    return {five(lonlat_[i].x), five(lonlat_[i].y)};
  }
  void collected() {
    collecting_ = false;
    if (auto lonlat = transform(points_, epsg_, kWgs84)) lonlat_ = std::move(*lonlat);
  }

 private:
  int epsg_;
  bool collecting_ = true;
  std::vector<Point> points_, lonlat_;
  std::size_t next_ = 0;
};

Json line_json(const GapLine& line, bool graph, Degrees& degrees) {
  Json out{{"length_m", number(line.length_m)}};
  if (graph) out["graph_length_m"] = number(line.graph_length_m);
  out["from"] = line.line.empty() ? Json(nullptr) : degrees.at(line.line.front());
  out["to"] = line.line.empty() ? Json(nullptr) : degrees.at(line.line.back());
  out["why"] = text_or_null(line.why);
  return out;
}

Json road_json(const GapView& view, const GapRoad& road, Degrees& degrees) {
  const RoadClass& type = view.scenario.catalogue.roads[static_cast<std::size_t>(road.road)];
  return {{"class", type.id},
          {"ref", text_or_null(road.ref)},
          {"near", text_or_null(road.near)},
          {"length_m", std::round(road.length_m)},
          {"capacity_per_h", road.capacity_per_h},
          {"from", degrees.at(road.line.front())},
          {"to", degrees.at(road.line.back())}};
}

Json roads_json(const GapView& view, const std::vector<GapRoad>& roads, Degrees& degrees) {
  Json out = Json::array();
  for (const GapRoad& road : roads) out.push_back(road_json(view, road, degrees));
  return out;
}

Json cut_json(const GapView& view, const GapCut& cut, Degrees& degrees) {
  return {{"pieces", cut.routes},
          {"capacity_per_h", cut.capacity_per_h},
          {"roads", roads_json(view, cut.roads, degrees)}};
}

Json own_json(const GapView& view, const OwnRoutes& own, Degrees& degrees) {
  Json classes = Json::array();
  for (std::size_t c = 0; c < own.by_class.size(); ++c) {
    const RoadClass& road = view.scenario.catalogue.roads[c];
    classes.push_back({{"class", road.id},
                       {"name", text(road.name)},
                       {"routes_at_least_this", own.by_class[c]},
                       {"capacity_per_h", road.capacity_per_h},
                       {"provenance", text(road.capacity_provenance.source)}});
  }
  Json quality = Json::array();
  for (const LayerSource& layer : view.scenario.layers) {
    if (layer.role != LayerRole::roads) continue;
    quality.push_back({{"layer", text(layer.shown)}, {"quality", to_string(layer.quality)}});
  }
  return {{"disjoint", own.disjoint},
          {"capacity_per_h", own.capacity_per_h},
          {"capacity_known", own.capacity_known},
          {"layers", std::move(quality)},
          {"by_class", std::move(classes)},
          {"fewest_cut", cut_json(view, own.fewest, degrees)},
          {"least_cut", cut_json(view, own.least, degrees)},
          {"routes", roads_json(view, own.routes, degrees)},
          {"why", text_or_null(own.why)}};
}

Json times_json(const GapView& view, const GapTimes& times, const GapTimes& before,
                Degrees& degrees) {
  const auto place = [&](double seconds, Point at) {
    return std::isfinite(seconds) ? degrees.at(at) : Json(nullptr);
  };
  return {{"entry_a", entry_label(view, times.entry_a)},
          {"entry_b", entry_label(view, times.entry_b)},
          {"meet_s", number(times.meet_s)},
          {"meet", place(times.meet_s, times.meet)},
          {"roads_cut_s", number(times.roads_cut_s)},
          {"roads_cut", place(times.roads_cut_s, times.roads_cut)},
          {"roads_longer_s", number(times.roads_cut_s - before.roads_cut_s)},
          {"land_cut_s", number(times.land_cut_s)},
          {"land_cut", place(times.land_cut_s, times.land_cut)},
          {"land_longer_s", number(times.land_cut_s - before.land_cut_s)},
          {"why", text_or_null(times.why)}};
}

Json cases_json(const GapView& view, const Gap& gap, Degrees& degrees) {
  Json out = Json::array();
  for (const GapCase& one : gap.cases) {
    const GapCase& before = case_of(view, gap, 0, one.speed);
    Json times = Json::array();
    for (std::size_t i = 0; i < one.times.size(); ++i) {
      times.push_back(times_json(view, one.times[i], before.times[i], degrees));
    }
    const int year = year_of(view, one.state);
    out.push_back({{"year", year < 0 ? Json(nullptr) : Json(year)},
                   {"mover", mover_id(view, one.speed)},
                   {"season", season_id(view, one.speed)},
                   {"times", std::move(times)}});
  }
  return out;
}

Json gaps_json(const GapView& view, Degrees& degrees) {
  Json out = Json::array();
  for (const Gap& gap : view.gaps) {
    const LandBridge& bridge = bridge_of(view, gap);
    Json words = Json::array();
    for (const std::string& line : gap_in_words(view, gap)) words.push_back(text(line));
    out.push_back({{"id", bridge.id},
                   {"name", text(bridge.name)},
                   {"between", {state_code(view, gap, true, 0), state_code(view, gap, true, 1)}},
                   {"joins", {state_code(view, gap, false, 0), state_code(view, gap, false, 1)}},
                   {"depth_m", bridge.depth_m},
                   {"ground_km2", std::round(gap.ground_m2 / 1e6)},
                   {"words", std::move(words)},
                   {"straight", line_json(gap.straight, false, degrees)},
                   {"overland", line_json(gap.overland, true, degrees)},
                   {"own_routes", own_json(view, gap.own, degrees)},
                   {"cases", cases_json(view, gap, degrees)}});
  }
  return out;
}

}  // namespace

std::string gap_json(const GapView& view) {
  const Scenario& s = view.scenario;
  Degrees degrees(s.grid.epsg);
  gaps_json(view, degrees);
  degrees.collected();
  Json inputs = Json::array();
  for (const InputFile& input : s.inputs) {
    inputs.push_back(
        {{"file", text(shown_name(input))}, {"role", input.role}, {"sha256", input.sha256}});
  }
  Json caveats = Json::array();
  for (const std::string& caveat : s.caveats) caveats.push_back(text(caveat));
  const Json out = {{"format", "abatis-gap/1"},
                    {"marking", kMarking},
                    {"program", {{"name", "abatis"}, {"version", std::string(version())}}},
                    {"scenario",
                     {{"id", text(s.id)},
                      {"title", text(s.title)},
                      {"crs", "EPSG:" + std::to_string(s.grid.epsg)},
                      {"cell_m", s.grid.cell}}},
                    {"plan", text_or_null(view.plan)},
                    {"gaps", gaps_json(view, degrees)},
                    {"caveats", std::move(caveats)},
                    {"inputs", std::move(inputs)}};
  return out.dump(2) + "\n";
}

}  // namespace abatis
