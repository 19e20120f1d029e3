#pragma once
// Roads: the recipe's facts (schematic) and a proximity network between settlements and synthetic
// hamlets (synthetic), both routed over the ground, joined where they meet, and cut into edges
// between nodes.

#include <array>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"
#include "abatis/geo/layer.hpp"
#include "abatis/travel/travel.hpp"
#include "build_cover.hpp"
#include "build_recipe.hpp"
#include "build_relief.hpp"
#include "build_sources.hpp"

namespace abatis::gather {

// Classes by importance; 0 = no road.
enum RoadRank : std::uint8_t {
  kNoRoad,
  kMotorway,
  kTrunk,
  kPrimary,
  kSecondary,
  kTertiary,
  kMinor
};
const char* road_class_name(std::uint8_t rank);
std::uint8_t road_rank(const std::string& road_class);

// A set of steps between neighbouring cells, each with a class and the road numbers that use it.
class RoadNet {
 public:
  explicit RoadNet(const Grid& grid);
  // Adds the steps of a chain of 8-neighbours. A step that is there keeps the higher class and
  // collects numbers ("S61, E67").
  void add(const std::vector<Cell>& chain, std::uint8_t rank, int ref);
  bool used(Cell c) const;  // a step ends here
  std::uint8_t rank_at(Cell c) const { return best_[static_cast<std::size_t>(c)]; }

  struct Edge {  // between nodes; cells in order
    std::vector<Cell> cells;
    std::uint8_t rank = kNoRoad;
    std::vector<int> refs;
  };
  // Chains between nodes: cells where other than two steps meet or class or numbers change.
  std::vector<Edge> edges() const;

 private:
  struct Step {
    std::uint8_t rank = kNoRoad;
    std::int16_t refs = -1;  // index into ref_sets_
  };
  Step* step(Cell a, Cell b);
  const Step* step_at(Cell c, int direction, Cell& to) const;
  std::int16_t with_ref(std::int16_t set, int ref);

  Grid grid_;
  std::vector<std::array<Step, 4>> steps_;  // E, SW, S, SE of each cell
  std::vector<std::uint8_t> best_;
  std::vector<std::vector<int>> ref_sets_;
};

struct Roads {
  Layer main, minor;  // class, ref, name, brunnel, quality; noded
  double main_km = 0, minor_km = 0;
  int bridges = 0;
  std::vector<std::string> bridges_not_found;  // of the recipe: no crossing within 4 km
};

Result<Roads> make_roads(const Recipe& recipe, const Inputs& inputs, const Gazetteer& places,
                         const Relief& relief, const Ground& ground, int threads, Monitor& monitor);

// Proximity graphs: pairs at most `longest` apart with no third point in between. `gabriel`: in the
// disc on the pair as diameter (Gabriel & Sokal 1969); `relative`: nearer to both than they are to
// each other (Toussaint 1980), a subset. O(n k) with a bucket grid. Sorted.
enum class Proximity { gabriel, relative };
std::vector<std::pair<int, int>> proximity_pairs(const std::vector<Point>& points, double longest,
                                                 Proximity kind);

// A cell path with its corners rounded: simplified, Chaikin (1974) twice, ends kept.
std::vector<Point> smooth_line(const Grid& grid, const std::vector<Cell>& cells,
                               double tolerance_m);

}  // namespace abatis::gather
