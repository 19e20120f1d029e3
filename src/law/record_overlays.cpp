#include "record_overlays.hpp"

#include <fmt/format.h>

#include "abatis/base/text.hpp"

namespace abatis {
namespace {

// Obstacles are green; KML writes alpha, blue, green, red.
constexpr const char* kGreenLine = "ff3c7000";
constexpr const char* kGreenFill = "593c7000";
constexpr const char* kGreenWeb = "#00703c";

std::string pairs(const std::vector<Point>& points, const char* end) {
  std::string out;
  for (const Point& p : points) out += fmt::format("{:.6f},{:.6f}{} ", p.x, p.y, end);
  if (!out.empty()) out.pop_back();
  return out;
}

std::string kml_line(const std::vector<Point>& points) {
  return fmt::format(
      "<LineString><tessellate>1</tessellate><coordinates>{}</coordinates>"
      "</LineString>",
      pairs(points, ",0"));
}

std::string kml_zone(const OverlayZone& z) {
  std::string shapes = fmt::format(
      "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
      "</outerBoundaryIs></Polygon>",
      pairs(z.outline, ",0"));
  if (z.front.size() > 1) shapes += kml_line(z.front);
  for (const auto& tick : z.ticks) shapes += kml_line(tick);
  return fmt::format(
      "<Placemark id=\"{}\"><name>{}</name><description>{}</description><styleUrl>#{}</styleUrl>"
      "<ExtendedData><Data name=\"symbol_app6a\"><value>{}</value></Data></ExtendedData>"
      "<MultiGeometry>{}</MultiGeometry></Placemark>\n",
      xml_text(z.id), xml_text(z.label), xml_text(z.description), z.gone ? "gone" : "mined",
      mined_area_symbol(z.present), shapes);
}

}  // namespace

std::string mined_area_symbol(bool present) {
  return present ? "GFMPOFA---****X" : "GFMAOFA---****X";
}

std::string to_kml(const std::vector<OverlayZone>& zones, const std::string& marking) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>Mined zones</name>"
      "<description>{}</description>\n"
      "<Style id=\"mined\"><LineStyle><color>{}</color><width>3</width></LineStyle>"
      "<PolyStyle><color>{}</color></PolyStyle></Style>\n"
      "<Style id=\"gone\"><LineStyle><color>{}</color><width>1</width></LineStyle>"
      "<PolyStyle><fill>0</fill></PolyStyle></Style>\n",
      xml_text(marking), kGreenLine, kGreenFill, kGreenLine);
  for (const OverlayZone& zone : zones) out += kml_zone(zone);
  return out + "</Document></kml>\n";
}

std::string to_nvg(const std::vector<OverlayZone>& zones, const std::string& marking) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<nvg xmlns=\"https://tide.act.nato.int/schemas/2012/10/nvg\" version=\"2.0.0\">\n"
      "<!-- {} -->\n",
      marking);
  for (const OverlayZone& z : zones) {
    out += fmt::format(
        "<polygon uri=\"urn:abatis:{}\" label=\"{}\" symbol=\"app6a:{}\" "
        "style=\"stroke:{};stroke-width:3;fill:{};fill-opacity:{}\" points=\"{}\">"
        "<textInfo>{}</textInfo></polygon>\n",
        xml_text(z.id), xml_text(z.label), mined_area_symbol(z.present), kGreenWeb, kGreenWeb,
        z.gone ? "0" : "0.35", pairs(z.outline, ""), xml_text(z.description));
    if (z.front.size() < 2) continue;
    out += fmt::format(
        "<polyline uri=\"urn:abatis:{}:front\" label=\"{}\" symbol=\"app6a:{}\" "
        "style=\"stroke:{};stroke-width:3\" points=\"{}\"/>\n",
        xml_text(z.id), xml_text(z.label), z.present ? "GFMPOGL---****X" : "GFMAOGL---****X",
        kGreenWeb, pairs(z.front, ""));
  }
  return out + "</nvg>\n";
}

}  // namespace abatis
