#include "measure_json.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "abatis/measures/ditch.hpp"
#include "abatis/measures/trees.hpp"
#include "measure_words.hpp"

namespace abatis::cli {
namespace {

using Json = nlohmann::ordered_json;

Json triangular(const Triangular& t) {
  return {{"min", t.min}, {"mode", t.mode}, {"max", t.max}, {"mean", t.mean()}};
}

Json source(const Provenance& provenance) {
  return {{"source", provenance.source}, {"standing", standing_words(provenance)}};
}

template <class T>
Json ids(const std::vector<T>& things, const std::vector<int>& indices) {
  Json list = Json::array();
  for (const int i : indices) list.push_back(things[static_cast<std::size_t>(i)].id);
  return list;
}

Json section(const DitchSection& s) {
  return {{"top_m", s.top_m}, {"bottom_m", s.bottom_m}, {"depth_m", s.depth_m}};
}

Json delays(const Catalogue& c, const Measure& m) {
  const Measure* cover = first_cover(c);
  Json rows = Json::array();
  for (const MeasureDelay& d : m.delays) {
    const Counted count = counted(c, m, d, cover);
    Json row = {{"mover", c.movers[static_cast<std::size_t>(d.mover)].id},
                {"season", c.seasons[static_cast<std::size_t>(d.season)].id},
                {"delay_s", triangular(d.delay_s)},
                {"alone_s", count.alone_s}};
    if (cover != nullptr) row["covered_s"] = count.covered_s;
    row["provenance"] = source(d.provenance);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json ditch(const Catalogue& c, const Measure& m) {
  const DitchSection before = section_before(m);
  const DitchSection after = section_after(m);
  Json answers = Json::array();
  for (const Mover& mover : c.movers) {
    for (const Season& season : c.seasons) {
      answers.push_back({{"mover", mover.id},
                         {"season", season.id},
                         {"before", to_string(answer_to(before, mover, season))},
                         {"after", to_string(answer_to(after, mover, season))}});
    }
  }
  return {{"before", section(before)},
          {"after", section(after)},
          {"presumed", !m.section_before.given() || !m.section_after.given()},
          {"earthwork_m3_per_km", deepening_volume_m3_per_km(before, after)},
          {"bank_unstable", bank_unstable(after)},
          {"answers", std::move(answers)}};
}

Json planting(const Catalogue& c, const Measure& m) {
  const TreeSpecies& species = c.trees[static_cast<std::size_t>(m.species)];
  const bool stand = m.rule == SiteRule::open_land;
  const int lead = static_cast<int>(std::ceil(m.lead_years));
  Json years = Json::array();
  for (int year = lead; year <= kLongestWatch; ++year) {
    const Stand at = stand_at(species, stand ? m.stems_per_ha : 1, m.stock_age + year - lead);
    Json row = {{"year", year}, {"height_m", at.height_m}, {"stem_m", at.diameter_m}};
    if (stand) row["stems_per_ha"] = at.stems_per_ha;
    years.push_back(std::move(row));
  }
  Json out = {{"species", species.id}, {"stock_age", m.stock_age}};
  if (stand) {
    out["stems_per_ha"] = m.stems_per_ha;
    Json stops = Json::object();
    for (const Mover& mover : c.movers) {
      const int year = stops_after(c, m, mover);
      stops[mover.id] = year < 0 ? Json() : Json(year);
    }
    out["stops_from_year"] = std::move(stops);
  }
  out["years"] = std::move(years);
  out["provenance"] = {{"height", source(species.provenance)},
                       {"stem", source(species.diameter_provenance)},
                       {"stems", source(species.stems_provenance)}};
  return out;
}

Json siting(const Catalogue& c, const Measure& m) {
  Json out = {{"not_on_soils", ids(c.soils, m.not_on_soils)},
              {"not_on_covers", ids(c.covers, m.not_on_covers)},
              {"only_on_covers", ids(c.covers, m.only_on_covers)},
              {"settlement_distance_m", m.settlement_distance_m},
              {"border_from_m", m.border_from_m}};
  out["border_to_m"] = std::isfinite(m.border_to_m) ? Json(m.border_to_m) : Json();
  if (m.rule == SiteRule::roadside || m.rule == SiteRule::road_point)
    out["road_rank"] = m.road_rank;
  return out;
}

Json sensor(const SensorWorks& works) {
  Json when = Json::array();
  for (int c = 0; c < kConditions; ++c) {
    if (works.works[static_cast<std::size_t>(c)])
      when.push_back(to_string(static_cast<Conditions>(c)));
  }
  return {{"modality", to_string(works.modality)},
          {"height_m", works.height_m},
          {"range_air_m", works.range_air_m},
          {"range_ground_m", works.range_ground_m},
          {"works", std::move(when)},
          {"sight", works.needs_sight},
          {"refraction", works.refraction},
          {"fibre_optic", works.fibre_optic}};
}

// What is its own of a rule.
void add_effects(Json& out, const Catalogue& c, const Measure& m) {
  if (is_obstacle(m.rule)) out["delays"] = delays(c, m);
  if (m.rule == SiteRule::mapped_ditch) out["ditch"] = ditch(c, m);
  if (m.emplacement.stored()) {
    out["stored"] = {{"rate_per_h", triangular(m.emplacement.rate_per_h)},
                     {"loads", m.emplacement.loads}};
  }
  if (m.rule == SiteRule::park) {
    out["park"] = {{"crews", m.park.crews},
                   {"call_out_s", triangular(m.park.call_out_s)},
                   {"loads", m.park.loads},
                   {"convoy", c.movers[static_cast<std::size_t>(m.park.convoy)].id}};
  }
  if (m.rule == SiteRule::cover) {
    out["cover"] = {{"multiplier", triangular(m.multiplier)}, {"point_length_m", m.point_length_m}};
  }
  if (m.rule == SiteRule::sensor) out["sensor"] = sensor(m.sensor);
  if (m.species >= 0) out["planting"] = planting(c, m);
}

}  // namespace

std::string measure_json(const Catalogue& c, int measure, bool whole) {
  const Measure& m = c.measures[static_cast<std::size_t>(measure)];
  Json out = {{"event", "measure"},
              {"id", m.id},
              {"name", m.name},
              {"budget_class", m.budget_class},
              {"rule", to_string(m.rule)},
              {"unit", m.unit},
              {"unit_cost_eur", triangular(m.unit_cost_eur)},
              {"lead_years", m.lead_years},
              {"maintenance_share", m.maintenance_share},
              {"liability_eur", triangular(m.liability_eur)},
              {"acts", how_words(m)},
              {"standing", standing_words(standing_of_all(m))}};
  if (whole) {
    out["note"] = m.note;
    out["crossing_cost_eur"] = triangular(m.crossing_cost_eur);
    out["gate_cost_eur"] = triangular(m.gate_cost_eur);
    out["closed_on_order"] = m.closed_on_order;
    out["growth_years"] = m.growth_years;
    out["provenance"] = source(m.provenance);
    if (!m.acts.source.empty()) out["acts_provenance"] = source(m.acts);
    add_effects(out, c, m);
    out["needs"] = ids(c.measures, m.needs);
    out["conflicts"] = Json::array();
    for (const MeasureConflict& conflict : m.conflicts) {
      out["conflicts"].push_back(
          {{"measure", c.measures[static_cast<std::size_t>(conflict.measure)].id},
           {"within_m", conflict.within_m},
           {"same_water", conflict.same_water},
           {"why", conflict.why}});
    }
    out["siting"] = siting(c, m);
  }
  return out.dump();
}

}  // namespace abatis::cli
