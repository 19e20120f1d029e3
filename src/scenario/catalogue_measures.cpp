// The catalogue of measures.

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "catalogue_reader.hpp"
#include "delay_table.hpp"
#include "measure_links.hpp"
#include "sensor_reader.hpp"

namespace abatis {
namespace {

constexpr Choice<SiteRule> kSiteRule[] = {{"belt_segment", SiteRule::belt_segment},
                                          {"mapped_ditch", SiteRule::mapped_ditch},
                                          {"bridge", SiteRule::bridge},
                                          {"road_point", SiteRule::road_point},
                                          {"culvert", SiteRule::culvert},
                                          {"ford", SiteRule::ford},
                                          {"standing_forest", SiteRule::standing_forest},
                                          {"peatland", SiteRule::peatland},
                                          {"open_land", SiteRule::open_land},
                                          {"roadside", SiteRule::roadside},
                                          {"park", SiteRule::park},
                                          {"cover", SiteRule::cover},
                                          {"sensor", SiteRule::sensor}};
constexpr Choice<SiteKind> kSiteKind[] = {
    {"segment", SiteKind::segment}, {"block", SiteKind::block}, {"point", SiteKind::point}};
constexpr Choice<Dimension> kUnit[] = {{"km", Dimension::money_per_km},
                                       {"ha", Dimension::money_per_ha},
                                       {"piece", Dimension::money_per_piece}};

struct Shape {
  SiteKind kind;
  std::string_view kind_name;
  std::string_view unit;
};
Shape shape_of(SiteRule rule) {
  if (is_block(rule)) return {SiteKind::block, "block", "ha"};
  switch (rule) {
    case SiteRule::belt_segment:
    case SiteRule::mapped_ditch:
    case SiteRule::roadside:
    case SiteRule::cover:
      return {SiteKind::segment, "segment", "km"};
    default:
      return {SiteKind::point, "point", "piece"};
  }
}

// A key that only some rules have. True when it is there and fits.
bool belongs(TableReader& r, std::string_view key, bool fits, std::string_view rules) {
  if (!r.has(key)) return false;
  if (!fits) r.error(key, fmt::format("only measures with {} have it", rules), "remove it");
  return fits;
}

// Whether `rule` could be read: what hangs on it is judged only then.
bool read_shape(TableReader& r, Measure& m) {
  const bool rule = r.choice<SiteRule>("rule", m.rule, kSiteRule);
  const bool kind = r.choice<SiteKind>("kind", m.kind, kSiteKind);
  Dimension per_unit = Dimension::money_per_km;
  const bool unit = r.choice<Dimension>("unit", per_unit, kUnit);
  if (unit) r.text("unit", m.unit);
  if (rule) {
    const Shape shape = shape_of(m.rule);
    if (kind && m.kind != shape.kind) {
      r.error("kind", fmt::format("this rule finds sites of kind \"{}\"", shape.kind_name));
    }
    if (unit && m.unit != shape.unit) {
      r.error("unit", fmt::format("sites of this rule are measured in \"{}\"", shape.unit));
    }
  }
  if (unit) {
    r.triangular("unit_cost", m.unit_cost_eur, per_unit, positive_up_to(1e12));
    r.triangular("liability", m.liability_eur, per_unit, between(0, 1e12));
  }
  return rule;
}

bool read_section(TableReader& r, std::string_view key, DitchSection& into) {
  std::vector<double> metres;
  if (!r.has(key) || !r.quantities(key, metres, Dimension::length, between(0, 100), 3)) {
    return false;
  }
  if (metres[0] <= metres[1] || metres[2] <= 0) {
    r.error(
        key,
        fmt::format("no section of a ditch: {:g} m wide at the top, {:g} m at the bottom, {:g} m "
                    "deep",
                    metres[0], metres[1], metres[2]),
        "[top, bottom, depth], wider at the top, for example [\"4 m\", \"1 m\", \"2 m\"]");
    return false;
  }
  into = {metres[0], metres[1], metres[2]};
  return true;
}

void read_sections(TableReader& r, Measure& m) {
  const bool before = read_section(r, "section_before", m.section_before);
  const bool after = read_section(r, "section_after", m.section_after);
  if (before && after && m.section_after.area_m2() <= m.section_before.area_m2()) {
    r.error("section_after", "the section after deepening is not larger than before");
  }
  for (const std::string_view key : {"section_before", "section_after"}) {
    belongs(r, key, m.rule == SiteRule::mapped_ditch, "rule = \"mapped_ditch\"");
  }
}

// The ground that a measure takes from other use.
void read_land(TableReader& r, Measure& m) {
  belongs(r, "land_width", m.unit == "km", "unit = \"km\"");
  belongs(r, "land_area", m.unit == "piece", "unit = \"piece\"");
  const std::string_view key = r.has("land_width") ? "land_width" : "land_area";
  read_sourced(r, key, "land_provenance", m.land, [&] {
    if (key == "land_width") {
      return r.quantity(key, m.land_width_m, Dimension::length, between(0, 1e4));
    }
    double ha = 0;
    const bool read = r.quantity(key, ha, Dimension::area, between(0, 1e4));
    m.land_m2 = ha * 1e4;
    return read;
  });
}

// Keys that would be passed over in silence for a rule.
void refuse_idle(TableReader& r, const Measure& m) {
  const bool placeless = m.rule == SiteRule::cover;
  const bool no_ground = placeless || m.rule == SiteRule::roadside || m.rule == SiteRule::park ||
                         m.rule == SiteRule::sensor;
  for (const std::string_view key :
       {"not_on_soils", "not_on_covers", "only_on_covers", "settlement_distance"}) {
    belongs(r, key, !no_ground, "an obstacle's or a block's rule");
  }
  belongs(r, "border_distance", !placeless, "a place of their own");
  const bool crossed = m.rule == SiteRule::belt_segment || m.rule == SiteRule::mapped_ditch;
  belongs(r, "crossing_cost", crossed, "rule = \"belt_segment\" or \"mapped_ditch\"");
  belongs(r, "gate_cost", crossed, "rule = \"belt_segment\" or \"mapped_ditch\"");
  belongs(r, "closed_on_order", is_obstacle(m.rule), "an obstacle's rule");
  belongs(r, "mined_depth", m.rule == SiteRule::belt_segment, "rule = \"belt_segment\"");
  const bool grows =
      is_obstacle(m.rule) || m.rule == SiteRule::standing_forest || m.rule == SiteRule::peatland;
  if (m.growth_years > 0 && !grows) {
    const bool planted = m.rule == SiteRule::open_land || m.rule == SiteRule::roadside;
    r.error("growth",
            planted ? "what is planted grows as its species does" : "this rule acts at once",
            "remove it");
  }
}

// Where it can stand: all optional.
void read_siting(TableReader& r, Measure& m, const Catalogue& catalogue) {
  r.quantity("mined_depth", m.mined_depth_m, Dimension::length, positive_up_to(1e4));
  read_land(r, m);
  if (r.has("not_on_soils")) {
    r.references("not_on_soils", m.not_on_soils, ids_of(catalogue.soils), "soil");
  }
  if (r.has("not_on_covers")) {
    r.references("not_on_covers", m.not_on_covers, ids_of(catalogue.covers), "land cover class");
  }
  if (r.has("only_on_covers")) {
    r.references("only_on_covers", m.only_on_covers, ids_of(catalogue.covers), "land cover class");
  }
  r.quantity("settlement_distance", m.settlement_distance_m, Dimension::length, between(0, 20000));
  std::vector<double> band;
  if (r.has("border_distance") &&
      r.quantities("border_distance", band, Dimension::length, between(0, 1e6), 2)) {
    m.border_from_m = band[0];
    m.border_to_m = band[1];
    if (band[0] >= band[1]) r.error("border_distance", "the band ends where it begins or before");
  }
  r.triangular("crossing_cost", m.crossing_cost_eur, Dimension::money_per_piece, between(0, 1e9));
  r.boolean("closed_on_order", m.closed_on_order);
  r.triangular("gate_cost", m.gate_cost_eur, Dimension::money_per_piece, positive_up_to(1e9));
}

void read_emplacement(TableReader& r, Measure& m) {
  if (!belongs(r, "emplacement_rate", is_obstacle(m.rule), "an obstacle's rule")) {
    if (belongs(r, "loads", is_obstacle(m.rule), "an obstacle's rule") &&
        !r.has("emplacement_rate")) {
      r.error("loads", "only what is stored has loads, and it needs its `emplacement_rate`");
    }
    return;
  }
  if (m.unit.empty()) return;  // told already, and the rate hangs on it
  Triangular rate;
  if (m.unit == "km") {  // kept in m/s
    if (r.triangular("emplacement_rate", rate, Dimension::speed, positive_up_to(100))) {
      m.emplacement.rate_per_h = {rate.min * 3.6, rate.mode * 3.6, rate.max * 3.6};
    }
  } else {
    r.triangular("emplacement_rate", m.emplacement.rate_per_h, Dimension::per_hour,
                 positive_up_to(1000));
  }
  if (!r.has("loads")) {
    r.error("emplacement_rate", "what is stored needs its `loads`, truck loads per unit");
  }
  r.number("loads", m.emplacement.loads, positive_up_to(1e6));
}

void read_park(TableReader& r, Measure& m, const Catalogue& catalogue) {
  const bool park = m.rule == SiteRule::park;
  for (const std::string_view key : {"crews", "call_out", "stock", "convoy"}) {
    belongs(r, key, park, "rule = \"park\"");
    if (park && !r.has(key)) r.error(key, fmt::format("a park needs `{}`", key));
  }
  if (!park) return;
  r.integer("crews", m.park.crews, 1, 1000);
  r.triangular("call_out", m.park.call_out_s, Dimension::time, between(0, 30.0 * 86400));
  r.number("stock", m.park.loads, positive_up_to(1e6));
  r.reference("convoy", m.park.convoy, ids_of(catalogue.movers), "mover");
}

void read_cover(TableReader& r, Measure& m) {
  const bool cover = m.rule == SiteRule::cover;
  for (const std::string_view key : {"multiplier", "point_length"}) {
    belongs(r, key, cover, "rule = \"cover\"");
    if (cover && !r.has(key)) r.error(key, fmt::format("cover needs its `{}`", key));
  }
  std::vector<double> three;
  if (cover && r.has("multiplier") &&
      r.numbers("multiplier", three, between(1, 100), 3, "least, most likely and greatest")) {
    m.multiplier = {three[0], three[1], three[2]};
    if (!std::is_sorted(three.begin(), three.end())) {
      r.error("multiplier", "the three values must not fall: least, most likely, greatest");
    }
  }
  if (cover) r.quantity("point_length", m.point_length_m, Dimension::length, positive_up_to(1e5));
}

void read_tree_keys(TableReader& r, Measure& m, const Catalogue& catalogue) {
  const bool planted = m.rule == SiteRule::open_land || m.rule == SiteRule::roadside;
  for (const std::string_view key : {"species", "stock_age"}) {
    belongs(r, key, planted, "rule = \"open_land\" or \"roadside\"");
    if (planted && !r.has(key)) r.error(key, fmt::format("what is planted needs its `{}`", key));
  }
  const bool stand = m.rule == SiteRule::open_land;
  belongs(r, "stems", stand, "rule = \"open_land\"");
  if (stand && !r.has("stems")) r.error("stems", "a stand needs `stems`, planted per area");
  if (planted) {
    r.reference("species", m.species, ids_of(catalogue.trees), "tree species");
    r.quantity("stock_age", m.stock_age, Dimension::years, between(0, 100));
  }
  if (stand) r.quantity("stems", m.stems_per_ha, Dimension::per_area, positive_up_to(1e5));
  const bool on_roads = m.rule == SiteRule::roadside || m.rule == SiteRule::road_point;
  if (belongs(r, "road_rank", on_roads, "rule = \"roadside\" or \"road_point\"")) {
    r.integer("road_rank", m.road_rank, 1, 1000);
  }
}

// How it acts has its own source where the catalogue says more than cost and delay.
void read_acts(TableReader& r, Measure& m) {
  const bool stored = r.has("emplacement_rate") || r.has("loads");
  const bool says = (is_obstacle(m.rule) && stored) || m.rule == SiteRule::park ||
                    m.rule == SiteRule::cover || m.rule == SiteRule::sensor ||
                    m.rule == SiteRule::open_land || m.rule == SiteRule::roadside;
  if (says && !r.has("acts_provenance")) {
    r.error("acts_provenance", "say where the figures of how it acts come from",
            "name the source, or write \"unverified\"");
  }
  if (belongs(r, "acts_provenance", says, "figures of how it acts")) {
    r.provenance("acts_provenance", m.acts);
  }
}

void read_delays(TableReader& r, Measure& m, const Catalogue& catalogue) {
  if (!is_obstacle(m.rule)) {
    if (r.has("delays")) {
      r.error("delays",
              "a measure of this rule has no delays of its own: they follow from the "
              "ground, or it has none",
              "remove them");
    }
    return;
  }
  if (!r.has("delays")) {
    r.error("delays", "an obstacle needs delays by mover and season", "add delays = [ ... ]");
    return;
  }
  DelayTable delays(r.diagnostics(), catalogue);
  delays.read(r, spec::kMeasureDelays);
  delays.each([&](int mover, int season, const DelayCell& cell) {
    m.delays.push_back({mover, season, cell.delay, cell.provenance});
  });
}

void read_measure(TableReader& r, Measure& m, const Catalogue& catalogue, MeasureLinks& links) {
  r.id("budget_class", m.budget_class);
  const bool rule = read_shape(r, m);
  if (r.quantity("lead_time", m.lead_years, Dimension::years, between(0, 40)) &&
      m.lead_years != std::floor(m.lead_years)) {
    r.error("lead_time", "lead time is counted in whole years");
  }
  r.quantity("maintenance", m.maintenance_share, Dimension::share, between(0, 1));
  r.quantity("growth", m.growth_years, Dimension::years, between(0, 200));
  r.text("symbol", m.symbol);
  r.colour("colour", m.colour);
  r.text("note", m.note);
  read_siting(r, m, catalogue);
  links.read(r);
  if (!rule) return;
  refuse_idle(r, m);
  read_sections(r, m);
  read_emplacement(r, m);
  read_park(r, m, catalogue);
  read_cover(r, m);
  read_sensor(r, m);
  read_tree_keys(r, m, catalogue);
  read_acts(r, m);
  read_delays(r, m, catalogue);
}

void read_effects(TableReader& file, ObstacleEffects& into) {
  const TomlNode* node = file.table("effects");
  if (node == nullptr) return;
  TableReader r(file.diagnostics(), *node, spec::kEffects);
  r.quantity("disrupt_at_most", into.disrupt_at_most_s, Dimension::time,
             positive_up_to(30 * 86400));
  r.quantity("covered_at_least", into.covered_at_least, Dimension::share, positive_up_to(1));
  r.quantity("whole_at_least", into.whole_at_least, Dimension::share, positive_up_to(1));
  const bool block = r.quantity("block_at_least", into.block_at_least_s, Dimension::time,
                                positive_up_to(30 * 86400));
  if (block && into.block_at_least_s <= into.disrupt_at_most_s) {
    r.error("block_at_least",
            fmt::format("a belt blocks from {} on, but what only disrupts counts up to {}",
                        shown(into.block_at_least_s, Dimension::time),
                        shown(into.disrupt_at_most_s, Dimension::time)),
            "block_at_least must be above disrupt_at_most");
  }
  r.provenance("provenance", into.provenance);
}

}  // namespace

std::string_view to_string(SiteRule rule) {
  const auto* const at = std::find_if(std::begin(kSiteRule), std::end(kSiteRule),
                                      [&](const auto& choice) { return choice.value == rule; });
  return at == std::end(kSiteRule) ? "" : at->name;
}

void read_measures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kMeasureFile);
  MeasureLinks links;
  read_named(file, spec::kMeasure, kMaxCatalogueEntries, "measure", into.measures,
             [&](TableReader& r, Measure& m) { read_measure(r, m, into, links); });
  links.resolve(diagnostics, into.measures);
  read_effects(file, into.effects);
}

}  // namespace abatis
