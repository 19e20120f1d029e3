#pragma once
// Colours and shapes that the GeoPackage and the maps of the corridors share.

#include <array>
#include <vector>

#include "corridor_facts.hpp"
#include "styles.hpp"

namespace abatis::report {

inline constexpr Rgb kInner{232, 120, 48}, kOuter{248, 200, 110};
inline constexpr Rgb kBridge{32, 32, 32}, kWaterNarrow{20, 90, 160}, kGroundNarrow{110, 60, 20};
// The fastest route, and the others.
inline constexpr std::array<Rgb, 2> kRouteColours{{{150, 14, 40}, {96, 24, 120}}};
// From narrow to wide.
inline constexpr std::array<Rgb, 6> kFormationColours{
    {{199, 233, 180}, {127, 205, 187}, {44, 127, 184}, {37, 52, 148}, {84, 39, 136}, {30, 10, 60}}};

// Cells of the set whose slack is above `low` and at most `high`.
std::vector<Cell> cells_within(const CaseCorridors& one, double low, double high);
// A route as a line, simplified within its cells.
std::vector<Point> route_line(const CaseCorridors& one, const Route& route);
std::vector<Category> formation_categories(const CorridorView& view, double width_mm, int alpha);

}  // namespace abatis::report
