// [[gaps]]: land bridges between two hostile states.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lonlat_box.hpp"
#include "sections.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMaxGaps = 20;
constexpr double kMaxDepth = 1e6;

// Exactly two of `known`.
bool pair_of(TableReader& r, std::string_view key, std::array<int, 2>& into,
             const std::vector<std::string>& known, std::string_view what) {
  std::vector<int> two;
  if (known.empty() || !r.references(key, two, known, what)) return false;
  if (two.size() != 2) {
    r.error(key, fmt::format("expected two of them, got {}", two.size()),
            fmt::format("write {} = [\"AAA\", \"BBB\"]", key));
    return false;
  }
  into = {two[0], two[1]};
  return true;
}

void read_box(Reading& reading, TableReader& r, LandBridge& gap) {
  if (r.has("lon") != r.has("lat")) {
    r.error(r.has("lon") ? "lon" : "lat", "lon and lat come together or not at all",
            "give both, or leave both out for the whole region");
    return;
  }
  std::vector<double> lon, lat;
  bool good = r.numbers("lon", lon, between(-180, 180), 2, "degrees [west, east]") &&
              in_order(r, "lon", lon);
  good = r.numbers("lat", lat, between(-90, 90), 2, "degrees [south, north]") &&
         in_order(r, "lat", lat) && good;
  if (!good || !reading.grid_known) return;
  const Grid& grid = reading.scenario.grid;
  const auto box = box_on_grid(grid, lon, lat);
  if (!box) {
    r.error("lon", fmt::format("the box cannot be placed: {}", box.error().message),
            box.error().hint);
  } else if (!box->intersects(grid.bounds())) {
    r.error("lon", "the box lies outside the region", region_text(grid));
  } else {
    gap.within = *box;
  }
}

// The stretches movers come from: those named, else all of the two states; some of either.
void choose_entries(const Scenario& s, TableReader& r, LandBridge& gap) {
  const auto side_of = [&](int entry) {
    const std::string& state = s.entries[static_cast<std::size_t>(entry)].state;
    for (int side = 0; side < 2; ++side) {
      const auto at = static_cast<std::size_t>(gap.between[static_cast<std::size_t>(side)]);
      if (state == s.adversary[at]) return side;
    }
    return -1;
  };
  if (r.has("entries")) {
    if (!r.references("entries", gap.entries, ids_of(s.entries), "entry")) return;
    for (const int e : gap.entries) {
      if (side_of(e) >= 0) continue;
      const Entry& entry = s.entries[static_cast<std::size_t>(e)];
      r.error("entries", fmt::format("entry {} is of {}, which is not one of `between`",
                                     in_quotes(entry.id), entry.state));
      return;
    }
  } else {
    for (int e = 0; e < static_cast<int>(s.entries.size()); ++e) {
      if (side_of(e) >= 0) gap.entries.push_back(e);
    }
  }
  for (int side = 0; side < 2; ++side) {
    if (std::any_of(gap.entries.begin(), gap.entries.end(),
                    [&](int e) { return side_of(e) == side; })) {
      continue;
    }
    const auto state = static_cast<std::size_t>(gap.between[static_cast<std::size_t>(side)]);
    r.error(r.has("entries") ? "entries" : "between",
            fmt::format("no entry of {}: movers need a stretch of border to come from",
                        s.adversary[state]),
            "add one under [[entries]], or name another");
  }
}

}  // namespace

void read_gaps(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  IdList ids;
  for (const TomlNode* node : file.tables("gaps", kMaxGaps)) {
    TableReader r(reading.diagnostics, *node, spec::kGaps);
    LandBridge gap;
    r.id("id", gap.id);
    r.text("name", gap.name);
    r.quantity("depth", gap.depth_m, Dimension::length, positive_up_to(kMaxDepth));
    const bool between = pair_of(r, "between", gap.between, s.adversary, "adversary state");
    pair_of(r, "joins", gap.joins, s.friendly, "friendly state");
    read_box(reading, r, gap);
    if (between && !s.entries.empty()) choose_entries(s, r, gap);
    gap.where = reading.diagnostics.where(r.at(), fmt::format("gap {}", gap.id));
    ids.add(gap.id, r.place("id"));
    s.gaps.push_back(std::move(gap));
  }
  ids.refuse_twice(reading.diagnostics, "gap");
}

}  // namespace abatis
