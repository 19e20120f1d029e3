#pragma once
// What `abatis screen` and a run leave of screening: screen.json, tables, screen.gpkg, words.
// Described in docs/reference/screen.md.

#include <filesystem>
#include <string>
#include <vector>

#include "abatis/report/products.hpp"
#include "abatis/screen/screening.hpp"

namespace abatis {

// Screening as it was reckoned. Not owned.
struct ScreenView {
  const Scenario& scenario;
  const Terrain& terrain;
  const SiteSet& sites;
  const RoadExposure& roads;
  const Screening& screening;
  bool of_plan = false;  // rows planted are those that a plan buys, not those chosen
};

// Writes into `out`, each file whole or not at all, and returns them relative to it.
Result<std::vector<ProductFile>> write_screen_products(const ScreenView& view,
                                                       const std::filesystem::path& out);

// The JSON of screen.json (schema: docs/reference/screen.schema.json).
std::string screen_json(const ScreenView& view);

// What it says, with a table of what is seen, in plain lines.
std::vector<std::string> screen_in_words(const ScreenView& view);
// One line for the words of a plan.
std::string screen_line(const ScreenView& view);

// What the page draws: the roads of the zone with what is seen of them by year, figures, rows.
std::string screen_page_json(const ScreenView& view);

}  // namespace abatis
