#pragma once
// Where a scenario's files lie, and their hashes.

#include <filesystem>
#include <optional>

#include "sections.hpp"

namespace abatis {

// The nearest folder at or above that of the scenario file which holds data/catalogue; the folder
// of the scenario file when there is none. `data` and `catalogue` are relative to it and never
// leave it.
std::filesystem::path project_folder(const std::filesystem::path& scenario_file);

// The folder named by `catalogue`; nothing = the built-in catalogues. An error is told.
std::optional<std::filesystem::path> catalogue_folder(Reading& reading,
                                                      const std::filesystem::path& project,
                                                      bool& good);

// Sets data_root and the file of every layer. Paths that leave the data folder are errors at their
// place; so are missing files when `options.require_layers`.
void resolve_layers(Reading& reading, const std::filesystem::path& project,
                    const ScenarioOptions& options);

// Hashes of all layer files, in order. Reads them whole, several at a time.
void hash_layers(Reading& reading);

}  // namespace abatis
