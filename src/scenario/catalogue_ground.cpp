// Catalogues of movers, seasons, soils, land cover and roads.

#include <fmt/format.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMaxEntries = 250;  // indices are kept in bytes, 255 is unknown

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

}  // namespace

void read_movers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  using enum Dimension;
  TableReader file(diagnostics, root, spec::kMoverFile);
  IdList ids;
  for (const TomlNode* node : file.tables("movers", kMaxEntries)) {
    TableReader r(diagnostics, *node, spec::kMover);
    Mover m;
    r.id("id", m.id);
    r.text("name", m.name);
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
    r.provenance("provenance", m.provenance);
    ids.add(m.id, r.place("id"));
    into.movers.push_back(std::move(m));
  }
  ids.refuse_twice(diagnostics, "mover");
}

void read_seasons(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kSeasonFile);
  IdList ids;
  for (const TomlNode* node : file.tables("seasons", kMaxEntries)) {
    TableReader r(diagnostics, *node, spec::kSeason);
    Season s;
    r.id("id", s.id);
    r.text("name", s.name);
    r.choice<Moisture>("moisture", s.moisture, kMoisture);
    r.number("soil_factor", s.soil_factor, positive_up_to(10));
    r.quantity("frost_depth", s.frost_depth_m, Dimension::length, between(0, 10));
    r.quantity("ice_thickness", s.ice_thickness_m, Dimension::length, between(0, 10));
    r.number("surface_factor", s.surface_factor, positive_up_to(1));
    r.number("road_factor", s.road_factor, positive_up_to(1));
    r.provenance("provenance", s.provenance);
    ids.add(s.id, r.place("id"));
    into.seasons.push_back(std::move(s));
  }
  ids.refuse_twice(diagnostics, "season");
}

void read_soils(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kSoilFile);
  IdList ids;
  CodeOwners<int> owners;
  for (const TomlNode* node : file.tables("soils", kMaxEntries)) {
    TableReader r(diagnostics, *node, spec::kSoil);
    SoilClass s;
    r.id("id", s.id);
    r.text("name", s.name);
    r.codes("codes", s.codes);
    owners.claim(r, s.codes, s.id);
    std::vector<double> rci;
    if (r.quantities("rci", rci, Dimension::pressure, positive_up_to(2000), 3)) {
      s.rci_psi = {rci[0], rci[1], rci[2]};
      if (!(rci[0] >= rci[1] && rci[1] >= rci[2])) {
        r.error("rci", "strength must not rise from dry over moist to wet");
      }
    }
    r.provenance("provenance", s.provenance);
    ids.add(s.id, r.place("id"));
    into.soils.push_back(std::move(s));
  }
  ids.refuse_twice(diagnostics, "soil");
}

void read_covers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kCoverFile);
  IdList ids;
  CodeOwners<int> owners;
  const auto soils = ids_of(into.soils);
  for (const TomlNode* node : file.tables("covers", kMaxEntries)) {
    TableReader r(diagnostics, *node, spec::kCover);
    CoverClass c;
    r.id("id", c.id);
    r.text("name", c.name);
    r.codes("codes", c.codes);
    owners.claim(r, c.codes, c.id);
    r.choice<CoverKind>("kind", c.kind, kCoverKind);
    r.number("vegetation_factor", c.vegetation_factor, between(0, 1));
    r.number("roughness_factor", c.roughness_factor, between(0, 1));
    r.quantity("stems", c.stems_per_ha, Dimension::per_area, between(0, 1e6));
    r.quantity("stem_diameter", c.stem_diameter_m, Dimension::length, between(0, 5));
    r.quantity("canopy", c.canopy_m, Dimension::length, between(0, 120));
    int soil = -1;
    if (r.reference("soil", soil, soils, "soil")) c.soil = soils[static_cast<std::size_t>(soil)];
    r.colour("colour", c.colour);
    r.provenance("provenance", c.provenance);
    ids.add(c.id, r.place("id"));
    into.covers.push_back(std::move(c));
  }
  ids.refuse_twice(diagnostics, "cover");
}

void read_roads(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kRoadFile);
  IdList ids;
  CodeOwners<std::string> owners;
  for (const TomlNode* node : file.tables("roads", kMaxEntries)) {
    TableReader r(diagnostics, *node, spec::kRoad);
    RoadClass c;
    r.id("id", c.id);
    r.text("name", c.name);
    r.text_list("codes", c.codes, 64);
    owners.claim(r, c.codes, c.id);
    r.quantity("speed_tracked", c.speed_tracked_mps, Dimension::speed, positive_up_to(100));
    r.quantity("speed_wheeled", c.speed_wheeled_mps, Dimension::speed, positive_up_to(100));
    r.integer("rank", c.rank, 1, 1000);
    if (r.quantity("capacity", c.capacity_per_h, Dimension::per_hour, positive_up_to(1e5)) &&
        !r.provenance("capacity_provenance", c.capacity_provenance) &&
        !r.has("capacity_provenance")) {
      r.error("capacity", "a capacity needs its capacity_provenance",
              "name its source, or write \"unverified\"");
    }
    r.provenance("provenance", c.provenance);
    ids.add(c.id, r.place("id"));
    into.roads.push_back(std::move(c));
  }
  ids.refuse_twice(diagnostics, "road class");
}

}  // namespace abatis
