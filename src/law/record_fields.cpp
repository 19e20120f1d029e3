#include "record_fields.hpp"

#include <cmath>

#include <fmt/format.h>

#include "abatis/base/text.hpp"

namespace abatis {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double v) {
  return std::round(v * 10) / 10;  // 0.1 m
}
Json points_json(const std::vector<Point>& points) {
  Json out = Json::array();
  for (const Point& p : points) out.push_back({rounded(p.x), rounded(p.y)});
  return out;
}
std::vector<Point> points_of(const Json& json) {
  std::vector<Point> out;
  for (const Json& p : json) out.push_back({p.at(0).get<double>(), p.at(1).get<double>()});
  return out;
}

}  // namespace

nlohmann::ordered_json record_fields(const ZoneRecord& r) {
  return {{"site", valid_utf8(r.site)},
          {"place", valid_utf8(r.place)},
          {"state", r.state},
          {"measure", r.measure},
          {"type_class", r.device},
          {"number_planned", r.number},
          {"emplacing_method", r.delivery},
          {"life_time", valid_utf8(r.life_time)},
          {"marking", r.marking},
          {"park", valid_utf8(r.park)},
          {"bought_in", r.year},
          {"crs", fmt::format("EPSG:{}", r.epsg)},
          {"reference_points", points_json({r.reference[0], r.reference[1]})},
          {"perimeter", points_json(r.outline)},
          {"middle", points_json(r.line)},
          {"length_m", r.length_m},
          {"depth_m", r.depth_m},
          {"perimeter_m", r.perimeter_m},
          {"extent_ha", r.extent_ha},
          {"facing_deg", r.facing_deg}};
}

ZoneRecord record_of(const std::string& zone, const nlohmann::ordered_json& j) {
  ZoneRecord r;
  r.zone = zone;
  r.site = j.at("site");
  r.place = j.at("place");
  r.state = j.at("state");
  r.measure = j.at("measure");
  r.device = j.at("type_class");
  r.number = j.at("number_planned");
  r.delivery = j.at("emplacing_method");
  r.life_time = j.at("life_time");
  r.marking = j.at("marking");
  r.park = j.at("park");
  r.year = j.at("bought_in");
  r.epsg = std::stoi(j.at("crs").get<std::string>().substr(5));
  const auto reference = points_of(j.at("reference_points"));
  r.reference[0] = reference.at(0);
  r.reference[1] = reference.at(1);
  r.outline = points_of(j.at("perimeter"));
  r.line = points_of(j.at("middle"));
  r.length_m = j.at("length_m");
  r.depth_m = j.at("depth_m");
  r.perimeter_m = j.at("perimeter_m");
  r.extent_ha = j.at("extent_ha");
  r.facing_deg = j.at("facing_deg");
  return r;
}

}  // namespace abatis
