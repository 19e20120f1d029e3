#include "raster_style.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/text.hpp"

namespace abatis {

std::string raster_ramp_qml(const std::vector<ColourEntry>& stops, std::string_view unit) {
  const auto by_value = [](const ColourEntry& a, const ColourEntry& b) {
    return a.value < b.value;
  };
  const auto [low, high] = std::minmax_element(stops.begin(), stops.end(), by_value);
  std::string items;
  for (const ColourEntry& s : stops) {
    const std::string label =
        s.label.empty() ? fmt::format("{}{}{}", s.value, unit.empty() ? "" : " ", unit) : s.label;
    items += fmt::format(
        "          <item value=\"{}\" label=\"{}\" color=\"#{:02x}{:02x}{:02x}\" "
        "alpha=\"{}\"/>\n",
        s.value, xml_text(label), s.r, s.g, s.b, s.a);
  }
  return fmt::format(
      "{}<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n  <pipe>\n"
      "    <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"1\" "
      "alphaBand=\"-1\" nodataColor=\"\" classificationMin=\"{}\" classificationMax=\"{}\">\n"
      "      <rasterTransparency/>\n      <rastershader>\n"
      "        <colorrampshader colorRampType=\"INTERPOLATED\" classificationMode=\"1\" "
      "clip=\"0\" minimumValue=\"{}\" maximumValue=\"{}\">\n{}"
      "        </colorrampshader>\n      </rastershader>\n    </rasterrenderer>\n"
      "  </pipe>\n  <blendMode>0</blendMode>\n</qgis>\n",
      "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n", low->value, high->value,
      low->value, high->value, items);
}

}  // namespace abatis
