#include "project.hpp"

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/parallel.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

fs::path absolute_path(const fs::path& path) {
  std::error_code ec;
  fs::path full = fs::weakly_canonical(path, ec);
  return ec ? path : full;
}

// Only the rule on paths, for a file whose data folder is not known.
bool stays_inside(const fs::path& relative) {
  if (relative.is_absolute()) return false;
  for (const auto& piece : relative) {
    if (piece == "..") return false;
  }
  return true;
}

// The data folder by --data, the `data` key, ABATIS_DATA, in this order; "" = none.
fs::path data_root(Reading& reading, const fs::path& project, const ScenarioOptions& options) {
  if (!options.data_root.empty()) return absolute_path(options.data_root);
  if (!reading.data_key.empty()) {
    auto inside = path_inside(project, reading.data_key);
    if (inside) return *inside;
    reading.diagnostics.error(reading.data_place, inside.error(), "scenario.data");
    return {};
  }
  return options.data_fallback.empty() ? fs::path{} : absolute_path(options.data_fallback);
}

void resolve_layer(Reading& reading, LayerSource& layer, Place at, bool must_exist) {
  const fs::path& root = reading.scenario.data_root;
  if (root.empty()) {
    if (stays_inside(layer.shown)) {
      layer.file = layer.shown;
    } else {
      reading.diagnostics.error(
          at, fmt::format("path {} leaves the data folder", in_quotes(layer.shown)),
          "name a file inside the data folder", "layers.file");
    }
    return;
  }
  const auto inside = path_inside(root, layer.shown);
  if (!inside) {
    reading.diagnostics.error(at, inside.error(), "layers.file");
    return;
  }
  layer.file = *inside;
  std::error_code ec;
  if (must_exist && !fs::is_regular_file(layer.file, ec)) {
    reading.diagnostics.error(
        at,
        fmt::format("layer {}: no file {} in {}", to_string(layer.role), in_quotes(layer.shown),
                    root.string()),
        "make the data folder with `abatis data build` or `abatis data fetch`, or name another "
        "with --data",
        "layers.file");
  }
}

}  // namespace

fs::path project_folder(const fs::path& scenario_file) {
  const fs::path own = absolute_path(fs::absolute(scenario_file)).parent_path();
  std::error_code ec;
  for (fs::path folder = own; !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / "data" / "catalogue", ec)) return folder;
    if (folder == folder.root_path()) break;
  }
  return own;
}

std::optional<fs::path> catalogue_folder(Reading& reading, const fs::path& project, bool& good) {
  good = true;
  if (reading.catalogue_key.empty()) return std::nullopt;
  auto inside = path_inside(project, reading.catalogue_key);
  std::error_code ec;
  if (!inside) {
    reading.diagnostics.error(reading.catalogue_place, inside.error(), "scenario.catalogue");
  } else if (!fs::is_directory(*inside, ec)) {
    reading.diagnostics.error(reading.catalogue_place,
                              fmt::format("there is no catalogue folder {}", inside->string()),
                              "drop the key to use the built-in catalogues", "scenario.catalogue");
  } else {
    return *inside;
  }
  good = false;
  return std::nullopt;
}

void resolve_layers(Reading& reading, const fs::path& project, const ScenarioOptions& options) {
  Scenario& s = reading.scenario;
  s.data_root = data_root(reading, project, options);
  std::error_code ec;
  bool must_exist = options.require_layers;
  if (must_exist && s.data_root.empty()) {
    // A `data` key that leads astray has been told already.
    if (reading.data_key.empty()) {
      reading.diagnostics.error(reading.data_place, "no data folder is named",
                                "give --data DIR, set ABATIS_DATA, or write data = \"...\"",
                                "scenario.data");
    }
    must_exist = false;
  } else if (must_exist && !fs::is_directory(s.data_root, ec)) {
    reading.diagnostics.error(
        reading.data_place, fmt::format("there is no data folder {}", s.data_root.string()),
        "make it with `abatis data build` or `abatis data fetch`, or name another with --data",
        "scenario.data");
    must_exist = false;
  }
  for (std::size_t i = 0; i < s.layers.size(); ++i) {
    if (!s.layers[i].shown.empty()) {
      resolve_layer(reading, s.layers[i], reading.layer_places[i], must_exist);
    }
  }
}

void hash_layers(Reading& reading) {
  Scenario& s = reading.scenario;
  std::vector<Result<std::string>> hashes(s.layers.size());
  parallel_for(s.layers.size(), 0,
               [&](std::size_t i) { hashes[i] = sha256_file(s.layers[i].file); });
  for (std::size_t i = 0; i < s.layers.size(); ++i) {
    if (hashes[i]) {
      s.inputs.push_back({s.layers[i].file, s.layers[i].shown,
                          std::string(to_string(s.layers[i].role)), *hashes[i]});
    } else {
      reading.diagnostics.error(reading.layer_places[i], hashes[i].error(), "layers.file");
    }
  }
}

}  // namespace abatis
