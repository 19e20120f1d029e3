#include "build_roads.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/base/random.hpp"
#include "abatis/base/sort.hpp"
#include "build_fields.hpp"

namespace abatis::gather {

namespace {

constexpr double kBridgeNear_m = 4000;

// What a road costs to lead through each cell, as the inverse of a speed, and the roads so far.
class Router {
 public:
  Router(const Recipe& recipe, const Inputs& inputs, const Relief& relief, const Ground& ground,
         int threads)
      : grid_(inputs.grid), relief_(relief), ground_(ground), speed_(grid_, 0.0F), net_(grid_) {
    const auto grain = noise(grid_, stream_seed(recipe.seed, Stream::road), 2'500, 2, 0.5, threads);
    parallel_for(grid_.size(), threads, [&](std::size_t i) {
      speed_.values[i] = static_cast<float>(1.0 / cost(i, static_cast<double>(grain.values[i])));
    });
    // May a minor road pass between two states?
    const std::size_t n = inputs.states.features.size() + 1;
    open_.assign(n * n, 0);
    for (std::size_t a = 0; a < n; ++a) open_[a * n + a] = 1;
    for (const auto& pair : recipe.open_borders) {
      const auto index = [&](const std::string& code) {
        return static_cast<std::size_t>(
            std::find(recipe.states.begin(), recipe.states.end(), code) - recipe.states.begin() +
            1);
      };
      const std::size_t a = index(pair[0]), b = index(pair[1]);
      if (a < n && b < n) open_[a * n + b] = open_[b * n + a] = 1;
    }
    states_ = n;
  }

  bool joined(std::uint8_t a, std::uint8_t b) const { return open_[a * states_ + b] != 0; }
  const RoadNet& net() const { return net_; }
  const Grid& grid() const { return grid_; }
  std::uint8_t state_at(Point p) const {
    const auto cell = grid_.cell_at(p);
    return cell ? ground_.state[*cell] : std::uint8_t{0};
  }

  // The way that costs least inside a window about the two places, as a chain of 8-neighbours.
  // `through` may be entered: cells of other states cost a hundred times more.
  std::vector<Cell> route(Point from, Point to, const std::vector<std::uint8_t>& through) const {
    const Bounds window = window_of(from, to);
    Grid w = grid_;
    const auto c0 =
        static_cast<std::int32_t>(std::floor((window.min_x - grid_.origin_x) / grid_.cell));
    const auto r0 =
        static_cast<std::int32_t>(std::floor((grid_.origin_y - window.max_y) / grid_.cell));
    const std::int32_t col0 = std::max(0, c0), row0 = std::max(0, r0);
    w.cols = std::min(grid_.cols, static_cast<std::int32_t>(
                                      std::ceil((window.max_x - grid_.origin_x) / grid_.cell))) -
             col0;
    w.rows = std::min(grid_.rows, static_cast<std::int32_t>(
                                      std::ceil((grid_.origin_y - window.min_y) / grid_.cell))) -
             row0;
    w.origin_x += col0 * grid_.cell;
    w.origin_y -= row0 * grid_.cell;
    Raster<float> speed(w, 0.0F);
    for (std::int32_t r = 0; r < w.rows; ++r)
      for (std::int32_t c = 0; c < w.cols; ++c) {
        const Cell whole = grid_.at(r + row0, c + col0);
        const std::uint8_t state = ground_.state[whole];
        const bool allowed = std::find(through.begin(), through.end(), state) != through.end();
        speed[w.at(r, c)] = speed_[whole] * (allowed ? 1.0F : 0.01F);
      }
    const auto start = w.cell_at(from), end = w.cell_at(to);
    if (!start || !end || *start == *end) return {};
    TravelOptions options;
    options.neighbours = 16;
    options.targets = {*end};
    options.predecessors = true;
    const std::vector<Cell> sources{*start};
    const TimeField field = travel_time({.speed_mps = &speed}, sources, options);
    const std::vector<Cell> path = least_time_path(field, *end);
    std::vector<Cell> chain;
    for (const Cell c : path) {
      const Cell whole = grid_.at(w.row_of(c) + row0, w.col_of(c) + col0);
      if (!chain.empty()) step_between(chain.back(), whole, chain);
      chain.push_back(whole);
    }
    return chain;
  }

  // Adds a road, and makes it the cheaper way for those that follow.
  void add(const std::vector<Cell>& chain, std::uint8_t rank, int ref) {
    for (const Cell c : chain) {
      const bool had = net_.used(c) && net_.rank_at(c) <= rank;
      if (had) continue;
      const float gain = rank <= kTertiary ? 2.6F : 1.9F;
      const float before = net_.used(c) ? (net_.rank_at(c) <= kTertiary ? 2.6F : 1.9F) : 1.0F;
      speed_[c] *= gain / before;
    }
    net_.add(chain, rank, ref);
  }

 private:
  double cost(std::size_t i, double grain) const {
    const double slope = static_cast<double>(relief_.slope_percent.values[i]);
    double cost = 1 + (slope / 6) * (slope / 6);
    switch (ground_.cover.values[i]) {
      case kForest:
        cost *= 1.25;
        break;
      case kMarsh:
      case kBog:
      case kSwamp:
        cost *= 3;
        break;
      default:
        break;
    }
    cost *= std::exp(0.22 * grain);
    if (relief_.water.values[i] == 1) return 60;
    if (relief_.water.values[i] == 2 || relief_.channel.values[i] == 2) return 9 + cost;
    if (relief_.channel.values[i] == 1) return 2 + cost;
    return cost;
  }

  Bounds window_of(Point a, Point b) const {
    const double margin = 2500 + 0.35 * std::hypot(a.x - b.x, a.y - b.y);
    return Bounds{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}
        .grown(margin);
  }

  // A move of the knight is led over the diagonal cell.
  void step_between(Cell a, Cell b, std::vector<Cell>& chain) const {
    const std::int32_t dr = grid_.row_of(b) - grid_.row_of(a);
    const std::int32_t dc = grid_.col_of(b) - grid_.col_of(a);
    if (std::abs(dr) <= 1 && std::abs(dc) <= 1) return;
    const std::int32_t sr = dr > 0 ? 1 : -1, sc = dc > 0 ? 1 : -1;
    chain.push_back(grid_.at(grid_.row_of(a) + sr, grid_.col_of(a) + sc));
  }

  Grid grid_;
  const Relief& relief_;
  const Ground& ground_;
  Raster<float> speed_;
  RoadNet net_;
  std::vector<std::uint8_t> open_;
  std::size_t states_ = 0;
};

// The part of a leg inside the region; false when none is.
bool cut_to(const Bounds& b, Point& from, Point& to) {
  double t0 = 0, t1 = 1;
  const double dx = to.x - from.x, dy = to.y - from.y;
  const auto side = [&](double p, double q) {  // Liang & Barsky 1984
    if (p == 0) return q >= 0;
    const double t = q / p;
    if (p < 0)
      t0 = std::max(t0, t);
    else
      t1 = std::min(t1, t);
    return t0 <= t1;
  };
  if (!side(-dx, from.x - b.min_x) || !side(dx, b.max_x - from.x) || !side(-dy, from.y - b.min_y) ||
      !side(dy, b.max_y - from.y))
    return false;
  const Point a = from;
  from = {a.x + t0 * dx, a.y + t0 * dy};
  to = {a.x + t1 * dx, a.y + t1 * dy};
  return true;
}

Status route_facts(const Recipe& recipe, const Gazetteer& places, Router& router,
                   Monitor& monitor) {
  // Important roads first: the others then join them.
  std::vector<std::size_t> order(recipe.roads.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  sort_stably(order, [&](std::size_t a, std::size_t b) {
    return road_rank(recipe.roads[a].road_class) < road_rank(recipe.roads[b].road_class);
  });
  monitor.begin("main roads", static_cast<std::int64_t>(order.size()), "road");
  const Bounds inside = router.grid().bounds().grown(-router.grid().cell / 2);
  for (const std::size_t index : order) {
    if (monitor.stop_requested()) return fail(ErrorCode::interrupted, "stopped while laying roads");
    const RoadFact& road = recipe.roads[index];
    for (std::size_t k = 0; k + 1 < road.past.size(); ++k) {
      ABATIS_TRY(Point from, places.find(road.past[k]));
      ABATIS_TRY(Point to, places.find(road.past[k + 1]));
      if (!cut_to(inside, from, to)) continue;
      const std::vector<std::uint8_t> through{router.state_at(from), router.state_at(to)};
      router.add(router.route(from, to, through), road_rank(road.road_class),
                 static_cast<int>(index));
    }
    monitor.advance(1);
  }
  return {};
}

struct Node {
  Point at;
  std::uint8_t state = 0;
};

Status route_pairs(const std::vector<Node>& nodes, const std::vector<std::pair<int, int>>& pairs,
                   std::uint8_t rank, Router& router, Monitor& monitor) {
  std::int64_t done = 0;
  for (const auto& [i, j] : pairs) {
    if (++done % 64 == 0) {
      monitor.advance(64);
      if (monitor.stop_requested())
        return fail(ErrorCode::interrupted, "stopped while laying roads");
    }
    const Node& a = nodes[static_cast<std::size_t>(i)];
    const Node& b = nodes[static_cast<std::size_t>(j)];
    if (!router.joined(a.state, b.state)) continue;
    router.add(router.route(a.at, b.at, {a.state, b.state}), rank, -1);
  }
  return {};
}

std::vector<Point> points_of(const std::vector<Node>& nodes) {
  std::vector<Point> out;
  for (const Node& n : nodes) out.push_back(n.at);
  return out;
}

Status route_minor(const Recipe& recipe, const Inputs& inputs, const Ground& ground, Router& router,
                   Monitor& monitor) {
  constexpr double kVillageShare = 0.2;  // hamlets that a district road serves
  std::vector<Node> nodes, villages;
  for (const Town& town : inputs.towns) nodes.push_back({town.at, router.state_at(town.at)});
  villages = nodes;
  for (const Hamlet& h : ground.hamlets) {
    nodes.push_back({h.at, h.state});
    if (hashed_uniform(stream_seed(recipe.seed, Stream::hamlet_pick), h.number, -1) < kVillageShare)
      villages.push_back(nodes.back());
  }
  const auto district = proximity_pairs(points_of(villages), 16'000, Proximity::relative);
  const auto points = points_of(nodes);
  auto local = proximity_pairs(points, 7'000, Proximity::relative);
  // Links of the wider graph fill up to the recipe's length.
  const double km2 =
      static_cast<double>(router.grid().size()) * router.grid().cell * router.grid().cell / 1e6;
  const double wanted_m = recipe.shares.minor_road_km_per_km2 * km2 * 1000;
  constexpr double kDetour = 1.2, kShared = 0.75;  // of the straight line; not on older roads
  const auto length = [&](const std::pair<int, int>& p) {
    const Point a = points[static_cast<std::size_t>(p.first)];
    const Point b = points[static_cast<std::size_t>(p.second)];
    return kDetour * kShared * std::hypot(a.x - b.x, a.y - b.y);
  };
  double planned_m = 0;
  for (const auto& p : local) planned_m += length(p);
  for (const auto& p : proximity_pairs(points, 7'000, Proximity::gabriel)) {
    if (planned_m >= wanted_m) break;
    if (std::binary_search(local.begin(), local.end(), p)) continue;
    planned_m += length(p);
    local.push_back(p);
  }
  monitor.begin("minor roads", static_cast<std::int64_t>(district.size() + local.size()), "link");
  ABATIS_CHECK(route_pairs(villages, district, kTertiary, router, monitor));
  return route_pairs(nodes, local, kMinor, router, monitor);
}

// Whether the step into cells[k] passes over a river or lake, also between two diagonal cells.
bool over_water(const Relief& relief, const std::vector<Cell>& cells, std::size_t k) {
  const Cell c = cells[k];
  if (relief.water[c] != 0 || relief.channel[c] == 2) return true;
  if (k == 0) return false;
  const Grid& g = relief.water.grid;
  const Cell before = cells[k - 1];
  const std::int32_t r0 = g.row_of(before), c0 = g.col_of(before);
  const std::int32_t r1 = g.row_of(c), c1 = g.col_of(c);
  if (r0 == r1 || c0 == c1) return false;
  const Cell a = g.at(r0, c1), b = g.at(r1, c0);
  return relief.channel[a] == 2 && relief.channel[b] == 2;
}

class LayerMaker {
 public:
  LayerMaker(const Recipe& recipe, const Relief& relief, Roads& out)
      : recipe_(recipe), relief_(relief), out_(out) {
    for (Layer* layer : {&out.main, &out.minor}) {
      layer->epsg = relief.water.grid.epsg;
      layer->field_names = {"class", "ref", "name", "brunnel", "quality"};
    }
    out.main.name = "roads_main";
    out.minor.name = "roads_minor";
  }

  // An edge in pieces: on land, and on bridges (with one cell of bank on either side).
  void take(const RoadNet::Edge& edge) {
    const std::size_t n = edge.cells.size();
    std::vector<std::uint8_t> bridge(n, 0);
    for (std::size_t k = 0; k < n; ++k) {
      if (!over_water(relief_, edge.cells, k)) continue;
      for (std::size_t m = k > 0 ? k - 1 : 0; m <= std::min(n - 1, k + 1); ++m) bridge[m] = 1;
    }
    std::size_t start = 0;
    while (start + 1 < n) {
      const bool on = bridge[start] != 0 && bridge[start + 1] != 0;
      std::size_t end = start + 1;
      while (end + 1 < n && (bridge[end] != 0 && bridge[end + 1] != 0) == on) ++end;
      piece(edge, start, end, on);
      start = end;
    }
  }

 private:
  // Of the crossings of the smallest roads, which are all synthetic, one short one in four is a
  // ford.
  static bool is_ford(const RoadNet::Edge& edge, const std::vector<Cell>& cells) {
    return edge.refs.empty() && std::string_view(road_class_name(edge.rank)) == "minor" &&
           cells.size() <= 7 && cells.front() % 4 == 0;
  }

  void piece(const RoadNet::Edge& edge, std::size_t start, std::size_t end, bool bridge) {
    const Grid& g = relief_.water.grid;
    const std::vector<Cell> cells(edge.cells.begin() + static_cast<std::ptrdiff_t>(start),
                                  edge.cells.begin() + static_cast<std::ptrdiff_t>(end) + 1);
    const bool fact = !edge.refs.empty();
    std::string ref;
    for (const int r : edge.refs) {
      const std::string& one = recipe_.roads[static_cast<std::size_t>(r)].ref;
      if (!one.empty() && ref.find(one) == std::string::npos)
        ref += (ref.empty() ? "" : ", ") + one;
    }
    Feature feature;
    feature.geometry.kind = GeometryKind::line;
    feature.geometry.parts.push_back(smooth_line(g, cells, 0.7 * g.cell));
    const double km = length_of(feature.geometry) / 1000;
    feature.fields = {std::string(road_class_name(edge.rank)), ref, std::string(),
                      std::string(!bridge                ? ""
                                  : is_ford(edge, cells) ? "ford"
                                                         : "bridge"),
                      std::string(fact ? "schematic" : "synthetic")};
    (fact ? out_.main_km : out_.minor_km) += km;
    out_.bridges += bridge ? 1 : 0;
    (fact ? out_.main : out_.minor).features.push_back(std::move(feature));
  }

  const Recipe& recipe_;
  const Relief& relief_;
  Roads& out_;
};

// The recipe's bridges give their name to the nearest bridge of a numbered road.
Status name_bridges(const Recipe& recipe, const Gazetteer& places, const Bounds& region,
                    Roads& roads) {
  for (const BridgeFact& fact : recipe.bridges) {
    ABATIS_TRY(const Point at, places.find(fact.at));
    if (!region.contains(at)) continue;
    double best = kBridgeNear_m;
    Feature* nearest = nullptr;
    for (Feature& f : roads.main.features) {
      if (std::get<std::string>(f.fields[3]) != "bridge") continue;
      const std::string& ref = std::get<std::string>(f.fields[1]);
      if (!fact.ref.empty() && ref.find(fact.ref) == std::string::npos) continue;
      const Point p = f.geometry.parts[0][f.geometry.parts[0].size() / 2];
      const double d = std::hypot(p.x - at.x, p.y - at.y);
      if (d < best) {
        best = d;
        nearest = &f;
      }
    }
    if (nearest == nullptr)
      roads.bridges_not_found.push_back(fact.name);
    else
      nearest->fields[2] = fmt::format("{} ({})", fact.name, fact.river);
  }
  return {};
}

}  // namespace

Result<Roads> make_roads(const Recipe& recipe, const Inputs& inputs, const Gazetteer& places,
                         const Relief& relief, const Ground& ground, int threads,
                         Monitor& monitor) {
  Router router(recipe, inputs, relief, ground, threads);
  ABATIS_CHECK(route_facts(recipe, places, router, monitor));
  ABATIS_CHECK(route_minor(recipe, inputs, ground, router, monitor));
  Roads roads;
  LayerMaker maker(recipe, relief, roads);
  for (const RoadNet::Edge& edge : router.net().edges()) maker.take(edge);
  ABATIS_CHECK(name_bridges(recipe, places, inputs.grid.bounds(), roads));
  return roads;
}

}  // namespace abatis::gather
