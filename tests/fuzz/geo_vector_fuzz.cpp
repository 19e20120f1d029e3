// Bytes as a vector file: reading gives a layer whose every coordinate is finite or an Error, and
// what was read can be written as GeoJSON. The first byte chooses the name's extension.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "abatis/geo/io.hpp"
#include "fuzz/scratch_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr const char* kNames[] = {".fgb", ".geojson", ".zip", ".gpkg"};
  const std::filesystem::path path =
      abatis::fuzz::scratch_file(kNames[data[0] % 4], data + 1, size - 1);
  abatis::ReadLayerOptions options;
  options.assume_epsg = 4326;
  options.max_features = 10000;
  if (data[0] >= 128) options.within = abatis::Bounds{400000, 5900000, 600000, 6200000};
  const auto layer = abatis::read_layer(path, 3346, options);
  if (!layer) {
    if (layer.error().message.empty()) std::abort();
    return 0;
  }
  for (const abatis::Feature& feature : layer->features) {
    if (feature.fields.size() != layer->field_names.size()) std::abort();
    for (const auto& part : feature.geometry.parts) {
      for (const abatis::Point p : part) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) std::abort();
      }
    }
    (void)abatis::area_of(feature.geometry);
    abatis::Layer one{layer->name, layer->epsg, layer->field_names, {feature}};
    (void)abatis::to_geojson(one, feature.geometry.kind);
  }
  return 0;
}
