#include "ditch_chains.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "abatis/base/sort.hpp"
#include "abatis/geo/layer.hpp"

namespace abatis::measures {
namespace {

constexpr double kLeastCosine = 0.5;  // of the turn between two pieces that are one ditch
constexpr double kSamePoint = 0.1;    // m; end points nearer than this are one node

struct Line {
  std::vector<Point> points;
  std::string name;
  bool stream = false;
  int natural = 0;
  double length = 0;
};

// Index of the natural obstacle class with this code, or -1.
int natural_of(const Catalogue& catalogue, const std::string& code) {
  for (std::size_t n = 0; n < catalogue.naturals.size(); ++n) {
    const auto& codes = catalogue.naturals[n].codes;
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return static_cast<int>(n);
  }
  return -1;
}

std::string attribute_of(const Scenario& scenario, LayerRole role) {
  const LayerSource* source = scenario.layer(role);
  return source != nullptr && !source->attribute.empty() ? source->attribute : "class";
}

void add_lines(const Scenario& scenario, const Layer& layer, const std::string& attribute,
               bool waterways, std::vector<Line>& lines) {
  for (const Feature& feature : layer.features) {
    if (feature.geometry.kind != GeometryKind::line) continue;
    const std::string code = layer.text(feature, attribute);
    const int n = natural_of(scenario.catalogue, code);
    const bool barrier = n >= 0 && scenario.catalogue.naturals[static_cast<std::size_t>(n)].barrier;
    // Rivers and canals are obstacles by themselves; a stream can be cut like a ditch.
    if (waterways && code != "stream" && (n < 0 || barrier)) continue;
    for (const auto& part : feature.geometry.parts) {
      if (part.size() < 2) continue;
      Line line{.points = part,
                .name = layer.text(feature, "name"),
                .stream = code == "stream",
                .natural = barrier ? n + 1 : 0,
                .length = length_of({GeometryKind::line, {part}})};
      if (line.length > 0) lines.push_back(std::move(line));
    }
  }
}

// An end of a line: 2 x line for its first point, 2 x line + 1 for its last.
using End = std::size_t;

Point tip(const Line& line, bool last) {
  return last ? line.points.back() : line.points.front();
}

// Direction from the tip into the line, over its first 50 m: the last bend at a node misleads.
Point inward(const Line& line, bool last) {
  const std::size_t n = line.points.size();
  const Point from = tip(line, last);
  Point to = from;
  for (std::size_t i = 1; i < n; ++i) {
    to = last ? line.points[n - 1 - i] : line.points[i];
    if (std::hypot(to.x - from.x, to.y - from.y) >= 50) break;
  }
  const double size = std::hypot(to.x - from.x, to.y - from.y);
  return size > 0 ? Point{(to.x - from.x) / size, (to.y - from.y) / size} : Point{0, 0};
}

constexpr End kAlone = static_cast<End>(-1);

// For each end, the end of another line that goes on from it, or kAlone.
std::vector<End> pair_ends(const std::vector<Line>& lines) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<End>> nodes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const bool last : {false, true}) {
      const Point p = tip(lines[i], last);
      nodes[{std::llround(p.x / kSamePoint), std::llround(p.y / kSamePoint)}].push_back(
          2 * i + (last ? 1 : 0));
    }
  }
  std::vector<End> mate(2 * lines.size(), kAlone);
  struct Pair {
    double cosine;
    End a, b;
  };
  for (const auto& [key, ends] : nodes) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      for (std::size_t j = i + 1; j < ends.size(); ++j) {
        const Line& la = lines[ends[i] / 2];
        const Line& lb = lines[ends[j] / 2];
        if (ends[i] / 2 == ends[j] / 2 || la.natural != lb.natural) continue;
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

void append(DitchChain& chain, const Line& line, bool backward, double& longest_named) {
  const std::size_t n = line.points.size();
  for (std::size_t i = chain.line.empty() ? 0 : 1; i < n; ++i) {
    chain.line.push_back(line.points[backward ? n - 1 - i : i]);
  }
  if (!line.name.empty() && line.length > longest_named) {
    longest_named = line.length;
    chain.name = line.name;
  }
  chain.stream = chain.stream || line.stream;
  chain.natural = line.natural;
}

}  // namespace

std::vector<DitchChain> ditch_chains(const Scenario& scenario, const Terrain& terrain) {
  std::vector<Line> lines;
  add_lines(scenario, terrain.ditches, attribute_of(scenario, LayerRole::ditches), false, lines);
  add_lines(scenario, terrain.waterways, attribute_of(scenario, LayerRole::waterways), true, lines);
  const std::vector<End> mate = pair_ends(lines);
  std::vector<std::uint8_t> used(lines.size(), 0);
  std::vector<DitchChain> chains;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (used[i] != 0) continue;
    // Back to where the chain starts; a ring starts at its first line.
    End start = 2 * i;
    for (std::size_t steps = 0; mate[start] != kAlone && steps < lines.size(); ++steps) {
      start = mate[start] ^ 1U;
      if (start / 2 == i) break;
    }
    DitchChain chain;
    double longest_named = 0;
    for (End at = start; used[at / 2] == 0;) {
      used[at / 2] = 1;
      append(chain, lines[at / 2], at % 2 == 1, longest_named);
      const End next = mate[at ^ 1U];
      if (next == kAlone) break;
      at = next;
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace abatis::measures
