#include "fixture.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"
#include "abatis/measures/site_land.hpp"
#include "abatis/travel/travel.hpp"

namespace abatis::fixture {
namespace {

constexpr std::int32_t kRows = 100;
constexpr std::int32_t kCols = 130;
constexpr double kCell = 500;
constexpr std::int32_t kWest = 24;   // RUS west of it
constexpr std::int32_t kEast = 108;  // BLR east of it
constexpr std::int32_t kRiver = 66;

constexpr double west_border(std::int32_t row) {
  return kWest + 4 * (row % 40 < 20 ? row % 20 : 20 - row % 20) / 20.0;
}
double east_border(std::int32_t row) {
  return kEast - 6 * std::sin(row * 0.06);
}

void make_catalogue(Scenario& s, const std::string& evil) {
  const Provenance cited{"Field Manual 5-33, chapter 7"};
  const Provenance unverified{"unverified"};
  Catalogue& c = s.catalogue;
  for (const auto& [id, name, road, off] : {std::tuple{"heavy_tracked", "heavy tracked", 18.0, 6.0},
                                            std::tuple{"wheeled_8x8", "wheeled 8x8", 25.0, 5.0}}) {
    Mover m;
    m.id = id;
    m.name = name + evil;
    m.vmax_road_mps = road;
    m.vmax_offroad_mps = off;
    m.provenance = unverified;
    c.movers.push_back(m);
  }
  for (const auto& [id, name] : {std::pair{"dry", "dry ground"}, std::pair{"frozen", "frozen"}}) {
    Season season;
    season.id = id;
    season.name = name;
    season.provenance = cited;
    c.seasons.push_back(season);
  }
  RoadClass road;
  road.id = "main";
  road.name = "main road";
  road.codes = {"primary"};
  road.rank = 1;
  road.provenance = cited;
  c.roads.push_back(road);
  CoverClass open;
  open.id = open.name = "open";
  open.farmed = true;
  open.margin_eur_ha = 500;
  open.margin_provenance = open.provenance = unverified;
  c.covers.push_back(open);
  NaturalObstacle river;
  river.id = "river";
  river.name = "river";
  river.codes = {"river"};
  river.barrier = true;
  river.provenance = cited;
  c.naturals.push_back(river);
  const auto measure = [&](const char* id, const char* name, const char* cls, SiteRule rule,
                           SiteKind kind, const char* unit, double eur,
                           std::array<std::uint8_t, 3> colour, const char* symbol) {
    Measure m;
    m.id = id;
    m.name = name + evil;
    m.budget_class = cls;
    m.rule = rule;
    m.kind = kind;
    m.unit = unit;
    m.unit_cost_eur = {0.8 * eur, eur, 1.3 * eur};
    m.lead_years = kind == SiteKind::segment ? 0 : 1;
    m.maintenance_share = 0.02;
    m.liability_eur = {0.05 * eur, 0.1 * eur, 0.3 * eur};
    m.growth_years = rule == SiteRule::standing_forest ? 3 : 0;
    m.symbol = symbol;
    m.colour = colour;
    m.note = std::string("Made up for tests.") + evil;
    m.provenance = unverified;
    for (int mover = 0; mover < 2; ++mover) {
      for (int season = 0; season < 2; ++season) {
        m.delays.push_back({mover, season, {600, 1800, 3600}, unverified});
      }
    }
    c.measures.push_back(m);
  };
  measure("at_mines", "anti-tank mined zone", "anti_tank_mines", SiteRule::belt_segment,
          SiteKind::segment, "km", 900'000, {0, 92, 48}, "mined-zone");
  measure("av_ditch", "anti-vehicle ditch", "engineering", SiteRule::belt_segment,
          SiteKind::segment, "km", 500'000, {26, 128, 70}, "ditch-obstacle");
  measure("drain_ditch", "drainage ditch deepened", "engineering", SiteRule::mapped_ditch,
          SiteKind::segment, "km", 60'000, {64, 140, 110}, "ditch");
  measure("bridge_denial", "bridge prepared for denial", "counter_mobility", SiteRule::bridge,
          SiteKind::point, "piece", 400'000, {0, 112, 60}, "bridge");
  measure("forest_kept", "standing forest retained", "engineering", SiteRule::standing_forest,
          SiteKind::block, "ha", 900, {96, 148, 60}, "forest");
  measure("cover", "anti-tank armament cover", "anti_tank_mines", SiteRule::cover,
          SiteKind::segment, "km", 300'000, {122, 92, 153}, "cover");
  measure("park", "counter-mobility park", "counter_mobility", SiteRule::park, SiteKind::point,
          "piece", 900'000, {59, 74, 90}, "park");
  c.measures[0].emplacement = {.rate_per_h = {0.1, 0.3, 0.5}, .loads = 2};
  c.measures[0].acts = c.measures[5].acts = c.measures[6].acts = unverified;
  c.measures[5].delays.clear();
  c.measures[5].multiplier = {1, 2, 3};
  c.measures[6].delays.clear();
  c.measures[6].park = {.crews = 2, .call_out_s = {3600, 7200, 14400}, .loads = 80, .convoy = 0};
  c.effects = {1800, 0.5, 0.9, 3 * 3600, unverified};
  c.measures[0].mined_depth_m = 200;
  c.measures[0].land_width_m = 260;
  c.measures[1].land_width_m = 30;
  c.measures[6].land_m2 = 20'000;
  c.civil = {.clearance_eur_m2 = {0.08, 1, 8.5},
             .clearance_cost = unverified,
             .clearance_m2_year = 600'000,
             .clearance_rate = unverified,
             .inspection_years = 0.5,
             .inspection = unverified,
             .mover = 0,
             .delayed_s = 600,
             .to_road_m = 1000,
             .household = 2.3,
             .access = unverified};
}

void make_scenario(Made& made, const std::string& evil) {
  Scenario& s = made.scenario;
  s.id = "fixture";
  s.title = "A made-up sector" + evil;
  s.description = "Small and synthetic, for the tests of the products." + evil;
  s.seed = 7;
  s.first_year = 2026;
  s.years = 10;
  s.grid = {3346, 422'000, 6'055'000, kCell, kRows, kCols};
  s.friendly = {"LTU"};
  s.adversary = {"RUS", "BLR"};
  make_catalogue(s, evil);
  s.measures = {0, 1, 2, 3, 4, 5, 6};
  const Bounds b = s.grid.bounds();
  const auto x = [&](double col) { return b.min_x + col * kCell; };
  const auto y = [&](double row) { return b.max_y - row * kCell; };
  s.entries = {
      {"west", "Kaliningrad side" + evil, "RUS", {"LTU"}, {x(18), y(70), x(36), y(30)}, {}},
      {"east", "Grodno side", "BLR", {"LTU"}, {x(98), y(80), x(118), y(30)}, {}}};
  s.objectives = {{"marijampole", "Marijampolė" + evil, {x(62.5), y(40.5)}, {}, 1000, {}},
                  {"alytus", "Alytus", {x(74.5), y(66.5)}, {}, 1000, {}}};
  s.axes = {{"west-in", "Kaliningrad to Marijampolė" + evil, 0, 0, 0.6, {}},
            {"east-in", "Grodno to Alytus", 1, 1, 0.4, {}}};
  s.movers = {{0, 0.6}, {1, 0.4}};
  s.seasons = {{0, 0.7}, {1, 0.3}};
  for (int a = 0; a < 2; ++a) {
    for (int m = 0; m < 2; ++m) {
      for (int k = 0; k < 2; ++k) {
        s.cases.push_back({a, m, k,
                           s.axes[static_cast<std::size_t>(a)].weight *
                               s.movers[static_cast<std::size_t>(m)].weight *
                               s.seasons[static_cast<std::size_t>(k)].weight});
      }
    }
  }
  s.echelons = {
      {"E1", "first echelon", 0, 5000, {2000}, "", {"defensenews.com, August 2025"}},
      {"E2", "second echelon", 5000, 20000, {8000}, "", {"defensenews.com, August 2025"}}};
  s.quotas = {{4, 20, {}, {"made up"}}};
  s.warning = {{6 * 3600, 24 * 3600, 48 * 3600}, true, {"made up"}};
  s.money.by_year.assign(10, Euro(24e6));
  s.money.carry_over = 1;
  s.money.provenance.source = "made up";
  s.earmarks = {{"anti_tank_mines", EarmarkRule::at_least, Euro(60e6), 0, {}, {"made up"}},
                {"engineering", EarmarkRule::at_most, Euro(90e6), 0, {}, {"made up"}}};
  s.plan.year_weights.assign(10, 0.1);
  s.caveats = {"Everything in this run is synthetic: it exists to test the report." + evil};
  LayerSource land;
  land.role = LayerRole::landcover;
  land.file = "/data/cover.tif";
  land.shown = "landcover/cover.tif";
  land.quality = LayerQuality::synthetic;
  land.source = "made by the test" + evil;
  land.licence = "CC0";
  land.date = "2026-11-01";
  s.layers = {land};
  s.inputs = {{"/data/scenario.toml", "scenario.toml", "scenario", std::string(64, 'a')},
              {"/data/cover.tif", "landcover/cover.tif" + evil, "landcover", std::string(64, 'b')}};
}

void add_line(Layer& layer, const Grid& g, std::vector<std::pair<double, double>> row_col,
              const char* cls) {
  std::vector<Point> line;
  for (const auto& [row, col] : row_col) {
    line.push_back({g.origin_x + (col + 0.5) * g.cell, g.origin_y - (row + 0.5) * g.cell});
  }
  layer.features.push_back({{GeometryKind::line, {line}}, {std::string(cls)}});
}

void make_vectors(Made& made, const std::string& evil) {
  Terrain& t = made.terrain;
  const Grid& g = t.grid;
  t.roads = {"roads", g.epsg, {"class"}, {}};
  t.waterways = {"waterways", g.epsg, {"class"}, {}};
  t.states = {"states", g.epsg, {"a3"}, {}};
  t.water_areas = {"water", g.epsg, {"class"}, {}};
  add_line(t.roads, g, {{40, 4}, {42, 30}, {40, 62}, {40, 90}}, "primary");
  add_line(t.roads, g, {{40, 90}, {44, 126}}, "primary");
  add_line(t.roads, g, {{66, 126}, {66, 74}, {40, 62}}, "primary");
  std::vector<std::pair<double, double>> river;
  for (int r = 0; r < kRows; ++r) river.emplace_back(r, kRiver);
  add_line(t.waterways, g, river, "river");
  for (int side = 0; side < 3; ++side) {
    std::vector<Cell> cells;
    for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
      if (t.state[c] == side + 1) cells.push_back(c);
    }
    static constexpr const char* kCodes[] = {"LTU", "RUS", "BLR"};
    t.states.features.push_back({outline_of_cells(g, cells), {std::string(kCodes[side])}});
  }
  Geometry lake{GeometryKind::polygon, {{}}};
  for (int i = 0; i <= 24; ++i) {
    const double a = i % 24 * 2 * 3.14159265358979 / 24;
    lake.parts[0].push_back(
        {g.origin_x + (84 + 5 * std::cos(a)) * kCell, g.origin_y - (22 + 9 * std::sin(a)) * kCell});
  }
  t.water_areas.features.push_back({lake, {std::string("lake")}});
  const auto place = [&](const char* name, const char* kind, int row, int col, int population) {
    t.settlements.push_back({name + evil, kind, g.centre(g.at(row, col)), population});
  };
  place("Marijampolė", "town", 40, 62, 34'879);
  place("Alytus", "town", 66, 74, 50'741);
  place("Vilkaviškis", "town", 38, 40, 9'943);
  place("Lazdijai", "town", 80, 60, 3'700);
  place("Grodno", "city", 66, 124, 368'710);
  place("Gusev", "town", 42, 6, 27'461);
  place("Kalvarija", "village", 56, 50, -1);
}

void make_terrain(Made& made, const std::string& evil) {
  Terrain& t = made.terrain;
  const Grid g = made.scenario.grid;
  t.grid = g;
  t.elevation_m = Raster<float>(g, 100);
  t.slope_percent = Raster<float>(g, 2);
  for (auto* raster :
       {&t.cover, &t.soil, &t.road, &t.water, &t.natural, &t.bridge, &t.state, &t.side}) {
    *raster = Raster<std::uint8_t>(g, 0);
  }
  t.intercepts_per_km = Raster<float>(g, 0);
  t.border_distance_m = Raster<float>(g, 0);
  Raster<std::uint8_t> friendly(g, 0);
  Raster<std::uint8_t> adversary(g, 0);
  for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
    const std::int32_t row = g.row_of(c);
    const std::int32_t col = g.col_of(c);
    const int state = col < west_border(row) ? 2 : col > east_border(row) ? 3 : 1;
    t.state[c] = static_cast<std::uint8_t>(state);
    t.side[c] = static_cast<std::uint8_t>(state == 1 ? Side::friendly : Side::adversary);
    (state == 1 ? friendly : adversary)[c] = 1;
    t.natural[c] = col == kRiver ? 1 : 0;
  }
  const Raster<float> to_friendly = distance_to(friendly);
  const Raster<float> to_adversary = distance_to(adversary);
  for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
    t.border_distance_m[c] = std::max(to_friendly[c], to_adversary[c]) - static_cast<float>(kCell);
  }
  make_vectors(made, evil);
  for (const Feature& road : t.roads.features) {
    for (const Cell c : cells_of_line(g, road.geometry.parts[0])) {
      t.road[c] = 1;
      if (t.natural[c] != 0) t.bridge[c] = 1;
      t.natural[c] = 0;
    }
  }
  t.notes = {{"landcover", "unknown cells read with the upper bound", 12}};
}

void make_mobility(Made& made) {
  Mobility& m = made.mobility;
  m.seasons = 2;
  const Grid& g = made.terrain.grid;
  for (int mover = 0; mover < 2; ++mover) {
    for (int season = 0; season < 2; ++season) {
      SpeedRaster speed;
      speed.mover = mover;
      speed.season = season;
      speed.speed_mps = Raster<float>(g, 0);
      const Mover& kind = made.scenario.catalogue.movers[static_cast<std::size_t>(mover)];
      for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
        const double rough = 0.35 + 0.65 * hashed_uniform(3, g.row_of(c) / 6, g.col_of(c) / 6);
        const double off = kind.vmax_offroad_mps * rough * (season == 1 ? 1.3 : 1.0);
        speed.speed_mps[c] =
            static_cast<float>(made.terrain.road[c] != 0 ? kind.vmax_road_mps * 0.7 : off);
      }
      m.speeds.push_back(std::move(speed));
      m.natural_delay_s.push_back({season == 1 ? 300.0 : 2400.0});
    }
  }
}

struct SiteMaker {
  Made& made;
  const std::string& evil;

  void add(SiteRule rule, SiteKind kind, int echelon, std::vector<Cell> cells,
           const std::vector<int>& measures, const char* what) {
    const Grid& g = made.terrain.grid;
    std::erase_if(cells, [&](Cell c) { return made.sites.barrier[c] > made.sites.naturals; });
    if (cells.empty()) return;
    Site site;
    const auto index = static_cast<int>(made.sites.sites.size());
    site.id = fmt::format("{}-{:03}", what, index);
    site.name = fmt::format("{} number {}, near Kalvarija{}", what, index, evil);
    site.kind = kind;
    site.rule = rule;
    site.echelon = echelon;
    site.belt = rule == SiteRule::belt_segment ? 0 : -1;
    site.nearest_place = "Kalvarija" + evil;
    if (kind == SiteKind::segment) {
      std::vector<Point> line;
      for (const Cell c : cells) line.push_back(g.centre(c));
      if (line.size() == 1) line.push_back({line[0].x, line[0].y - g.cell / 2});
      site.geometry = {GeometryKind::line, {line}};
      site.length_m = length_of(site.geometry);
    } else if (kind == SiteKind::block) {
      site.geometry = outline_of_cells(g, cells);
      site.area_m2 = static_cast<double>(cells.size()) * g.cell * g.cell;
    } else {
      site.geometry = {GeometryKind::point, {{g.centre(cells[0])}}};
    }
    for (const Cell c : cells) made.sites.barrier[c] = made.sites.barrier_of_site(index);
    site.cells = std::move(cells);
    for (const int m : measures) site.options.push_back(option(site, m));
    site.notes = {"synthetic site" + evil};
    made.sites.sites.push_back(std::move(site));
  }

  Option option(const Site& site, int m) const {
    const Measure& measure = made.scenario.catalogue.measures[static_cast<std::size_t>(m)];
    Option out;
    out.measure = m;
    out.quantity = site.kind == SiteKind::segment ? site.length_m / 1000
                   : site.kind == SiteKind::block ? site.area_m2 / 1e4
                                                  : 1;
    out.cost = Euro(std::round(out.quantity * measure.unit_cost_eur.mean()));
    out.maintenance = Euro(std::round(out.cost.value * measure.maintenance_share));
    out.liability = Euro(out.quantity * measure.liability_eur.mean());
    const double full[] = {5400, 3600, 1500, 2700, 1200};
    for (int speed = 0; speed < 4; ++speed) {
      std::vector<double> by_age;
      for (int age = 0; age < 10; ++age) {
        const double grown =
            measure.growth_years > 0
                ? std::clamp((age - measure.lead_years + 1) / measure.growth_years, 0.0, 1.0)
                : 1.0;
        by_age.push_back(age < measure.lead_years ? 0
                                                  : full[m] * grown * (speed % 2 == 1 ? 0.6 : 1.0) *
                                                        (speed < 2 ? 1.0 : 1.2));
      }
      out.delay_s.push_back(by_age);
    }
    return out;
  }
};

void make_sites(Made& made, const std::string& evil) {
  const Grid& g = made.terrain.grid;
  made.sites.naturals = 1;
  made.sites.barrier = Raster<std::int32_t>(g, 0);
  for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
    made.sites.barrier[c] = made.terrain.natural[c];
  }
  SiteMaker maker{made, evil};
  for (std::int32_t row = 0; row < kRows; ++row) {  // both bridges first: a point is one cell
    const Cell c = g.at(row, kRiver);
    if (made.terrain.bridge[c] != 0) {
      maker.add(SiteRule::bridge, SiteKind::point, 1, {c}, {3}, "bridge");
    }
  }
  const auto belt = [&](auto column, const char* what, SiteRule rule, std::vector<int> measures,
                        int echelon) {
    for (std::int32_t row = 0; row < kRows; row += 4) {
      std::vector<Cell> cells;
      std::int32_t last = column(row);
      for (std::int32_t r = row; r < std::min(row + 4, kRows); ++r) {
        const std::int32_t col = column(r);
        for (std::int32_t k = last; k != col; k += col > last ? 1 : -1) cells.push_back(g.at(r, k));
        cells.push_back(g.at(r, col));
        last = col;
      }
      maker.add(rule, SiteKind::segment, echelon, std::move(cells), measures, what);
    }
  };
  belt([](std::int32_t r) { return static_cast<std::int32_t>(west_border(r)) + 4; }, "belt",
       SiteRule::belt_segment, {0, 1}, 0);
  belt([](std::int32_t r) { return static_cast<std::int32_t>(east_border(r)) - 4; }, "belt",
       SiteRule::belt_segment, {0, 1}, 0);
  belt([](std::int32_t r) { return static_cast<std::int32_t>(east_border(r)) - 14; }, "ditch",
       SiteRule::mapped_ditch, {2}, 1);
  for (int block = 0; block < 12; ++block) {
    std::vector<Cell> cells;
    for (int dr = 0; dr < 4; ++dr) {
      for (int dc = 0; dc < 4; ++dc) cells.push_back(g.at(8 * block + dr, 44 + dc));
    }
    maker.add(SiteRule::standing_forest, SiteKind::block, 1, std::move(cells), {4}, "forest");
  }
}

// What is stored names the one park, and may be had with cover; one ditch and one wood exclude each
// other.
void add_park_cover_and_conflict(Made& made, const std::string& evil) {
  SiteSet& set = made.sites;
  const auto park = static_cast<int>(set.sites.size());
  int ditch = -1, wood = -1;
  for (int i = 0; i < park; ++i) {
    Site& site = set.sites[static_cast<std::size_t>(i)];
    if (ditch < 0 && site.rule == SiteRule::mapped_ditch) ditch = i;
    if (wood < 0 && site.rule == SiteRule::standing_forest) wood = i;
    if (site.options.front().measure != 0) continue;
    site.arrival_s.assign(4, 1800);
    Option& stored = site.options.front();
    stored.park = park;
    stored.travel_s = 2400;
    stored.emplace_s = stored.quantity / 0.3 * 3600;
    stored.crew_h = (2 * stored.travel_s + stored.emplace_s) / 3600;
    stored.loads = 2 * stored.quantity;
    Option covered = stored;
    covered.cover = 5;
    covered.cover_km = stored.quantity;
    covered.cover_cost = Euro(std::round(300'000 * stored.quantity));
    covered.cover_maintenance = covered.cover_cost * 0.02;
    for (auto& by_age : covered.delay_s) {
      for (double& delay : by_age) delay *= 2;
    }
    site.options.push_back(std::move(covered));
  }
  Site site;
  site.id = "park-001";
  site.name = "park at Kalvarija" + evil;
  site.kind = SiteKind::point;
  site.rule = SiteRule::park;
  site.echelon = 1;
  site.nearest_place = "Kalvarija" + evil;
  site.geometry = {GeometryKind::point, {{made.terrain.grid.centre(made.terrain.grid.at(40, 60))}}};
  Option option;
  option.measure = 6;
  option.quantity = 1;
  option.cost = Euro(900'000);
  option.maintenance = Euro(18'000);
  option.crew_h = 40;
  option.loads = 80;
  option.delay_s.assign(4, std::vector<double>(10, 0.0));
  site.options.push_back(std::move(option));
  set.sites.push_back(std::move(site));
  set.conflicts = {{wood, 0, ditch, 0, "made up" + evil}};
}

void make_problem_by_hand(Made& made) {
  PlanProblem& p = made.problem;
  const Scenario& s = made.scenario;
  p.years = s.years;
  p.sites = static_cast<int>(made.sites.sites.size());
  p.year_weights = s.plan.year_weights;
  p.class_names = {"anti_tank_mines", "engineering", "counter_mobility"};
  for (const Euro& euro : s.money.by_year) p.budget.push_back(euro.value);
  const std::vector<std::string>& classes = p.class_names;
  for (std::size_t i = 0; i < made.sites.sites.size(); ++i) {
    const Site& site = made.sites.sites[i];
    for (std::size_t o = 0; o < site.options.size(); ++o) {
      const Option& option = site.options[o];
      const std::string& cls =
          s.catalogue.measures[static_cast<std::size_t>(option.measure)].budget_class;
      p.options.push_back(
          {static_cast<int>(i),
           {{static_cast<int>(std::find(classes.begin(), classes.end(), cls) - classes.begin()),
             option.whole_cost().value, option.whole_maintenance().value}},
           option.delay_s});
      made.origin.push_back({static_cast<int>(i), static_cast<int>(o)});
    }
  }
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    NetworkCase c;
    c.axis = s.cases[k].axis;
    c.mover = s.cases[k].mover;
    c.season = s.cases[k].season;
    c.speed = made.mobility.index(c.mover, c.season);
    c.graph = static_cast<int>(k);
    c.weight = s.cases[k].weight;
    c.sources = {0};
    c.targets = {1};
    made.network.cases.push_back(c);
  }
}

// Buys in hashed order until each year's money is gone; the last two years keep upkeep paid.
void buy(Made& made, bool nothing) {
  PlanProblem& p = made.problem;
  PlanResult& plan = made.plan;
  const auto years = static_cast<std::size_t>(p.years);
  plan.spent.assign(years, 0);
  plan.carried.assign(years, 0);
  std::vector<bool> taken(static_cast<std::size_t>(p.sites), false);
  double upkeep = 0;
  double carried = 0;
  for (std::size_t y = 0; y < years; ++y) {
    plan.carried[y] = carried;
    double left = p.budget[y] + carried - upkeep;
    plan.spent[y] = upkeep;
    double more = 0;
    for (std::size_t o = 0; o < p.options.size() && !nothing; ++o) {
      const auto site = static_cast<std::size_t>(p.options[o].site);
      const double reserve = 2.5e6;  // for the upkeep of what is bought
      if (taken[site] || p.options[o].cost() > left - reserve ||
          hashed_uniform(11, static_cast<std::int64_t>(o), static_cast<std::int64_t>(y)) > 0.25) {
        continue;
      }
      taken[site] = true;
      plan.purchases.push_back({static_cast<int>(o), static_cast<int>(y)});
      left -= p.options[o].cost();
      plan.spent[y] += p.options[o].cost();
      more += p.options[o].maintenance();
    }
    upkeep += more;
    carried = left;
  }
}

double grid_time(const Made& made, std::size_t k, const std::vector<double>& site_delay) {
  const Case& c = made.scenario.cases[k];
  const auto speed = static_cast<std::size_t>(made.network.cases[k].speed);
  const SpeedRaster& raster = made.mobility.speeds[speed];
  const auto cells = axis_cells(made.scenario, made.terrain, raster,
                                made.scenario.axes[static_cast<std::size_t>(c.axis)]);
  if (!cells) return kUnreachable;
  const auto delays =
      barrier_delays(made.sites, made.mobility, static_cast<int>(speed), site_delay);
  TravelOptions options;
  options.targets = cells->targets;
  const TimeField field =
      travel_time({&raster.speed_mps, &made.sites.barrier, delays}, cells->sources, options);
  const Cell target = nearest_target(field, cells->targets);
  return target == kNoCell ? kUnreachable : field.time_s[static_cast<std::size_t>(target)];
}

// Stands for the network and the optimiser: the plan's times are the grid's, and the bound is made
// up, so that the products have figures to show that belong together.
void judge(Made& made) {
  const Scenario& s = made.scenario;
  PlanResult& plan = made.plan;
  plan.time_s.assign(static_cast<std::size_t>(s.years), std::vector<double>(s.cases.size()));
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    const int speed = made.network.cases[k].speed;
    plan.baseline_s.push_back(grid_time(made, k, std::vector<double>(made.sites.sites.size(), 0)));
    for (int y = 0; y < s.years; ++y) {
      const double z = grid_time(made, k, site_delays(made.problem, plan.purchases, y, speed));
      plan.time_s[static_cast<std::size_t>(y)][k] = z;
      plan.objective +=
          made.problem.year_weights[static_cast<std::size_t>(y)] * s.cases[k].weight * z;
    }
    plan.baseline += s.cases[k].weight * plan.baseline_s[k];
    Graph graph;  // two nodes, one arc: what the rest of the plan leaves
    graph.first = {0, 1, 1};
    graph.to = {1};
    graph.time_s = {plan.baseline_s[k]};
    graph.site = {-1};
    made.network.graphs.push_back(graph);
  }
  for (const Graph& graph : made.network.graphs) made.problem.graphs.push_back(&graph);
  made.problem.cases = made.network.cases;
  plan.status = PlanStatus::within_gap;
  plan.bound = plan.baseline + 1.06 * (plan.objective - plan.baseline);
  plan.root_bound = plan.bound;
  plan.nodes = 41;
  plan.cuts = 380;
  plan.rounds = 22;
  plan.prices = {{"budget 2026", 41.5, true},
                 {"budget 2027", 38.25, true},
                 {"budget 2028", 21.0, true},
                 {"earmark anti_tank_mines at_least", -12.5, true},
                 {"earmark engineering at_most", 0, false}};
  made.network.error = {8, 0.0061, 0.0012, "east-in, wheeled 8x8, frozen", 1};
}

}  // namespace

std::unique_ptr<Made> make_fixture(const FixtureOptions& options) {
  auto made = std::make_unique<Made>();
  make_scenario(*made, options.hostile);
  make_terrain(*made, options.hostile);
  make_mobility(*made);
  make_sites(*made, options.hostile);
  add_park_cover_and_conflict(*made, options.hostile);
  find_land(made->terrain, made->sites);
  make_problem_by_hand(*made);
  buy(*made, options.empty_plan);
  judge(*made);
  return made;
}

}  // namespace abatis::fixture
