#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

std::string counts(const WatchView& view) {
  std::map<int, int> by_measure;
  for (const SitedSensor& one : view.watch.sensors) ++by_measure[one.measure];
  std::string out;
  for (const auto& [m, n] : by_measure) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n, view.measure(m).id);
  }
  return out.empty() ? "none" : out;
}

std::string border_words(const WatchView& view) {
  const WatchYear& last = view.watch.years.back();
  double longest = 0;
  for (const WatchGap& gap : last.gaps) longest = std::max(longest, gap.to_m - gap.from_m);
  double hidden = 0;
  for (std::size_t p = 0; p < view.watch.border.size(); ++p) {
    if (view.watch.seeable[p] == 0) hidden += view.watch.border[p].length_m / view.watch.border_m;
  }
  return fmt::format(
      "Of {} km of land border, {} are seen by day, {} by night and {} in fog by one sensor at "
      "least; by two {}, {} and {}. The longest stretch that none sees by day is {} km. No "
      "candidate "
      "sees {} of it, for trees or hills.",
      fixed(view.watch.border_m / 1000, 0), percent(last.border[0].once, 0),
      percent(last.border[1].once, 0), percent(last.border[2].once, 0),
      percent(last.border[0].twice, 0), percent(last.border[1].twice, 0),
      percent(last.border[2].twice, 0), fixed(longest / 1000, 1), percent(hidden, 0));
}

std::string air_words(const WatchView& view) {
  const WatchYear& last = view.watch.years.back();
  std::string out;
  for (std::size_t a = 0; a < last.air.size(); ++a) {
    out += fmt::format("{}{:g} m {} ({} by two modalities, {} on a fibre)", out.empty() ? "" : "; ",
                       view.rules().altitudes_m[a], percent(last.air[a][0].once, 0),
                       percent(last.air[a][0].modalities, 0), percent(last.fibre[a].once, 0));
  }
  return fmt::format("Low flyers over {} km on either side of the border, by day: {}.",
                     fixed(view.rules().zone_depth_m / 1000, 0), out);
}

std::string lane_words(const WatchView& view) {
  std::vector<double> warned;
  std::string worst;
  double least = 0;
  for (const LaneWarning& lane : view.watch.lanes) {
    const double s = warning_s(view.rules(), lane.ahead_m.back()[0]);
    if (worst.empty() || s < least) {
      least = s;
      worst = lane.name;
    }
    warned.push_back(s);
  }
  if (warned.empty()) return "No settlement or objective lies on watched ground.";
  std::sort(warned.begin(), warned.end());
  const auto none = std::count_if(warned.begin(), warned.end(), [](double s) { return s <= 0; });
  return fmt::format(
      "On the least exposed lane at {:g} m, half of {} places have {} of warning or more after "
      "confirmation and dissemination, {} have none; the least is {}'s.",
      view.rules().altitudes_m[static_cast<std::size_t>(view.rules().lane_altitude)], warned.size(),
      duration(std::max(0.0, warned[warned.size() / 2])), none, valid_utf8(worst));
}

std::string corridor_words(const WatchView& view) {
  double mean = 0, weight = 0;
  for (const CorridorWarning& one : view.watch.corridors) {
    const Case& c = view.scenario.cases[static_cast<std::size_t>(one.case_index)];
    mean += c.weight * std::max(0.0, one.lead_s.back()[0]);
    weight += c.weight;
  }
  return fmt::format(
      "Movers on the corridors are first seen {} before they cross, by day, on the "
      "mean of the cases.",
      duration(weight > 0 ? mean / weight : 0));
}

// What siting meant to gain and what is left of it once lanes go round the sensors.
std::string sited_words(const WatchView& view) {
  const WatchYear& last = view.watch.years.back();
  double answered = 0;
  for (const LaneWarning& lane : view.watch.lanes) {
    answered += std::max(0.0, warning_s(view.rules(), lane.ahead_m.back()[0])) /
                static_cast<double>(view.watch.lanes.size());
  }
  std::string out = "Siting weighs warning.";
  if (view.rules().warning.air_weight > 0) {
    out += fmt::format(
        " On the lanes least exposed before anything is built, places have {} on the mean by {}; "
        "on lanes that answer the sensors {}.",
        duration(last.lane_warning_s[0]), view.year(view.scenario.years - 1), duration(answered));
  }
  if (view.rules().warning.ground_weight > 0) {
    out += fmt::format(" Objectives have {} before movers on the corridors arrive, by day.",
                       duration(last.way_warning_s[0]));
  }
  return out;
}

std::string ready_words(const WatchView& view) {
  const YearReadiness& last = view.readiness.back();
  const ReadyCount& surprise = last.counts.front();
  return fmt::format(
      "If the order goes out at the crossing, {} of {} stored obstacles stand in time ({} h of "
      "delay); on what the sensors see {} ({} h).",
      fixed(surprise.ready_without, 1), last.stored, fixed(surprise.hours_without, 1),
      fixed(surprise.ready_with, 1), fixed(surprise.hours_with, 1));
}

}  // namespace

std::string watch_line(const WatchView& view) {
  const WatchYear& last = view.watch.years.back();
  return fmt::format(
      "{} sensors and effectors see {} of {} km of land border by day, {} in fog, {} by two or "
      "more; no choice within the money covers more than {} over what they do.",
      view.watch.sensors.size(), percent(last.border[0].once, 0),
      fixed(view.watch.border_m / 1000, 0), percent(last.border[2].once, 0),
      percent(last.border[0].twice, 0),
      percent(view.watch.objective > 0 ? view.watch.objective_bound / view.watch.objective - 1
                                       : 0));
}

std::vector<std::string> watch_words(const WatchView& view) {
  const WatchYear& last = view.watch.years.back();
  std::vector<std::string> lines;
  lines.push_back(fmt::format("Bought: {}; {} by {} of {} allowed.", counts(view),
                              million_eur(last.spent), view.year(view.scenario.years - 1),
                              million_eur(last.allowed)));
  lines.push_back(fmt::format(
      "Over the years they cover {} of all there is to cover; proven: no choice within the money "
      "covers more than {}{}. All candidates together would cover {} in a year.",
      percent(view.watch.objective), percent(view.watch.objective_bound),
      view.watch.timed_out ? " (some bound was stopped by time)" : "",
      percent(view.watch.reachable)));
  lines.push_back(border_words(view));
  lines.push_back(air_words(view));
  lines.push_back(lane_words(view));
  lines.push_back(corridor_words(view));
  const WarningWorth& worth = view.rules().warning;
  if (worth.air_weight + worth.ground_weight > 0) lines.push_back(sited_words(view));
  if (!view.readiness.empty()) lines.push_back(ready_words(view));
  return lines;
}

}  // namespace abatis::report
