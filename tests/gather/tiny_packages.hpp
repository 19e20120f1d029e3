#pragma once
// A small world in the packages' formats: 16 x 12 km of two states, a lake, a river and five towns,
// written into a folder the way Debian and npm would lay it out.

#include <cmath>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "abatis/gather/build.hpp"
#include "abatis/geo/io.hpp"
#include "support/temp_folder.hpp"

namespace abatis::gather {

inline constexpr Bounds kTinyRegion{440'000, 6'000'000, 456'000, 6'012'000};

inline std::string tiny_recipe() {
  std::string text = R"(id = "tiny"
title = "Tiny world"
seed = 11
facts = "facts.toml"
states = ["AAA", "BBB"]
soils = ["GW", "SP", "SM", "SC", "ML", "CL", "MH", "CH", "OL", "OH", "Pt"]
)";
  const char* sources[][4] = {{"states", "npm", "@tiny/states", "map.geo.json"},
                              {"lakes", "npm", "@tiny/lakes", "map.geo.json"},
                              {"rivers", "npm", "@tiny/rivers", "map.geo.json"},
                              {"settlements", "npm", "towns", "towns.txt"},
                              {"drainage", "debian", "tiny-drainage", "usr/share/lines.fgb"},
                              {"relief", "debian", "tiny-relief", "usr/share/relief.asc"}};
  std::string tables = R"([region]
epsg = 3346
min_x = 440500
min_y = 6000500
max_x = 455500
max_y = 6011500
margin_m = 500
cell_m = 100
[relief]
amplitude_m = 8
wavelength_m = 3000
[shares]
forest = 0.3
meadow = 0.08
wetland = 0.04
builtup = 0.03
waterway_km_per_km2 = 0.4
river_km_per_km2 = 0.12
ditch_km_per_km2 = 0.4
minor_road_km_per_km2 = 0.8
hamlets_per_km2 = 0.3
)";
  for (const auto& s : sources)
    tables += fmt::format(
        "[[source]]\nid = \"{}\"\nkind = \"{}\"\npackage = \"{}\"\nfile = \"{}\"\ntitle = \"made "
        "for "
        "the test\"\nlicence = \"CC0\"\ndate = \"2026\"\n",
        s[0], s[1], s[2], s[3]);
  return text + tables;
}

inline std::string tiny_facts() {
  return R"([[road]]
ref = "A1"
class = "trunk"
past = ["Westham", "Midway", "Eastham", "Far East"]
[[road]]
ref = "7"
class = "secondary"
past = ["Northam", "Midway", "Southam"]
[[river]]
name = "Testa"
past = ["Northam", "Midway", "Southam"]
[[bridge]]
name = "Bridge at Midway"
river = "Testa"
at = "Midway"
ref = "A1"
[[place]]
name = "Far East"
kind = "crossing"
lon = 25.5
lat = 54.20
)";
}

class TinyPackages {
 public:
  TinyPackages() {
    std::filesystem::create_directories(folder_ / "usr/share");
    recipe = folder_.write("recipe.toml", tiny_recipe());
    folder_.write("facts.toml", tiny_facts());
    const Bounds& b = kTinyRegion;
    const double border = 6'004'500;
    const Bounds wide = b.grown(3'000);
    write("node_modules/@tiny/states/map.geo.json",
          fmt::format(R"({{"type":"FeatureCollection","features":[
{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[{}]}},"properties":{{"A3":"AAA"}}}},
{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[{}]}},"properties":{{"A3":"BBB"}}}}]}})",
                      box({wide.min_x, border, wide.max_x, wide.max_y}),
                      box({wide.min_x, wide.min_y, wide.max_x, border})));
    write("node_modules/@tiny/lakes/map.geo.json",
          geometry(box({450'500, 6'008'000, 452'000, 6'009'500})));
    write("node_modules/@tiny/rivers/map.geo.json",
          geometry(box({447'800, 6'005'000, 448'050, 6'007'000})));
    std::string towns;
    town(towns, "Westham", {442'000, 6'006'500}, 4000, 120);
    town(towns, "Eastham", {454'000, 6'006'000}, 900, 131);
    town(towns, "Northam", {447'500, 6'010'800}, 0, 118);
    town(towns, "Southam", {448'500, 6'002'000}, 700, 101);
    town(towns, "Midway", {448'900, 6'006'200}, 1500, 112);
    write("node_modules/towns/towns.txt", towns);
    Layer lines{.name = "lines", .epsg = 3346, .field_names = {"upArea"}, .features = {}};
    lines.features.push_back(
        {{GeometryKind::line, {{{447'600, 6'014'000}, {447'700, 6'009'500}}}}, {600.0}});
    lines.features.push_back(
        {{GeometryKind::line, {{{447'700, 6'009'500}, {448'200, 6'003'000}}}}, {650.0}});
    lines.features.push_back(
        {{GeometryKind::line, {{{448'200, 6'003'000}, {448'300, 5'998'000}}}}, {700.0}});
    if (const auto written =
            write_flatgeobuf(folder_ / "usr/share/lines.fgb", lines, GeometryKind::line);
        !written)
      throw std::runtime_error(to_string(written.error()));
    // Relief in degrees that falls to the south.
    std::string relief =
        "ncols 20\nnrows 20\nxllcorner 22.5\nyllcorner 53.4\ncellsize 0.083333333333\n";
    for (int r = 0; r < 20; ++r) {
      for (int c = 0; c < 20; ++c) relief += fmt::format("{} ", 150 - 4 * r + (c % 3));
      relief += '\n';
    }
    write("usr/share/relief.asc", relief);
  }

  BuildOptions options(const std::string& output, int threads = 1) const {
    BuildOptions o;
    o.recipe = recipe;
    o.node_modules = {folder_ / "nowhere", folder_ / "node_modules"};
    o.debian_root = folder_.path();
    o.output = folder_ / output;
    o.threads = threads;
    return o;
  }
  const TempFolder& folder() const { return folder_; }
  std::filesystem::path recipe;

 private:
  void write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    folder_.write(name, bytes);
  }
  static Point lonlat(Point p) {
    const auto moved = transform({p}, 3346, 4326);
    if (!moved) throw std::runtime_error(to_string(moved.error()));
    return moved->front();
  }
  static std::string box(const Bounds& b) {
    std::string ring;
    for (const Point corner :
         {Point{b.min_x, b.min_y}, Point{b.max_x, b.min_y}, Point{b.max_x, b.max_y},
          Point{b.min_x, b.max_y}, Point{b.min_x, b.min_y}}) {
      const Point p = lonlat(corner);
      ring += fmt::format("{}[{:.7f},{:.7f}]", ring.empty() ? "[" : ",", p.x, p.y);
    }
    return ring + "]";
  }
  static std::string geometry(const std::string& ring) {
    return R"({"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[[)" +
           ring + "]]}]}\n";
  }
  static void town(std::string& out, const std::string& name, Point at, int population,
                   int height) {
    const Point p = lonlat(at);
    out += fmt::format(
        "1\t{0}\t{0}\tOld "
        "{0},Alt\t{1:.6f}\t{2:.6f}\tP\tPPL\tAA\t\t\t\t\t\t{3}\t\t{4}\tEurope/Vilnius\t2023-01-01\n",
        name, p.y, p.x, population, height);
  }

  TempFolder folder_;
};

}  // namespace abatis::gather
