// data/evacuation/evacuation.toml.

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "abatis/civil/evacuation.hpp"
#include "evacuation_files.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

constexpr bool kRequired = true;
constexpr KeySpec file_keys[] = {{"zone", kRequired}, {"traffic", kRequired}};
constexpr KeySpec zone_keys[] = {
    {"within", kRequired}, {"safe", kRequired}, {"provenance", kRequired}};
constexpr KeySpec traffic_keys[] = {{"people_per_vehicle", kRequired}, {"provenance", kRequired}};
const TableSpec kFile{"", file_keys};
const TableSpec kZone{"zone", zone_keys};
const TableSpec kTraffic{"traffic", traffic_keys};

constexpr double kFarthest = 1e6;   // m
constexpr double kMostPeople = 60;  // in a vehicle

void read_rules(Diagnostics& diagnostics, const TomlNode& root, LeavingRules& into) {
  TableReader file(diagnostics, root, kFile);
  if (const TomlNode* node = file.table("zone")) {
    TableReader r(diagnostics, *node, kZone);
    const bool within =
        r.quantity("within", into.within_m, Dimension::length, positive_up_to(kFarthest));
    const bool safe = r.quantity("safe", into.safe_m, Dimension::length, positive_up_to(kFarthest));
    if (within && safe && into.safe_m <= into.within_m) {
      r.error("safe", "safe ground begins inside the zone that is left",
              "make `safe` more than `within`");
    }
    r.provenance("provenance", into.zone);
  }
  if (const TomlNode* node = file.table("traffic")) {
    TableReader r(diagnostics, *node, kTraffic);
    r.number("people_per_vehicle", into.people_per_vehicle, between(1, kMostPeople));
    r.provenance("provenance", into.traffic);
  }
}

}  // namespace

std::span<const TableSpec* const> leaving_tables() {
  static const std::array<const TableSpec*, 3> tables{&kFile, &kZone, &kTraffic};
  return tables;
}

tl::expected<LeavingRules, Errors> load_leaving_rules(const std::optional<fs::path>& own) {
  LeavingRules rules;
  std::string text{builtin_evacuation()};
  rules.file = "built-in evacuation/evacuation.toml";
  if (own) {
    auto read = read_file(*own, kMaxTomlBytes);
    if (!read) return failed(std::move(read).error());
    text = std::move(*read);
    rules.file = own->string();
  }
  rules.digest = sha256_hex(text);
  Diagnostics diagnostics(rules.file);
  const auto root = parse_toml(text);
  if (!root) {
    diagnostics.error(root.error().at, root.error().message, root.error().hint);
  } else {
    read_rules(diagnostics, *root, rules);
  }
  if (!diagnostics.empty()) return tl::unexpected<Errors>(diagnostics.sorted());
  return rules;
}

std::optional<fs::path> own_leaving_file(const fs::path& scenario) {
  std::error_code ec;
  fs::path file = scenario.parent_path() / "evacuation.toml";
  if (!fs::is_regular_file(file, ec)) return std::nullopt;
  return file;
}

}  // namespace abatis
