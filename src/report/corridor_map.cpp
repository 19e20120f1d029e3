// A case as a picture: SVG, north up, one unit a pixel.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "corridor_colours.hpp"
#include "corridor_files.hpp"
#include "facts.hpp"
#include "map_ground.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

constexpr double kCorridorLegend = 250;  // pixels beside the map

void draw_bands(Picture& picture, const CaseCorridors& one, double slack) {
  for (const auto& [low, high, colour] :
       {std::tuple{slack / 2, slack, kOuter}, std::tuple{-1.0, slack / 2, kInner}}) {
    const auto cells = cells_within(one, low, high);
    if (cells.empty()) continue;
    picture.shape(
        outline_of_cells(one.grid, cells),
        fmt::format("fill=\"{}\" fill-opacity=\"0.72\" fill-rule=\"evenodd\"", css(colour)));
  }
}

void draw_closure(Picture& picture, const CaseCorridors& one) {
  if (one.closure.cells.empty()) return;
  picture.shape(outline_of_cells(one.grid, one.closure.cells),
                "fill=\"#000\" stroke=\"#000\" stroke-width=\"1.5\"");
}

void draw_routes(Picture& picture, const CaseCorridors& one) {
  for (std::size_t r = one.routes.size(); r-- > 0;) {
    const std::vector<Point> line = route_line(one, one.routes[r].route);
    picture.shape({GeometryKind::line, {line}},
                  fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{} "
                              "stroke-linejoin=\"round\"",
                              css(kRouteColours[r == 0 ? 0 : 1]), r == 0 ? 3 : 2.2,
                              r == 0 ? "" : " stroke-dasharray=\"8 4\""));
  }
}

// The number of each route where it is farthest from the routes before it.
void number_routes(Picture& picture, const CaseCorridors& one) {
  for (std::size_t r = 0; r < one.routes.size(); ++r) {
    const auto& cells = one.routes[r].route.cells;
    Cell label = cells[cells.size() / 2];
    double most = 0;
    for (const Cell c : cells) {
      double nearest = r == 0 ? 0 : kUnreachable;
      const Point p = one.grid.centre(c);
      for (std::size_t o = 0; o < r; ++o) {
        for (const Cell other : one.routes[o].route.cells) {
          const Point q = one.grid.centre(other);
          nearest = std::min(nearest, std::hypot(p.x - q.x, p.y - q.y));
        }
      }
      if (nearest > most) {
        most = nearest;
        label = c;
      }
    }
    const Point p = one.grid.centre(label);
    picture.raw(fmt::format(
        "<g transform=\"translate({:.1f} {:.1f})\"><circle r=\"9\" fill=\"#fff\" stroke=\"{}\" "
        "stroke-width=\"2\"/><text class=\"n\" y=\"4\">{}</text></g>",
        picture.x(p), picture.y(p), css(kRouteColours[r == 0 ? 0 : 1]), r + 1));
  }
}

Rgb choke_colour(const std::string& kind) {
  return kind == "bridge" ? kBridge : kind == "between water" ? kWaterNarrow : kGroundNarrow;
}

void draw_chokes(Picture& picture, const CaseCorridors& one, const CorridorFacts& facts) {
  for (std::size_t i = 0; i < one.chokes.size(); ++i) {
    const ChokeFact& f = facts.chokes[i];
    const Section& section = one.chokes[i].section;
    picture.shape(
        {GeometryKind::line, {{one.grid.centre(section.one), one.grid.centre(section.other)}}},
        fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"3\"", css(choke_colour(f.kind))));
    picture.raw(fmt::format(
        "<g transform=\"translate({:.1f} {:.1f})\"><path d=\"M-6 -5L6 5M-6 5L6 -5\" "
        "stroke=\"#fff\" stroke-width=\"6\"/><path d=\"M-6 -5L6 5M-6 5L6 -5\" stroke=\"{}\" "
        "stroke-width=\"3\"/><text class=\"c\" x=\"8\" y=\"-4\">{}</text></g>",
        picture.x(f.at), picture.y(f.at), css(choke_colour(f.kind)), i + 1));
  }
}

void draw_ends(Picture& picture, const CorridorView& view, const CaseCorridors& one) {
  const Case& c = view.scenario.cases[static_cast<std::size_t>(one.index)];
  const Axis& axis = view.scenario.axes[static_cast<std::size_t>(c.axis)];
  const Objective& goal = view.scenario.objectives[static_cast<std::size_t>(axis.objective)];
  picture.raw(fmt::format(
      "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"none\" "
      "stroke=\"#1e3c78\" stroke-width=\"2.5\"/>",
      picture.x(goal.at), picture.y(goal.at), std::max(6.0, picture.pixels(goal.radius_m))));
}

// On the right: what the colours mean, routes, choke points, avenues.
class CorridorLegend {
 public:
  CorridorLegend(double left, double top) : x_(left), y_(top) {}
  void title(const std::string& text) {
    y_ += 12;
    line("t", text);
  }
  void line(const char* style, const std::string& text) {
    out_ += fmt::format("<text class=\"{}\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", style, x_, y_,
                        xml_text(text));
    y_ += 15;
  }
  void swatch(Rgb colour, const std::string& text) {
    out_ +=
        fmt::format("<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"18\" height=\"10\" fill=\"{}\"/>\n",
                    x_, y_ - 9, css(colour));
    out_ += fmt::format("<text class=\"l\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", x_ + 24, y_,
                        xml_text(text));
    y_ += 15;
  }
  double bottom() const { return y_; }
  const std::string& text() const { return out_; }

 private:
  double x_, y_;
  std::string out_;
};

