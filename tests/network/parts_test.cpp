// The parts of the network: tiles, searches inside a tile, and which arcs are needed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <queue>

#include "made_input.hpp"
#include "network/local_search.hpp"
#include "network/node_choice.hpp"
#include "network/spanner.hpp"
#include "network/tiles.hpp"

namespace abatis {
namespace {

using network_detail::LocalArc;
using network_detail::LocalSearch;
using network_detail::needed_arcs;
using network_detail::nodes_on_path;
using network_detail::Region;
using network_detail::TileMap;
using testing::made_random;
using testing::RandomShape;

Grid grid_of(std::int32_t rows, std::int32_t cols) {
  return {.epsg = 3346, .origin_x = 0, .origin_y = 0, .cell = 100, .rows = rows, .cols = cols};
}

TEST(Tiles, HoldEveryCellAndSayWhich) {
  for (const std::int32_t band : {1, 2}) {
    for (const std::int32_t rows : {1, 4, 5, 6, 9, 10, 11, 17}) {
      for (const std::int32_t edge : {4, 5, 100}) {
        const Grid g = grid_of(rows, 13);
        const TileMap tiles(g, edge, band);
        for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
          std::vector<std::int32_t> holding;
          for (std::int32_t t = 0; t < tiles.size(); ++t) {
            if (tiles.region(t).holds(g.row_of(c), g.col_of(c))) holding.push_back(t);
          }
          std::vector<std::int32_t> said;
          for (const std::int32_t t : tiles.tiles_of(c)) {
            if (t >= 0) said.push_back(t);
          }
          ASSERT_EQ(said, holding) << "rows " << rows << " edge " << edge << " cell " << c;
          ASSERT_FALSE(holding.empty());
          ASSERT_EQ(tiles.on_band(c), holding.size() > 1);
        }
      }
    }
  }
}

TEST(Tiles, NoMoveJumpsABand) {
  // Any two cells one move apart share a tile.
  for (const std::int32_t reach : {1, 2}) {
    const Grid g = grid_of(23, 19);
    const TileMap tiles(g, 5, reach);
    for (Cell c = 0; c < static_cast<Cell>(g.size()); ++c) {
      for (std::int32_t dr = -reach; dr <= reach; ++dr) {
        for (std::int32_t dc = -reach; dc <= reach; ++dc) {
          if (std::abs(dr) + std::abs(dc) > reach + 1) continue;
          if (!g.inside(g.row_of(c) + dr, g.col_of(c) + dc)) continue;
          const Cell d = g.at(g.row_of(c) + dr, g.col_of(c) + dc);
          bool shared = false;
          for (const std::int32_t t : tiles.tiles_of(c)) {
            for (const std::int32_t u : tiles.tiles_of(d)) shared = shared || (t >= 0 && t == u);
          }
          ASSERT_TRUE(shared) << c << " to " << d;
        }
      }
    }
  }
}

// Against room travel, with every site a wall: its delay infinite, its cells sources at will.
TEST(LocalSearch, IsTravelWithSitesAsWalls) {
  for (const int neighbours : {8, 16}) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE(::testing::Message() << "seed " << seed);
      RandomShape shape;
      shape.neighbours = neighbours;
      const auto made = made_random(seed, shape);
      const auto& in = made.input;
      LocalSearch search;
      const std::vector<bool> open(in.grid.size(), true);
      search.load(in, 0, open, Region{0, 0, in.grid.rows, in.grid.cols});
      std::vector<double> delays = in.base_delay_s[0];
      for (std::size_t b = static_cast<std::size_t>(in.naturals) + 1; b < delays.size(); ++b) {
        delays[b] = kUnreachable;
      }
      const TravelInput travel{in.speeds[0], in.barrier, delays};
      TravelOptions options;
      options.neighbours = neighbours;
      Random random(seed, 1);
      for (int i = 0; i < 4; ++i) {
        const auto start = static_cast<Cell>(random.below(in.grid.size()));
        search.run(std::array{start});
        const TimeField from = travel_time(travel, std::array{start}, options);
        for (Cell c = 0; c < static_cast<Cell>(in.grid.size()); ++c) {
          ASSERT_EQ(search.time(c), from.time_s[static_cast<std::size_t>(c)]) << "cell " << c;
        }
        search.run(std::array{start}, true);
        const TimeField to = travel_time_to(travel, std::array{start}, options);
        for (Cell c = 0; c < static_cast<Cell>(in.grid.size()); ++c) {
          ASSERT_EQ(search.time(c), to.time_s[static_cast<std::size_t>(c)]) << "cell " << c;
        }
      }
    }
  }
}

