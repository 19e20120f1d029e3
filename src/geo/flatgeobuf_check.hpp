#pragma once
// Private to geo.

#include <filesystem>
#include <string>

#include "abatis/base/error.hpp"

namespace abatis::gdal {

// Proves that a FlatGeobuf file is whole: its features, one after another, must be as many as the
// header says and end where the file ends. GDAL takes a file cut between two features for a whole
// one. `name` is what GDAL opened, `path` what the user named. One pass over the file.
Status check_flatgeobuf_whole(const std::string& name, const std::filesystem::path& path);

}  // namespace abatis::gdal
