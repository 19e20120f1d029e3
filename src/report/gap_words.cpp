// What a gap says, in plain lines.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gap_names.hpp"
#include "text.hpp"

namespace abatis {
namespace {

using namespace report;

constexpr std::size_t kNamed = 6;  // pieces of a cut that a line names

std::string km(double metres) {
  return fixed(metres / 1000, 1) + " km";
}

std::string narrowest_line(const GapView& view, const Gap& gap) {
  const auto of = [](const GapLine& line, const char* what) {
    return line.why.empty() ? fmt::format("{} {}", km(line.length_m), what) : line.why;
  };
  return fmt::format("{} between {} and {}: at its narrowest {}; {}.", bridge_of(view, gap).name,
                     state_code(view, gap, true, 0), state_code(view, gap, true, 1),
                     of(gap.straight, "in a straight line over friendly ground"),
                     of(gap.overland, "by the shortest way over dry ground and bridges"));
}

std::string routes_line(const GapView& view, const Gap& gap) {
  const OwnRoutes& own = gap.own;
  if (!own.why.empty()) return "Own routes by road: " + own.why + ".";
  const std::string quality = made_up_roads(view.scenario);
  std::string classes;
  int before = 0;
  for (std::size_t c = 0; c < own.by_class.size(); ++c) {
    if (own.by_class[c] == before) continue;
    before = own.by_class[c];
    const RoadClass& road = view.scenario.catalogue.roads[c];
    classes += classes.empty() ? fmt::format("{} on roads of class {} or better", before, road.id)
                               : fmt::format(", {} with {}", before, road.id);
  }
  return fmt::format("Own routes by road{} from {} to {}, no two sharing a piece of road: {} ({}).",
                     quality.empty() ? "" : fmt::format(" ({} layers)", quality),
                     state_code(view, gap, false, 0), state_code(view, gap, false, 1), own.disjoint,
                     classes);
}

std::string pieces(const GapView& view, const GapCut& cut) {
  std::vector<const GapRoad*> roads;
  for (const GapRoad& road : cut.roads) roads.push_back(&road);
  const auto& classes = view.scenario.catalogue.roads;
  std::sort(roads.begin(), roads.end(), [&](const GapRoad* a, const GapRoad* b) {
    const int rank_a = classes[static_cast<std::size_t>(a->road)].rank;
    const int rank_b = classes[static_cast<std::size_t>(b->road)].rank;
    return rank_a != rank_b ? rank_a < rank_b : a < b;
  });
  std::string list;
  for (std::size_t i = 0; i < std::min(kNamed, roads.size()); ++i) {
    list += (i == 0 ? "" : "; ") + road_label(view, *roads[i]);
  }
  if (roads.size() > kNamed) list += fmt::format("; and {} more", roads.size() - kNamed);
  return list;
}

bool same_roads(const GapCut& a, const GapCut& b) {
  return std::equal(a.roads.begin(), a.roads.end(), b.roads.begin(), b.roads.end(),
                    [](const GapRoad& x, const GapRoad& y) { return x.line == y.line; });
}

std::string cut_line(const GapView& view, const Gap& gap) {
  return fmt::format("The fewest pieces of road that cut them all are {}: {}.",
                     gap.own.fewest.routes, pieces(view, gap.own.fewest));
}

std::string capacity_line(const GapView& view, const Gap& gap) {
  const std::string where =
      same_roads(gap.own.least, gap.own.fewest)
          ? "these same pieces"
          : fmt::format("{} pieces of road: {}", gap.own.least.routes, pieces(view, gap.own.least));
  return fmt::format(
      "They carry at most {} vehicles an hour one way (civil traffic{}), limited at {}.",
      fixed(gap.own.capacity_per_h, 0),
      gap.own.capacity_known ? "" : "; classes without a capacity left out", where);
}

// One figure for each mover and season with nothing built: "heavy tracked, dry 2 h 05 min; ...".
template <class Value>
std::string by_speed(const GapView& view, const Gap& gap, const Value& value) {
  std::string list;
  for (int k = 0; k < static_cast<int>(view.mobility.speeds.size()); ++k) {
    const GapTimes& times = case_of(view, gap, 0, k).times.front();
    list += fmt::format("{}{} {}", list.empty() ? "" : "; ", speed_label(view, k), value(times));
  }
  return list;
}

// The longest delay of the last year, and how it grew.
std::vector<std::string> plan_lines(const GapView& view, const Gap& gap) {
  std::vector<std::string> lines;
  const int last = static_cast<int>(view.states.size()) - 1;
  if (last == 0) return lines;
  const auto gain = [&](int state, int k) {
    return case_of(view, gap, state, k).times.front().roads_cut_s -
           case_of(view, gap, 0, k).times.front().roads_cut_s;
  };
  std::string list;
  for (int k = 0; k < static_cast<int>(view.mobility.speeds.size()); ++k) {
    const double now = case_of(view, gap, last, k).times.front().roads_cut_s;
    list += fmt::format("{}{} {} ({} more)", list.empty() ? "" : "; ", speed_label(view, k),
                        duration(now), duration(gain(last, k)));
  }
  lines.push_back(fmt::format("With the plan, in {} the last own road is cut after: {}.",
                              year_of(view, last), list));
  std::string years;
  for (int s = 1; s <= last; ++s) {
    years +=
        fmt::format("{}{} +{}", years.empty() ? "" : ", ", year_of(view, s), duration(gain(s, 0)));
  }
  lines.push_back(fmt::format("The plan keeps it open longer, year by year ({}): {}.",
                              speed_label(view, 0), years));
  return lines;
}

}  // namespace

std::vector<std::string> gap_in_words(const GapView& view, const Gap& gap) {
  std::vector<std::string> lines{narrowest_line(view, gap), routes_line(view, gap)};
  if (gap.own.why.empty()) {
    lines.push_back(cut_line(view, gap));
    lines.push_back(capacity_line(view, gap));
  }
  lines.push_back(fmt::format("Movers of both sides, unopposed, can meet after: {}.",
                              by_speed(view, gap, [](const GapTimes& t) {
                                return t.why.empty() ? duration(t.meet_s) : t.why;
                              })));
  lines.push_back(
      fmt::format("The last own road is cut after: {}.",
                  by_speed(view, gap, [](const GapTimes& t) { return duration(t.roads_cut_s); })));
  lines.push_back(
      fmt::format("The last way over land is cut after: {}.",
                  by_speed(view, gap, [](const GapTimes& t) { return duration(t.land_cut_s); })));
  for (std::string& line : plan_lines(view, gap)) lines.push_back(std::move(line));
  lines.emplace_back(
      "These are least times of movers nobody opposes: lower bounds, not a forecast.");
  return lines;
}

}  // namespace abatis
