#include "abatis/gather/build.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/base/version.hpp"
#include "build_cover.hpp"
#include "build_people.hpp"
#include "build_recipe.hpp"
#include "build_relief.hpp"
#include "build_roads.hpp"
#include "build_sources.hpp"
#include "build_waterways.hpp"
#include "build_write.hpp"

namespace abatis {

namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

// Raised whenever the same inputs give other bytes.
constexpr int kBuilderVersion = 3;
constexpr const char* kStamp = "build.json";

Result<std::string> hash_inputs(const gather::Recipe& recipe, const std::vector<fs::path>& files,
                                Monitor& monitor) {
  Hasher hasher;
  hasher.value(kBuilderVersion);
  monitor.begin("checking inputs", static_cast<std::int64_t>(files.size()), "file");
  for (const auto* list : {&recipe.files, &files})
    for (const fs::path& file : *list) {
      if (monitor.stop_requested())
        return fail(ErrorCode::interrupted, "stopped while checking the inputs");
      ABATIS_TRY(const std::string digest, sha256_file(file));
      hasher.text(digest);
      monitor.advance(1);
    }
  return hasher.hex();
}

json stamp_of(const BuildReport& report) {
  json stamp;
  stamp["made_by"] = "abatis data build";
  stamp["inputs"] = report.inputs_hash;
  stamp["files"] = json::array();
  for (const BuiltFile& f : report.files)
    stamp["files"].push_back(
        {{"name", f.name}, {"quality", f.quality}, {"bytes", f.bytes}, {"sha256", f.sha256}});
  stamp["figures"] = json::array();
  for (const BuildFigure& f : report.figures)
    stamp["figures"].push_back({{"what", f.what}, {"value", f.value}, {"unit", f.unit}});
  return stamp;
}

// The report a finished folder was stamped with; nothing when it has no sound stamp, belongs to
// other inputs, or a file is missing or of another size.
std::optional<BuildReport> read_stamp(const fs::path& folder, const std::string& inputs_hash) {
  const auto text = read_file(folder / kStamp, 1U << 20U);
  if (!text) return std::nullopt;
  const json stamp = json::parse(*text, nullptr, false);
  if (!stamp.is_object() || stamp.value("inputs", "") != inputs_hash) return std::nullopt;
  BuildReport report;
  report.inputs_hash = inputs_hash;
  report.up_to_date = true;
  const auto files = stamp.find("files"), figures = stamp.find("figures");
  if (files == stamp.end() || figures == stamp.end()) return std::nullopt;
  for (const json& f : *files) {
    if (!f.is_object()) return std::nullopt;
    BuiltFile file{f.value("name", ""), f.value("quality", ""), f.value("bytes", std::uint64_t{0}),
                   f.value("sha256", "")};
    const auto path = path_inside(folder, file.name);
    std::error_code error;
    if (!path || fs::file_size(*path, error) != file.bytes || error) return std::nullopt;
    report.files.push_back(std::move(file));
  }
  for (const json& f : *figures)
    if (f.is_object())
      report.figures.push_back({f.value("what", ""), f.value("value", 0.0), f.value("unit", "")});
  return report;
}

// A folder that this program did not make is never replaced.
Status may_replace(const fs::path& output) {
  std::error_code error;
  if (!fs::exists(output, error)) return {};
  if (!fs::is_directory(output, error))
    return input_error("is a file, not a folder", {.file = output.string()});
  if (fs::is_empty(output, error) || fs::exists(output / kStamp, error)) return {};
  return input_error("holds files that `abatis data build` did not make", {.file = output.string()},
                     "name another folder, or empty this one");
}

// Removes the folder under construction unless it was moved into place.
struct Scaffold {
  fs::path folder;
  ~Scaffold() {
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
  }
};

Status move_into_place(const fs::path& made, const fs::path& output) {
  std::error_code error;
  fs::path old = made;  // beside it, and as much its own
  old += ".old";
  const bool replaces = fs::exists(output, error);
  if (replaces) fs::rename(output, old, error);
  if (!error) fs::rename(made, output, error);
  if (error)
    return fail(ErrorCode::io, fmt::format("cannot be put in place: {}", error.message()),
                {.file = output.string()});
  if (replaces) fs::remove_all(old, error);
  return {};
}

Result<std::vector<BuiltFile>> list_files(const fs::path& folder) {
  std::vector<BuiltFile> out;
  const auto add = [&](const std::string& name, const std::string& quality) -> Status {
    ABATIS_TRY(std::string digest, sha256_file(folder / name));
    std::error_code error;
    const auto bytes = fs::file_size(folder / name, error);
    if (error) return fail(ErrorCode::io, error.message(), {.file = (folder / name).string()});
    out.push_back({name, quality, bytes, std::move(digest)});
    return {};
  };
  for (const auto& f : gather::file_facts()) ABATIS_CHECK(add(f.name, f.quality));
  ABATIS_CHECK(add("sources.json", ""));
  ABATIS_CHECK(add("ATTRIBUTION.md", ""));
  std::sort(out.begin(), out.end(),
            [](const BuiltFile& a, const BuiltFile& b) { return a.name < b.name; });
  return out;
}

Result<BuildReport> build_into(const fs::path& folder, const gather::Recipe& recipe,
                               const std::vector<fs::path>& files, int threads, Monitor& monitor) {
  using namespace gather;
  ABATIS_TRY(const Inputs inputs, read_inputs(recipe, files, threads, monitor));
  ABATIS_TRY(const Gazetteer places, Gazetteer::make(recipe, inputs));
  ABATIS_TRY(const Relief relief, make_relief(recipe, inputs, places, threads, monitor));
  ABATIS_TRY(const Ground ground, make_ground(recipe, inputs, relief, threads, monitor));
  ABATIS_TRY(const Roads roads,
             make_roads(recipe, inputs, places, relief, ground, threads, monitor));
  for (const std::string& name : roads.bridges_not_found)
    monitor.note(fmt::format("{}: no crossing near it on the schematic roads", name));
  const Layer waterways = trace_waterways(recipe, relief);
  const Layer ditches = draw_ditches(recipe, relief, ground);
  const Layer services = make_services(recipe, inputs, ground, roads);
  const Layer municipalities = make_municipalities(inputs, ground);
  const Made made{recipe,    inputs,  relief,   ground,        roads,
                  waterways, ditches, services, municipalities};
  ABATIS_CHECK(write_folder(folder, made, monitor));
  BuildReport report;
  report.figures = figures_of(made);
  ABATIS_TRY(report.files, list_files(folder));
  return report;
}

}  // namespace

