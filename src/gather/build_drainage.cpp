#include <algorithm>
#include <cmath>
#include <queue>

#include "build_relief.hpp"

namespace abatis::gather {

namespace {

struct Step {
  std::int32_t dr, dc;
  float length;
};
constexpr Step kNeighbours[8] = {{-1, 0, 1.0F},        {0, -1, 1.0F},         {0, 1, 1.0F},
                                 {1, 0, 1.0F},         {-1, -1, 1.41421356F}, {-1, 1, 1.41421356F},
                                 {1, -1, 1.41421356F}, {1, 1, 1.41421356F}};

struct Flooded {
  float level;
  Cell cell;
  bool operator>(const Flooded& o) const {
    return level != o.level ? level > o.level : cell > o.cell;
  }
};

}  // namespace

Drainage drain(const Raster<float>& surface, const std::vector<std::uint8_t>& outlets,
               const std::vector<float>& inflow_km2) {
  const Grid& g = surface.grid;
  constexpr std::int32_t kUnranked = -1;
  Drainage out;
  out.receiver.assign(g.size(), kNoCell);
  out.order.reserve(g.size());
  std::vector<std::int32_t> rank(g.size(), kUnranked);
  std::vector<std::uint8_t> seen(g.size(), 0);
  std::priority_queue<Flooded, std::vector<Flooded>, std::greater<>> open;
  for (std::size_t i = 0; i < g.size(); ++i) {
    if (outlets[i] == 0) continue;
    seen[i] = 1;
    open.push({surface.values[i], static_cast<Cell>(i)});
  }
  while (!open.empty()) {
    const Flooded top = open.top();
    open.pop();
    const auto here = static_cast<std::size_t>(top.cell);
    rank[here] = static_cast<std::int32_t>(out.order.size());
    out.order.push_back(top.cell);
    const std::int32_t row = g.row_of(top.cell), col = g.col_of(top.cell);
    float steepest = 0;
    for (const Step& s : kNeighbours) {
      if (!g.inside(row + s.dr, col + s.dc)) continue;
      const Cell next = g.at(row + s.dr, col + s.dc);
      const auto n = static_cast<std::size_t>(next);
      if (rank[n] != kUnranked && outlets[here] == 0) {
        const float fall = (surface[top.cell] - surface[next]) / s.length;
        if (fall > steepest) {
          steepest = fall;
          out.receiver[here] = next;
        }
      }
      if (seen[n] != 0) continue;
      seen[n] = 1;
      out.receiver[n] = top.cell;  // the way out of a hollow, kept unless there is a fall
      open.push({surface[next], next});
    }
  }
  out.area_km2 = Raster<float>(g, 0.0F);
  const double own = g.cell * g.cell / 1e6;
  std::vector<double> area(g.size());
  for (std::size_t i = 0; i < area.size(); ++i)
    area[i] = own + (inflow_km2.empty() ? 0.0 : static_cast<double>(inflow_km2[i]));
  for (auto it = out.order.rbegin(); it != out.order.rend(); ++it) {
    const Cell to = out.receiver[static_cast<std::size_t>(*it)];
    if (to != kNoCell) area[static_cast<std::size_t>(to)] += area[static_cast<std::size_t>(*it)];
  }
  for (std::size_t i = 0; i < area.size(); ++i)
    out.area_km2.values[i] = static_cast<float>(area[i]);
  return out;
}

void make_monotone(const Drainage& drainage, const std::vector<std::uint8_t>& selected,
                   Raster<float>& z) {
  std::vector<float> above = z.values, below = z.values;
  const auto joined = [&](std::size_t from, Cell to) {
    return to != kNoCell && selected[from] != 0 && selected[static_cast<std::size_t>(to)] != 0;
  };
  for (const Cell c : drainage.order) {  // from the outlets up: not below what it drains to
    const auto i = static_cast<std::size_t>(c);
    const Cell to = drainage.receiver[i];
    if (joined(i, to)) above[i] = std::max(above[i], above[static_cast<std::size_t>(to)]);
  }
  for (auto it = drainage.order.rbegin(); it != drainage.order.rend(); ++it) {
    const auto i = static_cast<std::size_t>(*it);
    const Cell to = drainage.receiver[i];
    if (!joined(i, to)) continue;
    float& under = below[static_cast<std::size_t>(to)];
    under = std::min(under, below[i]);
  }
  for (std::size_t i = 0; i < z.values.size(); ++i)
    if (selected[i] != 0) z.values[i] = 0.5F * (above[i] + below[i]);
}

}  // namespace abatis::gather
