// The whole stage on small layers written for the test, and on bad input.

#include "abatis/terrain/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/io.hpp"
#include "support/stopped_monitor.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

// 3 x 2 km at 100 m. RUS in the west, LTU in the east; on the northern half of the border lies a
// lake that neither state's polygon covers:
//
//   rows 0-9     RUS 0-9 | lake 10-11 | LTU 12-29
//   rows 10-19   RUS 0-9 | LTU 10-29
//
// A river runs along column 20 (x = 2050 m); a road along row 15 (y = -1550 m) crosses it.
constexpr double kX = 450000;
constexpr double kY = 6030000;

enum : std::uint8_t { kOpen, kForest, kBog, kResidential, kLake };

Point at(double x, double y) {
  return {kX + x, kY + y};
}

Geometry world_box(double x0, double y0, double x1, double y1) {
  return {GeometryKind::polygon, {{at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)}}};
}

Geometry line(std::vector<Point> points) {
  return {GeometryKind::line, {std::move(points)}};
}

class World {
 public:
  World() {
    scenario.grid = {
        .epsg = 3346, .origin_x = kX, .origin_y = kY, .cell = 100, .rows = 20, .cols = 30};
    scenario.friendly = {"LTU", "POL"};
    scenario.adversary = {"RUS"};
    scenario.terrain.slope_amplification = 2;
    scenario.file = "scenario.toml";
    make_catalogue();
    elevation = Raster<float>(scenario.grid, 0.0F);
    landcover = Raster<std::uint8_t>(scenario.grid, 0);
    for (Cell c = 0; c < static_cast<Cell>(scenario.grid.size()); ++c) {
      // 3 m up per cell east, 4 m up per cell north: 5 %.
      elevation[c] =
          static_cast<float>(100 + 3 * scenario.grid.col_of(c) - 4 * scenario.grid.row_of(c));
      if (scenario.grid.row_of(c) < 3 && scenario.grid.col_of(c) >= 25) landcover[c] = 10;
    }
    states.push_back({world_box(0, 0, 1000, -2000), {std::string("RUS")}});
    states.push_back({world_box(1200, 0, 3000, -1000), {std::string("LTU")}});
    states.push_back({world_box(1000, -1000, 3000, -2000), {std::string("LTU")}});
    roads.push_back({line({at(0, -1550), at(3000, -1550)}), {std::string("primary")}});
    roads.push_back({line({at(1850, -1550), at(1850, -150)}), {std::string("track")}});
    waterways.push_back({line({at(2050, 100), at(2050, -2100)}), {std::string("river")}});
    waterways.push_back({line({at(2650, 100), at(2650, -2100)}), {std::string("stream")}});
    water.push_back({world_box(1000, 0, 1200, -1000), {std::string("lake")}});
    wetlands.push_back({world_box(2500, 0, 3000, -600), {std::string("bog")}});
  }

  void add(LayerRole role, const std::string& name, const std::string& attribute = "class") {
    LayerSource source;
    source.role = role;
    source.file = folder / name;
    source.shown = name;
    source.attribute = attribute;
    source.where = {.file = "scenario.toml", .line = 10 + static_cast<int>(scenario.layers.size())};
    scenario.layers.push_back(source);
  }

  static void write(const std::filesystem::path& path, const std::vector<Feature>& features,
                    GeometryKind kind, const char* field = "class", int epsg = 3346) {
    Layer layer{.name = path.stem().string(), .epsg = epsg, .field_names = {field}};
    layer.features = features;
    const Status written = write_flatgeobuf(path, layer, kind);
    ASSERT_TRUE(written) << to_string(written.error());
  }

  void save() {
    ASSERT_TRUE(write_cog(folder / "elevation.tif", elevation, {}));
    ASSERT_TRUE(write_cog(folder / "landcover.tif", landcover, {}));
    write(folder / "states.fgb", states, GeometryKind::polygon, "a3");
    write(folder / "roads.fgb", roads, GeometryKind::line);
    write(folder / "waterways.fgb", waterways, GeometryKind::line);
    write(folder / "water.fgb", water, GeometryKind::polygon);
    write(folder / "wetlands.fgb", wetlands, GeometryKind::polygon);
    add(LayerRole::elevation, "elevation.tif", "");
    add(LayerRole::landcover, "landcover.tif", "");
    add(LayerRole::states, "states.fgb", "a3");
    add(LayerRole::roads, "roads.fgb");
    add(LayerRole::waterways, "waterways.fgb");
    add(LayerRole::water, "water.fgb");
    add(LayerRole::wetlands, "wetlands.fgb");
  }

