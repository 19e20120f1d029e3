// Marching squares (Lorensen & Cline 1987 in the plane) on the centres of cells.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

// A side between two neighbouring centres. Even: from cell i to its eastern neighbour; odd: from
// cell i to its southern neighbour. Contours cross sides, so a crossing has one exact position.
using Side = std::int64_t;

struct Piece {
  Side from, to;  // the ground at or above the level lies to the right
};

class Squares {
 public:
  Squares(const Raster<float>& field, double level) : field_(field), level_(level) {}

  std::vector<Piece> pieces() const {
    std::vector<Piece> all;
    const Grid& grid = field_.grid;
    for (std::int32_t row = 0; row + 1 < grid.rows; ++row) {
      for (std::int32_t col = 0; col + 1 < grid.cols; ++col) add(grid.at(row, col), all);
    }
    return all;
  }

  Point crossing(Side side) const {
    const auto a = static_cast<Cell>(side / 2);
    const Cell b = side % 2 == 0 ? a + 1 : a + field_.grid.cols;
    const double va = field_[a];
    const double vb = field_[b];
    double t = 0.5;
    if (std::isfinite(va) && std::isfinite(vb)) {
      t = (level_ - va) / (vb - va);
    } else if (std::isfinite(va)) {
      t = 0.0;  // next to an infinite value the known side is all that is known
    } else if (std::isfinite(vb)) {
      t = 1.0;
    }
    const Point pa = field_.grid.centre(a);
    const Point pb = field_.grid.centre(b);
    return {pa.x + t * (pb.x - pa.x), pa.y + t * (pb.y - pa.y)};
  }

 private:
  void add(Cell nw, std::vector<Piece>& all) const {
    const Cell sw = nw + field_.grid.cols;
    const std::array<Cell, 4> corner{nw, nw + 1, sw + 1, sw};  // clockwise from the north-west
    unsigned mask = 0;
    double sum = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      const float v = field_[corner[i]];
      if (is_nodata(v)) return;
      if (static_cast<double>(v) >= level_) mask |= 1U << i;
      sum += static_cast<double>(v);
    }
    const Side north = 2 * static_cast<Side>(nw);
    const Side west = north + 1;
    const Side east = 2 * static_cast<Side>(nw + 1) + 1;
    const Side south = 2 * static_cast<Side>(sw);
    const auto piece = [&](Side from, Side to) { all.push_back({from, to}); };
    // On a saddle the middle decides which two corners are joined.
    const bool joined = sum / 4.0 >= level_;
    switch (mask) {
      case 1:
        piece(north, west);
        break;
      case 2:
        piece(east, north);
        break;
      case 3:
        piece(east, west);
        break;
      case 4:
        piece(south, east);
        break;
      case 5:
        piece(joined ? north : south, east);
        piece(joined ? south : north, west);
        break;
      case 6:
        piece(south, north);
        break;
      case 7:
        piece(south, west);
        break;
      case 8:
        piece(west, south);
        break;
      case 9:
        piece(north, south);
        break;
      case 10:
        piece(joined ? west : east, north);
        piece(joined ? east : west, south);
        break;
      case 11:
        piece(east, south);
        break;
      case 12:
        piece(west, east);
        break;
      case 13:
        piece(north, east);
        break;
      case 14:
        piece(west, north);
        break;
      default:
        break;
    }
  }

  const Raster<float>& field_;
  double level_;
};

}  // namespace

Geometry contour(const Raster<float>& field, double level) {
  Geometry lines{GeometryKind::line, {}};
  const Squares squares(field, level);
  std::vector<Piece> pieces = squares.pieces();
  // Each side is entered by at most one piece and left by at most one.
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return a.from < b.from; });
  const auto starting_at = [&](Side side) {
    const auto found =
        std::lower_bound(pieces.begin(), pieces.end(), side,
                         [](const Piece& piece, Side value) { return piece.from < value; });
    return found != pieces.end() && found->from == side
               ? static_cast<std::size_t>(found - pieces.begin())
               : pieces.size();
  };
  std::vector<char> used(pieces.size(), 0);
  std::vector<char> entered(pieces.size(), 0);
  for (const Piece& piece : pieces) {
    if (const std::size_t next = starting_at(piece.to); next < pieces.size()) entered[next] = 1;
  }
  const auto follow = [&](std::size_t first) {
    std::vector<Point> line{squares.crossing(pieces[first].from)};
    for (std::size_t i = first; i < pieces.size() && used[i] == 0; i = starting_at(pieces[i].to)) {
      used[i] = 1;
      const Point p = squares.crossing(pieces[i].to);
      if (p != line.back()) line.push_back(p);
    }
    if (line.size() > 1) lines.parts.push_back(std::move(line));
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (entered[i] == 0) follow(i);  // open lines from their start
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i] == 0) follow(i);  // what is left is closed
  }
  return lines;
}

}  // namespace abatis
