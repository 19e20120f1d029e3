#pragma once
// What the rules of a plan cost, as JSON, tables and words. Empty where no trade-offs were made.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tables.hpp"

namespace abatis::report {

// null without trade-offs.
nlohmann::ordered_json tradeoffs_json(const RunView& view);
std::vector<Table> tradeoff_tables(const RunView& view);
// Two or three lines: the free split, the money, other figures.
std::vector<std::string> tradeoff_words(const RunView& view);

}  // namespace abatis::report
