#include "inputs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/parallel.hpp"
#include "abatis/geo/io.hpp"

namespace abatis::terrain_detail {
namespace {

constexpr double kMetresPerDegree = 111320.0;
constexpr std::string_view kRoadFields[] = {kClass, "ref", "oneway", "brunnel"};

// Cell size of a file in metres, roughly: to choose between interpolating and averaging.
double rough_cell_m(const RasterInfo& info) {
  const bool degrees = std::abs(info.bounds.max_x) <= 360 && std::abs(info.bounds.max_y) <= 90;
  return std::abs(info.cell_y) * (degrees ? kMetresPerDegree : 1.0);
}

template <class T>
Result<Raster<T>> read_raster_layer(const LayerSource& source, const Grid& grid, Resampling coarse,
                                    Resampling fine) {
  ABATIS_TRY(const RasterInfo info, raster_info(source.file));
  const bool finer = rough_cell_m(info) < 0.75 * grid.cell;
  ABATIS_TRY(Raster<T> raster, read_raster<T>(source.file, grid, finer ? fine : coarse));
  const bool any =
      std::any_of(raster.values.begin(), raster.values.end(), [](T v) { return !is_nodata(v); });
  if (!any) {
    return input_error(
        fmt::format("no cell of the region is known; the file covers x {:.10g}..{:.10g}, y "
                    "{:.10g}..{:.10g} in {}",
                    info.bounds.min_x, info.bounds.max_x, info.bounds.min_y, info.bounds.max_y,
                    info.crs_name.empty() ? "an unnamed CRS" : info.crs_name),
        {.file = source.file.string()}, "check the CRS of the file and the region of the scenario");
  }
  return raster;
}

// Roads may come from several files: the same fields in the same order from each, unset where the
// file lacks them.
void keep_road_fields(Layer& layer) {
  std::vector<int> from;
  for (const std::string_view name : kRoadFields) from.push_back(layer.field(name));
  for (Feature& feature : layer.features) {
    std::vector<FieldValue> kept;
    for (const int at : from) {
      kept.push_back(at < 0 ? FieldValue{}
                            : std::move(feature.fields[static_cast<std::size_t>(at)]));
    }
    feature.fields = std::move(kept);
  }
  layer.field_names.assign(std::begin(kRoadFields), std::end(kRoadFields));
}

// Every field, but of roads (two thirds of a million lines) only kRoadFields.
Result<Layer> read_vector_layer(const LayerSource& source, const Grid& grid) {
  const bool roads = source.role == LayerRole::roads;
  ReadLayerOptions options;
  options.layer = source.table;
  options.within = grid.bounds();
  if (roads) {
    options.fields = {source.attribute};
    options.also = {"ref", "oneway", "brunnel"};
  }
  ABATIS_TRY(Layer layer, read_layer(source.file, grid.epsg, options));
  const int at = layer.field(source.attribute);
  if (at < 0) {
    return input_error(
        fmt::format("the layer has no field \"{}\"", source.attribute),
        {.file = source.file.string(), .item = layer.name},
        fmt::format("it has: {}; name one as `attribute`", fmt::join(layer.field_names, ", ")));
  }
  for (std::string& name : layer.field_names) {
    if (name == kClass) name = "class_of_file";
  }
  layer.field_names[static_cast<std::size_t>(at)] = kClass;
  if (roads) keep_road_fields(layer);
  return layer;
}

GeometryKind kind_of(LayerRole role) {
  switch (role) {
    case LayerRole::roads:
    case LayerRole::waterways:
    case LayerRole::ditches:
      return GeometryKind::line;
    case LayerRole::places:
    case LayerRole::services:
      return GeometryKind::point;
    default:
      return GeometryKind::polygon;
  }
}

Status check_kind(const Layer& layer, const LayerSource& source) {
  static constexpr std::string_view kNames[] = {"points", "lines", "polygons"};
  const GeometryKind wanted = kind_of(source.role);
  for (const Feature& feature : layer.features) {
    if (feature.geometry.kind == wanted) continue;
    return input_error(fmt::format("the layer has {} where {} are expected",
                                   kNames[static_cast<std::size_t>(feature.geometry.kind)],
                                   kNames[static_cast<std::size_t>(wanted)]),
                       {.file = source.file.string(), .item = layer.name});
  }
  return {};
}

void append(Layer& to, Layer from) {
  if (to.field_names.empty()) {
    to = std::move(from);
    return;
  }
  to.skipped += from.skipped;
  to.features.insert(to.features.end(), std::make_move_iterator(from.features.begin()),
                     std::make_move_iterator(from.features.end()));
}

Layer* place_of(Inputs& inputs, LayerRole role) {
  switch (role) {
    case LayerRole::states:
      return &inputs.states;
    case LayerRole::roads:
      return &inputs.roads;
    case LayerRole::water:
      return &inputs.water;
    case LayerRole::waterways:
      return &inputs.waterways;
    case LayerRole::ditches:
      return &inputs.ditches;
    case LayerRole::wetlands:
      return &inputs.wetlands;
    case LayerRole::builtup:
      return &inputs.builtup;
    case LayerRole::places:
      return &inputs.places;
    case LayerRole::protected_areas:
      return &inputs.protected_areas;
    case LayerRole::services:
      return &inputs.services;
    case LayerRole::municipalities:
      return &inputs.municipalities;
    default:
      return nullptr;  // not read by this stage
  }
}

Status read_one(const LayerSource& source, const Grid& grid, Inputs& inputs, Layer& layer) {
  if (source.role == LayerRole::elevation) {
    ABATIS_TRY(inputs.elevation_m,
               (read_raster_layer<float>(source, grid, Resampling::bilinear, Resampling::average)));
  } else if (source.role == LayerRole::landcover) {
    ABATIS_TRY(inputs.landcover, (read_raster_layer<std::uint8_t>(source, grid, Resampling::nearest,
                                                                  Resampling::mode)));
  } else if (source.role == LayerRole::soil) {
    ABATIS_TRY(inputs.soil, (read_raster_layer<std::uint8_t>(source, grid, Resampling::nearest,
                                                             Resampling::mode)));
  } else if (place_of(inputs, source.role) != nullptr) {
    ABATIS_TRY(layer, read_vector_layer(source, grid));
    ABATIS_CHECK(check_kind(layer, source));
  }
  return {};
}

}  // namespace

Error in_layer(Error error, const LayerSource& source) {
  error.message =
      fmt::format("layer {} ({}): {}", to_string(source.role), source.shown, error.message);
  if (error.where.file.empty()) error.where = source.where;
  if (source.where.line > 0) {
    const std::string named = fmt::format("named in {}:{}", source.where.file, source.where.line);
    error.hint = error.hint.empty() ? named : error.hint + "; " + named;
  }
  return error;
}

Result<Inputs> read_inputs(const Scenario& scenario, int threads, Monitor& monitor) {
  for (const LayerRole role : {LayerRole::elevation, LayerRole::landcover, LayerRole::states,
                               LayerRole::roads, LayerRole::water, LayerRole::waterways}) {
    if (scenario.layer(role) != nullptr) continue;
    return input_error(fmt::format("the scenario has no layer of role {}", to_string(role)),
                       {.file = scenario.file.string()},
                       fmt::format("add a [[layers]] table with role = \"{}\"", to_string(role)));
  }
  const std::size_t count = scenario.layers.size();
  Inputs inputs;
  std::vector<Layer> layers(count);
  std::vector<std::optional<Error>> errors(count);
  monitor.begin("terrain: reading layers", static_cast<std::int64_t>(count), "layers");
  parallel_for(count, threads, [&](std::size_t i) {
    if (monitor.stop_requested()) return;
    const LayerSource& source = scenario.layers[i];
    const Status read = read_one(source, scenario.grid, inputs, layers[i]);
    if (!read) errors[i] = in_layer(read.error(), source);
    monitor.advance(1);
  });
  for (std::size_t i = 0; i < count; ++i) {
    if (errors[i]) return tl::unexpected(*errors[i]);
  }
  if (monitor.stop_requested()) {
    return fail(ErrorCode::interrupted, "stopped while reading layers");
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (Layer* to = place_of(inputs, scenario.layers[i].role)) append(*to, std::move(layers[i]));
  }
  return inputs;
}

}  // namespace abatis::terrain_detail
