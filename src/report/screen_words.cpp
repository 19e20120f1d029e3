#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "screen.hpp"
#include "text.hpp"

namespace abatis {
namespace report {

const Viewer& viewer_of(const ScreenView& view, const ScreenCase& one) {
  return view.scenario.catalogue.screening.viewers[static_cast<std::size_t>(one.viewer)];
}
const RoadTarget& target_of(const ScreenView& view, const ScreenCase& one) {
  return view.scenario.catalogue.screening.targets[static_cast<std::size_t>(one.target)];
}
const ScreenCase& judged_case(const ScreenView& view) {
  return view.screening.cases[static_cast<std::size_t>(view.screening.judged)];
}
const Site& row_site(const ScreenView& view, std::size_t candidate) {
  return view.sites.sites[static_cast<std::size_t>(view.roads.candidates[candidate].site)];
}
int last_plan_year(const ScreenView& view) {
  return view.scenario.first_year + view.scenario.years - 1;
}
double planted_km(const ScreenView& view) {
  double km = 0;
  for (std::size_t c = 0; c < view.roads.candidates.size(); ++c) {
    if (view.screening.planted[c] != 0) km += view.roads.candidates[c].length_m / 1000;
  }
  return km;
}

}  // namespace report

namespace {

using namespace report;

std::string said(double value) {
  return value < 99.95 ? fixed(value, 1) : grouped(std::llround(value));
}

std::string judged_words(const ScreenView& view) {
  const ScreenCase& one = judged_case(view);
  return fmt::format("{}, seen from: {}", target_of(view, one).name, viewer_of(view, one).name);
}

std::string zone_line(const ScreenView& view) {
  const RoadSums& zone = view.screening.zone;
  return fmt::format(
      "Roads within {} km of the border: {} km in {} stretches, {} vehicle-km an hour were they "
      "full, {} person-km by those whose way they are.",
      fixed(view.scenario.screening.zone_m / 1000, 0), said(zone[0]),
      grouped(static_cast<std::int64_t>(view.roads.stretches.size())), said(zone[1]),
      said(zone[2]));
}

// A row of the table: name, target, and a share for each metric.
std::string table_row(const std::string& viewer, const std::string& target, const std::string& km,
                      const std::string& share, const std::string& vehicles,
                      const std::string& people, const std::string& leaf, const std::string& bare) {
  return fmt::format("  {:<24}{:<18}{:>8}{:>9}{:>12}{:>12}{:>11}{:>11}", viewer, target, km, share,
                     vehicles, people, leaf, bare);
}

void add_table(const ScreenView& view, std::vector<std::string>& lines) {
  const Screening& s = view.screening;
  const int year = last_plan_year(view);
  lines.push_back(table_row("seen from", "what", "km", "of roads", "vehicle-km", "person-km",
                            fmt::format("{} leaf", year), fmt::format("{} bare", year)));
  for (std::size_t k = 0; k < s.cases.size(); ++k) {
    const RoadSums& open = s.open[k];
    const SeenByCase& last = s.years.back().planted;
    lines.push_back(table_row(viewer_of(view, s.cases[k]).name, target_of(view, s.cases[k]).name,
                              said(open[0]), s.zone[0] > 0 ? percent(open[0] / s.zone[0], 0) : "-",
                              said(open[1]), said(open[2]), said(last.leaf[k][0]) + " km",
                              said(last.bare[k][0]) + " km"));
  }
}

std::string by_year_line(const ScreenView& view) {
  const Screening& s = view.screening;
  const auto k = static_cast<std::size_t>(s.judged);
  std::string out = fmt::format("With {} km of rows planted ({}), km seen in leaf / bare",
                                said(planted_km(view)), judged_words(view));
  for (const ScreenYear& year : s.years) {
    out += fmt::format("{} {} {} / {}", &year == &s.years.front() ? ":" : ";", year.year,
                       said(year.planted.leaf[k][0]), said(year.planted.bare[k][0]));
  }
  return out + fmt::format(" (nothing planted: {}).", said(s.open[k][0]));
}

std::string chosen_line(const ScreenView& view) {
  const ChosenRows& chosen = *view.screening.chosen;
  const RowChoice& choice = view.scenario.screening.choice;
  const std::string unit(unit_of(choice.metric));
  const auto limit = [&](double value) {
    return choice.length_m > 0 ? fmt::format("{} km", said(value)) : million_eur(value);
  };
  const double gap = chosen.value > 0 ? (chosen.bound - chosen.value) / chosen.value : 0;
  return fmt::format(
      "Rows chosen by {}: {} of {}, {} of at most {}. In {} ({}) they hide {} {} of {} that all "
      "candidates would; proven: no choice hides more than {} ({} nodes{}).",
      to_string(choice.metric), chosen.sites.size(), view.roads.candidates.size(),
      limit(chosen.cost), limit(chosen.limit), choice.by_year, choice.bare ? "bare" : "in leaf",
      said(chosen.value), unit, said(chosen.most), said(chosen.bound), grouped(chosen.nodes),
      gap > 1e-9 ? fmt::format(", gap {}", percent(gap, 2)) : std::string());
}

std::string sensor_line(const ScreenView& view, std::size_t index) {
  const SensorSight& sight = view.screening.sensors[index];
  const OwnSensor& sensor = view.scenario.screening.sensors[index];
  std::string worst;
  for (const SensorConflict& c : view.screening.conflicts) {
    if (c.sensor != static_cast<int>(index)) continue;
    worst += fmt::format("{}{} {} km2", worst.empty() ? "" : ", ",
                         row_site(view, static_cast<std::size_t>(c.candidate)).id,
                         fixed(c.hidden_km2, 2));
  }
  return fmt::format(
      "Sensor {} sees {} km2 of the far side; rows planted hide {} km2 of it by {}; candidates in "
      "its "
      "sight: {}.",
      sensor.name, fixed(sight.seen_km2, 1), fixed(sight.hidden_km2, 2), last_plan_year(view),
      worst);
}

// Those with a row in their sight, one by one; the rest as a number.
void add_sensors(const ScreenView& view, std::vector<std::string>& lines) {
  const Screening& s = view.screening;
  std::size_t clear = 0;
  for (std::size_t i = 0; i < s.sensors.size(); ++i) {
    const bool touched =
        std::any_of(s.conflicts.begin(), s.conflicts.end(),
                    [&](const SensorConflict& c) { return c.sensor == static_cast<int>(i); });
    if (touched) {
      lines.push_back(sensor_line(view, i));
    } else {
      ++clear;
    }
  }
  if (clear > 0) {
    lines.push_back(
        fmt::format("No candidate row stands in the sight of {} of {} sensors of one's "
                    "own.",
                    clear, s.sensors.size()));
  }
}

}  // namespace

std::vector<std::string> screen_in_words(const ScreenView& view) {
  const Screening& s = view.screening;
  std::vector<std::string> lines{zone_line(view)};
  add_table(view, lines);
  if (s.chosen) lines.push_back(chosen_line(view));
  if (view.roads.candidates.empty()) {
    lines.emplace_back("No road of the plan's corridors can be lined with trees.");
  } else if (planted_km(view) > 0) {
    lines.push_back(by_year_line(view));
  } else {
    const auto k = static_cast<std::size_t>(s.judged);
    lines.push_back(fmt::format(
        "No row is planted. All {} candidates, {} years old, would leave {} km seen in leaf and {} "
        "bare ({}; nothing planted: {}).",
        view.roads.candidates.size(), view.scenario.years - 1, said(s.all_rows.leaf[k][0]),
        said(s.all_rows.bare[k][0]), judged_words(view), said(s.open[k][0])));
  }
  if (!s.felling.empty()) {
    lines.push_back(fmt::format(
        "{} pairs of a row and of trees kept for felling exclude each other (screen.json).",
        s.felling.size()));
  }
  add_sensors(view, lines);
  return lines;
}

std::string screen_line(const ScreenView& view) {
  const Screening& s = view.screening;
  const auto k = static_cast<std::size_t>(s.judged);
  return fmt::format(
      "Roads within {} km of the border: {} of {} km are seen ({}); {} km of rows leave {} km in "
      "leaf and {} bare in {}.",
      fixed(view.scenario.screening.zone_m / 1000, 0), said(s.open[k][0]), said(s.zone[0]),
      judged_words(view), said(planted_km(view)), said(s.years.back().planted.leaf[k][0]),
      said(s.years.back().planted.bare[k][0]), last_plan_year(view));
}

}  // namespace abatis
