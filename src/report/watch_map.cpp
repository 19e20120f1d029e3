// Who sees what in the last year, as a picture: SVG, north up.

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"
#include "facts.hpp"
#include "map_ground.hpp"
#include "shapes.hpp"
#include "styles.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

constexpr double kWatchLegend = 270;  // pixels beside the map
constexpr double kBlock = 500;  // m: coverage is drawn by blocks of this side, the worst of each

struct Band {
  float up_to_m;
  Rgb colour;
};
constexpr Band kBands[] = {{300, {226, 214, 178}}, {100, {158, 201, 226}}, {30, {55, 135, 192}}};

// The highest of the lowest altitudes in each block; unknown where some of it is never seen.
Raster<float> blocks_of(const Raster<float>& lowest) {
  const Grid& grid = lowest.grid;
  const auto side = std::max<std::int32_t>(1, static_cast<std::int32_t>(kBlock / grid.cell));
  Grid coarse = grid;
  coarse.cell = grid.cell * side;
  coarse.rows = grid.rows / side;
  coarse.cols = grid.cols / side;
  Raster<float> out(coarse, 0.0F);
  for (std::int32_t r = 0; r < coarse.rows * side; ++r) {
    for (std::int32_t k = 0; k < coarse.cols * side; ++k) {
      float& block = out[coarse.at(r / side, k / side)];
      const float here = lowest[grid.at(r, k)];
      if (here != here || block != block) {
        block = nodata<float>();
      } else {
        block = std::max(block, here);
      }
    }
  }
  return out;
}

void draw_coverage(Picture& picture, const WatchView& view) {
  const Raster<float> blocks = blocks_of(view.watch.lowest_m);
  for (const Band& band : kBands) {
    std::vector<Cell> cells;
    for (Cell c = 0; c < static_cast<Cell>(blocks.grid.size()); ++c) {
      if (blocks[c] <= band.up_to_m) cells.push_back(c);
    }
    if (cells.empty()) continue;
    picture.shape(
        outline_of_cells(blocks.grid, cells),
        fmt::format("fill=\"{}\" fill-opacity=\"0.75\" fill-rule=\"evenodd\"", css(band.colour)));
  }
}

// By day in the last year: red where nobody sees it.
void draw_border(Picture& picture, const WatchView& view) {
  for (std::size_t p = 0; p < view.watch.border.size(); ++p) {
    const Point at = view.terrain.grid.centre(view.watch.border[p].cell);
    const int seen = view.watch.seen.back()[p][0];
    picture.raw(fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.6\" fill=\"{}\"/>",
                            picture.x(at), picture.y(at),
                            seen == 0   ? "#b02428"
                            : seen == 1 ? "#6fa86b"
                                        : "#1d6b2f"));
  }
}

void draw_sensors(Picture& picture, const WatchView& view) {
  for (std::size_t i = 0; i < view.watch.sensors.size(); ++i) {
    const Measure& measure = view.measure(view.watch.sensors[i].measure);
    const Point at = view.site(i).geometry.parts.front().front();
    const std::string colour = css(measure_colour(measure));
    if (is_effector(measure.sensor.modality)) {
      picture.raw(
          fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"9\" height=\"9\" "
                      "fill=\"{}\" stroke=\"#fff\"/>",
                      picture.x(at) - 4.5, picture.y(at) - 4.5, colour));
    } else {
      picture.raw(
          fmt::format("<path d=\"M{:.1f} {:.1f}l5.5 9.5h-11z\" fill=\"{}\" "
                      "stroke=\"#fff\"/>",
                      picture.x(at), picture.y(at) - 6, colour));
    }
  }
}

class WatchLegend {
 public:
  explicit WatchLegend(double left) : x_(left) {}
  void title(const std::string& text) {
    y_ += 10;
    out_ += fmt::format("<text class=\"t\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", x_, y_, text);
    y_ += 17;
  }
  // `shape` drawn around (0, 0).
  void entry(const std::string& shape, const std::string& text) {
    out_ += fmt::format(
        "<g transform=\"translate({:.0f} {:.0f})\">{}</g><text class=\"l\" x=\"{:.0f}\" "
        "y=\"{:.0f}\">{}</text>\n",
        x_ + 9, y_ - 4, shape, x_ + 26, y_, xml_text(text));
    y_ += 16;
  }
  const std::string& text() const { return out_; }

