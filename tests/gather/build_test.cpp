#include "abatis/gather/build.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "abatis/base/files.hpp"
#include "abatis/geo/rasterize.hpp"
#include "gather/build_recipe.hpp"
#include "gather/tiny_packages.hpp"

namespace abatis::gather {
namespace {

namespace fs = std::filesystem;

Grid tiny_grid() {
  return {.epsg = 3346,
          .origin_x = 440'000,
          .origin_y = 6'012'000,
          .cell = 100,
          .rows = 120,
          .cols = 160};
}

std::set<fs::path> names_in(const fs::path& folder) {
  std::set<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder)) out.insert(entry.path().filename());
  return out;
}

class TinyBuild : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = new TinyPackages;
    const auto made = build_data(world_->options("out"), silent_monitor());
    ASSERT_TRUE(made) << to_string(made.error());
    report_ = new BuildReport(*made);
  }
  static void TearDownTestSuite() {
    delete report_;
    delete world_;
  }
  static fs::path out(const std::string& name) { return world_->folder() / ("out/" + name); }
  static Layer layer(const std::string& name) {
    auto read = read_layer(out(name), 3346);
    EXPECT_TRUE(read) << to_string(read.error());
    return read ? *read : Layer{};
  }
  template <class T>
  static Raster<T> raster(const std::string& name) {
    auto read = read_raster<T>(out(name), tiny_grid(), Resampling::nearest);
    EXPECT_TRUE(read) << to_string(read.error());
    return read ? *read : Raster<T>{};
  }
  static TinyPackages* world_;
  static BuildReport* report_;
};
TinyPackages* TinyBuild::world_ = nullptr;
BuildReport* TinyBuild::report_ = nullptr;

TEST_F(TinyBuild, MakesEveryFileAndSaysWhatItIs) {
  EXPECT_FALSE(report_->up_to_date);
  std::map<std::string, std::string> quality;
  for (const auto& f : report_->files) {
    quality[f.name] = f.quality;
    EXPECT_EQ(fs::file_size(out(f.name)), f.bytes) << f.name;
  }
  EXPECT_EQ(quality.size(), 16U);
  EXPECT_EQ(quality["admin/states.fgb"], "measured");
  EXPECT_EQ(quality["roads/roads_main.fgb"], "schematic");
  EXPECT_EQ(quality["soil/soil.tif"], "synthetic");
  EXPECT_EQ(quality["people/services.fgb"], "synthetic");
  EXPECT_EQ(quality["admin/municipalities.fgb"], "synthetic");
  const auto text = read_file(out("ATTRIBUTION.md"));
  ASSERT_TRUE(text);
  for (const auto& [name, q] : quality) {
    EXPECT_TRUE(q.empty() || text->find(name) != std::string::npos) << name;
  }
  EXPECT_EQ(raster_info(out("elevation/elevation.tif"))->epsg, 3346);
}

