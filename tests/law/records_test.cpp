// Records: every byte, field and line that is changed is found; what is public is coarse.
#include "abatis/law/records.hpp"

#include <cmath>
#include <ctime>
#include <filesystem>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/random.hpp"
#include "abatis/geo/io.hpp"
#include "law/zone_shape.hpp"
#include "support/temp_folder.hpp"

namespace abatis {
namespace {
namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Json = nlohmann::json;

ZoneRecord zone(int i, Random& random) {
  ZoneRecord r;
  r.site = "E1-B1-" + std::to_string(100 + i);
  r.zone = "MZ-" + r.site;
  r.place = "Kalvarija,\"Nord\"";
  r.state = "LTU";
  r.measure = "mined_zone";
  r.device = "anti_vehicle_mine";
  r.delivery = "by hand or vehicle";
  r.marking = "marked and fenced";
  r.life_time = "until lifted";
  r.park = "park-003";
  r.year = 2028;
  r.epsg = 3346;
  double x = 430000 + random.uniform(0, 40000), y = 6020000 + random.uniform(0, 20000);
  for (int k = 0; k < 4; ++k) {
    r.line.push_back({x, y});
    x += random.uniform(200, 600);
    y += random.uniform(-150, 150);  // turns below 90 degrees: beyond, strokes meet the other limb
  }
  r.depth_m = 200;
  r.outline = band_around(r.line, r.depth_m);
  r.reference[0] = r.line.front();
  r.reference[1] = r.line.back();
  r.length_m = 1500;
  r.perimeter_m = 3400;
  r.extent_ha = 30;
  r.facing_deg = 271;
  r.number = 73731;
  return r;
}

class Records : public ::testing::Test {
 protected:
  Records() : seed_(static_cast<std::uint64_t>(std::time(nullptr))), random_(seed_, 5) {
    for (int i = 0; i < 3; ++i) zones_.push_back(zone(i, random_));
    file_ = begin_records(zones_, {"staff", {2026, 1, 15}});
    file_ = add("MZ-E1-B1-101", "stored", {2028, 3, 1}).value();
    file_ = add("MZ-E1-B1-101", "emplaced", {2028, 4, 1}).value();
  }
  Result<std::string> add(const std::string& id, const std::string& event, Date on) const {
    return append_record(
        file_, {.zone = id, .event = event, .by = "depot", .note = "é", .on = on, .number = 73000},
        "records.jsonl");
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    std::istringstream in(file_);
    for (std::string line; std::getline(in, line);) out.push_back(line + "\n");
    return out;
  }
  static std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines) all += line;
    return all;
  }
  std::uint64_t seed_;
  Random random_;
  std::vector<ZoneRecord> zones_;
  std::string file_;
};

TEST_F(Records, StandWholeAndComeBackAsTheyWere) {
  const RecordChain chain = verify_records(file_);
  EXPECT_FALSE(chain.fault);
  EXPECT_EQ(chain.lines, 5);
  const auto read = read_records(file_, "records.jsonl");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[1].status, "emplaced");
  EXPECT_EQ((*read)[1].number, 73000);
  EXPECT_EQ((*read)[0].status, "planned");
  for (std::size_t i = 0; i < 3; ++i) {
    const ZoneRecord &a = (*read)[i].record, &b = zones_[i];
    EXPECT_EQ(a.zone, b.zone);
    EXPECT_EQ(a.place, b.place);
    EXPECT_EQ(a.number, b.number);
    EXPECT_EQ(a.outline.size(), b.outline.size());
    for (int k = 0; k < 2; ++k) {
      EXPECT_NEAR(a.reference[k].x, b.reference[k].x, 0.051) << "seed " << seed_;
    }
  }
  EXPECT_TRUE(read_records("", "records.jsonl")->empty());
}

TEST_F(Records, EveryByteThatIsChangedIsFoundInItsLine) {
  int line = 1;
  for (std::size_t i = 0; i < file_.size(); ++i) {
    std::string changed = file_;
    changed[i] = static_cast<char>(changed[i] ^ (1 << random_.below(8)));
    const RecordChain chain = verify_records(changed);
    ASSERT_TRUE(chain.fault) << "byte " << i << " seed " << seed_;
    ASSERT_EQ(chain.fault->line, line) << "byte " << i << " seed " << seed_;
    if (file_[i] == '\n') ++line;
  }
}

