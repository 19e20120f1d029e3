// Warning as covering: against all choices of sensors, and against the grid as they see it.

#include "watch/warning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "watch/siting.hpp"
#include "watch_world.hpp"

namespace abatis {
namespace {

using namespace watching;
using testing::watch_world;

SurveillanceRules rules_with_warning() {
  SurveillanceRules rules;
  rules.warning = {.air_weight = 0.7,
                   .ground_weight = 0.3,
                   .full_air_s = 300,
                   .full_ground_s = 1200,
                   .provenance = {}};
  return rules;
}

FixedLane random_lane(Random& random, bool flyer, double weight, int candidates) {
  FixedLane lane{.flyer = flyer,
                 .altitude = 0,
                 .weight = weight,
                 .cells = {},
                 .piece = {},
                 .warning_s = {},
                 .first = {}};
  const int pieces = 1 + static_cast<int>(random.below(6));
  double warning = random.uniform(0, flyer ? 500 : 2000);
  for (int p = 0; p < pieces; ++p) {
    lane.warning_s.push_back(warning);
    warning *= random.below(3) == 0 ? 1.0 : random.uniform();
  }
  lane.first.resize(flyer ? kSituations : kConditions);
  for (auto& first : lane.first) {
    for (int c = 0; c < candidates; ++c) {
      if (random.below(2) == 0) continue;
      first.emplace_back(c, static_cast<int>(random.below(static_cast<std::uint64_t>(pieces))));
    }
  }
  return lane;
}

// What a choice is worth, as the page words it: the first piece that one of them sees.
double plain_worth(const SurveillanceRules& rules, const std::vector<FixedLane>& lanes,
                   unsigned chosen) {
  double sum = 0;
  for (const FixedLane& lane : lanes) {
    for (const auto& first : lane.first) {
      int piece = std::numeric_limits<int>::max();
      for (const auto& [c, p] : first) {
        if ((chosen >> static_cast<unsigned>(c) & 1U) != 0) piece = std::min(piece, p);
      }
      if (piece == std::numeric_limits<int>::max()) continue;
      const double full = lane.flyer ? rules.warning.full_air_s : rules.warning.full_ground_s;
      const double part = lane.flyer ? rules.warning.air_weight : rules.warning.ground_weight;
      sum += part * lane.weight / static_cast<double>(lane.first.size()) *
             std::min(1.0, lane.warning_s[static_cast<std::size_t>(piece)] / full);
    }
  }
  return sum;
}

TEST(WatchWarning, CoveringNestedSetsIsTheWarningGivenForEveryChoice) {
  const SurveillanceRules rules = rules_with_warning();
  constexpr int kSensors = 8;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 77);
    std::vector<FixedLane> lanes;
    for (int i = 0; i < 3; ++i) lanes.push_back(random_lane(random, true, 1.0 / 3, kSensors));
    for (int i = 0; i < 2; ++i) lanes.push_back(random_lane(random, false, 0.5, kSensors));
    CoverSets sets{.cost = {}, .budget = 12, .demand = warning_demand(rules, lanes)};
    for (int c = 0; c < kSensors; ++c) {
      sets.cost.push_back(1 + static_cast<std::int64_t>(random.below(8)));
    }
    double best = 0;
    for (unsigned chosen = 0; chosen < 1U << kSensors; ++chosen) {
      std::vector<int> list;
      std::int64_t cost = 0;
      for (int c = 0; c < kSensors; ++c) {
        if ((chosen >> static_cast<unsigned>(c) & 1U) == 0) continue;
        list.push_back(c);
        cost += sets.cost[static_cast<std::size_t>(c)];
      }
      const double worth = plain_worth(rules, lanes, chosen);
      EXPECT_NEAR(static_cast<double>(covered_weight(sets, list)) / kWhole, worth, 1e-10);
      if (cost <= sets.budget) best = std::max(best, worth);
    }
    const auto answer = cover_sets(sets, {}, silent_monitor());
    ASSERT_TRUE(answer) << to_string(answer.error());
    EXPECT_EQ(answer->status, CoverStatus::optimal);
    EXPECT_NEAR(static_cast<double>(answer->value) / kWhole, best, 1e-10);
    EXPECT_NEAR(static_cast<double>(answer->bound) / kWhole, best, 1e-10);
  }
}

