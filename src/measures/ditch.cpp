#include "abatis/measures/ditch.hpp"

#include <algorithm>

#include "abatis/mobility/mobility.hpp"

namespace abatis {
namespace {

constexpr double kStableRun = 1.5;  // m of run per m of rise (MODEL section 11)

double bank_run_m(const DitchSection& section) {
  return (section.top_m - section.bottom_m) / 2;
}

}  // namespace

DitchSection section_before(const Measure& measure) {
  return measure.section_before.given() ? measure.section_before : kDrainageSection;
}

DitchSection section_after(const Measure& measure) {
  return measure.section_after.given() ? measure.section_after : kDeepenedSection;
}

double deepening_volume_m3_per_km(const DitchSection& before, const DitchSection& after) {
  return std::max(0.0, after.area_m2() - before.area_m2()) * 1000.0;
}

bool bank_unstable(const DitchSection& section) {
  return bank_run_m(section) < kStableRun * section.depth_m;
}

std::string_view to_string(DitchAnswer answer) {
  switch (answer) {
    case DitchAnswer::spans:
      return "spans it";
    case DitchAnswer::steps:
      return "steps over it";
    case DitchAnswer::drives:
      return "drives its banks";
    case DitchAnswer::stops:
      break;
  }
  return "is stopped";
}

DitchAnswer answer_to(const DitchSection& section, const Mover& mover, const Season& season) {
  if (mover.trench_width_m >= section.top_m) return DitchAnswer::spans;
  const double water = std::min(season.ditch_water_m, section.depth_m);
  const double ice = std::min(season.ice_thickness_m, water);
  const bool holds = ice > 0 && ice_capacity_t(ice) >= mover.weight_t;
  const double depth = holds ? section.depth_m - water : section.depth_m;
  if (mover.step_height_m >= depth) return DitchAnswer::steps;
  if (!holds && water > mover.ford_depth_m && !mover.amphibious) return DitchAnswer::stops;
  const double run = bank_run_m(section);
  const double climbs = mover.slope_on_percent * season.bank_factor;
  return run > 0 && 100 * section.depth_m / run <= climbs ? DitchAnswer::drives
                                                          : DitchAnswer::stops;
}

}  // namespace abatis