  Result<Terrain> build(int threads = 1) const {
    return build_terrain(scenario, threads, silent_monitor());
  }
  // Text of the error; "" and a failure when there is none.
  std::string error() const {
    const auto terrain = build();
    if (!terrain) return to_string(terrain.error());
    ADD_FAILURE() << "the terrain was built";
    return {};
  }
  Cell cell(std::int32_t row, std::int32_t col) const { return scenario.grid.at(row, col); }

  TempFolder folder;
  Scenario scenario;
  Raster<float> elevation;
  Raster<std::uint8_t> landcover;
  std::vector<Feature> states, roads, waterways, water, wetlands;

 private:
  void make_catalogue() {
    Catalogue& c = scenario.catalogue;
    c.covers = {{.id = "open", .codes = {0}, .kind = CoverKind::open, .soil = "SM"},
                {.id = "forest", .codes = {10}, .kind = CoverKind::forest, .soil = ""},
                {.id = "bog", .codes = {91}, .kind = CoverKind::wetland, .soil = "Pt"},
                {.id = "residential", .codes = {50}, .kind = CoverKind::builtup, .soil = "SM"},
                {.id = "lake", .codes = {80}, .kind = CoverKind::water}};
    c.soils = {{.id = "SM", .codes = {2}}, {.id = "Pt", .codes = {10}}};
    c.roads = {{.id = "primary", .codes = {"primary"}, .rank = 1},
               {.id = "track", .codes = {"track"}, .rank = 2}};
    c.naturals = {{.id = "river", .codes = {"river"}, .barrier = true},
                  {.id = "stream", .codes = {"stream"}, .slope_intercepts = 20}};
  }
};

bool has_note(const Terrain& t, const std::string& layer, const std::string& text) {
  return std::any_of(t.notes.begin(), t.notes.end(), [&](const CellNote& n) {
    return n.layer == layer && n.text.find(text) != std::string::npos;
  });
}

#define EXPECT_SAYS(text, part) \
  EXPECT_NE((text).find(part), std::string::npos) << "expected \"" << (part) << "\" in:\n" << (text)

TEST(terrain_build, lays_every_layer_onto_the_grid) {
  World w;
  w.save();
  const auto built = w.build();
  ASSERT_TRUE(built) << to_string(built.error());
  const Terrain& t = *built;
  EXPECT_NEAR(t.slope_percent[w.cell(10, 15)], 2 * 5.0, 1e-3);  // amplified
  EXPECT_NEAR(t.slope_percent[w.cell(0, 29)], 2 * 5.0, 1e-3);
  EXPECT_EQ(t.cover[w.cell(10, 15)], kOpen);
  EXPECT_EQ(t.cover[w.cell(1, 26)], kForest);  // the bog polygon does not decide forest
  EXPECT_EQ(t.cover[w.cell(4, 26)], kBog);
  EXPECT_EQ(t.soil[w.cell(4, 26)], 1);
  EXPECT_TRUE(is_nodata(t.soil[w.cell(1, 26)]));  // nothing presumed under forest: unknown
  EXPECT_EQ(t.water[w.cell(5, 10)], 1);
  EXPECT_EQ(t.water[w.cell(12, 10)], 0);
  EXPECT_EQ(t.road[w.cell(15, 3)], 1);
  EXPECT_EQ(t.road[w.cell(5, 18)], 2);
  EXPECT_EQ(t.road[w.cell(15, 18)], 1);  // the better road has the junction
  for (std::int32_t row = 0; row < 20; ++row) EXPECT_EQ(t.natural[w.cell(row, 20)], 1) << row;
  EXPECT_EQ(t.natural[w.cell(3, 26)], 0);  // a stream is no barrier
  std::int64_t bridges = 0;
  for (const std::uint8_t b : t.bridge.values) bridges += b;
  EXPECT_EQ(bridges, 1);
  EXPECT_EQ(t.bridge[w.cell(15, 20)], 1);
  EXPECT_TRUE(has_note(t, "ditches", "no layer"));
  EXPECT_TRUE(has_note(t, "soil", "no soil layer"));
  EXPECT_TRUE(has_note(t, "soil", "soil unknown"));
  EXPECT_TRUE(has_note(t, "states", "POL has no cell"));
  EXPECT_FALSE(has_note(t, "wetlands", "no layer"));
}

