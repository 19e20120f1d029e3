#include "moves.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace abatis::travel_detail {
namespace {

// Does the line from (0, 0) to (rows, cols) touch the inside of cell (r, c)? In half cells, exact.
bool touches(int rows, int cols, int r, int c) {
  int low = 0;
  int high = 0;
  for (const int dr : {-1, 1}) {
    for (const int dc : {-1, 1}) {
      const int side = (2 * r + dr) * cols - (2 * c + dc) * rows;
      low = std::min(low, side);
      high = std::max(high, side);
    }
  }
  return low < 0 && high > 0;
}

Move make_move(int row, int col, int kind) {
  Move move{.row = row, .col = col, .kind = kind};
  if (kind < 2) return move;
  for (int r = std::min(0, row); r <= std::max(0, row); ++r) {
    for (int c = std::min(0, col); c <= std::max(0, col); ++c) {
      const bool end = (r == 0 && c == 0) || (r == row && c == col);
      if (!end && touches(row, col, r, c)) move.between.push_back({r, c});
    }
  }
  return move;
}

std::vector<Move> make_moves(int kinds) {
  constexpr int kSpan[kMoveKinds][2] = {{0, 1}, {1, 1}, {1, 2}, {1, 3}, {2, 3}};
  std::vector<Move> out;
  for (int kind = 0; kind < kinds; ++kind) {
    for (int row = -kMaxReach; row <= kMaxReach; ++row) {
      for (int col = -kMaxReach; col <= kMaxReach; ++col) {
        const int near = std::min(std::abs(row), std::abs(col));
        const int far = std::max(std::abs(row), std::abs(col));
        if (near == kSpan[kind][0] && far == kSpan[kind][1]) {
          out.push_back(make_move(row, col, kind));
        }
      }
    }
  }
  return out;
}

}  // namespace

std::span<const Move> moves(int neighbours) {
  static const std::vector<Move> kEight = make_moves(2);
  static const std::vector<Move> kSixteen = make_moves(3);
  static const std::vector<Move> kThirtyTwo = make_moves(5);
  switch (neighbours) {
    case 8:
      return kEight;
    case 16:
      return kSixteen;
    case 32:
      return kThirtyTwo;
    default:
      throw std::invalid_argument("travel: 8, 16 or 32 neighbours are offered");
  }
}

int reach(int neighbours) {
  return neighbours == 8 ? 1 : neighbours == 16 ? 2 : 3;
}

}  // namespace abatis::travel_detail
