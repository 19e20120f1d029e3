#include "measure_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/scenario/catalogue_files.hpp"
#include "columns.hpp"
#include "measure_words.hpp"

namespace abatis::cli {
namespace {

std::string source_text(std::string_view what, const Provenance& provenance) {
  return paragraph(fmt::format("{} ({}): {}", what, standing_words(provenance), provenance.source),
                   2);
}

void add_money(Columns& table, std::string name, const Triangular& eur) {
  table.row({std::move(name), short_money(eur.min), short_money(eur.mode), short_money(eur.max),
             short_money(eur.mean())});
}

std::string cost_text(const Measure& m) {
  std::string out = fmt::format("\nWhat it costs, EUR per {}\n", m.unit);
  Columns table(1);
  table.row({"", "least", "likely", "most", "mean"});
  add_money(table, "purchase", m.unit_cost_eur);
  const double share = m.maintenance_share;
  add_money(
      table, fmt::format("upkeep a year, {:g} %", 100 * share),
      {share * m.unit_cost_eur.min, share * m.unit_cost_eur.mode, share * m.unit_cost_eur.max});
  add_money(table, "at the end of its life", m.liability_eur);
  if (m.crossing_cost_eur.max > 0) add_money(table, "each road it closes", m.crossing_cost_eur);
  if (m.gate_cost_eur.max > 0) add_money(table, "each gate in it", m.gate_cost_eur);
  out += table.text(2);
  out += paragraph(
      fmt::format("The plan counts the mean. Upkeep is due from the year after the purchase. "
                  "Earmarks count it to {}.",
                  m.budget_class),
      2);
  return out + source_text("cost and timing", m.provenance);
}

std::string when_text(const Measure& m) {
  const bool planted = m.species >= 0;
  const bool stored = m.emplacement.stored();
  const std::string there = planted ? "Planted" : stored ? "In its park" : "There";
  std::string text =
      m.lead_years > 0 ? fmt::format("{} {} after it is bought.", there, years_words(m.lead_years))
                       : fmt::format("{} in the year it is bought.", there);
  if (planted) {
    text += " From then on it grows, below.";
  } else if (m.growth_years > 0) {
    text += fmt::format(" What it does grows evenly over the {} after that.",
                        years_words(m.growth_years));
  } else if (stored) {
    text += " It stands only after the order, once a crew has driven out and emplaced it.";
  } else {
    text += " It acts in full from then on.";
  }
  if (m.closed_on_order) text += " People pass it until it is ordered closed.";
  return "\nWhen it acts\n" + paragraph(text, 2);
}

std::string stored_text(const Catalogue& c, const Measure& m) {
  const Triangular& rate = m.emplacement.rate_per_h;
  const char* unit = m.unit == "km" ? "km" : "pieces";
  std::string out = paragraph(
      fmt::format("One crew emplaces {:.3g} {} an hour, least {:.3g}, most {:.3g}; the plan counts "
                  "the mean, {:.3g}, so {} for one {}. One {} takes {:g} truck load{}.",
                  rate.mode, unit, rate.min, rate.max, rate.mean(), short_time(3600 / rate.mean()),
                  m.unit, m.unit, m.emplacement.loads, m.emplacement.loads == 1 ? "" : "s"),
      2);
  for (const Measure& park : c.measures) {
    if (park.rule != SiteRule::park) continue;
    out += paragraph(
        fmt::format(
            "A park ({}) of {:g} loads holds {:.3g} {} of it and nothing else; its {} crews "
            "emplace {:.3g} {} an hour together, once they are there.",
            park.id, park.park.loads, park.park.loads / m.emplacement.loads, unit, park.park.crews,
            park.park.crews * rate.mean(), unit),
        2);
  }
  return out;
}

std::string park_text(const Catalogue& c, const Measure& m) {
  const ParkWorks& works = m.park;
  std::string out = paragraph(
      fmt::format(
          "{} crews. The first truck leaves {} after the order, at best {}, at worst {}; the "
          "plan counts the mean, {}. Crews drive as \"{}\". It holds {:g} truck loads:",
          works.crews, short_time(works.call_out_s.mode), short_time(works.call_out_s.min),
          short_time(works.call_out_s.max), short_time(works.call_out_s.mean()),
          c.movers[static_cast<std::size_t>(works.convoy)].name, works.loads),
      2);
  Columns table(1);
  table.row({"full of one", "holds", "one crew takes"});
  for (const Measure& other : c.measures) {
    if (!other.emplacement.stored()) continue;
    table.row({other.id, units_words(works.loads / other.emplacement.loads, other.unit),
               fmt::format("{} per {}", short_time(3600 / other.emplacement.rate_per_h.mean()),
                           other.unit)});
  }
  return out + table.text(2);
}

std::string cover_text(const Catalogue& c, const Measure& m) {
  const ObstacleEffects& e = c.effects;
  return paragraph(fmt::format(
                       "The delay of an obstacle that it watches counts {:.3g} times, least "
                       "{:.3g}, most {:.3g}; the plan counts the mean, {:.3g}. Without cover no "
                       "obstacle counts above {} (disrupt). A point counts as {:g} m of cover. A "
                       "belt counts as covered from {:g} % of its built length on, and as one that "
                       "blocks when it is whole ({:g} % built), covered, and delays at least {}.",
                       m.multiplier.mode, m.multiplier.min, m.multiplier.max, m.multiplier.mean(),
                       short_time(e.disrupt_at_most_s), m.point_length_m, 100 * e.covered_at_least,
                       100 * e.whole_at_least, short_time(e.block_at_least_s)),
                   2) +
         source_text("thresholds", e.provenance);
}

std::string sensor_text(const Measure& m) {
  const SensorWorks& works = m.sensor;
  std::string when;
  for (int c = 0; c < kConditions; ++c) {
    if (!works.works[static_cast<std::size_t>(c)]) continue;
    when += fmt::format("{}{}", when.empty() ? "" : ", ", to_string(static_cast<Conditions>(c)));
  }
  return paragraph(
      fmt::format(
          "Modality: {}, {:g} m over the ground. It reaches {:g} km in the air and {:g} km on the "
          "ground, {}, by {}; drones steered through a fibre {}.",
          words_for(works.modality), works.height_m, works.range_air_m / 1000,
          works.range_ground_m / 1000,
          works.needs_sight ? "where it has sight" : "without need of sight", when,
          works.fibre_optic ? "too" : "not"),
      2);
}

std::string does_text(const Catalogue& c, const Measure& m) {
  std::string out = "\nWhat it does\n";
  std::string how = how_words(m);
  how[0] = static_cast<char>(how[0] - 'a' + 'A');
  out += paragraph(how + ".", 2);
  if (m.rule == SiteRule::mapped_ditch) out += ditch_text(c, m);
  if (is_obstacle(m.rule)) out += delays_text(c, m);
  if (m.emplacement.stored()) out += stored_text(c, m);
  if (m.rule == SiteRule::park) out += park_text(c, m);
  if (m.rule == SiteRule::cover) out += cover_text(c, m);
  if (m.rule == SiteRule::sensor) out += sensor_text(m);
  if (m.species >= 0) out += planting_text(c, m);
  if (m.rule == SiteRule::standing_forest) {
    out += paragraph(
        "How much follows from the ground of each block: its speed as it stands "
        "against that of the same block felled (docs/model/measures.md).",
        2);
  }
  if (m.rule == SiteRule::peatland) {
    out += paragraph(
        "How much follows from the ground of each block: its speed today against "
        "that of wet peat, so nothing where frost carries the mover "
        "(docs/model/measures.md).",
        2);
  }
  if (!m.acts.source.empty()) out += source_text("how it acts", m.acts);
  return out;
}

std::string conflict_words(const std::string& other, const MeasureConflict& conflict) {
  return fmt::format("Not with {} within {}{}: {}.", other,
                     conflict.within_m >= 1000 ? fmt::format("{:g} km", conflict.within_m / 1000)
                                               : fmt::format("{:g} m", conflict.within_m),
                     conflict.same_water ? " or on the same water" : "", conflict.why);
}

std::string links_text(const Catalogue& c, int index) {
  const auto id = [&](int i) { return c.measures[static_cast<std::size_t>(i)].id; };
  const Measure& m = c.measures[static_cast<std::size_t>(index)];
  std::string out;
  if (!m.needs.empty()) {
    std::vector<std::string> names;
    for (const int n : m.needs) names.push_back(id(n));
    out += paragraph(fmt::format("{} must be there first.", fmt::join(names, " or ")), 2);
  }
  for (const MeasureConflict& conflict : m.conflicts) {
    out += paragraph(conflict_words(id(conflict.measure), conflict), 2);
  }
  for (std::size_t other = 0; other < c.measures.size(); ++other) {
    const Measure& o = c.measures[other];
    if (std::find(o.needs.begin(), o.needs.end(), index) != o.needs.end()) {
      out += paragraph(
          fmt::format("{} needs {}.", o.id, o.needs.size() == 1 ? "it" : "it or another"), 2);
    }
    for (const MeasureConflict& conflict : o.conflicts) {
      if (conflict.measure == index) out += paragraph(conflict_words(o.id, conflict), 2);
    }
  }
  if (m.emplacement.stored()) {
    out += paragraph("A park must be in reach that has room and crews for it.", 2);
  }
  return "\nWhat it needs and excludes\n" + (out.empty() ? "  Nothing.\n" : out);
}

template <class T>
std::string names_of(const std::vector<T>& things, const std::vector<int>& indices) {
  std::vector<std::string> names;
  for (const int i : indices) names.push_back(things[static_cast<std::size_t>(i)].id);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string siting_text(const Catalogue& c, const Measure& m) {
  std::string out =
      "\nWhere it can stand\n" + paragraph(fmt::format("{}.", where_words(m.rule)), 2);
  const std::size_t first = out.find_first_not_of(' ', out.find('\n', 1) + 1);
  out[first] = static_cast<char>(out[first] - 'a' + 'A');
  if (m.border_from_m > 0 || m.border_to_m < 1e9) {
    out += paragraph(fmt::format("From {:g} to {:g} km from the border.", m.border_from_m / 1000,
                                 m.border_to_m / 1000),
                     2);
  }
  if (m.road_rank < 1000) {
    out += paragraph(fmt::format("On roads of rank {} or more important.", m.road_rank), 2);
  }
  if (m.settlement_distance_m > 0) {
    out +=
        paragraph(fmt::format("At least {:g} m from built-up ground.", m.settlement_distance_m), 2);
  }
  if (!m.only_on_covers.empty()) {
    out += paragraph(
        fmt::format("Only on or beside land cover: {}.", names_of(c.covers, m.only_on_covers)), 2);
  }
  if (!m.not_on_soils.empty()) {
    out += paragraph(fmt::format("Not on soil: {}.", names_of(c.soils, m.not_on_soils)), 2);
  }
  if (!m.not_on_covers.empty()) {
    out += paragraph(fmt::format("Not on land cover: {}.", names_of(c.covers, m.not_on_covers)), 2);
  }
  return out;
}

}  // namespace

std::string measures_table(const Catalogue& catalogue) {
  constexpr std::size_t kLeft = 2;
  Columns table(kLeft);
  table.row({"id", "class", "EUR a unit", "lead", "upkeep", "source"});
  std::string words;
  for (const Measure& m : catalogue.measures) {
    const Standing standing = standing_of_all(m);
    table.row({m.id, m.budget_class, fmt::format("{}/{}", money_range(m.unit_cost_eur), m.unit),
               fmt::format("{:g} y", m.lead_years),
               fmt::format("{:g} %", 100 * m.maintenance_share),
               standing == Standing::sourced  ? "cited"
               : standing == Standing::partly ? "partly"
                                              : "none"});
    table.across(
        fmt::format("{}: {}.{}", m.name, how_words(m),
                    m.liability_eur.max > 0 ? fmt::format(" Clearing or removing it: {} EUR/{}.",
                                                          money_range(m.liability_eur), m.unit)
                                            : ""),
        4);
  }
  return table.text(0) +
         paragraph(
             "\nCosts: least, most likely, most. Lead: years from purchase until it acts. "
             "Source: cited; partly = some figures are unverified; none = all are. More: "
             "abatis measures explain ID",
             0);
}

std::string explanation(const Catalogue& catalogue, int measure) {
  const Measure& m = catalogue.measures[static_cast<std::size_t>(measure)];
  std::string out = paragraph(
      fmt::format("{} ({}): figures {}", m.name, m.id, standing_words(standing_of_all(m))), 0);
  if (!m.note.empty()) out += paragraph(m.note, 2);
  return out + cost_text(m) + when_text(m) + does_text(catalogue, m) +
         links_text(catalogue, measure) + siting_text(catalogue, m);
}

}  // namespace abatis::cli
