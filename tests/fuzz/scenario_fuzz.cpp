// Untrusted scenario and catalogue text: whatever the bytes, the answer is a valid scenario or
// errors that can be shown. The first byte chooses: '0'..':' one of the eleven catalogue files with
// the rest built in, anything else a scenario file.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "abatis/scenario/scenario.hpp"
#include "scenario/catalogue_reader.hpp"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demand_shown(const abatis::Errors& errors) {
  demand(!errors.empty());
  for (const abatis::Error& error : errors) {
    demand(!error.message.empty());
    demand(!to_string(error).empty());
  }
}

void demand_valid(const abatis::Scenario& s) {
  demand(s.grid.rows > 0 && s.grid.cols > 0 && s.grid.cell > 0);
  demand(s.grid.size() <= static_cast<std::size_t>(INT32_MAX));
  demand(s.years >= 1 && s.years <= 40);
  demand(s.money.by_year.size() == static_cast<std::size_t>(s.years));
  demand(s.plan.year_weights.size() == static_cast<std::size_t>(s.years));
  double weights = 0;
  for (const abatis::Case& one : s.cases) {
    demand(static_cast<std::size_t>(one.axis) < s.axes.size());
    demand(static_cast<std::size_t>(one.mover) < s.catalogue.movers.size());
    demand(static_cast<std::size_t>(one.season) < s.catalogue.seasons.size());
    weights += one.weight;
  }
  demand(std::abs(weights - 1) < 1e-9);
  for (const abatis::Axis& axis : s.axes) {
    demand(static_cast<std::size_t>(axis.entry) < s.entries.size());
    demand(static_cast<std::size_t>(axis.objective) < s.objectives.size());
  }
  for (const abatis::Objective& o : s.objectives) demand(s.grid.cell_at(o.at).has_value());
  for (const int m : s.measures) demand(static_cast<std::size_t>(m) < s.catalogue.measures.size());
  for (const abatis::LayerSource& layer : s.layers) {
    demand(!layer.file.is_absolute());
    for (const auto& piece : layer.file) demand(piece != "..");
  }
  demand(std::isfinite(estimate_run(s, 2).memory_bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // libFuzzer hands out bytes; text is read as char.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text[0] >= '0' && text[0] <= ':') {
    auto texts = abatis::builtin_catalogue();
    texts[static_cast<std::size_t>(text[0] - '0')].text = text.substr(1);
    const auto result = abatis::read_catalogue_texts(texts, "c");
    if (!result.errors.empty()) demand_shown(result.errors);
    return 0;
  }
  abatis::ScenarioOptions options;
  options.require_layers = false;
  const auto scenario = abatis::parse_scenario(text, "s.toml", options);
  if (scenario) {
    demand_valid(*scenario);
  } else {
    demand_shown(scenario.error());
  }
  return 0;
}
