// Water as it stands today, with its delays, and the rules of crossing it.

#include <fmt/format.h>

#include "catalogue_reader.hpp"
#include "delay_table.hpp"

namespace abatis {
namespace {

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

}  // namespace abatis
