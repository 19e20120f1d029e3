#pragma once
// Opens every file of a public folder and names what should not be there: the proof that nothing
// finer than 500 m, and nothing of what is held ready, left the room. It knows nothing of how the
// folder was made, but for the list of keys that public.json may have.

#include <filesystem>
#include <string>
#include <vector>

namespace abatis::testing {

struct Restricted {
  std::vector<std::string> words;  // site ids, names: none may stand in any file, as bytes
};
// Ids, names and exact coordinates of every purchase and candidate of a finished run.
Restricted restricted_words(const std::filesystem::path& run);

// Empty = nothing. One line for each fault: "FILE: what".
std::vector<std::string> public_faults(const std::filesystem::path& folder,
                                       const Restricted& restricted, int epsg);

}  // namespace abatis::testing
