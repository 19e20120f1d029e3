#include "abatis/scenario/scenario.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "abatis/base/files.hpp"
#include "abatis/base/hash.hpp"
#include "project.hpp"
#include "sections.hpp"
#include "toml_reader.hpp"

namespace abatis {
namespace fs = std::filesystem;
namespace {

// A section is read when it is there; its absence was told by the TableReader of the file.
template <class Read>
void section(Reading& reading, TableReader& file, std::string_view key, const Read& read) {
  if (const TomlNode* node = file.table(key)) read(reading, *node);
}

// In this order: later sections refer to earlier ones.
void read_sections(Reading& reading, TableReader& file) {
  section(reading, file, "region", read_region);
  section(reading, file, "sides", read_sides);
  section(reading, file, "terrain", read_terrain);
  read_layers(reading, file);
  read_entries(reading, file);
  read_objectives(reading, file);
  read_axes(reading, file);
  read_mover_uses(reading, file);
  read_season_uses(reading, file);
  make_cases(reading, file);
  read_routes(reading, file);
  read_gaps(reading, file);
  read_echelons(reading, file);
  section(reading, file, "sites", read_sites);
  section(reading, file, "warning", read_warning);
  section(reading, file, "network", read_network);
  section(reading, file, "plan", read_plan);
  section(reading, file, "money", read_money);
  read_earmarks(reading, file);
  read_quotas(reading, file);
  read_decisions(reading, file);
  read_harm_limits(reading, file);
  read_standoffs(reading, file);
  section(reading, file, "gates", read_gates);
  read_capacities(reading, file);
  read_upgrades(reading, file);
  section(reading, file, "tradeoffs", read_tradeoffs);
  section(reading, file, "surveillance", read_surveillance);
  section(reading, file, "screening", read_screening);
  check_measures(reading, file);
  PlanRules& plan = reading.scenario.plan;
  if (plan.year_weights.empty()) {
    const auto years = static_cast<std::size_t>(reading.scenario.years);
    plan.year_weights.assign(years, 1.0 / static_cast<double>(years));
  }
}

tl::expected<Scenario, Errors> parse(std::string_view text, const std::string& name,
                                     const fs::path& file, const ScenarioOptions& options) {
  Scenario scenario;
  scenario.file = file;
  Diagnostics diagnostics(name);
  const auto root = parse_toml(text);
  if (!root) {
    diagnostics.error(root.error().at, root.error().message, root.error().hint);
    return tl::unexpected<Errors>(diagnostics.sorted());
  }
  Reading reading{.diagnostics = diagnostics, .scenario = scenario};
  TableReader top(diagnostics, *root, spec::kScenarioFile);
  section(reading, top, "scenario", read_head);

  const fs::path project = project_folder(file);
  const auto folder = catalogue_folder(reading, project, reading.catalogue_known);
  CatalogueResult catalogue;
  if (reading.catalogue_known) catalogue = read_catalogue(folder);
  // A catalogue with errors still lends its ids: a reference is not wrong because of them. One
  // that could not be read at all would make every reference wrong, so none is judged.
  reading.catalogue_known = reading.catalogue_known && !catalogue.catalogue.measures.empty();
  scenario.catalogue = std::move(catalogue.catalogue);
  scenario.inputs.push_back({file, name, "scenario", sha256_hex(text)});
  for (InputFile& input : catalogue.inputs) scenario.inputs.push_back(std::move(input));

  read_sections(reading, top);
  resolve_layers(reading, project, options);
  if (diagnostics.empty() && catalogue.errors.empty() && options.require_layers) {
    hash_layers(reading);
  }
  Errors errors = diagnostics.sorted();
  errors.insert(errors.end(), catalogue.errors.begin(), catalogue.errors.end());
  if (!errors.empty()) return tl::unexpected<Errors>(std::move(errors));
  return scenario;
}

}  // namespace

const LayerSource* Scenario::layer(LayerRole role) const {
  const auto it = std::find_if(layers.begin(), layers.end(),
                               [&](const LayerSource& l) { return l.role == role; });
  return it == layers.end() ? nullptr : &*it;
}

tl::expected<Scenario, Errors> load_scenario(const fs::path& file, const ScenarioOptions& options) {
  const auto text = read_file(file, kMaxTomlBytes);
  if (!text) return failed(text.error());
  return parse(*text, file.string(), file, options);
}

tl::expected<Scenario, Errors> parse_scenario(std::string_view text, const std::string& name,
                                              const ScenarioOptions& options) {
  return parse(text, name, fs::path(name), options);
}

}  // namespace abatis
