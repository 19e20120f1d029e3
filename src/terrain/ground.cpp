#include "ground.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "abatis/geo/rasterize.hpp"

namespace abatis::terrain_detail {
namespace {

constexpr std::uint8_t kUnknown = nodata<std::uint8_t>();

std::optional<std::uint8_t> water_class(const std::string& name) {
  if (name == "lake") return kLake;
  if (name == "river") return kRiver;
  if (name == "sea") return kSea;
  return std::nullopt;
}

void note(std::vector<CellNote>& notes, std::string layer, std::string text, std::int64_t cells) {
  if (cells > 0) notes.push_back({std::move(layer), std::move(text), cells});
}

// Catalogue index by raster code.
template <class Classes>
std::array<std::uint8_t, 256> by_code(const Classes& classes) {
  std::array<std::uint8_t, 256> out{};
  out.fill(kUnknown);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    for (const int code : classes[i].codes) {
      if (code >= 0 && code < 255)
        out[static_cast<std::size_t>(code)] = static_cast<std::uint8_t>(i);
    }
  }
  return out;
}

// Codes of a raster to catalogue indices; counts codes that no class claims.
Raster<std::uint8_t> classify(const Raster<std::uint8_t>& codes,
                              const std::array<std::uint8_t, 256>& table, const std::string& layer,
                              std::vector<CellNote>& notes) {
  Raster<std::uint8_t> out(codes.grid, kUnknown);
  std::array<std::int64_t, 256> strangers{};
  std::int64_t holes = 0;
  for (std::size_t c = 0; c < codes.values.size(); ++c) {
    const std::uint8_t code = codes.values[c];
    out.values[c] = table[code];
    if (is_nodata(code)) {
      ++holes;
    } else if (out.values[c] == kUnknown) {
      ++strangers[code];
    }
  }
  note(notes, layer, "no data: unknown", holes);
  for (std::size_t code = 0; code < strangers.size(); ++code) {
    note(notes, layer, fmt::format("code {} is in no class of the catalogue: unknown", code),
         strangers[code]);
  }
  return out;
}

// The cover that a polygon's class means: of that id, else the first of that kind.
std::optional<std::uint8_t> cover_named(const Catalogue& catalogue, const std::string& name,
                                        CoverKind kind) {
  std::optional<std::uint8_t> first;
  for (std::size_t i = 0; i < catalogue.covers.size(); ++i) {
    const CoverClass& cover = catalogue.covers[i];
    if (cover.kind != kind) continue;
    if (cover.id == name) return static_cast<std::uint8_t>(i);
    if (!first) first = static_cast<std::uint8_t>(i);
  }
  return first;
}

void lay_polygons(const Catalogue& catalogue, const Layer& polygons, CoverKind kind,
                  const std::string& layer, Raster<std::uint8_t>& cover,
                  std::vector<CellNote>& notes) {
  std::int64_t decided = 0;
  for (const Feature& feature : polygons.features) {
    const auto index = cover_named(catalogue, polygons.text(feature, kClass), kind);
    if (!index) continue;
    for_each_cell_inside(cover.grid, feature.geometry, [&](Cell c) {
      const std::uint8_t was = cover[c];
      if (was != kUnknown && catalogue.covers[was].kind != CoverKind::open) return;
      cover[c] = *index;
      ++decided;
    });
  }
  note(notes, layer, "cover decided by polygons where land cover had none or open ground", decided);
}

}  // namespace

Raster<std::uint8_t> water_of(const Grid& grid, const Layer& water, std::vector<CellNote>& notes) {
  Raster<std::uint8_t> out(grid, 0);
  // The order in which one class goes before another where polygons overlap.
  constexpr std::array<int, 4> kPriority{0, 2, 3, 1};
  std::int64_t strangers = 0;
  for (const Feature& feature : water.features) {
    const auto named = water_class(water.text(feature, kClass));
    const std::uint8_t value = named.value_or(kLake);
    for_each_cell_inside(grid, feature.geometry, [&](Cell c) {
      if (!named) ++strangers;
      if (kPriority[value] > kPriority[out[c]]) out[c] = value;
    });
  }
  note(notes, "water", "class is none of lake, river, sea: taken as lake", strangers);
  return out;
}

Raster<std::uint8_t> cover_of(const Catalogue& catalogue, const Inputs& inputs,
                              Raster<std::uint8_t>& water, std::vector<CellNote>& notes) {
  Raster<std::uint8_t> cover =
      classify(inputs.landcover, by_code(catalogue.covers), "landcover", notes);
  lay_polygons(catalogue, inputs.wetlands, CoverKind::wetland, "wetlands", cover, notes);
  lay_polygons(catalogue, inputs.builtup, CoverKind::builtup, "builtup", cover, notes);
  std::int64_t added = 0;
  for (std::size_t c = 0; c < cover.values.size(); ++c) {
    const std::uint8_t index = cover.values[c];
    if (index == kUnknown || water.values[c] != 0) continue;
    if (catalogue.covers[index].kind != CoverKind::water) continue;
    water.values[c] = water_class(catalogue.covers[index].id).value_or(kLake);
    ++added;
  }
  note(notes, "landcover", "water by land cover without a water polygon", added);
  return cover;
}

Raster<std::uint8_t> soil_of(const Catalogue& catalogue, const Inputs& inputs,
                             const Raster<std::uint8_t>& cover, std::vector<CellNote>& notes) {
  if (!inputs.soil.values.empty()) {
    return classify(inputs.soil, by_code(catalogue.soils), "soil", notes);
  }
  std::array<std::uint8_t, 256> presumed{};
  presumed.fill(kUnknown);
  for (std::size_t i = 0; i < catalogue.covers.size(); ++i) {
    for (std::size_t s = 0; s < catalogue.soils.size(); ++s) {
      if (catalogue.soils[s].id == catalogue.covers[i].soil) {
        presumed[i] = static_cast<std::uint8_t>(s);
      }
    }
  }
  Raster<std::uint8_t> out(cover.grid, kUnknown);
  std::int64_t known = 0;
  for (std::size_t c = 0; c < cover.values.size(); ++c) {
    out.values[c] = presumed[cover.values[c]];
    if (out.values[c] != kUnknown) ++known;
  }
  note(notes, "soil", "no soil layer: soil presumed from land cover", known);
  return out;
}

}  // namespace abatis::terrain_detail
