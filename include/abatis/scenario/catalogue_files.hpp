#pragma once
// A user's own catalogue, read and checked without a scenario.
//
//   const auto catalogue = load_catalogue("my-catalogue");
//   if (!catalogue) for (const Error& e : catalogue.error()) puts(to_string(e).c_str());

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "abatis/base/error.hpp"
#include "abatis/scenario/catalogue.hpp"

namespace abatis {

// Every file of `folder` (as of data/catalogue), or the copies built into the program where none is
// named. All errors at once, by file in the order of reference and then by place: file:line:column,
// what is wrong, what to do. A file that is missing is an error. O(bytes of the files).
tl::expected<Catalogue, Errors> load_catalogue(
    const std::optional<std::filesystem::path>& folder = std::nullopt);

// Some files alone, known by their names ("measures.toml"), with the built-in copies of the others.
// Errors: those above; a name that is no catalogue file; a name that stands twice.
tl::expected<Catalogue, Errors> load_catalogue_files(
    const std::vector<std::filesystem::path>& files);

// How far the sources of a catalogue carry. A provenance that is no more than "unverified" counts
// as such; one that cites a source and names what of it is unverified counts as partly so.
enum class Standing : std::uint8_t { sourced, partly, unverified };
Standing standing_of(const Provenance& provenance);
struct SourceCount {
  int all = 0, partly = 0, unverified = 0;
};
SourceCount count_sources(const Catalogue& catalogue);

}  // namespace abatis
