#pragma once
// The moves of the grid graph: 8 neighbours, 16 with the knight's moves, 32 with those of (1, 3)
// and (2, 3). A move of kind k is kFactor[k] cells long.

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace abatis::travel_detail {

inline constexpr int kMaxReach = 3;
inline constexpr int kMoveKinds = 5;
inline const std::array<double, kMoveKinds> kFactor = {1.0, std::sqrt(2.0), std::sqrt(5.0),
                                                       std::sqrt(10.0), std::sqrt(13.0)};

struct Offset {
  int row = 0, col = 0;
};

struct Move {
  int row = 0, col = 0;
  int kind = 0;
  // Cells other than its ends whose inside the straight line between the two centres touches.
  std::vector<Offset> between = {};
  bool is_long() const { return kind >= 2; }
};

// All moves of a neighbourhood of 8, 16 or 32, rows first; the opposite of each is in the list.
std::span<const Move> moves(int neighbours);
// Rows or columns that the longest of them spans.
int reach(int neighbours);

}  // namespace abatis::travel_detail
