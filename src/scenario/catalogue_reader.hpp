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
  std::string shown = {};  // in errors; "" = by its folder
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
// The same from texts: the files in the order of builtin_catalogue().
CatalogueResult read_catalogue_texts(const std::vector<CatalogueText>& texts,
                                     const std::string& shown_folder);

constexpr double kFarthestBand = 1e6;              // m from the border, of an echelon
constexpr double kFarthestScreened = 100e3;        // m, of screening
constexpr std::size_t kMaxCatalogueEntries = 250;  // indices are kept in bytes, 255 is unknown

// --- one file each; the root is the parsed document ---
void read_movers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_seasons(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_soils(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_covers(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_roads(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_naturals(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_trees(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_measures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_formations(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_echelon_definitions(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_civil(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);
void read_screening_figures(Diagnostics& diagnostics, const TomlNode& root, Catalogue& into);

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

// A figure that may be left out, read by `read()`; where it stands it needs its source.
template <class Read>
void read_sourced(TableReader& r, std::string_view key, std::string_view source,
                  Provenance& provenance, Read&& read) {
  if (!r.has(key)) {
    if (r.has(source)) r.error(source, "the source of a figure that is not there", "remove it");
    return;
  }
  if (read() && !r.provenance(source, provenance) && !r.has(source)) {
    r.error(key, "a figure needs its " + std::string(source),
            "name its source, or write \"unverified\"");
  }
}

// Reads a list of tables into `list`: id, name and provenance as all of them have them, what is
// their own by `rest(reader, thing)`, called before `thing` joins the list. Ids that stand twice
// are refused as those of a `what`.
template <class T, class Rest>
void read_named(TableReader& file, const TableSpec& keys, std::size_t most, std::string_view what,
                std::vector<T>& list, Rest&& rest) {
  IdList ids;
  for (const TomlNode* node : file.tables(keys.path, most)) {
    TableReader r(file.diagnostics(), *node, keys);
    T thing;
    r.id("id", thing.id);
    r.text("name", thing.name);
    rest(r, thing);
    if constexpr (requires { thing.provenance; }) r.provenance("provenance", thing.provenance);
    ids.add(thing.id, r.place("id"));
    list.push_back(std::move(thing));
  }
  ids.refuse_twice(file.diagnostics(), what);
}

}  // namespace abatis