// Words cut to what fits beside the map.
std::string short_words(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

CorridorLegend make_legend(const CorridorView& view, const CaseCorridors& one,
                           const CorridorFacts& facts, double left) {
  CorridorLegend legend(left, Picture::kHead + 6);
  legend.title("Near-optimal ground");
  legend.swatch(kInner, "within " + percent(view.rules.slack / 2) + " of the least time");
  legend.swatch(kOuter, "within " + percent(view.rules.slack));
  legend.title("Routes");
  for (std::size_t r = 0; r < one.routes.size(); ++r) {
    const RouteCorridor& c = one.routes[r];
    legend.swatch(
        kRouteColours[r == 0 ? 0 : 1],
        fmt::format("{}: {}, {:.1f} km, narrowest {:.0f} m", r + 1, duration(c.route.time_s),
                    c.route.length_m / 1000, c.narrowest.width_m));
  }
  legend.title("Choke points");
  if (one.chokes.empty()) legend.line("l", "none");
  for (std::size_t i = 0; i < one.chokes.size(); ++i) {
    if (i == 24) {
      legend.line("l", fmt::format("and {} more (tables/choke_points.csv)", one.chokes.size() - i));
      break;
    }
    legend.line("l", fmt::format("{}: {:.0f} m, {}", i + 1, one.chokes[i].section.width_m,
                                 short_words(facts.chokes[i].name, 40)));
  }
  legend.title("Least closure");
  legend.line(
      "l", one.closure.found
               ? fmt::format("{} cells ({:.0f} m) close every such way", one.closure.cells.size(),
                             static_cast<double>(one.closure.cells.size()) * one.grid.cell)
               : fmt::format("more than {} cells", view.rules.most_closed));
  legend.title("Avenues of approach");
  for (std::size_t i = 0; i < one.avenues.size(); ++i) {
    const Avenue& a = one.avenues[i];
    std::string words = formation_words(view, a.formation);
    const auto same = [&](const Avenue& other) { return other.routes == a.routes; };
    const auto first = one.avenues.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(one.avenues.begin(), first, same)) continue;
    for (auto it = first + 1; it != one.avenues.end(); ++it) {
      if (same(*it)) words += ", " + formation_words(view, it->formation);
    }
    legend.line("l", fmt::format("routes {}: one for {}", numbered(a.routes), words));
    legend.line("l", fmt::format("    narrowest {:.0f} m, fits {}", a.narrowest.width_m,
                                 formation_words(view, a.fits)));
  }
  return legend;
}

std::string scale_bar(const Picture& picture) {
  double metres = 1000;
  for (const double next : {2000.0, 5000.0, 10'000.0, 20'000.0, 50'000.0, 100'000.0}) {
    if (picture.pixels(next) <= picture.width() / 4) metres = next;
  }
  const double y = Picture::kHead + picture.height() - 14;
  return fmt::format(
      "<rect x=\"10\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"22\" fill=\"#fff\" "
      "fill-opacity=\"0.8\"/><path d=\"M16 {:.0f}h{:.1f}\" stroke=\"#000\" stroke-width=\"3\"/>"
      "<text class=\"l\" x=\"16\" y=\"{:.0f}\">{:g} km</text>\n",
      y - 16, picture.pixels(metres) + 12, y, picture.pixels(metres), y - 4, metres / 1000);
}

}  // namespace

std::string corridor_map(const CorridorView& view, const CaseCorridors& one,
                         const MapGround& ground) {
  const CorridorFacts facts = corridor_facts(view, one);
  const Bounds window = one.grid.bounds();
  const double margin =
      0.06 * std::max(window.max_x - window.min_x, window.max_y - window.min_y) + 2000;
  Picture picture(window.grown(margin));
  draw_ground(picture, ground);
  draw_bands(picture, one, view.rules.slack);
  draw_roads(picture, ground);
  draw_routes(picture, one);
  draw_closure(picture, one);
  draw_ends(picture, view, one);
  draw_places(picture, ground);
  draw_chokes(picture, one, facts);
  number_routes(picture, one);
  const CorridorLegend legend = make_legend(view, one, facts, picture.width() + 14);
  const double height = std::max(Picture::kHead + picture.height(), legend.bottom()) + 10;
  const double width = picture.width() + kCorridorLegend + 90;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" style=\"max-width:100%;height:auto\" "
      "font-family=\"DejaVu Sans, sans-serif\">\n"
      "<style>.p{{font-size:11px;fill:#333;paint-order:stroke;stroke:#fff;stroke-width:2.5px}}"
      ".n{{font-size:11px;font-weight:bold;text-anchor:middle}}"
      ".c{{font-size:11px;font-weight:bold;paint-order:stroke;stroke:#fff;stroke-width:3px}}"
      ".t{{font-size:12px;font-weight:bold}}.l{{font-size:10.5px}}</style>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"10\" y=\"26\" font-size=\"18\" font-weight=\"bold\">{2}</text>\n"
      "<text x=\"10\" y=\"48\" font-size=\"12\">{3}</text>\n"
      "<clipPath id=\"map\"><rect y=\"{4}\" width=\"{5:.1f}\" height=\"{6:.1f}\"/></clipPath>\n"
      "<g clip-path=\"url(#map)\">\n<rect y=\"{4}\" width=\"{5:.1f}\" height=\"{6:.1f}\" "
      "fill=\"#cfe0ea\"/>\n{7}{8}</g>\n{9}</svg>\n",
      width, height, xml_text(facts.title),
      xml_text(fmt::format("Least time {}. {} Scenario {}: {}.", duration(one.best_s),
                           "Nothing built.", view.scenario.id, kMarking)),
      Picture::kHead, picture.width(), picture.height(), picture.text(), scale_bar(picture),
      legend.text());
}

}  // namespace abatis::report
