#include "near_people.hpp"

#include <algorithm>

namespace abatis::civil_detail {

std::vector<Near> near_cells(const Terrain& terrain, const std::vector<Cell>& cells) {
  std::vector<Near> out(terrain.settlements.size(), Near::no);
  if (cells.empty()) return out;
  const Grid& grid = terrain.grid;
  std::vector<Point> centres;
  const Point first = grid.centre(cells.front());
  Bounds box{first.x, first.y, first.x, first.y};
  for (const Cell c : cells) {
    const Point p = grid.centre(c);
    centres.push_back(p);
    box = {std::min(box.min_x, p.x), std::min(box.min_y, p.y), std::max(box.max_x, p.x),
           std::max(box.max_y, p.y)};
  }
  box = box.grown(kFar);
  for (std::size_t s = 0; s < out.size(); ++s) {
    const Point at = terrain.settlements[s].at;
    if (!box.contains(at)) continue;
    double least = 4 * kFar * kFar;
    for (const Point& p : centres) {
      const double dx = p.x - at.x;
      const double dy = p.y - at.y;
      least = std::min(least, dx * dx + dy * dy);
    }
    if (least <= kFar * kFar) out[s] = Near::within_5km;
    if (least <= kNear * kNear) out[s] = Near::within_1km;
  }
  return out;
}

void join(std::vector<Near>& into, const std::vector<Near>& from) {
  for (std::size_t s = 0; s < into.size(); ++s) into[s] = std::max(into[s], from[s]);
}

People people_of(const CivilFigures& civil, const Terrain& terrain, const std::vector<Near>& near,
                 const std::vector<int>& district_of, int district) {
  People out;
  for (std::size_t s = 0; s < near.size(); ++s) {
    if (near[s] == Near::no || (district >= 0 && district_of[s] != district)) continue;
    const bool close = near[s] == Near::within_1km;
    const std::int64_t population = terrain.settlements[s].population;
    if (population < 0) {
      ++out.unknown_5km;
      const std::int64_t presumed = civil.presumed_in(terrain.settlements[s].kind);
      out.presumed_5km += presumed;
      if (close) {
        ++out.unknown_1km;
        out.presumed_1km += presumed;
      }
      continue;
    }
    out.within_5km += population;
    if (close) out.within_1km += population;
  }
  return out;
}

}  // namespace abatis::civil_detail
