// Figures that the ledger of harm to civilians is reckoned by.

#include <cmath>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr double kM2PerHa = 1e4;
constexpr double kMostYears = 100;

void read_clearance(TableReader& r, CivilFigures& c) {
  Triangular by_ha;
  if (r.triangular("unit_cost", by_ha, Dimension::money_per_ha, positive_up_to(1e9))) {
    c.clearance_eur_m2 = {by_ha.min / kM2PerHa, by_ha.mode / kM2PerHa, by_ha.max / kM2PerHa};
  }
  r.provenance("provenance", c.clearance_cost);
}

void read_capacity(TableReader& r, CivilFigures& c) {
  double ha = 0;
  if (r.quantity("each_year", ha, Dimension::area, positive_up_to(1e7))) {
    c.clearance_m2_year = ha * kM2PerHa;
  }
  r.provenance("provenance", c.clearance_rate);
}

void read_inspections(TableReader& r, CivilFigures& c) {
  r.quantity("interval", c.inspection_years, Dimension::years, between(1.0 / 12, kMostYears));
  r.provenance("provenance", c.inspection);
}

void read_access(TableReader& r, CivilFigures& c, const std::vector<std::string>& movers) {
  r.reference("mover", c.mover, movers, "mover");
  r.quantity("delayed", c.delayed_s, Dimension::time, positive_up_to(86400));
  r.quantity("to_road", c.to_road_m, Dimension::length, positive_up_to(1e5));
  r.number("household", c.household, between(1, 20));
  r.provenance("provenance", c.access);
}

void read_population(TableReader& r, CivilFigures& c) {
  r.number("settlement", c.presumed_settlement, between(0, 1e5));
  r.number("dwelling", c.presumed_dwelling, between(0, 100));
  r.provenance("provenance", c.presumed);
}

void read_gate(TableReader& r, CivilFigures& c) {
  r.quantity("delay", c.gate_delay_s, Dimension::time, between(0, 86400));
  r.provenance("provenance", c.gate);
}

}  // namespace

std::int64_t CivilFigures::presumed_in(std::string_view kind) const {
  const bool dwelling = kind == "isolated_dwelling" || kind == "farm";
  return static_cast<std::int64_t>(std::ceil(dwelling ? presumed_dwelling : presumed_settlement));
}

void read_civil(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kCivilFile);
  const auto section = [&](std::string_view key, const TableSpec& keys, const auto& read) {
    if (const TomlNode* node = file.table(key)) {
      TableReader r(diagnostics, *node, keys);
      read(r);
    }
  };
  CivilFigures& c = into.civil;
  section("clearance", spec::kClearance, [&](TableReader& r) { read_clearance(r, c); });
  section("clearance_capacity", spec::kClearanceCapacity,
          [&](TableReader& r) { read_capacity(r, c); });
  section("inspections", spec::kInspections, [&](TableReader& r) { read_inspections(r, c); });
  section("population", spec::kPopulation, [&](TableReader& r) { read_population(r, c); });
  section("gates", spec::kGateFigures, [&](TableReader& r) { read_gate(r, c); });
  const std::vector<std::string> movers = ids_of(into.movers);
  section("access", spec::kAccess, [&](TableReader& r) { read_access(r, c, movers); });
}

}  // namespace abatis
