#pragma once
// Which settlements lie near a set of cells.

#include <cstdint>
#include <vector>

#include "abatis/civil/ledger.hpp"

namespace abatis::civil_detail {

inline constexpr double kNear = 1000, kFar = 5000;  // m

enum class Near : std::uint8_t { no, within_5km, within_1km };

// By settlement, from its point to the nearest centre of a cell. O(settlements x cells) of those
// whose bounds are near.
std::vector<Near> near_cells(const Terrain& terrain, const std::vector<Cell>& cells);

// The nearer of both, by settlement.
void join(std::vector<Near>& into, const std::vector<Near>& from);

// Adds the people of settlements in `district` (all where it is below 0), each once.
People people_of(const CivilFigures& civil, const Terrain& terrain, const std::vector<Near>& near,
                 const std::vector<int>& district_of, int district);

}  // namespace abatis::civil_detail
