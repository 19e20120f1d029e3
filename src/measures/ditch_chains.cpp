#include "ditch_chains.hpp"

#include <algorithm>
#include <utility>

#include "abatis/geo/layer.hpp"
#include "abatis/measures/line_chains.hpp"

namespace abatis::measures {
namespace {

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

}  // namespace

std::vector<DitchChain> ditch_chains(const Scenario& scenario, const Terrain& terrain) {
  std::vector<Line> lines;
  add_lines(scenario, terrain.ditches, attribute_of(scenario, LayerRole::ditches), false, lines);
  add_lines(scenario, terrain.waterways, attribute_of(scenario, LayerRole::waterways), true, lines);
  std::vector<LinePiece> pieces;
  pieces.reserve(lines.size());
  for (Line& line : lines) pieces.push_back({std::move(line.points), line.natural});
  std::vector<DitchChain> chains;
  for (const auto& links : join_lines(pieces)) {
    DitchChain chain;
    chain.line = points_of(pieces, links);
    double longest_named = 0;
    for (const ChainLink& link : links) {
      const Line& line = lines[link.piece];
      if (!line.name.empty() && line.length > longest_named) {
        longest_named = line.length;
        chain.name = line.name;
      }
      chain.stream = chain.stream || line.stream;
      chain.natural = line.natural;
    }
    chains.push_back(std::move(chain));
  }
  return chains;
}

}  // namespace abatis::measures