TEST(terrain_build, border_waters_go_to_the_nearest_state_and_distance_runs_both_ways) {
  World w;
  w.save();
  const Terrain t = w.build().value();
  EXPECT_EQ(t.state[w.cell(5, 9)], 3);   // RUS comes after LTU and POL
  EXPECT_EQ(t.state[w.cell(5, 10)], 3);  // the western half of the lake
  EXPECT_EQ(t.state[w.cell(5, 11)], 1);
  EXPECT_EQ(t.side_of(w.cell(5, 10)), Side::adversary);
  EXPECT_EQ(t.side_of(w.cell(5, 11)), Side::friendly);
  EXPECT_FLOAT_EQ(t.border_distance_m[w.cell(5, 10)], 0);
  EXPECT_FLOAT_EQ(t.border_distance_m[w.cell(5, 11)], 0);
  EXPECT_FLOAT_EQ(t.border_distance_m[w.cell(5, 16)], 500);
  EXPECT_FLOAT_EQ(t.border_distance_m[w.cell(15, 5)], 400);
  EXPECT_TRUE(has_note(t, "states", "given to the nearest"));
}

TEST(terrain_build, the_sea_and_other_states_belong_to_no_side) {
  World w;
  w.water[0].fields[0] = std::string("sea");
  w.states.push_back({world_box(2500, -1500, 3000, -2000), {std::string("BLR")}});
  w.states[2].geometry = world_box(1000, -1000, 2500, -2000);
  w.save();
  const Terrain t = w.build().value();
  EXPECT_EQ(t.state[w.cell(5, 10)], 0);
  EXPECT_EQ(t.side_of(w.cell(5, 10)), Side::none);
  EXPECT_EQ(t.state[w.cell(18, 28)], 0);
}

TEST(terrain_build, slope_intercepts_count_streams_within_a_kilometre) {
  World w;
  w.save();
  const Terrain t = w.build().value();
  // 1.1 km of stream in a window of 1.1 x 1.1 km, 20 intercepts per km: rows 5 to 14 are whole.
  EXPECT_NEAR(t.intercepts_per_km[w.cell(10, 24)], 20 * 1.1 / 1.21, 0.01);
  EXPECT_NEAR(t.intercepts_per_km[w.cell(10, 20)], 0.0, 1e-6);
  // At the east edge the window is cut, and divided by what is left of it (columns 24-29).
  EXPECT_NEAR(t.intercepts_per_km[w.cell(10, 29)], 20 * 1.1 / (1.1 * 0.6), 0.01);
}

TEST(terrain_build, a_road_over_a_lake_is_a_bridge_and_a_road_on_its_shore_is_not) {
  World w;
  w.roads.push_back({line({at(700, -450), at(1500, -450)}), {std::string("primary")}});
  // 10 m inside the westernmost lake cells, but on an island-free shore of land: y outside.
  w.water[0].geometry = world_box(1030, 0, 1200, -1000);
  w.roads.push_back({line({at(1010, -650), at(1010, -950)}), {std::string("track")}});
  w.save();
  const Terrain t = w.build().value();
  EXPECT_EQ(t.bridge[w.cell(4, 10)], 1);
  EXPECT_EQ(t.bridge[w.cell(4, 11)], 1);
  EXPECT_EQ(t.bridge[w.cell(4, 9)], 0);
  EXPECT_EQ(t.water[w.cell(7, 10)], 1);
  EXPECT_EQ(t.road[w.cell(7, 10)], 2);
  EXPECT_EQ(t.bridge[w.cell(7, 10)], 0);
}

