#include "abatis/scenario/catalogue_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/words.hpp"
#include "catalogue_reader.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

tl::expected<Catalogue, Errors> valid(CatalogueResult result) {
  if (!result.errors.empty()) return tl::unexpected<Errors>(std::move(result.errors));
  return std::move(result.catalogue);
}

// Adds each provenance of what a catalogue lists.
class Counting {
 public:
  explicit Counting(SourceCount& count) : count_(count) {}
  void add(const Provenance& provenance) {
    if (provenance.source.empty()) return;  // of a key that is left out
    ++count_.all;
    const Standing standing = standing_of(provenance);
    if (standing == Standing::partly) ++count_.partly;
    if (standing == Standing::unverified) ++count_.unverified;
  }
  template <class T>
  void each(const std::vector<T>& things) {
    for (const T& thing : things) add(thing.provenance);
  }

 private:
  SourceCount& count_;
};

}  // namespace

tl::expected<Catalogue, Errors> load_catalogue(const std::optional<fs::path>& folder) {
  std::error_code ec;
  if (folder && !fs::is_directory(*folder, ec)) {
    const bool there = fs::exists(*folder, ec);
    return tl::unexpected<Errors>(Errors{Error{
        ErrorCode::input,
        there ? "a catalogue is a folder of files" : "there is no such folder",
        {.file = folder->string()},
        there ? "give the folder that holds the file" : "make one by copying data/catalogue"}});
  }
  return valid(read_catalogue(folder));
}

tl::expected<Catalogue, Errors> load_catalogue_files(const std::vector<fs::path>& files) {
  std::vector<CatalogueText> texts = builtin_catalogue();
  std::vector<std::string> names;
  for (const CatalogueText& text : texts) names.push_back(text.name);
  Errors errors;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) {
      errors.push_back({ErrorCode::input,
                        fmt::format("{} is no file of a catalogue", in_quotes(name)),
                        {.file = file.string()},
                        nearest_hint(name, names, "catalogue file")});
      continue;
    }
    CatalogueText& text = texts[static_cast<std::size_t>(at - names.begin())];
    if (!text.shown.empty()) {
      errors.push_back({ErrorCode::input,
                        fmt::format("a second {}, the first is {}", name, text.shown),
                        {.file = file.string()},
                        "check them one after the other"});
      continue;
    }
    text.shown = file.string();
    auto read = read_file(file, kMaxTomlBytes);
    if (read) {
      text.text = std::move(*read);
    } else {
      errors.push_back(std::move(read).error());
    }
  }
  if (!errors.empty()) return tl::unexpected<Errors>(std::move(errors));
  return valid(read_catalogue_texts(texts, "built-in catalogue"));
}

Standing standing_of(const Provenance& provenance) {
  if (!provenance.verified()) return Standing::unverified;
  return provenance.source.find("unverified") == std::string::npos ? Standing::sourced
                                                                   : Standing::partly;
}

SourceCount count_sources(const Catalogue& c) {
  SourceCount count;
  Counting counting(count);
  counting.each(c.movers);
  counting.each(c.seasons);
  counting.each(c.soils);
  counting.each(c.covers);
  counting.each(c.roads);
  for (const RoadClass& road : c.roads) counting.add(road.capacity_provenance);
  counting.each(c.naturals);
  counting.each(c.natural_delays);
  counting.add(c.crossing.swimming);
  counting.add(c.crossing.ice);
  counting.add(c.crossing.barrier);
  counting.each(c.trees);
  for (const TreeSpecies& tree : c.trees) {
    counting.add(tree.diameter_provenance);
    counting.add(tree.stems_provenance);
  }
  counting.each(c.measures);
  for (const Measure& measure : c.measures) {
    counting.add(measure.acts);
    counting.each(measure.delays);
  }
  counting.add(c.effects.provenance);
  counting.each(c.formations);
  counting.each(c.echelons);
  for (const CoverClass& cover : c.covers) counting.add(cover.margin_provenance);
  for (const Measure& measure : c.measures) counting.add(measure.land);
  counting.add(c.civil.clearance_cost);
  counting.add(c.civil.clearance_rate);
  counting.add(c.civil.inspection);
  counting.add(c.civil.access);
  counting.each(c.screening.viewers);
  counting.each(c.screening.targets);
  counting.add(c.screening.surface);
  counting.add(c.screening.row);
  counting.each(c.screening.crowns);
  return count;
}

}  // namespace abatis