TEST_F(TinyBuild, HeightsKeepToTheSpotHeights) {
  const auto z = raster<float>("elevation/elevation.tif");
  const auto waterways = layer("hydro/waterways.fgb");
  std::set<Cell> wet;
  for (const Feature& f : waterways.features)
    for (const Cell c : cells_of_line(z.grid, f.geometry.parts[0])) wet.insert(c);
  int checked = 0;
  const std::pair<Point, double> spots[] = {{{442'000, 6'006'500}, 120},
                                            {{454'000, 6'006'000}, 131},
                                            {{447'500, 6'010'800}, 118},
                                            {{448'500, 6'002'000}, 101},
                                            {{448'900, 6'006'200}, 112}};
  for (const auto& [at, height] : spots) {
    const Cell c = *z.grid.cell_at(at);
    bool near_water = false;
    for (int dr = -2; dr <= 2; ++dr)
      for (int dc = -2; dc <= 2; ++dc)
        near_water =
            near_water || wet.contains(z.grid.at(z.grid.row_of(c) + dr, z.grid.col_of(c) + dc));
    if (near_water) continue;  // there the river's level has the last word
    EXPECT_NEAR(static_cast<double>(z[c]), height, 1.5);
    ++checked;
  }
  EXPECT_GE(checked, 2);
}

TEST_F(TinyBuild, RiversNeverRiseAndLakesAreLevel) {
  const auto z = raster<float>("elevation/elevation.tif");
  const auto waterways = layer("hydro/waterways.fgb");
  ASSERT_GT(waterways.features.size(), 5U);
  std::set<std::string> classes, names;
  double fall = 0;
  for (const Feature& f : waterways.features) {
    classes.insert(waterways.text(f, "class"));
    names.insert(waterways.text(f, "name"));
    const auto& line = f.geometry.parts[0];
    const double drop = static_cast<double>(z[*z.grid.cell_at(line.front())]) -
                        static_cast<double>(z[*z.grid.cell_at(line.back())]);
    EXPECT_GE(drop, -0.051) << "a line that rises downstream";  // heights are kept to a decimetre
    fall += drop;
  }
  EXPECT_GT(fall, 5);
  EXPECT_EQ(classes, (std::set<std::string>{"river", "stream"}));
  EXPECT_TRUE(names.contains("Testa"));
  std::set<float> levels;
  const auto cover = raster<std::uint8_t>("landcover/landcover.tif");
  for (std::size_t i = 0; i < z.values.size(); ++i)
    if (cover.values[i] == 80) levels.insert(z.values[i]);
  EXPECT_EQ(levels.size(), 1U);
}

TEST_F(TinyBuild, CoverAndSoilFitTheWaterAndTheShares) {
  const auto cover = raster<std::uint8_t>("landcover/landcover.tif");
  const auto soil = raster<std::uint8_t>("soil/soil.tif");
  std::map<int, int> count;
  for (std::size_t i = 0; i < cover.values.size(); ++i) {
    ++count[cover.values[i]];
    const bool water = cover.values[i] == 80 || cover.values[i] == 81;
    EXPECT_EQ(is_nodata(soil.values[i]), water);
    EXPECT_TRUE(cover.values[i] != 91 || soil.values[i] == 10);  // bog is peat
  }
  const auto cells = static_cast<double>(cover.values.size());
  EXPECT_NEAR(count[80], 225, 16);  // the lake of 1.5 x 1.5 km
  EXPECT_NEAR((count[10]) / cells, 0.30, 0.02);
  EXPECT_NEAR((count[91] + count[92] + count[93]) / cells, 0.04, 0.01);
  EXPECT_NEAR((count[50] + count[52]) / cells, 0.03, 0.015);
  EXPECT_EQ(*std::max_element(cover.values.begin(), cover.values.end()), std::uint8_t{93});
}

TEST_F(TinyBuild, RoadsJoinTheTownsAndBridgeTheRiver) {
  const auto main = layer("roads/roads_main.fgb");
  // Union of the ends: every numbered road piece hangs together.
  std::map<std::pair<long, long>, int> node;
  std::vector<int> parent;
  const auto root = [&](int a) {
    while (parent[static_cast<std::size_t>(a)] != a) a = parent[static_cast<std::size_t>(a)];
    return a;
  };
  const auto id = [&](Point p) {
    const auto [it, fresh] =
        node.try_emplace({std::lround(p.x), std::lround(p.y)}, static_cast<int>(parent.size()));
    if (fresh) parent.push_back(it->second);
    return it->second;
  };
  bool named = false;
  for (const Feature& f : main.features) {
    const auto& line = f.geometry.parts[0];
    parent[static_cast<std::size_t>(root(id(line.front())))] = root(id(line.back()));
    EXPECT_TRUE(main.text(f, "class") == "trunk" || main.text(f, "class") == "secondary");
    EXPECT_EQ(main.text(f, "quality"), "schematic");
    named = named || (main.text(f, "brunnel") == "bridge" &&
                      main.text(f, "name") == "Bridge at Midway (Testa)");
  }
  std::set<int> roots;
  for (int i = 0; i < static_cast<int>(parent.size()); ++i) roots.insert(root(i));
  EXPECT_EQ(roots.size(), 1U) << "numbered roads do not hang together";
  EXPECT_TRUE(named);
  for (const Point at :
       {Point{442'000, 6'006'500}, Point{454'000, 6'006'000}, Point{447'500, 6'010'800}}) {
    double nearest = 1e9;
    for (const auto& [key, n] : node)
      nearest = std::min(nearest, std::hypot(at.x - static_cast<double>(key.first),
                                             at.y - static_cast<double>(key.second)));
    EXPECT_LT(nearest, 100);
  }
  // The border of the two states is not an open one: no minor road crosses it.
  const auto minor = layer("roads/roads_minor.fgb");
  ASSERT_GT(minor.features.size(), 20U);
  int crossings = 0;
  for (const Feature& f : minor.features) {
    const auto& line = f.geometry.parts[0];
    const auto [low, high] =
        std::minmax_element(line.begin(), line.end(), [](Point a, Point b) { return a.y < b.y; });
    if (low->y < 6'004'300 && high->y > 6'004'700) ++crossings;
  }
  EXPECT_EQ(crossings, 0);
}

TEST_F(TinyBuild, InventedPlacesDoNotPretend) {
  const auto places = layer("places/places.fgb");
  int real = 0, invented = 0;
  for (const Feature& f : places.features) {
    const bool synthetic = places.text(f, "quality") == "synthetic";
    EXPECT_EQ(synthetic, places.text(f, "name").starts_with("synthetic hamlet"));
    (synthetic ? invented : real) += 1;
    EXPECT_TRUE(places.text(f, "name") != "Northam" || places.number(f, "population", -1) == -1);
  }
  EXPECT_EQ(real, 5);
  EXPECT_GT(invented, 20);
}

TEST_F(TinyBuild, ServicesSayThatTheyAreInvented) {
  const auto services = layer("people/services.fgb");
  ASSERT_GT(services.features.size(), 0U);
  const std::set<std::string> known{"clinic", "school", "shelter", "crossing"};
  for (const Feature& f : services.features) {
    EXPECT_TRUE(known.contains(services.text(f, "class")));
    EXPECT_EQ(services.text(f, "quality"), "synthetic");
    EXPECT_TRUE(tiny_grid().cell_at(f.geometry.parts[0][0]).has_value());
  }
}

TEST_F(TinyBuild, MunicipalitiesCoverTheLandOnce) {
  const auto municipalities = layer("admin/municipalities.fgb");
  const auto states = layer("admin/states.fgb");
  Raster<std::uint8_t> times(tiny_grid(), 0);
  for (const Feature& f : municipalities.features) {
    EXPECT_NE(municipalities.text(f, "name"), "");
    for_each_cell_inside(times.grid, f.geometry, [&](Cell c) { ++times[c]; });
  }
  Raster<std::uint8_t> land(tiny_grid(), 0);
  for (const Feature& f : states.features) {
    for_each_cell_inside(land.grid, f.geometry, [&](Cell c) { land[c] = 1; });
  }
  EXPECT_EQ(times.values, land.values);
}

TEST_F(TinyBuild, DitchesAreOfUsableLengthAndOnOpenLand) {
  const auto ditches = layer("hydro/ditches.fgb");
  const auto cover = raster<std::uint8_t>("landcover/landcover.tif");
  ASSERT_GT(ditches.features.size(), 5U);
  for (const Feature& f : ditches.features) {
    EXPECT_GE(length_of(f.geometry), 700);
    EXPECT_LE(length_of(f.geometry), 3'100);
    const std::uint8_t c = cover[*cover.grid.cell_at(f.geometry.parts[0][1])];
    EXPECT_NE(c, 80);
    EXPECT_NE(c, 50);
  }
}

TEST_F(TinyBuild, TheSameBytesOnAnyThreads) {
  const auto again = build_data(world_->options("threads", 3), silent_monitor());
  ASSERT_TRUE(again) << to_string(again.error());
  ASSERT_EQ(again->files.size(), report_->files.size());
  for (std::size_t i = 0; i < again->files.size(); ++i)
    EXPECT_EQ(again->files[i].sha256, report_->files[i].sha256) << again->files[i].name;
}

TEST_F(TinyBuild, ASecondRunDoesNothingUnlessSomethingChanged) {
  const auto options = world_->options("twice");
  ASSERT_TRUE(build_data(options, silent_monitor()));
  const auto stamp = fs::last_write_time(options.output / "sources.json");
  auto second = build_data(options, silent_monitor());
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->up_to_date);
  EXPECT_EQ(second->files.size(), 16U);
  EXPECT_EQ(fs::last_write_time(options.output / "sources.json"), stamp);
  fs::remove(options.output / "soil/soil.tif");
  second = build_data(options, silent_monitor());
  ASSERT_TRUE(second) << to_string(second.error());
  EXPECT_FALSE(second->up_to_date);
  EXPECT_TRUE(fs::exists(options.output / "soil/soil.tif"));
}

TEST_F(TinyBuild, AMissingPackageIsNamedWithTheCommand) {
  auto options = world_->options("none");
  options.node_modules = {world_->folder() / "nowhere"};
  auto made = build_data(options, silent_monitor());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::input);
  EXPECT_NE(made.error().message.find("@tiny/states"), std::string::npos);
  EXPECT_NE(made.error().hint.find("npm ci"), std::string::npos);
  options = world_->options("none");
  options.debian_root = world_->folder() / "nowhere";
  made = build_data(options, silent_monitor());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().hint, "apt-get install tiny-drainage");
  EXPECT_FALSE(fs::exists(options.output));
}

TEST_F(TinyBuild, AFolderOfOthersIsNotReplaced) {
  auto options = world_->options("precious");
  fs::create_directories(options.output);
  ASSERT_TRUE(write_file(options.output / "thesis.txt", "mine"));
  const auto made = build_data(options, silent_monitor());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::input);
  EXPECT_TRUE(fs::exists(options.output / "thesis.txt"));
}

// Asks to stop at a phase.
class Stopper : public Monitor {
 public:
  explicit Stopper(std::string phase) : phase_(std::move(phase)) {}
  void begin(std::string_view phase, std::int64_t, std::string_view) override {
    stop_ = stop_ || phase == phase_;
  }
  bool stop_requested() const override { return stop_; }

 private:
  std::string phase_;
  bool stop_ = false;
};

TEST_F(TinyBuild, AStopLeavesNothingBehind) {
  const auto before = names_in(world_->folder().path());
  for (const char* phase : {"checking inputs", "reading packages", "relief", "main roads"}) {
    Stopper stopper(phase);
    const auto made = build_data(world_->options("stopped"), stopper);
    ASSERT_FALSE(made) << phase;
    EXPECT_EQ(made.error().code, ErrorCode::interrupted) << phase;
    EXPECT_EQ(names_in(world_->folder().path()), before) << phase;
  }
}

TEST(TinyFaults, DamagedInputsAreErrorsThatNameThem) {
  const auto error_with = [](const std::string& file, const std::string& bytes) {
    TinyPackages world;
    world.folder().write(file, bytes);
    const auto made = build_data(world.options("out"), silent_monitor());
    EXPECT_FALSE(made) << file;
    EXPECT_FALSE(fs::exists(world.folder() / "out"));
    return made ? Error{} : made.error();
  };
  EXPECT_NE(error_with("node_modules/towns/towns.txt", "a\tb\n").message.find("19"),
            std::string::npos);
  EXPECT_EQ(error_with("node_modules/@tiny/lakes/map.geo.json", "{\"a\":[[").code,
            ErrorCode::input);
  EXPECT_EQ(error_with("usr/share/lines.fgb", "no flatgeobuf").code, ErrorCode::input);
  EXPECT_EQ(error_with("usr/share/relief.asc", "no grid").code, ErrorCode::input);
  auto facts = tiny_facts();
  facts.replace(facts.find("\"Eastham\""), 9, "\"Eastam\"");
  const auto unknown = error_with("facts.toml", facts);
  EXPECT_EQ(unknown.where.line, 4);
  EXPECT_NE(unknown.hint.find("Eastham"), std::string::npos);
}

}  // namespace
}  // namespace abatis::gather
