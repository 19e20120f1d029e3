#pragma once
// Words for what a measure is and does, used by every form in which the catalogue is shown.

#include <string>
#include <string_view>

#include "abatis/scenario/catalogue_files.hpp"

namespace abatis::cli {

inline constexpr int kLongestWatch = 60;  // years for which a planted stand is followed

std::string short_money(double eur);             // "600 k", "1.1 M"
std::string money_range(const Triangular& eur);  // "10-20-40 k": least, most likely, most
std::string units_words(double count, const std::string& unit);  // "8.33 km", "125 pieces"
std::string short_time(double seconds);                          // "45 min", "2.5 h"
std::string years_words(double years);                           // "1 year", "4 years"

std::string_view where_words(SiteRule rule);                    // where its sites are sought
std::string how_words(const Measure& measure);                  // how it acts, in few words
std::string_view standing_words(const Provenance& provenance);  // "unverified"
// The worst among the sources of all figures of the measure.
Standing standing_of_all(const Measure& measure);
std::string_view standing_words(Standing standing);

// First year after its purchase in which what is planted stops the mover; -1 within kLongestWatch.
int stops_after(const Catalogue& catalogue, const Measure& measure, const Mover& mover);

// What the plan counts for one crossing: mean delay (s) alone and covered; both 0 where the section
// of a ditch does not stop the mover. `cover` null: no cover in the catalogue.
struct Counted {
  double mean_s = 0, alone_s = 0, covered_s = 0;
  bool stopped = true;
};
Counted counted(const Catalogue& catalogue, const Measure& measure, const MeasureDelay& delay,
                const Measure* cover);
const Measure* first_cover(const Catalogue& catalogue);

}  // namespace abatis::cli
