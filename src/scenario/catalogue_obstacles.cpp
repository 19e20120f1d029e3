// Catalogues of natural obstacles and of measures: both carry delays by mover and season.

#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr double kMaxDelay = 366.0 * 86400;

struct DelayCell {
  Triangular delay;
  Provenance provenance;
  Place at;
};

// Delays of one obstacle, as rows that each cover some movers and some seasons.
class DelayTable {
 public:
  DelayTable(Diagnostics& diagnostics, const Catalogue& catalogue)
      : diagnostics_(diagnostics),
        movers_(ids_of(catalogue.movers)),
        seasons_(ids_of(catalogue.seasons)),
        cells_(movers_.size() * seasons_.size()) {}

  void read(TableReader& owner, const TableSpec& row_spec) {
    const auto rows = owner.tables("delays", cells_.size() + 1);
    bool all_good = owner.has("delays") && !rows.empty();
    for (const TomlNode* node : rows) all_good = read_row(*node, row_spec) && all_good;
    if (all_good) tell_missing(owner);
  }
  // Calls `use(mover, season, cell)` for every delay given, by mover, then season.
  template <class Use>
  void each(Use&& use) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i]) {
        use(static_cast<int>(i / seasons_.size()), static_cast<int>(i % seasons_.size()),
            *cells_[i]);
      }
    }
  }

 private:
  bool read_row(const TomlNode& node, const TableSpec& row_spec) {
    TableReader r(diagnostics_, node, row_spec);
    std::vector<int> movers, seasons;
    DelayCell cell;
    cell.at = r.at();
    bool good = r.references("movers", movers, movers_, "mover");
    good = r.references("seasons", seasons, seasons_, "season") && good;
    good = r.triangular("delay", cell.delay, Dimension::time, between(0, kMaxDelay)) && good;
    good = r.provenance("provenance", cell.provenance) && good;
    for (const int m : movers) {
      for (const int s : seasons) {
        auto& place =
            cells_[static_cast<std::size_t>(m) * seasons_.size() + static_cast<std::size_t>(s)];
        if (place) {
          r.error("delay",
                  fmt::format("the delay of {} in season {} stands twice, first in line {}",
                              movers_[static_cast<std::size_t>(m)],
                              seasons_[static_cast<std::size_t>(s)], place->at.line));
        } else {
          place = cell;
        }
      }
    }
    return good;
  }
  void tell_missing(TableReader& owner) {
    std::vector<std::string> missing;
    for (std::size_t m = 0; m < movers_.size(); ++m) {
      for (std::size_t s = 0; s < seasons_.size(); ++s) {
        if (!cells_[m * seasons_.size() + s]) {
          missing.push_back(fmt::format("{} in {}", movers_[m], seasons_[s]));
        }
      }
    }
    if (missing.empty()) return;
    const std::size_t count = missing.size();
    constexpr std::size_t kNamed = 6;
    if (count > kNamed) missing.resize(kNamed);
    owner.error("delays",
                fmt::format("{} of {} delays are missing: {}{}", count, cells_.size(),
                            fmt::join(missing, ", "), count > kNamed ? ", ..." : ""),
                "give every mover of movers.toml a delay in every season of seasons.toml");
  }

  Diagnostics& diagnostics_;
  std::vector<std::string> movers_, seasons_;
  std::vector<std::optional<DelayCell>> cells_;
};

constexpr Choice<SiteRule> kSiteRule[] = {{"belt_segment", SiteRule::belt_segment},
                                          {"mapped_ditch", SiteRule::mapped_ditch},
                                          {"bridge", SiteRule::bridge},
                                          {"standing_forest", SiteRule::standing_forest}};
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
  switch (rule) {
    case SiteRule::belt_segment:
    case SiteRule::mapped_ditch:
      return {SiteKind::segment, "segment", "km"};
    case SiteRule::bridge:
      return {SiteKind::point, "point", "piece"};
    case SiteRule::standing_forest:
      return {SiteKind::block, "block", "ha"};
  }
  return {SiteKind::segment, "segment", "km"};
}

void read_shape(TableReader& r, Measure& m) {
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
}

bool read_section(TableReader& r, std::string_view key, DitchSection& into) {
  std::vector<double> metres;
  if (!r.has(key) || !r.quantities(key, metres, Dimension::length, between(0, 100), 3)) {
    return false;
  }
  if (metres[0] <= metres[1] || metres[2] <= 0) {
    r.error(key, "a section is [width at the top, width at the bottom, depth], wider at the top",
            "for example [\"4 m\", \"1 m\", \"2 m\"]");
    return false;
  }
  into = {metres[0], metres[1], metres[2]};
  return true;
}

