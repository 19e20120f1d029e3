// Places joined to the nearest road: the road is cut there, and nothing else changes.

#include <cmath>

#include <gtest/gtest.h>

#include "abatis/base/random.hpp"
#include "abatis/geo/rasterize.hpp"
#include "abatis/roads/road_graph.hpp"

namespace abatis {
namespace {

constexpr Grid kGrid{
    .epsg = 3346, .origin_x = 0, .origin_y = 1000, .cell = 100, .rows = 10, .cols = 20};

RoadGraph one_road(std::vector<Point> line) {
  RoadGraph graph;
  graph.nodes = kGatheredNodes + 2;
  RoadEdge edge;
  edge.from = 2;
  edge.to = 3;
  edge.line = std::move(line);
  edge.cells = cells_of_line(kGrid, edge.line);
  edge.length_m = length_of({GeometryKind::line, {edge.line}});
  graph.edges.push_back(edge);
  return graph;
}

TEST(JoinPlaces, CutsTheRoadInOrderAndKeepsItsLength) {
  RoadGraph graph = one_road({{0, 500}, {1000, 500}, {1000, 900}});
  const auto nodes =
      join_places(kGrid, {{1100, 700}, {250, 450}, {600, 560}, {250, 540}, {0, 0}}, 200, graph);
  ASSERT_EQ(nodes.size(), 5U);
  EXPECT_EQ(nodes[4], -1) << "too far";
  EXPECT_EQ(nodes[1], nodes[3]) << "the same foot";
  ASSERT_EQ(graph.edges.size(), 4U);
  double length = 0;
  int at = 2;
  for (const RoadEdge& edge : graph.edges) {
    EXPECT_EQ(edge.from, at);
    EXPECT_LT(edge.to, graph.nodes);
    at = edge.to;
    length += edge.length_m;
  }
  EXPECT_EQ(at, 3);
  EXPECT_NEAR(length, 1400, 1e-9);
  EXPECT_EQ(graph.edges[0].to, nodes[1]);
  EXPECT_EQ(graph.edges[1].to, nodes[2]);
  EXPECT_EQ(graph.edges[2].to, nodes[0]);
}

TEST(JoinPlaces, AnEndOfTheRoadIsTheNodeThatStandsThere) {
  RoadGraph graph = one_road({{0, 500}, {1000, 500}});
  const auto nodes = join_places(kGrid, {{-50, 500}, {1010, 480}}, 100, graph);
  EXPECT_EQ(nodes, (std::vector<int>{2, 3}));
  EXPECT_EQ(graph.edges.size(), 1U);
}

// Any places on any line: pieces follow each other, lengths add up, each foot is the nearest point.
TEST(JoinPlaces, RandomPlacesLieAtTheNearestPoint) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 0);
    const auto draw = [&](double below) {
      return below * static_cast<double>(random.below(1000)) / 1000;
    };
    std::vector<Point> line{{draw(2000), draw(1000)}};
    while (line.size() < 5) line.push_back({draw(2000), draw(1000)});
    RoadGraph graph = one_road(line);
    const double whole = graph.edges[0].length_m;
    std::vector<Point> places;
    for (int i = 0; i < 6; ++i) places.push_back({draw(2000), draw(1000)});
    const auto nodes = join_places(kGrid, places, 5000, graph);
    double length = 0;
    for (const RoadEdge& edge : graph.edges) length += edge.length_m;
    EXPECT_NEAR(length, whole, 1e-6);
    for (std::size_t p = 0; p < places.size(); ++p) {
      ASSERT_GE(nodes[p], 2);
      Point foot = line.front();
      for (const RoadEdge& edge : graph.edges) {
        if (edge.from == nodes[p]) foot = edge.line.front();
        if (edge.to == nodes[p]) foot = edge.line.back();
      }
      double least = INFINITY;  // by trying many points of the line
      for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        for (int k = 0; k <= 200; ++k) {
          const double t = k / 200.0;
          const double x = line[i].x + t * (line[i + 1].x - line[i].x);
          const double y = line[i].y + t * (line[i + 1].y - line[i].y);
          least = std::min(least, std::hypot(x - places[p].x, y - places[p].y));
        }
      }
      const double d = std::hypot(foot.x - places[p].x, foot.y - places[p].y);
      EXPECT_LE(d, least + 0.01);
      EXPECT_GE(d, least - 20);
    }
  }
}

}  // namespace
}  // namespace abatis