 private:
  double x_, y_ = Picture::kHead + 8;
  std::string out_;
};

std::string legend_of(const WatchView& view, double left) {
  WatchLegend legend(left);
  legend.title("What flies is seen by day from");
  for (const Band& band : kBands) {
    legend.entry(fmt::format("<rect x=\"-9\" y=\"-5\" width=\"18\" height=\"10\" fill=\"{}\"/>",
                             css(band.colour)),
                 fmt::format("{:g} m over ground or trees", band.up_to_m));
  }
  legend.title("Border, by day");
  for (const auto& [colour, words] :
       {std::pair{"#b02428", "seen by no sensor"}, std::pair{"#6fa86b", "by one"},
        std::pair{"#1d6b2f", "by two or more"}}) {
    legend.entry(fmt::format("<circle r=\"4\" fill=\"{}\"/>", colour), words);
  }
  legend.title("Bought");
  std::set<int> kinds;
  for (const SitedSensor& one : view.watch.sensors) kinds.insert(one.measure);
  for (const int m : kinds) {
    const Measure& measure = view.measure(m);
    const auto count = std::count_if(view.watch.sensors.begin(), view.watch.sensors.end(),
                                     [&](const SitedSensor& s) { return s.measure == m; });
    const std::string colour = css(measure_colour(measure));
    legend.entry(is_effector(measure.sensor.modality)
                     ? fmt::format("<rect x=\"-4.5\" y=\"-4.5\" width=\"9\" height=\"9\" "
                                   "fill=\"{}\"/>",
                                   colour)
                     : fmt::format("<path d=\"M0 -5l5.5 9.5h-11z\" fill=\"{}\"/>", colour),
                 fmt::format("{} ({})", valid_utf8(measure.name), count));
  }
  return legend.text();
}

// The ground around what was sited and watched.
Bounds window_of(const WatchView& view) {
  const Grid& grid = view.terrain.grid;
  Bounds box{1e300, 1e300, -1e300, -1e300};
  for (const BorderPoint& p : view.watch.border) {
    const Point at = grid.centre(p.cell);
    box = {std::min(box.min_x, at.x), std::min(box.min_y, at.y), std::max(box.max_x, at.x),
           std::max(box.max_y, at.y)};
  }
  const Bounds all = grid.bounds();
  box = box.grown(15e3);
  return {std::max(box.min_x, all.min_x), std::max(box.min_y, all.min_y),
          std::min(box.max_x, all.max_x), std::min(box.max_y, all.max_y)};
}

}  // namespace

std::string watch_map_svg(const WatchView& view) {
  Picture picture(window_of(view));
  const MapGround ground(GroundView(view.scenario, view.terrain));
  draw_ground(picture, ground);
  draw_coverage(picture, view);
  draw_roads(picture, ground);
  draw_border(picture, view);
  draw_sensors(picture, view);
  draw_places(picture, ground);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"DejaVu Sans, sans-serif\">\n"
      "<style>.p{{font-size:11px;fill:#333;paint-order:stroke;stroke:#fff;stroke-width:2.5px}}"
      ".t{{font-size:12px;font-weight:bold}}.l{{font-size:11px}}</style>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"10\" y=\"26\" font-size=\"18\" font-weight=\"bold\">Early warning in {2}</text>\n"
      "<text x=\"10\" y=\"48\" font-size=\"12\">Scenario {3}: {4}.</text>\n"
      "<clipPath id=\"map\"><rect y=\"{5}\" width=\"{6:.1f}\" height=\"{7:.1f}\"/></clipPath>\n"
      "<g clip-path=\"url(#map)\">\n<rect y=\"{5}\" width=\"{6:.1f}\" height=\"{7:.1f}\" "
      "fill=\"#cfe0ea\"/>\n{8}</g>\n{9}</svg>\n",
      picture.width() + kWatchLegend, Picture::kHead + picture.height() + 10,
      view.year(view.scenario.years - 1), xml_text(view.scenario.id), kMarking, Picture::kHead,
      picture.width(), picture.height(), picture.text(), legend_of(view, picture.width() + 14));
}

}  // namespace abatis::report