TEST(terrain_build, codes_and_classes_that_the_catalogue_lacks_are_unknown_and_said) {
  World w;
  w.landcover[w.cell(12, 25)] = 77;
  w.landcover[w.cell(12, 26)] = nodata<std::uint8_t>();
  w.landcover[w.cell(12, 27)] = 80;
  w.roads.push_back({line({at(100, -100), at(400, -100)}), {std::string("monorail")}});
  w.water.push_back({world_box(200, -200, 400, -400), {std::string("pond")}});
  w.save();
  const Terrain t = w.build().value();
  EXPECT_TRUE(is_nodata(t.cover[w.cell(12, 25)]));
  EXPECT_TRUE(is_nodata(t.cover[w.cell(12, 26)]));
  EXPECT_EQ(t.water[w.cell(12, 27)], 1);  // land cover says lake, no polygon does
  EXPECT_EQ(t.water[w.cell(3, 3)], 1);
  EXPECT_TRUE(has_note(t, "landcover", "code 77"));
  EXPECT_TRUE(has_note(t, "landcover", "no data"));
  EXPECT_TRUE(has_note(t, "roads", "\"monorail\""));
  EXPECT_TRUE(has_note(t, "water", "taken as lake"));
}

TEST(terrain_build, layers_in_another_crs_land_in_the_same_cells) {
  World w;
  w.save();
  const Terrain before = w.build().value();
  std::vector<Feature> degrees = w.roads;
  for (Feature& feature : degrees) {
    for (auto& part : feature.geometry.parts) part = transform(part, 3346, 4326).value();
  }
  World::write(w.folder / "roads.fgb", degrees, GeometryKind::line, "class", 4326);
  const Terrain after = w.build().value();
  EXPECT_EQ(before.road, after.road);
  EXPECT_EQ(before.bridge, after.bridge);
}

TEST(terrain_build, several_road_files_are_one_network) {
  World w;
  w.save();
  World::write(w.folder / "more.fgb",
               {{line({at(550, -100), at(550, -1900)}), {std::string("track")}}},
               GeometryKind::line);
  w.add(LayerRole::roads, "more.fgb");
  const Terrain t = w.build().value();
  EXPECT_EQ(t.road[w.cell(3, 5)], 2);
  EXPECT_EQ(t.road[w.cell(15, 3)], 1);
  EXPECT_EQ(t.roads.features.size(), 3U);
}

TEST(terrain_build, the_same_bits_on_any_number_of_threads) {
  World w;
  w.save();
  const Terrain one = w.build(1).value();
  for (const int threads : {2, 8}) {
    const Terrain many = w.build(threads).value();
    EXPECT_EQ(one.slope_percent.values, many.slope_percent.values);
    EXPECT_EQ(one.cover, many.cover);
    EXPECT_EQ(one.natural, many.natural);
    EXPECT_EQ(one.bridge, many.bridge);
    EXPECT_EQ(one.intercepts_per_km, many.intercepts_per_km);
    EXPECT_EQ(one.border_distance_m, many.border_distance_m);
  }
}

// --- bad input ---

TEST(terrain_errors, a_missing_file_names_layer_file_and_place) {
  World w;
  w.save();
  std::filesystem::remove(w.folder / "waterways.fgb");
  const std::string text = w.error();
  EXPECT_SAYS(text, "layer waterways (waterways.fgb)");
  EXPECT_SAYS(text, "scenario.toml:14");
}

TEST(terrain_errors, a_missing_role_is_named) {
  World w;
  w.save();
  std::erase_if(w.scenario.layers, [](const LayerSource& s) { return s.role == LayerRole::water; });
  EXPECT_SAYS(w.error(), "no layer of role water");
}

TEST(terrain_errors, a_truncated_raster_is_refused) {
  World w;
  w.save();
  const std::string bytes = TempFolder::bytes_of(w.folder / "elevation.tif");
  w.folder.write("elevation.tif", std::string_view(bytes).substr(0, bytes.size() / 2));
  EXPECT_SAYS(w.error(), "layer elevation (elevation.tif)");
}

TEST(terrain_errors, a_raster_elsewhere_does_not_pass_as_unknown) {
  World w;
  w.elevation.grid.origin_x += 100000;
  w.save();
  const std::string text = w.error();
  EXPECT_SAYS(text, "no cell of the region is known");
  EXPECT_SAYS(text, "check the CRS");
}

