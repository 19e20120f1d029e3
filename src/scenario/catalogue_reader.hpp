#pragma once
// Reads data/catalogue/*.toml (or the copies built into the program) into a Catalogue.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "abatis/scenario/catalogue.hpp"
#include "abatis/scenario/scenario.hpp"
#include "table_reader.hpp"

namespace abatis {

struct CatalogueText {
  std::string name;  // "movers.toml"
  std::string text;
};

// The catalogues of data/catalogue as they were when the program was built.
const std::vector<CatalogueText>& builtin_catalogue();

struct CatalogueResult {
  Catalogue catalogue;  // what could be read; valid only when errors is empty
  Errors errors;        // by file, then by place
  std::vector<InputFile> inputs;
};

// Reads every catalogue file of `folder`, or the built-in ones.
CatalogueResult read_catalogue(const std::optional<std::filesystem::path>& folder);
// The same from texts: the seven files in the order of builtin_catalogue().
CatalogueResult read_catalogue_texts(const std::vector<CatalogueText>& texts,
                                     const std::string& shown_folder);

// --- one file each; the root is the parsed document ---
void read_movers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_seasons(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_soils(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_covers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_roads(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_naturals(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_measures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);

// Ids, for references.
template <class T>
std::vector<std::string> ids_of(const std::vector<T>& things) {
  std::vector<std::string> ids;
  ids.reserve(things.size());
  for (const T& thing : things) ids.push_back(thing.id);
  return ids;
}

// Collects ids with their places and refuses those that stand twice.
class IdList {
 public:
  void add(const std::string& id, Place at) {
    ids_.push_back(id);
    places_.push_back(at);
  }
  void refuse_twice(Diagnostics& diagnostics, std::string_view what) const {
    refuse_duplicates(diagnostics, ids_, places_, what);
  }

 private:
  std::vector<std::string> ids_;
  std::vector<Place> places_;
};

}  // namespace abatis
