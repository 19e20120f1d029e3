#pragma once
// What a sensor or an effector of the catalogue senses or reaches, and what a scenario asks of
// early warning (docs/model/watch.md). Range and sight only: nothing here says by what technique.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/scenario/figures.hpp"

namespace abatis {

enum class Modality : std::uint8_t {
  radar,
  passive_radio,    // hears what drones and their pilots send
  acoustic,         // hears engines
  electro_optical,  // sees, by light or heat
  counter_drone,    // effectors: they sense nothing that counts here
  electronic_warfare
};
inline constexpr int kModalities = 6;
inline constexpr int kSensing = 4;              // the first of them sense
std::string_view to_string(Modality modality);  // as the catalogue writes it
std::string_view words_for(Modality modality);  // "passive radio"
constexpr bool is_effector(Modality modality) {
  return static_cast<int>(modality) >= kSensing;
}

// When something is looked for.
enum class Conditions : std::uint8_t { day, night, fog };
inline constexpr int kConditions = 3;
std::string_view to_string(Conditions conditions);

// Of a measure with rule = "sensor".
struct SensorWorks {
  Modality modality = Modality::radar;
  double height_m = 0;        // of the antenna, the lens or the microphone over the ground
  double range_air_m = 0;     // of what flies; 0 = nothing
  double range_ground_m = 0;  // of what drives or walks; 0 = nothing
  std::array<bool, kConditions> works{};  // by Conditions
  bool needs_sight = true;                // else range alone
  double refraction = 0;                  // r of docs/model/sight.md; where it needs sight
  bool fibre_optic = false;  // senses or reaches drones steered through a fibre as well
};

// What warning counts in the objective: in proportion up to `full`, from which on more is worth
// nothing. Of low flyers, and of movers on the ground; a weight of 0 = not at all.
struct WarningWorth {
  double air_weight = 0, ground_weight = 0;         // parts of the objective
  double full_air_s = 600, full_ground_s = 7200.0;  // after confirmation and dissemination
  Provenance provenance;
};

// [surveillance] of a scenario.
struct SurveillanceRules {
  bool given = false;
  std::vector<int> states;  // whose border is watched, from whose ground: into Scenario::friendly
  // Candidates: high ground near the border with a road.
  double candidate_depth_m = 10e3;  // at most so far from the border
  double candidate_road_m = 500;    // from a road
  double candidate_apart_m = 2000;  // from each other
  int max_candidates = 120;         // places; each may take any of the sensors
  // What is to be watched.
  double border_spacing_m = 500;  // of points along the border
  double zone_spacing_m = 2000;   // of points over the zone
  double zone_depth_m = 10e3;     // of the zone, on either side of the border
  double target_height_m = 2;     // on the ground
  std::vector<double> altitudes_m{10, 30, 50, 100, 300};  // of flight, ascending
  // Parts of the objective; with those of warning they sum to 1.
  double border_weight = 0.4, air_weight = 0.4, effect_weight = 0.2;
  WarningWorth warning;
  // Of a point's worth, what only a second modality earns; at most 1 / kSensing.
  double second_modality = 0.2;
  // Warning.
  double approach_m = 15e3;  // lanes begin on hostile ground this far from the border
  double flyer_mps = 50;     // of a low flyer
  int lane_altitude = 2;     // index into altitudes_m, of lanes
  double confirm_s = 120, disseminate_s = 180;
  double gap = 0.01;  // of each siting problem
  double time_limit_s = 20;
  Provenance provenance;
  Where where;
};

}  // namespace abatis