Result<BuildReport> build_data(const BuildOptions& options, Monitor& monitor) {
  ABATIS_TRY(const gather::Recipe recipe, gather::read_recipe(options.recipe));
  ABATIS_TRY(const auto files, gather::source_files(recipe, options));
  if (options.output.empty()) return input_error("no output folder is named");
  const fs::path output = (options.output / ".").lexically_normal().parent_path();
  ABATIS_CHECK(may_replace(output));
  ABATIS_TRY(const std::string inputs_hash, hash_inputs(recipe, files, monitor));
  if (!options.force) {
    if (auto report = read_stamp(output, inputs_hash)) return std::move(*report);
  }
  ABATIS_CHECK(ensure_writable_folder(output.has_parent_path() ? output.parent_path() : "."));
  Scaffold scaffold{temporary_beside(output)};
  ABATIS_CHECK(ensure_writable_folder(scaffold.folder));
  ABATIS_TRY(BuildReport report,
             build_into(scaffold.folder, recipe, files, options.threads, monitor));
  report.inputs_hash = inputs_hash;
  ABATIS_CHECK(write_file(scaffold.folder / kStamp, stamp_of(report).dump(2) + "\n"));
  ABATIS_CHECK(move_into_place(scaffold.folder, output));
  scaffold.folder.clear();
  return report;
}

}  // namespace abatis