TEST(LocalSearch, EnteringPaysTodaysDelayAndComesFromOutside) {
  const testing::AsciiMap map({"A.bb.."}, {.delay_s = {{'b', 30}}});
  const auto made = testing::made_from(map, 0, {0.0}, {});
  LocalSearch search;
  search.load(made.input, 0, std::vector<bool>(6, true), Region{0, 0, 1, 6});
  search.run(std::array{map.cell('A')});
  EXPECT_DOUBLE_EQ(search.entering(2), 20 + 30);
  EXPECT_EQ(search.entering(3), kUnreachable);  // only from its own neighbour
  EXPECT_EQ(search.time(2), kUnreachable);      // a wall
  EXPECT_EQ(search.time(5), kUnreachable);
  search.run(std::array{Cell{2}});
  EXPECT_DOUBLE_EQ(search.time(3), 10);                // within the site
  EXPECT_DOUBLE_EQ(search.time(0), 20);                // out of it, unpaid
  EXPECT_DOUBLE_EQ(search.entering(3), 20 + 10 + 30);  // out to the east and back in
}

TEST(NodesOnPath, AreItsCrossingsAndEntries) {
  const testing::AsciiMap map({"A.b.........B",  //
                               "..b.........."});
  const auto made = testing::made_from(map, 0, {0.0}, {});
  const TileMap tiles(made.input.grid, 5, 1);  // bands at columns 5 and 10
  std::vector<Cell> path;
  for (Cell c = 0; c < 13; ++c) path.push_back(c);
  EXPECT_THAT(nodes_on_path(made.input, tiles, path), ::testing::ElementsAre(2, 5, 10));
}

// All pairs by Bellman-Ford over states (node, whether its site's entry was paid), as needed_arcs
// promises: free paths, and paths that pay once, at the site of their end.
double least_allowed(const std::vector<LocalArc>& arcs, const std::vector<std::int32_t>& site,
                     const LocalArc& wanted) {
  const std::size_t n = site.size();
  const std::int32_t end = site[static_cast<std::size_t>(wanted.to)];
  std::vector<std::array<double, 2>> time(n, {kUnreachable, kUnreachable});
  time[static_cast<std::size_t>(wanted.from)][0] = 0;
  for (std::size_t round = 0; round < 2 * n; ++round) {
    for (const LocalArc& a : arcs) {
      const auto from = static_cast<std::size_t>(a.from);
      const auto to = static_cast<std::size_t>(a.to);
      if (!a.charged) {
        for (std::size_t paid : {0U, 1U}) {
          time[to][paid] = std::min(time[to][paid], time[from][paid] + a.time_s);
        }
      } else if (wanted.charged && site[to] == end) {
        time[to][1] = std::min(time[to][1], time[from][0] + a.time_s);
      }
    }
  }
  const auto& t = time[static_cast<std::size_t>(wanted.to)];
  return wanted.charged ? std::min(t[0], t[1]) : t[0];
}

TEST(Spanner, KeepsWhatItPromises) {
  for (const double stretch : {0.0, 0.05}) {
    std::size_t left_out = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      SCOPED_TRACE(::testing::Message() << "seed " << seed << " stretch " << stretch);
      Random random(seed, 3);
      const std::int32_t n = 3 + static_cast<std::int32_t>(random.below(9));
      std::vector<std::int32_t> site;
      for (std::int32_t i = 0; i < n; ++i) {
        site.push_back(static_cast<std::int32_t>(random.below(4)) - 2);
        if (site.back() < 0) site.back() = -1;
      }
      std::vector<LocalArc> all;
      for (std::int32_t p = 0; p < n; ++p) {
        for (std::int32_t q = 0; q < n; ++q) {
          const auto s = site[static_cast<std::size_t>(q)];
          const bool same = s >= 0 && s == site[static_cast<std::size_t>(p)];
          if (p == q) continue;
          if (s < 0 || same)
            all.push_back({p, q, 1.0 + static_cast<double>(random.below(30)), false});
          if (s >= 0) all.push_back({p, q, 1.0 + static_cast<double>(random.below(30)), true});
        }
      }
      const auto kept = needed_arcs(all, site, stretch);
      left_out += all.size() - kept.size();
      for (const LocalArc& a : all) {
        EXPECT_LE(least_allowed(kept, site, a), a.time_s * (1 + stretch) * (1 + 1e-9));
      }
      const auto all_sorted = needed_arcs(kept, site, stretch);
      EXPECT_EQ(all_sorted.size(), kept.size());  // nothing more can go
    }
    EXPECT_GT(left_out, 100U);
  }
}

}  // namespace
}  // namespace abatis
