// What there is to cover, as weights.

#include <algorithm>
#include <cmath>
#include <map>

#include "siting.hpp"

namespace abatis::watching {
namespace {

// Drones steered by radio, and through a fibre: half of the weight of the air each.
constexpr bool kGuidance[] = {false, true};

// Equal lists of candidates put together.
class Demands {
 public:
  void add(const std::vector<int>& candidates, std::int64_t weight) {
    if (weight > 0 && !candidates.empty()) sums_[candidates] += weight;
  }
  std::vector<CoverSets::Demand> take() const {
    std::vector<CoverSets::Demand> list;
    for (const auto& [sites, weight] : sums_) list.push_back({weight, sites});
    return list;
  }

 private:
  std::map<std::vector<int>, std::int64_t> sums_;
};

class Builder {
 public:
  Builder(const WatchGround& ground, const std::vector<Candidate>& candidates)
      : ground_(ground), candidates_(candidates) {}

  const SensorWorks& works(int candidate) const {
    return ground_.measure(candidates_[at(candidate)].measure).sensor;
  }
  // Modalities of the scenario that sense on the ground or in the air.
  void count_modalities() {
    for (const int m : ground_.scenario.measures) {
      const Measure& measure = ground_.measure(m);
      const SensorWorks& of = measure.sensor;
      if (measure.rule != SiteRule::sensor || is_effector(of.modality)) continue;
      if (of.range_ground_m > 0) on_ground_[at(static_cast<int>(of.modality))] = true;
      if (of.range_air_m > 0) in_air_[at(static_cast<int>(of.modality))] = true;
    }
  }
  // A point in one condition, seen by `by`: any of them, and any but those of one modality.
  void seen(const std::vector<int>& by, bool air, double weight) {
    const auto& there = air ? in_air_ : on_ground_;
    const auto whole = static_cast<std::int64_t>(std::llround(weight));
    const auto part = static_cast<std::int64_t>(weight * ground_.rules().second_modality);
    std::int64_t first = whole;
    for (int m = 0; m < kSensing; ++m) {
      if (!there[at(m)]) continue;
      std::vector<int> others;
      for (const int c : by) {
        if (static_cast<int>(works(c).modality) != m) others.push_back(c);
      }
      demands_.add(others, part);
      first -= part;
    }
    demands_.add(by, first);
  }
  template <class Keep>
  static std::vector<int> only(const std::vector<int>& from, Keep keep) {
    std::vector<int> kept;
    std::copy_if(from.begin(), from.end(), std::back_inserter(kept), keep);
    return kept;
  }
  void add_border(const std::vector<std::vector<int>>& by, const BorderLine& border) {
    for (std::size_t p = 0; p < by.size(); ++p) {
      const double weight = kWhole * ground_.rules().border_weight * border.points[p].length_m /
                            border.length_m / kConditions;
      for (int when = 0; when < kConditions; ++when) {
        seen(only(by[p], [&](int c) { return works(c).works[at(when)]; }), false, weight);
      }
    }
  }
  void add_air(const std::vector<int>& by, double weight) {
    for (int when = 0; when < kConditions; ++when) {
      for (const bool fibre : kGuidance) {
        seen(only(by,
                  [&](int c) {
                    return !is_effector(works(c).modality) && works(c).works[at(when)] &&
                           (!fibre || works(c).fibre_optic);
                  }),
             true, weight / kConditions / 2);
      }
    }
  }
  void add_effect(const std::vector<int>& by, double weight) {
    for (const bool fibre : kGuidance) {
      demands_.add(only(by,
                        [&](int c) {
                          return is_effector(works(c).modality) && (!fibre || works(c).fibre_optic);
                        }),
                   static_cast<std::int64_t>(std::llround(weight / 2)));
    }
  }
  std::vector<CoverSets::Demand> take() const { return demands_.take(); }

 private:
  const WatchGround& ground_;
  const std::vector<Candidate>& candidates_;
  std::array<bool, kSensing> on_ground_{}, in_air_{};
  Demands demands_;
};

}  // namespace

std::vector<CoverSets::Demand> watch_demand(const WatchGround& ground, const BorderLine& border,
                                            const std::vector<Cell>& zone,
                                            const std::vector<Candidate>& candidates) {
  const std::size_t layers = ground.rules().altitudes_m.size();
  std::vector<std::vector<int>> on_border(border.points.size());
  std::vector<std::vector<int>> in_air(zone.size() * layers);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    for (const int p : candidates[c].border) on_border[at(p)].push_back(static_cast<int>(c));
    for (const auto& [p, first] : candidates[c].zone) {
      for (std::size_t a = at(first); a < layers; ++a) {
        in_air[at(p) * layers + a].push_back(static_cast<int>(c));
      }
    }
  }
  Builder builder(ground, candidates);
  builder.count_modalities();
  builder.add_border(on_border, border);
  const auto own = static_cast<double>(
      std::count_if(zone.begin(), zone.end(), [&](Cell c) { return ground.own(c); }));
  for (std::size_t i = 0; i < in_air.size(); ++i) {
    const auto all = static_cast<double>(in_air.size());
    builder.add_air(in_air[i], kWhole * ground.rules().air_weight / all);
    if (!ground.own(zone[i / layers])) continue;
    builder.add_effect(in_air[i],
                       kWhole * ground.rules().effect_weight / (own * static_cast<double>(layers)));
  }
  return builder.take();
}

}  // namespace abatis::watching
