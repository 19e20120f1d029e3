#pragma once
// The public page, its leaves and tables: what public.json holds, for readers.

#include <string>
#include <vector>

#include "public_map.hpp"

namespace abatis::finished {

struct PublicText {
  std::string file;  // relative to the folder
  std::string bytes;
};

// report.html: one page with a map, no script, no request; opens from disk and prints.
PublicText public_page(const Json& facts, const PublicMap& map);
// leaves/*.html, a page for each district that the plan touches.
std::vector<PublicText> public_leaves(const Json& facts, const PublicMap& map);
// tables/*.csv, the marking in the last column.
std::vector<PublicText> public_tables(const Json& facts);

}  // namespace abatis::finished