TEST_F(Records, EveryFieldThatIsChangedIsFoundThoughItsLineIsSealedAgain) {
  const auto all = lines();
  Json json = Json::parse(all[1]);
  for (const auto& [name, value] : json.items()) {
    Json other = json;
    other[name] = value.is_number() ? Json(value.get<int>() + 1) : Json("changed");
    auto now = all;
    now[1] = other.dump() + "\n";
    const RecordChain chain = verify_records(joined(now));
    ASSERT_TRUE(chain.fault) << name;
    EXPECT_EQ(chain.fault->line, 2) << name;
  }
  for (const auto& [name, value] : json["record"].items()) {
    auto now = all;
    const std::string key = "\"" + name + "\":";
    const auto at = now[1].find(key);
    ASSERT_NE(at, std::string::npos) << name;
    now[1].insert(at + key.size(), "0.");
    EXPECT_EQ(verify_records(joined(now)).fault->line, 2) << name;
  }
  // Written anew with a right hash of its own, the line after shows it.
  std::vector<ZoneRecord> others = zones_;
  others[1].number = 1;
  std::istringstream forged(begin_records(others, {"staff", {2026, 1, 15}}));
  auto now = all;
  for (int i = 0; i < 2; ++i) {
    std::getline(forged, now[static_cast<std::size_t>(i)]);
    now[static_cast<std::size_t>(i)] += "\n";
  }
  EXPECT_EQ(verify_records(joined(now)).fault->line, 3);
}

TEST_F(Records, LinesTakenOutMovedAddedOrCutAreFound) {
  const auto all = lines();
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    auto out = all;
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(verify_records(joined(out)).fault->line, static_cast<int>(i) + 1);
    auto moved = all;
    std::swap(moved[i], moved[i + 1]);
    EXPECT_EQ(verify_records(joined(moved)).fault->line, static_cast<int>(i) + 1);
    auto twice = all;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), all[i]);
    EXPECT_EQ(verify_records(joined(twice)).fault->line, static_cast<int>(i) + 2);
  }
  for (int n = 0; n < 200; ++n) {
    const auto cut = random_.below(file_.size());
    const std::string part = file_.substr(0, cut);
    const RecordChain chain = verify_records(part);
    if (part.empty() || part.back() == '\n') {
      // Whole lines gone from the end: the head is another than the one that was noted.
      EXPECT_FALSE(chain.fault);
      EXPECT_NE(chain.head, verify_records(file_).head);
    } else {
      EXPECT_TRUE(chain.fault) << cut << " seed " << seed_;
    }
  }
}

TEST_F(Records, LifeGoesOnlyForward) {
  EXPECT_THAT(add("MZ-E1-B1-101", "stored", {2029, 1, 1}).error().message,
              HasSubstr("it is emplaced"));
  EXPECT_THAT(add("MZ-E1-B1-101", "cleared", {2028, 3, 31}).error().message, HasSubstr("before"));
  EXPECT_THAT(add("MZ-E1-B1-110", "stored", {2029, 1, 1}).error().hint, HasSubstr("MZ-E1-B1-1"));
  EXPECT_FALSE(add("MZ-E1-B1-100", "emplaced", {2029, 1, 1})) << "it was never stored";
  for (const char* event : {"cleared", "released"}) {
    file_ = add("MZ-E1-B1-101", event, {2031, 5, 5}).value();
  }
  EXPECT_THAT(add("MZ-E1-B1-101", "released", {2032, 1, 1}).error().hint, HasSubstr("ended"));
  EXPECT_TRUE(add("MZ-E1-B1-100", "released", {2026, 1, 15}));
  std::string broken = file_;
  broken[100] ^= 1;
  const auto refused = append_record(broken,
                                     {.zone = "MZ-E1-B1-100",
                                      .event = "stored",
                                      .by = "d",
                                      .note = "",
                                      .on = {2030, 1, 1},
                                      .number = {}},
                                     "records.jsonl");
  EXPECT_THAT(to_string(refused.error()), HasSubstr("records.jsonl:1: error: line 1 was tampered"));
}

