#include "abatis/terrain/places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

namespace abatis {
namespace {

// Distance (m) from p to a segment.
double distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double size = dx * dx + dy * dy;
  const double t =
      size > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / size, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

constexpr std::array<const char*, 8> kWinds{"east", "north-east", "north", "north-west",
                                            "west", "south-west", "south", "south-east"};
constexpr double kAtPlace = 700;  // nearer than this a site is `at` the place

}  // namespace

NearPlace near_place(const Terrain& terrain, Point p, bool hamlets) {
  const Settlement* nearest = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const Settlement& s : terrain.settlements) {
    if (s.name.empty() || (!hamlets && s.kind == "hamlet")) continue;
    const double d = std::hypot(s.at.x - p.x, s.at.y - p.y);
    if (d < least) {
      least = d;
      nearest = &s;
    }
  }
  if (nearest == nullptr) return {};
  if (least < kAtPlace) return {nearest->name, "at " + nearest->name};
  const double angle = std::atan2(p.y - nearest->at.y, p.x - nearest->at.x);
  const auto octant = static_cast<int>(std::lround(angle / (std::numbers::pi / 4)) + 8) % 8;
  return {nearest->name, fmt::format("{:.0f} km {} of {}", std::max(1.0, std::round(least / 1000)),
                                     kWinds[static_cast<std::size_t>(octant)], nearest->name)};
}

std::string waterway_near(const Terrain& terrain, Point p, double reach) {
  std::string name;
  double least = reach;
  for (const Feature& feature : terrain.waterways.features) {
    if (!bounds_of(feature.geometry).grown(reach).contains(p)) continue;
    const std::string own = terrain.waterways.text(feature, "name");
    if (own.empty()) continue;
    for (const auto& part : feature.geometry.parts) {
      for (std::size_t i = 1; i < part.size(); ++i) {
        const double d = distance_to_segment(p, part[i - 1], part[i]);
        if (d < least) {
          least = d;
          name = own;
        }
      }
    }
  }
  return name;
}

}  // namespace abatis