// Where it can stand and what it does to a ditch: all optional.
void read_siting(TableReader& r, Measure& m, const Catalogue& catalogue) {
  if (r.has("not_on_soils")) {
    r.references("not_on_soils", m.not_on_soils, ids_of(catalogue.soils), "soil");
  }
  if (r.has("not_on_covers")) {
    r.references("not_on_covers", m.not_on_covers, ids_of(catalogue.covers), "land cover class");
  }
  r.quantity("settlement_distance", m.settlement_distance_m, Dimension::length, between(0, 20000));
  r.triangular("crossing_cost", m.crossing_cost_eur, Dimension::money_per_piece, between(0, 1e9));
  const bool before = read_section(r, "section_before", m.section_before);
  const bool after = read_section(r, "section_after", m.section_after);
  if (before && after && m.section_after.area_m2() <= m.section_before.area_m2()) {
    r.error("section_after", "the section after deepening is not larger than before");
  }
  if (m.rule != SiteRule::mapped_ditch && (before || after)) {
    r.error(before ? "section_before" : "section_after",
            "only measures with rule = \"mapped_ditch\" have sections");
  }
}

void read_measure(TableReader& r, Measure& m, const Catalogue& catalogue) {
  r.id("budget_class", m.budget_class);
  read_shape(r, m);
  if (r.quantity("lead_time", m.lead_years, Dimension::years, between(0, 40)) &&
      m.lead_years != static_cast<int>(m.lead_years)) {
    r.error("lead_time", "lead time is counted in whole years");
  }
  r.quantity("maintenance", m.maintenance_share, Dimension::share, between(0, 1));
  r.quantity("growth", m.growth_years, Dimension::years, between(0, 200));
  read_siting(r, m, catalogue);
  r.text("symbol", m.symbol);
  r.colour("colour", m.colour);
  r.text("note", m.note);
  DelayTable delays(r.diagnostics(), catalogue);
  delays.read(r, spec::kMeasureDelays);
  delays.each([&](int mover, int season, const DelayCell& cell) {
    m.delays.push_back({mover, season, cell.delay, cell.provenance});
  });
}

void read_natural(TableReader& r, NaturalObstacle& n, Catalogue& catalogue, IdList& codes) {
  r.text_list("codes", n.codes, 64);
  for (const std::string& code : n.codes) codes.add(code, r.place("codes"));
  r.boolean("barrier", n.barrier);
  r.number("slope_intercepts", n.slope_intercepts, between(0, 280));
  if (n.barrier && !r.has("delays")) {
    r.error("barrier", "a barrier needs delays", "add delays = [ ... ], or barrier = false");
  } else if (!n.barrier && r.has("delays")) {
    r.error("delays", "delays of what is no barrier", "remove them, or set barrier = true");
  } else if (n.barrier) {
    DelayTable delays(r.diagnostics(), catalogue);
    delays.read(r, spec::kNaturalDelays);
    const auto obstacle = static_cast<int>(catalogue.naturals.size());
    delays.each([&](int mover, int season, const DelayCell& cell) {
      catalogue.natural_delays.push_back({obstacle, mover, season, cell.delay, cell.provenance});
    });
  }
}

void read_crossing(TableReader& file, CrossingRules& into) {
  constexpr Range kSpeeds = positive_up_to(100);
  const auto section = [&](std::string_view key, const TableSpec& keys, const auto& read) {
    if (const TomlNode* node = file.table(key)) {
      TableReader r(file.diagnostics(), *node, keys);
      read(r);
    }
  };
  section("swimming", spec::kSwimming, [&](TableReader& r) {
    r.quantity("speed", into.swim_mps, Dimension::speed, kSpeeds);
    r.quantity("ice_limit", into.swim_ice_limit_m, Dimension::length, between(0, 10));
    r.provenance("provenance", into.swimming);
  });
  section("ice", spec::kIce, [&](TableReader& r) {
    r.quantity("speed", into.ice_mps, Dimension::speed, kSpeeds);
    r.provenance("provenance", into.ice);
  });
  section("in_barrier", spec::kInBarrier, [&](TableReader& r) {
    r.quantity("speed", into.barrier_mps, Dimension::speed, kSpeeds);
    r.provenance("provenance", into.barrier);
  });
}

}  // namespace

void read_naturals(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kNaturalFile);
  IdList codes;
  read_named(file, spec::kNatural, kMaxCatalogueEntries, "natural obstacle", into.naturals,
             [&](TableReader& r, NaturalObstacle& n) { read_natural(r, n, into, codes); });
  codes.refuse_twice(diagnostics, "code");
  read_crossing(file, into.crossing);
}

void read_measures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kMeasureFile);
  read_named(file, spec::kMeasure, kMaxCatalogueEntries, "measure", into.measures,
             [&](TableReader& r, Measure& m) { read_measure(r, m, into); });
}

}  // namespace abatis
