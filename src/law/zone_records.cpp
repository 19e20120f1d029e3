// What the Technical Annex asks for, from what the plan knows of a zone.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "abatis/law/records.hpp"
#include "checker.hpp"
#include "zone_shape.hpp"

namespace abatis {
namespace {

constexpr double kLook = 500;  // m, to either side, for which one is nearer the border

double border_at(const LawView& view, Point p) {
  const auto cell = view.terrain.grid.cell_at(p);
  return cell ? view.terrain.border_distance_m[*cell] : std::numeric_limits<double>::infinity();
}

// All parts as one line, in the order nearest to how they are given.
std::vector<Point> whole_line(const Geometry& geometry) {
  std::vector<Point> line;
  for (const auto& part : geometry.parts) line.insert(line.end(), part.begin(), part.end());
  return line;
}

double length_along(const std::vector<Point>& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  }
  return sum;
}

// Turns the line so that the border is nearer on its left, and says where left is at its middle.
double face_border(const LawView& view, std::vector<Point>& line) {
  const auto side = [&](double by) {
    double sum = 0;
    for (const Point& p : moved_left(line, by)) sum += std::min(1e9, border_at(view, p));
    return sum;
  };
  if (side(-kLook) < side(kLook)) std::reverse(line.begin(), line.end());
  const Point a = line.front(), b = line.back();
  const double left_x = -(b.y - a.y), left_y = b.x - a.x;
  const double degrees = std::atan2(left_x, left_y) * 180 / std::numbers::pi;
  return std::round(degrees < 0 ? degrees + 360 : degrees);
}

}  // namespace

std::vector<ZoneRecord> zone_records(const LawView& view, const std::vector<LawAction>& actions) {
  const Checker checker(view);
  std::vector<ZoneRecord> records;
  for (const LawAction& a : actions) {
    if (!is_explosive(a)) continue;
    const Site& site = checker.site(a);
    const Option& option = checker.option(a);
    const Measure& measure = checker.measure(a);
    ZoneRecord r;
    r.zone = "MZ-" + site.id;
    r.site = site.id;
    r.place = site.nearest_place;
    r.state = a.state < 0 ? "" : view.law.states[static_cast<std::size_t>(a.state)].id;
    r.measure = measure.id;
    r.device = to_string(a.device->device);
    r.delivery = !a.device->remotely_delivered   ? "not stated"
                 : *a.device->remotely_delivered ? "remote"
                                                 : "by hand or vehicle";
    r.marking = !a.device->marked ? "not stated" : *a.device->marked ? "marked and fenced" : "none";
    r.life_time = a.device->life_time;
    r.park = option.park < 0 ? "" : view.sites.sites[static_cast<std::size_t>(option.park)].id;
    r.year = a.year;
    r.epsg = view.scenario.grid.epsg;
    r.line = whole_line(site.geometry);
    r.facing_deg = face_border(view, r.line);
    r.depth_m = measure.mined_depth_m;
    r.length_m = std::round(length_along(r.line));
    r.outline = band_around(r.line, r.depth_m);
    r.reference[0] = r.line.front();
    r.reference[1] = r.line.back();
    r.perimeter_m = std::round(length_along(r.outline));
    r.extent_ha = std::round(r.length_m * r.depth_m / 100) / 100;
    r.number = std::llround(option.loads * a.device->number_per_load);
    records.push_back(std::move(r));
  }
  return records;
}

}  // namespace abatis
