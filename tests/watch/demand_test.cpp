// The covering problem counts what it should: one modality, two, conditions, guidance.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "watch/siting.hpp"
#include "watch_world.hpp"

namespace abatis {
namespace {

using namespace watching;
using testing::watch_world;

// The objective as the page words it, point by point.
double plain_objective(const WatchGround& ground, const BorderLine& border,
                       const std::vector<Cell>& zone, const std::vector<Candidate>& candidates,
                       const std::vector<char>& chosen) {
  const SurveillanceRules& rules = ground.rules();
  const auto worth = [&](const std::set<int>& modalities) {
    return modalities.empty() ? 0.0 : modalities.size() == 1 ? 1 - rules.second_modality : 1.0;
  };
  const auto works_of = [&](std::size_t c) -> const SensorWorks& {
    return ground.measure(candidates[c].measure).sensor;
  };
  double sum = 0;
  for (std::size_t when = 0; when < kConditions; ++when) {
    for (std::size_t p = 0; p < border.points.size(); ++p) {
      std::set<int> seen;
      for (std::size_t c = 0; c < candidates.size(); ++c) {
        const auto& reach = candidates[c].border;
        if (chosen[c] != 0 && works_of(c).works[when] &&
            std::binary_search(reach.begin(), reach.end(), static_cast<int>(p))) {
          seen.insert(static_cast<int>(works_of(c).modality));
        }
      }
      sum += rules.border_weight / kConditions * border.points[p].length_m / border.length_m *
             worth(seen);
    }
  }
  const std::size_t layers = rules.altitudes_m.size();
  const auto own = static_cast<double>(
      std::count_if(zone.begin(), zone.end(), [&](Cell c) { return ground.own(c); }));
  for (std::size_t z = 0; z < zone.size(); ++z) {
    for (std::size_t a = 0; a < layers; ++a) {
      for (const bool fibre : {false, true}) {
        bool reached = false;
        std::array<std::set<int>, kConditions> seen;
        for (std::size_t c = 0; c < candidates.size(); ++c) {
          const bool covers = std::any_of(
              candidates[c].zone.begin(), candidates[c].zone.end(), [&](const auto& pair) {
                return pair.first == static_cast<int>(z) && pair.second <= static_cast<int>(a);
              });
          if (chosen[c] == 0 || !covers || (fibre && !works_of(c).fibre_optic)) continue;
          if (is_effector(works_of(c).modality)) {
            reached = true;
            continue;
          }
          for (std::size_t when = 0; when < kConditions; ++when) {
            if (works_of(c).works[when]) seen[when].insert(static_cast<int>(works_of(c).modality));
          }
        }
        const auto points = static_cast<double>(zone.size() * layers);
        for (const auto& by : seen) {
          sum += rules.air_weight / points / kConditions / 2 * worth(by);
        }
        if (reached) {
          sum += rules.effect_weight / own / static_cast<double>(layers) / 2;
        }
      }
    }
  }
  return sum;
}

TEST(WatchDemand, CoveringWeighsWhatThePointsAreWorth) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    SCOPED_TRACE(seed);
    const auto world = watch_world(seed);
    const WatchGround ground = make_watch_ground(world.scenario, world.terrain);
    const BorderLine border = find_border(ground).value();
    const std::vector<Cell> zone = find_zone(ground);
    const auto candidates = find_reach(ground, find_places(ground).value(), border, zone, 1);
    CoverSets problem{.cost = std::vector<std::int64_t>(candidates.size(), 1),
                      .budget = 0,
                      .demand = watch_demand(ground, border, zone, candidates)};
    Random random(seed, 3);
    for (int round = 0; round < 6; ++round) {
      std::vector<char> chosen(candidates.size(), 0);
      std::vector<int> list;
      for (std::size_t c = 0; c < chosen.size(); ++c) {
        chosen[c] = random.below(4) == 0 ? 1 : 0;
        if (chosen[c] != 0) list.push_back(static_cast<int>(c));
      }
      const double plain = plain_objective(ground, border, zone, candidates, chosen);
      EXPECT_NEAR(static_cast<double>(covered_weight(problem, list)) / kWhole, plain, 1e-7);
      EXPECT_GT(plain, 0);
    }
  }
}

}  // namespace
}  // namespace abatis
