#pragma once
// What every product of the corridors says of a case, worked out once.

#include <string>
#include <vector>

#include "abatis/report/corridor_products.hpp"

namespace abatis::report {

struct ChokeFact {
  Point at;          // middle of its section, grid CRS
  std::string kind;  // "bridge", "between water", "narrow ground"
  std::string name;  // "bridge over the Šešupė, 2 km east of Kalvarija"
};

struct CorridorFacts {
  std::string name;                 // "west_heavy_tracked_dry", also of its files
  std::string axis, mover, season;  // ids
  std::string title;                // for a reader
  std::vector<ChokeFact> chokes;
};

CorridorFacts corridor_facts(const CorridorView& view, const CaseCorridors& one);

// The id of a formation, or "" for -1.
std::string formation_id(const CorridorView& view, int formation);
// Its name, or "column" where none fits abreast.
std::string formation_words(const CorridorView& view, int formation);
// Numbers from 1, as a reader counts: "1, 3".
std::string numbered(const std::vector<int>& indices);

}  // namespace abatis::report
