// [[decisions]], [[capacities]], [[upgrades]] and [tradeoffs]: what bounds the plan beside money
// and harm.

#include <algorithm>

#include <fmt/format.h>

#include "sections.hpp"

namespace abatis {

std::vector<std::string> usable_measures(const Scenario& s) {
  std::vector<std::string> ids;
  for (const int m : s.measures) {
    ids.push_back(s.catalogue.measures[static_cast<std::size_t>(m)].id);
  }
  return ids;
}

namespace {

// One of build, never and built, with its year.
bool read_kind(const Scenario& s, TableReader& r, Decision& d) {
  const int given = (r.has("build") ? 1 : 0) + (r.has("never") ? 1 : 0) + (r.has("built") ? 1 : 0);
  if (given != 1) {
    r.error("site", "a decision is one of build = YEAR, never = true and built = YEAR");
    return false;
  }
  const int last = s.first_year + s.years - 1;
  if (r.has("build")) {
    d.kind = Decision::Kind::build;
    return r.integer("build", d.year, s.first_year, last);
  }
  if (r.has("built")) {
    d.kind = Decision::Kind::built;
    return r.integer("built", d.year, 1900, s.first_year - 1);
  }
  bool never = false;
  if (!r.boolean("never", never)) return false;
  if (!never) r.error("never", "a decision that says nothing", "remove it, or say never = true");
  return never;
}

}  // namespace

void read_decisions(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("decisions")) return;
  const std::vector<std::string> measures = usable_measures(s);
  for (const TomlNode* node : file.tables("decisions", 10'000)) {
    TableReader r(reading.diagnostics, *node, spec::kDecisions);
    Decision d;
    r.provenance("provenance", d.provenance);
    if (!r.id("site", d.site) || !reading.years_known || !read_kind(s, r, d)) continue;
    d.where = reading.diagnostics.where(r.place("site"), "decision on " + d.site);
    int at = -1;
    if (r.has("measure") && reading.catalogue_known &&
        r.reference("measure", at, measures, "measure of [sites]")) {
      d.measure = s.measures[static_cast<std::size_t>(at)];
    }
    for (const Decision& other : s.decisions) {
      const bool both_never = other.kind == Decision::Kind::never && other.kind == d.kind &&
                              other.measure != d.measure && other.measure >= 0 && d.measure >= 0;
      if (other.site != d.site || both_never) continue;
      r.error("site",
              fmt::format("a second decision on {}, first in line {}", d.site, other.where.line));
    }
    s.decisions.push_back(std::move(d));
  }
}

void read_capacities(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("capacities")) return;
  const std::vector<std::string> measures = usable_measures(s);
  std::vector<std::string> ids;
  std::vector<Place> places;
  for (const TomlNode* node : file.tables("capacities", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kCapacities);
    Capacity c;
    r.provenance("provenance", c.provenance);
    r.text("name", c.name);
    r.text("unit", c.unit);
    const bool amount = r.number("each_year", c.each_year, between(0, 1e12));
    std::vector<int> used;
    if (!r.id("id", c.id) || !amount || !reading.catalogue_known ||
        !r.references("measures", used, measures, "measure of [sites]")) {
      continue;
    }
    ids.push_back(c.id);
    places.push_back(r.place("id"));
    std::vector<double> per_unit;
    if (!r.numbers("per_unit", per_unit, positive_up_to(1e9), used.size(),
                   "one number for each of measures")) {
      continue;
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      c.uses.push_back({s.measures[static_cast<std::size_t>(used[i])], per_unit[i]});
    }
    c.where = reading.diagnostics.where(r.place("each_year"), "capacity " + c.id);
    s.capacities.push_back(std::move(c));
  }
  refuse_duplicates(reading.diagnostics, ids, places, "capacity");
}

namespace {

// Why no purchase of `from` can become `to`, or "".
std::string no_upgrade(const Catalogue& catalogue, int from, int to) {
  const Measure& before = catalogue.measures[static_cast<std::size_t>(from)];
  const Measure& after = catalogue.measures[static_cast<std::size_t>(to)];
  if (!is_obstacle(before.rule)) return before.name + " is no obstacle: it cannot be upgraded";
  if (before.growth_years > 0) return before.name + " grows: what still grows is not upgraded";
  if (after.rule == SiteRule::cover) return {};
  if (from == to) return "a measure is no upgrade of itself";
  if (after.rule != before.rule) {
    return fmt::format("{} does not stand where {} does", after.name, before.name);
  }
  return {};
}

}  // namespace

void read_upgrades(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("upgrades")) return;
  const std::vector<std::string> measures = usable_measures(s);
  for (const TomlNode* node : file.tables("upgrades", 64)) {
    TableReader r(reading.diagnostics, *node, spec::kUpgrades);
    UpgradeRule u;
    r.provenance("provenance", u.provenance);
    r.quantity("credit", u.credit, Dimension::share, between(0, 1));
    if (!reading.catalogue_known || !r.reference("from", u.from, measures, "measure of [sites]") ||
        !r.reference("to", u.to, measures, "measure of [sites]")) {
      continue;
    }
    u.from = s.measures[static_cast<std::size_t>(u.from)];
    u.to = s.measures[static_cast<std::size_t>(u.to)];
    if (const std::string why = no_upgrade(s.catalogue, u.from, u.to); !why.empty()) {
      r.error("to", why);
      continue;
    }
    u.where = reading.diagnostics.where(r.place("from"), "upgrade");
    for (const UpgradeRule& other : s.upgrades) {
      if (other.from == u.from && other.to == u.to) {
        r.error("to", fmt::format("a second time, first in line {}", other.where.line));
      }
    }
    s.upgrades.push_back(std::move(u));
  }
}

void read_tradeoffs(Reading& reading, const TomlNode& node) {
  TableReader r(reading.diagnostics, node, spec::kTradeoffs);
  TradeoffRules& t = reading.scenario.tradeoffs;
  t.given = true;
  const auto levels = [&](std::string_view key, std::vector<double>& into, Range range) {
    if (!r.quantities(key, into, Dimension::share, range, 0, 20)) return;
    std::sort(into.begin(), into.end());
    if (std::adjacent_find(into.begin(), into.end()) != into.end()) {
      r.error(key, "a level stands there twice");
    }
  };
  levels("money", t.money, positive_up_to(10));
  levels("harm", t.harm, between(0, 1));
  read_harm_metric(r, "harm_metric", t.metric);
  if (r.has("harm_in") && r.text("harm_in", t.in) && t.in == kEachMunicipality) {
    r.error("harm_in", "a frontier is drawn for one municipality", "name it, or leave this out");
  }
  std::vector<double> growth;
  if (r.quantities("growth_years", growth, Dimension::share, positive_up_to(10), 2)) {
    t.growth_low = growth[0];
    t.growth_high = growth[1];
    if (t.growth_low > 1 || t.growth_high < 1) {
      r.error("growth_years", "the first is fast growth, up to 100 %, the second slow, from 100 %");
    }
  }
  r.quantity("gap", t.gap, Dimension::share, between(0, 1));
  r.quantity("time_limit", t.time_limit_s, Dimension::time, positive_up_to(30.0 * 86400));
  r.provenance("provenance", t.provenance);
}

}  // namespace abatis
