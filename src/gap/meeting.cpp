#include "meeting.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"

namespace abatis::gap_detail {
namespace {

// Times from one entry; nothing when no cell of it can be passed.
struct FromEntry {
  int entry = -1;        // index into Scenario::entries
  std::size_t side = 0;  // 0, 1: of LandBridge::between
  std::optional<TimeField> field;
};

double time_at(const FromEntry& from, Cell c) {
  return from.field ? static_cast<double>(from.field->time_s[static_cast<std::size_t>(c)])
                    : kUnreachable;
}

class Meeting {
 public:
  Meeting(const MeetingInput& in, int speed, std::span<const double> delay_s)
      : in_(in),
        speed_(in.input.mobility.speeds[static_cast<std::size_t>(speed)].speed_mps),
        land_(in.ground, speed_) {
    for (std::size_t i = 0; i < in.gap.entries.size(); ++i) add_entry(i, delay_s);
  }

  GapTimes together() const {
    GapTimes times;
    settle(of_side(0), of_side(1), times);
    return times;
  }
  // `all` is what together() gave: with one entry a side it is that of the only pair.
  std::vector<GapTimes> pair_by_pair(const GapTimes& all) const {
    const Group side_a = of_side(0), side_b = of_side(1);
    const bool only = side_a.size() == 1 && side_b.size() == 1;
    std::vector<GapTimes> out;
    for (const FromEntry* a : side_a) {
      for (const FromEntry* b : side_b) {
        GapTimes times;
        if (only) {
          times = all;
        } else {
          settle({a}, {b}, times);
        }
        times.entry_a = a->entry;
        times.entry_b = b->entry;
        out.push_back(std::move(times));
      }
    }
    return out;
  }
  // min and max over the ground of the gap, on the window.
  void draw(Raster<float>& first_s, Raster<float>& both_s) const {
    const Grid& window = in_.window;
    first_s = both_s = Raster<float>(window, nodata<float>());
    const Group side_a = of_side(0), side_b = of_side(1);
    for (Cell w = 0; w < static_cast<Cell>(window.size()); ++w) {
      const Cell c = *grid().cell_at(window.centre(w));
      if (in_.ground.half[c] == 0) continue;
      const double a = earliest(side_a, c), b = earliest(side_b, c);
      if (std::isfinite(std::min(a, b))) first_s[w] = static_cast<float>(std::min(a, b));
      if (std::isfinite(std::max(a, b))) both_s[w] = static_cast<float>(std::max(a, b));
    }
  }

 private:
  using Group = std::vector<const FromEntry*>;

  const Grid& grid() const { return in_.ground.half.grid; }

  void add_entry(std::size_t i, std::span<const double> delay_s) {
    const Scenario& s = in_.input.scenario;
    FromEntry from;
    from.entry = in_.gap.entries[i];
    const auto first = s.adversary[static_cast<std::size_t>(in_.gap.between[0])];
    from.side = s.entries[static_cast<std::size_t>(from.entry)].state == first ? 0 : 1;
    std::vector<Cell> sources;
    for (const Cell c : in_.entry_cells[i]) {
      if (speed_[c] > 0) sources.push_back(c);
    }
    if (!sources.empty()) {
      from.field =
          travel_time({.speed_mps = &speed_, .barrier = &in_.input.barrier, .delay_s = delay_s},
                      sources, {.neighbours = s.terrain.neighbours, .predecessors = true});
    }
    from_.push_back(std::move(from));
  }

  Group of_side(std::size_t side) const {
    Group group;
    for (const FromEntry& from : from_) {
      if (from.side == side) group.push_back(&from);
    }
    return group;
  }

  static double earliest(const Group& group, Cell c) {
    double least = kUnreachable;
    for (const FromEntry* from : group) least = std::min(least, time_at(*from, c));
    return least;
  }

  std::vector<Point> path_to(const Group& group, Cell c) const {
    const double least = earliest(group, c);
    for (const FromEntry* from : group) {
      if (!from->field || time_at(*from, c) > least) continue;
      std::vector<Point> line;
      for (const Cell cell : least_time_path(*from->field, c)) line.push_back(grid().centre(cell));
      return line.size() > 2 ? simplify(line, 0.6 * grid().cell) : line;
    }
    return {};
  }

  void settle(const Group& a, const Group& b, GapTimes& times) const {
    std::vector<double> first(grid().size(), kUnreachable);
    Cell best = kNoCell;
    double best_first = kUnreachable;
    for (Cell c = 0; c < static_cast<Cell>(grid().size()); ++c) {
      if (in_.ground.half[c] == 0) continue;
      const double t_a = earliest(a, c), t_b = earliest(b, c);
      const double early = std::min(t_a, t_b), late = std::max(t_a, t_b);
      first[static_cast<std::size_t>(c)] = early;
      if (!std::isfinite(late)) continue;
      if (late < times.meet_s || (late == times.meet_s && early < best_first)) {
        times.meet_s = late;
        best_first = early;
        best = c;
      }
    }
    if (best != kNoCell) {
      times.meet = grid().centre(best);
      times.path_a = path_to(a, best);
      times.path_b = path_to(b, best);
    } else {
      times.why = why_apart(a, b);
    }
    cut_own_ways(first, times);
  }

  void cut_own_ways(const std::vector<double>& first, GapTimes& times) const {
    const Cut land = land_.cut(first);
    if (land.any_way) {
      times.land_cut_s = land.time_s;
      times.land_cut = grid().centre(land.at);
    }
    const Cut roads = cut_of_roads(in_.roads, first);
    if (!roads.any_way) return;
    times.roads_cut_s = roads.time_s;
    times.roads_cut = grid().centre(roads.at);
    int node = kFirstNode;
    for (const std::size_t e : roads.route) {
      const RoadEdge& edge = in_.roads.edges[e];
      std::vector<Point> line = edge.line;
      if (edge.from != node) std::reverse(line.begin(), line.end());
      node = edge.from != node ? edge.from : edge.to;
      times.last_route.insert(times.last_route.end(),
                              line.begin() + (times.last_route.empty() ? 0 : 1), line.end());
    }
  }

  std::string why_apart(const Group& a, const Group& b) const {
    const auto& entries = in_.input.scenario.entries;
    for (const Group* group : {&a, &b}) {
      const bool none =
          std::none_of(group->begin(), group->end(), [](const auto* f) { return f->field; });
      if (!none) continue;
      std::string names;
      for (const FromEntry* from : *group) {
        names += (names.empty() ? "" : ", ") + entries[static_cast<std::size_t>(from->entry)].id;
      }
      return fmt::format("no cell of entry {} can be passed by this mover in this season", names);
    }
    return "the ground that one side can reach and that of the other do not overlap in the gap";
  }

  const MeetingInput& in_;
  const Raster<float>& speed_;
  LandWays land_;
  std::vector<FromEntry> from_;
};

}  // namespace

GapCase meet(const MeetingInput& input, int speed, std::span<const double> delay_s, bool maps) {
  GapCase out;
  out.speed = speed;
  const Meeting meeting(input, speed, delay_s);
  GapTimes all = meeting.together();
  std::vector<GapTimes> pairs = meeting.pair_by_pair(all);
  out.times.push_back(std::move(all));
  std::move(pairs.begin(), pairs.end(), std::back_inserter(out.times));
  if (maps) meeting.draw(out.first_s, out.both_s);
  return out;
}

}  // namespace abatis::gap_detail
