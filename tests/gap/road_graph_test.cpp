// The road layer as a graph, and the own routes on it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "abatis/roads/road_graph.hpp"
#include "drawn_gap.hpp"
#include "gap/ground.hpp"

namespace abatis {
namespace {

using testing::DrawnGap;
using testing::Map;

// Five rows of LTU over five of POL, between RUS in the west and BLR in the east.
DrawnGap band() {
  Map states;
  for (int r = 0; r < 10; ++r) states.push_back(r < 5 ? "RLLLLLLLB" : "RPPPPPPPB");
  return DrawnGap(states, Map(10, std::string(9, '.')), 300);
}

OwnRoutes own(const DrawnGap& drawn) {
  return drawn.gap().own;
}

TEST(OwnRoutes, TwoRoadsThatShareAPieceAreOne) {
  DrawnGap drawn = band();
  drawn.add_road({{9, 2}, {6, 4}});
  drawn.add_road({{9, 6}, {6, 4}});
  drawn.add_road({{6, 4}, {3, 4}}, "main", "A5");
  drawn.add_road({{3, 4}, {0, 2}});
  drawn.add_road({{3, 4}, {0, 6}});
  const OwnRoutes routes = own(drawn);
  EXPECT_EQ(routes.disjoint, 1);
  EXPECT_EQ(routes.fewest.routes, 1);
  ASSERT_EQ(routes.fewest.roads.size(), 1U);
  EXPECT_EQ(routes.fewest.roads[0].ref, "A5");
  EXPECT_DOUBLE_EQ(routes.capacity_per_h, 1000);
  ASSERT_EQ(routes.routes.size(), 1U);
  EXPECT_EQ(routes.routes[0].ref, "A5");
}

TEST(OwnRoutes, CapacityIsCutWhereItIsLeast) {
  DrawnGap drawn = band();
  drawn.add_road({{9, 2}, {5, 2}}, "main");
  drawn.add_road({{5, 2}, {0, 2}}, "lane", "7");
  drawn.add_road({{9, 6}, {0, 6}}, "main", "A1");
  const OwnRoutes routes = own(drawn);
  EXPECT_EQ(routes.disjoint, 2);
  EXPECT_DOUBLE_EQ(routes.capacity_per_h, 1300);
  EXPECT_DOUBLE_EQ(routes.least.capacity_per_h, 1300);
  EXPECT_EQ(routes.by_class, (std::vector<int>{1, 2}));
  ASSERT_EQ(routes.routes.size(), 2U);
  EXPECT_EQ(routes.routes[0].ref, "A1") << "the more important first";
  EXPECT_EQ(routes.routes[1].road, 1) << "as weak as its weakest piece";
}

TEST(OwnRoutes, ARoadOverAnotherDoesNotJoinIt) {
  DrawnGap drawn = band();
  // A cross without a shared vertex: the southern half of one, the northern half of the other.
  drawn.add_road({{9, 1}, {4, 6}});
  drawn.add_road({{4, 1}, {9, 6}});
  drawn.add_road({{4, 1}, {4, 2}});
  EXPECT_EQ(own(drawn).disjoint, 0);
  EXPECT_THAT(own(drawn).why, ::testing::HasSubstr("no road"));
  DrawnGap joined = band();
  joined.add_road({{9, 1}, {5, 5}, {4, 6}});
  joined.add_road({{5, 5}, {0, 5}});
  EXPECT_EQ(own(joined).disjoint, 1) << "a vertex inside a line joins, too";
}

TEST(OwnRoutes, OneWayCountsInItsDirectionOnly) {
  for (const auto& [oneway, routes] :
       {std::pair{"1", 1}, {"yes", 1}, {"-1", 0}, {"0", 1}, {"", 1}}) {
    DrawnGap drawn = band();
    drawn.add_road({{9, 3}, {0, 3}}, "main", "", oneway);
    EXPECT_EQ(own(drawn).disjoint, routes) << oneway;
  }
}

TEST(OwnRoutes, OverHostileGroundThereIsNone) {
  DrawnGap drawn = band();
  drawn.add_road({{9, 3}, {5, 0}, {0, 3}});
  EXPECT_EQ(own(drawn).disjoint, 0);
}

TEST(OwnRoutes, SaysWhyThereAreNone) {
  const DrawnGap apart({"RLLB", "R  B", "RPPB"}, {"....", "....", "...."});
  EXPECT_THAT(own(apart).why, ::testing::HasSubstr("do not border on each other"));
  const DrawnGap shallow({"RLLB", "RPPB"}, {"....", "...."}, 5000);
  EXPECT_THAT(own(shallow).why, ::testing::HasSubstr("5 km behind its border"));
}

TEST(RoadGraph, ALineIsCutAtJunctionsAndEndsInTheHinterland) {
  DrawnGap drawn = band();
  drawn.add_road({{9, 3}, {8, 3}, {7, 3}, {6, 3}, {5, 3}, {3, 3}, {1, 3}, {0, 3}});
  drawn.add_road({{5, 3}, {5, 6}});
  const auto ground =
      gap_detail::make_ground(drawn.scenario, drawn.terrain, drawn.scenario.gaps[0]);
  const auto graph = make_road_graph(drawn.scenario.catalogue, drawn.terrain.roads,
                                     {ground.half, ground.hinterland});
  ASSERT_EQ(graph.edges.size(), 3U);
  EXPECT_EQ(graph.edges[0].from, gap_detail::kFirstNode);
  EXPECT_EQ(graph.edges[0].to, graph.edges[1].from);
  EXPECT_EQ(graph.edges[1].to, gap_detail::kSecondNode);
  EXPECT_EQ(graph.edges[2].from, graph.edges[0].to);
  EXPECT_EQ(graph.edges[0].line.front(), drawn.at(8, 3)) << "300 m behind the border";
}

}  // namespace
}  // namespace abatis