// A small world with what siting goes by.
struct Setting {
  testing::DrawnWorld world;
  WatchGround ground;
  std::vector<WatchPlace> places;
  std::vector<Candidate> candidates;
  std::vector<LaneWarning> to_warn;
  std::vector<Way> ways;
  std::vector<FixedLane> lanes;

  explicit Setting(std::uint64_t seed)
      : world(with_warning(seed)), ground(make_watch_ground(world.scenario, world.terrain)) {
    places = find_places(ground).value();
    candidates = find_reach(ground, places, find_border(ground).value(), find_zone(ground), 1);
    to_warn = places_to_warn(ground);
    ways = ways_of_movers(ground, world.mobility, 1).value();
    lanes = find_fixed_lanes(ground, to_warn, ways, places, candidates, 1);
  }
  static testing::DrawnWorld with_warning(std::uint64_t seed) {
    testing::DrawnWorld world = watch_world(seed);
    SurveillanceRules& rules = world.scenario.surveillance;
    rules.warning = rules_with_warning().warning;
    rules.confirm_s = 5;
    rules.disseminate_s = 5;
    return world;
  }
  double apart(Cell a, Cell b) const {
    const Point p = world.grid().centre(a), q = world.grid().centre(b);
    return std::hypot(p.x - q.x, p.y - q.y);
  }
};

TEST(WatchWarning, LanesLeadFromBehindTheBorderToThePlaces) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    SCOPED_TRACE(seed);
    const Setting s(seed);
    const std::vector<Cell> starts = lane_starts(s.ground);
    const auto flyers = static_cast<std::size_t>(s.ground.rules().lane_altitude + 1);
    ASSERT_EQ(s.lanes.size(), flyers * s.to_warn.size() + s.ways.size());
    double air = 0, ground = 0;
    for (const FixedLane& lane : s.lanes) {
      (lane.flyer ? air : ground) += lane.weight;
      ASSERT_EQ(lane.piece.size(), lane.cells.size());
      EXPECT_EQ(lane.piece.front(), 0);
      EXPECT_EQ(static_cast<std::size_t>(lane.piece.back()) + 1, lane.warning_s.size());
      EXPECT_TRUE(std::is_sorted(lane.warning_s.rbegin(), lane.warning_s.rend()));
      EXPECT_EQ(lane.warning_s.back(), 0);  // first seen at the place: too late
      if (!lane.flyer) continue;
      EXPECT_NE(std::find(starts.begin(), starts.end(), lane.cells.front()), starts.end());
      double nearest = std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < lane.cells.size(); ++i) {
        nearest = std::min(nearest, s.apart(lane.cells[i], lane.cells.back()));
        const auto p = static_cast<std::size_t>(lane.piece[i]);
        // At the end of the piece: never more than being seen here leaves.
        EXPECT_LE(lane.warning_s[p], std::max(0.0, warning_s(s.ground.rules(), nearest)) + 1e-9);
        const bool last = i + 1 == lane.cells.size() || lane.piece[i + 1] != lane.piece[i];
        if (last) {
          EXPECT_NEAR(lane.warning_s[p], std::max(0.0, warning_s(s.ground.rules(), nearest)), 1e-9);
        }
      }
    }
    EXPECT_NEAR(air, 1, 1e-12);
    EXPECT_NEAR(ground, 1, 1e-12);
  }
}

// The grid as a choice sees it says where each lane is first seen; add_sensor is another way there.
TEST(WatchWarning, FirstPiecesAreWhereTheGridIsFirstSeen) {
  int seen_somewhere = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    const Setting s(seed);
    Random random(seed, 78);
    std::vector<int> chosen;
    SeenGrid grid = unseen(s.ground);
    for (std::size_t c = 0; c < s.candidates.size(); ++c) {
      if (random.below(4) != 0) continue;
      chosen.push_back(static_cast<int>(c));
      const Candidate& one = s.candidates[c];
      add_sensor(s.ground, s.places[static_cast<std::size_t>(one.place)].cell,
                 s.ground.measure(one.measure), grid);
    }
    for (const FixedLane& lane : s.lanes) {
      const double altitude = s.ground.rules().altitudes_m[static_cast<std::size_t>(lane.altitude)];
      for (std::size_t when = 0; when < lane.first.size(); ++when) {
        int expected = -1;
        for (std::size_t i = 0; i < lane.cells.size() && expected < 0; ++i) {
          const Cell c = lane.cells[i];
          const bool here = lane.flyer ? static_cast<double>(grid.lowest_m[when][c]) <= altitude
                                       : (unsigned{grid.on_ground[c]} >> when & 1U) != 0;
          if (here) expected = lane.piece[i];
        }
        int found = -1;
        for (const auto& [c, p] : lane.first[when]) {
          if (std::find(chosen.begin(), chosen.end(), c) == chosen.end()) continue;
          if (found < 0 || p < found) found = p;
        }
        EXPECT_EQ(found, expected) << when;
        if (expected >= 0) ++seen_somewhere;
        const double mean = mean_warning({lane}, lane.flyer, static_cast<int>(when), chosen);
        const double warned = expected < 0 ? 0 : lane.warning_s[static_cast<std::size_t>(expected)];
        EXPECT_NEAR(mean, lane.weight * warned, 1e-9);
      }
    }
  }
  EXPECT_GT(seen_somewhere, 50);
}