TEST(terrain_errors, unknown_ground_on_the_border_is_an_error_with_its_place) {
  World w;
  for (std::int32_t row = 4; row < 8; ++row) w.landcover[w.cell(row, 10)] = nodata<std::uint8_t>();
  w.save();
  const std::string text = w.error();
  EXPECT_SAYS(text, "layer landcover (landcover.tif): unknown on 4 of 40 border cells (10 %)");
  EXPECT_SAYS(text, "row 4 column 10 near lon 2");
  World height;
  height.elevation[height.cell(12, 9)] = kNaN;  // 1 of 40 border cells may be unknown
  height.save();
  const auto built = height.build();
  ASSERT_TRUE(built) << to_string(built.error());
  EXPECT_TRUE(is_nodata(built->slope_percent[height.cell(12, 9)]));
  EXPECT_TRUE(is_nodata(built->slope_percent[height.cell(11, 8)]));
  EXPECT_FALSE(is_nodata(built->slope_percent[height.cell(10, 9)]));
}

TEST(terrain_errors, a_region_without_a_border_is_refused) {
  World w;
  w.scenario.adversary = {"BLR"};
  w.save();
  const std::string text = w.error();
  EXPECT_SAYS(text, "no border in the region");
  EXPECT_SAYS(text, "BLR");
  EXPECT_SAYS(text, "layer states");
}

TEST(terrain_errors, a_wrong_attribute_lists_those_there_are) {
  World w;
  w.save();
  for (LayerSource& s : w.scenario.layers) {
    if (s.role == LayerRole::states) s.attribute = "iso";
  }
  const std::string text = w.error();
  EXPECT_SAYS(text, "\"iso\"");
  EXPECT_SAYS(text, "a3");
}

TEST(terrain_errors, polygons_where_lines_are_expected) {
  World w;
  w.save();
  World::write(w.folder / "waterways.fgb", w.water, GeometryKind::polygon);
  EXPECT_SAYS(w.error(), "the layer has polygons where lines are expected");
}

TEST(terrain_errors, no_road_of_a_known_class) {
  World w;
  for (Feature& f : w.roads) f.fields[0] = std::string("canal");
  w.save();
  EXPECT_SAYS(w.error(), "no road of a class in the catalogue");
}

TEST(terrain_errors, of_several_bad_layers_the_first_is_named_whatever_the_threads) {
  World w;
  w.save();
  std::filesystem::remove(w.folder / "roads.fgb");
  std::filesystem::remove(w.folder / "states.fgb");
  for (const int threads : {1, 8}) {
    const auto built = w.build(threads);
    ASSERT_FALSE(built);
    EXPECT_SAYS(to_string(built.error()), "layer states");
  }
}

TEST(terrain_errors, stops_when_asked) {
  World w;
  w.save();
  testing::StoppedMonitor stopped;
  const auto built = build_terrain(w.scenario, 1, stopped);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, ErrorCode::interrupted);
}

// --- entries ---

TEST(terrain_entry, cells_lie_on_the_adversary_side_of_the_stretch) {
  World w;
  w.save();
  const Terrain t = w.build().value();
  Entry entry{.id = "west", .state = "RUS", .into = {"LTU"}};
  entry.within = {kX, kY - 2000, kX + 3000, kY - 1700};  // rows 17, 18, 19
  const auto cells = entry_cells(w.scenario, t, entry);
  ASSERT_TRUE(cells);
  EXPECT_EQ(*cells, (std::vector<Cell>{w.cell(17, 9), w.cell(18, 9), w.cell(19, 9)}));
}

TEST(terrain_entry, an_empty_stretch_is_an_error) {
  World w;
  w.save();
  const Terrain t = w.build().value();
  Entry entry{.id = "west", .state = "RUS", .into = {"POL"}};
  entry.within = w.scenario.grid.bounds();
  entry.where = {.file = "scenario.toml", .line = 99};
  const auto none = entry_cells(w.scenario, t, entry);
  ASSERT_FALSE(none);
  EXPECT_SAYS(to_string(none.error()), "scenario.toml:99");
  EXPECT_SAYS(to_string(none.error()), "no cell of RUS touches POL");
  entry.into = {"LTU"};
  entry.within = {kX + 2000, kY - 2000, kX + 3000, kY};
  EXPECT_FALSE(entry_cells(w.scenario, t, entry));
  entry.within = w.scenario.grid.bounds();
  entry.state = "XXX";
  EXPECT_FALSE(entry_cells(w.scenario, t, entry));
}

}  // namespace
}  // namespace abatis
