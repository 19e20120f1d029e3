// When the last way is cut, against trying every time.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "abatis/base/random.hpp"
#include "drawn_gap.hpp"
#include "gap/closing.hpp"

namespace abatis::gap_detail {
namespace {

using testing::DrawnGap;
using testing::Map;

// Is there a way over cells not reached before `from_s`? Breadth first, with no cleverness.
bool way_exists(const GapGround& ground, const Raster<float>& speed,
                const std::vector<double>& time_s, double from_s) {
  const Grid& grid = ground.half.grid;
  const auto open = [&](Cell c) {
    return ground.half[c] != 0 && speed[c] > 0 && time_s[static_cast<std::size_t>(c)] >= from_s;
  };
  std::vector<Cell> queue;
  std::vector<bool> seen(grid.size(), false);
  for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
    if (ground.hinterland[c] == 1 && open(c))
      queue.push_back(c), seen[static_cast<std::size_t>(c)] = true;
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (ground.hinterland[queue[i]] == 2) return true;
    for (int dr = -1; dr <= 1; ++dr) {
      for (int dc = -1; dc <= 1; ++dc) {
        const int row = grid.row_of(queue[i]) + dr, col = grid.col_of(queue[i]) + dc;
        if (!grid.inside(row, col)) continue;
        const Cell n = grid.at(row, col);
        if (!open(n) || seen[static_cast<std::size_t>(n)]) continue;
        seen[static_cast<std::size_t>(n)] = true;
        queue.push_back(n);
      }
    }
  }
  return false;
}

TEST(Closing, OverLandEqualsTryingEveryTime) {
  int with_way = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 0);
    Map states, rows;
    for (int r = 0; r < 12; ++r) {
      states.emplace_back(10, r < 6 ? 'L' : 'P');
      rows.emplace_back(10, '.');
      for (char& c : rows.back()) c = random.uniform() < 0.25 ? '~' : '.';
    }
    const DrawnGap drawn(states, rows, 300);
    const GapGround ground = make_ground(drawn.scenario, drawn.terrain, drawn.scenario.gaps[0]);
    ASSERT_EQ(ground.no_routes, "");
    std::vector<double> time_s(ground.half.grid.size());
    for (double& t : time_s) {
      t = random.uniform() < 0.1 ? kUnreachable : static_cast<double>(random.below(30));
    }
    // The deeper hinterland does not count: its cells are joined whatever their time.
    const LandWays ways(ground, drawn.mobility.speeds[0].speed_mps);
    const Cut cut = ways.cut(time_s);
    const bool any = way_exists(ground, drawn.mobility.speeds[0].speed_mps, time_s, -1);
    ASSERT_EQ(cut.any_way, any);
    if (!any) continue;
    ++with_way;
    double latest = -1;
    for (const double t : std::set<double>(time_s.begin(), time_s.end())) {
      if (way_exists(ground, drawn.mobility.speeds[0].speed_mps, time_s, t)) latest = t;
    }
    EXPECT_EQ(cut.time_s, latest);
    EXPECT_EQ(time_s[static_cast<std::size_t>(cut.at)], latest);
  }
  EXPECT_GT(with_way, 50);
}

TEST(Closing, ByRoadEqualsTryingEveryTime) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 1);
    RoadGraph graph;
    graph.nodes = 2 + static_cast<int>(random.below(6));
    std::vector<double> time_s;
    const auto count = random.below(14);
    for (std::uint64_t e = 0; e < count; ++e) {
      RoadEdge edge;
      edge.from = static_cast<int>(random.below(static_cast<std::uint64_t>(graph.nodes)));
      edge.to = static_cast<int>(random.below(static_cast<std::uint64_t>(graph.nodes)));
      if (edge.from == edge.to) continue;
      edge.forward = random.uniform() < 0.8;
      edge.backward = random.uniform() < 0.8;
      edge.length_m = 1 + random.uniform();
      for (int k = 0; k < 2; ++k) {
        edge.cells.push_back(static_cast<Cell>(time_s.size()));
        time_s.push_back(random.uniform() < 0.1 ? kUnreachable
                                                : static_cast<double>(random.below(12)));
      }
      graph.edges.push_back(std::move(edge));
    }
    const auto joined = [&](double from_s) {
      std::vector<bool> seen(static_cast<std::size_t>(graph.nodes), false);
      seen[kFirstNode] = true;
      for (bool changed = true; changed;) {
        changed = false;
        for (const RoadEdge& e : graph.edges) {
          if (std::any_of(e.cells.begin(), e.cells.end(),
                          [&](Cell c) { return time_s[static_cast<std::size_t>(c)] < from_s; })) {
            continue;
          }
          const auto from = static_cast<std::size_t>(e.from), to = static_cast<std::size_t>(e.to);
          if (e.forward && seen[from] && !seen[to]) seen[to] = changed = true;
          if (e.backward && seen[to] && !seen[from]) seen[from] = changed = true;
        }
      }
      return seen[kSecondNode] == true;
    };
    const Cut cut = cut_of_roads(graph, time_s);
    ASSERT_EQ(cut.any_way, joined(-1));
    if (!cut.any_way) continue;
    double latest = -1;
    for (const double t : std::set<double>(time_s.begin(), time_s.end())) {
      if (joined(t)) latest = t;
    }
    EXPECT_EQ(cut.time_s, latest);
    EXPECT_EQ(time_s[static_cast<std::size_t>(cut.at)], latest);
    // The route named is one of those cut last.
    int node = kFirstNode;
    for (const std::size_t e : cut.route) {
      const RoadEdge& edge = graph.edges[e];
      ASSERT_TRUE((edge.from == node && edge.forward) || (edge.to == node && edge.backward));
      node = edge.from == node && edge.forward ? edge.to : edge.from;
      for (const Cell c : edge.cells) EXPECT_GE(time_s[static_cast<std::size_t>(c)], latest);
    }
    EXPECT_EQ(node, kSecondNode);
  }
}

}  // namespace
}  // namespace abatis::gap_detail
