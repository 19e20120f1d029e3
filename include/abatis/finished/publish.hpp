#pragma once
// The public edition of a finished run: zones and totals, nothing finer than 500 m
// (docs/reference/publish.md). What may leave is named field by field; all else stays inside.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/base/error.hpp"

namespace abatis {

// Every coordinate of a public file is a whole multiple of this or of a coarser step, in metres of
// the run's CRS; rasters have cells no smaller.
inline constexpr double kPublicStep = 500;
// Stands in every public file.
inline constexpr const char* kPublicEdition =
    "Public: nothing finer than 500 m; zones and totals only";

struct Published {
  std::vector<std::string> files;  // relative to the folder, with the manifest
};

// Makes `to` from what `abatis run` left in `run`. Written whole or not at all. Errors: no finished
// run there (no manifest, or files that are not what it says); `to` holds files already; those of
// reading and writing. O(bytes of the run's rasters).
Result<Published> publish_run(const std::filesystem::path& run, const std::filesystem::path& to);

}  // namespace abatis
