#pragma once
// A small border with hills, forest and roads, and sensors of every modality.

#include <cmath>
#include <string>
#include <vector>

#include "abatis/base/random.hpp"
#include "measures/drawn_world.hpp"

namespace abatis::testing {

inline Measure sensor(const char* id, Modality modality, double cost, double height, double air,
                      double ground) {
  Measure m;
  m.id = m.name = id;
  m.budget_class = "surveillance";
  m.rule = SiteRule::sensor;
  m.kind = SiteKind::point;
  m.unit = "piece";
  m.unit_cost_eur = {cost, cost, cost};
  m.maintenance_share = 0.05;
  m.lead_years = 1;
  m.sensor.modality = modality;
  m.sensor.height_m = height;
  m.sensor.range_air_m = air;
  m.sensor.range_ground_m = ground;
  m.sensor.works = {true, true, modality != Modality::electro_optical};
  m.sensor.needs_sight = modality != Modality::acoustic;
  m.sensor.refraction = modality == Modality::electro_optical ? 1.0 / 7 : 0.25;
  m.sensor.fibre_optic =
      modality != Modality::passive_radio && modality != Modality::electronic_warfare;
  return m;
}

// Adversary to the west; a road in every fifth column; random hills and forest.
inline DrawnWorld watch_world(std::uint64_t seed, int rows = 30, int cols = 40) {
  Random random(seed, 5);
  std::vector<std::string> drawn(static_cast<std::size_t>(rows),
                                 std::string(static_cast<std::size_t>(cols), '.'));
  for (std::string& row : drawn) {
    for (int c = 0; c < cols; ++c) {
      char& what = row[static_cast<std::size_t>(c)];
      if (c < cols / 3) {
        what = 'R';
      } else if (c % 5 == 0) {
        what = '=';
      } else if (random.uniform() < 0.2) {
        what = 'f';
      }
    }
  }
  drawn[static_cast<std::size_t>(rows / 2)][static_cast<std::size_t>(cols - 2)] = 'O';
  DrawnWorld world(drawn);
  for (Cell c = 0; c < static_cast<Cell>(world.grid().size()); ++c) {
    const double r = world.grid().row_of(c), k = world.grid().col_of(c);
    world.terrain.elevation_m[c] = static_cast<float>(
        100 + 15 * std::sin(r / 5 + static_cast<double>(seed)) * std::cos(k / 6) +
        random.uniform(0, 3));
  }
  world.scenario.catalogue.covers[kForestCover].canopy_m = 15;
  world.offer(sensor("radar", Modality::radar, 800e3, 20, 2500, 1500));
  world.offer(sensor("receiver", Modality::passive_radio, 150e3, 15, 1200, 0));
  world.offer(sensor("acoustic", Modality::acoustic, 30e3, 5, 700, 0));
  world.offer(sensor("camera", Modality::electro_optical, 250e3, 20, 800, 1200));
  world.offer(sensor("counter", Modality::counter_drone, 600e3, 10, 1500, 0));
  world.offer(sensor("jammer", Modality::electronic_warfare, 300e3, 10, 1500, 0));
  SurveillanceRules& rules = world.scenario.surveillance;
  rules.given = true;
  rules.states = {0};
  rules.candidate_depth_m = 1500;
  rules.candidate_road_m = 150;
  rules.candidate_apart_m = 400;
  rules.max_candidates = 12;
  rules.border_spacing_m = 200;
  rules.zone_spacing_m = 400;
  rules.zone_depth_m = 1200;
  rules.approach_m = 1000;
  rules.gap = 0;
  world.scenario.money.by_year.assign(10, Euro(1e6));
  world.scenario.earmarks.push_back({.budget_class = "surveillance",
                                     .rule = EarmarkRule::at_most,
                                     .amount = Euro(3e6),
                                     .tolerance_eur = 0,
                                     .where = {},
                                     .provenance = {}});
  world.scenario.plan.year_weights.assign(10, 0.1);
  world.terrain.settlements[0].population = 900;
  return world;
}

}  // namespace abatis::testing