// A metre that n candidates see counts n + 1: held to plain relaxation over all cells.
TEST(WatchWarning, NoLaneIsLessExposed) {
  const Setting s(3);
  const Grid& grid = s.world.grid();
  for (const FixedLane& lane : s.lanes) {
    if (!lane.flyer || lane.altitude != 1) continue;
    Raster<std::uint16_t> seers(grid, std::uint16_t{0});
    for (const Candidate& one : s.candidates) {
      SeenGrid seen = unseen(s.ground);
      add_sensor(s.ground, s.places[static_cast<std::size_t>(one.place)].cell,
                 s.ground.measure(one.measure), seen);
      for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
        if (static_cast<double>(seen.lowest_m[0][c]) <= s.ground.rules().altitudes_m[1]) ++seers[c];
      }
    }
    const auto step = [&](Cell a, Cell b) {
      return s.apart(a, b) * (2.0 + seers[a] + seers[b]) / 2;
    };
    std::vector<double> least(grid.size(), std::numeric_limits<double>::infinity());
    for (const Cell c : lane_starts(s.ground)) least[static_cast<std::size_t>(c)] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (Cell c = 0; c < static_cast<Cell>(grid.size()); ++c) {
        for (int dr = -1; dr <= 1; ++dr) {
          for (int dk = -1; dk <= 1; ++dk) {
            const std::int32_t r = grid.row_of(c) + dr, k = grid.col_of(c) + dk;
            if (!grid.inside(r, k)) continue;
            const Cell n = grid.at(r, k);
            if (!s.ground.own(n) && !s.ground.hostile(n)) continue;
            const double via = least[static_cast<std::size_t>(c)] + step(c, n);
            if (via + 1e-9 < least[static_cast<std::size_t>(n)]) {
              least[static_cast<std::size_t>(n)] = via;
              changed = true;
            }
          }
        }
      }
    }
    double flown = 0;
    for (std::size_t i = 1; i < lane.cells.size(); ++i) {
      flown += step(lane.cells[i - 1], lane.cells[i]);
    }
    EXPECT_NEAR(flown, least[static_cast<std::size_t>(lane.cells.back())], 0.01);
  }
}

TEST(WatchWarning, MoreWeightBuysMoreWarning) {
  double with = 0, without = 0;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    for (const bool weighed : {true, false}) {
      testing::DrawnWorld world = Setting::with_warning(seed);
      SurveillanceRules& rules = world.scenario.surveillance;
      rules.border_weight = weighed ? 0.001 : 0.999;
      rules.air_weight = rules.effect_weight = rules.warning.ground_weight = 0;
      rules.warning.air_weight = weighed ? 0.999 : 0.001;
      world.scenario.earmarks.back().amount = Euro(400e3);  // not enough for both
      const auto watch =
          find_watch(world.scenario, world.terrain, world.mobility, 1, silent_monitor());
      ASSERT_TRUE(watch) << to_string(watch.error());
      EXPECT_GE(watch->objective_bound, watch->objective);
      const WatchYear& last = watch->years.back();
      (weighed ? with : without) += last.lane_warning_s[0] + last.lane_warning_s[1];
      EXPECT_EQ(watch->years[0].lane_warning_s[0], 0);  // nothing acts yet
    }
  }
  EXPECT_GT(with, without);
}

}  // namespace
}  // namespace abatis
