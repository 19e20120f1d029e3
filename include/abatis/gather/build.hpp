#pragma once
// `abatis data build`: makes the data folder of the embedded scenario from what a fresh machine
// reaches through Debian and npm packages alone, and from facts written down in a recipe.
//
//   BuildOptions options;
//   options.recipe = "data/gather/suwalki.toml";
//   options.node_modules = {"data/gather/node_modules"};
//   options.output = "data/scenarios/suwalki/data";
//   Result<BuildReport> made = build_data(options, monitor);
//
// What is real and what is not is said in every product: states and settlements are measured; lakes
// and river areas are real but of few corners (coarse); relief keeps to a 9 km model and spot
// heights, its detail is synthetic; main roads and
// bridges are schematic (public facts routed on that relief); land cover, soil, minor roads,
// streams and ditches are synthetic, drawn with the recipe's seed. docs/data-folder.md has the
// layout, the attributes and how the synthetic layers compare with real ones.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/base/monitor.hpp"

namespace abatis {

struct BuildOptions {
  std::filesystem::path recipe;                     // data/gather/suwalki.toml
  std::vector<std::filesystem::path> node_modules;  // folders searched in order for npm packages
  std::filesystem::path debian_root = "/";          // Debian packages' files are below this
  std::filesystem::path output;                     // the data folder; replaced whole
  int threads = 0;                                  // 0 = all cores; does not change the bytes
  bool force = false;                               // build even when nothing has changed
};

// One number worth telling about what was made, e.g. {"forest share", 0.35, "of land"}.
struct BuildFigure {
  std::string what;
  double value = 0;
  std::string unit;
};

struct BuiltFile {
  std::string name;     // relative to the output folder, with '/'
  std::string quality;  // measured, coarse, schematic or synthetic
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct BuildReport {
  bool up_to_date = false;       // nothing had changed; nothing was written
  std::string inputs_hash;       // of recipe, facts, package files and the builder's version
  std::vector<BuiltFile> files;  // by name
  std::vector<BuildFigure> figures;
};

// Reads the packages, makes every layer, and writes the folder whole or not at all (a temporary
// folder beside it is renamed). The same inputs give the same bytes on any number of threads. When
// the folder already holds what these inputs give, returns at once with up_to_date set.
//
// Errors: a missing package file (input; the hint names what to install), a recipe with unknown
// keys, wrong values or a town that is not known (input, with file:line:column), an unwritable
// folder or an output folder that holds something else (io / input), a stop (interrupted).
// About 0.5 GiB and half a minute for 150 x 120 km at 100 m.
Result<BuildReport> build_data(const BuildOptions& options, Monitor& monitor);

}  // namespace abatis
