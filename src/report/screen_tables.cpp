#include <algorithm>
#include <cmath>

#include "csv.hpp"
#include "screen.hpp"
#include "text.hpp"

namespace abatis::report {
namespace {

void add_sums(Csv& csv, const RoadSums& sums) {
  csv.number(rounded(sums[0])).number(std::round(sums[1])).number(std::round(sums[2]));
}

std::string stretches_csv(const ScreenView& view) {
  Csv csv({"stretch", "road", "near", "length_m", "border_m", "viewer", "target", "seen_now",
           "seen_leaf", "seen_bare"});
  const Screening& s = view.screening;
  for (std::size_t i = 0; i < view.roads.stretches.size(); ++i) {
    const RoadStretch& stretch = view.roads.stretches[i];
    for (std::size_t k = 0; k < s.cases.size(); ++k) {
      const StretchSeen& seen = s.stretches[k][i];
      csv.text(stretch.id);
      csv.text(view.scenario.catalogue.roads[static_cast<std::size_t>(stretch.road)].id);
      csv.text(stretch.near).number(std::round(stretch.length_m));
      csv.number(std::round(stretch.border_m));
      csv.text(viewer_of(view, s.cases[k]).id).text(target_of(view, s.cases[k]).id);
      csv.number(rounded(seen.now)).number(rounded(seen.leaf)).number(rounded(seen.bare));
      csv.end();
    }
  }
  return csv.take();
}

std::string rows_csv(const ScreenView& view) {
  Csv csv({"site", "near", "km", "cost_eur", "planted", "years_since", "leaves", "hidden_km",
           "hidden_vehicle_km_per_h", "hidden_person_km"});
  for (std::size_t c = 0; c < view.roads.candidates.size(); ++c) {
    const RowWorth& worth = view.screening.worth[c];
    for (std::size_t age = 0; age < worth.leaf.size(); ++age) {
      for (const bool bare : {false, true}) {
        csv.text(row_site(view, c).id).text(row_site(view, c).nearest_place);
        csv.number(rounded(view.roads.candidates[c].length_m / 1000));
        csv.number(std::round(view.roads.candidates[c].cost.value));
        if (view.screening.planted[c] == 0) {
          csv.empty();
        } else {
          csv.whole(view.screening.planted[c]);
        }
        csv.whole(static_cast<std::int64_t>(age)).text(bare ? "bare" : "leaf");
        add_sums(csv, bare ? worth.bare[age] : worth.leaf[age]);
        csv.end();
      }
    }
  }
  return csv.take();
}

std::string years_csv(const ScreenView& view) {
  Csv csv({"year", "viewer", "target", "leaves", "seen_km", "seen_vehicle_km_per_h",
           "seen_person_km", "open_km", "open_vehicle_km_per_h", "open_person_km"});
  const Screening& s = view.screening;
  for (const ScreenYear& year : s.years) {
    for (std::size_t k = 0; k < s.cases.size(); ++k) {
      for (const bool bare : {false, true}) {
        csv.whole(year.year).text(viewer_of(view, s.cases[k]).id);
        csv.text(target_of(view, s.cases[k]).id).text(bare ? "bare" : "leaf");
        add_sums(csv, (bare ? year.planted.bare : year.planted.leaf)[k]);
        add_sums(csv, s.open[k]);
        csv.end();
      }
    }
  }
  return csv.take();
}

}  // namespace

std::vector<Table> screen_tables(const ScreenView& view) {
  return {{"tables/screen_stretches.csv", "stretches of road by whom they are seen from",
           stretches_csv(view)},
          {"tables/screen_rows.csv", "what each row of trees hides, by years since it was bought",
           rows_csv(view)},
          {"tables/screen_years.csv", "roads seen, by year of the plan", years_csv(view)}};
}

}  // namespace abatis::report