TEST_F(Records, ExportsAreWholeAndMarked) {
  TempFolder out;
  const auto zones = read_records(file_, "records.jsonl").value();
  const auto files = export_records(zones, out.path(), false);
  ASSERT_TRUE(files) << to_string(files.error());
  EXPECT_EQ(files->size(), 5U);
  for (const auto& file : *files) {
    EXPECT_THAT(read_file(out.path() / file).value(), HasSubstr("RESTRICTED")) << file;
  }
  const Json geojson = Json::parse(read_file(out.path() / "mined_zones.geojson").value());
  EXPECT_EQ(geojson.at("features").size(), 3U);
  EXPECT_EQ(geojson["features"][1]["properties"]["status"], "emplaced");
  EXPECT_EQ(geojson["features"][1]["properties"]["number_counted"], 73000);
  const auto layer = read_layer(out.path() / "mined_zones.gpkg", 3346);
  ASSERT_TRUE(layer) << to_string(layer.error());
  EXPECT_NEAR(area_of(layer->features[0].geometry),
              area_of({GeometryKind::polygon, {zones_[0].outline}}), 200);
  const std::string kml = read_file(out.path() / "mined_zones.kml").value();
  EXPECT_THAT(kml, HasSubstr("<color>ff3c7000</color>"));
  EXPECT_THAT(kml, HasSubstr("GFMPOFA---****X"));
  EXPECT_THAT(kml, HasSubstr("GFMAOFA---****X"));
  EXPECT_THAT(read_file(out.path() / "mined_zones.nvg").value(),
              HasSubstr("https://tide.act.nato.int/schemas/2012/10/nvg"));
}

// The front and its ticks lie on the left of the middle, where the adversary is.
TEST_F(Records, FrontsFaceTheAdversary) {
  for (const auto& z : zones_) {
    for (const auto& tick : ticks_left(moved_left(z.line, z.depth_m / 2), 100, 60)) {
      const Point mid = tick[0], tip = tick[1];
      EXPECT_NEAR(std::hypot(tip.x - mid.x, tip.y - mid.y), 60, 1e-6);
      EXPECT_FALSE(contains({GeometryKind::polygon, {z.outline}}, tip)) << "seed " << seed_;
      EXPECT_GT(tip.y, mid.y) << "the lines run east, left is north; seed " << seed_;
    }
  }
}

TEST_F(Records, NothingPublicIsFinerThan500Metres) {
  TempFolder out;
  const auto zones = read_records(file_, "records.jsonl").value();
  const auto files = export_records(zones, out.path(), true).value();
  std::vector<Point> seen;
  for (const auto& file : files) {
    const std::string bytes = read_file(out.path() / file).value();
    for (const char* secret :
         {"E1-B1", "Kalvarija", "park-003", "depot", "staff", "emplaced", "stored",
          "number_planned", "facing_deg", "bought_in", "RESTRICTED", "OGL"}) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " in " << file;
    }
    EXPECT_THAT(bytes, HasSubstr("PUBLIC"));
    if (fs::path(file).extension() == ".gpkg") continue;
    static const std::regex kPair(R"((2[0-9]\.[0-9]{3,}),\s*(5[0-9]\.[0-9]{3,}))");
    for (auto it = std::sregex_iterator(bytes.begin(), bytes.end(), kPair);
         it != std::sregex_iterator(); ++it) {
      seen.push_back({std::stod((*it)[1]), std::stod((*it)[2])});
    }
  }
  EXPECT_GE(seen.size(), 3U * (5 + 5 + 5 + 2)) << "of GeoJSON, KML, NVG and the CSV's two points";
  std::vector<Point> back = transform(seen, 4326, 3346).value();
  const auto layer = read_layer(out.path() / "mined_zones.gpkg", 3346).value();
  for (const Feature& f : layer.features) {
    back.insert(back.end(), f.geometry.parts[0].begin(), f.geometry.parts[0].end());
  }
  for (const Point& p : back) {
    for (const double v : {p.x, p.y}) {
      EXPECT_NEAR(v, std::round(v / kPublicGrid) * kPublicGrid, 0.5) << "seed " << seed_;
    }
  }
}

}  // namespace
}  // namespace abatis
