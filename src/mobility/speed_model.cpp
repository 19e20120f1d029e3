#include <algorithm>
#include <cmath>

#include "abatis/mobility/mobility.hpp"

namespace abatis {
namespace {

constexpr double kGravity = 9.80665;  // m/s2, standard

// The bound of a factor over the classes that a mover may stand on. Water and built-up ground are
// left out of it: where they are, other layers know it, and as lower bound they would be a wall.
double bound_of(const std::vector<double>& values, const std::vector<bool>& counts,
                Rounding rounding) {
  bool any = false;
  double bound = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!counts[i]) continue;
    bound = !any                          ? values[i]
            : rounding == Rounding::upper ? std::max(bound, values[i])
                                          : std::min(bound, values[i]);
    any = true;
  }
  // No class to take it from: a factor lies in [0, 1].
  return any ? bound : (rounding == Rounding::upper ? 1.0 : 0.0);
}

}  // namespace

SpeedModel::SpeedModel(const Catalogue& catalogue, int mover, int season, Combine combine,
                       Rounding rounding)
    : mover_(catalogue.movers.at(static_cast<std::size_t>(mover))),
      combine_(combine),
      rounding_(rounding),
      barrier_mps_(catalogue.crossing.barrier_mps) {
  const Season& weather = catalogue.seasons.at(static_cast<std::size_t>(season));
  surface_factor_ = weather.surface_factor;
  ice_holds_ =
      weather.ice_thickness_m > 0 && ice_capacity_t(weather.ice_thickness_m) >= mover_.weight_t;
  // Soil that is not dry freezes with water in its pores: the stronger of Shoop's two constants.
  const bool ground_holds =
      weather.frost_depth_m > 0 &&
      frozen_ground_capacity_kn(weather.frost_depth_m, weather.moisture != Moisture::dry) >=
          mover_.weight_t * kGravity;

  std::vector<bool> stands_on;
  for (const CoverClass& cover : catalogue.covers) {
    const bool passes = stems_passable(mover_, cover.stems_per_ha, cover.stem_diameter_m);
    vegetation_.push_back(passes ? cover.vegetation_factor : 0.0);
    roughness_.push_back(cover.roughness_factor);
    mire_.push_back(cover.kind == CoverKind::wetland);
    stands_on.push_back(cover.kind != CoverKind::water && cover.kind != CoverKind::builtup);
  }
  for (const SoilClass& soil : catalogue.soils) {
    const double rci =
        soil.rci_psi[static_cast<std::size_t>(weather.moisture)] * weather.soil_factor;
    soil_.push_back(ground_holds ? 1.0 : soil_factor(rci, mover_.vci1_psi, mover_.vci50_psi));
  }
  bound_vegetation_ = bound_of(vegetation_, stands_on, rounding);
  bound_roughness_ = bound_of(roughness_, stands_on, rounding);
  bound_soil_ =
      ground_holds ? 1.0 : bound_of(soil_, std::vector<bool>(soil_.size(), true), rounding);

  for (const RoadClass& road : catalogue.roads) {
    const double allowed =
        mover_.running == Running::tracked ? road.speed_tracked_mps : road.speed_wheeled_mps;
    on_road_mps_.push_back(std::min(mover_.vmax_road_mps, allowed) * weather.road_factor);
  }
  const CrossingRules& crossing = catalogue.crossing;
  if (ice_holds_) {
    on_water_mps_ = std::min(crossing.ice_mps, mover_.vmax_offroad_mps);
  } else if (mover_.amphibious && weather.ice_thickness_m <= crossing.swim_ice_limit_m) {
    on_water_mps_ = crossing.swim_mps;
  }
}

double SpeedModel::soil_of(int soil, int cover) const {
  if (cover >= 0 && ice_holds_ && mire_[static_cast<std::size_t>(cover)]) return 1.0;
  return soil >= 0 ? soil_[static_cast<std::size_t>(soil)] : bound_soil_;
}

OffRoadSpeed SpeedModel::off_road(const Ground& ground) const {
  const bool slope_known = !std::isnan(ground.slope_percent);
  const bool intercepts_known = !std::isnan(ground.intercepts_per_km);
  const bool upper = rounding_ == Rounding::upper;
  const double slope = slope_known ? ground.slope_percent : upper ? 0.0 : mover_.slope_off_percent;
  const double f1 = slope_speed(mover_.vmax_offroad_mps, mover_.slope_on_percent,
                                mover_.slope_off_percent, slope);
  const double f2 = intercepts_known ? intercept_factor(ground.intercepts_per_km)
                    : upper          ? 1.0
                                     : 0.0;
  const auto cover = static_cast<std::size_t>(ground.cover);
  const double f3 = ground.cover >= 0 ? vegetation_[cover] : bound_vegetation_;
  const double f4 = soil_of(ground.soil, ground.cover);
  const double f5 = ground.cover >= 0 ? roughness_[cover] : bound_roughness_;

  OffRoadSpeed out;
  if (combine_ == Combine::product) {
    out.mps = f1 * f2 * f3 * f4 * f5;
  } else {
    const double of_slope = f1 / mover_.vmax_offroad_mps;
    out.mps = mover_.vmax_offroad_mps * std::min({of_slope, f2, f3, f4, f5});
  }
  out.mps *= surface_factor_;
  // A known factor of 0 decides the cell whatever the unknown ones are.
  const bool stopped = (slope_known && f1 == 0) || (intercepts_known && f2 == 0) ||
                       (ground.cover >= 0 && (f3 == 0 || f5 == 0)) || (ground.soil >= 0 && f4 == 0);
  const bool unknown = !slope_known || !intercepts_known || ground.cover < 0 || ground.soil < 0;
  out.bounded = unknown && !stopped;
  return out;
}

}  // namespace abatis
