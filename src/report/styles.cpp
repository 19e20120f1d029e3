#include "styles.hpp"

#include <array>

#include <fmt/format.h>

#include "text.hpp"

namespace abatis::report {
namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

std::string rgba(Rgb c, int alpha) {
  return fmt::format("{},{},{},{}", c.r, c.g, c.b, alpha);
}

// QGIS before 3.26 reads <prop>, later versions read <Option>; both are written.
std::string symbol_layer(const char* type, const Properties& properties) {
  std::string out = fmt::format("<layer class=\"{}\" enabled=\"1\" locked=\"0\" pass=\"0\">", type);
  out += "<Option type=\"Map\">";
  for (const auto& [name, value] : properties) {
    out +=
        fmt::format("<Option name=\"{}\" type=\"QString\" value=\"{}\"/>", name, xml_text(value));
  }
  out += "</Option>";
  for (const auto& [name, value] : properties) {
    out += fmt::format("<prop k=\"{}\" v=\"{}\"/>", name, xml_text(value));
  }
  return out + "</layer>";
}

std::string symbol(GeometryKind kind, std::size_t index, const Category& c) {
  const std::string width = fmt::format("{}", c.width_mm);
  const char* type = "line";
  std::string layer;
  switch (kind) {
    case GeometryKind::line:
      layer = symbol_layer("SimpleLine", {{"line_color", rgba(c.colour, 255)},
                                          {"line_width", width},
                                          {"line_width_unit", "MM"},
                                          {"line_style", c.dashed ? "dash" : "solid"},
                                          {"capstyle", "round"},
                                          {"joinstyle", "round"}});
      break;
    case GeometryKind::polygon:
      type = "fill";
      layer = symbol_layer("SimpleFill", {{"color", rgba(c.colour, c.alpha)},
                                          {"outline_color", rgba(c.colour, 255)},
                                          {"outline_width", width},
                                          {"outline_width_unit", "MM"},
                                          {"outline_style", c.dashed ? "dash" : "solid"},
                                          {"style", "solid"}});
      break;
    case GeometryKind::point:
      type = "marker";
      layer = symbol_layer("SimpleMarker", {{"name", c.dashed ? "cross" : "square"},
                                            {"color", rgba(c.colour, c.alpha)},
                                            {"outline_color", "255,255,255,255"},
                                            {"outline_width", "0.2"},
                                            {"size", width},
                                            {"size_unit", "MM"}});
      break;
  }
  return fmt::format(
      "<symbol name=\"{}\" type=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{}"
      "</symbol>",
      index, type, layer);
}

// Beside a point, as cartographers do (QGIS: OrderedPositionsAroundPoint, from the symbol's edge);
// about the middle of anything else.
std::string labelling(GeometryKind kind, const std::string& field) {
  if (field.empty()) return {};
  const char* placement = kind == GeometryKind::point
                              ? "placement=\"6\" offsetType=\"1\" dist=\"0.6\" distUnits=\"MM\" "
                                "predefinedPositionOrder=\"TR,BR,TL,BL,R,L,TSR,BSR\""
                              : "placement=\"0\"";
  return fmt::format(
      "<labeling type=\"simple\"><settings calloutType=\"simple\"><text-style fieldName=\"{}\" "
      "fontSize=\"8\" fontSizeUnit=\"Point\" textColor=\"40,40,40,255\" isExpression=\"0\">"
      "<text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" "
      "bufferColor=\"255,255,255,255\" bufferOpacity=\"1\"/></text-style><placement "
      "{}/></settings></labeling>",
      xml_text(field), placement);
}

}  // namespace

std::string css(Rgb colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
}

Rgb measure_colour(const Measure& measure) {
  const auto& [r, g, b] = measure.colour;
  if (r == 0 && g == 0 && b == 0) return {0, 112, 60};
  return {r, g, b};
}

std::string qml(GeometryKind kind, const std::string& field,
                const std::vector<Category>& categories, const std::string& label_field) {
  std::string symbols;
  std::string entries;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    symbols += symbol(kind, i, categories[i]);
    entries += fmt::format("<category render=\"true\" symbol=\"{}\" value=\"{}\" label=\"{}\"/>", i,
                           xml_text(categories[i].value), xml_text(categories[i].label));
  }
  std::string renderer;
  if (field.empty()) {
    renderer = fmt::format(
        "<renderer-v2 type=\"singleSymbol\" enableorderby=\"0\" forceraster=\"0\" "
        "symbollevels=\"0\"><symbols>{}</symbols></renderer-v2>",
        symbols);
  } else {
    renderer = fmt::format(
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" enableorderby=\"0\" "
        "forceraster=\"0\" symbollevels=\"0\"><categories>{}</categories><symbols>{}</symbols>"
        "</renderer-v2>",
        xml_text(field), entries, symbols);
  }
  return fmt::format(
      "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
      "<qgis version=\"3.22\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"{}\">"
      "{}{}</qgis>",
      label_field.empty() ? 0 : 1, renderer, labelling(kind, label_field));
}

std::vector<ColourEntry> speed_ramp() {
  return {{0, 120, 28, 34, 255, "NO-GO"},
          {1.5 / 3.6, 178, 72, 60, 255, "1.5 km/h"},
          {5 / 3.6, 214, 150, 96, 255, "5 km/h, SLOW-GO"},
          {15 / 3.6, 236, 218, 164, 255, "15 km/h"},
          {30 / 3.6, 158, 192, 132, 255, "30 km/h, GO"},
          {60 / 3.6, 62, 130, 92, 255, "60 km/h"}};
}

std::vector<ColourEntry> time_ramp(double max_s) {
  constexpr std::array<std::array<std::uint8_t, 3>, 6> kStops{{{252, 246, 220},
                                                               {246, 214, 150},
                                                               {232, 160, 98},
                                                               {200, 100, 82},
                                                               {140, 58, 86},
                                                               {66, 30, 74}}};
  std::vector<ColourEntry> out;
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    const double value = max_s * static_cast<double>(i) / 5.0;
    out.push_back({value, kStops[i][0], kStops[i][1], kStops[i][2], 255, duration(value)});
  }
  return out;
}

std::vector<ColourEntry> delay_ramp(double max_s) {
  return {{0, 255, 244, 214, 0, "none"},
          {max_s * 0.02, 253, 224, 160, 120, duration(max_s * 0.02)},
          {max_s * 0.25, 245, 178, 92, 165, duration(max_s * 0.25)},
          {max_s * 0.5, 226, 122, 48, 190, duration(max_s * 0.5)},
          {max_s * 0.75, 184, 74, 26, 205, duration(max_s * 0.75)},
          {max_s, 120, 40, 20, 215, duration(max_s)}};
}

}  // namespace abatis::report
