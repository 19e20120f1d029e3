#include <cmath>

#include "csv.hpp"
#include "text.hpp"
#include "watch.hpp"

namespace abatis::report {
namespace {

std::string years_csv(const WatchView& view) {
  Csv csv({"year", "condition", "acting", "spent_eur", "allowed_eur", "value", "bound",
           "border_once", "border_twice", "border_two_modalities", "altitude_m", "air_once",
           "air_twice", "air_two_modalities", "effectors"});
  for (std::size_t y = 0; y < view.watch.years.size(); ++y) {
    const WatchYear& year = view.watch.years[y];
    for (std::size_t c = 0; c < kConditions; ++c) {
      for (std::size_t a = 0; a < year.air.size(); ++a) {
        csv.whole(view.year(static_cast<int>(y))).text(to_string(static_cast<Conditions>(c)));
        csv.whole(year.acting).number(std::round(year.spent)).number(std::round(year.allowed));
        csv.number(rounded_share(year.value)).number(rounded_share(year.bound));
        for (const SeenShare& s : {year.border[c]}) {
          csv.number(rounded_share(s.once))
              .number(rounded_share(s.twice))
              .number(rounded_share(s.modalities));
        }
        csv.number(view.rules().altitudes_m[a]);
        csv.number(rounded_share(year.air[a][c].once)).number(rounded_share(year.air[a][c].twice));
        csv.number(rounded_share(year.air[a][c].modalities))
            .number(rounded_share(year.effect[a]))
            .end();
      }
    }
  }
  return csv.take();
}

std::string border_csv(const WatchView& view) {
  Csv csv({"chainage_m", "stretch", "x", "y", "year", "day", "night", "fog"});
  for (std::size_t y = 0; y < view.watch.seen.size(); ++y) {
    for (std::size_t p = 0; p < view.watch.border.size(); ++p) {
      const BorderPoint& point = view.watch.border[p];
      const Point at = view.terrain.grid.centre(point.cell);
      csv.number(std::round(point.chainage_m)).whole(point.stretch).number(at.x).number(at.y);
      csv.whole(view.year(static_cast<int>(y)));
      for (const std::uint8_t n : view.watch.seen[y][p]) csv.whole(n);
      csv.end();
    }
  }
  return csv.take();
}

std::string warning_csv(const WatchView& view) {
  Csv csv({"place", "objective", "population", "border_m", "year", "ahead_clear_m", "clear_s",
           "ahead_hard_m", "hard_s"});
  for (const LaneWarning& lane : view.watch.lanes) {
    for (std::size_t y = 0; y < lane.ahead_m.size(); ++y) {
      csv.text(lane.name).text(lane.objective ? "yes" : "no");
      if (lane.population < 0) {
        csv.empty();
      } else {
        csv.whole(lane.population);
      }
      csv.number(std::round(lane.border_m)).whole(view.year(static_cast<int>(y)));
      for (const double ahead : lane.ahead_m[y]) {
        csv.number(std::round(ahead)).number(std::round(warning_s(view.rules(), ahead)));
      }
      csv.end();
    }
  }
  return csv.take();
}

}  // namespace

double rounded_share(double share) {
  return rounded(share, 1e5);
}

std::vector<Table> watch_tables(const WatchView& view) {
  return {
      {"tables/watch_years.csv", "early warning: coverage by year, condition and altitude",
       years_csv(view)},
      {"tables/watch_border.csv", "early warning: sensors that see each point of the border",
       border_csv(view)},
      {"tables/watch_warning.csv", "early warning: warning at places by year", warning_csv(view)}};
}

}  // namespace abatis::report
