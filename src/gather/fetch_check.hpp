#pragma once
// Private to gather: is a file that came from elsewhere what it should be, and whole?

#include <filesystem>
#include <string_view>

#include "abatis/base/error.hpp"
#include "abatis/gather/fetch.hpp"

namespace abatis::gather {

// First bytes and inner structure. Reads a few kilobytes of a TIFF, the block heads of an OSM PBF
// and the tail of a zip.
Status check_file_type(const std::filesystem::path& file, FetchType type);

std::string_view name_of(FetchType type);

}  // namespace abatis::gather
