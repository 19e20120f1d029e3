// The catalogue of tree species.

#include <fmt/format.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr Choice<TreeAge> kTreeAge[] = {{"total", TreeAge::total},
                                        {"total_less_3", TreeAge::less_3},
                                        {"breast_height", TreeAge::breast_height}};

void read_species(TableReader& r, TreeSpecies& t) {
  r.number("asi", t.asi, positive_up_to(1000));
  r.number("beta", t.beta, positive_up_to(1e6));
  if (r.number("b2", t.b2, between(-10, 0)) && t.b2 == 0) {
    r.error("b2", "the exponent of age must be below 0, or height would not grow");
  }
  const bool age = r.choice<TreeAge>("age", t.age, kTreeAge);
  const bool index =
      r.quantity("site_index", t.site_index_m, Dimension::length, positive_up_to(80));
  const bool at = r.quantity("index_age", t.index_age, Dimension::years, positive_up_to(200));
  // The form begins at these: below them it has no root.
  constexpr double kLag = 3;             // years of total_less_3
  constexpr double kBreastHeight = 1.3;  // m
  if (age && at && t.age == TreeAge::less_3 && t.index_age <= kLag) {
    r.error("index_age",
            fmt::format("with age = \"total_less_3\" it must be above {:g} years", kLag));
  }
  if (age && index && t.age == TreeAge::breast_height && t.site_index_m <= kBreastHeight) {
    r.error("site_index",
            fmt::format("with age = \"breast_height\" it must be above {:g} m", kBreastHeight));
  }
  std::vector<double> diameter;
  if (r.numbers("diameter", diameter, positive_up_to(10), 2,
                "factor and exponent of height above 1.3 m")) {
    t.diameter_factor = diameter[0];
    t.diameter_exponent = diameter[1];
  }
  r.quantity("stems_at_25cm", t.stems_at_25cm, Dimension::per_area, positive_up_to(1e5));
  r.provenance("diameter_provenance", t.diameter_provenance);
  r.provenance("stems_provenance", t.stems_provenance);
}

}  // namespace

void read_trees(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kTreeFile);
  read_named(file, spec::kTree, kMaxCatalogueEntries, "tree species", into.trees, read_species);
}

}  // namespace abatis
