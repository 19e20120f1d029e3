// Published definitions of echelons.

#include <fmt/format.h>

#include "catalogue_reader.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMostBands = 16;

void read_bands(TableReader& owner, EchelonDefinition& d) {
  IdList ids;
  for (const TomlNode* node : owner.tables("bands", kMostBands)) {
    TableReader r(owner.diagnostics(), *node, spec::kBands);
    EchelonBand band;
    r.id("id", band.id);
    r.text("name", band.name);
    const bool from = r.quantity("from", band.from_m, Dimension::length, between(0, kFarthestBand));
    const bool to = r.quantity("to", band.to_m, Dimension::length, positive_up_to(kFarthestBand));
    if (from && to && band.from_m >= band.to_m) {
      r.error("to", fmt::format("the band ends at {} but begins at {}",
                                shown(band.to_m, Dimension::length),
                                shown(band.from_m, Dimension::length)));
    }
    if (from && !d.bands.empty() && band.from_m < d.bands.back().to_m) {
      r.error("from", "the band begins inside the one before",
              "list the bands from the border outwards, without overlap");
    }
    ids.add(band.id, r.place("id"));
    d.bands.push_back(std::move(band));
  }
  ids.refuse_twice(owner.diagnostics(), "band");
}

}  // namespace

void read_echelon_definitions(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into) {
  TableReader file(diagnostics, root, spec::kEchelonFile);
  read_named(file, spec::kDefinition, kMostBands, "echelon definition", into.echelons, read_bands);
}

}  // namespace abatis
