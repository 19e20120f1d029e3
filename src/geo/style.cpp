#include "abatis/geo/style.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "qml_text.hpp"

namespace abatis {
namespace {

constexpr std::string_view kHead = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";

std::string rgba(Rgb c, int alpha) {
  return fmt::format("{},{},{},{}", c.r, c.g, c.b, alpha);
}

std::string option(std::string_view name, std::string_view value) {
  return fmt::format("<Option name=\"{}\" type=\"QString\" value=\"{}\"/>", name,
                     xml_escape(value));
}

// Outlines are a darker shade of the fill.
Rgb darker(Rgb c) {
  const auto shade = [](std::uint8_t v) { return static_cast<std::uint8_t>(v * 3 / 5); };
  return {shade(c.r), shade(c.g), shade(c.b)};
}

std::string symbol(GeometryKind kind, std::string_view name, Rgb c, double width_mm) {
  const std::string width = fmt::format("{:.2f}", width_mm);
  std::string type;
  std::string layer_class;
  std::string options;
  switch (kind) {
    case GeometryKind::point:
      type = "marker";
      layer_class = "SimpleMarker";
      options = option("name", "circle") + option("color", rgba(c, 255)) +
                option("outline_color", rgba(darker(c), 255)) + option("outline_width", "0.2") +
                option("outline_style", "solid") + option("size", width) +
                option("size_unit", "MM");
      break;
    case GeometryKind::line:
      type = "line";
      layer_class = "SimpleLine";
      options = option("line_color", rgba(c, 255)) + option("line_width", width) +
                option("line_width_unit", "MM") + option("line_style", "solid") +
                option("capstyle", "round") + option("joinstyle", "round");
      break;
    case GeometryKind::polygon:
      type = "fill";
      layer_class = "SimpleFill";
      options = option("color", rgba(c, 115)) + option("style", "solid") +
                option("outline_color", rgba(darker(c), 255)) + option("outline_width", width) +
                option("outline_width_unit", "MM") + option("outline_style", "solid");
      break;
  }
  return fmt::format(
      "      <symbol name=\"{}\" type=\"{}\" alpha=\"1\" clip_to_extent=\"1\" "
      "force_rhr=\"0\">\n"
      "        <layer class=\"{}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
      "          <Option type=\"Map\">{}</Option>\n"
      "        </layer>\n"
      "      </symbol>\n",
      name, type, layer_class, options);
}

// QgsWkbTypes: 0 point, 1 line, 2 polygon.
int geometry_type(GeometryKind kind) {
  return static_cast<int>(kind);
}

std::string document(GeometryKind kind, std::string_view renderer) {
  return fmt::format(
      "{}<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n{}"
      "  <blendMode>0</blendMode>\n  <featureBlendMode>0</featureBlendMode>\n"
      "  <layerGeometryType>{}</layerGeometryType>\n</qgis>\n",
      kHead, renderer, geometry_type(kind));
}

}  // namespace

std::string xml_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        // XML 1.0 has no other control characters
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') out += c;
    }
  }
  return out;
}

std::string simple_qml(GeometryKind kind, Rgb colour, double width_mm) {
  return document(kind, fmt::format("  <renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" "
                                    "enableorderby=\"0\" forceraster=\"0\">\n    <symbols>\n{}"
                                    "    </symbols>\n  </renderer-v2>\n",
                                    symbol(kind, "0", colour, width_mm)));
}

std::string categorized_qml(GeometryKind kind, const std::string& attribute,
                            const std::vector<StyleCategory>& categories, double width_mm) {
  std::string list;
  std::string symbols;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const StyleCategory& c = categories[i];
    list += fmt::format(
        "      <category value=\"{}\" label=\"{}\" symbol=\"{}\" render=\"true\" "
        "type=\"string\"/>\n",
        xml_escape(c.value), xml_escape(c.label), i);
    symbols += symbol(kind, fmt::format("{}", i), c.colour, width_mm);
  }
  return document(kind, fmt::format("  <renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" "
                                    "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n"
                                    "    <categories>\n{}    </categories>\n    <symbols>\n{}"
                                    "    </symbols>\n  </renderer-v2>\n",
                                    xml_escape(attribute), list, symbols));
}

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
        s.value, xml_escape(label), s.r, s.g, s.b, s.a);
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
      kHead, low->value, high->value, low->value, high->value, items);
}

}  // namespace abatis
