// Catalogues of movers, seasons, soils, land cover, roads and formations.

#include <fmt/format.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr Choice<Running> kRunning[] = {
    {"tracked", Running::tracked}, {"wheeled", Running::wheeled}, {"foot", Running::foot}};
constexpr Choice<Moisture> kMoisture[] = {
    {"dry", Moisture::dry}, {"moist", Moisture::moist}, {"wet", Moisture::wet}};
constexpr Choice<CoverKind> kCoverKind[] = {{"open", CoverKind::open},
                                            {"forest", CoverKind::forest},
                                            {"wetland", CoverKind::wetland},
                                            {"builtup", CoverKind::builtup},
                                            {"water", CoverKind::water}};

// A raster value or attribute value may mean one class only.
template <class Code>
class CodeOwners {
 public:
  void claim(TableReader& reader, const std::vector<Code>& codes, const std::string& id) {
    for (const Code& code : codes) {
      for (const auto& [taken, owner] : owners_) {
        if (taken == code) {
          reader.error("codes", fmt::format("code {} is already that of {}", code, owner));
        }
      }
      owners_.emplace_back(code, id);
    }
  }

 private:
  std::vector<std::pair<Code, std::string>> owners_;
};

void read_mover(TableReader& r, Mover& m) {
  using enum Dimension;
  r.choice<Running>("running", m.running, kRunning);
  r.quantity("speed_road", m.vmax_road_mps, speed, positive_up_to(100));
  r.quantity("speed_offroad", m.vmax_offroad_mps, speed, positive_up_to(100));
  r.quantity("slope_on", m.slope_on_percent, percent, positive_up_to(200));
  r.quantity("slope_off", m.slope_off_percent, percent, positive_up_to(200));
  r.quantity("width", m.width_m, length, positive_up_to(20));
  r.quantity("clearance", m.clearance_m, length, between(0, 10));
  r.quantity("vci1", m.vci1_psi, pressure, between(0, 500));
  const bool vci50 = r.quantity("vci50", m.vci50_psi, pressure, positive_up_to(1000));
  if (vci50 && m.vci50_psi <= m.vci1_psi) {
    r.error("vci50", fmt::format("vci50 of {:g} psi must be above vci1 of {:g} psi", m.vci50_psi,
                                 m.vci1_psi));
  }
  r.quantity("override_diameter", m.override_diameter_m, length, between(0, 2));
  r.quantity("ford_depth", m.ford_depth_m, length, between(0, 20));
  r.quantity("trench_width", m.trench_width_m, length, between(0, 20));
  r.quantity("step_height", m.step_height_m, length, between(0, 10));
  r.quantity("weight", m.weight_t, mass, positive_up_to(1000));
  r.boolean("amphibious", m.amphibious);
}

void read_season(TableReader& r, Season& s) {
  r.choice<Moisture>("moisture", s.moisture, kMoisture);
  r.number("soil_factor", s.soil_factor, positive_up_to(10));
  r.quantity("frost_depth", s.frost_depth_m, Dimension::length, between(0, 10));
  r.quantity("ice_thickness", s.ice_thickness_m, Dimension::length, between(0, 10));
  r.number("surface_factor", s.surface_factor, positive_up_to(1));
  r.number("road_factor", s.road_factor, positive_up_to(1));
  r.number("bank_factor", s.bank_factor, positive_up_to(1));
  r.quantity("ditch_water", s.ditch_water_m, Dimension::length, between(0, 20));
}

void read_soil(TableReader& r, SoilClass& s) {
  r.codes("codes", s.codes);
  std::vector<double> rci;
  if (!r.quantities("rci", rci, Dimension::pressure, positive_up_to(2000), 3)) return;
  s.rci_psi = {rci[0], rci[1], rci[2]};
  if (!(rci[0] >= rci[1] && rci[1] >= rci[2])) {
    r.error("rci", "strength must not rise from dry over moist to wet");
  }
}

void read_cover(TableReader& r, CoverClass& c, const std::vector<std::string>& soils) {
  r.codes("codes", c.codes);
  r.choice<CoverKind>("kind", c.kind, kCoverKind);
  r.number("vegetation_factor", c.vegetation_factor, between(0, 1));
  r.number("roughness_factor", c.roughness_factor, between(0, 1));
  r.quantity("stems", c.stems_per_ha, Dimension::per_area, between(0, 1e6));
  r.quantity("stem_diameter", c.stem_diameter_m, Dimension::length, between(0, 5));
  r.quantity("canopy", c.canopy_m, Dimension::length, between(0, 120));
  int soil = -1;
  if (r.reference("soil", soil, soils, "soil")) c.soil = soils[static_cast<std::size_t>(soil)];
  r.boolean("farmed", c.farmed);
  read_sourced(r, "margin", "margin_provenance", c.margin_provenance, [&] {
    return r.quantity("margin", c.margin_eur_ha, Dimension::money_per_ha, between(0, 1e6));
  });
  r.colour("colour", c.colour);
}

void read_road(TableReader& r, RoadClass& c) {
  r.text_list("codes", c.codes, 64);
  r.quantity("speed_tracked", c.speed_tracked_mps, Dimension::speed, positive_up_to(100));
  r.quantity("speed_wheeled", c.speed_wheeled_mps, Dimension::speed, positive_up_to(100));
  r.integer("rank", c.rank, 1, 1000);
  if (r.quantity("capacity", c.capacity_per_h, Dimension::per_hour, positive_up_to(1e5)) &&
      !r.provenance("capacity_provenance", c.capacity_provenance) &&
      !r.has("capacity_provenance")) {
    r.error("capacity", "a capacity needs its capacity_provenance",
            "name its source, or write \"unverified\"");
  }
}

}  // namespace

void read_movers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kMoverFile);
  read_named(file, spec::kMover, kMaxCatalogueEntries, "mover", into.movers, read_mover);
}

void read_seasons(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kSeasonFile);
  read_named(file, spec::kSeason, kMaxCatalogueEntries, "season", into.seasons, read_season);
}

void read_soils(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kSoilFile);
  CodeOwners<int> owners;
  read_named(file, spec::kSoil, kMaxCatalogueEntries, "soil", into.soils,
             [&](TableReader& r, SoilClass& s) {
               read_soil(r, s);
               owners.claim(r, s.codes, s.id);
             });
}

void read_covers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kCoverFile);
  CodeOwners<int> owners;
  read_named(file, spec::kCover, kMaxCatalogueEntries, "cover", into.covers,
             [&, soils = ids_of(into.soils)](TableReader& r, CoverClass& c) {
               read_cover(r, c, soils);
               owners.claim(r, c.codes, c.id);
             });
}

void read_roads(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kRoadFile);
  CodeOwners<std::string> owners;
  read_named(file, spec::kRoad, kMaxCatalogueEntries, "road class", into.roads,
             [&](TableReader& r, RoadClass& c) {
               read_road(r, c);
               owners.claim(r, c.codes, c.id);
             });
}

void read_formations(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kFormationFile);
  auto& list = into.formations;
  read_named(file, spec::kFormation, kMaxCatalogueEntries, "formation", list,
             [&](TableReader& r, Formation& f) {
               const bool read =
                   r.quantity("frontage", f.frontage_m, Dimension::length, positive_up_to(100'000));
               if (!read || list.empty() || f.frontage_m > list.back().frontage_m) return;
               r.error("frontage",
                       fmt::format("{:g} m after {:g} m: formations stand by rising frontage",
                                   f.frontage_m, list.back().frontage_m));
             });
}

}  // namespace abatis
