#pragma once
// Default styles of the products: QML for QGIS, colour ramps for rasters.

#include <cstdint>
#include <string>
#include <vector>

#include "abatis/geo/io.hpp"
#include "abatis/scenario/scenario.hpp"

namespace abatis::report {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
};
inline constexpr Rgb kRed{176, 36, 40}, kOrange{222, 120, 30}, kBlue{30, 84, 150};
std::string css(Rgb colour);  // "#b02428"

// Obstacles are green by convention (APP-6); a measure may say otherwise in the catalogue.
Rgb measure_colour(const Measure& measure);

struct Category {
  std::string value;  // "" = every other value
  std::string label;
  Rgb colour;
  double width_mm = 0.5;  // line width, outline width or marker size
  bool dashed = false;
  int alpha = 255;  // of fills
};

// A categorised style on `field` for a layer of `kind`; with one category and field "" a single
// symbol. `label_field` draws labels.
std::string qml(GeometryKind kind, const std::string& field,
                const std::vector<Category>& categories, const std::string& label_field = {});

std::vector<ColourEntry> speed_ramp();              // m/s, at the class limits of MODEL section 2
std::vector<ColourEntry> time_ramp(double max_s);   // s
std::vector<ColourEntry> delay_ramp(double max_s);  // s; zero is transparent

}  // namespace abatis::report
