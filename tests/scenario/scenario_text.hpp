#pragma once
// A small valid scenario as text, and edits of it: a test changes one thing and reads the errors.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "abatis/scenario/scenario.hpp"

namespace abatis::testing {

// One change of a text, and part of the only error that it brings.
struct Edit {
  const char* from;
  const char* to;
  const char* expected;
};

inline std::string valid_scenario() {
  return R"([scenario]
id = "small"
title = "Small"
years = 3

[region]
epsg = 3346
x = ["410 km", "480 km"]
y = ["5960 km", "6065 km"]
cell = "500 m"

[sides]
friendly = ["LTU", "POL"]
adversary = ["RUS", "BLR"]

[[layers]]
role = "elevation"
file = "elevation/elevation.tif"
quality = "coarse"
source = "relief"
licence = "CC0"
date = "2026"

[[layers]]
role = "landcover"
file = "landcover/landcover.tif"
quality = "measured"
source = "cover"
licence = "CC0"
date = "2026"

[[layers]]
role = "states"
file = "admin/states.fgb"
quality = "measured"
source = "states"
licence = "CC0"
date = "2026"

[[entries]]
id = "west"
name = "West"
state = "RUS"
into = ["LTU"]
lon = [22.7, 22.95]
lat = [54.4, 54.7]

[[objectives]]
id = "town"
name = "Town"
at = [23.354, 54.559]
radius = "1 km"

[[axes]]
id = "axis"
name = "Axis"
entry = "west"
objective = "town"

[[movers]]
id = "heavy_tracked"
weight = 3

[[movers]]
id = "foot"

[[seasons]]
id = "dry"

[[echelons]]
id = "E1"
name = "First"
from = "0 km"
to = "5 km"
belts = ["1 km", "4 km"]
provenance = "unverified"

[sites]
measures = ["anti_tank_cover", "ditch_deepened"]

[money]
by_year = ["10 MEUR", "20 MEUR", "30 MEUR"]
provenance = "unverified"

[[earmarks]]
class = "anti_tank_mines"
rule = "at_least"
amount = "40 MEUR"
provenance = "unverified"
)";
}

// `text` with the first `from` replaced; a test that edits nothing is a broken test.
inline std::string edited(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("scenario text has no: " + from);
  return text.replace(at, from.size(), to);
}

inline ScenarioOptions without_layers() {
  ScenarioOptions options;
  options.require_layers = false;
  return options;
}

// The errors of a text, one printed line or two each, in order; empty when it is valid.
inline std::vector<std::string> errors_of(const std::string& text,
                                          const ScenarioOptions& options = without_layers()) {
  std::vector<std::string> lines;
  const auto scenario = parse_scenario(text, "s.toml", options);
  if (scenario) return lines;
  for (const Error& error : scenario.error()) lines.push_back(to_string(error));
  return lines;
}

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace abatis::testing
