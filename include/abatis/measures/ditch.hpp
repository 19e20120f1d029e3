#pragma once
// What a ditch is in earth and to a mover (MODEL section 11, docs/model/measures.md).

#include <string_view>

#include "abatis/scenario/catalogue.hpp"

namespace abatis {

// Sections where the catalogue gives none, both unverified: a field ditch as dug for drainage, and
// the 4 m x 2 m that MODEL section 11 computes 5,000 m3 per km for.
inline constexpr DitchSection kDrainageSection{2.5, 0.5, 1.2};
inline constexpr DitchSection kDeepenedSection{4.0, 1.0, 2.0};
DitchSection section_before(const Measure& measure);
DitchSection section_after(const Measure& measure);

// Earthwork of deepening, m3 per km of ditch.
double deepening_volume_m3_per_km(const DitchSection& before, const DitchSection& after);

// Banks steeper than 1:1.5 (rise to run) do not stand by themselves.
bool bank_unstable(const DitchSection& section);

// What a mover does with a ditch in a season.
enum class DitchAnswer : std::uint8_t {
  spans,   // its trench width reaches across
  steps,   // the step is not higher than it takes
  drives,  // the banks are not steeper than it climbs
  stops    // none of these, or water too deep to ford
};
std::string_view to_string(DitchAnswer answer);

// Water stands in the ditch as deep as the season says. Ice that carries the mover makes its
// surface the bottom; water deeper than it fords stops a mover that does not swim. Wet or thawing
// banks let it climb only a share of its slope (Season::bank_factor).
DitchAnswer answer_to(const DitchSection& section, const Mover& mover, const Season& season);

}  // namespace abatis
