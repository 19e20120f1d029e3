#include "abatis/measures/line_chains.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "abatis/base/sort.hpp"

namespace abatis::measures {
namespace {

constexpr double kLeastCosine = 0.5;  // of the turn between two pieces that are one line
constexpr double kSamePoint = 0.1;    // m; end points nearer than this are one node

// An end of a piece: 2 x piece for its first point, 2 x piece + 1 for its last.
using End = std::size_t;
constexpr End kAlone = static_cast<End>(-1);

Point tip(const LinePiece& piece, bool last) {
  return last ? piece.points.back() : piece.points.front();
}

// Direction from the tip into the piece, over its first 50 m: the last bend at a node misleads.
Point inward(const LinePiece& piece, bool last) {
  const std::size_t n = piece.points.size();
  const Point from = tip(piece, last);
  Point to = from;
  for (std::size_t i = 1; i < n; ++i) {
    to = last ? piece.points[n - 1 - i] : piece.points[i];
    if (std::hypot(to.x - from.x, to.y - from.y) >= 50) break;
  }
  const double size = std::hypot(to.x - from.x, to.y - from.y);
  return size > 0 ? Point{(to.x - from.x) / size, (to.y - from.y) / size} : Point{0, 0};
}

// For each end, the end of another piece that goes on from it, or kAlone.
std::vector<End> pair_ends(const std::vector<LinePiece>& pieces) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<End>> nodes;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (const bool last : {false, true}) {
      const Point p = tip(pieces[i], last);
      nodes[{std::llround(p.x / kSamePoint), std::llround(p.y / kSamePoint)}].push_back(
          2 * i + (last ? 1 : 0));
    }
  }
  std::vector<End> mate(2 * pieces.size(), kAlone);
  struct Pair {
    double cosine;
    End a, b;
  };
  for (const auto& [key, ends] : nodes) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      for (std::size_t j = i + 1; j < ends.size(); ++j) {
        const LinePiece& la = pieces[ends[i] / 2];
        const LinePiece& lb = pieces[ends[j] / 2];
        if (ends[i] / 2 == ends[j] / 2 || la.key != lb.key) continue;
        const Point a = inward(la, ends[i] % 2 == 1);
        const Point b = inward(lb, ends[j] % 2 == 1);
        const double cosine = -(a.x * b.x + a.y * b.y);
        if (cosine >= kLeastCosine) pairs.push_back({cosine, ends[i], ends[j]});
      }
    }
    sort_stably(pairs, [](const Pair& x, const Pair& y) { return x.cosine > y.cosine; });
    for (const Pair& pair : pairs) {
      if (mate[pair.a] != kAlone || mate[pair.b] != kAlone) continue;
      mate[pair.a] = pair.b;
      mate[pair.b] = pair.a;
    }
  }
  return mate;
}

}  // namespace

std::vector<std::vector<ChainLink>> join_lines(const std::vector<LinePiece>& pieces) {
  const std::vector<End> mate = pair_ends(pieces);
  std::vector<std::uint8_t> used(pieces.size(), 0);
  std::vector<std::vector<ChainLink>> chains;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i] != 0) continue;
    // Back to where the chain starts; a ring starts at its first piece.
    End start = 2 * i;
    for (std::size_t steps = 0; mate[start] != kAlone && steps < pieces.size(); ++steps) {
      start = mate[start] ^ 1U;
      if (start / 2 == i) break;
    }
    std::vector<ChainLink> chain;
    for (End at = start; used[at / 2] == 0;) {
      used[at / 2] = 1;
      chain.push_back({at / 2, at % 2 == 1});
      const End next = mate[at ^ 1U];
      if (next == kAlone) break;
      at = next;
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

std::vector<Point> points_of(const std::vector<LinePiece>& pieces,
                             const std::vector<ChainLink>& chain) {
  std::vector<Point> line;
  for (const ChainLink& link : chain) {
    const auto& points = pieces[link.piece].points;
    const std::size_t n = points.size();
    for (std::size_t i = line.empty() ? 0 : 1; i < n; ++i) {
      line.push_back(points[link.backward ? n - 1 - i : i]);
    }
  }
  return line;
}

Course::Course(const std::vector<Point>& line) : line_(line), at_(line.size(), 0.0) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    at_[i] = at_[i - 1] + std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  }
}

Point Course::point(double s) const {
  const auto after = std::upper_bound(at_.begin(), at_.end(), s);
  if (after == at_.begin()) return line_.front();
  if (after == at_.end()) return line_.back();
  const auto i = static_cast<std::size_t>(after - at_.begin());
  const double t = (s - at_[i - 1]) / (at_[i] - at_[i - 1]);
  return {line_[i - 1].x + t * (line_[i].x - line_[i - 1].x),
          line_[i - 1].y + t * (line_[i].y - line_[i - 1].y)};
}

}  // namespace abatis::measures
