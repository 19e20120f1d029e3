// abatis measures

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "abatis/base/words.hpp"
#include "abatis/scenario/catalogue_files.hpp"
#include "actions.hpp"
#include "columns.hpp"
#include "console.hpp"
#include "measure_json.hpp"
#include "measure_text.hpp"

namespace abatis::cli {
namespace fs = std::filesystem;
namespace {

tl::expected<Catalogue, Errors> asked_catalogue(const Arguments& arguments) {
  if (!arguments.has("catalogue")) return load_catalogue();
  return load_catalogue(fs::path(arguments.text("catalogue")));
}

void say_whole(Console& console, std::string text) {
  if (!text.empty() && text.back() == '\n') text.pop_back();
  console.say(text);
}

void tell_checked(Console& console, const std::string& what, const Catalogue& c) {
  const SourceCount sources = count_sources(c);
  say_whole(
      console,
      fmt::format("{}: good\n", what) +
          paragraph(fmt::format("{} measures, {} movers, {} seasons, {} soils, {} land cover "
                                "classes, {} road classes, {} kinds of water, {} tree species, "
                                "{} formations, {} definitions of echelons",
                                c.measures.size(), c.movers.size(), c.seasons.size(),
                                c.soils.size(), c.covers.size(), c.roads.size(), c.naturals.size(),
                                c.trees.size(), c.formations.size(), c.echelons.size()),
                    2) +
          paragraph(fmt::format("{} sources: {} unverified, {} partly so", sources.all,
                                sources.unverified, sources.partly),
                    2));
  console.event(fmt::format(
      R"({{"event":"checked","catalogue":{},"measures":{},"movers":{},"seasons":{},"species":{},"sources":{},"unverified":{},"partly_unverified":{}}})",
      json_quote(what), c.measures.size(), c.movers.size(), c.seasons.size(), c.trees.size(),
      sources.all, sources.unverified, sources.partly));
}

}  // namespace

int run_measures_list(const Arguments& arguments, Console& console) {
  const auto catalogue = asked_catalogue(arguments);
  if (!catalogue) return console.report(catalogue.error());
  say_whole(console, measures_table(*catalogue));
  for (std::size_t m = 0; m < catalogue->measures.size(); ++m) {
    console.event(measure_json(*catalogue, static_cast<int>(m), false));
  }
  return 0;
}

int run_measures_explain(const Arguments& arguments, Console& console) {
  const auto catalogue = asked_catalogue(arguments);
  if (!catalogue) return console.report(catalogue.error());
  const std::string id = arguments.text("ID");
  std::vector<std::string> known;
  for (std::size_t m = 0; m < catalogue->measures.size(); ++m) {
    known.push_back(catalogue->measures[m].id);
    if (known.back() != id) continue;
    say_whole(console, explanation(*catalogue, static_cast<int>(m)));
    console.event(measure_json(*catalogue, static_cast<int>(m), true));
    return 0;
  }
  return console.report(Error{ErrorCode::input,
                              fmt::format("there is no measure {}", in_quotes(id)),
                              {},
                              nearest_hint(id, known, "measure")});
}

int run_measures_check(const Arguments& arguments, Console& console) {
  std::vector<fs::path> files;
  std::string names;
  Errors errors;
  const auto take = [&](const std::string& what, const tl::expected<Catalogue, Errors>& read) {
    if (read) {
      tell_checked(console, what, *read);
    } else {
      errors.insert(errors.end(), read.error().begin(), read.error().end());
    }
  };
  for (const std::string& path : arguments.texts("PATH")) {
    std::error_code ec;
    if (fs::is_directory(path, ec)) {
      take(path, load_catalogue(fs::path(path)));
    } else {
      files.emplace_back(path);
      names += (names.empty() ? "" : ", ") + path;
    }
  }
  if (!files.empty()) take(names, load_catalogue_files(files));
  return errors.empty() ? 0 : console.report(errors);
}

}  // namespace abatis::cli
