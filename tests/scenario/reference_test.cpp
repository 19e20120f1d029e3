// The reference pages and the parser know the same keys.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "scenario/keys.hpp"
#include "scenario/units.hpp"
#include "scenario_text.hpp"

namespace abatis {
namespace {

using Keys = std::set<std::string>;

// "region.cell yes" for each row "| `cell` | yes |..." below a heading "## `[region]`".
Keys keys_of_page(const std::filesystem::path& page) {
  Keys keys;
  std::string table, line;
  std::istringstream in(testing::text_of(page));
  while (std::getline(in, line)) {
    if (line.starts_with("## ")) {
      const auto first = line.find_first_not_of("# `[");
      table = line.substr(first, line.find_first_of("]`", first) - first);
    } else if (line.starts_with("| `") && !table.empty()) {
      const auto end = line.find('`', 3);
      const bool needed = line.substr(end).starts_with("` | yes |");
      keys.insert(table + "." + line.substr(3, end - 3) + (needed ? " yes" : ""));
    }
  }
  return keys;
}

Keys keys_of(std::span<const TableSpec* const> tables) {
  Keys keys;
  for (const TableSpec* table : tables) {
    if (table->path.empty()) continue;  // its keys are the headings
    for (const KeySpec& key : table->keys) {
      keys.insert(std::string(table->path) + "." + std::string(key.name) +
                  (key.required ? " yes" : ""));
    }
  }
  return keys;
}

const std::filesystem::path kPages = std::filesystem::path(ABATIS_SOURCE_DIR) / "docs/reference";

TEST(Reference, ScenarioPageHasEveryKeyAndNoOther) {
  EXPECT_EQ(keys_of_page(kPages / "scenario.md"), keys_of(scenario_tables()));
}

TEST(Reference, CataloguePageHasEveryKeyAndNoOther) {
  EXPECT_EQ(keys_of_page(kPages / "catalogue.md"), keys_of(catalogue_tables()));
}

TEST(Reference, EveryUnitStandsOnThePage) {
  const std::string page = testing::text_of(kPages / "scenario.md");
  using enum Dimension;
  for (const Dimension d :
       {length, time, years, money, money_per_km, money_per_ha, money_per_piece, speed, share,
        percent, pressure, mass, per_area, per_hour, area, pieces}) {
    std::istringstream units(units_hint(d).substr(std::string("units that fit: ").size()));
    std::string unit;
    while (std::getline(units, unit, ',')) {
      unit.erase(0, unit.find_first_not_of(' '));
      EXPECT_NE(page.find("`" + unit + "`"), std::string::npos) << unit;
    }
  }
}

}  // namespace
}  // namespace abatis
