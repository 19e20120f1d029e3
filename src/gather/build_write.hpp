#pragma once
// The files of a data folder, with licence, date, source and quality of each.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/gather/build.hpp"
#include "build_cover.hpp"
#include "build_recipe.hpp"
#include "build_relief.hpp"
#include "build_roads.hpp"
#include "build_sources.hpp"

namespace abatis::gather {

// What is said about one file, in its metadata, in sources.json and in ATTRIBUTION.md.
struct FileFacts {
  std::string name;     // relative to the folder
  std::string quality;  // measured, coarse, schematic or synthetic
  std::string about;
  std::vector<std::string> sources;  // ids of the recipe's sources
  std::string attributes;            // "" for rasters
};

// The files a build makes, in order of writing.
const std::vector<FileFacts>& file_facts();

struct Made {
  const Recipe& recipe;
  const Inputs& inputs;
  const Relief& relief;
  const Ground& ground;
  const Roads& roads;
  const Layer& waterways;
  const Layer& ditches;
  const Layer& services;
  const Layer& municipalities;
};

// Writes every layer, sources.json and ATTRIBUTION.md below `folder`.
Status write_folder(const std::filesystem::path& folder, const Made& made, Monitor& monitor);

// Shares, lengths and counts of what was made.
std::vector<BuildFigure> figures_of(const Made& made);

}  // namespace abatis::gather
