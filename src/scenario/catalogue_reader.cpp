#include "catalogue_reader.hpp"

#include <array>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

struct CatalogueFile {
  std::string_view name;
  void (*read)(Diagnostics&, const TomlNode&, Catalogue&);
};

// In this order: a file may refer to those before it.
constexpr std::array kFiles{
    CatalogueFile{"movers.toml", read_movers},
    CatalogueFile{"seasons.toml", read_seasons},
    CatalogueFile{"soils.toml", read_soils},
    CatalogueFile{"landcover.toml", read_covers},
    CatalogueFile{"roads.toml", read_roads},
    CatalogueFile{"water.toml", read_naturals},
    CatalogueFile{"trees.toml", read_trees},
    CatalogueFile{"measures.toml", read_measures},
    CatalogueFile{"formations.toml", read_formations},
    CatalogueFile{"echelons.toml", read_echelon_definitions},
    CatalogueFile{"civil.toml", read_civil},
    CatalogueFile{"screening.toml", read_screening_figures},
};

}  // namespace

CatalogueResult read_catalogue_texts(const std::vector<CatalogueText>& texts,
                                     const std::string& shown_folder) {
  CatalogueResult result;
  bool earlier_unreadable = false;
  for (const CatalogueFile& file : kFiles) {
    std::string shown = fmt::format("{}/{}", shown_folder, file.name);
    const CatalogueText* found = nullptr;
    for (const CatalogueText& text : texts) {
      if (text.name == file.name) found = &text;
    }
    if (found == nullptr) {
      earlier_unreadable = true;
      continue;  // whoever gave the texts has said why
    }
    if (!found->shown.empty()) shown = found->shown;
    result.inputs.push_back({{}, shown, "catalogue", sha256_hex(found->text)});
    Diagnostics diagnostics(shown);
    const auto root = parse_toml(found->text);
    if (!root) {
      diagnostics.error(root.error().at, root.error().message, root.error().hint);
      earlier_unreadable = true;
    } else if (!earlier_unreadable) {
      // Ids of a file that could not be read would all be unknown: one fault is told once.
      file.read(diagnostics, *root, result.catalogue);
    }
    for (Error& error : diagnostics.sorted()) result.errors.push_back(std::move(error));
  }
  return result;
}

CatalogueResult read_catalogue(const std::optional<fs::path>& folder) {
  if (!folder) {
    // The same on every call: read once.
    static const CatalogueResult built_in =
        read_catalogue_texts(builtin_catalogue(), "built-in catalogue");
    return built_in;
  }
  std::vector<CatalogueText> texts;
  Errors unreadable;
  for (const CatalogueFile& file : kFiles) {
    auto text = read_file(*folder / file.name, kMaxTomlBytes);
    if (text) {
      texts.push_back({std::string(file.name), std::move(*text)});
    } else {
      unreadable.push_back(std::move(text).error());
      if (unreadable.back().hint.empty()) {
        unreadable.back().hint = "a catalogue folder holds every file of data/catalogue";
      }
    }
  }
  CatalogueResult result = read_catalogue_texts(texts, folder->string());
  for (InputFile& input : result.inputs) input.path = input.shown;
  result.errors.insert(result.errors.begin(), unreadable.begin(), unreadable.end());
  return result;
}

}  // namespace abatis
