#include "build_people.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"

namespace abatis::gather {
namespace {

constexpr std::int64_t kTown = 3000, kSchool = 800, kShelter = 500;  // people
constexpr double kSpread = 300;           // m, of a service from the middle of its settlement
constexpr double kCrossingsApart = 3000;  // m; nearer ones are one
constexpr double kEdgeCells = 3;

Geometry point(Point p) {
  return {GeometryKind::point, {{p}}};
}

std::uint8_t state_at(const Ground& ground, Point p) {
  const auto cell = ground.state.grid.cell_at(p);
  return cell ? ground.state[*cell] : std::uint8_t{0};
}

class Services {
 public:
  Services(const Recipe& recipe, const Inputs& inputs, const Ground& ground)
      : recipe_(recipe), inputs_(inputs), ground_(ground) {
    layer_ = {.name = "services",
              .epsg = inputs.grid.epsg,
              .field_names = {"class", "name", "quality"},
              .features = {}};
    for (const auto& pair : recipe.open_borders) open_.insert(pair.begin(), pair.end());
  }

  void of_town(const Town& town, std::uint64_t stream) {
    const auto add = [&](std::int64_t from, const char* kind, std::uint64_t kind_stream) {
      if (town.population < from) return;
      Random random(recipe_.seed, (stream << 8U) + kind_stream);
      const Point at{town.at.x + random.uniform(-kSpread, kSpread),
                     town.at.y + random.uniform(-kSpread, kSpread)};
      put(kind, fmt::format("synthetic {}, {}", kind, town.name), at);
    };
    add(kTown, "clinic", 0);
    add(kSchool, "school", 1);
    add(kShelter, "shelter", 2);
  }

  void of_roads(const Roads& roads) {
    for (const Feature& road : roads.main.features) {
      for (const auto& part : road.geometry.parts) {
        if (part.empty()) continue;
        crossing(roads.main.text(road, "ref"), part.front());
        crossing(roads.main.text(road, "ref"), part.back());
      }
    }
  }

  Layer take() { return std::move(layer_); }

 private:
  void put(const char* kind, std::string name, Point at) {
    layer_.features.push_back(
        {point(at), {std::string(kind), std::move(name), std::string("synthetic")}});
  }
  void crossing(const std::string& ref, Point at) {
    const Bounds b = inputs_.grid.bounds();
    const double edge = std::min({at.x - b.min_x, b.max_x - at.x, at.y - b.min_y, b.max_y - at.y});
    if (edge > kEdgeCells * inputs_.grid.cell) return;
    const std::uint8_t state = state_at(ground_, at);
    if (state == 0) return;
    const Feature& land = inputs_.states.features[state - 1U];
    if (!open_.contains(inputs_.states.text(land, "a3"))) return;
    for (const Point& p : crossings_) {
      if (std::hypot(p.x - at.x, p.y - at.y) < kCrossingsApart) return;
    }
    crossings_.push_back(at);
    put("crossing",
        ref.empty() ? std::string("road out of the region")
                    : fmt::format("road {} out of the region", ref),
        at);
  }

  const Recipe& recipe_;
  const Inputs& inputs_;
  const Ground& ground_;
  Layer layer_;
  std::set<std::string> open_;
  std::vector<Point> crossings_;
};

// Towns by state; where a state has none, its largest settlement.
std::map<std::uint8_t, std::vector<const Town*>> towns_by_state(const Inputs& inputs,
                                                                const Ground& ground) {
  std::map<std::uint8_t, std::vector<const Town*>> out;
  std::map<std::uint8_t, const Town*> largest;
  for (const Town& town : inputs.towns) {  // largest first
    const std::uint8_t state = state_at(ground, town.at);
    if (state == 0) continue;
    largest.try_emplace(state, &town);
    if (town.population >= kTown) out[state].push_back(&town);
  }
  for (const auto& [state, town] : largest) {
    if (!out.contains(state)) out[state].push_back(town);
  }
  return out;
}

std::size_t nearest(const std::vector<const Town*>& towns, Point p) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < towns.size(); ++t) {
    const double dx = towns[t]->at.x - p.x;
    const double dy = towns[t]->at.y - p.y;
    if (dx * dx + dy * dy < least) {
      least = dx * dx + dy * dy;
      best = t;
    }
  }
  return best;
}

}  // namespace

Layer make_services(const Recipe& recipe, const Inputs& inputs, const Ground& ground,
                    const Roads& roads) {
  Services services(recipe, inputs, ground);
  for (std::size_t t = 0; t < inputs.towns.size(); ++t) {
    services.of_town(inputs.towns[t], static_cast<std::uint64_t>(t) + 1);
  }
  services.of_roads(roads);
  return services.take();
}

Layer make_municipalities(const Inputs& inputs, const Ground& ground) {
  Layer layer{.name = "municipalities",
              .epsg = inputs.grid.epsg,
              .field_names = {"name", "quality"},
              .features = {}};
  const auto towns = towns_by_state(inputs, ground);
  const Grid& grid = ground.state.grid;
  std::map<std::pair<std::uint8_t, std::size_t>, std::vector<Cell>> cells;
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    const auto own = towns.find(ground.state[c]);
    if (own == towns.end()) continue;
    cells[{own->first, nearest(own->second, grid.centre(c))}].push_back(c);
  }
  std::map<std::string, int> of_name;
  for (const auto& [state, list] : towns) {
    for (const Town* town : list) ++of_name[town->name];
  }
  for (const auto& [key, own] : cells) {
    const Town& town = *towns.at(key.first)[key.second];
    const std::string state = inputs.states.text(inputs.states.features[key.first - 1U], "a3");
    const std::string name =
        of_name[town.name] > 1 ? fmt::format("{} ({})", town.name, state) : town.name;
    layer.features.push_back({outline_of_cells(grid, own), {name, std::string("synthetic")}});
  }
  return layer;
}

}  // namespace abatis::gather
