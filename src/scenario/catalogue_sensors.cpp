// Sensors and effectors of the catalogue of measures.

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "sensor_reader.hpp"

namespace abatis {
namespace {

constexpr Choice<Modality> kModality[] = {{"radar", Modality::radar},
                                          {"passive_radio", Modality::passive_radio},
                                          {"acoustic", Modality::acoustic},
                                          {"electro_optical", Modality::electro_optical},
                                          {"counter_drone", Modality::counter_drone},
                                          {"electronic_warfare", Modality::electronic_warfare}};
constexpr Choice<Conditions> kWhen[] = {
    {"day", Conditions::day}, {"night", Conditions::night}, {"fog", Conditions::fog}};
constexpr Choice<double> kRefraction[] = {{"radio", 1.0 / 4.0}, {"optical", 1.0 / 7.0}};

// MODEL section 9 and docs/model/sight.md; farther than any horizon from a mast.
constexpr double kMaxRange = 200e3;  // m
constexpr double kMaxMast = 500;     // m

void read_works(TableReader& r, SensorWorks& works) {
  std::vector<std::string> words;
  if (!r.text_list("works", words, kConditions)) return;
  for (const std::string& word : words) {
    const auto* const at = std::find_if(std::begin(kWhen), std::end(kWhen),
                                        [&](const auto& choice) { return choice.name == word; });
    if (at == std::end(kWhen)) {
      r.error("works", fmt::format("\"{}\" is no condition", word),
              "some of \"day\", \"night\", \"fog\"");
      return;
    }
    works.works[static_cast<std::size_t>(at->value)] = true;
  }
  if (words.empty()) r.error("works", "it works under no condition", "name one at least");
}

void read_reach(TableReader& r, SensorWorks& works) {
  r.quantity("height", works.height_m, Dimension::length, between(0, kMaxMast));
  r.quantity("range_air", works.range_air_m, Dimension::length, between(0, kMaxRange));
  r.quantity("range_ground", works.range_ground_m, Dimension::length, between(0, kMaxRange));
  if (r.has("range_air") && r.has("range_ground") && works.range_air_m <= 0 &&
      works.range_ground_m <= 0) {
    r.error("range_air", "it reaches nothing, in the air or on the ground");
  }
  if (is_effector(works.modality) && works.range_ground_m > 0) {
    r.error("range_ground", "an effector reaches what flies alone", "write \"0 m\"");
  }
  r.boolean("sight", works.needs_sight);
  r.boolean("fibre_optic", works.fibre_optic);
  if (works.needs_sight && !r.has("refraction")) {
    r.error("refraction", "what needs sight needs its refraction", "\"radio\" or \"optical\"");
  }
  if (!works.needs_sight && r.has("refraction")) {
    r.error("refraction", "what needs no sight has none", "remove it");
  }
  r.choice<double>("refraction", works.refraction, kRefraction);
}

}  // namespace

void read_sensor(TableReader& r, Measure& m) {
  const bool sensor = m.rule == SiteRule::sensor;
  for (const std::string_view key : {"modality", "height", "range_air", "range_ground", "works",
                                     "sight", "refraction", "fibre_optic"}) {
    if (!sensor && r.has(key)) {
      r.error(key, "only measures with rule = \"sensor\" have it", "remove it");
    }
    if (sensor && key != "refraction" && !r.has(key)) {
      r.error(key, fmt::format("a sensor needs its `{}`", key));
    }
  }
  if (!sensor) return;
  r.choice<Modality>("modality", m.sensor.modality, kModality);
  read_works(r, m.sensor);
  read_reach(r, m.sensor);
}

std::string_view to_string(Modality modality) {
  return kModality[static_cast<std::size_t>(modality)].name;
}

std::string_view words_for(Modality modality) {
  static constexpr std::string_view kWords[kModalities] = {"radar",         "passive radio",
                                                           "acoustic",      "electro-optical",
                                                           "counter-drone", "electronic warfare"};
  return kWords[static_cast<std::size_t>(modality)];
}

std::string_view to_string(Conditions conditions) {
  return kWhen[static_cast<std::size_t>(conditions)].name;
}

}  // namespace abatis
