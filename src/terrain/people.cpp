#include "people.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "abatis/base/words.hpp"
#include "abatis/geo/rasterize.hpp"

namespace abatis {
namespace {

constexpr std::array<std::string_view, kServiceKinds> kKinds{"clinic", "school", "shelter",
                                                             "crossing"};

}  // namespace

std::string_view to_string(ServiceKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

namespace terrain_detail {
namespace {

constexpr double kShared = 0.01;            // of the smaller of two municipalities
constexpr std::size_t kMostAreas = 65'000;  // indices are kept in 16 bits

tl::unexpected<Error> wrong(const Scenario& scenario, LayerRole role, std::string message,
                            std::string item, std::string hint = {}) {
  return tl::unexpected(
      in_layer({ErrorCode::input, std::move(message), {.item = std::move(item)}, std::move(hint)},
               *scenario.layer(role)));
}

Status read_settlements(const Scenario& scenario, const Layer& places,
                        std::vector<Settlement>& out) {
  for (std::size_t f = 0; f < places.features.size(); ++f) {
    const Feature& feature = places.features[f];
    const double population = places.number(feature, "population", -1);
    const int field = places.field("population");
    const bool given = field >= 0 && !std::holds_alternative<std::monostate>(
                                         feature.fields[static_cast<std::size_t>(field)]);
    const std::string name = places.text(feature, "name");
    if (given && !(population >= 0)) {
      return wrong(scenario, LayerRole::places,
                   fmt::format("feature {} ({}) has a population of {:g}", f + 1,
                               name.empty() ? "no name" : name, population),
                   "population", "people cannot be fewer than none; leave it empty if unknown");
    }
    for (const auto& part : feature.geometry.parts) {
      if (part.empty()) continue;
      out.push_back({.name = name,
                     .kind = places.text(feature, kClass),
                     .at = part.front(),
                     .population = static_cast<std::int64_t>(population)});
    }
  }
  return {};
}

Status read_services(const Scenario& scenario, const Layer& services, std::vector<Service>& out) {
  const std::vector<std::string> known(kKinds.begin(), kKinds.end());
  for (std::size_t f = 0; f < services.features.size(); ++f) {
    const Feature& feature = services.features[f];
    const std::string kind = services.text(feature, kClass);
    const auto at = std::find(known.begin(), known.end(), kind);
    if (at == known.end()) {
      return wrong(scenario, LayerRole::services,
                   fmt::format("feature {} is of class {}", f + 1, in_quotes(kind)),
                   std::string(kClass), fmt::format("known: {}", fmt::join(known, ", ")));
    }
    for (const auto& part : feature.geometry.parts) {
      if (part.empty()) continue;
      out.push_back({.kind = static_cast<ServiceKind>(at - known.begin()),
                     .name = services.text(feature, "name"),
                     .at = part.front()});
    }
  }
  return {};
}

// Municipalities by name; several features of one name are one.
Result<std::map<std::string, Geometry>> areas_by_name(const Scenario& scenario,
                                                      const Layer& layer) {
  std::map<std::string, Geometry> areas;
  for (std::size_t f = 0; f < layer.features.size(); ++f) {
    const std::string name = layer.text(layer.features[f], kClass);
    if (name.empty()) {
      return wrong(scenario, LayerRole::municipalities,
                   fmt::format("feature {} has no name", f + 1), "name",
                   "name it, or name the field that holds names as `attribute`");
    }
    Geometry& area = areas.try_emplace(name, Geometry{GeometryKind::polygon, {}}).first->second;
    const auto& parts = layer.features[f].geometry.parts;
    area.parts.insert(area.parts.end(), parts.begin(), parts.end());
  }
  if (areas.size() > kMostAreas) {
    return wrong(scenario, LayerRole::municipalities,
                 fmt::format("{} municipalities; at most {}", areas.size(), kMostAreas), {});
  }
  return areas;
}

// Lays the areas onto the grid in their order.
class Laying {
 public:
  Laying(const Scenario& scenario, Terrain& terrain) : scenario_(scenario), terrain_(terrain) {
    terrain_.municipality = Raster<std::uint16_t>(terrain.grid, 0);
  }

  Status lay(const std::string& name, Geometry area) {
    const auto own = static_cast<std::uint16_t>(terrain_.municipalities.size() + 1);
    std::int64_t cells = 0;
    for_each_cell_inside(terrain_.grid, area, [&](Cell c) {
      ++cells;
      std::uint16_t& there = terrain_.municipality[c];
      if (there == 0) {
        there = own;
      } else {
        Overlap& overlap = overlaps_[{there, own}];
        if (overlap.cells++ == 0) overlap.first = c;
      }
    });
    if (cells > 0) {
      terrain_.municipalities.push_back({name, std::move(area)});
      cells_.push_back(cells);
      return {};
    }
    const Bounds bounds = bounds_of(area);
    const Bounds region = terrain_.grid.bounds();
    const bool inside = region.contains({bounds.min_x, bounds.min_y}) &&
                        region.contains({bounds.max_x, bounds.max_y});
    if (inside) {
      return wrong(scenario_, LayerRole::municipalities,
                   fmt::format("{} covers no cell: it lies at x {:.0f}, y {:.0f} and is smaller "
                               "than a cell",
                               in_quotes(name), bounds.min_x, bounds.min_y),
                   name, "mend its outline, or join it with its neighbour");
    }
    ++beyond_;
    return {};
  }

  Status finish() {
    for (const auto& [pair, overlap] : overlaps_) {
      const auto a = static_cast<std::size_t>(pair.first - 1);
      const auto b = static_cast<std::size_t>(pair.second - 1);
      const Point at = terrain_.grid.centre(overlap.first);
      const std::string both = fmt::format("{} and {}", in_quotes(terrain_.municipalities[a].name),
                                           in_quotes(terrain_.municipalities[b].name));
      const auto smaller = static_cast<double>(std::min(cells_[a], cells_[b]));
      if (static_cast<double>(overlap.cells) > kShared * smaller) {
        return wrong(scenario_, LayerRole::municipalities,
                     fmt::format("{} overlap in {} cells, the first at x {:.0f}, y {:.0f}", both,
                                 overlap.cells, at.x, at.y),
                     terrain_.municipalities[b].name, "mend their common border");
      }
      terrain_.notes.push_back({"municipalities",
                                fmt::format("{} overlap: counted with the first", both),
                                overlap.cells});
    }
    if (beyond_ > 0) {
      terrain_.notes.push_back(
          {"municipalities", fmt::format("{} reach the edge of the region only", beyond_), 0});
    }
    return {};
  }

 private:
  struct Overlap {
    std::int64_t cells = 0;
    Cell first = kNoCell;
  };
  const Scenario& scenario_;
  Terrain& terrain_;
  std::vector<std::int64_t> cells_;  // by municipality
  std::map<std::pair<std::uint16_t, std::uint16_t>, Overlap> overlaps_;
  std::int64_t beyond_ = 0;
};

}  // namespace

Status read_people(const Scenario& scenario, const Inputs& inputs, Terrain& terrain) {
  ABATIS_CHECK(read_settlements(scenario, inputs.places, terrain.settlements));
  ABATIS_CHECK(read_services(scenario, inputs.services, terrain.services));
  if (scenario.layer(LayerRole::municipalities) == nullptr) return {};
  ABATIS_TRY(auto areas, areas_by_name(scenario, inputs.municipalities));
  Laying laying(scenario, terrain);
  for (auto& [name, area] : areas) ABATIS_CHECK(laying.lay(name, std::move(area)));
  return laying.finish();
}

}  // namespace terrain_detail
}  // namespace abatis
