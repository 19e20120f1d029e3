#include "coverage.hpp"

#include <algorithm>
#include <bit>

namespace abatis::watching {
namespace {

// Sensors that see one point.
struct Seers {
  int count = 0;
  unsigned modalities = 0;  // bits
  void add(Modality modality) {
    ++count;
    modalities |= 1U << static_cast<unsigned>(modality);
  }
  void into(SeenShare& share, double weight) const {
    if (count >= 1) share.once += weight;
    if (count >= 2) share.twice += weight;
    if (std::popcount(modalities) >= 2) share.modalities += weight;
  }
};

class YearCover {
 public:
  YearCover(const WatchGround& ground, const std::vector<Candidate>& candidates,
            const std::vector<int>& acting)
      : ground_(ground), candidates_(candidates), acting_(acting) {}

  void border(const BorderLine& line, WatchYear& into,
              std::vector<std::array<std::uint8_t, kConditions>>& seen) const {
    std::vector<std::array<Seers, kConditions>> seers(line.points.size());
    for (const int c : acting_) {
      const SensorWorks& works = of(c);
      for (const int p : candidates_[at(c)].border) {
        for (std::size_t when = 0; when < kConditions; ++when) {
          if (works.works[when]) seers[at(p)][when].add(works.modality);
        }
      }
    }
    seen.assign(line.points.size(), {});
    for (std::size_t p = 0; p < seers.size(); ++p) {
      for (std::size_t when = 0; when < kConditions; ++when) {
        seers[p][when].into(into.border[when], line.points[p].length_m / line.length_m);
        seen[p][when] = static_cast<std::uint8_t>(std::min(seers[p][when].count, 255));
      }
      if (seers[p][0].count == 0) add_gap(line.points[p], p, line, into.gaps);
    }
  }

  void air(const std::vector<Cell>& zone, WatchYear& into) const {
    const std::size_t layers = ground_.rules().altitudes_m.size();
    into.air.assign(layers, {});
    into.fibre.assign(layers, {});
    into.effect.assign(layers, 0);
    into.effect_fibre.assign(layers, 0);
    if (zone.empty()) return;
    struct Point {
      std::array<Seers, kConditions> radio;
      Seers fibre;
      bool effect = false, effect_fibre = false;
    };
    std::vector<Point> points(zone.size() * layers);
    for (const int c : acting_) {
      for (const auto& [p, first] : candidates_[at(c)].zone) {
        for (std::size_t a = at(first); a < layers; ++a) add(of(c), points[at(p) * layers + a]);
      }
    }
    const auto own = static_cast<double>(
        std::count_if(zone.begin(), zone.end(), [&](Cell c) { return ground_.own(c); }));
    const double one = 1.0 / static_cast<double>(zone.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::size_t a = i % layers;
      for (std::size_t when = 0; when < kConditions; ++when) {
        points[i].radio[when].into(into.air[a][when], one);
      }
      points[i].fibre.into(into.fibre[a], one);
      if (points[i].effect) into.effect[a] += 1 / own;
      if (points[i].effect_fibre) into.effect_fibre[a] += 1 / own;
    }
  }

 private:
  const SensorWorks& of(int c) const { return ground_.measure(candidates_[at(c)].measure).sensor; }
  template <class Point>
  static void add(const SensorWorks& works, Point& point) {
    if (is_effector(works.modality)) {
      point.effect = true;
      point.effect_fibre = point.effect_fibre || works.fibre_optic;
      return;
    }
    for (std::size_t when = 0; when < kConditions; ++when) {
      if (works.works[when]) point.radio[when].add(works.modality);
    }
    if (works.fibre_optic && works.works[0]) point.fibre.add(works.modality);
  }
  static void add_gap(const BorderPoint& here, std::size_t p, const BorderLine& line,
                      std::vector<WatchGap>& gaps) {
    const double from = here.chainage_m - here.length_m / 2;
    const double to = here.chainage_m + here.length_m / 2;
    const bool joined = !gaps.empty() && p > 0 && line.points[p - 1].stretch == here.stretch &&
                        gaps.back().to_m > from - 1;
    if (joined) {
      gaps.back().to_m = to;
    } else {
      gaps.push_back({from, to});
    }
  }

  const WatchGround& ground_;
  const std::vector<Candidate>& candidates_;
  const std::vector<int>& acting_;
};

}  // namespace

void cover_year(const WatchGround& ground, const BorderLine& border, const std::vector<Cell>& zone,
                const std::vector<Candidate>& candidates, const std::vector<int>& acting,
                WatchYear& into, std::vector<std::array<std::uint8_t, kConditions>>& seen) {
  into.acting = static_cast<int>(acting.size());
  const YearCover cover(ground, candidates, acting);
  cover.border(border, into, seen);
  cover.air(zone, into);
}

SeenGrid unseen(const WatchGround& ground) {
  SeenGrid seen;
  for (Raster<float>& lowest : seen.lowest_m) {
    lowest = Raster<float>(ground.grid(), nodata<float>());
  }
  seen.on_ground = Raster<std::uint8_t>(ground.grid(), 0);
  return seen;
}

void add_sensor(const WatchGround& ground, Cell cell, const Measure& measure, SeenGrid& seen) {
  const SensorWorks& works = measure.sensor;
  if (is_effector(works.modality)) return;
  const auto each = [&](double range_m, auto take) {
    if (range_m <= 0) return;
    const SightWindow window = look_around(ground, cell, works, range_m);
    for (std::size_t i = 0; i < window.height_m.size(); ++i) {
      const float least = window.height_m[i];
      if (least != least) continue;
      const auto r = static_cast<std::int32_t>(i / at(window.cols));
      const auto k = static_cast<std::int32_t>(i % at(window.cols));
      take(ground.grid().at(window.row0 + r, window.col0 + k), least);
    }
  };
  each(works.range_air_m, [&](Cell c, float least) {
    const float over = std::max(0.0F, least - ground.canopy_m[c]);
    const bool serves[kSituations] = {
        works.works[at(static_cast<int>(Conditions::day))],
        works.works[at(static_cast<int>(Conditions::fog))] && works.fibre_optic};
    for (std::size_t s = 0; s < kSituations; ++s) {
      float& lowest = seen.lowest_m[s][c];
      if (serves[s] && !(lowest <= over)) lowest = over;
    }
  });
  each(works.range_ground_m, [&](Cell c, float least) {
    if (static_cast<double>(least) > ground.rules().target_height_m) return;
    for (std::size_t when = 0; when < kConditions; ++when) {
      if (works.works[when]) seen.on_ground[c] |= static_cast<std::uint8_t>(1U << when);
    }
  });
}

}  // namespace abatis::watching
