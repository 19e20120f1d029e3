#pragma once
// Lines come in pieces from node to node; what is built along them runs on. Joins pieces at shared
// end points where they go on in about the same direction.

#include <cstdint>
#include <vector>

#include "abatis/geo/layer.hpp"

namespace abatis::measures {

struct LinePiece {
  std::vector<Point> points;  // two at least
  int key = 0;                // only pieces of one key are joined
};

struct ChainLink {
  std::size_t piece = 0;
  bool backward = false;
};

// Chains of pieces, at most 60 degrees of turn at a joint, the straightest pair first. Every piece
// is in exactly one chain. O(n log n), deterministic.
std::vector<std::vector<ChainLink>> join_lines(const std::vector<LinePiece>& pieces);

// The points of a chain, joints once.
std::vector<Point> points_of(const std::vector<LinePiece>& pieces,
                             const std::vector<ChainLink>& chain);

// A polyline by distance along it.
class Course {
 public:
  explicit Course(const std::vector<Point>& line);
  double length() const { return at_.back(); }
  Point point(double s) const;

 private:
  const std::vector<Point>& line_;
  std::vector<double> at_;
};

}  // namespace abatis::measures
