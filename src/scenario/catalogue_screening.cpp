// Figures that screening of roads is reckoned by.

#include <fmt/format.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr double kTallest = 20e3;  // m, of what looks
constexpr double kDensest = 20;    // m2 to a m3 of crown

void read_viewer(TableReader& r, Viewer& v) {
  r.quantity("height", v.height_m, Dimension::length, between(0, kTallest));
  r.quantity("range", v.range_m, Dimension::length, positive_up_to(kFarthestScreened));
  r.quantity("depth", v.depth_m, Dimension::length, positive_up_to(kFarthestScreened));
}

void read_target(TableReader& r, RoadTarget& t) {
  r.quantity("height", t.height_m, Dimension::length, between(0, 20));
}

void read_surface(TableReader& r, ScreeningFigures& s) {
  r.number("refraction", s.refraction, between(0, 1));
  r.quantity("building_height", s.building_m, Dimension::length, between(0, 500));
  r.provenance("provenance", s.surface);
}

void read_rows(TableReader& r, ScreeningFigures& s) {
  r.quantity("offset", s.row_offset_m, Dimension::length, positive_up_to(100));
  r.quantity("spacing", s.row_spacing_m, Dimension::length, positive_up_to(100));
  r.quantity("crown_width", s.crown_share, Dimension::share, positive_up_to(2));
  r.number("extinction", s.extinction, positive_up_to(10));
  r.provenance("provenance", s.row);
}

void read_crowns(TableReader& file, const std::vector<TreeSpecies>& trees, ScreeningFigures& s) {
  s.crowns.assign(trees.size(), {});
  const std::vector<std::string> known = ids_of(trees);
  for (const TomlNode* node : file.tables("crowns", kMaxCatalogueEntries)) {
    TableReader r(file.diagnostics(), *node, spec::kCrowns);
    CrownFigures crown;
    const bool named = r.reference("species", crown.species, known, "tree species");
    const bool leaf = r.number("leaf_density", crown.leaf_density, between(0, kDensest));
    if (r.number("bare_density", crown.bare_density, between(0, kDensest)) && leaf &&
        crown.bare_density > crown.leaf_density) {
      r.error("bare_density", "a crown without leaves cannot be denser than with them",
              fmt::format("at most leaf_density, {:g}", crown.leaf_density));
    }
    r.provenance("provenance", crown.provenance);
    if (!named) continue;
    CrownFigures& kept = s.crowns[static_cast<std::size_t>(crown.species)];
    if (kept.species >= 0) r.error("species", "the crowns of this species stand there twice");
    kept = std::move(crown);
  }
}

}  // namespace

void read_screening_figures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kScreeningFile);
  ScreeningFigures& s = into.screening;
  read_named(file, spec::kViewers, kMaxCatalogueEntries, "viewer", s.viewers, read_viewer);
  read_named(file, spec::kTargets, kMaxCatalogueEntries, "target", s.targets, read_target);
  if (const TomlNode* node = file.table("surface")) {
    TableReader r(diagnostics, *node, spec::kSurface);
    read_surface(r, s);
  }
  if (const TomlNode* node = file.table("rows")) {
    TableReader r(diagnostics, *node, spec::kRows);
    read_rows(r, s);
  }
  read_crowns(file, into.trees, s);
}

}  // namespace abatis
