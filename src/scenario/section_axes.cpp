// [[entries]], [[objectives]], [[axes]], [[movers]], [[seasons]] and the cases they make.

#include <algorithm>

#include <fmt/format.h>

#include "abatis/geo/io.hpp"
#include "lonlat_box.hpp"
#include "sections.hpp"

namespace abatis {
namespace {

constexpr std::size_t kMaxListed = 100;
constexpr std::size_t kMaxCases = 1000;
constexpr Range kWeight{0, 1e6, true};

void place_entry(Reading& reading, TableReader& r, Entry& entry, const std::vector<double>& lon,
                 const std::vector<double>& lat) {
  const Grid& grid = reading.scenario.grid;
  const auto box = box_on_grid(grid, lon, lat);
  if (!box) {
    r.error("lon", fmt::format("the stretch cannot be placed: {}", box.error().message),
            box.error().hint);
    return;
  }
  const Bounds& b = *box;
  entry.within = b;
  const Bounds region = grid.bounds();
  if (!region.contains({b.min_x, b.min_y}) || !region.contains({b.max_x, b.max_y})) {
    r.error(
        "lon",
        fmt::format("the stretch leaves the region: it is x {:.1f}..{:.1f} km, y {:.1f}..{:.1f} "
                    "km",
                    b.min_x / 1000, b.max_x / 1000, b.min_y / 1000, b.max_y / 1000),
        region_text(grid));
  }
}

std::vector<std::string> states_of(TableReader& r, std::string_view key,
                                   const std::vector<std::string>& known, std::string_view what) {
  std::vector<int> indices;
  std::vector<std::string> states;
  r.references(key, indices, known, what);
  for (const int i : indices) states.push_back(known[static_cast<std::size_t>(i)]);
  return states;
}

// Movers or seasons a scenario uses: (catalogue index, weight), in the order of the file.
std::vector<std::pair<int, double>> read_uses(Reading& reading, TableReader& file,
                                              std::string_view key, const TableSpec& table,
                                              const std::vector<std::string>& known,
                                              std::string_view what) {
  std::vector<std::pair<int, double>> uses;
  IdList ids;
  for (const TomlNode* node : file.tables(key, kMaxListed)) {
    TableReader r(reading.diagnostics, *node, table);
    int index = 0;
    double weight = 1;
    std::string id;
    if (reading.catalogue_known) {
      if (r.reference("id", index, known, what)) id = known[static_cast<std::size_t>(index)];
    } else {
      r.id("id", id);
    }
    r.number("weight", weight, kWeight);
    ids.add(id, r.place("id"));
    uses.emplace_back(index, weight);
  }
  ids.refuse_twice(reading.diagnostics, what);
  return uses;
}

void read_entry(Reading& reading, TableReader& r, Entry& entry) {
  const Scenario& s = reading.scenario;
  int state = -1;
  if (!s.adversary.empty() && r.reference("state", state, s.adversary, "adversary state")) {
    entry.state = s.adversary[static_cast<std::size_t>(state)];
  }
  if (!s.friendly.empty()) entry.into = states_of(r, "into", s.friendly, "friendly state");
  std::vector<double> lon, lat;
  bool good = r.numbers("lon", lon, between(-180, 180), 2, "degrees [west, east]") &&
              in_order(r, "lon", lon);
  good = r.numbers("lat", lat, between(-90, 90), 2, "degrees [south, north]") &&
         in_order(r, "lat", lat) && good;
  if (good && reading.grid_known) place_entry(reading, r, entry, lon, lat);
  entry.where = reading.diagnostics.where(r.at(), fmt::format("entry {}", entry.id));
}

// A place in the region: [longitude, latitude] under `key`, and "radius". `what` names it in
// errors.
void read_place(Reading& reading, TableReader& r, std::string_view key, const std::string& what,
                Objective& o) {
  const Grid& grid = reading.scenario.grid;
  r.quantity("radius", o.radius_m, Dimension::length, positive_up_to(100e3));
  o.where = reading.diagnostics.where(r.place(key), what);
  std::vector<double> at;
  if (!r.numbers(key, at, between(-180, 180), 2, "degrees [longitude, latitude]")) return;
  o.lonlat = {at[0], at[1]};
  if (at[1] < -90 || at[1] > 90) {
    r.error(key, fmt::format("latitude {:g} is not between -90 and 90", at[1]),
            "write [longitude, latitude]");
  } else if (reading.grid_known) {
    const auto point = transform({o.lonlat}, kWgs84, grid.epsg);
    if (!point || !grid.cell_at((*point)[0])) {
      r.error(key, fmt::format("{} lies outside the region", what),
              region_text(grid) + "; write [longitude, latitude]");
    } else {
      o.at = (*point)[0];
    }
  }
}

void read_objective(Reading& reading, TableReader& r, Objective& o) {
  read_place(reading, r, "at", fmt::format("objective {}", in_quotes(o.id)), o);
}

}  // namespace

void read_entries(Reading& reading, TableReader& file) {
  read_named(file, spec::kEntries, kMaxListed, "entry", reading.scenario.entries,
             [&](TableReader& r, Entry& entry) { read_entry(reading, r, entry); });
}

void read_objectives(Reading& reading, TableReader& file) {
  read_named(file, spec::kObjectives, kMaxListed, "objective", reading.scenario.objectives,
             [&](TableReader& r, Objective& o) { read_objective(reading, r, o); });
}

void read_axes(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  const auto entries = ids_of(s.entries), objectives = ids_of(s.objectives);
  read_named(file, spec::kAxes, kMaxListed, "axis", s.axes, [&](TableReader& r, Axis& axis) {
    if (!entries.empty()) r.reference("entry", axis.entry, entries, "entry");
    if (!objectives.empty()) r.reference("objective", axis.objective, objectives, "objective");
    r.number("weight", axis.weight, kWeight);
    axis.where = reading.diagnostics.where(r.at(), fmt::format("axis {}", axis.id));
  });
}

void read_mover_uses(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  for (const auto& [mover, weight] :
       read_uses(reading, file, "movers", spec::kMovers, ids_of(s.catalogue.movers), "mover")) {
    s.movers.push_back({mover, weight});
  }
}

void read_season_uses(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  for (const auto& [season, weight] :
       read_uses(reading, file, "seasons", spec::kSeasons, ids_of(s.catalogue.seasons), "season")) {
    s.seasons.push_back({season, weight});
  }
}

void make_cases(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  const std::size_t count = s.axes.size() * s.movers.size() * s.seasons.size();
  if (count == 0) return;  // said already
  if (count > kMaxCases) {
    file.error("axes",
               fmt::format("{} axes x {} movers x {} seasons = {} cases, at most {} are "
                           "taken",
                           s.axes.size(), s.movers.size(), s.seasons.size(), count, kMaxCases));
    return;
  }
  double total = 0;
  for (std::size_t a = 0; a < s.axes.size(); ++a) {
    for (const MoverUse& mover : s.movers) {
      for (const SeasonUse& season : s.seasons) {
        const double weight = s.axes[a].weight * mover.weight * season.weight;
        s.cases.push_back({static_cast<int>(a), mover.mover, season.season, weight});
        total += weight;
      }
    }
  }
  for (Case& one : s.cases) one.weight /= total;
}

void read_routes(Reading& reading, TableReader& file) {
  Scenario& s = reading.scenario;
  if (!file.has("routes")) return;
  std::vector<std::string> movers;
  for (const MoverUse& use : s.movers) {
    const auto m = static_cast<std::size_t>(use.mover);
    movers.push_back(m < s.catalogue.movers.size() ? s.catalogue.movers[m].id : std::string());
  }
  read_named(
      file, spec::kRoutes, kMaxListed, "route", s.routes, [&](TableReader& r, OpenRoute& route) {
        for (Objective* end : {&route.from, &route.to}) {
          end->id = route.id;
          end->radius_m = 1000;
        }
        read_place(reading, r, "from", fmt::format("the start of route {}", route.id), route.from);
        read_place(reading, r, "to", fmt::format("the end of route {}", route.id), route.to);
        r.quantity("within", route.within, Dimension::share, between(0, 100));
        r.provenance("provenance", route.provenance);
        int use = -1;
        if (reading.catalogue_known && !movers.empty() &&
            r.reference("mover", use, movers, "mover of [[movers]]")) {
          route.mover = s.movers[static_cast<std::size_t>(use)].mover;
        }
        route.where =
            reading.diagnostics.where(r.place("within"), fmt::format("route {}", route.id));
      });
}

}  // namespace abatis
